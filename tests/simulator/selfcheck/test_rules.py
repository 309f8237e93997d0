"""Each rule of the self-check is broken by a coach that breaks just it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from skill.catalogue.load import load_words
from skill.coach.reply import Line
from skill.render.words import Words
from skill.simulator.declared import declared_slots
from skill.simulator.ears import Ears
from skill.simulator.meaning import Ears as Hears
from skill.simulator.request import SHOW, SPEAKER, Profile
from skill.simulator.selfcheck.invitations import load_invitations
from skill.simulator.selfcheck.moves import load_spoken
from skill.simulator.selfcheck.phrases import Phrasebook
from skill.simulator.selfcheck.quick_player import QuickPlayer
from skill.simulator.selfcheck.rules import RULES
from skill.simulator.selfcheck.states import Detail
from skill.simulator.selfcheck.trial import Setting
from skill.simulator.selfcheck.visit import Language
from skill.simulator.selfcheck.walk import SUGGESTIONS, TOUCHES, Effort, Walk, Walked
from skill.tried_coach import TriedCoach, noting_words
from tests.simulator.selfcheck.spoiled import (
    QUESTION,
    Spoil,
    SpoiledCoach,
    cannot_be_parsed,
    does_not_welcome_back,
    has_no_reprompt,
    means_to_forget,
    says,
    says_nothing,
    says_what_help_says,
)

LANGUAGE = Language(load_spoken(), load_invitations())
BROKEN = (
    "Something broke on my side, not on yours. Your place is kept. "
    "Please say that again, or open me again in a moment."
)
SPOILED: dict[str, tuple[str, Spoil]] = {
    "accepted by Amazon": ("MusclesIntent", cannot_be_parsed),
    "markup": ("MusclesIntent", says(f'<emphasis level="mild">So.</emphasis> {QUESTION}')),
    "no failure": ("MusclesIntent", says(BROKEN, listens=False)),
    "answered": ("MusclesIntent", says_nothing),
    "question and microphone": ("MusclesIntent", says(QUESTION, listens=False)),
    "reprompt": ("MusclesIntent", has_no_reprompt),
    "what yes means": ("MusclesIntent", means_to_forget),
    "help": ("AMAZON.HelpIntent", says(QUESTION)),
    "stop, cancel, exit": ("AMAZON.CancelIntent", says(QUESTION)),
    "launch": ("LaunchRequest", says("Hello.", listens=False)),
    "going on": ("LaunchRequest", does_not_welcome_back),
    "not understood": ("AMAZON.FallbackIntent", says(QUESTION)),
    "odd slots": ("moonwalk", says("No.", listens=False)),
    "short talk": ("MusclesIntent", says(f"{'hip ' * 100}. {QUESTION}")),
    "no repetition": ("MusclesIntent", says_what_help_says),
    "what the device can do": ("MusclesIntent", says(f"On we go. {QUESTION}")),
    SUGGESTIONS: ("StartWorkoutIntent", says(f"Sorry, I did not get that. {QUESTION}")),
    TOUCHES: ("Alexa.Presentation.APL.UserEvent", says(f"Something else. {QUESTION}")),
}
"""By rule: what is answered wrongly, and how."""

DEVICES = {TOUCHES: SHOW}
"""By rule: with what it is found, where a speaker cannot do it."""

FAR = {"going on": 12}
"""By rule: how many states it takes to find it, where it is not among the first."""


@pytest.fixture(scope="module")
def ears() -> Hears:
    return lru_cache(maxsize=None)(Ears().hear)


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    words, book = Words("en", load_words()), Phrasebook()
    for phrase in ("broken", "stream-on", "not-understood"):
        line = Line(phrase)
        book.learn(line, words.sentence(line))
    return book


@pytest.fixture(scope="module")
def coach(book: Phrasebook) -> TriedCoach:
    return TriedCoach(noting_words(book), streams=False)


def walked(
    ears: Hears,
    book: Phrasebook,
    coach: SpoiledCoach,
    profile: Profile = SPEAKER,
    most_states: int = 3,
) -> Walked:
    """Walk through the first states of a spoiled coach."""
    setting = Setting(
        "device",
        coach,
        ears,
        profile,
        declared=declared_slots("en-US"),
        player=QuickPlayer(),
    )
    return Walk(setting, book, LANGUAGE, Effort(Detail.COARSE, most_states=most_states)).go()


@pytest.mark.parametrize("rule", SPOILED)
def test_a_coach_that_breaks_one_rule_is_found_to_break_just_it(
    ears: Hears, book: Phrasebook, coach: TriedCoach, rule: str
) -> None:
    spoiled = SpoiledCoach(coach, *SPOILED[rule])
    found = walked(ears, book, spoiled, DEVICES.get(rule, SPEAKER), FAR.get(rule, 3))
    assert {name for name, _ in found.faults} == {rule}


def test_a_fault_comes_with_the_shortest_conversation_that_shows_it(
    ears: Hears, book: Phrasebook, coach: TriedCoach
) -> None:
    found = walked(ears, book, SpoiledCoach(coach, "AMAZON.CancelIntent", says(QUESTION)))
    fault = found.faults["stop, cancel, exit", "'cancel' does not end the session"]
    assert [step.words for step in fault.conversation.steps] == ["start my hip workout", "cancel"]


def test_no_rule_is_without_a_coach_that_breaks_it() -> None:
    assert {*RULES, SUGGESTIONS, TOUCHES} == SPOILED.keys()
