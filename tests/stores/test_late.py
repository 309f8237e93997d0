"""A memory that is opened late is opened once, and is the memory that it opens."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.store.late import LateStore
from skill.store.memory import MemoryStore
from skill.store.port import Store


def test_nothing_is_opened_before_the_first_use() -> None:
    opened: list[Store] = []

    def opening() -> Store:
        opened.append(MemoryStore())
        return opened[-1]

    store = LateStore(opening)
    store.close()
    assert opened == []
    assert store.load("ann") is None
    assert len(opened) == 1


def test_it_is_the_memory_that_it_opens() -> None:
    kept = MemoryStore()
    store = LateStore(lambda: kept)
    assert store.save("ann", {"a": 1}, after=0, now_ms=5) == 1
    assert store.load("ann") == kept.load("ann")
    store.forget("ann")
    assert kept.load("ann") is None
    kept.save("bob", {}, after=0, now_ms=1)
    assert store.prune(2) == 1


def test_all_who_come_at_once_use_the_same() -> None:
    opened: list[MemoryStore] = []
    all_there = threading.Barrier(8, timeout=30)

    def opening() -> Store:
        opened.append(MemoryStore())
        return opened[-1]

    store = LateStore(opening)

    def save(number: int) -> int:
        all_there.wait()
        return store.save(f"listener {number}", {}, after=0, now_ms=number)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(save, range(8))) == [1] * 8
    assert len(opened) == 1


def test_an_opening_that_fails_is_tried_again_by_the_next() -> None:
    failures = iter([OSError("no disk")])

    def opening() -> Store:
        for fault in failures:
            raise fault
        return MemoryStore()

    store = LateStore(opening)
    with pytest.raises(OSError, match="no disk"):
        store.load("ann")
    assert store.load("ann") is None
