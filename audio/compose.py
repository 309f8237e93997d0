"""A script and its clips as one MP3, by putting frames one after the other: nothing is encoded.

Every clip starts at the frame nearest to its exact time, so it is never more than half a frame
(12 ms) off, and no error adds up. Frames of silence fill what is left. As each frame has 144
bytes, any stretch of the file is known without building the rest.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from audio.clip import Clip, Clips
from audio.frames import FRAME_BYTES, FRAME_MS, ms_of, silence_frame
from audio.sounds import Signal, frames_of, sound_of
from skill.coach.reply import Beat, Element, Line, Mark, Script
from skill.coach.timeline import Spoken, Timeline, lay_out

CHUNK_BYTES = 64 * 1024
"""About how much ``chunks`` gives at a time: 11 s of sound."""

_SILENCE_FRAMES = 455
_TICKS = {"lift": Signal.WORK, "hold": Signal.HOLD}
_DONE_AFTER = ("lower", "move")
"""Marks behind which the end of a script is the end of work, not a wait for more."""


class DamagedClip(Exception):
    """A clip whose sound is not as long as it is said to be."""


class Segment(NamedTuple):
    """A clip or a signal at its place; between segments there is silence."""

    start: int
    """The frame at which it starts, 0 for the first of the file."""

    frames: int
    sound: Clip | Signal


@dataclass(frozen=True, eq=False)
class Composition:
    """One MP3 that is not there until somebody reads it. Safe to be read by many threads."""

    timeline: Timeline
    """The script with the true lengths of its clips; ``position_at`` tells the rep at any time."""

    frames: int
    segments: tuple[Segment, ...]
    """In order, none over another."""

    clips: Clips
    """Where the sound of the segments comes from."""

    @property
    def size(self) -> int:
        """The length of the MP3 in bytes."""
        return self.frames * FRAME_BYTES

    @property
    def ms(self) -> int:
        """How long it lasts in milliseconds, a multiple of 24."""
        return ms_of(self.frames)

    @cached_property
    def etag(self) -> str:
        """A hash of what the file holds, told from the names of its clips: 32 characters."""
        signals = {s.sound for s in self.segments if isinstance(s.sound, Signal)}
        digest = hashlib.sha256(silence_frame())
        for signal in sorted(signals):
            digest.update(sound_of(signal))
        places = [f"{start}:{sound.name}" for start, _, sound in self.segments]
        digest.update(f"{self.frames} {' '.join(places)}".encode())
        return digest.hexdigest()[:32]

    def read(self, start: int = 0, stop: int | None = None) -> bytes:
        """Return the bytes from ``start`` up to but not with ``stop``; without it, to the end.

        Raises:
            DamagedClip, or what the clips raise: a clip's sound cannot be had.
            ValueError: not ``0 <= start <= stop <= size``.
        """
        return b"".join(self._pieces(start, self.size if stop is None else stop))

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Return the same as ``read``, in chunks of about 64 KB.

        All sound that is needed is fetched, and whatever can be wrong is raised, before this
        returns: who has the first chunk gets the last one too.
        """
        return _joined(self._pieces(start, self.size if stop is None else stop))

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def _pieces(self, start: int, stop: int) -> list[memoryview]:
        if not 0 <= start <= stop <= self.size:
            raise ValueError(f"{start} to {stop} is not within {self.size} bytes")
        pieces: list[memoryview] = []
        sounds: dict[Clip | Signal, memoryview] = {}
        at = start
        index = max(0, bisect_right(self._starts, start // FRAME_BYTES) - 1)
        while at < stop and index < len(self.segments):
            segment = self.segments[index]
            index += 1
            begin = segment.start * FRAME_BYTES
            pieces += _silence(at, min(begin, stop))
            end = begin + segment.frames * FRAME_BYTES
            at = max(at, begin)
            if at < min(end, stop):
                if segment.sound not in sounds:
                    sounds[segment.sound] = self._sound(segment)
                pieces.append(sounds[segment.sound][at - begin : stop - begin])
                at = min(end, stop)
        pieces += _silence(at, stop)
        return pieces

    def _sound(self, segment: Segment) -> memoryview:
        if isinstance(segment.sound, Signal):
            return memoryview(sound_of(segment.sound))
        frames = self.clips.sound(segment.sound)
        if len(frames) != segment.frames * FRAME_BYTES:
            raise DamagedClip(f"{segment.sound.name}: {len(frames)} bytes, {segment.frames} frames")
        return memoryview(frames)


def compose(script: Script, clips: Clips, *, ticks: bool = True) -> Composition:
    """Return a script as an MP3, every line in it said by its clip.

    With ``ticks``, signals sound where it is silent: at a lift or a hold without words, before the
    words of a rest, where an exercise or the whole is done. They never move anything but those
    words of a rest, and those only within their beat.

    Raises:
        VoiceError: a line has no clip, and cannot be rendered now.
    """
    found: dict[Line, Clip] = {}

    def length_of(line: Line) -> int:
        clip = found.get(line)
        if clip is None:
            clip = found[line] = clips.of(line)
        return clip.frames * FRAME_MS

    timeline = lay_out(script, length_of)
    placing = _Placing(timeline, found)
    if ticks:
        placing.place_with_signals(script)
        timeline = replace(timeline, spoken=tuple(placing.spoken))
    else:
        placing.place_words()
    return Composition(timeline, placing.end, tuple(placing.segments), clips)


def frame_at(ms: int) -> int:
    """Return the frame nearest to a time in milliseconds.

    Always rounds alike, so that two clips that follow each other in time do so in frames.
    """
    return (ms + FRAME_MS // 2) // FRAME_MS


class _Placing:
    """Puts clips and signals on frames, in the order of their times."""

    def __init__(self, timeline: Timeline, found: dict[Line, Clip]) -> None:
        self.marks = timeline.marks
        self.spoken = list(timeline.spoken)
        self.end = frame_at(timeline.total_ms)
        self.segments: list[Segment] = []
        self._found = found
        self._free = 0
        """The first frame behind all that is placed."""
        self._next = 0
        """Index of the next spoken line."""

    def place_words(self) -> None:
        while self._next < len(self.spoken):
            self._speak()

    def place_with_signals(self, script: Script) -> None:
        marks = iter(self.marks)
        mark, at = None, 0
        for element, after in pairwise((*script, None)):
            if isinstance(element, Mark):
                at, mark = next(marks)
                self._signal(mark, frame_at(at), after)
            elif isinstance(element, Line) or (isinstance(element, Beat) and element.line):
                self._speak()
        if mark is not None and mark.phase in _DONE_AFTER:
            self._ring_at_last(frame_at(at))

    def _speak(self) -> None:
        said = self.spoken[self._next]
        clip = self._found[said.line]
        self._put(Segment(frame_at(said.start_ms), clip.frames, clip))
        self._next += 1

    def _signal(self, mark: Mark, at: int, after: Element | None) -> None:
        if mark.phase in _TICKS:
            if isinstance(after, Beat) and after.line is None:
                self._ring(_TICKS[mark.phase], at)
        elif mark.phase == "rest":
            if not isinstance(after, Beat):
                self._ring_until(Signal.END, at)
            elif after.line is None:
                self._ring(Signal.REST, at)
            else:
                self._ring_before_words(after)

    def _ring(self, signal: Signal, start: int) -> None:
        """Let a signal sound where it is silent for as long as it takes; else do nothing."""
        more = self._next < len(self.spoken)
        until = frame_at(self.spoken[self._next].start_ms) if more else self.end
        frames = frames_of(signal)
        if self._free <= start and start + frames <= until:
            self._put(Segment(start, frames, signal))

    def _ring_until(self, signal: Signal, end: int) -> None:
        self._ring(signal, end - frames_of(signal))

    def _ring_at_last(self, since: int) -> None:
        """Let the end be heard in the last silence from a frame on that has room for it."""
        frames, until = frames_of(Signal.END), self.end
        for index in range(len(self.segments), -1, -1):
            before = self.segments[index - 1] if index else Segment(0, 0, Signal.END)
            if until - frames >= max(since, before.start + before.frames):
                self.segments.insert(index, Segment(until - frames, frames, Signal.END))
            elif before.start > since:
                until = before.start
                continue
            return

    def _ring_before_words(self, beat: Beat) -> None:
        said = self.spoken[self._next]
        chime_ms = ms_of(frames_of(Signal.REST))
        if chime_ms + said.ms <= beat.ms:
            later = Spoken(said.start_ms + chime_ms, said.ms, said.line)
            self.spoken[self._next] = later
            self._ring(Signal.REST, frame_at(said.start_ms))

    def _put(self, segment: Segment) -> None:
        self.segments.append(segment)
        self._free = segment.start + segment.frames


def _joined(pieces: list[memoryview]) -> Iterator[bytes]:
    waiting: list[memoryview] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _silence(start: int, stop: int) -> Iterator[memoryview]:
    """Give silence for the bytes from ``start`` to ``stop`` of a file; none if that is nothing."""
    block = _silence_block()
    while start < stop:
        within = start % FRAME_BYTES
        piece = block[within : within + stop - start]
        yield piece
        start += len(piece)


@cache
def _silence_block() -> memoryview:
    return memoryview(silence_frame() * _SILENCE_FRAMES)
