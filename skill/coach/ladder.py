"""Where a listener stands on a ladder of exercises, followed workout by workout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from skill.coach.exercise import Catalogue, Exercise, Level
from skill.coach.history import DoneBlock, Finished, in_order
from skill.coach.session import Felt

FULL_WORKOUTS = 2
"""In so many workouts in a row every set must reach the top before the next step up."""

SHORT_WORKOUTS = 2
"""After so many in a row short of the bottom of the range comes a step back."""

HARD_WORKOUTS = 2
"""After so many in a row that felt hard comes a step back. The figure is ours."""

LONGEST_BREAK_DAYS = 21
"""A longer break is followed by a step back. The figure is ours; the rule is the usual one."""

_LEVELS = tuple(Level)


@dataclass(frozen=True)
class Stated:
    """The level that a listener named."""

    level: Level

    since_ms: int
    """When, in epoch milliseconds. Workouts before that earn nothing above the level."""


@dataclass
class Standing:
    """Where a listener stands with one exercise. Lives no longer than one call."""

    sets: int
    reps: int
    why: str
    """What led here; the reason is ``progress-<why>``."""

    begun: bool = False
    full: int = 0
    short: int = 0
    hard: int = 0

    mastered: bool = False
    """Whether this exercise has nothing more to give, so that the harder neighbour is next."""

    sunk: bool = False
    """Whether it is too much for now, so that the easier neighbour is next."""


class Ladder:
    """All exercises from the easiest to the hardest neighbour, and where the listener stands."""

    def __init__(self, exercise: Exercise, catalogue: Catalogue, possible: frozenset[str]) -> None:
        self._possible = possible
        self._rungs = _ladder_of(exercise, catalogue)
        self._at = {
            id_: Standing(rung.sets.low, rung.reps.low, "new") for id_, rung in self._rungs.items()
        }
        self._last_day: date | None = None

    def follow(
        self, history: Iterable[Finished], today: date, stated: Stated | None = None
    ) -> Ladder:
        """Take all workouts in their order up to today, and the level where it was stated."""
        for workout in in_order(history):
            if stated is not None and workout.ended_ms > stated.since_ms:
                self._come_down_to(stated.level)
                stated = None
            self._take(workout)
        if stated is not None:
            self._come_down_to(stated.level)
        self._rest_until(today)
        return self

    def next_from(self, exercise: Exercise) -> tuple[Exercise, Standing]:
        """Return the exercise, or the neighbour that its standing leads to, and how it stands."""
        rung, standing = exercise, self._at[exercise.id]
        while True:
            harder, easier = self.neighbour(rung.harder), self.neighbour(rung.easier)
            if standing.mastered and harder is not None and not harder.sunk:
                rung, standing = self._rungs[rung.harder or ""], harder
            elif standing.sunk and easier is not None:
                rung, standing = self._rungs[rung.easier or ""], easier
            else:
                return rung, standing

    def neighbour(self, id_: str | None) -> Standing | None:
        """Return how a neighbour stands; None where there is none or it is not possible."""
        return self._at[id_] if id_ in self._rungs and id_ in self._possible else None

    def _take(self, workout: Finished) -> None:
        """Follow what was done in one workout; of other ladders only the day counts."""
        self._rest_until(workout.day)
        self._last_day = workout.day
        blocks = [block for block in workout.blocks if block.exercise in self._rungs]
        done = {block.exercise for block in blocks}
        before: DoneBlock | None = None
        for block in blocks:
            rung, at = self._rungs[block.exercise], self._at[block.exercise]
            if self._exchanged(rung, before, block) or self._gone_back(rung, at, block, done):
                self._ease(rung, "asked-easier")
            else:
                self._judge(rung, at, block)
            before = block

    def _exchanged(self, rung: Exercise, before: DoneBlock | None, block: DoneBlock) -> bool:
        """Say whether, asked for something easier, the coach put this in for the rest of the sets.

        The block then follows on its harder neighbour, which has sets missing and passed its reps.
        """
        if before is None or before.exercise != rung.harder:
            return False
        missing = before.sets < self._at[before.exercise].sets
        return missing and block.reps == rung.reps.clamp(before.reps)

    def _gone_back(self, rung: Exercise, at: Standing, block: DoneBlock, done: set[str]) -> bool:
        """Say whether the harder one was due, and less than was mastered of this asked instead."""
        due = at.mastered and self.neighbour(rung.harder) is not None and rung.harder not in done
        return due and block.reps < at.reps

    def _come_down_to(self, level: Level) -> None:
        """Leave what is above the level, until it is mastered anew."""
        for rung in self._rungs.values():
            above, at = self._rungs.get(rung.harder or ""), self._at[rung.id]
            within = _LEVELS.index(rung.level) <= _LEVELS.index(level)
            if above is None or not within or _LEVELS.index(above.level) <= _LEVELS.index(level):
                continue
            if at.mastered and self._at[above.id].begun:
                self._ease(rung, "level-easier")
            elif at.mastered:
                at.mastered, at.full = False, 0

    def _rest_until(self, day: date) -> None:
        """Step back where there was no training at all for too long before ``day``."""
        if self._last_day is None or (day - self._last_day).days <= LONGEST_BREAK_DAYS:
            return
        for rung in self._rungs.values():
            standing = self._at[rung.id]
            harder = self.neighbour(rung.harder)
            left_behind = standing.mastered and harder is not None and harder.begun
            if standing.begun and not standing.sunk and not left_behind:
                self._step_back(rung, standing, "break")

    def _judge(self, rung: Exercise, at: Standing, block: DoneBlock) -> None:
        if not at.begun:
            at.begun = True
            at.sets, at.reps = rung.sets.clamp(block.sets), rung.reps.clamp(block.reps)
        at.sunk = False
        at.hard = at.hard + 1 if block.felt is Felt.HARD else 0
        if len(block.done) >= at.sets and min(block.done) >= rung.reps.high:
            self._full(rung, at, block.felt)
        elif _is_short(rung, block):
            self._short(rung, at)
        else:
            _climb_or_stay(rung, at, block)
        if at.hard >= HARD_WORKOUTS:
            self._step_back(rung, at, "hard")

    def _full(self, rung: Exercise, at: Standing, felt: Felt | None) -> None:
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
                self._at[above.id] = Standing(above.sets.low, above.reps.low, "harder")

    def _short(self, rung: Exercise, at: Standing) -> None:
        at.full, at.why = 0, "short-same"
        at.short += 1
        if at.short >= SHORT_WORKOUTS:
            self._step_back(rung, at, "short")

    def _step_back(self, rung: Exercise, at: Standing, cause: str) -> None:
        """Take the reps to the bottom, else a set off, else sink to the easier neighbour."""
        at.full = at.short = at.hard = 0
        at.mastered = False
        below = self.neighbour(rung.easier)
        if at.reps > rung.reps.low:
            at.reps, at.why = rung.reps.low, f"{cause}-reps"
        elif at.sets > rung.sets.low:
            at.sets, at.why = at.sets - 1, f"{cause}-sets"
        elif below is not None:
            at.sunk, at.why = True, f"{cause}-bottom-same"
            self._ease(self._rungs[rung.easier or ""], f"{cause}-easier")
        else:
            at.why = f"{cause}-bottom-same"

    def _ease(self, rung: Exercise, why: str) -> None:
        """Return to an exercise from its harder neighbour: the reps at the bottom of the range."""
        above, at = self._at[rung.harder or ""], self._at[rung.id]
        above.sunk = True
        sets = min(at.sets, rung.sets.high) if at.begun else rung.sets.high
        self._at[rung.id] = Standing(sets, rung.reps.low, why, begun=True)


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


def _climb_or_stay(rung: Exercise, at: Standing, block: DoneBlock) -> None:
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


def _more(rung: Exercise, at: Standing, felt: Felt | None) -> int:
    return rung.reps.clamp(at.reps + (2 if felt is Felt.EASY else 1))


def _more_why(felt: Felt | None) -> str:
    return "more-reps-easy" if felt is Felt.EASY else "more-reps"
