"""Where a turn's session comes from and goes to: session attributes every turn, the store too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import structlog
from ask_sdk_model import RequestEnvelope

from skill.alexa.time_zone import TimeZones, local_day
from skill.coach.errors import UnreadableSession
from skill.coach.history import Finished, History, finished, read_history, with_workout
from skill.coach.history import to_plain as workout_to_plain
from skill.coach.plain import from_plain, to_plain
from skill.coach.session import Phase, Session
from skill.coach.turn import Past, Turn
from skill.store.port import Document, Kept, Store, StoreConflict

ATTRIBUTE = "session"
"""Name of the session attribute, and of the part of the document, that carry the session."""

TIME_ZONE = "time_zone"
HISTORY = "history"
"""The part of the document that lists the finished workouts."""

RESUMES_FOR_MS = 7 * 24 * 3_600_000
"""How long an unfinished workout waits to be carried on."""

_log = structlog.get_logger(__name__)


def listener_key(user_id: str, secret: bytes) -> str:
    """Return the key of a listener: a hash of Amazon's user id, keyed by a secret."""
    return hashlib.blake2b(user_id.encode(), key=secret, digest_size=16).hexdigest()


@dataclass(frozen=True)
class Remembered:
    """What a turn begins with."""

    session: Session

    document: Document
    """The rest of what is kept, to be kept again."""

    version: int
    """Of the document in the store; 0: there is none, or the store did not answer."""

    saved_ms: int = 0

    found: Document = field(default_factory=dict)
    """What was learned during the turn, to be kept with the rest."""


@dataclass(frozen=True)
class Memory:
    """Loads and saves the session of whoever is speaking."""

    store: Store
    secret: bytes
    """Keys the hash of the user id, so that a stolen store names nobody. 16 bytes or more."""

    zones: TimeZones | None = None
    """Asks Amazon for a listener's time zone; None: every day is a day in UTC."""

    def listener(self, envelope: RequestEnvelope) -> str | None:
        """Return a key for the listener that tells nothing about them; None if nobody is named."""
        system = envelope.context.system if envelope.context else None
        user = system.user if system else None
        user = user or (envelope.session.user if envelope.session else None)
        if user is None or not user.user_id:
            return None
        return listener_key(user.user_id, self.secret)

    def load(self, envelope: RequestEnvelope, listener: str | None, now_ms: int) -> Remembered:
        """Return the listener's session: of this conversation, else of the last one, else new.

        What cannot be read or fetched is a fresh start for the listener and a line in the log.
        """
        attributes: object = envelope.session.attributes if envelope.session else None
        carried = attributes.get(ATTRIBUTE) if isinstance(attributes, Mapping) else None
        kept = self._kept(listener) or Kept({}, 0, 0)
        session = _read(carried, "attributes")
        if session is None:
            session = _read(kept.document.get(ATTRIBUTE), "store")
            session = _still_waiting(session or Session(), now_ms - kept.saved_ms)
        return Remembered(session, kept.document, kept.version, kept.saved_ms)

    def past(self, before: Remembered, envelope: RequestEnvelope, now_ms: int) -> Past:
        """Return what the listener did before, read only if somebody asks."""

        def recall() -> History:
            history, unreadable = read_history(before.document.get(HISTORY) or [])
            if unreadable:
                _log.warning("history_unreadable", workouts=unreadable)
            return history

        return Past(recall, lambda: local_day(now_ms, self._zone(before, envelope)))

    def _zone(self, before: Remembered, envelope: RequestEnvelope) -> str | None:
        """Return the listener's time zone: kept, else asked of Amazon; None for UTC."""
        kept = before.found.get(TIME_ZONE) or before.document.get(TIME_ZONE)
        if isinstance(kept, str):
            return kept
        zone = self.zones.ask(envelope) if self.zones is not None else None
        if zone is not None:
            before.found[TIME_ZONE] = zone
        return zone

    def save(
        self,
        turn: Turn,
        session: Session,
        before: Remembered,
        envelope: RequestEnvelope,
    ) -> dict[str, Any]:
        """Keep the session in the store, and return the session attributes that carry it.

        A workout that ended in this turn, or while its last words were heard, joins the history.

        Where another device saved in between, the newer step is kept. Where the store fails, the
        attributes carry the workout on, and the next turn tries again.
        """
        plain, listener = to_plain(session), self.listener(envelope)
        if listener is not None:
            try:
                ended = self._ended((before.session, turn.session, session), before, envelope)
                self._save(plain, before, listener, turn.now_ms, ended)
            except Exception:  # the listener goes on from the attributes whatever the store does
                _log.exception("store_failed", doing="save")
        return {ATTRIBUTE: plain}

    def forget(self, listener: str | None) -> None:
        """Remove everything about a listener."""
        if listener is not None:
            self.store.forget(listener)

    def _ended(
        self, steps: tuple[Session, ...], before: Remembered, envelope: RequestEnvelope
    ) -> Finished | None:
        """Return the workout that ended from one of these steps to the next, if one did."""
        for earlier, later in pairwise(steps):
            if later.ended != earlier.ended and later.ended:
                seconds = (later.ended - later.started) // 1000 if later.started else 0
                day = local_day(later.ended, self._zone(before, envelope))
                return finished(later, later.ended, day, seconds)
        return None

    def _save(
        self,
        plain: Document,
        before: Remembered,
        listener: str,
        now_ms: int,
        ended: Finished | None,
    ) -> None:
        lasting = {name: value for name, value in plain.items() if name != "choosing"}
        document, version = before.document, before.version
        for _ in range(3):
            try:
                whole = _with_workout(document, ended) | before.found | {ATTRIBUTE: lasting}
                self.store.save(listener, whole, after=version, now_ms=now_ms)
            except StoreConflict:
                kept = self.store.load(listener) or Kept({}, 0, 0)
                if kept.saved_ms > now_ms:
                    return
                document, version = kept.document, kept.version
            else:
                return
        _log.warning("store_contended")

    def _kept(self, listener: str | None) -> Kept | None:
        if listener is None:
            return None
        try:
            return self.store.load(listener)
        except Exception:  # a dead store costs the past, not the conversation
            _log.exception("store_failed", doing="load")
            return None


def _with_workout(document: Document, ended: Finished | None) -> Document:
    if ended is None:
        return document
    history, _ = read_history(document.get(HISTORY) or [])
    return document | {HISTORY: [workout_to_plain(each) for each in with_workout(history, ended)]}


def _read(plain: object, source: str) -> Session | None:
    if plain is None:
        return None
    try:
        return from_plain(plain)
    except UnreadableSession as fault:
        _log.warning("session_unreadable", source=source, fault=str(fault))
        return None


def _still_waiting(session: Session, age_ms: int) -> Session:
    """Return the session without a workout that has waited for too long."""
    if session.workout_phase is not None and age_ms > RESUMES_FOR_MS:
        return session.at(Phase.IDLE)
    return session
