"""The memory of a process has a bound."""

from __future__ import annotations

from skill.store.memory import MemoryStore


def test_the_listener_unheard_for_longest_makes_room() -> None:
    store = MemoryStore(most=3)
    for name in ("ann", "bob", "cat"):
        store.save(name, {"name": name}, after=0, now_ms=1)
    store.save("ann", {"name": "ann"}, after=1, now_ms=2)
    store.save("dan", {"name": "dan"}, after=0, now_ms=3)
    kept = [name for name in ("ann", "bob", "cat", "dan") if store.load(name)]
    assert kept == ["ann", "cat", "dan"]


def test_no_crowd_is_too_large() -> None:
    store = MemoryStore(most=10)
    for n in range(1_000):
        store.save(f"listener-{n}", {"n": n}, after=0, now_ms=n)
    assert sum(store.load(f"listener-{n}") is not None for n in range(1_000)) == 10
