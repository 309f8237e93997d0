"""Captions: what is said when, as WebVTT."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from skill.coach.timeline import Timeline
from skill.render.words import Words


class Cue(NamedTuple):
    """A text and the time for which it is shown, in milliseconds from the start."""

    start_ms: int
    end_ms: int
    text: str


def cues(timeline: Timeline, words: Words) -> tuple[Cue, ...]:
    """Return what is said when; each cue ends with its words, or where the next begins."""
    spoken = timeline.spoken
    starts = [*(said.start_ms for said in spoken[1:]), timeline.total_ms]
    shown = (
        Cue(said.start_ms, min(said.start_ms + said.ms, until), words.sentence(said.line))
        for said, until in zip(spoken, starts, strict=False)
    )
    return tuple(cue for cue in shown if cue.end_ms > cue.start_ms)


def webvtt(shown: Iterable[Cue]) -> str:
    """Return a WebVTT file; what would be markup in its texts is escaped."""
    blocks = (f"{number}\n{_block(cue)}" for number, cue in enumerate(shown, 1))
    return "\n".join(("WEBVTT\n", *blocks))


def _block(cue: Cue) -> str:
    times = f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}"
    return f"{times}\n{escape(cue.text, quote=False)}\n"


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
