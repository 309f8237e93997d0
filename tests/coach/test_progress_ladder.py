"""The ladder does not end at the level: mastery opens what is next, and it can be closed again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.exercise import Block, Exercise, Level, Plan
from skill.coach.history import DoneBlock, Finished, History
from skill.coach.planning import (
    AT_HAND,
    USUAL_MINUTES,
    fits_place,
    of_level,
    plan_workout,
    possible,
)
from skill.coach.progress import MOST_REASONS, Dose, next_doses, reasons
from skill.coach.reply import line, names_of
from skill.coach.session import Felt, Place, Preferences
from tests.coach.listener import the_catalogue
from tests.strategies import preferences

MONDAY = date(2026, 1, 5)
DAY_MS = 24 * 60 * 60 * 1000
EXERCISES = the_catalogue().exercises
LEVELS = list(Level)
ANYBODY = preferences(the_catalogue())
MINUTES = st.integers(5, 45)
ENOUGH_MINUTES = st.integers(USUAL_MINUTES, 45)
"""A shorter workout leaves sets out for time, and what is left out does not grow."""
EVERYTHING = the_catalogue().equipment
BRIDGES = Preferences(place=Place.FLOOR, equipment=("bench", "dumbbell"))
KNOWN = (*EXERCISES, *the_catalogue().moves)
OUTCOMES = st.sampled_from(["as asked", "top", "short", "one set", "hard", "exchanged", "away"])
MOST_WORKOUTS_TO_THE_TOP = 120
"""Forty weeks of three: eight exercises, of which a short workout has but one."""


@dataclass
class Trainee:
    """Somebody whose workouts are planned by the real rules, and who does them somehow."""

    wishes: Preferences
    minutes: int = 30
    level_since_ms: int = 0
    day: date = MONDAY
    history: History = ()
    lately: tuple[str, ...] = ()
    plans: list[Plan] = field(default_factory=list)

    @property
    def now_ms(self) -> int:
        return (self.day - MONDAY).days * DAY_MS + 1

    def doses(self) -> dict[str, Dose]:
        return next_doses(
            self.history,
            the_catalogue(),
            self.wishes,
            self.day,
            level_since_ms=self.level_since_ms,
        )

    def plan(self) -> Plan:
        blocks = {id_: dose.block for id_, dose in self.doses().items()}
        return plan_workout(
            the_catalogue(),
            self.minutes,
            self.wishes,
            lately=self.lately,
            met=KNOWN,
            doses=blocks,
        )

    def train(self, outcome: str = "as asked") -> Plan:
        self.day += timedelta(days=30 if outcome == "away" else 2)
        plan = self.plan()
        self.plans.append(plan)
        self.note(*(part for block in plan.blocks for part in done_of(block, outcome)))
        return plan

    def note(self, *blocks: DoneBlock) -> None:
        self.history += (Finished(self.now_ms, self.day, blocks, 1200),)
        ids = dict.fromkeys((*(block.exercise for block in blocks), *self.lately))
        self.lately = tuple(ids)[:8]

    def names(self, level: Level) -> None:
        """Name a level, the day after the last workout."""
        self.day += timedelta(days=1)
        self.wishes = replace(self.wishes, level=level)
        self.level_since_ms = self.now_ms


def done_of(block: Block, outcome: str) -> list[DoneBlock]:
    exercise = EXERCISES[block.exercise]
    easier = EXERCISES.get(exercise.easier or "")
    if outcome == "exchanged" and easier is not None and block.sets > 1:
        reps, left = easier.reps.clamp(block.reps), block.sets - 1
        return [
            DoneBlock(exercise.id, 1, block.reps, (block.reps,)),
            DoneBlock(easier.id, left, reps, (reps,) * left),
        ]
    each = {"top": exercise.reps.high, "short": exercise.reps.low - 1}.get(outcome, block.reps)
    sets = 1 if outcome == "one set" else block.sets
    felt = Felt.HARD if outcome == "hard" else None
    return [DoneBlock(exercise.id, block.sets, block.reps, (each,) * sets, felt)]


def is_above(id_: str, level: Level | None) -> bool:
    return not of_level([EXERCISES[id_]], level)


def earned(trainee: Trainee, id_: str) -> bool:
    """Say whether all of the easier one was done twice, at least once since the level was named."""
    easier = EXERCISES[EXERCISES[id_].easier or ""]
    full = [
        workout.ended_ms
        for workout in trainee.history
        for block in workout.blocks
        if block.exercise == easier.id
        and len(block.done) >= easier.sets.high
        and min(block.done) >= easier.reps.high
    ]
    return len(full) >= 2 and full[-1] > trainee.level_since_ms


@settings(deadline=None, max_examples=15)
@given(ANYBODY, MINUTES, st.lists(OUTCOMES, max_size=30))
def test_whatever_happens_a_plan_keeps_to_place_equipment_ranges_and_what_was_earned(
    wishes: Preferences, minutes: int, story: list[str]
) -> None:
    trainee = Trainee(wishes, minutes)
    has = the_catalogue().with_implied(AT_HAND | frozenset(wishes.equipment or ()))
    for outcome in story:
        before = trainee.plan()
        for block in before.blocks:
            exercise = EXERCISES[block.exercise]
            assert exercise.can_be_done_with(has)
            assert fits_place(exercise, wishes.place)
            assert exercise.reps.clamp(block.reps) == block.reps
            assert block.sets in (1, exercise.sets.clamp(block.sets))
            if is_above(exercise.id, wishes.level):
                assert earned(trainee, exercise.id)
        assert len({block.exercise for block in before.blocks}) == len(before.blocks)
        trainee.train(outcome)


@settings(deadline=None, max_examples=15)
@given(ANYBODY, MINUTES, st.lists(OUTCOMES, min_size=1, max_size=40))
def test_nobody_goes_up_two_exercises_at_once(
    wishes: Preferences, minutes: int, story: list[str]
) -> None:
    trainee = Trainee(wishes, minutes)
    for outcome in story:
        before = trainee.doses()
        trainee.train(outcome)
        for id_, dose in trainee.doses().items():
            here = before[id_].exercise_id if id_ in before else id_
            above = EXERCISES.get(EXERCISES[here].harder or "")
            assert above is None or dose.exercise_id != above.harder


def end_of_ladder(exercise: Exercise, wishes: Preferences) -> Exercise:
    can = {each.id for each in possible(the_catalogue(), wishes)}
    while exercise.harder in can and exercise.harder:
        exercise = EXERCISES[exercise.harder]
    return exercise


@settings(deadline=None, max_examples=15)
@given(ANYBODY, ENOUGH_MINUTES, st.sampled_from(["as asked", "top"]))
def test_who_does_all_that_is_asked_gets_to_the_hardest_that_place_and_equipment_allow(
    wishes: Preferences, minutes: int, outcome: str
) -> None:
    trainee = Trainee(wishes, minutes)
    for _ in range(MOST_WORKOUTS_TO_THE_TOP):
        trainee.train(outcome)
    doses = trainee.doses()
    begun = of_level(possible(the_catalogue(), wishes), wishes.level)
    for exercise in begun:
        dose, end = doses.get(exercise.id), end_of_ladder(exercise, wishes)
        if dose is None:
            # A harder neighbour stands for what it grew from.
            assert exercise.easier in doses, exercise.id
            continue
        assert dose.exercise_id == end.id
        assert (dose.sets, dose.reps) == (end.sets.high, end.reps.high)
        assert dose.reason.id in ("progress-top", "progress-time-same")


@settings(deadline=None, max_examples=15)
@given(ANYBODY, MINUTES, st.lists(OUTCOMES, max_size=30), st.sampled_from(Level))
def test_a_level_named_after_a_step_up_is_honoured_until_more_is_earned(
    wishes: Preferences, minutes: int, story: list[str], level: Level
) -> None:
    trainee = Trainee(wishes, minutes)
    for outcome in story:
        trainee.train(outcome)
    trainee.names(level)
    assert not any(is_above(dose.exercise_id, level) for dose in trainee.doses().values())
    assert not any(is_above(block.exercise, level) for block in trainee.plan().blocks)
    for _ in range(20):
        for block in trainee.train("top").blocks:
            assert not is_above(block.exercise, level) or earned(trainee, block.exercise)


@settings(deadline=None, max_examples=15)
@given(ANYBODY, MINUTES, st.lists(OUTCOMES, max_size=20))
def test_who_finds_all_of_it_hard_goes_down_to_the_lowest(
    wishes: Preferences, minutes: int, story: list[str]
) -> None:
    trainee = Trainee(wishes, minutes)
    for outcome in story:
        trainee.train(outcome)
    for _ in range(60):
        trainee.train("hard")
    for block in trainee.train("hard").blocks:
        exercise = EXERCISES[block.exercise]
        easier = EXERCISES.get(exercise.easier or "")
        can = possible(the_catalogue(), wishes)
        assert not is_above(exercise.id, wishes.level)
        assert easier not in can or easier in [EXERCISES[b.exercise] for b in trainee.plan().blocks]
        assert (block.sets, block.reps) <= (exercise.sets.low, exercise.reps.high)


def up_to_hip_thrusts(wishes: Preferences = BRIDGES) -> Trainee:
    trainee = Trainee(wishes)
    while "hip_thrust" not in {block.exercise for block in trainee.train("top").blocks}:
        assert len(trainee.plans) < 40
    return trainee


@pytest.mark.parametrize("level", [None, Level.BEGINNER])
def test_who_masters_glute_bridges_steps_up_to_hip_thrusts_whatever_the_level(
    level: Level | None,
) -> None:
    trainee = up_to_hip_thrusts(replace(BRIDGES, level=level))
    planned = {block.exercise for plan in trainee.plans for block in plan.blocks}
    assert not planned & {"upright_hip_thrust", "ball_bridge_curl", "prone_ball_extension"}
    assert trainee.doses()["glute_bridge"].exercise_id == "hip_thrust"


@pytest.mark.parametrize("without", [("bench",), ("dumbbell",), ()], ids=str)
def test_without_a_bench_or_a_weight_mastery_opens_nothing(without: tuple[str, ...]) -> None:
    trainee = Trainee(replace(BRIDGES, equipment=without))
    for _ in range(40):
        trainee.train("top")
    assert trainee.doses()["glute_bridge"].reason.id == "progress-top"


def test_on_a_bed_the_glute_bridges_stay_and_back_on_the_floor_the_step_up_is_remembered() -> None:
    trainee = up_to_hip_thrusts()
    trainee.wishes = replace(BRIDGES, place=Place.BED)
    assert trainee.doses()["glute_bridge"].exercise_id == "glute_bridge"
    trainee.wishes = BRIDGES
    assert trainee.doses()["glute_bridge"].exercise_id == "hip_thrust"


def test_i_am_a_beginner_said_after_the_step_up_brings_the_glute_bridges_back() -> None:
    trainee = up_to_hip_thrusts()
    trainee.names(Level.BEGINNER)
    values = {"exercises": names_of("glute_bridge"), "before": names_of("hip_thrust")}
    reason = line("progress-level-easier", sets=3, reps=8, **values)
    assert trainee.doses()["glute_bridge"] == Dose("glute_bridge", 3, 8, reason)


def test_the_same_level_said_before_it_was_earned_closes_nothing() -> None:
    trainee = Trainee(BRIDGES)
    trainee.names(Level.BEGINNER)
    for _ in range(40):
        trainee.train("top")
    assert trainee.doses()["glute_bridge"].exercise_id == "hip_thrust"


ONE_SET_THEN_EASIER = (
    DoneBlock("hip_thrust", 1, 8, (8,)),
    DoneBlock("glute_bridge", 1, 8, (8,)),
)
EASIER_AT_ONCE = (DoneBlock("glute_bridge", 2, 8, (8, 8)),)


@pytest.mark.parametrize("done", [ONE_SET_THEN_EASIER, EASIER_AT_ONCE], ids=["later", "at once"])
def test_easier_undoes_the_step_up_until_it_is_mastered_anew(done: tuple[DoneBlock, ...]) -> None:
    trainee = up_to_hip_thrusts()
    trainee.day += timedelta(days=2)
    trainee.note(*done)
    dose = trainee.doses()["glute_bridge"]
    assert (dose.exercise_id, dose.sets, dose.reps) == ("glute_bridge", 3, 8)
    assert dose.reason.id == "progress-asked-easier"
    assert dict(dose.reason.values)["before"] == names_of("hip_thrust")
    for _ in range(20):
        trainee.train("top")
    assert trainee.doses()["glute_bridge"].exercise_id == "hip_thrust"


def test_a_day_without_the_bench_undoes_nothing() -> None:
    trainee = up_to_hip_thrusts()
    trainee.wishes = replace(BRIDGES, equipment=())
    trainee.train()
    trainee.wishes = BRIDGES
    assert trainee.doses()["glute_bridge"].exercise_id == "hip_thrust"


def test_two_hard_workouts_running_step_back_and_say_so() -> None:
    trainee = Trainee(BRIDGES, day=MONDAY)
    hard = DoneBlock("glute_bridge", 2, 10, (10, 10), Felt.HARD)
    told = []
    for _ in range(3):
        trainee.day += timedelta(days=2)
        trainee.note(hard)
        dose = trainee.doses()["glute_bridge"]
        told.append((dose.sets, dose.reps, dose.reason.id))
    assert told[:2] == [(2, 10, "progress-hard"), (2, 8, "progress-hard-reps")]
    assert told[2] == (2, 8, "progress-hard")


@settings(deadline=None, max_examples=15)
@given(ANYBODY, MINUTES, st.lists(OUTCOMES, max_size=20))
def test_every_step_of_what_is_planned_has_its_reason_and_nobody_is_lectured(
    wishes: Preferences, minutes: int, story: list[str]
) -> None:
    trainee = Trainee(wishes, minutes)
    for outcome in story:
        trainee.train(outcome)
        doses, plan = trainee.doses(), trainee.plan()
        told = reasons(doses, plan)
        planned = [dose for dose in doses.values() if dose.block in plan.blocks]
        assert len(told) <= MOST_REASONS
        assert bool(told) is bool(planned)
        assert all(any(dose.reason == each for dose in planned) for each in told)
        steps = {d.reason.id for d in planned if d.reason.id.endswith(("harder", "-easier"))}
        assert not steps or steps & {each.id for each in told}


def test_a_workout_that_grew_too_long_keeps_two_exercises_and_each_has_its_turn() -> None:
    trainee = Trainee(Preferences(place=Place.FLOOR), minutes=20)
    for _ in range(30):
        trainee.train("top")
    sets = [{block.exercise: block.sets for block in plan.blocks} for plan in trainee.plans[-6:]]
    assert all(len(done) == 2 for done in sets)
    for id_ in ("glute_bridge", "standing_kickback", "quadruped_kickback"):
        assert any(done.get(id_) == 3 for done in sets), id_


def test_everything_is_possible_for_who_has_everything_and_is_advanced() -> None:
    wishes = Preferences(place=Place.FLOOR, equipment=EVERYTHING, level=Level.ADVANCED)
    assert [exercise.id for exercise in possible(the_catalogue(), wishes)] == list(EXERCISES)
