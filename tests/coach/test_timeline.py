"""A script laid out in time: its laws, and that no real line ever outruns the beat it stands in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.exercise import Block, Plan
from skill.coach.part import Room
from skill.coach.reply import Beat, Line, Mark, Pause, Script
from skill.coach.session import Counting, Phase, Preferences, Session, TalkLevel
from skill.coach.sets import set_part
from skill.coach.timeline import lay_out, length_ms
from tests.coach.listener import the_catalogue, the_words

LENGTHS = st.integers(0, 5_000)
LINES = LENGTHS.map(lambda ms: Line(str(ms)))
SCRIPTS = st.lists(
    LINES
    | LENGTHS.map(Pause)
    | st.builds(Beat, LENGTHS, st.none() | LINES)
    | st.builds(Mark, st.just("lift"), rep=st.integers(0, 30)),
    max_size=30,
).map(tuple)


def length_of(line: Line) -> int:
    """Take a line's name for its length."""
    return int(line.id)


@given(SCRIPTS)
def test_everything_is_in_order_and_over_when_the_script_is(script: Script) -> None:
    timeline = lay_out(script, length_of)
    starts = [spoken.start_ms for spoken in timeline.spoken]
    times = [at for at, _ in timeline.marks]
    assert starts == sorted(starts)
    assert times == sorted(times)
    assert all(s.start_ms >= 0 and s.start_ms + s.ms <= timeline.total_ms for s in timeline.spoken)
    assert all(0 <= at <= timeline.total_ms for at in times)
    assert 0 <= timeline.total_ms - length_ms(script, length_of) <= timeline.overrun_ms


@given(SCRIPTS)
def test_nothing_speaks_over_anything_else(script: Script) -> None:
    spoken = lay_out(script, length_of).spoken
    for earlier, later in pairwise(spoken):
        assert earlier.start_ms + earlier.ms <= later.start_ms


@given(SCRIPTS)
def test_nothing_is_lost_of_a_script(script: Script) -> None:
    timeline = lay_out(script, length_of)
    assert [mark for _, mark in timeline.marks] == [e for e in script if isinstance(e, Mark)]
    lines = [e.line if isinstance(e, Beat) else e for e in script if isinstance(e, (Beat, Line))]
    assert [spoken.line for spoken in timeline.spoken] == [line for line in lines if line]
    written = sum(e.ms for e in script if isinstance(e, (Pause, Beat)))
    free = sum(length_of(e) for e in script if isinstance(e, Line))
    assert timeline.total_ms == written + free + timeline.overrun_ms


@given(SCRIPTS, st.integers(-10, 160_000), st.integers(0, 5_000))
def test_the_place_in_a_script_only_moves_forward(script: Script, ms: int, later: int) -> None:
    timeline = lay_out(script, length_of)
    order = [id(mark) for _, mark in timeline.marks]
    before, after = timeline.position_at(ms), timeline.position_at(ms + later)
    if before is None:
        assert all(at > ms for at, _ in timeline.marks)
        return
    assert after is not None
    assert before.since_ms >= 0
    assert order.index(id(before.mark)) <= order.index(id(after.mark))
    if before.mark is after.mark:
        assert after.since_ms == before.since_ms + later


@given(st.lists(st.tuples(st.integers(1_000, 4_000), st.integers(0, 1_000)), min_size=1))
def test_beats_long_enough_for_their_lines_keep_the_grid(beats: list[tuple[int, int]]) -> None:
    script = tuple(Beat(ms, Line(str(said))) for ms, said in beats)
    timeline = lay_out(script, length_of)
    starts = [spoken.start_ms for spoken in timeline.spoken]
    assert starts == [sum(ms for ms, _ in beats[:index]) for index in range(len(beats))]
    assert timeline.overrun_ms == 0


def test_a_line_may_run_on_into_the_silent_beats_behind_it() -> None:
    script = (Beat(1_000, Line("2500")), Mark("hold"), Beat(1_000), Beat(1_000), Line("500"))
    timeline = lay_out(script, length_of)
    assert (timeline.total_ms, timeline.overrun_ms) == (3_500, 0)
    assert timeline.marks[0][0] == 1_000


def test_a_line_longer_than_its_beats_pushes_what_follows_and_says_by_how_much() -> None:
    timeline = lay_out((Beat(1_000, Line("2500")), Line("500")), length_of)
    assert [spoken.start_ms for spoken in timeline.spoken] == [0, 2_500]
    assert (timeline.total_ms, timeline.overrun_ms) == (3_000, 1_500)


def test_before_its_first_mark_a_script_has_no_place() -> None:
    timeline = lay_out((Pause(100), Mark("rest")), length_of)
    assert timeline.position_at(99) is None
    there = timeline.position_at(100)
    assert there is not None
    assert there.mark.phase == "rest"


@pytest.mark.parametrize("exercise", list(the_catalogue().exercises))
@pytest.mark.parametrize("talk", TalkLevel)
def test_no_line_of_any_set_outruns_its_beat_at_any_pace(exercise: str, talk: TalkLevel) -> None:
    room = Room(the_catalogue(), the_words().length_ms)
    plan = Plan(blocks=(Block(exercise, 3, 9),))
    session = Session(phase=Phase.SET, plan=plan)
    for pace, counting in product(range(75, 146), Counting):
        wish = Preferences(talk, counting, pace, rest=50 + pace % 3 * 50)
        here = replace(session, preferences=wish, said=pace * 7, set=1 + pace % 2)
        timeline = lay_out(set_part(here, room).script, room.length_of)
        assert timeline.overrun_ms == 0, (pace, counting)
