"""Whatever is said in whatever order, there is a next thing to say and the place is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from skill.alexa.intents import ANSWERS
from skill.coach.plain import to_plain
from skill.coach.session import Phase, Session
from skill.render.apla import apla
from skill.render.ssml import ssml
from skill.render.text import card
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words
from tests.strategies import sessions, utterances

if TYPE_CHECKING:
    from tests.coach.listener import Said

MOST_SOUND_MS = 240_000
UTTERANCES = st.deferred(lambda: utterances(the_catalogue()))
GAPS = st.one_of(
    st.just(0), st.integers(0, 10_000), st.integers(0, 250_000), st.integers(0, 10**10)
)


def assert_there_is_a_next_thing_to_say(listener: Listener) -> None:
    """The last reply can be spoken, and it listens exactly when it ended by asking."""
    reply, words = listener.reply, the_words()
    said = [words.sentence(line) for line in lines_of(reply.script)]
    assert said
    assert reply.listens is said[-1].endswith("?"), said[-1]
    assert listener.timeline.overrun_ms == 0
    if reply.paced:
        assert apla(reply.script, words)
    else:
        assert ssml(reply.script, words)
    assert ssml(reply.reprompt, words)
    if reply.card is not None:
        assert all(card(reply.card, words))
    assert len(json.dumps(to_plain(reply.session))) < 4096


class Conversation(RuleBasedStateMachine):
    """A listener who says anything at any moment, opens the skill again, or says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.listener = Listener()

    @initialize()
    def opens(self) -> None:
        self.listener.launch()

    @rule(said=UTTERANCES, gap_ms=GAPS)
    def says_something(self, said: tuple[str, dict[str, Said]], gap_ms: int) -> None:
        intent, slots = said
        self.listener.wait(gap_ms).say(intent, **slots)

    @rule(times=st.integers(1, 6), intent=st.sampled_from(["ReadyIntent", "AMAZON.YesIntent"]))
    def goes_along(self, times: int, intent: str) -> None:
        for _ in range(times):
            self.listener.hear_out().say(intent)
            self.has_a_next_thing_to_say()

    @rule(gap_ms=GAPS)
    def comes_back(self, gap_ms: int) -> None:
        self.listener.wait(gap_ms).launch()

    @rule(gap_ms=GAPS)
    def falls_silent(self, gap_ms: int) -> None:
        self.listener = Listener(self.listener.wait(gap_ms).place)
        self.listener.launch()

    @rule(gap_ms=GAPS)
    def asks_for_help(self, gap_ms: int) -> None:
        self.listener.wait(gap_ms).say("AMAZON.HelpIntent")
        assert self.listener.ids()[0].startswith("help-")
        assert self.listener.reply.listens

    @precondition(lambda self: self.listener.heard)
    @rule(gap_ms=GAPS)
    def stops(self, gap_ms: int) -> None:
        before = self.listener.wait(gap_ms).place
        self.listener.say("AMAZON.StopIntent")
        assert not self.listener.reply.listens
        if before.workout_phase is None:
            assert self.listener.session.phase in (Phase.IDLE, Phase.DONE)
        else:
            assert self.listener.session.returns_to is before.workout_phase
            assert self.listener.session.done == before.done

    @invariant()
    def has_a_next_thing_to_say(self) -> None:
        if self.listener.heard:
            assert_there_is_a_next_thing_to_say(self.listener)
            assert self.listener.timeline.total_ms <= MOST_SOUND_MS


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=25, stateful_step_count=60, deadline=None)


@settings(max_examples=200, deadline=None)
@given(st.deferred(lambda: sessions(the_catalogue())), UTTERANCES, GAPS)
def test_from_any_session_anything_can_be_said(
    session: Session, said: tuple[str, dict[str, Said]], gap_ms: int
) -> None:
    listener = Listener(session)
    if session.since:
        listener.now_ms = session.since + gap_ms
    intent, slots = said
    listener.say(intent, **slots)
    assert_there_is_a_next_thing_to_say(listener)
    listener.hear_out().say("ReadyIntent")
    assert_there_is_a_next_thing_to_say(listener)


def test_every_intent_is_answered_in_a_new_session() -> None:
    for intent in ANSWERS:
        listener = Listener()
        listener.say(intent)
        assert_there_is_a_next_thing_to_say(listener)
