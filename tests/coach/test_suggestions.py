"""What is suggested to say is understood where it is suggested, and answers what was asked."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.intents import ANSWERS
from skill.catalogue.load import load_words
from skill.coach.exercise import Block, Plan
from skill.coach.part import Room
from skill.coach.plain import to_plain
from skill.coach.reminder import About, Reminder, ReminderWish
from skill.coach.session import IN_WORKOUT, PLAYING, Phase, Place, Preferences, Session
from skill.coach.suggestions import (
    MOST,
    answers,
    before_a_conversation,
    suggestions,
    to_a_stream,
    to_a_yes_or_no,
)
from skill.simulator.ears import LAUNCH, Heard
from skill.simulator.expected import expected
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words
from tests.coach.reminders import ListedReminders
from tests.hearing import the_ears
from tests.strategies import sessions

if TYPE_CHECKING:
    from skill.coach.reply import Line
    from tests.coach.listener import Said

YES_OR_NO = [{"AMAZON.YesIntent"}, {"AMAZON.NoIntent"}]
GO_ON = [{"ReadyIntent", "AMAZON.YesIntent"}]
WHEN = [{"ReminderTimeIntent"}, {"AMAZON.NoIntent"}]
ANSWERED_BY: dict[str, list[set[str]]] = {
    "ask-start": YES_OR_NO,
    "ask-anything-else": YES_OR_NO,
    "ask-anyway": YES_OR_NO,
    "ask-floor": YES_OR_NO,
    "ask-forget": YES_OR_NO,
    "ask-reminders-set": YES_OR_NO,
    "ask-reminders-cancel": YES_OR_NO,
    "ask-reminders-when": WHEN,
    "ask-reminders-days": WHEN,
    "ask-reminders-time": WHEN,
    "ask-warm-up": GO_ON,
    "ask-more-moves": GO_ON,
    "ask-move-on": GO_ON,
    "ask-cool-down": GO_ON,
    "ask-exercise": GO_ON,
    "ask-in-position": GO_ON,
    "ask-teach": GO_ON,
    "ask-set": GO_ON,
    "ask-set-resting": GO_ON,
    "ask-from-rep": GO_ON,
    "ask-side-left": GO_ON,
    "ask-side-right": GO_ON,
    "ask-side-both": GO_ON,
    "ask-felt": [{"TooEasyIntent"}, {"JustRightIntent"}, {"TooHardIntent"}],
    "ask-carry-on": [{"AMAZON.ResumeIntent"}],
    "ask-carry-on-or-over": [{"AMAZON.ResumeIntent"}, {"AMAZON.StartOverIntent"}],
    "ask-pain": [{"SkipIntent"}, {"AMAZON.ResumeIntent"}],
    "ask-next-step": [{"AMAZON.NextIntent"}],
    "ask-last-step": [{"AMAZON.YesIntent"}],
}
"""By question, the intents that answer it: of each set, one must be suggested."""

ASKED_ASIDE = {"ask-which", "ask-which-of", "ask-what-you-have"}
"""Questions about one answer that the session does not remember; nobody need answer them."""

FRUITLESS = {
    "not-understood",
    "nothing-to-pause",
    "nothing-to-resume",
    "nothing-to-skip",
    "nothing-before",
    "no-rest-now",
    "left-nothing",
    "easier-when",
    "harder-when",
    "felt-noted",
    "reminder-of-what",
    "ask-which",
}
"""What is answered to something that does not fit the situation."""

GAPS = st.one_of(st.just(0), st.integers(0, 10_000), st.integers(0, 250_000))
REMINDERS = ListedReminders(Reminder(About.WORKOUT, 480))


@cache
def the_room() -> Room:
    return Room(the_catalogue(), the_words().length_ms)


@cache
def hears(text: str, likely: frozenset[str]) -> Heard:
    return the_ears().hear(text, likely)


def chips(session: Session) -> tuple[Line, ...]:
    return suggestions(session, the_room())


def texts(session: Session) -> list[str]:
    return [the_words().say(line) for line in chips(session)]


def heard_in(session: Session, said: Line) -> Heard:
    return hears(the_words().say(said), expected({"session": to_plain(session)}))


def slots_heard(heard: Heard) -> dict[str, Said]:
    """Return the slots as a listener of the tests fills them."""
    ids = {name: slot.id for name, slot in heard.slots.items()}
    values = {name: slot.value for name, slot in heard.slots.items()}
    return {n: ids[n] or (int(v) if v.isdecimal() else v) for n, v in values.items()}


def assert_it_can_be_said(
    session: Session, now_ms: int, suggested: tuple[Line, ...] | None = None
) -> None:
    """Two to six suggestions, all different, each understood and none in vain."""
    suggested = chips(session) if suggested is None else suggested
    assert 2 <= len(suggested) <= MOST
    assert len({the_words().say(each) for each in suggested}) == len(suggested)
    for chip in suggested:
        heard = heard_in(session, chip)
        assert heard.intent in ANSWERS, (session.phase, chip.id, heard.why)
        assert heard.intent != "AMAZON.FallbackIntent"
        listener = Listener(session, REMINDERS)
        listener.now_ms = now_ms
        listener.say(heard.intent, **slots_heard(heard))
        assert not FRUITLESS.intersection(listener.ids()), (session.phase, chip.id)


def assert_the_question_can_be_answered(listener: Listener) -> None:
    if not listener.reply.listens:
        return
    question = lines_of(listener.reply.script)[-1].id
    if question in ASKED_ASIDE:
        return
    said = answers(listener.session, the_room())
    assert_it_can_be_said(listener.session, listener.now_ms + listener.timeline.total_ms, said)
    intents = {heard_in(listener.session, chip).intent for chip in said}
    assert all(intents & one_of for one_of in ANSWERED_BY[question]), (question, intents)


def takes_a_step(listener: Listener, chance: random.Random) -> None:
    """Go along, say what is suggested, say anything, or come back."""
    if chance.random() < 0.4:
        listener.hear_out().say("ReadyIntent")
        return
    listener.wait(chance.choice([0, 3_000, 40_000, listener.timeline.total_ms]))
    if chance.random() < 0.1:
        listener.launch()
    elif chance.random() < 0.5:
        heard = heard_in(listener.session, chance.choice(chips(listener.session)))
        listener.say(heard.intent, **slots_heard(heard))
    else:
        exercise = chance.choice(list(the_catalogue().exercises))
        day = chance.choice(["monday", "every_day", "gibberish"])
        listener.say(chance.choice(sorted(ANSWERS)), exercise=exercise, day=day, minutes=10)


@pytest.mark.parametrize("seed", range(20))
def test_wherever_a_conversation_comes_there_is_something_to_say(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same walks every time, no secret
    listener = Listener(reminders=REMINDERS)
    listener.launch()
    for _ in range(30):
        total_ms = listener.timeline.total_ms
        soon_ms = chance.choice([0, total_ms // 3, total_ms if listener.reply.listens else 0])
        assert_it_can_be_said(listener.session, listener.now_ms + soon_ms)
        assert_the_question_can_be_answered(listener)
        takes_a_step(listener, chance)


@settings(max_examples=200, deadline=None)
@given(st.deferred(lambda: sessions(the_catalogue())), GAPS)
def test_in_any_session_there_is_something_to_say(session: Session, gap_ms: int) -> None:
    assert_it_can_be_said(session, (session.since or 10**12) + gap_ms)


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (ReminderWish(), "Monday and Thursday at eight in the morning"),
        (ReminderWish(days=(0,)), "at eight in the morning"),
        (ReminderWish(minutes=(480,)), "Monday and Thursday"),
        (ReminderWish(days=(0,), minutes=(480,)), "yes"),
        (ReminderWish(cancels=True), "yes"),
    ],
)
def test_what_is_still_to_know_of_a_reminder_is_suggested_first(
    wish: ReminderWish, first: str
) -> None:
    assert texts(Session(reminding=wish))[0] == first
    assert_it_can_be_said(Session(reminding=wish), 10**12)


def test_a_pain_in_a_workout_is_answered_by_what_the_coach_offers() -> None:
    listener = Listener()
    listener.say("StartExerciseIntent", exercise="standing_kickback")
    listener.wait(5_000).say("PainIntent")
    assert texts(listener.session) == ["skip it", "easier", "carry on", "stop"]


def in_the_set(sets: int) -> Listener:
    """Return a listener who hears the first set of an exercise that stands alone."""
    listener = Listener(Session(preferences=Preferences(place=Place.FLOOR)))
    listener.say("StartExerciseIntent", exercise="glute_bridge", sets=sets)
    for _ in ("in position", "taught"):
        listener.hear_out().say("ReadyIntent")
    assert listener.session.phase is Phase.SET
    return listener


def test_in_mid_set_a_pause_comes_first_and_nothing_ends_the_set() -> None:
    listener = in_the_set(2)
    assert texts(listener.session) == ["pause", "how many left", "too hard", "it hurts"]


def test_somebody_who_asked_about_an_exercise_may_hear_of_it_again() -> None:
    assert "how do I do step-ups" in texts(Session(subject="step_up"))
    assert "how do I do glute bridges" in texts(Session(subject="sold_out"))


def test_a_session_that_speaks_of_what_is_no_longer_there_begins_anew() -> None:
    strange = Session(phase=Phase.WARM_UP, plan=Plan(warm_up=("sold_out",)))
    assert chips(strange) == chips(Session())


def test_while_a_workout_streams_one_speaks_to_the_player() -> None:
    session = replace(Session(), phase=Phase.WARM_UP, streaming=True)
    assert chips(session) == to_a_stream(sounding=True)
    for sounding in (True, False):
        lines = to_a_stream(sounding=sounding)
        intents = [hears(the_words().say(line), frozenset()).intent for line in lines]
        assert len(intents) >= 2
        assert all(intent.startswith("AMAZON.") for intent in intents)


def test_before_a_conversation_everything_calls_the_skill_by_its_name() -> None:
    lines = [the_words().say(line) for line in before_a_conversation(the_catalogue())]
    intents = [the_ears().hear(text).intent for text in lines]
    assert intents == [LAUNCH, "StartWorkoutIntent", "HowToIntent"]
    assert all("my hip workout" in text for text in lines)


def test_a_question_of_alexas_is_answered_by_yes_or_no() -> None:
    assert [the_words().say(line) for line in to_a_yes_or_no()] == ["yes", "no"]


PLAN = Plan(
    ("march",), (Block("glute_bridge", 2, 10), Block("step_up", 2, 10)), ("march",), 100, 10
)
SITUATIONS = [
    *(Session(phase=phase, plan=PLAN) for phase in sorted(IN_WORKOUT | {Phase.IDLE, Phase.SAFETY})),
    *(Session(phase=phase, plan=PLAN, told=True, set=2, move=0, side=1) for phase in IN_WORKOUT),
    *(Session(phase=phase, plan=PLAN, since=1, set=n) for phase in PLAYING for n in (1, 2)),
    *(Session(phase=Phase.HOW_TO, how_to="glute_bridge", how_step=step) for step in (0, 1, 60)),
    Session(phase=Phase.PAUSED, returns_to=Phase.SET, plan=PLAN),
    *(Session(reminding=ReminderWish(days=d, minutes=m)) for d in ((), (0,)) for m in ((), (480,))),
]


def test_every_suggestion_in_the_words_is_made_somewhere() -> None:
    there = set(re.findall(r"^(suggest-[a-z-]+) =", load_words(), re.MULTILINE))
    outside = (*before_a_conversation(the_catalogue()), *to_a_stream(sounding=True))
    made = {chip.id for session in SITUATIONS for chip in chips(session)}
    assert there == made | {chip.id for chip in outside}


def test_once_a_set_is_heard_its_question_is_answered_first() -> None:
    plan = Plan(blocks=(Block("glute_bridge", 1, 8), Block("step_up", 2, 10)))
    session = Session(phase=Phase.SET, plan=plan, since=1, met=("glute_bridge",))
    words = [the_words().say(each) for each in answers(session, the_room())]
    assert words[:3] == ["about right", "easy", "hard"]
