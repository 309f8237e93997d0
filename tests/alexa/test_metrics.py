"""Every turn, refusal, session, workout and fault is counted once, by names out of fixed sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from prometheus_client import REGISTRY, generate_latest

import skill.alexa
from skill.alexa import metrics
from skill.alexa.intents import ANSWERS
from skill.alexa.refusal import RequestRefused
from skill.alexa.webservice_support import AbstractVerifier, VerificationException
from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.settings import Settings
from skill.store.memory import MemoryStore
from tests.alexa.hello import client as hello_client
from tests.alexa.test_skill import LAUNCH, asker, intent, parts
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon, as_body, envelope


def counted(name: str, **labels: str) -> float:
    """Return the sum of the series of a name that have these labels."""
    return sum(
        sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        if sample.name == f"hip_workout_{name}" and labels.items() <= sample.labels.items()
    )


class Counting:
    """What is counted while something is done."""

    def __init__(self, name: str, **labels: str) -> None:
        self._series = (name, labels)
        self._before = 0.0
        self.more = 0.0

    def __enter__(self) -> Counting:
        name, labels = self._series
        self._before = counted(name, **labels)
        return self

    def __exit__(self, *_: object) -> None:
        name, labels = self._series
        self.more = counted(name, **labels) - self._before


EVENTS: list[tuple[dict[str, Any], dict[str, str]]] = [
    (LAUNCH, {"intent": "LaunchRequest", "outcome": "asked", "phase": "idle"}),
    (intent("AMAZON.HelpIntent"), {"intent": "AMAZON.HelpIntent", "outcome": "asked"}),
    (intent("AMAZON.StopIntent"), {"intent": "AMAZON.StopIntent", "outcome": "told"}),
    (intent("my sister's knee"), {"intent": "unknown", "outcome": "asked"}),
    ({"type": "my.sisters.knee"}, {"intent": "unknown", "outcome": "silent"}),
    (
        {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
        {"intent": "SessionEndedRequest", "outcome": "silent"},
    ),
    (
        {"type": "AlexaSkillEvent.SkillDisabled"},
        {"intent": "AlexaSkillEvent.SkillDisabled", "outcome": "silent", "phase": "unknown"},
    ),
]


@pytest.mark.parametrize(("request_", "labels"), EVENTS)
def test_a_turn_is_counted_once_by_what_was_meant_and_what_came_of_it(
    request_: dict[str, Any], labels: dict[str, str]
) -> None:
    ask = asker(parts())
    with Counting("turns_total", **labels) as these, Counting("turns_total") as all_:
        ask(request_)
    assert (these.more, all_.more) == (1, 1)


def test_a_turn_that_breaks_is_a_fault_and_no_other_turn() -> None:
    def breaks(*_: object) -> Any:
        raise ZeroDivisionError

    ask = asker(parts(answers=ANSWERS | {"ReadyIntent": breaks}))
    failed = {"intent": "ReadyIntent", "outcome": "failed", "phase": "unknown"}
    with (
        Counting("turns_total", **failed) as these,
        Counting("turns_total") as all_,
        Counting("faults_total", where="turn") as faults,
    ):
        ask(intent("ReadyIntent"))
    assert (these.more, all_.more, faults.more) == (1, 1, 1)


@pytest.mark.parametrize(
    ("told", "reason", "complaint"),
    [
        ({"reason": "USER_INITIATED"}, "USER_INITIATED", None),
        ({"reason": "EXCEEDED_MAX_REPROMPTS"}, "EXCEEDED_MAX_REPROMPTS", None),
        ({"reason": "ERROR", "error": {"type": "ENDPOINT_TIMEOUT"}}, "ERROR", "ENDPOINT_TIMEOUT"),
        ({}, "unknown", None),
    ],
)
def test_a_session_that_ended_is_counted_by_its_reason(
    told: dict[str, Any], reason: str, complaint: str | None
) -> None:
    ask = asker(parts())
    with (
        Counting("sessions_ended_total", reason=reason) as ended,
        Counting("complaints_total", error=complaint or "nothing") as these,
        Counting("complaints_total") as all_,
    ):
        ask({"type": "SessionEndedRequest"} | told)
    assert ended.more == 1
    assert these.more == all_.more == (complaint is not None)


def test_what_amazon_says_of_our_answers_is_counted() -> None:
    error = {"type": "INVALID_RESPONSE", "message": "my sister's knee"}
    with Counting("complaints_total", error="INVALID_RESPONSE") as complaints:
        asker(parts())({"type": "System.ExceptionEncountered", "error": error}, session=False)
    assert complaints.more == 1


def test_a_workout_is_counted_when_it_begins_and_when_it_is_finished() -> None:
    attributes: Any = None
    ask = asker(parts())
    with (
        Counting("workouts_total", event="started") as started,
        Counting("workouts_total", event="finished") as finished,
    ):
        for name in ("", "AMAZON.YesIntent", "AMAZON.YesIntent", "SkipWarmUpIntent"):
            answer = ask(intent(name) if name else LAUNCH, attributes)
            attributes = answer["sessionAttributes"]
        for _ in range(60):
            answer = ask(intent("SkipIntent"), attributes)
            attributes = answer["sessionAttributes"]
            if attributes["session"]["phase"] == "done":
                break
    assert attributes["session"]["phase"] == "done"
    assert (started.more, finished.more) == (1, 1)


class Refuses(AbstractVerifier):
    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def verify(self, *_: object, **__: object) -> None:
        raise self._fault


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (RequestRefused("signature-mismatch", "x"), "signature-mismatch"),
        (RequestRefused("certificate-unreachable"), "certificate-unreachable"),
        (RequestRefused("a reason nobody listed"), "unknown"),
        (VerificationException("my sister's knee"), "not-verified"),
    ],
)
def test_a_refusal_is_counted_by_its_reason(
    amazon: PretendAmazon, clock: FrozenClock, fault: Exception, reason: str
) -> None:
    http = hello_client(amazon, clock, Refuses(fault))
    with (
        Counting("requests_refused_total", reason=reason) as refused,
        Counting("turn_seconds_count") as timed,
    ):
        assert http.post("/alexa", data=b"{}").status_code == 400
    assert (refused.more, timed.more) == (1, 0)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda http: http.get("/alexa"), "method-not-allowed"),
        (lambda http: http.get("/my-sisters-knee"), "not-found"),
        (lambda http: http.post("/alexa", data=b" " * 300_000), "request-entity-too-large"),
    ],
)
def test_what_flask_refuses_is_counted_too(
    amazon: PretendAmazon, clock: FrozenClock, ask: Callable[[Any], object], reason: str
) -> None:
    http = hello_client(amazon, clock)
    with Counting("requests_refused_total", reason=reason) as refused:
        ask(http)
    assert refused.more == 1


def test_a_fault_that_nobody_caught_is_counted_where_it_showed(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    http = hello_client(amazon, clock)
    turn = envelope("echo_dot_launch", clock)
    turn["request"]["requestId"] = "break"
    body = as_body(turn)
    with Counting("faults_total", where="request") as faults:
        assert http.post("/alexa", data=body, headers=amazon.sign(body)).status_code == 500
    assert faults.more == 1


@pytest.mark.parametrize(("status", "outcome"), [(200, "sent"), (304, "sent"), (206, "sent"),
                                                 (403, "refused"), (503, "missing")])  # fmt: skip
def test_answers_to_requests_for_sound_are_counted(status: int, outcome: str) -> None:
    sound, other = Blueprint("audio", __name__), Blueprint("other", __name__)
    sound.get("/sound")(lambda: ("", status))
    other.get("/other")(lambda: ("", status))
    settings = Settings(skill_ids=frozenset({SKILL_ID}))
    app: Flask = create_app(settings, skill=coach_skill(MemoryStore()), beside=(sound, other))
    with (
        Counting("sound_answers_total", outcome=outcome) as these,
        Counting("sound_answers_total") as all_,
    ):
        app.test_client().get("/sound")
        app.test_client().get("/other")
    assert (these.more, all_.more) == (1, 1)


def test_every_reason_that_the_door_can_give_has_a_name_of_its_own() -> None:
    """A new reason must be listed, or it would count as unknown."""
    door = Path(skill.alexa.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in door.glob("*.py"))
    given = set(re.findall(r'RequestRefused\(\s*"([a-z0-9-]+)"', sources))
    assert len(given) > 20
    assert given <= metrics.REFUSALS


def test_what_never_happened_is_counted_as_zero_and_not_missing() -> None:
    metrics.start_at_zero()
    figures = generate_latest(REGISTRY).decode()
    for row in (
        'hip_workout_requests_refused_total{reason="certificate-untrusted"}',
        'hip_workout_sessions_ended_total{reason="ERROR"}',
        'hip_workout_complaints_total{error="INTERNAL_SERVICE_ERROR"}',
        'hip_workout_workouts_total{event="finished"}',
        'hip_workout_faults_total{where="beside"}',
        'hip_workout_turn_seconds_count{spoken="no"}',
    ):
        assert f"{row} " in figures
