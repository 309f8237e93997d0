"""A set as prescribed: every rep counted once, at its tempo, told apart, and no turn too long."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.course import advance
from skill.coach.exercise import Block, Exercise, Plan, Side
from skill.coach.part import BUDGET_MS, Part, Room
from skill.coach.reply import Beat, Mark, Script
from skill.coach.session import Counting, Phase, Preferences, Session, SetDone, TalkLevel
from skill.coach.sets import set_part
from skill.coach.timeline import Spoken, Timeline, lay_out
from skill.coach.turn import part_of
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words

EXERCISES = list(the_catalogue().exercises.values())
HELD = [exercise for exercise in EXERCISES if exercise.tempo.hold_ms]
PACES = st.integers(75, 145)


def room() -> Room:
    return Room(the_catalogue(), the_words().length_ms)


def a_set(exercise: Exercise, reps: int, **wishes: object) -> Session:
    """Return a session before the first of two sets, the listener knowing the exercise."""
    plan = Plan(blocks=(Block(exercise.id, 2, reps),))
    session = Session(phase=Phase.SET, plan=plan, met=(exercise.id,))
    return session.with_preferences(**wishes)


def parts_of_a_set(session: Session) -> list[Part]:
    """Return what plays until the set is over, the listener saying "ready" each time."""
    parts = [part_of(session, room())]
    while parts[-1].after.phase in (Phase.SET, Phase.SIDE_CHANGE):
        assert len(parts) < 12, "the set does not end"
        parts.append(part_of(advance(parts[-1].after), room()))
    return parts


def reps_in(script: Script) -> list[tuple[Side | None, int]]:
    """Return every rep that a script paces, as side and number."""
    return [(e.side, e.rep) for e in script if isinstance(e, Mark) and e.phase == "lift"]


def counted(timeline: Timeline) -> list[Spoken]:
    """Return the numbers said for reps, with their times; not those that count in."""
    gone: list[Spoken] = []
    lifting = [at for at, mark in timeline.marks if mark.phase == "lift"]
    ready = [at for at, mark in timeline.marks if mark.phase == "ready"]
    for spoken in timeline.spoken:
        before = max((at for at in (*lifting, *ready) if at <= spoken.start_ms), default=-1)
        if spoken.line.id == "pacing-count" and before in lifting:
            gone.append(spoken)
    return gone


def numbers(spoken: list[Spoken]) -> list[object]:
    return [dict(each.line.values)["n"] for each in spoken]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
@settings(max_examples=25, deadline=None)
@given(
    reps=st.integers(1, 30),
    pace=PACES,
    rest=st.integers(25, 300),
    talk=st.none() | st.sampled_from(TalkLevel),
    counting=st.sampled_from(Counting),
    said=st.integers(0, 40),
)
def test_a_set_of_any_size_is_done_rep_by_rep_none_lost_none_twice_in_turns_not_too_long(
    *,
    exercise: Exercise,
    reps: int,
    pace: int,
    rest: int,
    talk: TalkLevel | None,
    counting: Counting,
    said: int,
) -> None:
    session = a_set(exercise, reps, pace=pace, rest=rest, talk=talk, counting=counting)
    parts = parts_of_a_set(replace(session, said=said))
    done = [rep for part in parts for rep in reps_in(part.script)]
    assert done == [(side, rep) for side in exercise.sides for rep in range(1, reps + 1)]
    assert parts[-1].after.done == (SetDone(0, reps),)
    assert parts[-1].after.phase is Phase.REST
    for part in parts:
        timeline = lay_out(part.script, room().length_of)
        assert timeline.total_ms <= BUDGET_MS
        assert timeline.overrun_ms == 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
@pytest.mark.parametrize(
    ("counting", "reps", "expected"),
    [
        (Counting.UP, 5, [1, 2, 3, 4, 5]),
        (Counting.DOWN, 5, [5, 4, 3, 2, 1]),
        (Counting.LAST_THREE, 5, [3, 2, 1]),
        (Counting.LAST_THREE, 2, [2, 1]),
        (Counting.UP, 1, [1]),
    ],
)
@pytest.mark.parametrize("talk", TalkLevel)
def test_reps_are_counted_the_way_the_listener_likes(
    exercise: Exercise, counting: Counting, reps: int, expected: list[int], talk: TalkLevel
) -> None:
    part = set_part(a_set(exercise, reps, counting=counting, talk=talk), room())
    said = numbers(counted(lay_out(part.script, room().length_of)))
    assert said == expected * len(exercise.sides)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
@given(pace=PACES)
@settings(max_examples=20, deadline=None)
def test_the_time_from_count_to_count_is_exactly_the_tempo(exercise: Exercise, pace: int) -> None:
    part = set_part(a_set(exercise, 8, pace=pace), room())
    numbered = counted(lay_out(part.script, room().length_of))[:8]
    gaps = [b.start_ms - a.start_ms for a, b in itertools.pairwise(numbered)]
    tempo = exercise.tempo
    assert set(gaps) == {
        tempo.lift_ms * pace // 100 + tempo.hold_ms * pace // 100 + tempo.lower_ms * pace // 100
    }


@pytest.mark.parametrize("exercise", HELD, ids=lambda e: e.id)
def test_the_number_is_said_at_the_top(exercise: Exercise) -> None:
    timeline = lay_out(set_part(a_set(exercise, 8), room()).script, room().length_of)
    tops = [at for at, mark in timeline.marks if mark.phase == "hold"]
    assert [spoken.start_ms for spoken in counted(timeline)] == tops


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
@pytest.mark.parametrize("reps", [2, 5, 6, 7, 8, 11, 12])
def test_half_way_and_the_last_one_are_called_between_the_right_reps(
    exercise: Exercise, reps: int
) -> None:
    parts = parts_of_a_set(a_set(exercise, reps))
    for phrase, after in (("pacing-half-way", (reps + 1) // 2), ("pacing-last-one", reps - 1)):
        called = [n for part in parts for n in _called_after(part.script, phrase)]
        wanted = phrase == "pacing-last-one" or reps >= 6
        assert called == ([after] * len(exercise.sides) if wanted else []), phrase


def _called_after(script: Script, phrase: str) -> list[int]:
    """Return after how many reps a call came: before the top of the next one."""
    timeline = lay_out(script, room().length_of)
    tops = [at for at, mark in timeline.marks if mark.phase == "hold"]
    if not tops:
        tops = [at for at, mark in timeline.marks if mark.phase == "lower"]
    starts = [at for at, mark in timeline.marks if mark.phase == "ready"]
    found: list[int] = []
    for spoken in timeline.spoken:
        if spoken.line.id == phrase:
            began = max(at for at in starts if at <= spoken.start_ms)
            found.append(sum(1 for at in tops if began < at <= spoken.start_ms))
    return found


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_who_wants_only_counts_hears_only_counts_between_the_first_lift_and_the_last(
    exercise: Exercise,
) -> None:
    script = set_part(a_set(exercise, 12, talk=TalkLevel.COUNTS), room()).script
    said = {line.id for e in script if isinstance(e, Beat) for line in lines_of((e,))}
    assert said <= {"pacing-count", "pacing-rest"}


@pytest.mark.parametrize("exercise", HELD, ids=lambda e: e.id)
@pytest.mark.parametrize("talk", [TalkLevel.FULL, TalkLevel.SHORT])
def test_a_set_has_one_tip_a_side_in_mid_set(exercise: Exercise, talk: TalkLevel) -> None:
    parts = parts_of_a_set(a_set(exercise, 10, talk=talk))
    beats = [e for part in parts for e in part.script if isinstance(e, Beat)]
    in_beats = [line.id for line in lines_of(beats)]
    tips = [id_ for id_ in in_beats if id_.startswith(f"{exercise.id}-tip-")]
    assert len(tips) == len(exercise.sides)


def test_the_tip_is_another_one_in_the_next_set() -> None:
    first = a_set(EXERCISES[0], 10)
    tips = [
        [
            line.id
            for line in lines_of(set_part(replace(first, set=set_), room()).script)
            if "-tip-" in line.id
        ]
        for set_ in (1, 2)
    ]
    assert tips[0] != tips[1]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_three_two_one_comes_before_every_side_a_second_apart(exercise: Exercise) -> None:
    timeline = lay_out(set_part(a_set(exercise, 8), room()).script, room().length_of)
    starts = [at for at, mark in timeline.marks if mark.phase == "ready"]
    assert len(starts) == len(exercise.sides)
    for start in starts:
        counts = [s for s in timeline.spoken if start <= s.start_ms < start + 3_000]
        assert [(s.line.values, s.start_ms - start) for s in counts] == [
            ((("n", 3),), 0),
            ((("n", 2),), 1_000),
            ((("n", 1),), 2_000),
        ]
        assert (start + 3_000) in [at for at, mark in timeline.marks if mark.phase == "lift"]


@pytest.mark.parametrize("rest", [50, 100, 150, 200])
def test_the_rest_is_the_prescribed_one_times_the_listeners_wish(rest: int) -> None:
    bridge = the_catalogue().exercises["glute_bridge"]
    timeline = lay_out(set_part(a_set(bridge, 8, rest=rest), room()).script, room().length_of)
    begins = next(at for at, mark in timeline.marks if mark.phase == "rest")
    assert timeline.total_ms - begins == bridge.rest_s * rest * 10
    said = dict(next(s.line for s in timeline.spoken if s.line.id == "pacing-rest").values)
    assert said["seconds"] == bridge.rest_s * rest // 100


def test_what_comes_next_is_said_ten_seconds_before_the_rest_is_over() -> None:
    timeline = lay_out(set_part(a_set(EXERCISES[0], 8), room()).script, room().length_of)
    coming = next(s for s in timeline.spoken if s.line.id == "pacing-coming")
    assert timeline.total_ms - coming.start_ms == 10_000
    assert dict(coming.line.values)["set"] == 2


def test_after_the_last_set_there_is_no_rest_but_the_question_how_it_was() -> None:
    part = set_part(replace(a_set(EXERCISES[0], 8), set=2), room())
    assert part.after.phase is Phase.FEEDBACK
    assert "pacing-rest" not in [line.id for line in lines_of(part.script)]


def test_a_one_sided_set_that_is_too_long_is_split_between_the_sides() -> None:
    step_up = the_catalogue().exercises["step_up"]
    parts = parts_of_a_set(a_set(step_up, 30))
    assert [reps_in(part.script) for part in parts] == [
        [(Side.RIGHT, rep) for rep in range(1, 31)],
        [(Side.LEFT, rep) for rep in range(1, 31)],
    ]
    assert parts[0].after.phase is Phase.SIDE_CHANGE


def test_a_side_that_is_too_long_is_split_at_a_rep_and_picked_up_there() -> None:
    bridge = the_catalogue().exercises["glute_bridge"]
    parts = parts_of_a_set(a_set(bridge, 30, pace=145))
    assert len(parts) == 2
    after = parts[0].after
    assert (after.phase, after.rep - 1) == (Phase.SET, len(reps_in(parts[0].script)))
    assert "pacing-pick-up" in [line.id for line in lines_of(parts[1].script)]


def test_the_weaker_side_is_what_counts() -> None:
    kickback = the_catalogue().exercises["standing_kickback"]
    session = replace(a_set(kickback, 10), side=1, first_side_reps=6)
    assert set_part(session, room()).after.done == (SetDone(0, 6),)


def test_the_first_time_a_set_is_led_by_words_and_later_only_its_first_two_reps() -> None:
    bridge = the_catalogue().exercises["glute_bridge"]
    new = replace(a_set(bridge, 10), met=())
    lifts = [
        len(
            [
                line
                for line in lines_of(set_part(session, room()).script)
                if line.id == "glute_bridge-lift"
            ]
        )
        for session in (new, replace(new, met=(bridge.id,)))
    ]
    assert lifts[0] > lifts[1] == 2


def test_resuming_in_mid_set_counts_in_again_and_goes_on_with_the_next_number() -> None:
    listener = Listener(replace(a_set(EXERCISES[0], 10), rep=5))
    listener.say("ReadyIntent")
    assert "pacing-pick-up" in listener.ids()
    numbered = [
        dict(line.values)["n"]
        for line in lines_of(listener.reply.script)
        if line.id == "pacing-count"
    ]
    assert numbered[:5] == [3, 2, 1, 5, 6]
    assert listener.session.preferences == Preferences()
