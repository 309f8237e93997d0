"""Which exercises, how many sets and reps, in how many minutes, with what the listener has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

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
from skill.coach.replace import replace
from skill.coach.session import MOST_SETS, Place, Preferences, TalkLevel

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 45
"""Beyond it there is nothing to add: at most three exercises of their highest dose make a workout
of two to three hip-extension exercises."""

USUAL_MINUTES = 20
EXPLAINING_S = 300
"""A workout of the usual length with something new may be longer by this: so explanations cost no
sets, and what takes longer to explain is not passed over for ever."""

MOST_REPS_ASKED = 20
"""The highest number of reps that any exercise is prescribed with."""

GRACE_S = 60
"""A workout may be longer than asked by this much rather than lose an exercise."""

OVER_PERCENT = 20
"""A workout with doses of progress may be longer than asked by this much; beyond it loses sets."""

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
    catalogue: Catalogue,
    minutes: int,
    preferences: Preferences,
    *,
    lately: tuple[str, ...] = (),
    met: tuple[str, ...] = (),
    doses: Mapping[str, Block] | None = None,
) -> Plan:
    """Return a workout of about ``minutes``: warm-up, two to three exercises, cool-down.

    Warm-up: 5 to 10 minutes (the usual advice, heart programmes included), less in a workout of
    under a quarter of an hour. One exercise only where there is but one, or under eight minutes;
    a set each where time allows no more. What is not ``met`` takes longer: it is explained.
    Where progress has a dose for an exercise, maybe of its neighbour, that is what is planned;
    where these take a fifth more than the time, two exercises stay, and then the one that comes
    later in ``doses`` loses sets.
    """
    minutes = min(max(minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    warm_up, percent = _warm_up(catalogue, minutes, preferences.place)
    plan = Plan(warm_up, (), _cool_down(catalogue, minutes, preferences.place), percent, minutes)
    left_s = minutes * 60 - plan_seconds(plan, catalogue, preferences, met)
    doses = doses or {}
    leads_to = {id_: block.exercise for id_, block in doses.items()}
    candidates = of_level(possible(catalogue, preferences), preferences.level)
    candidates = rank(candidates, preferences, lately, leads_to)
    dose = _Dose(preferences, met)
    explained_s = EXPLAINING_S if minutes >= USUAL_MINUTES else 0
    chosen = _choose(candidates, left_s, explained_s, _how_many(minutes), dose)
    blocks = _progressed(_fill(chosen, left_s, dose), doses)
    if doses:
        new_s = explained_s if dose.new(chosen) else 0
        longest_s = left_s + max(new_s, minutes * 60 * OVER_PERCENT // 100)
        ids = [exercise.id for exercise in reversed(candidates)]
        newest_first = [each for id_ in ids for each in (leads_to.get(id_, id_), id_)]
        pairs = [(catalogue.exercises[block.exercise], block) for block in blocks]
        blocks = _in_time(pairs, longest_s, newest_first, list(leads_to.values()), dose)
    return replace(plan, blocks=blocks)


def _in_time(
    chosen: list[tuple[Exercise, Block]],
    longest_s: int,
    newest_first: list[str],
    due_first: list[str],
    dose: _Dose,
) -> tuple[Block, ...]:
    """Leave out what was done last, down to two; then take sets off what is due last.

    Two exercises are enough, and what is left out comes first the next time. What is due first
    keeps its sets: so each has its turn to grow. If not even one set of the other fits,
    it stays alone.
    """

    def due(pair: tuple[Exercise, Block]) -> int:
        return due_first.index(pair[0].id) if pair[0].id in due_first else len(due_first)

    while len(chosen) > 1 and dose.whole(chosen) > longest_s:
        _, *others = sorted(chosen, key=due)
        cut = next((pair for pair in reversed(others) if pair[1].sets > 1), None)
        if cut is None or len(others) > 1:
            chosen.remove(min(others, key=lambda pair: newest_first.index(pair[0].id)))
        else:
            exercise, block = cut
            fewer = block.sets - 1 if block.sets > exercise.sets.low else 1
            chosen[chosen.index(cut)] = exercise, replace(block, sets=fewer)
    return tuple(block for _, block in chosen)


def _progressed(blocks: tuple[Block, ...], doses: Mapping[str, Block]) -> tuple[Block, ...]:
    """Put in the doses of progress, each exercise once."""
    planned: dict[str, Block] = {}
    for block in blocks:
        now = doses.get(block.exercise, block)
        taken = now.exercise in planned or any(
            other.exercise == now.exercise for other in blocks if other is not block
        )
        planned.setdefault(block.exercise if taken else now.exercise, block if taken else now)
    return tuple(planned.values())


def plan_one(exercise: Exercise, sets: int | None, reps: int | None) -> Plan:
    """Return a plan of one exercise, with the dose asked for or the lowest of its range.

    Sets are kept within 1 to 5 and reps within 1 to 20.
    """
    wanted_sets = exercise.sets.low if sets is None else min(max(sets, 1), MOST_SETS)
    wanted_reps = exercise.reps.low if reps is None else min(max(reps, 1), MOST_REPS_ASKED)
    return Plan(blocks=(Block(exercise.id, wanted_sets, wanted_reps),))


def possible(catalogue: Catalogue, preferences: Preferences) -> list[Exercise]:
    """Return the exercises that place and equipment allow, in the catalogue's order.

    They are those of the level, and above it those to which a ladder leads up from the level: they
    are never chosen, but mastering the easier neighbour may lead there.
    """
    equipment = catalogue.with_implied(AT_HAND | frozenset(preferences.equipment or ()))
    return [
        exercise
        for exercise in catalogue.exercises.values()
        if exercise.can_be_done_with(equipment)
        and fits_place(exercise, preferences.place)
        and _can_be_earned(exercise, catalogue, preferences.level)
    ]


def of_level(exercises: Iterable[Exercise], level: Level | None) -> list[Exercise]:
    """Return those that ask no more than the level; who named none is a beginner."""
    highest = _LEVELS.index(level or Level.BEGINNER)
    return [exercise for exercise in exercises if _LEVELS.index(exercise.level) <= highest]


def _can_be_earned(exercise: Exercise, catalogue: Catalogue, level: Level | None) -> bool:
    """Say whether it is of the level, or its ladder leads down to one that is."""
    rung: Exercise | None = exercise
    while rung is not None and not of_level([rung], level):
        rung = catalogue.exercises.get(rung.easier or "")
    return rung is not None


def fits_place(exercise: Exercise, place: Place | None) -> bool:
    """Say whether an exercise can be done on the floor, on a bed, or only standing."""
    if place is Place.STANDING:
        return exercise.posture is Posture.STANDING
    if place is Place.BED:
        return exercise.posture is Posture.STANDING or exercise.bed_lines > 0
    return True


def rank(
    exercises: Iterable[Exercise],
    preferences: Preferences,
    lately: tuple[str, ...],
    leads_to: Mapping[str, str] | None = None,
) -> list[Exercise]:
    """Sort by what fits best: not done lately, nearest to the level, then as listed.

    What progress leads away from was done whenever that was done to which it leads. Where both are
    to choose from, what was left behind comes last.
    """
    level = _LEVELS.index(preferences.level or Level.BEGINNER)
    exercises, leads_to = list(exercises), leads_to or {}
    ids = {exercise.id for exercise in exercises}

    def fit(exercise: Exercise) -> tuple[bool, int, int]:
        next_id = leads_to.get(exercise.id, exercise.id)
        left_behind = next_id != exercise.id and next_id in ids
        ago = [1 + lately[::-1].index(id_) for id_ in (exercise.id, next_id) if id_ in lately]
        return left_behind, max(ago, default=0), level - _LEVELS.index(exercise.level)

    return sorted(exercises, key=fit)


def block_seconds(
    exercise: Exercise, block: Block, preferences: Preferences, met: tuple[str, ...]
) -> int:
    """Return about how long one block lasts, words, sets, rests and answers, in seconds."""
    rep_s = exercise.tempo.at(preferences.pace).rep_ms / 1000
    sides = len(exercise.sides)
    one_set = block.reps * rep_s * sides + 17 * (sides - 1) + 17
    rests = (block.sets - 1) * (exercise.rest_s * preferences.rest // 100)
    spoken = 12 if preferences.talk is TalkLevel.COUNTS else 24
    if exercise.id not in met and preferences.talk is None:
        spoken = 30 + 8 * exercise.position_lines + 7 * exercise.step_lines
    return int(block.sets * one_set + rests + exercise.set_up_s + spoken)


def move_seconds(move: Move, percent: int, met: tuple[str, ...]) -> int:
    """Return about how long a move lasts with its words and at ``percent`` of its time."""
    spoken = 10 if move.id in met else 12 + 6 * move.step_lines
    spoken += 8 * (len(move.sides) - 1)
    spoken += 0 if move.posture in (Posture.STANDING, Posture.SEATED) else 10
    return max(15, move.seconds * percent // 100) * len(move.sides) + spoken


def plan_seconds(
    plan: Plan, catalogue: Catalogue, preferences: Preferences, met: tuple[str, ...]
) -> int:
    """Return about how long a whole plan lasts, in seconds."""
    moves = sum(
        move_seconds(catalogue.moves[move], plan.moves_percent, met)
        for move in (*plan.warm_up, *plan.cool_down)
    )
    return moves + sum(
        block_seconds(catalogue.exercises[block.exercise], block, preferences, met)
        for block in plan.blocks
    )


@dataclass(frozen=True)
class _Dose:
    """How long exercises take this listener."""

    preferences: Preferences
    met: tuple[str, ...]

    def whole(self, chosen: Sequence[tuple[Exercise, Block]]) -> int:
        """Return the seconds of all of them."""
        return sum(block_seconds(e, block, self.preferences, self.met) for e, block in chosen)

    def new(self, chosen: Sequence[tuple[Exercise, Block]]) -> bool:
        """Say whether any of them was not met yet."""
        return any(exercise.id not in self.met for exercise, _ in chosen)


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
    if minutes < 15:
        return 60 if minutes < 8 else 90
    return 300 if minutes < 30 else 360


def _cool_down(catalogue: Catalogue, minutes: int, place: Place | None) -> tuple[str, ...]:
    moves = catalogue.moves_of(Kind.COOL_DOWN)
    if place in (Place.BED, Place.STANDING):
        suitable = [move for move in moves if move.bed_or_chair]
    else:
        on_floor = (Posture.LYING, Posture.KNEELING, Posture.ALL_FOURS)
        suitable = [move for move in moves if move.posture in on_floor]
    how_many = 1 if minutes < 15 else 2 if minutes < 30 else 3
    # Lying stretches first: it is easier to get up from kneeling.
    chosen = sorted(suitable[:how_many], key=lambda move: move.posture is not Posture.LYING)
    return tuple(move.id for move in chosen)


def _suitable(moves: tuple[Move, ...], place: Place | None) -> list[Move]:
    if place in (Place.BED, Place.STANDING):
        return [move for move in moves if move.bed_or_chair]
    return [move for move in moves if move.posture is not Posture.SEATED]


def _lowest(exercise: Exercise, sets: int) -> Block:
    """Return the lowest dose of an exercise, of ``sets`` or as few as it has."""
    return Block(exercise.id, min(sets, exercise.sets.low), exercise.reps.low)


def _choose(
    candidates: list[Exercise], left_s: int, explained_s: int, how_many: int, dose: _Dose
) -> list[tuple[Exercise, Block]]:
    """Return the best ranked exercises that fit, with the lowest dose that does.

    Three at their lowest dose, else two, else two of one set: a set each is a fair start for older
    beginners and under time. The best ranked is among them, alone if need be, or what takes long
    would never have its turn. If nothing fits, the best ranked that was met; if none was, what
    takes the least.
    """
    tries = [(size, 5) for size in range(how_many, 1, -1)] + [(min(how_many, 2), 1), (1, 1)]
    for size, sets in tries:
        size_ = min(size, len(candidates))
        choices = [
            [(exercise, _lowest(exercise, sets)) for exercise in choice]
            for choice in combinations(candidates, size_)
        ]
        fitting = [
            choice
            for choice in choices
            if choice[0][0] is candidates[0]
            and dose.whole(choice) <= left_s + GRACE_S + (explained_s if dose.new(choice) else 0)
        ]
        if fitting:
            return fitting[0]
    known = (choice for choice in choices if not dose.new(choice))
    return next(known, min(choices, key=dose.whole))


def _fill(chosen: list[tuple[Exercise, Block]], left_s: int, dose: _Dose) -> tuple[Block, ...]:
    """Raise sets to the least of their range, reps, then sets again, while time is left.

    What is new stays at the bottom of its range of reps.
    """
    for grow in (_set_within_range, _one_more_rep, _one_more_set):
        grew = True
        while grew:
            grew = False
            for at, (exercise, block) in enumerate(chosen):
                new = exercise.id not in dose.met and grow is _one_more_rep
                larger = block if new else grow(block, exercise)
                grown = [*chosen[:at], (exercise, larger), *chosen[at + 1 :]]
                if larger != block and dose.whole(grown) <= left_s:
                    chosen, grew = grown, True
    # Standing exercises before those on the floor: one way down, one way up.
    return tuple(block for _, block in sorted(chosen, key=lambda pair: pair[0].on_floor))


def _set_within_range(block: Block, exercise: Exercise) -> Block:
    return replace(block, sets=max(block.sets, exercise.sets.low))


def _one_more_rep(block: Block, exercise: Exercise) -> Block:
    return replace(block, reps=exercise.reps.clamp(block.reps + 1))


def _one_more_set(block: Block, exercise: Exercise) -> Block:
    if block.sets < exercise.sets.low:
        return block
    return replace(block, sets=exercise.sets.clamp(block.sets + 1))
