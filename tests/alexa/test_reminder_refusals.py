from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from ask_sdk_model import RequestEnvelope
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.amazon_api import AmazonApi
from skill.alexa.reminder_answers import refusal_of
from skill.alexa.reminders import AmazonReminders
from skill.coach.reminder import About, Refusal, Reminder
from skill.simulator.alerts import PATH
from tests.alexa.reminder_turns import (
    DAILY_AT_NOON,
    MONDAY_AT_SEVEN,
    TEXT,
    THREE,
    kept_after,
    reminders,
)
from tests.amazon import FrozenClock
from tests.reminder_faults import FAULTS
from tests.reminders_api import TOKEN, RemindersApi


@pytest.fixture
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def server(tmp_path: Path, clock: FrozenClock) -> Iterator[RemindersApi]:
    with RemindersApi(tmp_path, clock) as pretend:
        yield pretend


STATUSES = [
    (400, "", Refusal.BROKEN),
    (400, "INVALID_REQUEST_BODY", Refusal.BROKEN),
    (400, "REQUEST_TIMEOUT", Refusal.BROKEN),
    (400, "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT", Refusal.BAD_TIME),
    (400, "UNSUPPORTED_SCHEDULED_TIME_FORMAT", Refusal.BAD_TIME),
    (400, "UNSUPPORTED_TRIGGER_RECURRENCE", Refusal.BAD_TIME),
    (400, "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL", Refusal.BAD_TIME),
    (401, "INVALID_BEARER_TOKEN", Refusal.NOT_ALLOWED),
    (401, "", Refusal.NOT_ALLOWED),
    (403, "", Refusal.DEVICE),
    (403, "DEVICE_NOT_SUPPORTED", Refusal.DEVICE),
    (403, "MAX_REMINDERS_EXCEEDED", Refusal.TOO_MANY),
    (403, "REMINDER_LIMIT_REACHED", Refusal.TOO_MANY),
    (409, "VERSION_CONFLICT", Refusal.CHANGED),
    (429, "THROTTLED", Refusal.BUSY),
    (500, "INTERNAL_ERROR", Refusal.BROKEN),
    (503, "", Refusal.DOWN),
    (504, "", Refusal.SLOW),
    (302, "", Refusal.BROKEN),
    (405, "METHOD_NOT_ALLOWED", Refusal.BROKEN),
    (418, "", Refusal.BROKEN),
    (502, "", Refusal.BROKEN),
]


@pytest.mark.parametrize(("status", "code", "refusal"), STATUSES)
def test_every_status_has_its_refusal_and_one_line_in_the_log(
    server: RemindersApi, log: list[Any], status: int, code: str, refusal: Refusal
) -> None:
    server.fail_next(status, code=code)
    setting = reminders(server)
    assert setting.add([MONDAY_AT_SEVEN]) == (refusal,)
    assert (setting.kept, setting.changed) == ([], False)
    assert log == [
        {
            "event": "reminder_refused",
            "log_level": "warning",
            "doing": "add",
            "refusal": refusal.value,
            "status": status,
            "code": code,
        }
    ]


