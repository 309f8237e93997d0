"""What every memory promises the skill."""

from __future__ import annotations

from typing import Any, Protocol


class Store(Protocol):
    """Keeps one plain session for each listener, by a key that tells nothing about them."""

    def load(self, listener: str) -> dict[str, Any] | None:
        """Return what was saved last for this listener; None if there is nothing."""

    def save(self, listener: str, session: dict[str, Any]) -> None:
        """Keep this session, whole or not at all."""

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
