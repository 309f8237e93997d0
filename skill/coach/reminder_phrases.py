"""Reminders as phrases: what of, on which days, at what times of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from skill.coach.reminder import EVERY_DAY, About, Reminder, ReminderWish
from skill.coach.reply import Line, Names, line

WEEKDAYS = EVERY_DAY[:5]

HOUR = 60
"""Minutes."""


def phrases_of(reminders: Iterable[Reminder]) -> Names:
    """Return reminders as phrases, those at one time or of one set of days in one."""
    by_time: dict[tuple[About, int, bool], set[int]] = {}
    for each in reminders:
        days = EVERY_DAY if each.day is None else (each.day,)
        by_time.setdefault((each.about, each.minute, each.once), set()).update(days)
    by_days: dict[tuple[About, tuple[int, ...], bool], list[int]] = {}
    for (about, minute, once), found in sorted(by_time.items()):
        by_days.setdefault((about, tuple(sorted(found)), once), []).append(minute)
    return Names(
        tuple(
            phrase_of(ReminderWish(about, days, tuple(minutes), once))
            for (about, days, once), minutes in by_days.items()
        )
    )


def phrase_of(wish: ReminderWish) -> Line:
    """Return the reminders of a wish as one phrase: what of, on which days, at what times."""
    phrase = f"reminder-{wish.about.value.replace('_', '-')}"
    times = Names((_times(wish.minutes),))
    if wish.days == EVERY_DAY and not wish.once:
        return line(f"{phrase}-daily", times=times)
    days = ("day-weekdays",) if wish.days == WEEKDAYS else tuple(f"day-{d}" for d in wish.days)
    return line(f"{phrase}-once" if wish.once else phrase, days=Names(days), times=times)


def _times(minutes: Sequence[int]) -> Line:
    """Return times of the day as a phrase; of hours in a row, the first and the last."""
    clocks = tuple(clock(minute) for minute in minutes)
    steps = {later - earlier for earlier, later in pairwise(minutes)}
    if len(minutes) >= _A_ROW and steps == {HOUR}:
        ends = {"first": Names((clocks[0],)), "last": Names((clocks[-1],))}
        return line("clock-each-hour", **ends)
    return line("clock-at", times=Names(clocks))


_A_ROW = 3
"""Hours that are no longer named one by one."""


def clock(minute: int) -> Line:
    """Return a time of the day, in minutes since midnight, as a phrase."""
    hour, past = divmod(minute, HOUR)
    if past == 0 and hour in (0, 12):
        return line("clock-noon" if hour else "clock-midnight")
    part = next(name for until, name in _PARTS_OF_DAY if hour < until)
    said = f"{(hour - 1) % 12 + 1}" + (f":{past:02}" if past else "")
    return line(f"clock-{part}", time=said)


_PARTS_OF_DAY = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))
