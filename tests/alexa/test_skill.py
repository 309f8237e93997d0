from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope

from skill.alexa.intents import ANSWERS, IntentTableError, check, join
from skill.alexa.memory import Memory, listener_key
from skill.alexa.parts import Parts
from skill.alexa.serializer import EnvelopeSerializer
from skill.alexa.skill import build_skill
from skill.catalogue.load import load_catalogue, load_words
from skill.coach.reply import Reply
from skill.coach.turn import Turn
from skill.render.words import Words
from skill.simulator.request import SPEAKER, context
from skill.store.memory import MemoryStore
from skill.store.port import Document, Kept

Ask = Callable[..., dict[str, Any]]
SECRET = b"thirty-two bytes of test secret."


def parts(**changes: Any) -> Parts:
    made: dict[str, Any] = {
        "catalogue": load_catalogue(),
        "words": Words("en", load_words()),
        "memory": Memory(MemoryStore(), SECRET),
        "answers": ANSWERS,
    }
    return Parts(**(made | changes))


def asker(made: Parts) -> Ask:
    """Return the skill as a function of a request and its session attributes."""
    skill, serializer = build_skill(made), EnvelopeSerializer()

    def ask(
        request: dict[str, Any], attributes: object = None, *, session: bool = True
    ) -> dict[str, Any]:
        envelope: dict[str, Any] = {
            "version": "1.0",
            "context": context(SPEAKER),
            "request": {"requestId": "r", "timestamp": "2026-01-01T00:00:00Z"} | request,
        }
        if session:
            user = {"userId": SPEAKER.user_id}
            envelope["session"] = {"new": True, "sessionId": "s", "user": user}
            if attributes is not None:
                envelope["session"]["attributes"] = attributes
        answer = skill.invoke(serializer.read(envelope, RequestEnvelope), None)
        loaded: dict[str, Any] = json.loads(serializer.write(answer))
        return loaded

    return ask


@pytest.fixture
def ask() -> Ask:
    return asker(parts())


def intent(name: str, **slots: str) -> dict[str, Any]:
    filled = {slot: {"name": slot, "value": value} for slot, value in slots.items()}
    return {"type": "IntentRequest", "intent": {"name": name, "slots": filled}}


LAUNCH = {"type": "LaunchRequest"}


@pytest.mark.parametrize(
    "kind",
    [
        "AudioPlayer.PlaybackStarted",
        "PlaybackController.NextCommandIssued",
        "Display.ElementSelected",
        "AlexaSkillEvent.SkillEnabled",
        "Something.NobodyEverHeardOf",
    ],
)
def test_a_request_of_another_kind_gets_a_polite_empty_answer(ask: Ask, kind: str) -> None:
    assert ask({"type": kind}, session=False)["response"] == {}


def test_amazons_complaint_about_our_answer_gets_an_empty_answer(ask: Ask) -> None:
    error = {"type": "INVALID_RESPONSE", "message": "no"}
    cause = {"requestId": "x"}
    complaint = {"type": "System.ExceptionEncountered", "error": error, "cause": cause}
    assert ask(complaint, session=False)["response"] == {}


def test_an_intent_of_another_time_is_not_understood_but_answered(ask: Ask) -> None:
    response = ask(intent("IntentOfTheFuture"))["response"]
    assert response["outputSpeech"]["ssml"].endswith("?</speak>")
    assert response["shouldEndSession"] is False


def test_the_end_of_a_session_is_answered_with_nothing(ask: Ask) -> None:
    assert ask({"type": "SessionEndedRequest", "reason": "USER_INITIATED"})["response"] == {}


def test_disabling_the_skill_forgets_the_listener() -> None:
    store = MemoryStore()
    ask = asker(parts(memory=Memory(store, SECRET)))
    ask(LAUNCH)
    key = listener_key(SPEAKER.user_id, SECRET)
    assert store.load(key) is not None
    ask({"type": "AlexaSkillEvent.SkillDisabled"}, session=False)
    assert store.load(key) is None


class DeadStore:
    """A store whose database is gone."""

    def load(self, listener: str) -> Kept | None:
        raise ConnectionError(listener)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        raise ConnectionError(listener, document, after, now_ms)

    def prune(self, before_ms: int) -> int:
        raise ConnectionError(before_ms)

    def forget(self, listener: str) -> None:
        raise ConnectionError(listener)


def test_a_dead_store_costs_the_past_and_not_the_conversation() -> None:
    ask = asker(parts(memory=Memory(DeadStore(), SECRET)))
    first = ask(LAUNCH)
    assert "Welcome" in first["response"]["outputSpeech"]["ssml"]
    second = ask(intent("AMAZON.YesIntent"), first["sessionAttributes"])
    assert second["sessionAttributes"]["session"]["phase"] == "warm_up"


@pytest.mark.parametrize(
    "attributes",
    [
        {"session": {"version": 99, "phase": "set"}},
        {"session": {"version": 1, "phase": "nowhere"}},
        {"session": {"version": 1, "phase": "set"}},
        {"session": {"version": 1, "plan": [[], [["no_such", 1, 1]], [], 100, 10], "phase": "set"}},
        {"session": "junk"},
        {"session": [1, 2]},
        {"other": 1},
    ],
)
def test_a_state_nobody_can_read_is_a_fresh_start(ask: Ask, attributes: object) -> None:
    response = ask(intent("AMAZON.HelpIntent"), attributes)
    assert response["response"]["shouldEndSession"] is False
    assert response["sessionAttributes"]["session"].get("phase", "idle") == "idle"


def broken(turn: Turn, slots: object) -> Reply:
    raise ZeroDivisionError


def test_a_fault_of_ours_is_owned_up_to_and_keeps_the_place() -> None:
    ask = asker(parts(answers={**ANSWERS, "ReadyIntent": broken}))
    attributes = ask(LAUNCH)["sessionAttributes"]
    response = ask(intent("ReadyIntent"), attributes)
    assert "my side" in response["response"]["outputSpeech"]["ssml"]
    assert response["response"]["shouldEndSession"] is True
    assert response["sessionAttributes"] == attributes


def test_the_same_request_twice_gets_the_same_answer(ask: Ask) -> None:
    attributes = ask(LAUNCH)["sessionAttributes"]
    assert ask(intent("AMAZON.YesIntent"), attributes) == ask(
        intent("AMAZON.YesIntent"), attributes
    )


def test_an_intent_answered_twice_is_told_at_start() -> None:
    with pytest.raises(IntentTableError, match="ReadyIntent"):
        join({"ReadyIntent": broken}, {"ReadyIntent": broken})


def test_gaps_and_answers_nobody_asks_for_are_told_together() -> None:
    with pytest.raises(IntentTableError, match="not answered: B; not in the contract: A"):
        check({"A": broken}, ["B"])


def test_no_utterance_user_or_token_reaches_the_log(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(LAUNCH)
    ask(intent("HowToIntent", exercise="my secret words"))
    logged = "".join(capsys.readouterr())
    assert "HowToIntent" in logged
    assert not any(w in logged for w in ("my secret words", SPEAKER.user_id, "pretend"))


def test_the_state_of_now_is_read_whatever_the_clock_says(ask: Ask) -> None:
    attributes = ask(LAUNCH)["sessionAttributes"]
    later = {"timestamp": datetime(2099, 1, 1, tzinfo=UTC).isoformat()}
    assert ask(intent("AMAZON.YesIntent") | later, attributes)["response"]
