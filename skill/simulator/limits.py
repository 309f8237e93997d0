"""What Amazon refuses in a response: sizes, markup, directives, a microphone opened in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skill.simulator.audio_limits import MAY_ANSWER, PLAY, directive_faults, event_faults
from skill.simulator.permissions import SEND_REQUEST, request_faults, scope_faults
from skill.simulator.playback import APLA_DIRECTIVE, Player, Unplayable, break_ms, parse_ssml
from skill.simulator.screen_limits import screen_faults

RESPONSE_BYTES = 120 * 1024
"""Request and Response JSON Reference: the whole response."""

SPEECH_CHARACTERS = 8_000
"""The same page: outputSpeech, and a card's words; tags are counted."""

SOUND_MS = 240_000
"""APL for Audio: what one answer may last."""

BREAKS_MS = 10_000
"""SSML Reference: all breaks of one document together."""

CLIPS_MS = {"outputSpeech": 240_000, "the reprompt": 90_000}
"""Request and Response JSON Reference: what the clips of one outputSpeech may last together."""

AUDIO_TAGS = 5
"""SSML Reference: clips in one outputSpeech."""

NOBODY = frozenset({"SessionEndedRequest", "System.ExceptionEncountered"})
"""Requests to which nothing can be answered."""

SSML_TAGS = frozenset(
    (
        "speak",
        "p",
        "s",
        "break",
        "emphasis",
        "prosody",
        "phoneme",
        "say-as",
        "sub",
        "w",
        "voice",
        "lang",
        "audio",
        "{amazon}effect",
        "{amazon}emotion",
        "{amazon}domain",
    )
)

Json = Mapping[str, Any]


class ResponseRefused(Exception):
    """A response that Amazon would not play to the listener."""

    def __init__(self, reason: str, error_type: str = "INVALID_RESPONSE") -> None:
        super().__init__(reason)
        self.reason = reason
        self.error_type = error_type
        """What the SessionEndedRequest says: INVALID_RESPONSE or ENDPOINT_TIMEOUT."""


def faults(envelope: object, request_type: str, interfaces: Json, player: Player) -> Iterator[str]:
    """Say everything that Amazon would object to in a response envelope; nothing if it is fine.

    ``interfaces`` are the supportedInterfaces of the device; ``player`` knows how long things last.
    """
    try:
        size = len(json.dumps(envelope, ensure_ascii=False).encode())
    except (TypeError, ValueError) as error:
        yield f"the response is not JSON: {error}"
        return
    if not isinstance(envelope, Mapping) or not isinstance(envelope.get("response"), Mapping):
        yield "the response envelope has no response object"
        return
    if size > RESPONSE_BYTES:
        yield f"the response has {size:,} bytes, more than {RESPONSE_BYTES:,}"
    if envelope.get("version") != "1.0":
        yield 'the response envelope does not say version "1.0"'
    if not isinstance(envelope.get("sessionAttributes") or {}, Mapping):
        yield "sessionAttributes is not an object"
    response = envelope["response"]
    badly_shaped = list(_shape(response))
    yield from badly_shaped
    if badly_shaped:
        return
    if request_type in NOBODY or request_type.startswith("AlexaSkillEvent."):
        yield from _to_nobody(response, request_type)
        return
    if request_type in MAY_ANSWER:
        yield from event_faults(response, request_type)
        yield from _directives(response.get("directives") or (), interfaces)
        return
    reprompt = response.get("reprompt") or {}
    yield from _speech(response.get("outputSpeech"), "outputSpeech")
    yield from _speech(reprompt.get("outputSpeech"), "the reprompt")
    yield from _card(response.get("card"))
    yield from _directives(response.get("directives") or (), interfaces)
    yield from _connections(response, request_type)
    yield from _sound(response, player)


def _shape(response: Json) -> Iterator[str]:
    if response.get("shouldEndSession") not in (True, False, None):
        yield "shouldEndSession is neither true nor false"
    for name in ("outputSpeech", "reprompt", "card"):
        if not isinstance(response.get(name) or {}, Mapping):
            yield f"{name} is not an object"
    reprompt = response.get("reprompt")
    for part in (response, reprompt if isinstance(reprompt, Mapping) else {}):
        directives = part.get("directives") or ()
        if not isinstance(directives, list | tuple) or not all(
            isinstance(directive, Mapping) and directive.get("type") for directive in directives
        ):
            yield "directives is not a list of objects with a type"
        if not isinstance(part.get("outputSpeech") or {}, Mapping):
            yield "outputSpeech is not an object"


def _to_nobody(response: Json, request_type: str) -> Iterator[str]:
    for name in ("outputSpeech", "reprompt", "card", "directives"):
        if response.get(name):
            yield f"the answer to {request_type} has {name}, but nobody is there to get it"
    if response.get("shouldEndSession", True) is not True:
        yield f"the answer to {request_type} keeps a session open, but there is none"


