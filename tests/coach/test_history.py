"""What was done is written down as it was, read back with care, and counted by days and weeks."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.errors import UnreadableSession
from skill.coach.exercise import Block, Plan
from skill.coach.history import (
    MOST_WORKOUTS,
    DoneBlock,
    Finished,
    Week,
    finished,
    from_plain,
    in_order,
    last,
    read_history,
    streak_weeks,
    this_week,
    to_plain,
    trained_today,
    trained_yesterday,
    week_of,
    with_workout,
)
from skill.coach.session import Felt, Phase, Session, SetDone
from tests.coach.listener import the_catalogue
from tests.strategies import JSON, sessions

MONDAY = date(2026, 1, 5)
BLOCKS = (DoneBlock("glute_bridge", 2, 10, (10, 9), Felt.RIGHT), DoneBlock("step_up", 2, 15, (15,)))


def on(*days: int) -> tuple[Finished, ...]:
    """Return a workout on each of these days, counted from a Monday."""
    return tuple(
        Finished(at + 1, MONDAY + timedelta(days=day), BLOCKS, 1200) for at, day in enumerate(days)
    )


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
DONE = st.builds(
    DoneBlock,
    st.sampled_from(list(the_catalogue().exercises)),
    st.integers(1, 5),
    st.integers(1, 30),
    st.lists(st.integers(0, 30), min_size=1, max_size=5).map(tuple),
    st.none() | st.sampled_from(Felt),
)
WORKOUT = st.builds(
    Finished,
    st.integers(0, 2**53),
    DAYS,
    st.lists(DONE, min_size=1, max_size=8).map(tuple),
    st.integers(0, 86_400),
)


@given(WORKOUT)
def test_what_was_written_is_read_back(workout: Finished) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(workout)))) == workout


@given(sessions(the_catalogue()), DAYS, st.integers(-5, 10**6))
def test_whatever_ends_can_be_written_down(session: Session, day: date, seconds: int) -> None:
    workout = finished(session, 1, day, seconds)
    assert (workout is None) == (not any(each.reps for each in session.done))
    if workout:
        assert from_plain(to_plain(workout)) == workout


@given(JSON)
def test_what_is_no_workout_is_refused_in_one_way(raw: Any) -> None:
    with pytest.raises(UnreadableSession):
        from_plain(raw)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"version": None},
        {"ended_ms": -1},
        {"ended_ms": True},
        {"ended_ms": 1.5},
        {"ended_ms": 2**60},
        {"day": "20260105"},
        {"day": "2026-02-30"},
        {"day": 20260105},
        {"seconds": 86_401},
        {"blocks": []},
        {"blocks": {}},
        {"blocks": [["glute_bridge", 2, 10, []]]},
        {"blocks": [["glute_bridge", 2, 10, [], None]]},
        {"blocks": [["glute_bridge", 6, 10, [10], None]]},
        {"blocks": [["glute_bridge", 2, 0, [10], None]]},
        {"blocks": [["glute_bridge", 2, 10, [31], None]]},
        {"blocks": [["glute_bridge", 2, 10, [10], "so so"]]},
        {"blocks": [["x" * 33, 2, 10, [10], None]]},
        {"blocks": [[None, 2, 10, [10], None]]},
        {"blocks": [["glute_bridge", 2, 10, [10], None]] * 9},
        {"weight": 80},
    ],
    ids=str,
)
def test_a_damaged_workout_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnreadableSession):
        from_plain(to_plain(on(0)[0]) | wrong)


def test_one_damaged_entry_costs_no_other() -> None:
    first, second = on(0, 2)
    raw = [to_plain(second), {"version": 1}, to_plain(first), 7]
    assert read_history(raw) == ((first, second), 2)


@pytest.mark.parametrize(("raw", "unreadable"), [(None, 0), ([], 0), ({}, 1), ("x", 1), (3, 1)])
def test_no_list_is_an_empty_history(raw: object, unreadable: int) -> None:
    assert read_history(raw) == ((), unreadable)


def test_only_the_newest_two_hundred_are_kept() -> None:
    many = on(*range(MOST_WORKOUTS + 5))
    assert in_order(reversed(many)) == many[5:]
    assert read_history([to_plain(each) for each in many]) == (many[5:], 0)


def test_a_workout_told_twice_counts_once() -> None:
    first, second = on(0, 2)
    assert with_workout((second,), first) == (first, second)
    assert with_workout((first, second), second) == (first, second)


def test_a_workout_keeps_what_was_done_of_each_exercise_and_how_it_felt() -> None:
    plan = Plan(
        blocks=(Block("glute_bridge", 3, 8), Block("step_up", 2, 15), Block("step_up", 1, 9))
    )
    done = (SetDone(0, 8), SetDone(0, 7), SetDone(1, 0))
    session = Session(Phase.DONE, plan=plan, done=done, felt=((0, Felt.HARD),))
    expected = Finished(5, MONDAY, (DoneBlock("glute_bridge", 3, 8, (8, 7), Felt.HARD),), 600)
    assert finished(session, 5, MONDAY, 600) == expected


def test_where_no_set_was_done_there_was_no_workout() -> None:
    plan = Plan(blocks=(Block("glute_bridge", 3, 8),))
    assert finished(Session(Phase.DONE, plan=plan), 5, MONDAY, 600) is None
    assert finished(Session(), 5, MONDAY, 600) is None


@pytest.mark.parametrize(
    ("days", "today", "workouts"),
    [((), 0, 0), ((0,), 0, 1), ((0, 0, 2), 6, 3), ((-1, 0), 3, 1), ((0, 2, 6), 7, 0)],
)
def test_a_week_goes_from_monday_to_sunday(
    days: tuple[int, ...], today: int, workouts: int
) -> None:
    assert this_week(on(*days), MONDAY + timedelta(days=today)) == workouts


@pytest.mark.parametrize(
    ("days", "today", "weeks", "why"),
    [
        ((), 0, 0, "nothing was done"),
        ((0,), 1, 0, "one day makes no week"),
        ((0, 0), 1, 0, "two workouts on one day are one day"),
        ((0, 2), 2, 1, "the running week counts as soon as it is full"),
        ((0, 2), 13, 1, "the running week does not break it"),
        ((0, 2), 14, 0, "a whole week without does"),
        ((0, 2, 9), 13, 1, "nor does a running week with one day"),
        ((0, 2, 7, 11, 14, 20), 20, 3, "three in a row"),
        ((0, 2, 7, 14, 16), 16, 1, "the middle one was too little"),
        ((0, 6, 7, 13), 20, 2, "days of rest break nothing"),
    ],
    ids=str,
)
def test_a_streak_is_weeks_with_two_days(
    days: tuple[int, ...], today: int, weeks: int, why: str
) -> None:
    assert streak_weeks(on(*days), MONDAY + timedelta(days=today)) == weeks, why


@given(st.lists(st.integers(0, 60), max_size=30), st.integers(0, 60))
def test_another_workout_never_shortens_a_streak(days: list[int], one_more: int) -> None:
    today = MONDAY + timedelta(days=60)
    assert streak_weeks(on(*days, one_more), today) >= streak_weeks(on(*days), today)


@pytest.mark.parametrize(
    ("days", "yesterday", "today"),
    [((), False, False), ((4,), True, False), ((5,), False, True), ((3, 6), False, False)],
)
def test_days_are_those_of_the_listener(
    days: tuple[int, ...], yesterday: bool, today: bool
) -> None:
    now = MONDAY + timedelta(days=5)
    assert trained_yesterday(on(*days), now) is yesterday
    assert trained_today(on(*days), now) is today


def test_the_last_workout_is_the_one_that_ended_last() -> None:
    first, second = on(0, 2)
    assert last((second, first)) == second
    assert last(()) is None


def test_a_week_tells_its_days_from_monday_to_sunday() -> None:
    week = week_of(on(-1, 0, 0, 2), MONDAY + timedelta(days=3))
    assert week.trained == (True, False, True, False, False, False, False)
    assert (week.today, week.workouts, week.streak) == (3, 3, 1)


def test_a_week_of_somebody_new_is_empty() -> None:
    assert week_of((), MONDAY) == Week((False,) * 7, 0, 0, 0)
