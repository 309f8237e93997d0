"""What the ears make of days, times and reminders."""

from __future__ import annotations

import pytest

from skill.simulator.ears import FALLBACK, Heard
from skill.simulator.expected import expected as likely
from tests.hearing import the_ears
from tests.language.table import Said, no_reminders, said_of_reminders

WARNINGS = {"PainIntent", "StopSignIntent"}
REMINDING = {
    "RemindWorkoutIntent", "RemindGetUpIntent", "ReminderTimeIntent", "ListRemindersIntent",
    "CancelRemindersIntent",
}  # fmt: skip
EARS = the_ears()


def meant(heard: Heard) -> tuple[str, dict[str, str]]:
    return heard.intent, {name: slot.id or slot.value for name, slot in heard.slots.items()}


def readable(sentence: object) -> str:
    return sentence.text if isinstance(sentence, Said) else str(sentence)


@pytest.mark.parametrize("sentence", said_of_reminders(), ids=readable)
def test_what_people_say_about_reminders_is_understood(sentence: Said) -> None:
    assert meant(EARS.hear(sentence.text)) == (sentence.intent, sentence.slots)


@pytest.mark.parametrize("text", no_reminders())
def test_reminders_alarms_and_timers_of_other_matters_are_not_guessed_at(text: str) -> None:
    assert EARS.hear(text).intent == FALLBACK


def test_the_corpus_is_understood_in_the_main(capsys: pytest.CaptureFixture[str]) -> None:
    right = [s for s in said_of_reminders() if meant(EARS.hear(s.text)) == (s.intent, s.slots)]
    refused = [text for text in no_reminders() if EARS.hear(text).intent == FALLBACK]
    ours, others = len(said_of_reminders()), len(no_reminders())
    with capsys.disabled():
        print(f"\nreminders: {len(right)} of {ours} understood, {len(refused)} of {others} refused")  # noqa: T201 - the measure is wanted
    assert ours >= 120
    assert others >= 25
    assert len(right) + len(refused) > 0.95 * (ours + others)


@pytest.mark.parametrize(
    "text",
    [
        "remind me, my chest hurts", "remind me tomorrow my knee hurts", "at seven my back hurts",
        "cancel my reminder i feel dizzy", "monday and thursday ouch",
        "remind me to get up i can't get up",
        "every day my hip hurts", "half past six i feel faint",
    ],
)  # fmt: skip
@pytest.mark.parametrize("phase", ["idle", "set", "paused"])
def test_no_reminder_silences_a_warning(text: str, phase: str) -> None:
    assert EARS.hear(text, likely({"session": {"phase": phase}})).intent in WARNINGS


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("remind me how to do a bridge", "HowToIntent"),
        ("remind me how to breathe", "BreathingIntent"),
        ("remind me what i did last time", "LastTimeIntent"),
        ("stop", "AMAZON.StopIntent"),
        ("cancel", "AMAZON.CancelIntent"),
        ("seven", "NumberIntent"),
        ("about seven", "NumberIntent"),
        ("make it seven", "NumberIntent"),
        ("seven out of ten", "NumberIntent"),
        ("get up", "ExplainIntent"),
        ("half an hour", "StartWorkoutIntent"),
        ("not today", "AMAZON.NoIntent"),
        ("later", "AMAZON.NoIntent"),
        ("see you tomorrow", "AMAZON.StopIntent"),
        ("good night", "AMAZON.StopIntent"),
        ("tell me about sitting", "ExplainIntent"),
        ("this week", "ThisWeekIntent"),
        ("did i train today", "LastTimeIntent"),
        ("don't forget me", FALLBACK),
        ("remind me how to get up", FALLBACK),
        ("ten to fifteen", FALLBACK),
        ("good morning", FALLBACK),
    ],
)
@pytest.mark.parametrize("phase", ["idle", "paused"])
def test_reminders_take_no_words_from_the_workout(text: str, intent: str, phase: str) -> None:
    assert EARS.hear(text, likely({"session": {"phase": phase}})).intent == intent


@pytest.mark.parametrize("verb", ["call my mother", "take my pills", "buy milk", "feed the cat"])
@pytest.mark.parametrize("when", ["", " at seven", " on monday", " every day at half past six"])
def test_a_reminder_of_something_else_is_refused_whenever_it_is_for(verb: str, when: str) -> None:
    assert EARS.hear(f"remind me to {verb}{when}").intent == FALLBACK


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("remind me tonight at eight", "20:00"),
        ("remind me this evening at six", "18:00"),
        ("remind me every morning at five", "05:00"),
        ("remind me tomorrow at eight", "08:00"),
    ],
)
def test_the_part_of_the_day_said_with_the_day_tells_which_hour(text: str, time: str) -> None:
    assert EARS.hear(text).slots["time"].value == time


def test_a_near_miss_loses_no_day_and_no_time() -> None:
    heard = EARS.hear("oh yes and remind me to do my stretches every day at noon")
    assert heard.intent == FALLBACK or {"day", "time"} <= set(heard.slots)


def test_a_time_has_no_id_and_a_day_has_one() -> None:
    slots = EARS.hear("mondays at half past six").slots
    assert (slots["day"].value, slots["day"].id) == ("mondays", "monday")
    assert (slots["time"].value, slots["time"].id) == ("06:30", None)


@pytest.mark.parametrize("text", ["at half past blue", "at seven sheep", "remind me at soon"])
def test_words_of_no_time_fill_no_time(text: str) -> None:
    assert EARS.hear(text).intent not in REMINDING
