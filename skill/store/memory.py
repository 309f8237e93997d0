"""A memory that lasts as long as the process: for the terminal, for tests, for trying out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from skill.store.document import from_text, to_text
from skill.store.port import Document, Kept, StoreConflict

MOST_LISTENERS = 10_000


class _Row(NamedTuple):
    version: int
    saved_ms: int
    text: str


class MemoryStore:
    """Keeps the documents of the listeners heard last; safe to use from several threads."""

    def __init__(self, most: int = MOST_LISTENERS) -> None:
        """Keep at most ``most`` listeners; the one unheard for longest makes room."""
        self._rows: OrderedDict[str, _Row] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing."""
        with self._lock:
            row = self._rows.get(listener)
        if row is None:
            return None
        return Kept(from_text(row.text, row.version), row.version, row.saved_ms)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all; StoreConflict if not ``after`` is kept."""
        text = to_text(document)  # a copy that nobody else can change
        with self._lock:
            row = self._rows.get(listener)
            if (row.version if row else 0) != after:
                raise StoreConflict
            self._rows[listener] = _Row(after + 1, now_ms, text)
            self._rows.move_to_end(listener)
            if len(self._rows) > self._most:
                self._rows.popitem(last=False)
        return after + 1

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
        with self._lock:
            self._rows.pop(listener, None)

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were."""
        with self._lock:
            old = [name for name, row in self._rows.items() if row.saved_ms < before_ms]
            for name in old:
                del self._rows[name]
        return len(old)
