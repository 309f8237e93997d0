"""Pain changes the very next thing said, and leaves no trace in what is remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.course import back_to_workout, finish
from skill.coach.plain import to_plain
from skill.coach.session import Phase, Place, Preferences, Session
from skill.coach.turn import Turn
from tests.coach.listener import Listener, the_catalogue, the_words
from tests.coach.test_sets import EXERCISES, a_set
from tests.strategies import sessions

MUSCLES = ["back", "nobody_knows_it"]
JOINTS = ["knee", "hip", "ankle", "wrist", "elbow"]
STOP_SIGNS = ["chest", "neck", "jaw", "shoulder", "arm"]
GAPS = st.integers(0, 300_000)


def remembered(listener: Listener) -> dict[str, Any]:
    """Return what is stored, without the counter that takes turns with variants.

    Which question is open belongs to the conversation, and no store is given it.
    """
    plain = to_plain(listener.session)
    return {name: value for name, value in plain.items() if name not in ("said", "choosing")}


def after(session: Session, gap_ms: int, intent: str, **said: str) -> Listener:
    listener = Listener(session)
    if session.since:
        listener.now_ms = session.since + gap_ms
    listener.say(intent, **said)
    return listener


ANY_SESSION = st.deferred(lambda: sessions(the_catalogue()))


@settings(max_examples=60, deadline=None)
@given(ANY_SESSION, GAPS, st.none() | st.sampled_from(MUSCLES))
def test_after_pain_nothing_is_stored_but_what_a_pause_would_store(
    session: Session, gap_ms: int, part: str | None
) -> None:
    said = {} if part is None else {"body_part": part}
    hurt = after(session, gap_ms, "PainIntent", **said)
    paused = after(session, gap_ms, "AMAZON.PauseIntent")
    assert remembered(hurt) == remembered(paused)


@settings(max_examples=60, deadline=None)
@given(ANY_SESSION, GAPS, st.sampled_from(JOINTS))
def test_after_pain_in_a_joint_nothing_is_stored_but_what_skipping_would_store(
    session: Session, gap_ms: int, part: str
) -> None:
    hurt = after(session, gap_ms, "PainIntent", body_part=part)
    skipped = after(session, gap_ms, "AMAZON.PauseIntent")
    if skipped.session.workout_phase is not None:
        skipped.say("SkipIntent")
    if skipped.session.phase is not Phase.DONE:
        skipped.say("AMAZON.PauseIntent")
    assert remembered(hurt) == remembered(skipped)


@settings(max_examples=60, deadline=None)
@given(ANY_SESSION, GAPS, st.sampled_from(STOP_SIGNS))
def test_after_a_stop_sign_nothing_is_stored_but_that_a_workout_ended(
    session: Session, gap_ms: int, part: str
) -> None:
    signs = [
        after(session, gap_ms, "StopSignIntent"),
        after(session, gap_ms, "PainIntent", body_part=part),
    ]
    for sign in signs:
        here = Turn.begin(session, sign.now_ms, the_catalogue(), the_words().length_ms).session
        over = replace(finish(back_to_workout(here)), ended=sign.now_ms)
        if here.workout_phase is None:
            over = here.at(Phase.IDLE)
        assert remembered(sign) == remembered(Listener(over))


@pytest.mark.parametrize("part", STOP_SIGNS)
def test_pain_where_the_heart_may_be_meant_is_a_stop_sign(part: str) -> None:
    listener = Listener(a_set(EXERCISES[0], 10))
    listener.say("ReadyIntent")
    listener.wait(60_000).say("PainIntent", body_part=part)
    assert listener.ids() == ["safety-stop", "safety-stop-call"]
    assert not listener.reply.listens
    assert "emergency" in listener.words()


def test_after_a_stop_sign_no_workout_is_offered_to_be_carried_on() -> None:
    listener = Listener(a_set(EXERCISES[0], 10))
    listener.say("ReadyIntent")
    listener.wait(60_000).say("StopSignIntent")
    listener.wait(60_000).launch()
    assert "welcome-back" not in listener.ids()
    assert listener.session.workout_phase is None


@settings(max_examples=60, deadline=None)
@given(ANY_SESSION, GAPS)
def test_pain_stops_whatever_plays_and_says_when_to_go_on(session: Session, gap_ms: int) -> None:
    hurt = after(session, gap_ms, "PainIntent", body_part="back")
    assert not hurt.reply.paced
    assert hurt.reply.listens
    assert hurt.reply.reprompt
    assert hurt.ids()[0] in ("safety-pain", "safety-pain-moves", "safety-pain-idle")
    assert "six or more" in hurt.words()
    assert hurt.session.phase is not Phase.SET


@pytest.mark.parametrize(
    ("intent", "phase"),
    [
        ("SkipIntent", Phase.SET_UP),
        ("AMAZON.ResumeIntent", Phase.SET),
        ("AMAZON.StopIntent", Phase.PAUSED),
    ],
)
def test_every_way_out_of_pain_that_is_offered_works(intent: str, phase: Phase) -> None:
    listener = Listener(Session().with_preferences(place=Place.FLOOR))
    listener.say("StartExerciseIntent", exercise="upright_hip_thrust", sets=2, reps=8)
    listener.hear_out().say("StartExerciseIntent", exercise="hip_thrust", sets=2, reps=8)
    for _ in range(2):
        listener.hear_out().say("ReadyIntent")
    assert listener.wait(40_000).place.phase is Phase.SET
    listener.say("PainIntent")
    listener.say(intent)
    assert listener.session.phase is phase
    if intent == "SkipIntent":
        assert listener.session.now.exercise == "upright_hip_thrust"


def test_easier_after_pain_gives_an_easier_exercise() -> None:
    listener = Listener(a_set(the_catalogue().exercises["hip_thrust"], 8, place=Place.FLOOR))
    listener.say("PainIntent", body_part="back")
    listener.say("EasierIntent")
    assert listener.session.now.exercise == the_catalogue().exercises["hip_thrust"].easier


@settings(max_examples=40, deadline=None)
@given(ANY_SESSION, GAPS)
def test_asking_whether_it_is_safe_names_the_doctor_and_the_stop_signs(
    session: Session, gap_ms: int
) -> None:
    listener = after(session, gap_ms, "IsItSafeIntent")
    assert listener.ids()[:2] == ["safety-advice", "safety-when-to-stop"]
    assert "doctor" in listener.words()


def test_that_this_is_no_medical_advice_is_said_once_in_a_life() -> None:
    told = 0
    listener = Listener()
    for _ in range(3):
        listener.launch()
        told += listener.ids().count("safety-not-medical")
        listener.say("AMAZON.YesIntent")
        told += listener.ids().count("safety-not-medical")
        listener.say("AMAZON.StopIntent")
    assert told == 1


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("AMAZON.YesIntent", Place.FLOOR),
        ("AMAZON.NoIntent", Place.STANDING),
    ],
)
def test_the_question_about_the_floor_is_asked_before_the_first_workout_and_remembered(
    answer: str, place: Place
) -> None:
    listener = Listener()
    listener.say("StartWorkoutIntent", minutes=20)
    assert listener.ids()[-1] == "ask-floor"
    listener.say(answer)
    assert listener.session.preferences.place is place
    assert listener.session.plan.minutes == 20
    listener.say("AMAZON.StopIntent")
    listener.launch()
    assert "ask-floor" not in listener.ids()


def test_a_maybe_is_not_taken_for_a_yes_to_the_floor() -> None:
    listener = Listener()
    listener.launch()
    for intent in ("ReadyIntent", "AMAZON.NextIntent", "AMAZON.FallbackIntent"):
        listener.say(intent)
        assert listener.session.phase is Phase.SAFETY
        assert listener.session.preferences == Preferences()


def test_nothing_of_pain_has_a_place_in_the_session() -> None:
    words = {"pain", "hurt", "injury", "body", "score"}
    assert not [name for name in Session.__match_args__ if words & set(name.split("_"))]
