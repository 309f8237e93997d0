"""A plan keeps to what was asked, to what the listener has, and to the range of its exercises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.exercise import Level, Plan, Posture
from skill.coach.planning import (
    AT_HAND,
    MOST_REPS_ASKED,
    of_level,
    plan_one,
    plan_workout,
    possible,
    rank,
)
from skill.coach.session import MOST_SETS, Phase, Place, Preferences, Session
from tests.coach.listener import Listener, the_catalogue
from tests.strategies import preferences

EXERCISES = list(the_catalogue().exercises)
ANYBODY = preferences(the_catalogue())
LATELY = st.lists(st.sampled_from(EXERCISES), max_size=8, unique=True).map(tuple)
MINUTES = st.integers(1, 999)
LEVELS = list(Level)


def a_plan(
    minutes: int, wishes: Preferences, lately: tuple[str, ...] = (), met: tuple[str, ...] = ()
) -> Plan:
    return plan_workout(the_catalogue(), minutes, wishes, lately=lately, met=met)


@settings(deadline=None)
@given(MINUTES, ANYBODY, LATELY)
def test_every_plan_has_a_warm_up_one_to_three_exercises_and_a_cool_down(
    minutes: int, wishes: Preferences, lately: tuple[str, ...]
) -> None:
    plan = a_plan(minutes, wishes, lately)
    assert plan.warm_up
    assert plan.cool_down
    assert 1 <= len(plan.blocks) <= 3
    assert len({block.exercise for block in plan.blocks}) == len(plan.blocks)


@settings(deadline=None)
@given(MINUTES, ANYBODY, LATELY)
def test_a_dose_is_within_the_range_of_its_exercise_or_one_set_where_time_is_short(
    minutes: int, wishes: Preferences, lately: tuple[str, ...]
) -> None:
    for block in a_plan(minutes, wishes, lately).blocks:
        exercise = the_catalogue().exercises[block.exercise]
        assert exercise.reps.low <= block.reps <= exercise.reps.high
        assert block.sets <= exercise.sets.high
        assert block.sets >= exercise.sets.low or block.sets == 1


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("level", Level)
def test_in_half_an_hour_at_the_usual_pace_no_set_is_missing(place: Place, level: Level) -> None:
    for minutes in (30, 45):
        plan = a_plan(minutes, Preferences(place=place, level=level))
        for block in plan.blocks:
            assert block.sets >= the_catalogue().exercises[block.exercise].sets.low


@settings(deadline=None)
@given(MINUTES, ANYBODY, LATELY)
def test_nothing_is_planned_that_needs_what_the_listener_has_not(
    minutes: int, wishes: Preferences, lately: tuple[str, ...]
) -> None:
    catalogue = the_catalogue()
    has = catalogue.with_implied(AT_HAND | frozenset(wishes.equipment or ()))
    for block in a_plan(minutes, wishes, lately).blocks:
        assert catalogue.exercises[block.exercise].can_be_done_with(has)


@settings(deadline=None)
@given(MINUTES, ANYBODY, LATELY)
def test_standing_only_means_no_getting_down_and_a_bed_means_no_floor(
    minutes: int, wishes: Preferences, lately: tuple[str, ...]
) -> None:
    catalogue, plan = the_catalogue(), a_plan(minutes, wishes, lately)
    if wishes.place in (None, Place.FLOOR):
        return
    for block in plan.blocks:
        exercise = catalogue.exercises[block.exercise]
        on_bed = wishes.place is Place.BED and exercise.bed_lines > 0
        assert exercise.posture is Posture.STANDING or on_bed
    for id_ in (*plan.warm_up, *plan.cool_down):
        assert catalogue.moves[id_].posture in (Posture.STANDING, Posture.SEATED)


@given(ANYBODY)
def test_who_has_earned_nothing_is_given_no_more_than_their_level(wishes: Preferences) -> None:
    highest = LEVELS.index(wishes.level or Level.BEGINNER)
    for minutes in (5, 20, 45):
        planned = [the_catalogue().exercises[b.exercise] for b in a_plan(minutes, wishes).blocks]
        assert all(LEVELS.index(exercise.level) <= highest for exercise in planned)


@given(ANYBODY)
def test_above_the_level_only_that_is_possible_to_which_a_ladder_leads(wishes: Preferences) -> None:
    can = possible(the_catalogue(), wishes)
    highest = LEVELS.index(wishes.level or Level.BEGINNER)
    for exercise in can:
        rung = exercise
        while LEVELS.index(rung.level) > highest:
            assert rung.easier, exercise.id
            rung = the_catalogue().exercises[rung.easier]
    assert all(LEVELS.index(e.level) <= highest for e in of_level(can, wishes.level))


@given(ANYBODY, LATELY)
def test_what_was_not_done_lately_comes_first_and_then_what_was_done_longest_ago(
    wishes: Preferences, lately: tuple[str, ...]
) -> None:
    ranked = [e.id for e in rank(possible(the_catalogue(), wishes), wishes, lately)]
    fresh = [id_ for id_ in ranked if id_ not in lately]
    assert ranked[: len(fresh)] == fresh
    assert ranked[len(fresh) :] == [id_ for id_ in reversed(lately) if id_ in ranked]


@settings(deadline=None)
@given(MINUTES, ANYBODY, LATELY)
def test_standing_exercises_come_before_those_on_the_floor(
    minutes: int, wishes: Preferences, lately: tuple[str, ...]
) -> None:
    plan = a_plan(minutes, wishes, lately)
    on_floor = [the_catalogue().exercises[block.exercise].on_floor for block in plan.blocks]
    assert on_floor == sorted(on_floor)


def test_more_minutes_never_mean_less_work() -> None:
    for place in Place:
        sizes = [
            sum(block.sets * block.reps for block in a_plan(m, Preferences(place=place)).blocks)
            for m in (5, 10, 20, 45)
        ]
        assert sizes == sorted(sizes), place


@pytest.mark.parametrize("minutes", [15, 20, 30, 45])
@pytest.mark.parametrize("place", Place)
def test_a_warm_up_lasts_five_to_ten_minutes_from_a_quarter_of_an_hour_up(
    minutes: int, place: Place
) -> None:
    plan = a_plan(minutes, Preferences(place=place))
    moving_s = sum(
        the_catalogue().moves[id_].total_s * plan.moves_percent // 100 for id_ in plan.warm_up
    )
    assert 290 <= moving_s <= 600


def test_a_shorter_workout_says_that_its_warm_up_is_shorter() -> None:
    for minutes, told in ((5, True), (10, True), (14, True), (15, False), (20, False)):
        listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
        listener.say("StartWorkoutIntent", minutes=minutes)
        assert ("planning-short-warm-up" in listener.ids()) is told


@given(
    st.sampled_from(EXERCISES),
    st.none() | st.integers(0, 999),
    st.none() | st.integers(0, 999),
)
def test_a_named_dose_is_kept_up_to_what_the_coach_can_coach(
    id_: str, sets: int | None, reps: int | None
) -> None:
    exercise = the_catalogue().exercises[id_]
    (block,) = plan_one(exercise, sets, reps).blocks
    wanted_sets = exercise.sets.low if sets is None else min(max(1, sets), MOST_SETS)
    wanted_reps = exercise.reps.low if reps is None else min(max(1, reps), MOST_REPS_ASKED)
    assert (block.exercise, block.sets, block.reps) == (id_, wanted_sets, wanted_reps)


def test_just_glute_bridges_two_sets_of_ten_is_a_plan_too() -> None:
    listener = Listener()
    listener.say("StartExerciseIntent", exercise="glute_bridge", sets=2, reps=10)
    assert "safety-not-medical" in listener.ids()
    assert listener.ids()[-1] == "ask-floor"
    listener.say("AMAZON.YesIntent")
    plan = listener.session.plan
    assert [(b.exercise, b.sets, b.reps) for b in plan.blocks] == [("glute_bridge", 2, 10)]
    assert not plan.warm_up
    assert not plan.cool_down


def test_too_large_a_dose_is_cut_and_the_listener_is_told() -> None:
    listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
    listener.say("StartExerciseIntent", exercise="glute_bridge", sets=9, reps=200)
    assert "planning-most" in listener.ids()
    assert listener.session.now.sets == MOST_SETS
    assert listener.session.now.reps == MOST_REPS_ASKED


def test_an_exercise_named_in_mid_workout_goes_in_front_of_what_is_left() -> None:
    listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
    listener.say("StartExerciseIntent", exercise="glute_bridge", sets=3, reps=8)
    for _ in range(2):
        listener.hear_out().say("ReadyIntent")
    assert len(listener.hear_out().place.done) == 1
    listener.say("StartExerciseIntent", exercise="standing_kickback", sets=1, reps=8)
    blocks = [(b.exercise, b.sets) for b in listener.session.plan.blocks]
    assert blocks == [("glute_bridge", 1), ("standing_kickback", 1), ("glute_bridge", 2)]
    assert listener.session.now.exercise == "standing_kickback"


@pytest.mark.parametrize("minutes", [0, 1, 999])
def test_any_number_of_minutes_is_a_workout(minutes: int) -> None:
    listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
    listener.say("StartWorkoutIntent", minutes=minutes)
    assert listener.session.phase is Phase.WARM_UP
    assert 5 <= listener.session.plan.minutes <= 45


def test_what_a_plan_needs_is_named_as_the_thing_the_listener_has() -> None:
    wishes = Preferences(place=Place.FLOOR, equipment=("bench",), level=Level.BEGINNER)
    done = ("glute_bridge", "standing_kickback", "quadruped_kickback")
    listener = Listener(Session(preferences=wishes, lately=done))
    listener.say("StartWorkoutIntent", minutes=30)
    assert "step_up" in {block.exercise for block in listener.session.plan.blocks}
    assert "a bench" in listener.words()
    assert "a box" not in listener.words()


def test_nobody_is_told_to_need_a_mat_who_said_that_there_is_nothing() -> None:
    listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
    listener.say("WhatIHaveIntent", equipment="none")
    listener.say("StartWorkoutIntent", minutes=45)
    assert "mat" not in listener.words().split()
