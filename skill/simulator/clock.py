"""The time by which a pretend device lives: the real one, or one that is pushed forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Tells the time as an aware datetime."""


def wall_clock() -> datetime:
    """Tell the real time."""
    return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is told that time has passed."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """Tell the virtual time."""
        return self._now

    def advance(self, ms: float) -> None:
        """Let ``ms`` milliseconds pass."""
        self._now += timedelta(milliseconds=ms)
