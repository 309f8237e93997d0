"""Which exercises, how many sets and reps, in how many minutes, with what the listener has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from skill.coach.exercise import (
    Block,
    Catalogue,
    Exercise,
    Kind,
    Level,
    Move,
    Plan,
    Posture,
)
from skill.coach.session import MOST_REPS, MOST_SETS, Place, Preferences

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 45
"""Beyond it there is nothing to add: at most three exercises of their highest dose make a workout
of two to three hip-extension exercises."""

USUAL_MINUTES = 20
TIGHT_S = 420
"""With less than this for the exercises, those that need each leg in turn come last."""

AT_HAND = frozenset({"padding", "wall", "chair", "counter"})
"""What is taken to be there while the listener has not said: something soft, and a hold."""

_LEVELS = (Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED)


@dataclass(frozen=True)
class Wish:
    """What a listener asked of a workout; what was not said is None."""

    minutes: int | None = None
    equipment: str | None = None
    place: Place | None = None
    level: Level | None = None


def plan_workout(
    catalogue: Catalogue, minutes: int, preferences: Preferences, lately: tuple[str, ...] = ()
) -> Plan:
    """Return a workout of about ``minutes``: warm-up, one to three exercises, cool-down.

    Warm-up: 5 to 10 minutes (the usual advice, heart programmes included), less in a workout of
    under a quarter of an hour. Two to three exercises; one where time or equipment allow no more.
    """
    minutes = min(max(minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    warm_up, percent = _warm_up(catalogue, minutes, preferences.place)
    cool_down = _cool_down(catalogue, minutes, preferences.place)
    spent = sum(catalogue.moves[m].total_s * percent // 100 + 20 for m in warm_up)
    spent += sum(catalogue.moves[m].total_s + 20 for m in cool_down)
    candidates = rank(possible(catalogue, preferences), preferences, lately)
    blocks = _fill(candidates, minutes * 60 - spent, _how_many(minutes), preferences)
    return Plan(warm_up, blocks, cool_down, percent, minutes)


def plan_one(exercise: Exercise, sets: int | None, reps: int | None) -> Plan:
    """Return a plan of one exercise, with the dose asked for or the lowest of its range.

    Sets are kept within 1 to 5 and reps within 1 to 30.
    """
    wanted_sets = exercise.sets.low if sets is None else min(max(sets, 1), MOST_SETS)
    wanted_reps = exercise.reps.low if reps is None else min(max(reps, 1), MOST_REPS)
    return Plan(blocks=(Block(exercise.id, wanted_sets, wanted_reps),))


def possible(catalogue: Catalogue, preferences: Preferences) -> list[Exercise]:
    """Return the exercises that place, equipment and level allow, in the catalogue's order."""
    said = preferences.equipment
    equipment = catalogue.with_implied(AT_HAND | frozenset(said or ()))
    highest = _LEVELS.index(preferences.level or Level.BEGINNER)
    return [
        exercise
        for exercise in catalogue.exercises.values()
        if exercise.can_be_done_with(equipment)
        and _LEVELS.index(exercise.level) <= highest
        and fits_place(exercise, preferences.place)
    ]


def fits_place(exercise: Exercise, place: Place | None) -> bool:
    """Say whether an exercise can be done on the floor, on a bed, or only standing."""
    if place is Place.STANDING:
        return exercise.posture is Posture.STANDING
    if place is Place.BED:
        return exercise.posture is Posture.STANDING or exercise.bed_lines > 0
    return True


def rank(
    exercises: Iterable[Exercise], preferences: Preferences, lately: tuple[str, ...]
) -> list[Exercise]:
    """Sort by what fits best: not done lately, nearest to the level, then as listed."""
    level = _LEVELS.index(preferences.level or Level.BEGINNER)

    def fit(exercise: Exercise) -> tuple[int, int]:
        rested = 0 if exercise.id not in lately else 1 + lately[::-1].index(exercise.id)
        return rested, level - _LEVELS.index(exercise.level)

    return sorted(exercises, key=fit)


