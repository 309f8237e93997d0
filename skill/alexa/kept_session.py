"""The session in what is kept of a listener; one that another release wrote is not thrown away."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from skill.coach.errors import UnreadableSession
from skill.coach.plain import from_plain
from skill.coach.session import Phase, Session
from skill.store.port import Document, Kept

ATTRIBUTE = "session"
"""Name of the session attribute, and of the part of the document, that carry the session."""

SET_ASIDE = "session_set_aside"
"""The part of the document with a session that could not be read, and when it was saved."""

RESUMES_FOR_MS = 7 * 24 * 3_600_000
"""How long an unfinished workout waits to be carried on."""

_log = structlog.get_logger(__name__)


def kept_session(there: Kept, now_ms: int) -> tuple[Session, Document]:
    """Return the session of a listener who comes, and which parts of the document change by that.

    A session that cannot be read is a fresh start, but it is set aside and not written over: it may
    be a later release's, to which the operator returns tomorrow. Whoever can read it takes it back
    within seven days, unless another workout is under way by then.
    """
    raw = there.document.get(ATTRIBUTE)
    session = read_session(raw, "store")
    if session is None and raw is not None:
        return Session(), {SET_ASIDE: {ATTRIBUTE: raw, "saved_ms": there.saved_ms}}
    session = _still_waiting(session or Session(), now_ms - there.saved_ms)
    if SET_ASIDE not in there.document or session.workout_phase is not None:
        return session, {}
    return _taken_back(session, there.document[SET_ASIDE], now_ms)


def read_session(plain: object, source: str) -> Session | None:
    """Return a session; None for none, and for one that cannot be read, which is logged."""
    if plain is None:
        return None
    try:
        return from_plain(plain)
    except UnreadableSession as fault:
        _log.warning("session_unreadable", source=source, fault=str(fault))
        return None


def _taken_back(session: Session, aside: object, now_ms: int) -> tuple[Session, Document]:
    try:
        before = from_plain(aside.get(ATTRIBUTE) if isinstance(aside, Mapping) else None)
    except UnreadableSession:  # it was told of when it was set aside
        return session, {}
    saved_ms = aside.get("saved_ms") if isinstance(aside, Mapping) else None
    recent = isinstance(saved_ms, int) and now_ms - saved_ms <= RESUMES_FOR_MS
    return before if recent else session, {SET_ASIDE: None}


def _still_waiting(session: Session, age_ms: int) -> Session:
    """Return the session without a workout that has waited for too long."""
    if session.workout_phase is not None and age_ms > RESUMES_FOR_MS:
        return session.at(Phase.IDLE)
    return session
