"""An answer is to the question that was asked last, and what is offered is of use."""

from __future__ import annotations

import pytest

from skill.coach.questions import question, reprompt
from skill.coach.reminder import ReminderWish
from skill.coach.session import Phase, Place, Preferences, Session
from tests.coach.listener import Listener, the_catalogue, the_words

AT_HOME = Session(cleared=True, preferences=Preferences(place=Place.STANDING))
TALKS_MS = 30_000


def with_a_set_ahead() -> Listener:
    """Somebody who is asked whether to begin a set."""
    listener = Listener(AT_HOME)
    listener.say("StartExerciseIntent", exercise="standing_kickback", sets=2, reps=10)
    while listener.place.phase is not Phase.SET or not listener.session.since:
        listener.hear_out().say("ReadyIntent")
    return listener


@pytest.mark.parametrize("intent", ["ForgetMeIntent", "RemindWorkoutIntent", "PainIntent"])
def test_whoever_goes_on_with_the_workout_is_asked_nothing_else_any_more(intent: str) -> None:
    listener = with_a_set_ahead()
    listener.wait(20_000).say(intent)
    listener.hear_out().say("ReadyIntent")
    open_now = listener.session
    assert not (open_now.forgetting or open_now.reminding or open_now.choosing)


def test_a_yes_in_mid_set_forgets_nobody_who_was_asked_before_it() -> None:
    listener = with_a_set_ahead()
    listener.wait(20_000).say("ForgetMeIntent")
    listener.hear_out().say("ReadyIntent")
    listener.wait(15_000).say("AMAZON.YesIntent")
    assert not listener.reply.forgets
    assert listener.session.phase is Phase.SET


def test_a_yes_to_which_exercise_forgets_nobody() -> None:
    listener = Listener(AT_HOME)
    listener.say("ForgetMeIntent")
    listener.hear_out().say("HowToIntent")
    assert listener.ids()[-1] == "ask-which"
    listener.hear_out().say("AMAZON.YesIntent")
    assert not listener.reply.forgets


@pytest.mark.parametrize(
    "session",
    [
        Session(forgetting=True),
        Session(reminding=ReminderWish(days=(1,), minutes=(600,))),
        Session(reminding=ReminderWish(cancels=True)),
        Session(phase=Phase.PAUSED, returns_to=Phase.SET, choosing=True),
    ],
)
def test_whoever_does_not_answer_is_asked_in_other_words(session: Session) -> None:
    words = the_words()
    asked = words.sentence(question(session, the_catalogue()))
    assert words.sentence(reprompt(session)[-1]) != asked


def test_a_question_of_its_own_is_asked_again_in_other_words() -> None:
    listener = Listener(AT_HOME)
    reply = listener.say("HowToIntent")
    words = the_words()
    assert not listener.words().endswith(words.sentence(reply.reprompt[0]))


def test_carry_on_leaves_an_explanation_where_there_is_no_workout() -> None:
    listener = Listener(AT_HOME)
    listener.say("HowToIntent", exercise="glute_bridge")
    listener.hear_out().say("AMAZON.ResumeIntent")
    assert listener.ids()[0] == "how-to-left"
    assert listener.session.phase is Phase.IDLE


@pytest.mark.parametrize("phase", [Phase.SAFETY, Phase.HOW_TO])
def test_minutes_that_were_offered_may_be_said_outside_a_workout(phase: Phase) -> None:
    explained = "glute_bridge" if phase is Phase.HOW_TO else ""
    listener = Listener(Session(phase, how_to=explained, cleared=True))
    listener.say("HowLongIntent")
    assert listener.ids()[0] == "how-long-choice"
    listener.hear_out().say("NumberIntent", number=30)
    assert "not-understood" not in listener.ids()
    assert listener.session.plan.minutes == 30


def test_a_small_number_in_an_explanation_begins_no_workout() -> None:
    listener = Listener(Session(Phase.HOW_TO, how_to="glute_bridge", cleared=True))
    listener.say("NumberIntent", number=2)
    assert listener.ids()[0] == "not-understood"


def test_what_we_are_not_is_said_once_and_not_before_every_exercise() -> None:
    listener = Listener(Session(preferences=Preferences(place=Place.STANDING)))
    listener.say("StartExerciseIntent", exercise="standing_kickback")
    assert listener.ids()[0] == "safety-not-medical"
    listener.hear_out().say("StartExerciseIntent", exercise="standing_kickback")
    assert "safety-not-medical" not in listener.ids()


@pytest.mark.parametrize("minutes", [3, 5, 10, 20, 60, 100])
@pytest.mark.parametrize("place", ["standing", "bed", "floor"])
def test_what_is_planned_is_told_in_less_than_half_a_minute(minutes: int, place: str) -> None:
    listener = Listener(Session(cleared=True))
    listener.say("StartWorkoutIntent", minutes=minutes)
    listener.hear_out().say("PlaceIntent", place=place)
    assert listener.session.phase is Phase.WARM_UP
    assert Listener.length_ms(listener.reply) <= TALKS_MS
