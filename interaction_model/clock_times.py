"""Times of the day in words and digits, read as Amazon's time slots write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

FORENOON, AFTERNOON, EVENING, NIGHT = "MO", "AF", "EV", "NI"
"""What Amazon gives for a part of the day without an hour."""

LAST_HOUR = 23
LAST_MINUTE = 59

LATEST_EARLY = 5
"""One to this o'clock, with nothing else said, are in the afternoon: few mean the small hours."""

LATEST_SMALL_HOUR = 4
"""One to this o'clock “at night” are after midnight, later ones before it."""

MOST_WORDS_OF_A_TIME = 8


@dataclass(frozen=True)
class ClockWords:
    """The words of one language for times of the day, in the form that is compared."""

    half: Sequence[str]
    """Before an hour: thirty minutes after it."""

    quarter: Sequence[str]
    past: Sequence[str]
    to: Sequence[str]
    minutes: Sequence[str]
    """Between a number and `past` or `to`."""

    zero: Sequence[str]
    """Before a minute below ten, or an hour of the 24-hour clock."""

    hour: Sequence[str]
    """Behind a full hour."""

    hundred: Sequence[str]
    """Behind a full hour of the 24-hour clock."""

    joining: Sequence[str]
    """Between a time and the part of the day."""

    parts: Mapping[str, Sequence[str]]
    """“MO”, “AF”, “EV” or “NI”, to the words for it; “AM” and “PM” for the halves of the day."""

    named: Mapping[str, Sequence[str]]
    """Time as “HH:MM”, to the names that it has."""


class ClockTimes:
    """Reads times of the day. Built once; nothing of it changes afterwards."""

    def __init__(self, words: ClockWords, numbers: Mapping[str, str]) -> None:
        """Learn ``words``; ``numbers`` has the digits of every number, in words or digits."""
        self._parts = {name: part for part, names in words.parts.items() for name in names}
        self._named = {name: time for time, names in words.named.items() for name in names}
        self._hours = {n: int(d) for n, d in numbers.items() if int(d) <= LAST_HOUR}
        self._hours |= {f"0{digit}": digit for digit in range(10)}
        minutes = {n: int(d) for n, d in numbers.items() if int(d) <= LAST_MINUTE}
        self._minutes = {
            **minutes,
            **dict.fromkeys(words.quarter, 15),
            **dict.fromkeys(words.half, 30),
            **{f"0{digit}": digit for digit in range(10)},
            **{f"{z} {n}": m for n, m in minutes.items() if m < 10 for z in words.zero},
        }
        self.words = frozenset(_single_words(words))
        """Every word of a time that is no number."""

        part, joining = _any_of(self._parts), f"(?:{_any_of(words.joining)} )*"
        self._with_part = re.compile(
            f"(?:{joining}(?P<before>{part})(?: {joining}|$))?(?P<clock>.*?)"
            f"(?:(?:(?<![a-z])|(?<= )) ?{joining}(?P<behind>{part}))?"
        )
        self._at_the_end = re.compile(f"{part}$")
        self._forms = tuple(map(re.compile, self._all_forms(words)))

    def read(self, text: str, beside: str = "") -> str | None:
        """Return the time that ``text`` (in plain form) says as “HH:MM”, or None if it says none.

        A part of the day alone is “MO”, “AF”, “EV” or “NI”. An hour up to twelve means the
        forenoon, noon, or from one to five the afternoon, unless a part of the day was said with
        it or ends ``beside``, such as the “tonight” of another slot.
        """
        found = self._with_part.fullmatch(text)
        if found is None or (found["before"] and found["behind"]):
            return None
        part = self._parts.get(found["before"] or found["behind"] or "")
        clock = found["clock"].strip()
        if not clock:
            return part if part in {FORENOON, AFTERNOON, EVENING, NIGHT} else None
        if part is None:
            ending = self._at_the_end.search(beside)
            part = self._parts[ending[0]] if ending else None
        return self._named.get(clock) or self._clock(clock, part)

    def _all_forms(self, words: ClockWords) -> Iterable[str]:
        """Give a pattern for each way of telling the time."""
        hour = f"(?P<hour>{_any_of(self._hours)})"
        of_twelve = f"(?P<hour>{_any_of(n for n, hour in self._hours.items() if 1 <= hour <= 12)})"
        o_clock = f"(?: {_any_of(words.hour)})?"
        told = f"{_any_of(self._minutes)}(?= {_any_of(words.minutes)})"
        fives = {name for name, minute in self._minutes.items() if minute and minute % 5 == 0}
        # without “minutes” only the fives: “nine to five” is no time
        yield (
            f"(?P<minute>{told}|{_any_of(fives)})(?: {_any_of(words.minutes)})?"
            f" (?:{_any_of(words.past)}|(?P<to>{_any_of(words.to)})) {of_twelve}{o_clock}"
        )
        yield f"(?P<minute>{_any_of(words.half)}) {of_twelve}"
        nameless = {*words.quarter, *words.half}
        behind = _any_of(
            name
            for name, minute in self._minutes.items()
            if (minute >= 10 and name not in nameless) or " " in name or re.fullmatch(r"0\d", name)
        )
        yield f"{hour}(?: (?P<minute>{behind}))?{o_clock}"
        zero = f"(?:{_any_of(words.zero)} )?"
        yield f"{zero}{hour} (?P<military>{_any_of(words.hundred)})"
        yield r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<military>)"

    def _clock(self, text: str, part: str | None) -> str | None:
        for form in self._forms:
            found = form.fullmatch(text)
            if found:
                said = found.groupdict()
                hour = self._hours[said["hour"]]
                if said.get("military") is None and not said["hour"].startswith("0"):
                    hour = _hour_of_the_day(hour, part)
                minute = self._minutes[said["minute"]] if said.get("minute") else 0
                total = (hour * 60 + (-minute if said.get("to") else minute)) % (24 * 60)
                return f"{total // 60:02}:{total % 60:02}"
        return None


def _any_of(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})"


def _single_words(words: ClockWords) -> Iterable[str]:
    lists = (words.half, words.quarter, words.past, words.minutes, words.hour, words.hundred)
    for name in chain(*lists, *words.parts.values(), *words.named.values()):
        yield from name.split()


def _hour_of_the_day(hour: int, part: str | None) -> int:
    """Return the hour (0 to 23) that ``hour`` (the same) means in ``part`` of the day."""
    if hour == 0 or hour > 12:
        return hour
    hour %= 12
    if part is None:
        return hour + 12 if hour <= LATEST_EARLY else hour
    if part == NIGHT:
        return hour if hour <= LATEST_SMALL_HOUR else hour + 12
    if part in {FORENOON, "AM"} or (part == EVENING and hour == 0):
        return hour
    return hour + 12
