"""What every memory promises the skill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]
"""Everything that is kept of one listener, as JSON can hold it."""


class StoreConflict(Exception):
    """Somebody else saved this listener since the document was loaded; nothing was written."""


@dataclass(frozen=True)
class Kept:
    """One listener's document as the store has it."""

    document: Document

    version: int
    """1 for the first save, one more with each."""

    saved_ms: int
    """When it was saved, in epoch milliseconds, by the clock of whoever saved it."""


class Store(Protocol):
    """Keeps one document for each listener, by a key that tells nothing about them.

    Every method may raise an error of its own making when the memory is out of reach or does not
    answer within 1.5 seconds. Safe to be used by many threads and processes at once.
    """

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing."""

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all, and return its version.

        ``after`` is the version that it follows, 0 for a listener not kept yet.

        Raises:
            StoreConflict: the version kept is another.
        """

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were."""
