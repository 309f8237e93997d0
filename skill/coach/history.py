"""The workouts that a listener has finished: written down, read back with care, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from skill.coach.errors import UnreadableSession
from skill.coach.session import LONGEST_ID, MOST_BLOCKS, MOST_REPS, MOST_SETS, Felt, Session

VERSION = 1
"""Raised whenever the plain form changes its meaning."""

MOST_WORKOUTS = 200
"""The newest that are kept: more than a year of three a week."""

AIM = 2
"""Days of training that make a good week: two to three, with a day between (ACSM, NSCA)."""

_LATEST_MS = 2**53
_LONGEST_S = 24 * 60 * 60


@dataclass(frozen=True)
class DoneBlock:
    """What was asked for of one exercise, and what was done."""

    exercise: str
    """Exercise id."""

    sets: int
    """Sets asked for, 1 to 5."""

    reps: int
    """Reps asked for in a set and side, 1 to 30."""

    done: tuple[int, ...]
    """Reps of every set done, of the weaker side where there are two; at least one set."""

    felt: Felt | None = None
    """How it was; None: the listener did not say."""


@dataclass(frozen=True)
class Finished:
    """One workout that is over, or was broken off after at least one set."""

    ended_ms: int
    """When it ended, in epoch milliseconds."""

    day: date
    """The day on which it ended where the listener lives."""

    blocks: tuple[DoneBlock, ...]
    """Only those of which something was done, in the order of the plan."""

    seconds: int
    """How long it took, 0 to a day."""


History = tuple[Finished, ...]


@dataclass(frozen=True)
class Week:
    """How regularly somebody works out."""

    trained: tuple[bool, ...]
    """Whether there was training on each day of this week, Monday first."""

    today: int
    """0 for Monday."""

    workouts: int
    """Of this week; two on one day are two."""

    streak: int
    """Good weeks in a row, as in ``streak_weeks``."""


def finished(session: Session, ended_ms: int, day: date, seconds: int) -> Finished | None:
    """Return what was done in a workout that is over or broken off; None if no set was.

    Args:
        session: at the end of its workout, the sets done still in it.
        ended_ms: epoch milliseconds.
        day: the local day on which it ended.
        seconds: how long it took; kept within 0 and a day.
    """
    felt = dict(session.felt)
    blocks = []
    for index, block in enumerate(session.plan.blocks):
        done = tuple(each.reps for each in session.done if each.block == index)[:MOST_SETS]
        if any(done):
            blocks.append(DoneBlock(block.exercise, block.sets, block.reps, done, felt.get(index)))
    if not blocks:
        return None
    return Finished(ended_ms, day, tuple(blocks), min(max(seconds, 0), _LONGEST_S))


def in_order(history: Iterable[Finished]) -> History:
    """Return the newest 200 workouts, sorted by when they ended, the oldest first."""
    return tuple(sorted(history, key=lambda each: each.ended_ms)[-MOST_WORKOUTS:])


def with_workout(history: Iterable[Finished], workout: Finished) -> History:
    """Return the history with one more workout; told twice of the same one, it counts once."""
    others = (each for each in history if each.ended_ms != workout.ended_ms)
    return in_order((*others, workout))


def last(history: Iterable[Finished]) -> Finished | None:
    """Return the workout that ended last; None if there is none."""
    return max(history, key=lambda each: each.ended_ms, default=None)


def this_week(history: Iterable[Finished], today: date) -> int:
    """Return how many workouts there were from Monday to Sunday of this week.

    Two on one day are two workouts; only the streak goes by days.
    """
    monday = _monday(today)
    return sum(_monday(each.day) == monday for each in history)


def streak_weeks(history: Iterable[Finished], today: date) -> int:
    """Return for how many weeks in a row there was training on at least two days.

    The running week counts as soon as it has its two days, and never breaks the streak before.
    Days of rest never do: two to three days a week with a day between are the aim.
    """
    days: dict[date, set[date]] = {}
    for each in history:
        days.setdefault(_monday(each.day), set()).add(each.day)
    good = {monday for monday, trained in days.items() if len(trained) >= AIM}
    week = _monday(today)
    streak = int(week in good)
    while (week := week - timedelta(days=7)) in good:
        streak += 1
    return streak


def week_of(history: Iterable[Finished], today: date) -> Week:
    """Return the week from Monday to Sunday in which ``today`` is."""
    history = tuple(history)
    days = {each.day for each in history}
    monday = _monday(today)
    trained = tuple(monday + timedelta(days=day) in days for day in range(7))
    streak = streak_weeks(history, today) if history else 0
    return Week(trained, today.weekday(), this_week(history, today), streak)


def trained_today(history: Iterable[Finished], today: date) -> bool:
    """Say whether a workout ended today."""
    return any(each.day == today for each in history)


def trained_yesterday(history: Iterable[Finished], today: date) -> bool:
    """Say whether a workout ended yesterday, so that a day of rest is due."""
    return any((today - each.day).days == 1 for each in history)


def to_plain(workout: Finished) -> dict[str, Any]:
    """Return what JSON can hold."""
    return {
        "version": VERSION,
        "ended_ms": workout.ended_ms,
        "day": workout.day.isoformat(),
        "seconds": workout.seconds,
        "blocks": [
            [b.exercise, b.sets, b.reps, list(b.done), b.felt and b.felt.value]
            for b in workout.blocks
        ],
    }


def from_plain(raw: object) -> Finished:
    """Read one workout that was stored.

    Raises:
        UnreadableSession: another version, a wrong type, a value out of range.
    """
    if not isinstance(raw, Mapping) or raw.get("version") != VERSION:
        raise UnreadableSession("not a workout of this version")
    if set(raw) != {"version", "ended_ms", "day", "seconds", "blocks"}:
        raise UnreadableSession("fields are unknown or missing")
    try:
        return Finished(
            _whole(raw["ended_ms"], 0, _LATEST_MS),
            _day(raw["day"]),
            tuple(_block(row) for row in _rows(raw["blocks"], MOST_BLOCKS)),
            _whole(raw["seconds"], 0, _LONGEST_S),
        )
    except (TypeError, ValueError) as fault:
        raise UnreadableSession(str(fault)) from fault


def read_history(raw: object) -> tuple[History, int]:
    """Read a list of stored workouts: the newest 200 in order, and how many were unreadable.

    One damaged entry costs the listener no other. What is no list at all is one unreadable entry;
    None is an empty history.
    """
    if raw is None:
        return (), 0
    if not isinstance(raw, (list, tuple)):
        return (), 1
    workouts, unreadable = [], 0
    for entry in raw:
        try:
            workouts.append(from_plain(entry))
        except UnreadableSession:
            unreadable += 1
    return in_order(workouts), unreadable


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _block(row: object) -> DoneBlock:
    exercise, sets, reps, done, felt = _rows(row, 5)
    if not isinstance(exercise, str) or not exercise.isascii() or len(exercise) > LONGEST_ID:
        raise TypeError("an exercise was expected")
    return DoneBlock(
        exercise,
        _whole(sets, 1, MOST_SETS),
        _whole(reps, 1, MOST_REPS),
        tuple(_whole(each, 0, MOST_REPS) for each in _rows(done, MOST_SETS)),
        None if felt is None else Felt(felt),
    )


def _whole(value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    if not low <= value <= high:
        raise ValueError(f"a number from {low} to {high} was expected")
    return value


def _rows(value: object, most: int) -> list[Any]:
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= most:
        raise TypeError(f"a list of one to {most} was expected")
    return list(value)


def _day(value: object) -> date:
    if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
        raise TypeError("a day such as 2026-01-31 was expected")
    return date.fromisoformat(value)
