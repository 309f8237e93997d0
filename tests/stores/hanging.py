"""A memory that hangs when a test tells it to, and until the test lets it go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from skill.store.memory import MemoryStore
from skill.store.port import Document, Kept

LONG_S = 60
"""How long a test waits for what must happen, on however busy a machine, before it fails."""

T = TypeVar("T")


class HangingStore(MemoryStore):
    """A memory whose calls can be held up before they do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        """Every call that has begun."""

        self.late: SimpleQueue[object] = SimpleQueue()
        """What came of every call that hung, once it had been let go: a result or an error."""

        self._hanging: dict[str, threading.Event] = {}

    def hang(self, *operations: str) -> threading.Event:
        """Hold up these operations, and no others, from now on; return what lets them go."""
        let_go = threading.Event()
        self._hanging = dict.fromkeys(operations, let_go)
        return let_go

    def load(self, listener: str) -> Kept | None:
        return self._held("load", lambda: super(HangingStore, self).load(listener))

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        def save() -> int:
            return super(HangingStore, self).save(listener, document, after=after, now_ms=now_ms)

        return self._held("save", save)

    def forget(self, listener: str) -> None:
        self._held("forget", lambda: super(HangingStore, self).forget(listener))

    def _held(self, operation: str, call: Callable[[], T]) -> T:
        self.asked.append(operation)
        let_go = self._hanging.get(operation)
        if let_go is None:
            return call()
        let_go.wait(LONG_S)
        outcome: object = None
        try:
            outcome = result = call()
        except Exception as fault:
            outcome = fault
            raise
        finally:
            self.late.put(outcome)
        return result
