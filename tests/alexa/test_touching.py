from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.handlers.touching import arguments, touched
from skill.alexa.intents import ANSWERS
from skill.catalogue.load import load_words
from skill.coach.reply import Line, line, names_of
from skill.simulator.ears import Ears
from tests.coach.listener import the_catalogue, the_words
from tests.hearing import the_ears

NOT_IN_A_CONVERSATION = "suggest-open"


def suggestions() -> list[Line]:
    """Return every line that a screen may suggest."""
    rows = load_words("en").splitlines()
    named = [row.partition(" =")[0] for row in rows if row.startswith("suggest-")]
    plain = [Line(id_) for id_ in named if id_ != "suggest-how-to"]
    about = [line("suggest-how-to", exercises=names_of(id_)) for id_ in the_catalogue().exercises]
    return [each for each in plain + about if not each.id.startswith(NOT_IN_A_CONVERSATION)]


@pytest.fixture(scope="module")
def ears() -> Ears:
    return the_ears()


@pytest.mark.parametrize("suggestion", suggestions(), ids=the_words().say)
def test_a_touch_means_what_its_words_mean(suggestion: Line, ears: Ears) -> None:
    sent = arguments(suggestion)
    assert sent is not None
    intent, slots = touched(list(sent))
    heard = ears.hear(the_words().say(suggestion), frozenset())
    assert intent == heard.intent
    assert intent in ANSWERS
    read: dict[str, Any] = sent[1] if isinstance(sent[1], dict) else {}
    assert read == {name: slot.id or slot.value for name, slot in heard.slots.items()}
    for name, value in read.items():
        assert slots.id(name) == value


@pytest.mark.parametrize("exercise", the_catalogue().exercises)
def test_touching_an_exercise_means_its_name(exercise: str, ears: Ears) -> None:
    heard = ears.hear(the_words().say(line(f"{exercise}-name")), frozenset())
    assert heard.intent == "StartExerciseIntent"
    assert heard.slots["exercise"].id == exercise


def test_numbers_and_times_are_read_as_if_they_were_said() -> None:
    _, slots = touched(["StartWorkoutIntent", {"minutes": "10"}])
    assert slots.number("minutes") == 10
    _, slots = touched(["ReminderTimeIntent", {"time": "08:00"}])
    assert slots.minute_of_day("time") == 480


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        ["ReadyIntent"],
        ["ReadyIntent", {}, 1],
        [None, {}],
        ["ReadyIntent", []],
        ["HowToIntent", {"exercise": 3}],
        ["HowToIntent", {"exercise": "x" * 65}],
        ["HowToIntent", {"exercise": "brücke"}],
        {"intent": "ReadyIntent"},
    ],
    ids=str,
)
def test_what_makes_no_sense_means_nothing(sent: object) -> None:
    assert touched(sent)[0] == ""


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists)
    | st.lists(st.text())
)
def test_whatever_is_sent_is_read(sent: object) -> None:
    intent, _ = touched(sent)
    assert isinstance(intent, str)
