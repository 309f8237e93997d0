"""Every phrase that our prompts suggest is understood, where it is suggested, as what it says.

What they suggest stands in ``skill/simulator/selfcheck/invitations.en.yaml``.
"""

from __future__ import annotations

import re

import pytest

from skill.catalogue.load import load_words
from skill.simulator.ears import Ears
from skill.simulator.expected import expected
from skill.simulator.selfcheck.invitations import load_invitations
from tests.hearing import the_ears

INVITATIONS = load_invitations("en")
INVITES = re.compile(r"\b[Ss]ay(?! (so|which|more|less)\b)")
CASES = sorted(
    {
        (invitation.phase, said, intent)
        for invitation in INVITATIONS.lines.values()
        for said, intent in invitation.words.items()
    }
)


@pytest.fixture(scope="module")
def ears() -> Ears:
    return the_ears()


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
    assert inviting - INVITATIONS.lines.keys() - INVITATIONS.no_invitation == set()


@pytest.mark.parametrize("phrase", sorted(INVITATIONS.lines))
def test_the_table_suggests_nothing_that_the_prompt_does_not_say(phrase: str) -> None:
    assert re.search(rf"^{phrase} = ", load_words(), re.MULTILINE)
