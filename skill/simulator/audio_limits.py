"""What Amazon refuses about streams: in AudioPlayer directives, and in answers to their events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

PLAY = "AudioPlayer.Play"
STOP = "AudioPlayer.Stop"
CLEAR_QUEUE = "AudioPlayer.ClearQueue"

TOKEN_CHARACTERS = 1_024
"""Request and Response JSON Reference: the token of a stream."""

URL_CHARACTERS = 8_000
"""The same page: the address of a stream."""

ANYTHING = frozenset({PLAY, STOP, CLEAR_QUEUE})

MAY_ANSWER: Mapping[str, frozenset[str]] = {
    "AudioPlayer.PlaybackStarted": frozenset({STOP, CLEAR_QUEUE}),
    "AudioPlayer.PlaybackFinished": frozenset({STOP, CLEAR_QUEUE}),
    "AudioPlayer.PlaybackStopped": frozenset(),
    "AudioPlayer.PlaybackNearlyFinished": ANYTHING,
    "AudioPlayer.PlaybackFailed": ANYTHING,
    "PlaybackController.NextCommandIssued": ANYTHING,
    "PlaybackController.PreviousCommandIssued": ANYTHING,
    "PlaybackController.PauseCommandIssued": ANYTHING,
    "PlaybackController.PlayCommandIssued": ANYTHING,
}
"""AudioPlayer and PlaybackController Interface References: directives in the answer to each."""

_PLAY_BEHAVIORS = ("REPLACE_ALL", "ENQUEUE", "REPLACE_ENQUEUED")
_CLEAR_BEHAVIORS = ("CLEAR_ENQUEUED", "CLEAR_ALL")
_METADATA = frozenset({"title", "subtitle", "art", "backgroundImage"})

Json = Mapping[str, Any]


def event_faults(response: Json, request_type: str) -> Iterator[str]:
    """Say what no answer to an event of the player or to a button may hold."""
    for name in ("outputSpeech", "reprompt", "card"):
        if response.get(name):
            yield f"the answer to {request_type} has {name}"
    if response.get("shouldEndSession") is False:
        yield f"the answer to {request_type} has shouldEndSession false"
    for directive in response.get("directives") or ():
        if directive["type"] not in MAY_ANSWER[request_type]:
            yield f"the answer to {request_type} has {directive['type']}"


def directive_faults(directive: Json) -> Iterator[str]:
    """Say what is wrong with a directive by itself, if it is one of AudioPlayer's."""
    kind = str(directive["type"])
    if not kind.startswith("AudioPlayer.") or kind == STOP:
        return
    if kind == CLEAR_QUEUE:
        if directive.get("clearBehavior") not in _CLEAR_BEHAVIORS:
            yield f"{kind} has the clearBehavior {directive.get('clearBehavior')!r}"
    elif kind == PLAY:
        yield from _play_faults(directive)
    else:
        yield f"AudioPlayer has no directive {kind!r}"


def warnings(response: Json) -> Iterator[str]:
    """Say what Amazon accepts in a response without faults, but hardly as it was meant."""
    plays = any(directive["type"] == PLAY for directive in response.get("directives") or ())
    if plays and "shouldEndSession" in response and response["shouldEndSession"] is not True:
        yield f"{PLAY} with an open session: the stream starts, and is paused to listen"


def _play_faults(directive: Json) -> Iterator[str]:
    behavior = directive.get("playBehavior")
    if behavior not in _PLAY_BEHAVIORS:
        yield f"{PLAY} has the playBehavior {behavior!r}"
    item = directive.get("audioItem")
    stream = item.get("stream") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(stream, Mapping):
        yield f"{PLAY} has no audioItem with a stream"
        return
    yield from _token_faults(stream.get("token"), "token")
    yield from url_faults(stream.get("url"), f"the stream of {PLAY}")
    offset_ms = stream.get("offsetInMilliseconds", 0)
    if not isinstance(offset_ms, int) or isinstance(offset_ms, bool) or offset_ms < 0:
        yield f"{PLAY} has the offsetInMilliseconds {offset_ms!r}"
    if behavior == "ENQUEUE":
        yield from _token_faults(stream.get("expectedPreviousToken"), "expectedPreviousToken")
    elif "expectedPreviousToken" in stream:
        yield f"{PLAY} with {behavior} has an expectedPreviousToken"
    yield from _caption_faults(stream.get("captionData"))
    yield from _metadata_faults(item.get("metadata"))


def _token_faults(token: object, name: str) -> Iterator[str]:
    if not isinstance(token, str) or not token:
        yield f"{PLAY} has no {name}"
    elif len(token) > TOKEN_CHARACTERS:
        yield f"the {name} of {PLAY} has {len(token):,} characters, more than {TOKEN_CHARACTERS:,}"


def url_faults(url: object, where: str) -> Iterator[str]:
    """Say why Amazon would fetch nothing from an address, called ``where`` in the messages."""
    if not isinstance(url, str) or not url:
        yield f"{where} has no url"
        return
    if len(url) > URL_CHARACTERS:
        yield f"the url of {where} has {len(url):,} characters, more than {URL_CHARACTERS:,}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        yield f"{where} has an url that nobody can read"
        return
    if parts.scheme != "https" or not parts.hostname:
        yield f"{where} is not behind https: {url[:80]}"
    elif port not in (None, 443):
        yield f"{where} is behind port {port}, not 443"


def _caption_faults(caption: object) -> Iterator[str]:
    if caption is None:
        return
    if not isinstance(caption, Mapping) or caption.get("type") != "WEBVTT":
        yield f"the captionData of {PLAY} is not of type WEBVTT"
    elif not isinstance(caption.get("content"), str) or not caption["content"]:
        yield f"the captionData of {PLAY} has no content"


def _metadata_faults(metadata: object) -> Iterator[str]:
    if metadata is None:
        return
    if not isinstance(metadata, Mapping):
        yield f"the metadata of {PLAY} is not an object"
        return
    if unknown := sorted(set(metadata) - _METADATA):
        yield f"the metadata of {PLAY} has {', '.join(map(str, unknown))}"
    for name in ("title", "subtitle"):
        if not isinstance(metadata.get(name, ""), str):
            yield f"the {name} of {PLAY} is not text"
    for name in ("art", "backgroundImage"):
        yield from _image_faults(metadata.get(name), name)


def _image_faults(image: object, name: str) -> Iterator[str]:
    if image is None:
        return
    sources = image.get("sources") if isinstance(image, Mapping) else None
    if not isinstance(sources, list) or not sources:
        yield f"the {name} of {PLAY} has no sources"
        return
    for source in sources:
        url = source.get("url") if isinstance(source, Mapping) else None
        yield from url_faults(url, f"the {name} of {PLAY}")
