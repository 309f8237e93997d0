"""How a listener moves on: double progression with its reason, and how it is going, in lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from skill.coach.exercise import Block, Catalogue, Exercise, Plan
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
from skill.coach.ladder import Ladder, Standing, Stated
from skill.coach.planning import of_level, possible
from skill.coach.reply import Line, Names, line, name_of, names_of
from skill.coach.session import Preferences

MOST_REASONS = 2
"""More reasons in a row are a lecture. Ours."""

_SMALL = ("progress-more-reps", "progress-more-reps-easy", "progress-top", "progress-new")
"""Reasons without news: a little more, or the same. So are all that end in ``-same``."""


@dataclass(frozen=True)
class Dose:
    """What to do next, and why."""

    exercise_id: str
    """The exercise asked about, or a neighbour on its ladder."""

    sets: int
    reps: int
    """Both are within the range of the exercise."""

    reason: Line

    @property
    def block(self) -> Block:
        """The dose as a part of a plan."""
        return Block(self.exercise_id, self.sets, self.reps)


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
    workouts in a row short of the bottom or hard, or more than 21 days without any
    training, step back: the reps to the bottom, a set less, or the easier neighbour. Who asks for
    the easier neighbour gets it until it is mastered anew.

    Args:
        exercise: that the plan has chosen.
        history: in any order.
        catalogue: with the ladders.
        possible: ids of what place, equipment and level allow; neighbours come only from these.
        today: the listener's own day.
        said: which variant of the reason to use.
    """
    ladder = Ladder(exercise, catalogue, possible).follow(history, today)
    return _dose(ladder, exercise, said)


def next_doses(
    history: Iterable[Finished],
    catalogue: Catalogue,
    wanted: Preferences,
    today: date,
    said: int = 0,
    level_since_ms: int = 0,
) -> dict[str, Dose]:
    """Return what to do next of every exercise of the level that was done before, by its id.

    First come those that lost sets last time because time was short, so that now they keep them,
    and of these the one that has waited longest.

    Mastery opens the harder neighbour even above the level that was named: see ``possible``. What
    was mastered before the level was named opens nothing, so that "I am a beginner" is honoured.

    Args:
        history: in any order.
        catalogue: with the ladders.
        wanted: the listener's place, equipment and level.
        today: the listener's own day.
        said: which variant of the reasons to use.
        level_since_ms: when the level was named, in epoch milliseconds; 0: before everything.
    """
    history = in_order(history)
    done = {block.exercise for workout in history for block in workout.blocks}
    can = possible(catalogue, wanted)
    ids = frozenset(exercise.id for exercise in can)
    known = [exercise for exercise in of_level(can, wanted.level) if exercise.id in done]
    stated = Stated(wanted.level, level_since_ms) if wanted.level and level_since_ms else None
    doses = {}
    # Every reason in a variant of its own: two alike in one breath sound like a machine.
    for at, exercise in enumerate(known):
        ladder = Ladder(exercise, catalogue, ids).follow(history, today, stated)
        doses[exercise.id] = _dose(ladder, exercise, said + at)

    def due(item: tuple[str, Dose]) -> tuple[bool, int]:
        id_, dose = item
        asked = (
            (each.ended_ms, block)
            for each in history
            for block in each.blocks
            if block.exercise in (id_, dose.exercise_id)
        )
        whole = (ended_ms for ended_ms, block in asked if block.sets >= dose.sets)
        return dose.reason.id != "progress-time-same", max(whole, default=0)

    return dict(sorted(doses.items(), key=due))


def reasons(doses: Mapping[str, Dose], plan: Plan) -> tuple[Line, ...]:
    """Return what is worth saying about a plan: two steps at most, else one reason, if any.

    A change of exercise goes before all others.
    """
    planned = {dose.block: dose.reason for dose in doses.values() if dose.block in plan.blocks}
    told = tuple(planned.values())
    news = tuple(each for each in told if each.id not in _SMALL and not each.id.endswith("-same"))
    other_first = sorted(news, key=lambda each: not each.id.endswith(("harder", "-easier")))
    return tuple(other_first[:MOST_REASONS]) or told[:1]


def _dose(ladder: Ladder, exercise: Exercise, said: int) -> Dose:
    rung, standing = ladder.next_from(exercise)
    end = ladder.neighbour(rung.harder) is None
    return Dose(rung.id, standing.sets, standing.reps, _why(rung, standing, end, said))


def _why(rung: Exercise, standing: Standing, end: bool, said: int) -> Line:
    highest = standing.sets == rung.sets.high and end
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