def _speech(speech: Json | None, where: str) -> Iterator[str]:
    if not speech:
        return
    field = {"SSML": "ssml", "PlainText": "text"}.get(str(speech.get("type")))
    words = speech.get(field or "")
    if field is None or not isinstance(words, str) or not words:
        yield f"{where} is neither SSML with ssml nor PlainText with text"
        return
    if len(words) > SPEECH_CHARACTERS:
        yield f"{where} has {len(words):,} characters, more than {SPEECH_CHARACTERS:,}"
    if field == "ssml":
        yield from ssml_faults(words, where)


def ssml_faults(ssml: str, where: str) -> Iterator[str]:
    """Say what Amazon would object to in one SSML document, called ``where`` in the messages."""
    try:
        elements = list(parse_ssml(ssml).iter())
        breaks_ms = sum(break_ms(element) for element in elements if element.tag == "break")
    except Unplayable as error:
        yield f"in {where} {error}"
        return
    for tag in sorted({element.tag for element in elements} - SSML_TAGS):
        yield f"in {where} <{tag.replace('{amazon}', 'amazon:')}> is not a tag of Alexa's SSML"
    if breaks_ms > BREAKS_MS:
        yield f"in {where} the breaks last {breaks_ms / 1000:g} s in all, more than 10 s"
    clips = [element.get("src", "") for element in elements if element.tag == "audio"]
    if len(clips) > AUDIO_TAGS:
        yield f"in {where} there are {len(clips)} audio files, more than {AUDIO_TAGS}"
    for clip in clips:
        if not clip.startswith(("https://", "soundbank://")):
            yield f"in {where} the audio file {clip!r} is not behind https"


def _card(card: Json | None) -> Iterator[str]:
    words = sum(len(str((card or {}).get(name) or "")) for name in ("title", "content", "text"))
    if words > SPEECH_CHARACTERS:
        yield f"the card has {words:,} characters, more than {SPEECH_CHARACTERS:,}"
    if card and card.get("type") == "AskForPermissionsConsent":
        yield from scope_faults(card.get("permissions"), "the permission card")


def _directives(directives: Sequence[Json], interfaces: Json) -> Iterator[str]:
    types = [str(directive["type"]) for directive in directives]
    if types.count(PLAY) > 1:
        yield f"there is more than one {PLAY}"
    for directive in directives:
        yield from directive_faults(directive)
    yield from screen_faults(directives, interfaces)
    if len(types) > 1 and any(name.startswith("Dialog.") for name in types):
        yield "a Dialog directive stands beside another directive"
    for name in types:
        interface = name.rpartition(".")[0]
        if interface == "AudioPlayer" and interface not in interfaces:
            yield f"{name} was sent to a device that plays no streams"


def _connections(response: Json, request_type: str) -> Iterator[str]:
    """Say what is wrong with handing the listener over to Alexa and waiting for her result."""
    directives = response.get("directives") or ()
    requests = [directive for directive in directives if directive["type"] == SEND_REQUEST]
    if not requests:
        return
    if len(directives) > 1:
        yield f"{SEND_REQUEST} stands beside another directive"
    if response.get("shouldEndSession", True) is not True:
        yield f"{SEND_REQUEST} hands the listener over, but shouldEndSession is not true"
    if request_type == "Connections.Response":
        yield f"the answer to Connections.Response asks again by {SEND_REQUEST}"
    for directive in requests:
        yield from request_faults(directive)


def _sound(response: Json, player: Player) -> Iterator[str]:
    reprompt = response.get("reprompt") or {}
    try:
        heard = player.play(response)
        player.play(reprompt)
    except (Unplayable, TypeError, ValueError) as error:
        yield str(error)
        return
    if response.get("shouldEndSession", True) is not True and not heard.sounds:
        yield "the microphone opens, but nothing was said before"
    for part, where in ((response, "outputSpeech"), (reprompt, "the reprompt")):
        clips = player.speech(part.get("outputSpeech")).sounds
        clips_ms = sum(sound.ms for sound in clips if sound.source)
        if clips_ms > CLIPS_MS[where]:
            most_s = CLIPS_MS[where] // 1000
            yield f"the clips in {where} last {clips_ms / 1000:.1f} s, more than {most_s} s"
        documents = [d for d in part.get("directives") or () if d["type"] == APLA_DIRECTIVE]
        for document in documents:
            yield from _speech_inside(document.get("document"))
        length_ms = player.play(part).ms
        if documents and length_ms > SOUND_MS:
            yield f"the sound lasts {length_ms / 1000:.1f} s, more than 240 s"


def _speech_inside(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _speech_inside(child)
    elif isinstance(node, Mapping):
        content = str(node.get("content", ""))
        if node.get("type") == "Speech" and node.get("contentType") == "SSML":
            if "${" not in content:  # bound later, from the data
                yield from ssml_faults(content, "the APL for Audio speech")
        else:
            yield from _speech_inside(list(node.values()))
