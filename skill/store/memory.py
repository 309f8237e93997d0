"""A memory that lasts as long as the process: for the terminal, for tests, for trying out."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from typing import Any

MOST_LISTENERS = 10_000


class MemoryStore:
    """Keeps the sessions of the listeners heard last; safe to use from several threads."""

    def __init__(self, most: int = MOST_LISTENERS) -> None:
        """Keep at most ``most`` listeners; the one unheard for longest makes room."""
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def load(self, listener: str) -> dict[str, Any] | None:
        """Return what was saved last for this listener; None if there is nothing."""
        with self._lock:
            text = self._sessions.get(listener)
        return None if text is None else json.loads(text)

    def save(self, listener: str, session: dict[str, Any]) -> None:
        """Keep this session, whole or not at all."""
        kept = json.dumps(session)  # a copy that nobody else can change
        with self._lock:
            self._sessions[listener] = kept
            self._sessions.move_to_end(listener)
            if len(self._sessions) > self._most:
                self._sessions.popitem(last=False)

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
        with self._lock:
            self._sessions.pop(listener, None)
