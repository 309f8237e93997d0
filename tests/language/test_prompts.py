"""Every phrase that our prompts suggest is understood, where it is suggested, as what it says."""

from __future__ import annotations

import re

import pytest

from skill.catalogue.load import load_words
from skill.simulator.ears import LAUNCH, Ears
from skill.simulator.expected import expected

YES_NO = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}
FELT = {
    "easy": "TooEasyIntent",
    "about right": "JustRightIntent",
    "hard": "TooHardIntent",
    "skip": "SkipIntent",
}
HOW_TO = {
    "next": "AMAZON.NextIntent",
    "repeat": "AMAZON.RepeatIntent",
    "previous": "AMAZON.PreviousIntent",
    "all of it": "AllOfItIntent",
    "carry on": "AMAZON.ResumeIntent",
    "start over": "AMAZON.StartOverIntent",
    "stop": "AMAZON.StopIntent",
}
WORKOUT = {
    "ready": "ReadyIntent",
    "pause": "AMAZON.PauseIntent",
    "repeat": "AMAZON.RepeatIntent",
    "skip": "SkipIntent",
    "where am I": "WhereAmIIntent",
    "slower": "PaceIntent",
    "faster": "PaceIntent",
    "talk less": "TalkLessIntent",
    "easier": "EasierIntent",
    "harder": "HarderIntent",
    "stop": "AMAZON.StopIntent",
    "help": "AMAZON.HelpIntent",
    "it hurts": "PainIntent",
    "give me a tip": "TipIntent",
}
PLAYING = {
    "Alexa, pause": "AMAZON.PauseIntent",
    "next": "AMAZON.NextIntent",
    "previous": "AMAZON.PreviousIntent",
}
START = {
    "start a workout": "StartWorkoutIntent",
    "ten minutes": "StartWorkoutIntent",
    "twenty minutes": "StartWorkoutIntent",
    "thirty": "NumberIntent",
    "how do I do a glute bridge": "HowToIntent",
    "I have a mat": "WhatIHaveIntent",
    "list the exercises": "ListExercisesIntent",
    "help": "AMAZON.HelpIntent",
    "stop": "AMAZON.StopIntent",
}
PAUSED = {
    "carry on": "AMAZON.ResumeIntent",
    "start over": "AMAZON.StartOverIntent",
    "skip": "SkipIntent",
    "easier": "EasierIntent",
    "stop": "AMAZON.StopIntent",
}

SUGGESTED: dict[str, tuple[str, dict[str, str]]] = {
    "safety-yes-or-no": ("safety", YES_NO),
    "reprompt-floor": ("safety", YES_NO),
    "help-safety": ("safety", YES_NO),
    "offer-safety": ("safety", YES_NO),
    "safety-pain": ("paused", PAUSED),
    "safety-pain-moves": ("paused", PAUSED),
    "ask-pain": ("paused", PAUSED),
    "reprompt-paused": ("paused", PAUSED),
    "reprompt-carry-on-or-over": ("paused", PAUSED),
    "ask-carry-on-or-over": ("paused", PAUSED),
    "help-paused": ("paused", PAUSED),
    "offer-paused": ("paused", PAUSED),
    "place-standing": ("warm_up", {"I am on the bed": "PlaceIntent"}),
    "easier-swap": ("set_up", WORKOUT),
    "harder-swap": ("set_up", WORKOUT),
    "dose-easy-limit": ("rest", WORKOUT),
    "dose-hard-limit": ("rest", WORKOUT),
    "rest-more-limit": ("rest", WORKOUT),
    "rest-less-limit": ("rest", WORKOUT),
    "reprompt-ready": ("set", WORKOUT),
    "reprompt-in-position": ("set_up", WORKOUT),
    "help-workout": ("set", WORKOUT),
    "offer-workout": ("set", WORKOUT),
    "how-to": ("how_to", HOW_TO),
    "reprompt-how-to": ("how_to", HOW_TO),
    "help-how-to": ("how_to", HOW_TO),
    "offer-how-to": ("how_to", HOW_TO),
    "ask-felt": ("feedback", FELT),
    "reprompt-felt": ("feedback", FELT),
    "help-feedback": ("feedback", FELT | {"stop": "AMAZON.StopIntent"}),
    "offer-feedback": ("feedback", FELT),
    "how-long-choice": ("idle", START),
    "reprompt-start": ("idle", START),
    "help-idle": ("idle", START),
    "offer-idle": ("idle", START),
    "progress-nothing-yet": ("idle", {"start a workout": "StartWorkoutIntent"}),
    "stream-begins": ("set", PLAYING),
    "stream-fixed": ("set", PLAYING),
    "stream-set-out": ("set", WORKOUT),
    "stream-before-floor": ("set", WORKOUT),
    "reprompt-reminders-when": (
        "idle",
        {
            "Monday and Thursday at eight in the morning": "ReminderTimeIntent",
            "stop": "AMAZON.StopIntent",
        },
    ),
    "progress-hard-bottom-same": ("idle", {"skip": "SkipIntent"}),
    "reminder-of-what": ("idle", {"remind me to work out": "RemindWorkoutIntent"}),
    "reminder-list-none": ("idle", {"remind me to work out": "RemindWorkoutIntent"}),
    "reminder-no-such": ("idle", {"cancel my reminders": "CancelRemindersIntent"}),
    "reminder-spoken-workout": ("idle", {"Alexa, open my hip workout": LAUNCH}),
}
"""Phrase id: the phase in which it is said, and what it invites to say."""

NOT_AN_INVITATION = {"broken", "felt-hard", "pacing-exercise", "talk-full"}
"""Lines that speak of saying without inviting to say something in particular."""

INVITES = re.compile(r"\b[Ss]ay(?! (so|which|more|less)\b)")


@pytest.fixture(scope="module")
def ears() -> Ears:
    return Ears()


CASES = sorted(
    {(phase, said, intent) for phase, table in SUGGESTED.values() for said, intent in table.items()}
)


@pytest.mark.parametrize(("phase", "said", "intent"), CASES)
def test_what_a_prompt_suggests_is_understood(
    ears: Ears, phase: str, said: str, intent: str
) -> None:
    likely = expected({"session": {"phase": phase}})
    assert ears.hear(said, likely).intent == intent


def test_every_prompt_that_invites_to_say_something_is_in_the_table() -> None:
    coach = load_words().split("### What the coach says around the exercises")[1]
    messages = re.findall(r"^([a-z_-]+) = (.*(?:\n[ }].*)*)", coach, re.MULTILINE)
    inviting = {phrase for phrase, text in messages if INVITES.search(text)}
    assert inviting - SUGGESTED.keys() - NOT_AN_INVITATION == set()


@pytest.mark.parametrize("phrase", sorted(SUGGESTED))
def test_the_table_suggests_nothing_that_the_prompt_does_not_say(phrase: str) -> None:
    assert re.search(rf"^{phrase} = ", load_words(), re.MULTILINE)
