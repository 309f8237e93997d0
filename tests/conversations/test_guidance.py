from __future__ import annotations

import pytest

from tests.conversations.listener import Listener
from tests.conversations.test_pacing import in_a_set


def test_how_to_goes_step_by_step_and_back_to_the_set(ann: Listener) -> None:
    in_a_set(ann)
    first = ann.cuts_in(50, "how do I do a step up")
    rep = ann.session["rep"]
    assert "step-up" in first
    assert "steps" in first
    assert ann.session.get("how_step", 0) == 0
    ann.says("next")
    assert ann.session["how_step"] == 1
    ann.says("previous")
    assert ann.session.get("how_step", 0) == 0
    ann.says("carry on")
    assert ann.phase == "set"
    assert ann.session["rep"] == rep


def test_how_to_before_any_workout_reads_it_all_on_request(ann: Listener) -> None:
    ann.says("open my hip workout")
    ann.says("how do I do a glute bridge")
    text = ann.says("all of it")
    assert "Lie down on your back" in text
    assert text.endswith("?")
    assert ann.last is not None
    assert ann.last.response["response"]["card"]["title"] == "How to: glute bridge"


def test_how_to_one_shot_answers_at_once(ann: Listener) -> None:
    text = ann.says("alexa, ask my hip workout how do I do a glute bridge")
    assert "Step 1 of" in text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what do I need", "You need nothing"),
        ("which muscles does it work", "gluteus maximus"),
        ("give me a tip", ""),
        ("what can go wrong", "lower back"),
        ("how do I breathe", "Breathe out"),
        ("am I doing it right", "hand"),
        ("what is it good for", "chair"),
        ("how long is it", "minute"),
        ("where am I", "set 1"),
        ("is it safe for me", "not a doctor"),
        ("what is hip extension", "hip"),
        ("list the exercises", "glute bridges"),
    ],
)
def test_a_question_in_mid_workout_is_answered_and_returns(
    ann: Listener, question: str, answer: str
) -> None:
    in_a_set(ann)
    text = ann.cuts_in(50, question)
    assert answer.lower() in text.lower()
    assert ann.phase == "set"
    assert ann.session["rep"] > 1
    assert ann.device.listening


def test_an_unknown_exercise_is_answered_with_those_there_are(ann: Listener) -> None:
    ann.says("open my hip workout")
    text = ann.intends("HowToIntent", exercise="burpee")
    assert "glute bridges" in text
    assert text.endswith("?")
