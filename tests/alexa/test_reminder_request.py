from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skill.alexa.envelope import epoch_ms
from skill.alexa.reminder_request import (
    SOONEST_MS,
    WallTimeSerializer,
    next_time,
    reminder_request,
)
from skill.coach.reminder import About, Reminder
from skill.simulator.reminder_rules import check, first_due
from tests.alexa.reminder_turns import DAILY_AT_NOON, LONDON, MONDAY_AT_SEVEN, ONCE_AT_SIX


def ms_of(text: str) -> int:
    return epoch_ms(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("now", "zone", "reminder", "due"),
    [
        # 2026-05-01 is a Friday
        ("2026-05-01T10:00:00Z", LONDON, MONDAY_AT_SEVEN, "2026-05-04T07:00:00"),
        ("2026-05-04T05:59:00Z", LONDON, MONDAY_AT_SEVEN, "2026-05-04T07:00:00"),
        ("2026-05-04T06:00:00Z", LONDON, MONDAY_AT_SEVEN, "2026-05-11T07:00:00"),
        ("2026-05-04T05:59:58Z", LONDON, MONDAY_AT_SEVEN, "2026-05-11T07:00:00"),
        ("2026-05-04T06:01:00Z", LONDON, MONDAY_AT_SEVEN, "2026-05-11T07:00:00"),
        ("2026-05-01T10:59:00Z", LONDON, DAILY_AT_NOON, "2026-05-01T12:00:00"),
        ("2026-05-01T11:00:00Z", LONDON, DAILY_AT_NOON, "2026-05-02T12:00:00"),
        ("2026-05-01T03:30:00Z", "America/New_York", ONCE_AT_SIX, "2026-05-01T18:05:00"),
        ("2026-05-01T10:00:00Z", "Pacific/Kiritimati", ONCE_AT_SIX, "2026-05-08T18:05:00"),
        # Not known where: on Kiritimati it is Saturday at midnight already
        ("2026-05-01T10:00:00Z", None, ONCE_AT_SIX, "2026-05-08T18:05:00"),
        # London's clocks pass over 01:30 on 29 March 2026, a Sunday
        ("2026-03-28T12:00:00Z", LONDON, Reminder(About.WORKOUT, 90), "2026-03-30T01:30:00"),
        ("2026-03-28T12:00:00Z", LONDON, Reminder(About.WORKOUT, 90, 6), "2026-04-05T01:30:00"),
        # and show it twice on 25 October
        ("2026-10-25T00:00:00Z", LONDON, Reminder(About.WORKOUT, 90), "2026-10-25T01:30:00"),
        ("2026-10-25T00:45:00Z", LONDON, Reminder(About.WORKOUT, 90), "2026-10-26T01:30:00"),
        ("2026-10-25T01:15:00Z", LONDON, Reminder(About.WORKOUT, 90), "2026-10-26T01:30:00"),
    ],
)
def test_the_next_time_is_the_next_such_day_and_minute(
    now: str, zone: str | None, reminder: Reminder, due: str
) -> None:
    assert next_time(reminder, ms_of(now), zone).isoformat() == due


ZONES = (
    LONDON,
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "UTC",
)
A_REMINDER = st.builds(
    Reminder,
    st.sampled_from(About),
    st.integers(0, 1439),
    st.none() | st.integers(0, 6),
    st.booleans(),
)
A_TIME = st.integers(1_300_000_000_000, 2_000_000_000_000)  # the years 2011 to 2033


@given(reminder=A_REMINDER, now_ms=A_TIME, zone=st.sampled_from(ZONES))
def test_the_next_time_is_to_come_and_at_that_day_and_minute_there(
    reminder: Reminder, now_ms: int, zone: str
) -> None:
    due = next_time(reminder, now_ms, zone)
    moment = due.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(zone))
    assert moment.timestamp() * 1000 > now_ms
    assert shown.hour * 60 + shown.minute == reminder.minute
    assert reminder.day in (None, shown.weekday())
    assert moment.timestamp() * 1000 - now_ms <= timedelta(days=16) / timedelta(milliseconds=1)


@given(
    reminder=A_REMINDER,
    now_ms=A_TIME,
    zone=st.sampled_from(ZONES),
    part=st.floats(0, 1, exclude_max=True),
)
def test_until_the_next_time_there_is_no_other(
    reminder: Reminder, now_ms: int, zone: str, part: float
) -> None:
    due = next_time(reminder, now_ms, zone)
    last_ms = int(due.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000) - SOONEST_MS - 1
    assert next_time(reminder, now_ms + int((last_ms - now_ms) * part), zone) == due


@given(
    reminder=A_REMINDER,
    now_ms=A_TIME,
    zone=st.none() | st.sampled_from(ZONES),
    device_zone=st.sampled_from(ZONES),
    text=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1),
)
def test_amazon_takes_whatever_is_sent(
    reminder: Reminder, now_ms: int, zone: str | None, device_zone: str, text: str
) -> None:
    request = reminder_request(reminder, text, locale="en-GB", zone=zone, now_ms=now_ms)
    body = json.loads(json.dumps(WallTimeSerializer().serialize(request)))
    now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=now_ms)
    # Nobody can know what the clocks pass over where nobody knows where they hang.
    assume(zone or is_shown(body["trigger"]["scheduledTime"], device_zone))
    check(body, now, device_zone)
    due = first_due(body["trigger"])
    assert due.hour * 60 + due.minute == reminder.minute
    assert reminder.day in (None, due.weekday())
    assert ("recurrence" in body["trigger"]) is not reminder.once


def is_shown(wall: str, zone: str) -> bool:
    moment = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    shown = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    return shown.replace(tzinfo=None) == moment.replace(tzinfo=None)
