"""The state of a pretend speaker as the JSON that its page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from skill.coach.part import Room
from skill.coach.reply import Line
from skill.coach.session import Session
from skill.coach.suggestions import (
    answers,
    before_a_conversation,
    suggestions,
    to_a_stream,
    to_a_yes_or_no,
)
from skill.render.apl import DELAY_MS
from skill.simulator.audio_stream import Stream
from skill.simulator.request import Json
from skill.simulator.screen_now import viewport_of
from skill.simulator.seeing import Caption, Seeing, Seen, plain_scene
from skill.simulator.speaker import Exchange, Speaker
from skill.simulator.usage import used

MS = timedelta(milliseconds=1)

Told = Callable[[Session, Room], tuple[Line, ...]]
"""Tells what can be said: while the coach speaks, or after that."""


def plain_state(id_: str, speaker: Speaker, seeing: Seeing) -> Json:
    """Return everything that a page shows, as JSON."""
    device = speaker.device
    session = seeing.session(device.attributes)
    stream, seen_stream = _stream(speaker, seeing)
    seen = _seen_now(speaker, seen_stream) or Seen(seeing.scenes.of(session))
    return {
        "speaker": id_,
        "steps": speaker.steps,
        "locale": device.locale,
        "device": speaker.kind,
        "now_ms": _ms(speaker.clock() - speaker.began),
        "in_session": device.in_session,
        "listening": device.listening,
        "patience_ms": round(device.patience_s * 1000),
        "asks_permission": device.asks_permission,
        "sound": _sound(id_, speaker),
        "stream": stream,
        "screen": _screen(speaker),
        "next_ms": _until(device.next_audio_at, speaker),
        "scene": plain_scene(seen.scene, seen.moments),
        "chips": _chips(speaker, seeing, stream, suggestions),
        "answers": _chips(speaker, seeing, stream, answers),
        "transcript": [
            {"at_ms": _ms(row.at - speaker.began), "who": row.who, "text": row.text}
            for row in sorted(speaker.rows, key=lambda row: row.at)
        ],
        "last": _last(speaker),
        "attributes": device.attributes,
    }


def _seen_now(speaker: Speaker, streamed: Seen | None) -> Seen | None:
    """Return what belongs to what is heard: the stream once nobody speaks any more."""
    speaks = speaker.device.played_ms < speaker.device.playing.ms
    if streamed is not None and not speaks:
        return streamed
    return speaker.played.seen or streamed


def _sound(id_: str, speaker: Speaker) -> Json:
    played = speaker.played
    there = speaker.voice is not None and played.playback.ms > 0
    return {
        "number": played.number,
        "url": f"/speakers/{id_}/sound/{played.number}.mp3" if there else None,
        "ms": played.playback.ms,
        "played_ms": min(speaker.device.played_ms, played.playback.ms),
        "captions": _captions(played.seen),
    }


def _screen(speaker: Speaker) -> Json | None:
    """Return the viewport, and the document that is on it; None for a device without a screen."""
    viewport = viewport_of(speaker.device.profile)
    if viewport is None:
        return None
    screen = speaker.screen
    shown = screen.shown and {
        "number": screen.number,
        "since_ms": _ms(screen.since - speaker.began) if screen.since else 0,
        "ahead_ms": DELAY_MS,
        "document": screen.shown.get("document"),
        "datasources": screen.shown.get("datasources") or {},
    }
    return {"viewport": viewport, "shown": shown}


def _stream(speaker: Speaker, seeing: Seeing) -> tuple[Json | None, Seen | None]:
    audio, now = speaker.device.audio, speaker.clock()
    stream = audio.stream
    if stream is None or audio.state(now)["playerActivity"] in ("IDLE", "FINISHED"):
        return None, None
    seen = seeing.stream(stream.token, audio.offset_ms(now))
    waits = audio.goes_on and not audio.sounding
    plain = {
        **_named(stream, speaker),
        "offset_ms": audio.offset_ms(now),
        "length_ms": audio.length_ms,
        "sounding": audio.sounding,
        "starts_in_ms": _until(audio.next_at, speaker) if waits else None,
        "captions": _captions(seen),
    }
    return plain, seen


def _named(stream: Stream, speaker: Speaker) -> Json:
    url = stream.url if speaker.voice is None else speaker.voice.path_of(stream.url)
    return {"url": url, "title": stream.title}


def _captions(seen: Seen | None) -> list[Json]:
    return [] if seen is None else [Caption._asdict(each) for each in seen.captions]


def _chips(speaker: Speaker, seeing: Seeing, stream: Json | None, told: Told) -> list[Json]:
    """Return what can be said, as ``told`` of a session, with the words of its button."""
    words = seeing.words
    return [
        {"say": words.say(each), "label": words.sentence(each)}
        for each in _sayable(speaker, seeing, stream, told)
    ]


def _sayable(speaker: Speaker, seeing: Seeing, stream: Json | None, told: Told) -> tuple[Line, ...]:
    device = speaker.device
    if device.asks_permission:
        return to_a_yes_or_no()
    if device.in_session:
        return told(seeing.session(device.attributes), seeing.room)
    if stream is not None or device.audio.goes_on:
        return to_a_stream(sounding=device.audio.goes_on)
    return before_a_conversation(seeing.room.catalogue)


def _last(speaker: Speaker) -> Json | None:
    if not speaker.steps:
        return None
    heard, refused = speaker.heard, speaker.refused
    exchanges = [_exchange(each, speaker) for each in speaker.exchanges]
    if exchanges:
        exchanges[-1]["warnings"] = list(speaker.warnings)
    return {
        "heard": heard
        and {
            "words": speaker.words,
            "intent": heard.intent,
            "slots": {n: {"value": s.value, "id": s.id} for n, s in heard.slots.items()},
            "score": heard.score,
            "why": heard.why,
        },
        "exchanges": exchanges,
        "refused": refused and {"type": refused.error_type, "reason": refused.reason},
    }


def _exchange(exchange: Exchange, speaker: Speaker) -> dict[str, Any]:
    response = exchange.response
    size, *others = used(response, speaker.player)
    return {
        "request": exchange.request,
        "response": response,
        "latency_ms": round(exchange.latency_ms, 2),
        "bytes": size.used,
        "warnings": [],
        "limits": [each._asdict() for each in (size, *others)],
    }


def _until(at: datetime | None, speaker: Speaker) -> int | None:
    return None if at is None else max(0, _ms(at - speaker.clock()))


def _ms(time: timedelta) -> int:
    return round(time / MS)
