from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from skill.simulator.reminder_rules import Refused, check, first_due, rules_of

LONDON = "Europe/London"


RULE = "FREQ=DAILY;BYHOUR={};BYMINUTE=0;BYSECOND=0;INTERVAL=1;"
CONTENT = "alertInfo spokenInfo content 0"
NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)


def body_with(path: Sequence[str], value: object) -> dict[str, Any]:
    """Return a sound body but for the value at a path; None: without it."""
    body: dict[str, Any] = {
        "requestTime": "2026-05-01T11:00:00.000",
        "trigger": {
            "type": "SCHEDULED_ABSOLUTE",
            "scheduledTime": "2026-05-04T07:00:00.000",
            "timeZoneId": "Europe/London",
            "recurrence": {
                "startDateTime": "2026-05-04T07:00:00.000",
                "recurrenceRules": ["FREQ=WEEKLY;BYDAY=MO;BYHOUR=7;BYMINUTE=0;BYSECOND=0;"],
            },
        },
        "alertInfo": {"spokenInfo": {"content": [{"locale": "en-US", "text": "Up."}]}},
        "pushNotification": {"status": "ENABLED"},
    }
    inner: Any = body
    for name in path[:-1]:
        inner = inner[0] if name == "0" else inner[name]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("requestTime", "2026-05-01T10:00:00.000Z", "INVALID_REQUEST_TIME_FORMAT"),
        ("requestTime", None, "INVALID_REQUEST_TIME_FORMAT"),
        (
            "trigger scheduledTime",
            "2026-05-04T07:00:00.000Z",
            "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT",
        ),
        (
            "trigger scheduledTime",
            "2026-05-04T07:00:00+01:00",
            "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT",
        ),
        ("trigger scheduledTime", "2026-05-04T07:00:00", "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT"),
        (
            "trigger scheduledTime",
            "2026-02-30T07:00:00.000",
            "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT",
        ),
        ("trigger scheduledTime", "2026-05-01T10:59:00.000", "TRIGGER_SCHEDULED_TIME_IN_PAST"),
        ("trigger scheduledTime", "2027-03-28T01:30:00.000", "INVALID_TRIGGER_SCHEDULED_TIME"),
        ("trigger recurrence startDateTime", None, "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT"),
        ("trigger timeZoneId", "Europe/Atlantis", "INVALID_TRIGGER_TIME_ZONE"),
        ("trigger type", "SOMETIME", "INVALID_TRIGGER_TYPE"),
        (
            "trigger recurrence recurrenceRules",
            [RULE.format(7), RULE.format(10)],
            "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL",
        ),
        (
            "trigger recurrence recurrenceRules",
            [RULE.format(1), RULE.format(22)],
            "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL",
        ),
        (
            "trigger recurrence recurrenceRules",
            ["FREQ=HOURLY;BYHOUR=1;BYMINUTE=0;"],
            "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL",
        ),
        (
            "trigger recurrence recurrenceRules",
            ["FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=7;BYMINUTE=0;"],
            "UNSUPPORTED_TRIGGER_RECURRENCE",
        ),
        ("trigger recurrence recurrenceRules", ["FREQ=DAILY"], "UNSUPPORTED_TRIGGER_RECURRENCE"),
        (
            "trigger recurrence",
            {"freq": "WEEKLY", "byDay": ["MO", "TU"]},
            "UNSUPPORTED_TRIGGER_RECURRENCE",
        ),
        (f"{CONTENT} locale", "english", "INVALID_ALERT_INFO"),
        (f"{CONTENT} text", None, "INVALID_ALERT_INFO"),
        (f"{CONTENT} ssml", "<speak>a & b</speak>", "INVALID_ALERT_INFO"),
        ("alertInfo", None, "INVALID_ALERT_INFO"),
        ("pushNotification", {"status": "LOUD"}, "INVALID_PUSH_NOTIFICATION"),
    ],
)
def test_the_pretend_api_refuses_what_amazon_refuses(path: str, value: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check(body_with(path.split(), value), NOW, LONDON)
    assert (refused.value.status, refused.value.code) == (400, code)


@pytest.mark.parametrize(
    ("path", "value", "due"),
    [
        ("requestTime", "2026-05-01T11:00:00.000", "2026-05-04T07:00:00"),
        (
            "trigger recurrence recurrenceRules",
            [RULE.format(hour) for hour in (8, 12, 16)],
            "2026-05-04T08:00:00",
        ),
        ("trigger recurrence recurrenceRules", [RULE.format(6)], "2026-05-05T06:00:00"),
        ("trigger recurrence", {"freq": "WEEKLY", "byDay": ["TU"]}, "2026-05-05T07:00:00"),
        ("trigger recurrence", None, "2026-05-04T07:00:00"),
        ("trigger scheduledTime", None, "2026-05-04T07:00:00"),
        ("trigger timeZoneId", None, "2026-05-04T07:00:00"),
    ],
)
def test_the_pretend_api_takes_what_amazons_samples_send(
    path: str, value: object, due: str
) -> None:
    body = body_with(path.split(), value)
    check(body, NOW, LONDON)
    assert first_due(body["trigger"]).isoformat() == due


def test_the_pretend_api_takes_so_many_seconds_from_now() -> None:
    body = body_with(["trigger"], {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": 7200})
    check(body, NOW, LONDON)
    assert rules_of(body["trigger"]) == []
