"""What a reminder is, what may come of asking for one, and who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class About(StrEnum):
    """What the listener is reminded of."""

    WORKOUT = "workout"
    GET_UP = "get_up"


class Refusal(StrEnum):
    """Why a reminder was not set, not found or not cancelled: one for each thing that happens."""

    NOT_ALLOWED = "not_allowed"
    """The listener has not allowed reminders, or no longer."""

    BAD_TIME = "bad_time"
    """The time or its repetition is none that Amazon takes."""

    DEVICE = "device"
    """This device can have no reminders."""

    TOO_MANY = "too_many"
    """The listener has as many reminders as there may be."""

    GONE = "gone"
    """There is no such reminder any more."""

    CHANGED = "changed"
    """Somebody else changed it at the same moment."""

    BUSY = "busy"
    """Asked too often in too short a time."""

    BROKEN = "broken"
    """Amazon's reminders have a fault, or answer what makes no sense."""

    DOWN = "down"
    """Amazon's reminders are out of service."""

    SLOW = "slow"
    """There was no answer in time; whether it was done is not known."""

    UNREACHABLE = "unreachable"
    """Nobody could be asked."""


@dataclass(frozen=True)
class Reminder:
    """One reminder, at a time of the day in the listener's own time zone."""

    about: About

    minute: int
    """Minutes since midnight, 0 to 1439."""

    day: int | None = None
    """Day of the week, 0 for Monday; None: every day."""

    once: bool = False
    """Whether it is said only on the next such day; otherwise on each."""


class Reminders(Protocol):
    """The listener's reminders, wherever they are kept. Nothing here raises."""

    @property
    def allowed(self) -> bool:
        """Whether the listener has allowed reminders."""
        ...

    def add(self, wanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Set reminders; for each, in order, why it was not set. What is there counts as set."""
        ...

    def all(self) -> tuple[Reminder, ...] | Refusal:
        """Return the reminders that are set, in no order, or why that is not known."""
        ...

    def remove(self, unwanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Cancel reminders; for each, in order, why it was not. One that is gone is cancelled."""
        ...


MOST_REMINDERS = 12
"""How many are set at one request; whoever wants more hears so. Ours: a day has few more hours."""

EVERY_DAY = tuple(range(7))


@dataclass(frozen=True)
class ReminderWish:
    """Which reminders a listener wants to have, or to be rid of, as far as it was said."""

    about: About = About.WORKOUT

    days: tuple[int, ...] = ()
    """Days of the week, 0 for Monday, in order; empty: not said."""

    minutes: tuple[int, ...] = ()
    """Minutes since midnight, in the order of the day; empty: not said."""

    once: bool = False
    """Whether on the next such days only."""

    cancels: bool = False
    """Whether the reminders of these days and times shall go; what was not said means any."""

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """The reminders it takes: one a time, and one a day unless it is every day."""
        daily = self.days == EVERY_DAY and not self.once
        days: tuple[int | None, ...] = (None,) if daily else self.days
        return tuple(
            Reminder(self.about, minute, day, self.once) for day in days for minute in self.minutes
        )

    def means(self, reminder: Reminder) -> bool:
        """Say whether a reminder is one that this wish would be rid of.

        One of every day is not the one of Tuesday.
        """
        daily = reminder.day is None
        of_days = self.days in ((), EVERY_DAY) or (not daily and reminder.day in self.days)
        return of_days and (not self.minutes or reminder.minute in self.minutes)
