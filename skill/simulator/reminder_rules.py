"""The rules of Amazon's Reminders API as far as they are known, for a pretend one to enforce.

Written from what Amazon documents and others have seen, not from the skill. Of the codes, three
have been seen in the world: INVALID_TRIGGER_SCHEDULED_TIME_FORMAT, UNSUPPORTED_TRIGGER_RECURRENCE
and UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL; the others are made up in their manner. Where nothing
is known the stricter reading counts.
"""

from __future__ import annotations

import itertools
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LEAST_MINUTES_APART = 4 * 60
MINUTES_OF_A_WEEK = 7 * 24 * 60

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")


class Refused(Exception):
    """An answer of Amazon's that is no success."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.message = message or code.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Rule:
    """One recurrence rule."""

    day: int | None
    """0 for Monday; None: every day."""

    minute: int
    """Since midnight."""


def check(body: Any, now: datetime, device_zone: str) -> None:
    """Raise Refused for a body that Amazon would not take. ``now`` has a time zone."""
    if not isinstance(body, dict):
        raise Refused(400, "INVALID_REQUEST_BODY")
    wall_time(body.get("requestTime"), "INVALID_REQUEST_TIME_FORMAT")
    trigger = body.get("trigger")
    if not isinstance(trigger, dict):
        raise Refused(400, "MISSING_TRIGGER")
    if trigger.get("type") == "SCHEDULED_RELATIVE":
        _check_relative(trigger)
    elif trigger.get("type") == "SCHEDULED_ABSOLUTE":
        _check_absolute(trigger, now, device_zone)
    else:
        raise Refused(400, "INVALID_TRIGGER_TYPE")
    _check_alert(body.get("alertInfo"))
    push = body.get("pushNotification", {"status": "ENABLED"})
    if not isinstance(push, dict) or push.get("status") not in ("ENABLED", "DISABLED"):
        raise Refused(400, "INVALID_PUSH_NOTIFICATION")


def wall_time(text: object, code: str = "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT") -> datetime:
    """Return a local time, written with milliseconds and neither Z nor offset."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise Refused(400, code)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused(400, code) from None


def rules_of(trigger: Any) -> list[Rule]:
    """Return the rules by which a trigger repeats; none for a trigger that does not."""
    recurrence = trigger.get("recurrence")
    if recurrence is None:
        return []
    if not isinstance(recurrence, dict):
        raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")
    if "recurrenceRules" in recurrence:
        rules = recurrence["recurrenceRules"]
        if not isinstance(rules, list) or not rules:
            raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")
        return [_rule(rule) for rule in rules]
    return [_deprecated_rule(recurrence, wall_time(trigger.get("scheduledTime")))]


def first_due(trigger: Any) -> datetime:
    """Return when a trigger that ``check`` has passed is first due, by the clock on the wall."""
    rules = rules_of(trigger)
    if not rules:
        return wall_time(trigger["scheduledTime"])
    start = wall_time(trigger["recurrence"].get("startDateTime") or trigger["scheduledTime"])
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return min(
        due
        for rule in rules
        for days in range(9)
        if (due := midnight + timedelta(days=days, minutes=rule.minute)) >= start
        and rule.day in (None, due.weekday())
    )


def _check_relative(trigger: dict[str, Any]) -> None:
    seconds = trigger.get("offsetInSeconds")
    if type(seconds) is not int or seconds <= 0:
        raise Refused(400, "INVALID_TRIGGER_OFFSET")
    if trigger.get("recurrence") is not None:
        raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")


def _check_absolute(trigger: dict[str, Any], now: datetime, device_zone: str) -> None:
    name = trigger.get("timeZoneId", device_zone)
    if name not in zoneinfo.available_timezones():
        raise Refused(400, "INVALID_TRIGGER_TIME_ZONE")
    zone = zoneinfo.ZoneInfo(name)
    rules = rules_of(trigger)
    times = [trigger.get("scheduledTime")]
    recurrence = trigger.get("recurrence") or {}
    if "recurrenceRules" in recurrence:
        # The scheduled time is ignored then: it may be missing, but a start is needed.
        others = (times[0], recurrence.get("endDateTime"))
        times = [recurrence.get("startDateTime"), *(time for time in others if time is not None)]
    for text in times:
        _check_to_come(wall_time(text), now, zone)
    minutes = sorted(_minutes_of_the_week(rules))
    gaps = [later - earlier for earlier, later in itertools.pairwise(minutes)]
    if minutes:
        gaps.append(minutes[0] + MINUTES_OF_A_WEEK - minutes[-1])
    if gaps and min(gaps) < LEAST_MINUTES_APART:
        raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL")


def _check_to_come(wall: datetime, now: datetime, zone: zoneinfo.ZoneInfo) -> None:
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        raise Refused(400, "INVALID_TRIGGER_SCHEDULED_TIME", "The clocks never show this time")
    if moment <= now:
        raise Refused(400, "TRIGGER_SCHEDULED_TIME_IN_PAST")


def _minutes_of_the_week(rules: list[Rule]) -> list[int]:
    return [
        day * 1440 + rule.minute for rule in rules for day in range(7) if rule.day in (None, day)
    ]


def _rule(text: object) -> Rule:
    unsupported = Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")
    if not isinstance(text, str):
        raise unsupported
    pairs = [part.partition("=") for part in text.rstrip(";").split(";")]
    parts = {name: value for name, _, value in pairs}
    if len(parts) != len(pairs) or not {"FREQ", "BYHOUR", "BYMINUTE"} <= parts.keys():
        raise unsupported
    if parts.keys() - {"FREQ", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "INTERVAL"}:
        raise unsupported
    if parts["FREQ"] in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL")
    if not all(value.isdecimal() for name, value in parts.items() if name not in ("FREQ", "BYDAY")):
        raise unsupported
    hour, minute = int(parts["BYHOUR"]), int(parts["BYMINUTE"])
    if hour > 23 or minute > 59 or int(parts.get("BYSECOND", 0)) > 59:
        raise unsupported
    return Rule(_day(parts["FREQ"], parts.get("BYDAY")), hour * 60 + minute)


def _deprecated_rule(recurrence: dict[str, Any], time: datetime) -> Rule:
    days = recurrence.get("byDay") or [None]
    if not isinstance(days, list) or len(days) != 1:
        raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")
    return Rule(_day(recurrence.get("freq"), days[0]), time.hour * 60 + time.minute)


def _day(frequency: object, day: object) -> int | None:
    if frequency == "DAILY" and day is None:
        return None
    if frequency == "WEEKLY" and isinstance(day, str) and day in DAYS:
        return DAYS.index(day)
    raise Refused(400, "UNSUPPORTED_TRIGGER_RECURRENCE")


def _check_alert(alert: Any) -> None:
    try:
        content = alert["spokenInfo"]["content"]
        sound = [
            bool(
                _LOCALE.fullmatch(each["locale"]) and each["text"] and _is_speech(each.get("ssml"))
            )
            for each in content
        ]
    except (KeyError, TypeError):
        raise Refused(400, "INVALID_ALERT_INFO") from None
    if not sound or not all(sound):
        raise Refused(400, "INVALID_ALERT_INFO")


def _is_speech(ssml: str | None) -> bool:
    try:
        return ssml is None or ET.fromstring(ssml).tag == "speak"  # noqa: S314  # a test's own words
    except ET.ParseError:
        return False
