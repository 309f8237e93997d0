"""Where a turn's session comes from and goes to: session attributes every turn, the store too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from ask_sdk_model import RequestEnvelope

from skill.coach.errors import UnreadableSession
from skill.coach.plain import from_plain, to_plain
from skill.coach.session import Session
from skill.store.port import Store

ATTRIBUTE = "session"
"""Name of the session attribute that carries the coach's session."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Memory:
    """Loads and saves the session of whoever is speaking."""

    store: Store
    secret: bytes
    """Keys the hash of the user id, so that a stolen store names nobody. 16 bytes or more."""

    def listener(self, envelope: RequestEnvelope) -> str | None:
        """Return a key for the listener that tells nothing about them; None if nobody is named."""
        system = envelope.context.system if envelope.context else None
        user = system.user if system else None
        user = user or (envelope.session.user if envelope.session else None)
        if user is None or not user.user_id:
            return None
        return hashlib.blake2b(user.user_id.encode(), key=self.secret, digest_size=16).hexdigest()

    def load(self, envelope: RequestEnvelope, listener: str | None) -> Session:
        """Return the listener's session: of this conversation, else of the last one, else new.

        What cannot be read or fetched is a fresh start for the listener and a line in the log.
        """
        attributes: object = envelope.session.attributes if envelope.session else None
        raw = attributes.get(ATTRIBUTE) if isinstance(attributes, Mapping) else None
        for source, plain in (("attributes", raw), ("store", self._stored(listener, raw))):
            if plain is None:
                continue
            try:
                return from_plain(plain)
            except UnreadableSession as fault:
                _log.warning("session_unreadable", source=source, fault=str(fault))
        return Session()

    def save(self, session: Session, listener: str | None) -> dict[str, Any]:
        """Keep the session in the store, and return the session attributes that carry it."""
        plain = to_plain(session)
        lasting = {name: value for name, value in plain.items() if name != "choosing"}
        if listener is not None:
            try:
                self.store.save(listener, lasting)
            except Exception:  # the listener goes on from the attributes whatever the store does
                _log.exception("store_failed", doing="save")
        return {ATTRIBUTE: plain}

    def forget(self, listener: str | None) -> None:
        """Remove everything about a listener."""
        if listener is not None:
            self.store.forget(listener)

    def _stored(self, listener: str | None, raw: object) -> dict[str, Any] | None:
        if listener is None or raw is not None:
            return None
        try:
            return self.store.load(listener)
        except Exception:  # a dead store costs the past, not the conversation
            _log.exception("store_failed", doing="load")
            return None
