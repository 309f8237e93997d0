"""What Amazon's Reminders API is sent to set a reminder: when it is due, what it says.

How far the body is known, by Amazon's "Alexa Reminders API Reference", its SDK's models and its
samples:

- Documented: local times beside a ``timeZoneId``, which is the device's own when left out; with
  ``recurrenceRules`` the older ``freq``, ``byDay`` and ``scheduledTime`` are ignored; 400 for a
  time in the past. Rules of FREQ=DAILY are in Amazon's samples.
- Seen by others only: a time with Z at its end, several days in one weekly repetition
  (UNSUPPORTED_TRIGGER_RECURRENCE) and repeats less than 4 hours apart
  (UNSUPPORTED_TRIGGER_RECURRENCE_INTERVAL) are refused. So a reminder has one day or all.
- Not known: whether ``startDateTime`` may lie in the past, whether the reminder of that very
  moment counts, whose clock ``requestTime`` is. So no start lies in the past, and all three are
  read from the listener's clock.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from ask_sdk_model.services.reminder_management import (
    AlertInfo,
    PushNotification,
    PushNotificationStatus,
    Recurrence,
    ReminderRequest,
    SpokenInfo,
    SpokenText,
    Trigger,
    TriggerType,
)

from skill.alexa.amazon_api import UnreadSerializer
from skill.alexa.time_zone import local_time, zone_named
from skill.coach.reminder import Reminder

SOONEST_MS = 10_000
"""A time nearer than this may have passed when Amazon reads it."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FURTHEST_EAST_MS = 14 * 3_600_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WallTimeSerializer(UnreadSerializer):
    """Writes times with their milliseconds even where these are none, as Amazon's samples do."""

    def serialize(self, obj: Any) -> Any:
        """Return plain values for the SDK's models."""
        if isinstance(obj, datetime):
            return obj.isoformat(timespec="milliseconds")
        return super().serialize(obj)


def is_sound(reminder: Reminder) -> bool:
    """Return whether there are such a minute and such a day."""
    return reminder.minute in range(1440) and reminder.day in (None, *range(7))


def next_time(reminder: Reminder, now_ms: int, zone: str | None) -> datetime:
    """Return when a sound reminder is next due, in the future, as the clock on the wall shows it.

    ``now_ms`` is in milliseconds since 1970, ``zone`` an IANA name. A time that the clocks pass
    over on that day is passed over; of one that comes twice, the earlier counts. Where the zone
    is not known the time is in the future wherever the device stands, which may cost the first
    of a day's or a week's.
    """
    there = zone_named(zone) if zone else None
    soonest_ms = now_ms + SOONEST_MS
    here = local_time(soonest_ms if there else soonest_ms + _FURTHEST_EAST_MS, zone)
    at = time_of_day(*divmod(reminder.minute, 60))
    walls = (datetime.combine(here + timedelta(days=days), at) for days in itertools.count())
    return next(
        wall
        for wall in walls
        if reminder.day in (None, wall.weekday())
        and (_is_after(wall, soonest_ms, there) if there else wall > here)
    )


def reminder_request(
    reminder: Reminder, text: str, *, locale: str, zone: str | None, now_ms: int
) -> ReminderRequest:
    """Return the body that sets a sound reminder, to be written by a WallTimeSerializer.

    ``text`` is what it says, without markup. A ``zone`` that nobody knows is left to the device.
    """
    first = next_time(reminder, now_ms, zone)
    said = SpokenText(locale=locale, ssml=f"<speak>{escape(text)}</speak>", text=text)
    return ReminderRequest(
        request_time=local_time(now_ms, zone),
        trigger=Trigger(
            object_type=TriggerType.SCHEDULED_ABSOLUTE,
            scheduled_time=first,
            time_zone_id=zone if zone and zone_named(zone) else None,
            recurrence=None if reminder.once else _recurrence(reminder, first),
        ),
        alert_info=AlertInfo(spoken_info=SpokenInfo(content=[said])),
        push_notification=PushNotification(status=PushNotificationStatus.ENABLED),
    )


def _recurrence(reminder: Reminder, first: datetime) -> Recurrence:
    hour, minute = divmod(reminder.minute, 60)
    days = "FREQ=DAILY" if reminder.day is None else f"FREQ=WEEKLY;BYDAY={_DAYS[reminder.day]}"
    rule = f"{days};BYHOUR={hour};BYMINUTE={minute};BYSECOND=0;INTERVAL=1;"
    return Recurrence(start_date_time=first, recurrence_rules=[rule])


def _is_after(wall: datetime, epoch_ms: int, zone: ZoneInfo) -> bool:
    """Return whether the clocks of ``zone`` will show ``wall``, and later than ``epoch_ms``."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    shown = moment.astimezone(zone).replace(tzinfo=None)
    return shown == wall and moment > _EPOCH + timedelta(milliseconds=epoch_ms)
