"""What the coach wants conveyed, before anyone chose the words: Line, Script, Reply.

The elements of a script are named tuples: a set has a hundred of them, made anew on every turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from skill.coach.exercise import Side
    from skill.coach.history import Week
    from skill.coach.session import Session


@dataclass(frozen=True)
class Names:
    """Phrases to be put into another phrase, joined as a spoken list ("a, b and c")."""

    ids: tuple[str | Line, ...]
    """Phrase ids such as ``glute_bridge-name``, or lines where the phrase has values."""


Value = str | int | Names
"""A value inside a line: a number, something the listener said, or other phrases."""


class Line(NamedTuple):
    """A phrase id with its values; the words are chosen by the renderer."""

    id: str
    """Message id in the Fluent files, such as ``pacing-rest``."""

    values: tuple[tuple[str, Value], ...] = ()
    """Named values, kept as pairs so that a line can be a key of a cache."""

    variant: int = 0
    """Which of the phrase's variants to use, modulo how many there are."""


@lru_cache(maxsize=4096)
def line(phrase: str, variant: int = 0, /, **values: Value) -> Line:
    """Return a line with its values, in an order that makes equal lines equal."""
    return Line(phrase, tuple(sorted(values.items())) if values else (), variant)


def name_of(*ids: str) -> Names:
    """Return the spoken names of exercises or moves, as a list where there are several."""
    return Names(tuple(f"{id_}-name" for id_ in ids))


def names_of(*ids: str) -> Names:
    """Return the names of exercises in the plural, as a list where there are several."""
    return Names(tuple(f"{id_}-names" for id_ in ids))


class Pause(NamedTuple):
    """Silence of a given length."""

    ms: int
    """Milliseconds, 0 or more."""


class Beat(NamedTuple):
    """A slot of exact length: its line, if any, is spoken at its start, and silence fills it."""

    ms: int
    """Milliseconds from the start of this beat to the start of what follows."""

    line: Line | None = None


class Mark(NamedTuple):
    """A point in the script that takes no time and tells where in the workout it is."""

    phase: str
    """What goes on from here: set_up, ready, lift, hold, lower, side_change, rest, move or ask."""

    block: int = 0
    """Index of the block, or of the move in a warm-up or cool-down."""

    set: int = 1
    """1 for the first set."""

    side: Side | None = None
    rep: int = 0
    """The rep going on, 1 for the first; 0 outside a rep."""


Element = Line | Pause | Beat | Mark
Script = tuple[Element, ...]


@dataclass(frozen=True)
class Card:
    """Text to read later in the companion app."""

    title: Line
    lines: tuple[Line, ...]


class Consent(StrEnum):
    """How the listener is asked to allow reminders: by Alexa's own voice, or in the app."""

    BY_VOICE = "by_voice"
    BY_CARD = "by_card"


@dataclass(frozen=True)
class Stream:
    """What the device's player is to do."""

    at: Session | None = None
    """Play the track that begins with this session; None, and no guide: stop."""

    guide: str = ""
    """Play the fixed guide of this id."""

    offset_ms: int = 0
    """Where in that guide."""

    behind: Session | None = None
    """Play it behind the track that begins with this one; None: at once, instead of all else."""


@dataclass(frozen=True)
class PlayedPart:
    """The part of a session, as it stands in a script."""

    session: Session
    start: int
    """Index of its first element."""

    stop: int
    """Index behind its last one."""


@dataclass(frozen=True)
class Reply:
    """One answer of the coach: what to say, whether to listen afterwards, and what to remember."""

    session: Session
    script: Script

    reprompt: tuple[Line, ...] = ()
    """Said when nobody answers. Not empty means that the microphone opens after the script."""

    paced: bool = False
    """Whether the script's timing matters, so that it must be rendered to the millisecond."""

    card: Card | None = None

    forgets: bool = False
    """Whether everything that is kept of the listener must be removed."""

    stream: Stream | None = None

    part: PlayedPart | None = None
    """The part in the script that may be played from its recording."""

    consent: Consent | None = None
    """How to ask the listener to allow reminders. By voice, Alexa speaks, and this reply must not:
    the conversation goes on with what was answered."""

    choice: tuple[str, ...] = ()
    """Ids of the exercises that it names to choose from."""

    week: Week | None = None
    """How regularly the listener works out, where that was asked."""

    @property
    def listens(self) -> bool:
        """Whether the conversation stays open after the script."""
        return bool(self.reprompt)
