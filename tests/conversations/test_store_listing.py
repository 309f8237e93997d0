"""What the store tells people to say works, and what it tells reviewers to try comes true."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from interaction_model.contract import load_contract
from skill.simulator.ears import Ears
from skill.skill_package import SOURCE
from tests.conversations.listener import Listener

LISTING: dict[str, Any] = yaml.safe_load((SOURCE / "listing" / "en.yaml").read_text("utf-8"))
PHRASES: list[str] = LISTING["examplePhrases"]
OPENING = f"Alexa, open {load_contract().invocation}"
NOT_UNDERSTOOD = (None, "AMAZON.FallbackIntent")


def quoted(text: str) -> list[str]:
    return re.findall(r'"([^"]+)"', text)


def test_the_first_phrase_wakes_alexa_and_opens_the_skill_by_its_name() -> None:
    assert PHRASES[0] == OPENING


def said(phrase: str) -> str:
    """Return what the skill gets of what is said to Alexa."""
    return phrase.removeprefix("Alexa, ")


@pytest.mark.parametrize("phrase", PHRASES[1:])
def test_every_other_phrase_is_one_of_the_models_own(phrase: str, ears: Ears) -> None:
    heard = ears.hear(phrase, frozenset())
    assert heard.intent not in NOT_UNDERSTOOD
    assert heard.slots


def test_every_phrase_gets_an_answer_of_its_own(listener: Callable[[str], Listener]) -> None:
    answers = []
    for number, phrase in enumerate(PHRASES):
        one = listener(f"listener-{number}")
        answers.append(one.says(said(OPENING), *([] if number == 0 else [phrase])))
        assert one.device.in_session
    assert len(set(answers)) == len(PHRASES)
    welcome, workout, how = answers
    assert "Welcome to My Hip Workout" in welcome
    assert "floor" in workout
    assert "glute bridge" in how.lower()


QUOTED = quoted(LISTING["description"]) + quoted(LISTING["testingInstructions"])


def test_the_store_quotes_how_the_skill_is_opened_and_more() -> None:
    assert OPENING in QUOTED
    assert len({*QUOTED}) > 5


@pytest.mark.parametrize("phrase", [phrase for phrase in QUOTED if phrase != OPENING])
def test_whatever_the_store_quotes_is_understood(phrase: str, ears: Ears) -> None:
    assert ears.hear(said(phrase), frozenset()).intent not in NOT_UNDERSTOOD


def test_a_reviewer_who_follows_the_instructions_sees_what_they_promise(ann: Listener) -> None:
    assert "no medical advice" in ann.says("open my hip workout")
    assert "?" in ann.says("yes")
    ann.says("ready")
    ann.says("skip the warm up")
    while ann.phase != "set":
        ann.says("ready")
    ann.cuts_in(12, "pause")
    assert ann.phase == "paused"
    ann.says("carry on")
    assert ann.phase == "set"
    assert "1 of 12" in ann.cuts_in(12, "how do I do a glute bridge")
    ann.says("next", "carry on")
    assert ann.phase == "set"
    assert "gently" in ann.cuts_in(5, "my back hurts")
    ann.says("stop")
    assert "start over" in ann.says("open my hip workout")
    ann.says("stop")
