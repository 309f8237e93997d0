"""A sentence that is not one: said otherwise, told beside another, clipped, or a mere list."""

from __future__ import annotations

import pytest

from skill.simulator.ears import FALLBACK, Heard
from tests.hearing import the_ears

EARS = the_ears()


def meant(heard: Heard) -> tuple[str, dict[str, str]]:
    return heard.intent, {name: slot.id or slot.value for name, slot in heard.slots.items()}


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("twelve no thirteen", "NumberIntent", {"number": "13"}),
        ("two sets no sorry three sets of bridges", "StartExerciseIntent",
         {"sets": "3", "exercise": "glute_bridge"}),
        ("give me a ten no wait a fifteen minute workout", "StartWorkoutIntent", {"minutes": "15"}),
        ("remind me on monday i mean tuesday", "RemindWorkoutIntent", {"day": "tuesday"}),
        ("go faster no i mean slower", "PaceIntent", {"pace": "slower"}),
    ],
)  # fmt: skip
def test_what_was_said_otherwise_goes_before_what_was_said_first(
    text: str, intent: str, slots: dict[str, str]
) -> None:
    assert meant(EARS.hear(text)) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("slower please i am losing my place here", "PaceIntent"),
        ("my neighbour came round can you start over", "AMAZON.StartOverIntent"),
        ("skip this one because i did it yesterday", "SkipIntent"),
        ("that was hard can we take a break", "AMAZON.PauseIntent"),
        ("i've got a mat which exercises are there", "ListExercisesIntent"),
        ("stop the postman is here", "AMAZON.StopIntent"),
        ("the kids were shouting say that again", "AMAZON.RepeatIntent"),
    ],
)
def test_what_is_asked_for_is_heard_beside_what_is_told(text: str, intent: str) -> None:
    assert EARS.hear(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "i do not want you to stop the workout", "don't you dare skip this one",
        "you should never ever start over", "she told me to delete my data",
        "i am tired of it all forget everything about me", "my wife said remind me to exercise",
        "he would not let me skip the warm up", "we could not find what to start over",
    ],
)  # fmt: skip
def test_an_order_that_is_denied_or_told_of_another_is_not_carried_out(text: str) -> None:
    assert EARS.hear(text).intent not in {
        "AMAZON.StopIntent", "SkipIntent", "AMAZON.StartOverIntent", "ForgetMeIntent",
        "RemindWorkoutIntent", "SkipWarmUpIntent",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ause", "AMAZON.PauseIntent"),
        ("arder", "HarderIntent"),
        ("aster please", "PaceIntent"),
        ("ontinue", "AMAZON.ResumeIntent"),
        ("ive me a tip", "TipIntent"),
        ("elp", "AMAZON.HelpIntent"),
    ],
)
def test_a_first_word_without_its_beginning_is_known(text: str, intent: str) -> None:
    assert EARS.hear(text).intent == intent


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("i have got two dumbbells and also a bench", ["dumbbell", "bench"]),
        ("there is a chair here and a mat somewhere", ["chair", "mat"]),
        ("mat ball and band", ["mat", "stability_ball", "resistance_band"]),
    ],
)
def test_a_list_of_things_is_heard_whatever_stands_between(text: str, things: list[str]) -> None:
    heard = EARS.hear(text)
    assert heard.intent == "WhatIHaveIntent"
    assert [slot.id for slot in heard.slots.values()] == things


@pytest.mark.parametrize(
    "text", ["i have two cats", "a table for two", "the ball is over the wall"]
)
def test_other_things_are_no_list_of_ours(text: str) -> None:
    assert EARS.hear(text).intent == FALLBACK


@pytest.mark.parametrize(
    ("text", "expected", "intent"),
    [
        ("weight", "", "AMAZON.PauseIntent"),
        ("weight", "WhatIHaveIntent", "WhatIHaveIntent"),
        ("ate", "NumberIntent", "NumberIntent"),
        ("ate", "", FALLBACK),
        ("pores", "", "AMAZON.PauseIntent"),
    ],
)
def test_words_that_sound_alike_are_told_apart_by_the_moment(
    text: str, expected: str, intent: str
) -> None:
    assert EARS.hear(text, frozenset({expected} if expected else ())).intent == intent


@pytest.mark.parametrize("text", ["open the recipe skill", "launch three minute stretch"])
def test_a_call_of_another_skill_is_not_ours(text: str) -> None:
    assert EARS.hear(text, frozenset({"StartWorkoutIntent", "NumberIntent"})).intent == FALLBACK


@pytest.mark.parametrize(
    "warning",
    ["slow down my hip hurts", "ten no ow my back", "i'm done i feel dizzy",
     "got it i can't breathe", "open the window i feel faint",
     "my doctor said i may get dizzy and i am"],
)  # fmt: skip
def test_no_second_thought_loses_a_warning(warning: str) -> None:
    assert EARS.hear(warning).intent in {"PainIntent", "StopSignIntent"}
