from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import structlog
from ask_sdk_core.skill_builder import SkillBuilder

from skill.alexa import aws_lambda
from skill.alexa.aws_lambda import LambdaDoor
from skill.alexa.refusal import RequestRefused
from tests.amazon import OTHER_SKILL_ID, SKILL_ID

Recorded = Callable[..., dict[str, Any]]
Spoiled = Callable[[dict[str, Any]], object]


SECRET = "what nobody may read"


def forged_session(event: dict[str, Any]) -> object:
    event["session"]["application"]["applicationId"] = OTHER_SKILL_ID
    return event


def forged_context(event: dict[str, Any]) -> object:
    event["context"]["System"]["application"]["applicationId"] = OTHER_SKILL_ID
    return event


def of_nobody(event: dict[str, Any]) -> object:
    del event["context"]["System"]["application"]
    return event


def without_time(event: dict[str, Any]) -> object:
    del event["request"]["timestamp"]
    return event


def without_zone(event: dict[str, Any]) -> object:
    event["request"]["timestamp"] = "2026-05-01T09:00:00"
    return event


def number_for_time(event: dict[str, Any]) -> object:
    event["request"]["timestamp"] = 1_777_000_000
    return event


def of_wrong_shape(event: dict[str, Any]) -> object:
    event["session"]["user"] = SECRET
    return event


def too_deep(event: dict[str, Any]) -> object:
    deep: Any = {}
    for _ in range(200):
        deep = {"in": deep}
    event["session"]["attributes"] = deep
    return event


def bottomless(event: dict[str, Any]) -> object:
    deep: Any = {}
    for _ in range(10_000):
        deep = {"in": deep}
    event["session"]["attributes"] = deep
    return event


WRONG: dict[str, tuple[Spoiled, str]] = {
    "a session of another skill": (forged_session, "skill-id-other"),
    "a context of another skill": (forged_context, "skill-id-other"),
    "of no skill": (of_nobody, "skill-id-missing"),
    "without a time": (without_time, "timestamp-unreadable"),
    "a time of no zone": (without_zone, "timestamp-unreadable"),
    "a number for a time": (number_for_time, "timestamp-unreadable"),
    "text for a user": (of_wrong_shape, "envelope-shape"),
    "too deep": (too_deep, "body-too-deep"),
    "so deep that Python gives up": (bottomless, "body-too-deep"),
    "empty": (lambda _: {}, "envelope-shape"),
    "another trigger": (lambda _: {"Records": [{"eventSource": "aws:s3"}]}, "envelope-shape"),
    "a list": (lambda _: [], "envelope-shape"),
    "text": (lambda _: "ready", "envelope-shape"),
    "nothing": (lambda _: None, "envelope-shape"),
    "half a character": (lambda _: {"request": {"type": "\ud800"}}, "body-surrogate"),
    "no number": (lambda _: {"request": float("nan")}, "body-not-json"),
    "no JSON": (lambda _: {"request": b"bytes"}, "body-not-json"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_event_is_refused_with_a_reason_and_nothing_of_what_it_says(
    recorded: Recorded, kind: str
) -> None:
    spoil, reason = WRONG[kind]
    door = LambdaDoor(SkillBuilder().create(), {SKILL_ID})
    with (
        structlog.testing.capture_logs() as events,
        pytest.raises(RequestRefused) as refused,
    ):
        door.answer(spoil(recorded("echo_dot_launch")))
    assert refused.value.reason == reason
    assert [(event["event"], event["reason"]) for event in events] == [("request_refused", reason)]
    assert SECRET not in f"{refused.value} {events}"
    # Lambda's log would show the cause too, whose message quotes the value.
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_the_door_has_a_handler_and_no_other_name_is_made_up() -> None:
    with pytest.raises(AttributeError, match="handlers"):
        _ = aws_lambda.handlers
