"""A script laid out in milliseconds: how long it lasts, and which rep is going on at 41.2 s."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf

from skill.coach.reply import Beat, Element, Line, Mark, Script

LengthOf = Callable[[Line], int]
"""Milliseconds that a voice takes for a line: estimated, or known from its rendered clip."""


@dataclass(frozen=True)
class Spoken:
    """One line at its place in time."""

    start_ms: int
    ms: int
    line: Line


@dataclass(frozen=True)
class Position:
    """Where a script is at some moment."""

    mark: Mark
    since_ms: int
    """Milliseconds since that mark was passed."""


@dataclass(frozen=True)
class Timeline:
    """A script with times, all in milliseconds from its start."""

    total_ms: int
    spoken: tuple[Spoken, ...]
    marks: tuple[tuple[int, Mark], ...]
    """Marks with their times, in order."""

    free_ms: int
    """Speech outside of beats, whose length is only as sure as the voice is known."""

    overrun_ms: int
    """By how much lines outran the beats they stood in; 0 in a script that keeps its tempo."""

    def position_at(self, ms: int) -> Position | None:
        """Return the last mark passed at ``ms``; None before the first one."""
        passed = [(at, mark) for at, mark in self.marks if at <= ms]
        if not passed:
            return None
        at, mark = passed[-1]
        return Position(mark, ms - at)


def lay_out(script: Script, length_of: LengthOf) -> Timeline:
    """Put every element of a script at its time under a voice.

    A line in a beat starts with the beat and may run on into the silent beats behind it. Only a
    line that is longer than all of them moves what follows.
    """
    spoken: list[Spoken] = []
    marks: list[tuple[int, Mark]] = []
    clock = busy_until = free = overrun = 0
    for element in script:
        if isinstance(element, Mark):
            marks.append((clock, element))
            continue
        if busy_until > clock and not (isinstance(element, Beat) and element.line is None):
            overrun += busy_until - clock
            clock = busy_until
        if isinstance(element, Line):
            ms = length_of(element)
            spoken.append(Spoken(clock, ms, element))
            clock += ms
            free += ms
            continue
        if isinstance(element, Beat) and element.line is not None:
            spoken.append(Spoken(clock, length_of(element.line), element.line))
            busy_until = clock + spoken[-1].ms
        clock += element.ms
    overrun += max(0, busy_until - clock)
    return Timeline(max(clock, busy_until), tuple(spoken), tuple(marks), free, overrun)


def measure(
    script: Iterable[Element], length_of: LengthOf, until_ms: float = inf
) -> tuple[int, int, Position | None]:
    """Return what ``lay_out`` would tell of total, free and position, for less work.

    The total and the free speech are those of the script up to ``until_ms``, the position is the
    one there.
    """
    clock = busy_until = free = marked_at = 0
    mark: Mark | None = None
    for element in script:
        if isinstance(element, Mark):
            if clock > until_ms:
                break
            mark, marked_at = element, clock
        elif isinstance(element, Beat):
            if element.line is not None:
                clock = max(clock, busy_until)
                busy_until = clock + length_of(element.line)
            clock += element.ms
        else:
            clock = max(clock, busy_until)
            if isinstance(element, Line):
                ms = length_of(element)
                clock += ms
                free += ms
            else:
                clock += element.ms
    total = max(clock, busy_until)
    here = None if mark is None else Position(mark, int(min(until_ms, total)) - marked_at)
    return total, free, here


def length_ms(script: Iterable[Element], length_of: LengthOf) -> int:
    """Return how many milliseconds a script lasts under a voice."""
    return measure(script, length_of)[0]
