"""The coach with a memory: who was unheard for too long is forgotten, as the privacy page says."""

from __future__ import annotations

import time

import pytest

from skill.coach_skill import DAY_MS, forget_daily
from skill.store.memory import MemoryStore

DAYS = 400


class NightIsOver(Exception):
    """Ends what goes on for as long as a server lives."""


def kept_since(store: MemoryStore, listener: str, days: int) -> None:
    store.save(listener, {}, after=0, now_ms=time.time_ns() // 1_000_000 - days * DAY_MS)


def test_the_unheard_are_forgotten_at_the_start_and_every_day() -> None:
    store = MemoryStore()
    kept_since(store, "ann", DAYS + 1)
    kept_since(store, "bob", DAYS - 1)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            raise NightIsOver
        assert store.load("ann") is None
        store.forget("bob")
        kept_since(store, "bob", DAYS + 1)

    with pytest.raises(NightIsOver):
        forget_daily(store, DAYS, wait)
    assert store.load("bob") is None
    assert waited == [24 * 3600.0] * 2


def test_whoever_was_heard_lately_is_kept() -> None:
    store = MemoryStore()
    kept_since(store, "bob", DAYS - 1)

    def wait(_: float) -> None:
        raise NightIsOver

    with pytest.raises(NightIsOver):
        forget_daily(store, DAYS, wait)
    assert store.load("bob") is not None
