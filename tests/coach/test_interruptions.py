"""Broken off at any moment and carried on at any later one, no rep is skipped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.exercise import Block, Exercise, Plan, Side
from skill.coach.reply import Beat, Line, Mark
from skill.coach.session import IN_BLOCK, Phase, Session, SetDone, TalkLevel
from skill.coach.timeline import Timeline, length_ms
from skill.coach.turn import LAG_MS, VOICE_DOUBT_PERCENT
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words
from tests.coach.test_sets import EXERCISES, a_set, reps_in

ANY_PAUSE = st.integers(0, 10**10)
"""From no time to a hundred days."""


def done_by(session: Session, sides: int, reps: int) -> int:
    """Return how many reps of the set the coach takes to be done, both sides counted."""
    if session.workout_phase in (Phase.REST, Phase.FEEDBACK):
        return sides * reps
    return session.side * reps + session.rep - 1


def reps_over(timeline: Timeline, heard_ms: int) -> int:
    """Return how many reps are on their way down or over once this much was heard."""
    return sum(1 for at, mark in timeline.marks if mark.phase == "lower" and at <= heard_ms)


def reps_to_the_end(listener: Listener) -> list[tuple[Side | None, int]]:
    """Return the reps that play until the set is over, the listener hearing out every turn."""
    reps = reps_in(listener.reply.script)
    while listener.hear_out().place.phase in (Phase.SET, Phase.SIDE_CHANGE):
        listener.say("ReadyIntent")
        reps += reps_in(listener.reply.script)
    return reps


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
@settings(max_examples=30, deadline=None)
@given(
    moment=st.floats(0, 1.1),
    lag_ms=st.integers(0, LAG_MS),
    reps=st.integers(1, 15),
    pace=st.integers(75, 145),
    talk=st.none() | st.sampled_from(TalkLevel),
    pause_ms=ANY_PAUSE,
)
def test_a_set_paused_at_any_moment_is_resumed_without_skipping_a_rep(
    *,
    exercise: Exercise,
    moment: float,
    lag_ms: int,
    reps: int,
    pace: int,
    talk: TalkLevel | None,
    pause_ms: int,
) -> None:
    listener = Listener(a_set(exercise, reps, pace=pace, talk=talk))
    listener.say("ReadyIntent")
    playing, heard_ms = listener.timeline, int(listener.timeline.total_ms * moment)
    listener.wait(heard_ms).say("AMAZON.PauseIntent")
    sides = len(exercise.sides)
    done = done_by(listener.session, sides, reps)
    assert done <= reps_over(playing, heard_ms - lag_ms + 2 * LAG_MS * (done == sides * reps))
    assert done >= reps_over(playing, heard_ms - LAG_MS)
    said = [
        dict(line.values)["rep"]
        for line in lines_of(listener.reply.script)
        if line.id == "where-after-rep"
    ]
    if listener.session.workout_phase is Phase.SET and done % reps:
        assert said == [done % reps]
    listener.wait(pause_ms).say("AMAZON.ResumeIntent")
    if done < sides * reps:
        whole = [(side, rep) for side in exercise.sides for rep in range(1, reps + 1)]
        assert "ready" in [mark.phase for _, mark in listener.timeline.marks]
        assert reps_to_the_end(listener) == whole[done:]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_interrupted_again_and_again_a_set_still_has_every_rep(exercise: Exercise) -> None:
    listener = Listener(a_set(exercise, 12))
    listener.say("ReadyIntent")
    done = [0]
    while done[-1] < 12 * len(exercise.sides):
        assert len(done) < 20, "the set does not end"
        listener.wait(81_000).say("AMAZON.PauseIntent")
        done.append(done_by(listener.session, len(exercise.sides), 12))
        listener.say("AMAZON.ResumeIntent")
    assert done == sorted(done)
    assert listener.session.done == (SetDone(0, 12),)


QUESTIONS = ["TipIntent", "WhereAmIIntent", "HowManyLeftIntent", "BreathingIntent", "PaceIntent"]


@pytest.mark.parametrize("intent", QUESTIONS)
def test_a_question_in_mid_set_is_answered_and_the_set_goes_on_by_itself(intent: str) -> None:
    said = {"pace": "slower"} if intent == "PaceIntent" else {}
    listener = Listener(a_set(EXERCISES[0], 10))
    listener.say("ReadyIntent")
    listener.wait(60_000)
    at = listener.place.rep
    assert 1 < at < 10
    listener.say(intent, **said)
    assert listener.reply.paced
    assert [rep for _, rep in reps_in(listener.reply.script)] == list(range(at, 11))
    assert "pacing-back-to" in listener.ids()


def test_nothing_said_before_a_script_is_taken_for_part_of_it() -> None:
    listener = Listener(a_set(EXERCISES[0], 10))
    listener.say("ReadyIntent")
    listener.wait(40_000)
    at = listener.place.rep
    listener.say("FaultsIntent")
    assert listener.wait(15_000).place.rep == at


@pytest.mark.parametrize("phase", [Phase.WARM_UP, Phase.COOL_DOWN])
@settings(max_examples=60, deadline=None)
@given(moment=st.floats(0, 0.9), pause_ms=ANY_PAUSE, talk=st.none() | st.sampled_from(TalkLevel))
def test_a_move_paused_at_any_moment_goes_on_for_the_seconds_that_are_left(
    phase: Phase, moment: float, pause_ms: int, talk: TalkLevel | None
) -> None:
    listener = Listener(moving(phase).with_preferences(talk=talk))
    listener.say("ReadyIntent")
    playing, heard_ms = listener.timeline, int(listener.timeline.total_ms * moment)
    listener.wait(heard_ms).say("AMAZON.PauseIntent")
    there = listener.session
    if there.workout_phase is not phase or not there.seconds:
        return
    began = max(at for at, mark in playing.marks if mark.phase == "move" and at <= heard_ms)
    assert 0 <= heard_ms - began - there.seconds * 1_000 <= LAG_MS + 1_000
    listener.wait(pause_ms).say("AMAZON.ResumeIntent")
    assert listener.ids()[0] == "pacing-move-pick-up"
    planned = the_catalogue().moves[move_ids(there, phase)[there.move]].seconds
    assert first_move_ms(listener) == max(10, planned - there.seconds) * 1_000


@pytest.mark.parametrize("phase", [Phase.WARM_UP, Phase.COOL_DOWN])
@given(moment=st.floats(0, 1.1))
@settings(max_examples=40, deadline=None)
def test_no_move_is_skipped_by_a_pause(phase: Phase, moment: float) -> None:
    listener = Listener(moving(phase))
    listener.say("ReadyIntent")
    playing, heard_ms = listener.timeline, int(listener.timeline.total_ms * moment)
    there = listener.wait(heard_ms).place
    reached = max((mark.block for at, mark in playing.marks if at <= heard_ms), default=0)
    question = playing.spoken[-1]
    free = [line for line in listener.reply.script[:-1] if isinstance(line, Line)]
    doubt_ms = length_ms(free, the_words().length_ms) * VOICE_DOUBT_PERCENT // 100
    over = heard_ms >= question.start_ms - doubt_ms
    assert over or (there.phase is phase and there.move <= reached)


def moving(phase: Phase) -> Session:
    """Return a session before its first warm-up or cool-down move."""
    catalogue = the_catalogue()
    ids = tuple(move.id for move in catalogue.moves.values() if move.kind.value == phase.value)
    plan = Plan(ids[:6], (), ids[:6], 100, 20)
    return Session(phase=phase, plan=plan, met=tuple(catalogue.moves))


def move_ids(session: Session, phase: Phase) -> tuple[str, ...]:
    return session.plan.warm_up if phase is Phase.WARM_UP else session.plan.cool_down


def first_move_ms(listener: Listener) -> int:
    """Return how long the first move of a reply goes on."""
    script = listener.reply.script
    begins = next(i for i, e in enumerate(script) if isinstance(e, Mark) and e.phase == "move")
    total = 0
    for element in script[begins + 1 :]:
        if not isinstance(element, Beat):
            break
        total += element.ms
    return total


@pytest.mark.parametrize("talk", [None, *TalkLevel])
def test_silence_in_mid_set_loses_nothing(talk: TalkLevel | None) -> None:
    listener = Listener(replace(a_set(EXERCISES[1], 10, talk=talk), cleared=True))
    listener.say("ReadyIntent")
    at = listener.wait(70_000).place
    kept = Listener(at)
    kept.launch()
    assert kept.session.returns_to in IN_BLOCK
    kept.wait(10**9).say("AMAZON.YesIntent")
    assert reps_in(kept.reply.script)[0] == (EXERCISES[1].sides[at.side], at.rep)


def test_ready_in_the_first_leg_of_a_move_goes_to_the_other_leg() -> None:
    plan = Plan(warm_up=("leg_swings", "march"), blocks=(Block("glute_bridge", 2, 8),), minutes=20)
    listener = Listener(Session(phase=Phase.WARM_UP, plan=plan, cleared=True))
    listener.say("ReadyIntent")
    listener.wait(30_000).say("ReadyIntent")
    assert (listener.session.move, listener.session.side) == (0, 1)
    listener.wait(20_000).say("ReadyIntent")
    assert (listener.session.move, listener.session.side) == (1, 0)
