"""The law of progress: two full workouts for a step up, one notch at a time, always in range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.exercise import Exercise
from skill.coach.history import MOST_WORKOUTS, DoneBlock, Finished, History, from_plain, to_plain
from skill.coach.ladder import LONGEST_BREAK_DAYS
from skill.coach.progress import (
    Dose,
    advice,
    how_am_i_doing,
    how_many_this_week,
    last_time,
    next_dose,
)
from skill.coach.reply import Line, line, name_of, names_of
from skill.coach.session import Felt
from tests.coach.listener import the_catalogue, the_words
from tests.coach.twelve_weeks import TwelveWeeks

MONDAY = date(2026, 1, 5)
EXERCISES = the_catalogue().exercises
ALL = frozenset(EXERCISES)
SOME_EXERCISE = st.sampled_from(list(EXERCISES.values()))
POSSIBLE = st.frozensets(st.sampled_from(list(EXERCISES)))


@dataclass
class Follower:
    """Somebody who begins with an exercise and does what is offered, as well as it goes."""

    start: Exercise
    possible: frozenset[str] = ALL
    day: date = MONDAY
    history: History = ()

    def dose(self) -> Dose:
        return next_dose(self.start, self.history, the_catalogue(), self.possible, self.day)

    def train(self, *reps: int, felt: Felt | None = None) -> Dose:
        """Do the sets of the dose with ``reps`` each, as asked where none are given."""
        dose = self.dose()
        done = reps or (dose.reps,) * dose.sets
        block = DoneBlock(dose.exercise_id, dose.sets, dose.reps, done, felt)
        self.history += (Finished(len(self.history), self.day, (block,), 1200),)
        return dose

    def rest(self, days: int) -> Follower:
        self.day += timedelta(days=days)
        return self


def ladder(exercise: Exercise, possible: frozenset[str]) -> list[tuple[str, int]]:
    """Return every exercise and number of sets, the easiest first."""
    easiest = exercise
    while easiest.easier in possible and easiest.easier:
        easiest = EXERCISES[easiest.easier]
    rungs = [easiest]
    while rungs[-1].harder in possible | {exercise.id} and rungs[-1].harder:
        rungs.append(EXERCISES[rungs[-1].harder])
    return [(e.id, sets) for e in rungs for sets in range(e.sets.low, e.sets.high + 1)]


def height(dose: Dose, rungs: list[tuple[str, int]]) -> tuple[int, int]:
    return rungs.index((dose.exercise_id, dose.sets)), dose.reps


FELT = st.none() | st.sampled_from(Felt)
DONE = st.builds(
    DoneBlock,
    st.sampled_from(list(EXERCISES)),
    st.integers(1, 5),
    st.integers(1, 30),
    st.lists(st.integers(0, 30), min_size=1, max_size=5).map(tuple),
    FELT,
)
WORKOUTS = st.lists(
    st.tuples(st.integers(0, 40), st.lists(DONE, min_size=1, max_size=3).map(tuple)), max_size=12
)
OUTCOME = st.sampled_from(["as asked", "top", "short", "a set less", "one rep less"])
STORY = st.lists(st.tuples(OUTCOME, FELT, st.sampled_from([1, 2, 4, 21, 22, 50])), max_size=25)


def any_history(workouts: list[tuple[int, tuple[DoneBlock, ...]]]) -> tuple[History, date]:
    day, history = MONDAY, []
    for at, (gap, blocks) in enumerate(workouts):
        day += timedelta(days=gap)
        history.append(Finished(at, day, blocks, 1200))
    return tuple(history), day


def outcome_reps(outcome: str, dose: Dose) -> tuple[int, ...]:
    reps = EXERCISES[dose.exercise_id].reps
    return {
        "as asked": (dose.reps,) * dose.sets,
        "top": (reps.high,) * dose.sets,
        "short": (reps.low - 1,) * dose.sets,
        "a set less": (dose.reps,) * (dose.sets - 1),
        "one rep less": (dose.reps,) * (dose.sets - 1) + (dose.reps - 1,),
    }[outcome]


def is_full(block: DoneBlock, sets: int) -> bool:
    top = EXERCISES[block.exercise].reps.high
    return len(block.done) >= sets and all(reps >= top for reps in block.done)


@given(SOME_EXERCISE, POSSIBLE, WORKOUTS, st.integers(0, 100))
def test_whatever_was_done_the_dose_is_within_its_range_and_possible(
    exercise: Exercise,
    possible: frozenset[str],
    workouts: list[tuple[int, tuple[DoneBlock, ...]]],
    later: int,
) -> None:
    history, day = any_history(workouts)
    today = day + timedelta(days=later)
    dose = next_dose(exercise, history, the_catalogue(), possible, today)
    chosen = EXERCISES[dose.exercise_id]
    assert chosen.id in possible | {exercise.id}
    assert chosen.sets.clamp(dose.sets) == dose.sets
    assert chosen.reps.clamp(dose.reps) == dose.reps
    assert (chosen.id, dose.sets) in ladder(exercise, possible | {exercise.id})


@given(SOME_EXERCISE, POSSIBLE, WORKOUTS, st.randoms())
def test_neither_writing_them_down_nor_the_order_of_workouts_changes_anything(
    exercise: Exercise,
    possible: frozenset[str],
    workouts: list[tuple[int, tuple[DoneBlock, ...]]],
    chance: Random,
) -> None:
    history, day = any_history(workouts)
    read_back = [from_plain(to_plain(each)) for each in history]
    chance.shuffle(read_back)
    told = next_dose(exercise, history, the_catalogue(), possible, day)
    assert next_dose(exercise, read_back, the_catalogue(), possible, day) == told


@settings(deadline=None)
@given(SOME_EXERCISE, POSSIBLE, STORY)
def test_a_workout_moves_up_by_one_notch_at_most_and_steps_up_only_after_two_full_ones(
    exercise: Exercise, possible: frozenset[str], story: list[tuple[str, Felt | None, int]]
) -> None:
    follower = Follower(exercise, possible)
    rungs = ladder(exercise, possible)
    for outcome, felt, gap in story:
        before = follower.dose()
        follower.train(*outcome_reps(outcome, before), felt=felt)
        (rung, reps), (rung_then, reps_then) = (
            height(before, rungs),
            height(follower.dose(), rungs),
        )
        if rung_then > rung:
            assert rung_then == rung + 1
            assert reps_then == EXERCISES[rungs[rung_then][0]].reps.low
            blocks = [each.blocks[0] for each in follower.history]
            last_two = [b for b in blocks if b.exercise == before.exercise_id][-2:]
            assert [is_full(block, before.sets) for block in last_two] == [True, True]
            assert felt is not Felt.HARD
        elif rung_then == rung:
            assert reps_then <= reps + (2 if felt is Felt.EASY else 1)
        follower.rest(gap)


@settings(deadline=None)
@given(SOME_EXERCISE, POSSIBLE, STORY, st.integers(LONGEST_BREAK_DAYS + 1, 400))
def test_a_step_back_never_leads_above(
    exercise: Exercise,
    possible: frozenset[str],
    story: list[tuple[str, Felt | None, int]],
    away: int,
) -> None:
    follower = Follower(exercise, possible)
    rungs = ladder(exercise, possible)
    for outcome, felt, gap in story:
        follower.train(*outcome_reps(outcome, follower.dose()), felt=felt)
        follower.rest(gap)
    before = height(follower.dose(), rungs)
    for _ in range(2):
        follower.train(*outcome_reps("short", follower.dose()))
        assert height(follower.dose(), rungs) <= before
        before = height(follower.dose(), rungs)
    after = height(follower.rest(away).dose(), rungs)
    assert after <= before
    assert before[0] - after[0] <= 1


@pytest.mark.parametrize("felt", [None, Felt.RIGHT, Felt.EASY])
@pytest.mark.parametrize("with_neighbours", [True, False])
@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
def test_success_leads_up_to_the_end_of_the_ladder_and_stays_there(
    exercise: Exercise, with_neighbours: bool, felt: Felt | None
) -> None:
    possible = ALL if with_neighbours else frozenset({exercise.id})
    follower = Follower(exercise, possible)
    rungs = ladder(exercise, possible)
    heights = []
    for _ in range(50):
        heights.append(height(follower.dose(), rungs))
        follower.train(felt=felt)
        follower.rest(3)
    end = EXERCISES[rungs[-1][0]]
    assert heights == sorted(heights)
    assert heights[-10:] == [(len(rungs) - 1, end.reps.high)] * 10
    assert follower.dose().reason == line("progress-top", exercises=names_of(end.id))


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
def test_failing_again_and_again_leads_down_to_the_lowest_and_stays_there(
    exercise: Exercise,
) -> None:
    follower = Follower(exercise)
    rungs = ladder(exercise, ALL)
    for _ in range(20):
        follower.train(1)
        follower.rest(3)
    lowest = EXERCISES[rungs[0][0]]
    assert height(follower.dose(), rungs) == (0, lowest.reps.low)


def story_of(follower: Follower, *done: tuple[tuple[int, ...], Felt | None]) -> Dose:
    for reps, felt in done:
        follower.train(*reps, felt=felt)
        follower.rest(3)
    return follower.dose()


RIGHT, EASY, HARD = Felt.RIGHT, Felt.EASY, Felt.HARD
UP_TO_TOP = [((each, each), None) for each in (8, 9, 10, 11)]
FULL, FULL_3 = ((12, 12), RIGHT), ((12, 12, 12), RIGHT)
MASTER = [FULL, FULL, FULL_3, FULL_3]
AS_HIP_THRUSTS = [*MASTER, ((8, 8), None)]


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([], ("glute_bridge", 2, 8, "new")),
        ([((8, 8), None)], ("glute_bridge", 2, 9, "more-reps")),
        ([((8, 8), RIGHT)], ("glute_bridge", 2, 9, "more-reps")),
        ([((8, 8), EASY)], ("glute_bridge", 2, 10, "more-reps-easy")),
        ([((8, 8), HARD)], ("glute_bridge", 2, 8, "hard")),
        ([((8, 8), None), ((9, 8), None)], ("glute_bridge", 2, 9, "not-all-same")),
        ([((8, 8), None), ((7, 8), None)], ("glute_bridge", 2, 9, "short-same")),
        ([((8, 8), None), ((9,), None)], ("glute_bridge", 2, 9, "short-same")),
        ([((8, 8), None), ((7, 8), None), ((9,), None)], ("glute_bridge", 2, 8, "short-reps")),
        ([((7, 8), None), ((7,), None)], ("glute_bridge", 2, 8, "short-bottom-same")),
        ([*UP_TO_TOP, FULL], ("glute_bridge", 2, 12, "once-more")),
        ([*UP_TO_TOP, FULL, ((12, 11), None), FULL], ("glute_bridge", 2, 12, "once-more")),
        ([*UP_TO_TOP, FULL, FULL], ("glute_bridge", 3, 8, "more-sets")),
        ([*UP_TO_TOP, FULL, ((12, 12), HARD)], ("glute_bridge", 2, 12, "full-hard")),
        ([*UP_TO_TOP, FULL, ((12, 12), HARD), FULL], ("glute_bridge", 3, 8, "more-sets")),
        ([FULL, FULL, ((7,), None), ((7,), None)], ("glute_bridge", 2, 8, "short-sets")),
        (MASTER, ("hip_thrust", 2, 8, "harder")),
        (AS_HIP_THRUSTS, ("hip_thrust", 2, 9, "more-reps")),
        ([*MASTER, ((7,), None), ((7,), None)], ("glute_bridge", 3, 8, "short-easier")),
        (
            [*MASTER, ((7,), None), ((7,), None), ((8, 8, 8), None)],
            ("glute_bridge", 3, 9, "more-reps"),
        ),
        (
            [*MASTER, ((7,), None), ((7,), None), FULL_3, FULL_3],
            ("hip_thrust", 2, 8, "harder"),
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else f"{len(value)}-workouts",
)
def test_the_next_dose_follows_from_what_was_done(
    done: list[tuple[tuple[int, ...], Felt | None]], expected: tuple[str, int, int, str]
) -> None:
    dose = story_of(Follower(EXERCISES["glute_bridge"]), *done)
    told = (dose.exercise_id, dose.sets, dose.reps, dose.reason.id.removeprefix("progress-"))
    assert told == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([((8, 8), None)], ("glute_bridge", 2, 8, "break-reps")),
        ([((8, 8), HARD)], ("glute_bridge", 2, 8, "break-bottom-same")),
        ([FULL, FULL], ("glute_bridge", 2, 8, "break-sets")),
        (AS_HIP_THRUSTS, ("hip_thrust", 2, 8, "break-reps")),
        ([*MASTER, ((8, 8), HARD)], ("glute_bridge", 3, 8, "break-easier")),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else f"{len(value)}-workouts",
)
def test_more_than_three_weeks_away_steps_back(
    done: list[tuple[tuple[int, ...], Felt | None]], expected: tuple[str, int, int, str]
) -> None:
    follower = Follower(EXERCISES["glute_bridge"])
    before = story_of(follower, *done)
    assert follower.rest(LONGEST_BREAK_DAYS - 3).dose() == before
    dose = follower.rest(1).dose()
    told = (dose.exercise_id, dose.sets, dose.reps, dose.reason.id.removeprefix("progress-"))
    assert told == expected


def test_without_what_the_harder_one_needs_the_top_is_held() -> None:
    follower = Follower(EXERCISES["glute_bridge"], frozenset({"glute_bridge"}))
    assert story_of(follower, *MASTER).reps == 10, "more than asked is no reason to jump"
    dose = story_of(follower, FULL_3, FULL_3)
    reason = line("progress-top", exercises=names_of("glute_bridge"))
    assert dose == Dose("glute_bridge", 3, 12, reason)


def test_nothing_harder_is_promised_where_there_is_nothing() -> None:
    follower = Follower(EXERCISES["step_up"])
    assert story_of(follower, ((20, 20), RIGHT)).reason.id == "progress-more-reps"
    climbed = [((each, each), None) for each in range(16, 21)]
    assert story_of(follower, *climbed).reason == line(
        "progress-top", exercises=names_of("step_up")
    )


def test_the_reason_names_what_was_mastered_and_what_comes() -> None:
    dose = story_of(Follower(EXERCISES["glute_bridge"]), *MASTER)
    values = {"exercises": names_of("hip_thrust"), "before": names_of("glute_bridge")}
    assert dose.reason == line("progress-harder", sets=2, reps=8, **values)


def test_a_workout_with_time_for_fewer_sets_neither_counts_nor_costs() -> None:
    follower = Follower(EXERCISES["glute_bridge"])
    story_of(follower, FULL)
    one_set = DoneBlock("glute_bridge", 1, 9, (9,), None)
    before = follower.dose()
    follower.history += (Finished(1, follower.day, (one_set,), 300),)
    dose = follower.dose()
    assert (dose.sets, dose.reps) == (before.sets, before.reps)
    assert dose.reason.id == "progress-time-same"
    assert story_of(follower, FULL).reason.id == "progress-more-sets"


def test_other_ladders_do_not_count() -> None:
    follower = Follower(EXERCISES["glute_bridge"])
    story_of(follower, *MASTER)
    dose = next_dose(EXERCISES["step_up"], follower.history, the_catalogue(), ALL, follower.day)
    assert (dose.exercise_id, dose.sets, dose.reps) == ("step_up", 2, 15)
    assert dose.reason.id == "progress-new"


def workouts(*days: int) -> History:
    block = DoneBlock("glute_bridge", 2, 8, (8, 8), Felt.EASY)
    uneven = DoneBlock("step_up", 2, 15, (15, 12))
    gone = DoneBlock("no_longer_taught", 2, 15, (15, 12))
    return tuple(
        Finished(at, MONDAY + timedelta(days=day), (block, uneven, gone), 1200)
        for at, day in enumerate(days)
    )


@pytest.mark.parametrize(
    ("days", "today", "phrases"),
    [
        ((), 0, ["nothing-yet"]),
        ((0,), 0, ["week", "aim", "in-all", "rest-after-today"]),
        ((0,), 1, ["week", "aim", "in-all", "rest-after-yesterday"]),
        ((0, 2), 4, ["week", "streak", "in-all"]),
        ((0, 2), 7, ["week-none", "aim", "streak", "in-all"]),
        ((0, 2), 20, ["week-none", "aim", "in-all"]),
    ],
    ids=str,
)
def test_how_it_is_going_is_told_by_weeks_and_days(
    days: tuple[int, ...], today: int, phrases: list[str]
) -> None:
    told = how_am_i_doing(workouts(*days), MONDAY + timedelta(days=today))
    assert [each.id for each in told] == [f"progress-{phrase}" for phrase in phrases]


def test_the_numbers_told_are_those_of_the_history() -> None:
    history, today = workouts(0, 2, 7, 9, 11), MONDAY + timedelta(days=13)
    assert how_am_i_doing(history, today, 2) == (
        line("progress-week", 2, workouts=3),
        line("progress-streak", 2, weeks=2),
        line("progress-in-all", 2, workouts=5),
    )
    assert how_many_this_week(history, today) == (line("progress-week", workouts=3),)


def test_when_the_oldest_are_gone_nobody_says_how_many_there_were_in_all() -> None:
    today = MONDAY + timedelta(days=MOST_WORKOUTS)
    for days, told_in_all in ((MOST_WORKOUTS - 1, True), (MOST_WORKOUTS, False)):
        told = {each.id for each in how_am_i_doing(workouts(*range(days)), today)}
        assert ("progress-in-all" in told) is told_in_all


def test_training_two_days_running_is_met_with_advice() -> None:
    history = workouts(0)
    told = [[each.id for each in advice(history, MONDAY + timedelta(days=n))] for n in range(3)]
    assert told == [["progress-rest-after-today"], ["progress-rest-after-yesterday"], []]


@pytest.mark.parametrize(
    ("days_ago", "when"),
    [
        (0, line("progress-last-today")),
        (1, line("progress-last-yesterday")),
        (2, line("progress-last-days", days=2)),
        (-1, line("progress-last-today")),
    ],
)
def test_last_time_is_told_exercise_by_exercise(days_ago: int, when: Line) -> None:
    told = last_time(workouts(0), the_catalogue(), MONDAY + timedelta(days=days_ago))
    did = line("progress-did", exercises=names_of("glute_bridge"), sets=2, reps=8)
    uneven = line("progress-did-uneven", 1, exercise=name_of("step_up"), sets=2, reps=27)
    assert told == (when, did, line("progress-felt-easy"), uneven)


def test_without_a_workout_there_is_no_last_time() -> None:
    assert last_time((), the_catalogue(), MONDAY) == (line("progress-nothing-yet"),)


def test_in_twelve_weeks_a_hard_week_and_a_holiday_cost_a_step_and_no_more() -> None:
    weeks = TwelveWeeks()
    printed = "\n".join(weeks.days(the_words()))
    reasons = {each.id for each in weeks.said}
    assert {"progress-more-sets", "progress-harder"} <= reasons
    assert any(reason.startswith("progress-short-") for reason in reasons)
    assert any(reason.startswith("progress-break-") for reason in reasons)
    assert len(weeks.history) == 27
    assert printed.count("on holiday") == 3
    assert weeks.planned[-1].exercise == "hip_thrust"