@pytest.mark.parametrize(("status", "code", "refusal"), STATUSES)
def test_a_status_means_the_same_whatever_was_asked(
    server: RemindersApi, status: int, code: str, refusal: Refusal
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.fail_next(status, code=code, times=2)
    asking = reminders(server, kept)
    assert asking.all() is refusal
    assert asking.remove([MONDAY_AT_SEVEN]) == (refusal,)
    assert asking.kept == kept


def test_a_number_may_be_spoken_of_in_the_message_only(server: RemindersApi) -> None:
    server.fail_next(403, code="FORBIDDEN", message="Maximum number of alerts reached")
    assert reminders(server).add([MONDAY_AT_SEVEN]) == (Refusal.TOO_MANY,)


@pytest.mark.parametrize(
    ("rule", "value", "refusal"),
    [
        ("granted", False, Refusal.NOT_ALLOWED),
        ("supported", False, Refusal.DEVICE),
        ("most", 0, Refusal.TOO_MANY),
    ],
)
def test_what_amazon_does_not_allow_is_refused(
    server: RemindersApi, rule: str, value: object, refusal: Refusal
) -> None:
    setattr(server, rule, value)
    assert reminders(server).add([MONDAY_AT_SEVEN]) == (refusal,)
    assert server.reminders == {}


def test_another_token_than_the_requests_own_is_not_allowed(server: RemindersApi) -> None:
    setting = reminders(server, apiAccessToken="eyJ0eXAi.another.sig")
    assert setting.add([MONDAY_AT_SEVEN]) == (Refusal.NOT_ALLOWED,)


SLOW = {"hang", "done, then hang", "drip"}
NO_ANSWER = {"hang up", "half an answer", "no HTTP"}


@pytest.mark.parametrize("fault", FAULTS)
def test_any_fault_of_an_answer_is_a_refusal_and_nothing_is_kept(
    server: RemindersApi, log: list[Any], fault: str
) -> None:
    server.fail_next(fault)
    setting = reminders(server, seconds=0.6 if fault in SLOW else 10)
    expected = Refusal.SLOW if fault in SLOW else Refusal.BROKEN
    expected = Refusal.UNREACHABLE if fault in NO_ANSWER else expected
    assert setting.add([MONDAY_AT_SEVEN]) == (expected,)
    assert (setting.kept, setting.changed) == ([], False)
    assert [line["refusal"] for line in log] == [expected.value]
    assert server.asked == [("POST", PATH)]  # no second try, and a redirect leads nowhere


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - SLOW - NO_ANSWER))
def test_a_list_that_makes_no_sense_is_a_refusal_and_nothing_is_forgotten(
    server: RemindersApi, fault: str
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.fail_next(fault)
    listing = reminders(server, kept)
    assert listing.all() is Refusal.BROKEN
    assert listing.kept == kept


def test_all_that_is_asked_in_a_turn_shares_one_time(server: RemindersApi) -> None:
    kept = kept_after(server, *THREE)
    server.fail_next("hang", times=20)
    server.asked.clear()
    asking = reminders(server, kept, seconds=0.5)
    assert asking.remove(THREE) == (Refusal.SLOW,) * 3
    hours = [Reminder(About.GET_UP, 60 * hour) for hour in range(6)]
    assert asking.add(hours) == (Refusal.SLOW,) * 6
    assert asking.all() is Refusal.SLOW
    assert len(server.asked) <= 3  # for the others there was no time left
    assert asking.kept == kept


@pytest.mark.parametrize(
    "system",
    [
        {"apiAccessToken": None},
        {"apiAccessToken": "a\r\nX-Other: b"},
        {"apiEndpoint": None},
        {"apiEndpoint": "https://example.org"},
        {"apiEndpoint": "http://localhost"},
    ],
)
def test_without_a_token_or_an_endpoint_of_amazons_nobody_is_asked(
    server: RemindersApi, system: dict[str, Any]
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.asked.clear()
    asking = reminders(server, kept, **system)
    assert asking.add([DAILY_AT_NOON]) == (Refusal.UNREACHABLE,)
    assert asking.all() is Refusal.UNREACHABLE
    assert asking.remove([MONDAY_AT_SEVEN]) == (Refusal.UNREACHABLE,)
    assert server.asked == []
    assert asking.kept == kept


def test_where_nobody_listens_nobody_can_be_asked(server: RemindersApi) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    setting = reminders(server, apiEndpoint=f"https://{server.host}:{port}")
    assert setting.add([MONDAY_AT_SEVEN]) == (Refusal.UNREACHABLE,)


def test_a_request_without_anything_in_it_reaches_nobody(server: RemindersApi) -> None:
    empty = AmazonReminders(AmazonApi(), RequestEnvelope(), None, None, 0, lambda _: TEXT)
    assert empty.allowed is False
    assert empty.add([MONDAY_AT_SEVEN]) == (Refusal.UNREACHABLE,)


@pytest.mark.parametrize(
    "code", ["SECRET amzn1.ask.account.X", "A" * 61, "lower_case", "A\nB", "7", "É"]
)
def test_a_code_that_is_none_does_not_come_into_the_log(
    server: RemindersApi, log: list[Any], code: str
) -> None:
    server.fail_next(500, code=code, message=code)
    reminders(server).add([MONDAY_AT_SEVEN])
    assert [line["code"] for line in log] == [""]


def test_the_log_names_neither_listener_nor_token_nor_words_nor_time(
    server: RemindersApi, log: list[Any]
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.fail_next(500, message=TEXT, times=3)
    asking = reminders(server, kept, user={"userId": "amzn1.ask.account.SECRET"})
    asking.add([DAILY_AT_NOON])
    asking.all()
    asking.remove([MONDAY_AT_SEVEN])
    told = json.dumps(log)
    assert told.count("reminder_refused") == 3
    secrets = ("SECRET", TOKEN, TEXT, str(kept[0]["token"]), "12", "420", "07:00", "workout")
    assert not [secret for secret in secrets if secret in told]


def test_lines_in_the_log_carry_what_the_turn_has_bound_to_them(server: RemindersApi) -> None:
    server.fail_next(500)
    merge = structlog.contextvars.merge_contextvars
    with (
        structlog.testing.capture_logs(processors=[merge]) as lines,
        structlog.contextvars.bound_contextvars(request_id="r-1"),
    ):
        reminders(server).add([MONDAY_AT_SEVEN])
    assert [line["request_id"] for line in lines] == ["r-1"]


@given(st.integers(), st.text(), st.text())
def test_whatever_amazon_says_is_some_refusal(status: int, code: str, message: str) -> None:
    assert refusal_of(status, code, message) in Refusal
