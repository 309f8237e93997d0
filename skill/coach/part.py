"""A part: the script that one phase plays in one turn, and where the listener is once it was heard.

Parts are pure functions of the session, so the next turn can build the same script again and tell
from the time that has passed how far it was heard.
"""

from __future__ import annotations

from dataclasses import dataclass

from skill.coach.exercise import Catalogue, Exercise
from skill.coach.reply import Card, Script
from skill.coach.session import Session, TalkLevel
from skill.coach.timeline import LengthOf, measure

BUDGET_MS = 225_000
"""Longest script of one turn. Amazon plays 240 s of sound; a real voice may be slower than ours."""

CLOSING_MS = 10_000
"""Kept free in it for the last words and the question."""


@dataclass(frozen=True)
class Part:
    """What one phase plays in one turn."""

    script: Script
    """Without the closing question, which follows from ``after``."""

    after: Session
    """Where the listener is once the script was heard."""

    total_ms: int
    """How long the script lasts under the estimated voice."""

    free_ms: int
    """Speech in it outside of beats, which a faster voice would shorten."""

    card: Card | None = None


def measured(script: Script, after: Session, room: Room, card: Card | None = None) -> Part:
    """Return a part with the length of its script."""
    total_ms, free_ms, _ = measure(script, room.length_of)
    return Part(script, after, total_ms, free_ms, card)


@dataclass(frozen=True, eq=False)
class Room:
    """What a part is built from besides the session. Compared by identity: there is one."""

    catalogue: Catalogue

    length_of: LengthOf
    """How long lines are estimated to take; scripts are built for this."""

    recorded_of: LengthOf | None = None
    """How long their recordings take, where it is these that are heard."""


def exercise_now(session: Session, catalogue: Catalogue) -> Exercise:
    """Return the exercise of the block going on."""
    return catalogue.exercises[session.now.exercise]


def talk_level(session: Session, about: str) -> TalkLevel:
    """Return how much to say about an exercise or a move.

    Without a wish of the listener's: in full the first time it is met, short afterwards.
    """
    wish = session.preferences.talk
    if wish is not None:
        return wish
    return TalkLevel.SHORT if about in session.met else TalkLevel.FULL
