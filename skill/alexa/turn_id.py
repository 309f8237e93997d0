"""By which name a turn stands in the log."""

from __future__ import annotations

import hashlib

from structlog.contextvars import bind_contextvars, unbind_contextvars

LENGTH = 12
"""Characters: among a million turns of a day two share a name once in 560 days."""


def turn_id(request_id: str | None) -> str:
    """Return a short hash of Amazon's id of a request; empty where it has none.

    Amazon's id is drawn anew for each request and says nothing of the listener. But Amazon knows
    whose it was, and so a log that held it could be joined with theirs. Whoever is told an id, as
    in a report of a failure, still finds its turn: by ``turn_id`` of it.
    """
    if not request_id:
        return ""
    return hashlib.blake2b(request_id.encode(errors="replace"), digest_size=LENGTH // 2).hexdigest()


def name_lines(request_id: str | None) -> None:
    """Have every line that is logged in this context from now on say which turn it belongs to."""
    bind_contextvars(turn=turn_id(request_id))


def name_lines_no_more() -> None:
    """End what ``name_lines`` began; fine if nothing did."""
    unbind_contextvars("turn")
