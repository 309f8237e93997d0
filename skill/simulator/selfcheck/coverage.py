"""Which lines a walk has heard, and why it cannot hear the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from skill.simulator.selfcheck.phrases import Phrasebook

_ID = re.compile(r"^([a-z][\w-]*) =", re.MULTILINE)

OF_A_SUBJECT = "of an exercise, a move, a muscle or a topic that the walk does not come to"

NOT_HEARD = {
    "card-": "to be read, on a card",
    "screen-": "to be read, on a screen",
    "suggest-": "to be read, where a screen suggests what to say",
    "guide-": "to be read, on the page of the guides",
    "stream-title": "to be read, beside a player",
    "reminder-refused-": "Amazon refuses a reminder, which the pretended one does not",
    "reminder-spoken-": "said by a reminder when it rings",
    "reminder-": "of a reminder that is none of the few that the walk sets",
    "clock-": "of a reminder that is none of the few that the walk sets",
    "day-": "of a reminder that is none of the few that the walk sets",
    "progress-": "takes workouts on many days",
    "forget-failed": "the memory does not answer",
    "broken": "the coach fails",
    "stream-failed": "a stream fails twice",
    "stream-fixed": "there is a host of files only, and nobody who composes sound",
    "stream-": "a stream that is none of the few that the walk plays",
    "muscle-": OF_A_SUBJECT,
    "topic-": OF_A_SUBJECT,
    "equipment-": OF_A_SUBJECT,
}
"""Beginnings of ids, with the reason why a walk hears few of them or none; the first one counts."""


@dataclass(frozen=True)
class Coverage:
    """How much of what the coach can say was heard."""

    lines: int
    """How many lines there are."""

    heard: frozenset[str]
    """Ids of those that were heard."""

    by_reason: tuple[tuple[str, int], ...]
    """Why others cannot be, and how many."""

    missed: tuple[str, ...]
    """Ids of those that were not heard, though they could be."""


def coverage(
    fluent: str, book: Phrasebook, texts: Iterable[str], subjects: Iterable[str]
) -> Coverage:
    """Tell which of the lines in a Fluent text were heard.

    ``texts`` are the words that were heard, line by line; ``subjects`` the ids of exercises and
    moves, with which the ids of their lines begin.
    """
    every = frozenset(_ID.findall(fluent))
    heard: set[str] = set()
    for text in texts:
        heard |= book.phrases(text) | book.parts(text)
    reasons = NOT_HEARD | {f"{subject}-": OF_A_SUBJECT for subject in subjects}
    by_reason: Counter[str] = Counter()
    missed = []
    for phrase in sorted(every - heard):
        reason = next((why for start, why in reasons.items() if phrase.startswith(start)), None)
        if reason is None:
            missed.append(phrase)
        else:
            by_reason[reason] += 1
    return Coverage(len(every), frozenset(heard & every), tuple(by_reason.items()), tuple(missed))
