"""How a listener moves on: double progression with its reason, and how it is going, in lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from skill.coach.exercise import Catalogue, Exercise
from skill.coach.history import (
    AIM,
    MOST_WORKOUTS,
    DoneBlock,
    Finished,
    in_order,
    last,
    streak_weeks,
    this_week,
    trained_today,
    trained_yesterday,
)
from skill.coach.reply import Line, Names, line, name_of, names_of
from skill.coach.session import Felt

FULL_WORKOUTS = 2
"""In so many workouts in a row every set must reach the top before the next step up."""

SHORT_WORKOUTS = 2
"""After so many in a row short of the bottom of the range comes a step back."""

LONGEST_BREAK_DAYS = 21
"""A longer break is followed by a step back. The figure is ours; the rule is the usual one."""


@dataclass(frozen=True)
class Dose:
    """What to do next, and why."""

    exercise_id: str
    """The exercise asked about, or a neighbour on its ladder."""

    sets: int
    reps: int
    """Both are within the range of the exercise."""

    reason: Line


@dataclass
class _Standing:
    """Where a listener stands with one exercise. Lives no longer than one call."""

    sets: int
    reps: int
    why: str
    """What led here; the reason is ``progress-<why>``."""

    begun: bool = False
    full: int = 0
    short: int = 0

    mastered: bool = False
    """Whether this exercise has nothing more to give, so that the harder neighbour is next."""

    sunk: bool = False
    """Whether it is too much for now, so that the easier neighbour is next."""


def next_dose(
    exercise: Exercise,
    history: Iterable[Finished],
    catalogue: Catalogue,
    possible: frozenset[str],
    today: date,
    said: int = 0,
) -> Dose:
    """Return what to do next of an exercise or of a neighbour on its ladder, and why.

    Double progression: the same variation until every set reached the top of its range of reps on
    two workouts in a row, then a set more with the reps back at the bottom, then the harder
    neighbour. Until then the reps climb by one, by two after "easy", not at all after "hard". Two
    workouts in a row short of the bottom, or more than 21 days without any exercise of the ladder,
    step back: the reps to the bottom, a set less, or the easier neighbour.

    Args:
        exercise: that the plan has chosen.
        history: in any order.
        catalogue: with the ladders.
        possible: ids of what place, equipment and level allow; neighbours come only from these.
        today: the listener's own day.
        said: which variant of the reason to use.
    """
    ladder = _Ladder(exercise, catalogue, possible)
    for workout in in_order(history):
        ladder.take(workout)
    ladder.rest_until(today)
    return ladder.dose(exercise, said)


class _Ladder:
    """All exercises from the easiest to the hardest neighbour, and where the listener stands."""

    def __init__(self, exercise: Exercise, catalogue: Catalogue, possible: frozenset[str]) -> None:
        self._possible = possible
        self._rungs = _ladder_of(exercise, catalogue)
        self._at = {
            id_: _Standing(rung.sets.low, rung.reps.low, "new") for id_, rung in self._rungs.items()
        }
        self._last_day: date | None = None

    def take(self, workout: Finished) -> None:
        """Follow what was done in one workout; what is not of this ladder does not count."""
        blocks = [block for block in workout.blocks if block.exercise in self._rungs]
        if not blocks:
            return
        self.rest_until(workout.day)
        self._last_day = workout.day
        for block in blocks:
            self._judge(self._rungs[block.exercise], self._at[block.exercise], block)

    def rest_until(self, day: date) -> None:
        """Step back where the ladder was left alone for too long before ``day``."""
        if self._last_day is None or (day - self._last_day).days <= LONGEST_BREAK_DAYS:
            return
        for rung in self._rungs.values():
            standing = self._at[rung.id]
            harder = self._neighbour(rung.harder)
            left_behind = standing.mastered and harder is not None and harder.begun
            if standing.begun and not standing.sunk and not left_behind:
                self._step_back(rung, standing, "break")

    def dose(self, exercise: Exercise, said: int) -> Dose:
        """Return the dose of the exercise, or of the neighbour that its standing leads to."""
        rung, standing = exercise, self._at[exercise.id]
        while True:
            harder, easier = self._neighbour(rung.harder), self._neighbour(rung.easier)
            if standing.mastered and harder is not None and not harder.sunk:
                rung, standing = self._rungs[rung.harder or ""], harder
            elif standing.sunk and easier is not None:
                rung, standing = self._rungs[rung.easier or ""], easier
            else:
                return Dose(rung.id, standing.sets, standing.reps, self._why(rung, standing, said))

    def _why(self, rung: Exercise, standing: _Standing, said: int) -> Line:
        highest = standing.sets == rung.sets.high and self._neighbour(rung.harder) is None
        at_top = standing.mastered and standing.reps == rung.reps.high
        # To promise a step up where there is none would be untrue.
        if at_top or (standing.why == "once-more" and highest):
            return line("progress-top", said, exercises=names_of(rung.id))
        values: dict[str, Names | int] = {
            "exercises": names_of(rung.id),
            "sets": standing.sets,
            "reps": standing.reps,
        }
        if standing.why == "harder" and rung.easier:
            values["before"] = names_of(rung.easier)
        elif standing.why.endswith("-easier") and rung.harder:
            values["before"] = names_of(rung.harder)
        return line(f"progress-{standing.why}", said, **values)

    def _neighbour(self, id_: str | None) -> _Standing | None:
        return self._at[id_] if id_ in self._rungs and id_ in self._possible else None

    def _judge(self, rung: Exercise, at: _Standing, block: DoneBlock) -> None:
        if not at.begun:
            at.begun = True
            at.sets, at.reps = rung.sets.clamp(block.sets), rung.reps.clamp(block.reps)
        at.sunk = False
        if len(block.done) >= at.sets and min(block.done) >= rung.reps.high:
            self._full(rung, at, block.felt)
        elif _is_short(rung, block):
            self._short(rung, at)
        else:
            _climb_or_stay(rung, at, block)

    def _full(self, rung: Exercise, at: _Standing, felt: Felt | None) -> None:
        at.short = 0
        at.full = min(at.full + 1, FULL_WORKOUTS)
        if felt is Felt.HARD:
            at.why = "full-hard"
        elif at.full < FULL_WORKOUTS:
            at.why = _more_why(felt) if at.reps < rung.reps.high else "once-more"
            at.reps = _more(rung, at, felt)
        elif at.sets < rung.sets.high:
            at.sets, at.reps, at.full, at.why = at.sets + 1, rung.reps.low, 0, "more-sets"
        else:
            at.reps, at.why, at.mastered = _more(rung, at, felt), _more_why(felt), True
            harder = self._at.get(rung.harder or "")
            if harder and (harder.sunk or not harder.begun):
                above = self._rungs[rung.harder or ""]
                self._at[above.id] = _Standing(above.sets.low, above.reps.low, "harder")

    def _short(self, rung: Exercise, at: _Standing) -> None:
        at.full, at.why = 0, "short-same"
        at.short += 1
        if at.short >= SHORT_WORKOUTS:
            self._step_back(rung, at, "short")

    def _step_back(self, rung: Exercise, at: _Standing, cause: str) -> None:
        """Take the reps to the bottom, else a set off, else sink to the easier neighbour."""
        at.full = at.short = 0
        at.mastered = False
        below = self._neighbour(rung.easier)
        if at.reps > rung.reps.low:
            at.reps, at.why = rung.reps.low, f"{cause}-reps"
        elif at.sets > rung.sets.low:
            at.sets, at.why = at.sets - 1, f"{cause}-sets"
        elif below is not None:
            at.sunk, at.why = True, f"{cause}-bottom-same"
            easier = self._rungs[rung.easier or ""]
            sets = min(below.sets, easier.sets.high) if below.begun else easier.sets.high
            at_easier = _Standing(sets, easier.reps.low, f"{cause}-easier", begun=True)
            self._at[easier.id] = at_easier
        else:
            at.why = f"{cause}-bottom-same"


def _ladder_of(exercise: Exercise, catalogue: Catalogue) -> Mapping[str, Exercise]:
    """Return the exercises of its ladder by id, the easiest first."""
    below: list[Exercise] = []
    rung = exercise
    while rung.easier in catalogue.exercises and rung.easier:
        rung = catalogue.exercises[rung.easier]
        below.insert(0, rung)
    above, rung = [exercise], exercise
    while rung.harder in catalogue.exercises and rung.harder:
        rung = catalogue.exercises[rung.harder]
        above.append(rung)
    return {rung.id: rung for rung in (*below, *above)}


def _is_short(rung: Exercise, block: DoneBlock) -> bool:
    """Say whether less was done than the bottom of the range, though as much was asked for."""
    too_few_reps = min(block.done) < min(rung.reps.low, block.reps)
    return too_few_reps or len(block.done) < min(rung.sets.low, block.sets)


def _climb_or_stay(rung: Exercise, at: _Standing, block: DoneBlock) -> None:
    """Raise the reps where all that was due was done; time for fewer sets changes nothing."""
    at.short = 0
    reached = min(block.done) >= at.reps
    if reached and block.sets < at.sets and len(block.done) >= block.sets:
        at.why = "time-same"
        return
    at.full = 0
    if not reached or len(block.done) < at.sets:
        at.why = "not-all-same"
    elif block.felt is Felt.HARD:
        at.why = "hard"
    else:
        at.reps, at.why = _more(rung, at, block.felt), _more_why(block.felt)


def _more(rung: Exercise, at: _Standing, felt: Felt | None) -> int:
    return rung.reps.clamp(at.reps + (2 if felt is Felt.EASY else 1))


def _more_why(felt: Felt | None) -> str:
    return "more-reps-easy" if felt is Felt.EASY else "more-reps"


def how_many_this_week(history: Iterable[Finished], today: date, said: int = 0) -> tuple[Line, ...]:
    """Say how many workouts there were from Monday to today, and what the aim is."""
    workouts = this_week(history, today)
    if not workouts:
        return (line("progress-week-none", said), line("progress-aim", said))
    counted = line("progress-week", said, workouts=workouts)
    return (counted,) if workouts >= AIM else (counted, line("progress-aim", said))


def advice(history: Iterable[Finished], today: date, said: int = 0) -> tuple[Line, ...]:
    """Advise a day of rest where there was training today or yesterday; else nothing."""
    history = tuple(history)
    if trained_today(history, today):
        return (line("progress-rest-after-today", said),)
    if trained_yesterday(history, today):
        return (line("progress-rest-after-yesterday", said),)
    return ()


def how_am_i_doing(history: Iterable[Finished], today: date, said: int = 0) -> tuple[Line, ...]:
    """Say the week, the streak, how much was done in all, and whether to rest."""
    history = in_order(history)
    if not history:
        return (line("progress-nothing-yet", said),)
    weeks = streak_weeks(history, today)
    streak = (line("progress-streak", said, weeks=weeks),) if weeks else ()
    # Nobody knows how many there were before the oldest that is kept.
    all_known = len(history) < MOST_WORKOUTS
    in_all = (line("progress-in-all", said, workouts=len(history)),) if all_known else ()
    week = how_many_this_week(history, today, said)
    return (*week, *streak, *in_all, *advice(history, today, said))


def last_time(
    history: Iterable[Finished], catalogue: Catalogue, today: date, said: int = 0
) -> tuple[Line, ...]:
    """Say when the last workout was and what was done in it, exercise by exercise."""
    workout = last(history)
    if workout is None:
        return (line("progress-nothing-yet", said),)
    known = [block for block in workout.blocks if block.exercise in catalogue.exercises]
    done = (_done(block, said + at) for at, block in enumerate(known))
    return (_when(workout.day, today, said), *(part for parts in done for part in parts))


def _when(day: date, today: date, said: int) -> Line:
    days = (today - day).days
    if days <= 0:
        return line("progress-last-today", said)
    if days == 1:
        return line("progress-last-yesterday", said)
    return line("progress-last-days", said, days=days)


def _done(block: DoneBlock, said: int) -> tuple[Line, ...]:
    exercise, sets = name_of(block.exercise), len(block.done)
    if len(set(block.done)) == 1:
        many = names_of(block.exercise)
        told = line("progress-did", said, exercises=many, sets=sets, reps=block.done[0])
    else:
        reps = sum(block.done)
        told = line("progress-did-uneven", said, exercise=exercise, sets=sets, reps=reps)
    return (told, line(f"progress-felt-{block.felt}", said)) if block.felt else (told,)
