"""Where a turn's session comes from and goes to: session attributes every turn, the store too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import structlog
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.interfaces.connections import ConnectionsResponse

from skill.alexa.amazon_api import AmazonApi
from skill.alexa.kept_session import ATTRIBUTE, kept_session, read_session
from skill.alexa.reminders import AmazonReminders
from skill.alexa.time_zone import TimeZones, local_day, local_time
from skill.coach.history import Finished, History, finished, read_history, with_workout
from skill.coach.history import to_plain as workout_to_plain
from skill.coach.plain import to_plain
from skill.coach.reminder import About, Reminders
from skill.coach.replace import replace
from skill.coach.session import Session
from skill.coach.turn import Past, Turn
from skill.store.errors import DeadlinePassed, StoreUnavailable
from skill.store.port import Document, Kept, Store, StoreConflict

UNREAD = "unread"
"""Name of the session attribute that says that the store could not be read yet."""

TIME_ZONE = "time_zone"
REMINDERS = "reminders"
"""The part of the document that lists the reminders, with Amazon's tokens for them."""

HISTORY = "history"
"""The part of the document that lists the finished workouts."""

NOTHING_KEPT = Kept({}, 0, 0)

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

    unread: bool = False
    """Whether what is kept could not be read since the conversation began: it may hold a workout,
    so nothing is saved over it."""

    found: Document = field(default_factory=dict)
    """What was learned during the turn, to be kept with the rest; None: no longer to be kept."""

    asked: list[AmazonReminders] = field(default_factory=list)
    """The reminders, once they were asked for in this turn."""


@dataclass(frozen=True)
class Memory:
    """Loads and saves the session of whoever is speaking."""

    store: Store
    secret: bytes
    """Keys the hash of the user id, so that a stolen store names nobody. 16 bytes or more."""

    zones: TimeZones | None = None
    """Asks Amazon for a listener's time zone; None: every day is a day in UTC."""

    api: AmazonApi | None = None
    """Reaches the reminders at Amazon; None: there are none."""

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
        found: object = envelope.session.attributes if envelope.session else None
        attributes = found if isinstance(found, Mapping) else {}
        kept = self._kept(listener)
        there = kept or NOTHING_KEPT
        session = read_session(attributes.get(ATTRIBUTE), "attributes")
        unread = session is None or attributes.get(UNREAD) is True
        learned: Document = {}
        if session is None or (unread and kept is not None and session.workout_phase is None):
            session, learned = kept_session(there, now_ms)
            if not isinstance(envelope.request, ConnectionsResponse):
                session = replace(session, forgetting=False, reminding=None)
        unread = unread and kept is None and listener is not None
        return Remembered(
            session, there.document, there.version, there.saved_ms, unread=unread, found=learned
        )

    def past(self, before: Remembered, envelope: RequestEnvelope, now_ms: int) -> Past:
        """Return what the listener did before, read only if somebody asks."""

        def recall() -> History:
            history, unreadable = read_history(before.document.get(HISTORY) or [])
            if unreadable:
                _log.warning("history_unreadable", workouts=unreadable)
            return history

        return Past(
            recall,
            lambda: local_time(now_ms, self._zone(before, envelope)),
            lambda: self._zone(before, envelope) is not None,
        )

    def reminders(
        self,
        before: Remembered,
        envelope: RequestEnvelope,
        now_ms: int,
        text_of: Callable[[About], str],
    ) -> Callable[[], Reminders | None]:
        """Return what finds the listener's reminders, if somebody asks for them."""

        def find() -> Reminders | None:
            if self.api is not None and not before.asked:
                kept, zone = before.document.get(REMINDERS), self._zone(before, envelope)
                found = AmazonReminders(self.api, envelope, kept, zone, now_ms, text_of)
                before.asked.append(found)
            return before.asked[0] if before.asked else None

        return find

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
        if before.unread:
            return {ATTRIBUTE: plain, UNREAD: True}
        for reminders in before.asked:
            if reminders.changed:
                before.found[REMINDERS] = reminders.kept
        if listener is not None:
            try:
                ended = self._ended((before.session, turn.session, session), before, envelope)
                self._save(plain, before, listener, turn.now_ms, ended)
            except (DeadlinePassed, StoreUnavailable) as fault:
                _log.warning("store_failed", doing="save", fault=str(fault))
            except Exception:  # the listener goes on from the attributes whatever the store does
                _log.exception("store_failed", doing="save")
        return {ATTRIBUTE: plain}

    def forget(self, listener: str | None) -> bool:
        """Remove everything about a listener; say whether that is certain."""
        if listener is None:
            return True
        try:
            self.store.forget(listener)
        except Exception:  # whoever wanted it is told that it failed
            _log.exception("store_failed", doing="forget")
            return False
        return True

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
        step = {ATTRIBUTE: {name: plain[name] for name in plain if name != "choosing"}}
        there = Kept(before.document, before.version, before.saved_ms)
        for _ in range(3):
            found = before.found | _reminders_of_both(before, there.document)
            if there.saved_ms > now_ms:  # the newer step stays; what else this turn knows joins it
                step = {}
            whole = _with_workout(there.document, ended) | found | step
            whole = {name: part for name, part in whole.items() if part is not None}
            if not step and whole == there.document:
                return
            saved_ms = max(now_ms, there.saved_ms)
            try:
                self.store.save(listener, whole, after=there.version, now_ms=saved_ms)
            except StoreConflict:
                there = self.store.load(listener) or NOTHING_KEPT
            else:
                return
        _log.warning("store_contended")

    def _kept(self, listener: str | None) -> Kept | None:
        """Return what the store has; None where it cannot be asked."""
        if listener is None:
            return None
        try:
            return self.store.load(listener) or NOTHING_KEPT
        except (DeadlinePassed, StoreUnavailable) as fault:
            _log.warning("store_failed", doing="load", fault=str(fault))
            return None
        except Exception:  # a dead store costs the past, not the conversation
            _log.exception("store_failed", doing="load")
            return None


def _with_workout(document: Document, ended: Finished | None) -> Document:
    if ended is None:
        return document
    history, _ = read_history(document.get(HISTORY) or [])
    return document | {HISTORY: [workout_to_plain(each) for each in with_workout(history, ended)]}


def _reminders_of_both(before: Remembered, document: Document) -> Document:
    """Return the reminders of this turn with those that another device set in the meantime."""
    mine = before.found.get(REMINDERS)
    theirs = document.get(REMINDERS)
    if document is before.document or mine is None or not isinstance(theirs, list):
        return {}
    known = [*(before.document.get(REMINDERS) or []), *mine]
    return {REMINDERS: [*mine, *(each for each in theirs if each not in known)]}
