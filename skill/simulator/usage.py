"""How much of what Amazon allows a response uses, for a developer who wants to know how near it is.

What is beyond a limit is refused by ``limits.py``, whose figures these are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from skill.simulator.audio_limits import PLAY, TOKEN_CHARACTERS, URL_CHARACTERS
from skill.simulator.limits import (
    AUDIO_TAGS,
    BREAKS_MS,
    CLIPS_MS,
    RESPONSE_BYTES,
    SOUND_MS,
    SPEECH_CHARACTERS,
)
from skill.simulator.playback import APLA_DIRECTIVE, Player, Unplayable, break_ms, parse_ssml

Json = Mapping[str, Any]


class Used(NamedTuple):
    """How much of one limit is used."""

    name: str
    """What is limited, such as ``speech``."""

    used: float
    most: float
    """More than this Amazon refuses."""

    unit: str
    """``bytes``, ``characters``, ``seconds`` or ``files``."""


def used(envelope: Json, player: Player) -> tuple[Used, ...]:
    """Return how much of each limit a response envelope uses, of those that concern it.

    ``player`` knows how long things last. What is broken counts as nothing, for that is refused.
    """
    size = len(json.dumps(envelope, ensure_ascii=False).encode())
    response = envelope.get("response") or {}
    reprompt = response.get("reprompt") or {}
    return (
        Used("response", size, RESPONSE_BYTES, "bytes"),
        *_of_speech(response.get("outputSpeech"), "speech", CLIPS_MS["outputSpeech"], player),
        *_of_speech(reprompt.get("outputSpeech"), "reprompt", CLIPS_MS["the reprompt"], player),
        *_of_card(response.get("card") or {}),
        *_of_sound(response, "sound", player),
        *_of_sound(reprompt, "reprompt sound", player),
        *_of_streams(response.get("directives") or ()),
    )


def _of_speech(
    speech: Json | None, name: str, most_clips_ms: int, player: Player
) -> Iterator[Used]:
    words = str((speech or {}).get("ssml") or (speech or {}).get("text") or "")
    if not words:
        return
    yield Used(name, len(words), SPEECH_CHARACTERS, "characters")
    if not (speech or {}).get("ssml"):
        return
    try:
        elements = list(parse_ssml(words).iter())
        breaks_ms = sum(break_ms(element) for element in elements if element.tag == "break")
        clips_ms = sum(sound.ms for sound in player.ssml(words).sounds if sound.source)
    except Unplayable:
        return
    clips = sum(element.tag == "audio" for element in elements)
    yield Used(f"{name} breaks", breaks_ms / 1000, BREAKS_MS / 1000, "seconds")
    yield Used(f"{name} clips", clips, AUDIO_TAGS, "files")
    yield Used(f"{name} clips", clips_ms / 1000, most_clips_ms / 1000, "seconds")


def _of_card(card: Json) -> Iterator[Used]:
    words = sum(len(str(card.get(name) or "")) for name in ("title", "content", "text"))
    if words:
        yield Used("card", words, SPEECH_CHARACTERS, "characters")


def _of_sound(part: Json, name: str, player: Player) -> Iterator[Used]:
    """Tell how long everything lasts where a document of APL for Audio is part of it."""
    if not any(each.get("type") == APLA_DIRECTIVE for each in part.get("directives") or ()):
        return
    try:
        seconds = player.play(part).ms / 1000
    except (Unplayable, TypeError, ValueError):
        return
    yield Used(name, seconds, SOUND_MS / 1000, "seconds")


def _of_streams(directives: Sequence[Json]) -> Iterator[Used]:
    for directive in directives:
        if directive.get("type") == PLAY:
            stream = (directive.get("audioItem") or {}).get("stream") or {}
            token, url = str(stream.get("token") or ""), str(stream.get("url") or "")
            yield Used("stream token", len(token), TOKEN_CHARACTERS, "characters")
            yield Used("stream address", len(url), URL_CHARACTERS, "characters")
