"""A clock on which waiting takes no time, and that knows how long was waited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audio.voices.google_session import Manners


class Patience:
    def __init__(self) -> None:
        self.waited: list[float] = []
        self._start = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    def clock(self) -> float:
        return sum(self.waited)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=sum(self.waited))

    def manners(self, *, chance: float = 0.0, read_s: float = 20.0, tries: int = 4) -> Manners:
        """Return the usual manners, on this clock; ``chance`` is what every throw of dice gives."""
        return replace(
            Manners(),
            sleep=self.sleep,
            clock=self.clock,
            now=self.now,
            chance=lambda: chance,
            read_s=read_s,
            tries=tries,
        )
