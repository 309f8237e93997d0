"""Whatever is said in whatever order, there is a next thing to say and the place is kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from skill.coach.reply import Reply
from skill.coach.session import Session
from skill.render.apla import apla
from skill.render.ssml import ssml
from skill.render.text import card
from skill.render.words import Words
from tests.coach.listener import Listener, the_catalogue, the_words
from tests.strategies import sessions, utterances

MOST_SOUND_MS = 240_000


def assert_can_be_answered(reply: Reply, words: Words) -> None:
    """Every reply says something, and listens exactly when it asked something."""
    said = [words.sentence(line) for line in lines_of(reply.script)]
    assert said
    assert lay_out(reply.script, words.length_ms).total_ms <= MOST_SOUND_MS
    assert reply.listens == said[-1].endswith("?"), said[-1]
    for line in reply.reprompt:
        assert words.sentence(line).endswith("?")
    if reply.paced:
        assert apla(reply.script, words)
    else:
        assert ssml(reply.script, words)
    assert ssml(reply.reprompt, words)
    if reply.card is not None:
        assert all(card(reply.card, words))
