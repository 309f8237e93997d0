"""What was understood of one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interaction_model.recognition import Filled, Match

LAUNCH = "LaunchRequest"
SESSION_ENDED = "SessionEndedRequest"
FALLBACK = "AMAZON.FallbackIntent"


@dataclass(frozen=True)
class HeardSlot:
    """What was said for one slot."""

    value: str
    """The words as they were said, the digits of a number, or a time as Amazon writes it: “HH:MM”
    in 24 hours, or “MO”, “AF”, “EV” or “NI” for a part of the day."""

    id: str | None
    """Id of the value in its slot type; None for numbers, times and words it does not know."""


@dataclass(frozen=True)
class Heard:
    """What was understood."""

    intent: str
    """An intent of the contract, or `LAUNCH` or `SESSION_ENDED`."""

    slots: Mapping[str, HeardSlot] = field(default_factory=dict)
    score: float = 1.0
    """1 for word for word, 0 for nothing in common with anything that can be meant."""

    why: str = ""
    """One clause for a person who wonders."""


def as_heard(match: Match, score: float, why: str) -> Heard:
    """Return ``match`` as what was understood."""
    return Heard(match.intent, {name: _slot(f) for name, f in match.slots.items()}, score, why)


def _slot(filled: Filled) -> HeardSlot:
    return HeardSlot(filled.text, filled.id)