def block_seconds(exercise: Exercise, sets: int, reps: int, preferences: Preferences) -> int:
    """Return about how long one block lasts, words, sets and rests together, in seconds."""
    rep_s = exercise.tempo.at(preferences.pace).rep_ms / 1000
    sides = len(exercise.sides)
    one_set = reps * rep_s * sides + 12 * (sides - 1) + 8 + exercise.set_up_s
    rests = (sets - 1) * (exercise.rest_s * preferences.rest // 100)
    return int(sets * one_set + rests + 45)


def plan_seconds(plan: Plan, catalogue: Catalogue, preferences: Preferences) -> int:
    """Return about how long a whole plan lasts, in seconds."""
    moves = sum(catalogue.moves[m].total_s * plan.warm_up_percent // 100 + 15 for m in plan.warm_up)
    moves += sum(catalogue.moves[m].total_s + 15 for m in plan.cool_down)
    return moves + sum(
        block_seconds(catalogue.exercises[b.exercise], b.sets, b.reps, preferences)
        for b in plan.blocks
    )


def _how_many(minutes: int) -> int:
    if minutes < 8:
        return 1
    return 2 if minutes < 25 else 3


def _warm_up(
    catalogue: Catalogue, minutes: int, place: Place | None
) -> tuple[tuple[str, ...], int]:
    """Return the moves, and the percent of their time that makes the warm-up's length."""
    target_s = _warm_up_seconds(minutes)
    moves = _suitable(catalogue.moves_of(Kind.WARM_UP), place)
    chosen: list[Move] = []
    for move in moves:
        if sum(m.total_s for m in chosen) >= target_s:
            break
        chosen.append(move)
    total = sum(move.total_s for move in chosen)
    percent = min(200, max(50, target_s * 100 // total)) if total else 100
    return tuple(move.id for move in chosen), percent


def _warm_up_seconds(minutes: int) -> int:
    if minutes < 8:
        return 60
    if minutes < 15:
        return 120
    return 300 if minutes < 30 else 360


def _cool_down(catalogue: Catalogue, minutes: int, place: Place | None) -> tuple[str, ...]:
    moves = catalogue.moves_of(Kind.COOL_DOWN)
    if place in (Place.BED, Place.STANDING):
        suitable = [move for move in moves if move.bed_or_chair]
    else:
        on_floor = (Posture.LYING, Posture.KNEELING, Posture.ALL_FOURS)
        suitable = [move for move in moves if move.posture in on_floor]
    how_many = 1 if minutes < 15 else 2 if minutes < 30 else 3
    return tuple(move.id for move in suitable[:how_many])


def _suitable(moves: tuple[Move, ...], place: Place | None) -> list[Move]:
    if place in (Place.BED, Place.STANDING):
        return [move for move in moves if move.bed_or_chair]
    return [move for move in moves if move.posture is not Posture.SEATED]


def _fill(
    candidates: list[Exercise], seconds: int, how_many: int, preferences: Preferences
) -> tuple[Block, ...]:
    """Take the exercises that fit at their lowest dose, then raise the dose while time is left."""
    if seconds < TIGHT_S:
        candidates = sorted(candidates, key=lambda exercise: exercise.one_sided)
    chosen = {exercise.id: exercise for exercise in candidates[:how_many]}

    def fits(blocks: list[Block], limit_s: int) -> bool:
        return limit_s >= sum(
            block_seconds(chosen[b.exercise], b.sets, b.reps, preferences) for b in blocks
        )

    blocks = [Block(e.id, e.sets.low, e.reps.low) for e in chosen.values()]
    while len(blocks) > 1 and not fits(blocks, seconds + 90):
        blocks.pop()
    for grow in (_one_more_rep, _one_more_set):
        grew = True
        while grew:
            grew = False
            for at, block in enumerate(blocks):
                larger = grow(block, chosen[block.exercise])
                grown = [*blocks[:at], larger, *blocks[at + 1 :]]
                if larger != block and fits(grown, seconds):
                    blocks, grew = grown, True
    return tuple(_standing_first(blocks, chosen))


def _one_more_rep(block: Block, exercise: Exercise) -> Block:
    return replace(block, reps=exercise.reps.clamp(block.reps + 1))


def _one_more_set(block: Block, exercise: Exercise) -> Block:
    return replace(block, sets=exercise.sets.clamp(block.sets + 1))


def _standing_first(blocks: list[Block], by_id: dict[str, Exercise]) -> list[Block]:
    """Put standing exercises before those on the floor: one way down, one way up."""
    return sorted(blocks, key=lambda block: by_id[block.exercise].on_floor)
