"""A memory that is opened when it is first used."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from skill.store.port import Document, Kept, Store


class LateStore:
    """Opens a store with its first use, for what a database needs takes long to load.

    SQLAlchemy alone is a quarter of a server's start. A first use that fails is tried again by the
    next. Safe to be used by many threads; whoever comes meanwhile waits for the one who opens it.
    """

    def __init__(self, opening: Callable[[], Store]) -> None:
        self._opening = opening
        self._opened: Store | None = None
        self._lock = threading.Lock()

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing."""
        return self._store.load(listener)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all, and return its version."""
        return self._store.save(listener, document, after=after, now_ms=now_ms)

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
        self._store.forget(listener)

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were."""
        return self._store.prune(before_ms)

    def close(self) -> None:
        """Let go of the store's connections, if it was opened."""
        close: Callable[[], None] = getattr(self._opened, "close", lambda: None)
        close()

    @property
    def _store(self) -> Store:
        with self._lock:  # 0.1 µs where nobody opens
            if self._opened is None:
                self._opened = self._opening()
        return self._opened
