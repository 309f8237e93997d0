"""What every memory promises the skill, kept by each of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.store.memory import MemoryStore
from skill.store.port import Store

STORES: dict[str, Callable[[], Store]] = {"memory": MemoryStore}
"""Every memory there is, by name: a later one is added here and has to keep the same promises."""

A_STORE = pytest.mark.parametrize("new", STORES.values(), ids=STORES.keys())
PLAIN = st.dictionaries(
    st.text(max_size=6), st.integers() | st.text(max_size=6) | st.lists(st.integers(), max_size=3)
)


@A_STORE
def test_who_was_never_heard_has_nothing(new: Callable[[], Store]) -> None:
    assert new().load("ann") is None


@A_STORE
@given(plain=PLAIN)
def test_what_was_saved_is_loaded(new: Callable[[], Store], plain: dict[str, object]) -> None:
    store = new()
    store.save("ann", plain)
    assert store.load("ann") == plain


@A_STORE
def test_the_last_thing_saved_is_what_counts(new: Callable[[], Store]) -> None:
    store = new()
    for rep in range(3):
        store.save("ann", {"rep": rep, "only": {0: "first"}.get(rep)})
    assert store.load("ann") == {"rep": 2, "only": None}


@A_STORE
def test_listeners_do_not_see_each_other(new: Callable[[], Store]) -> None:
    store = new()
    store.save("ann", {"rep": 1})
    store.save("bob", {"rep": 2})
    store.forget("bob")
    assert (store.load("ann"), store.load("bob")) == ({"rep": 1}, None)


@A_STORE
def test_forgetting_leaves_nothing_and_may_be_asked_twice(new: Callable[[], Store]) -> None:
    store = new()
    store.save("ann", {"rep": 1})
    for _ in range(2):
        store.forget("ann")
        assert store.load("ann") is None


@A_STORE
def test_what_is_done_to_a_session_outside_does_not_change_what_is_kept(
    new: Callable[[], Store],
) -> None:
    store, session = new(), {"done": [[0, 10]]}
    store.save("ann", session)
    session["done"].append([1, 10])
    loaded = store.load("ann")
    assert loaded == {"done": [[0, 10]]}
    loaded["done"].clear()
    assert store.load("ann") == {"done": [[0, 10]]}


@A_STORE
def test_many_at_once_lose_nothing_and_never_load_half_of_anything(
    new: Callable[[], Store],
) -> None:
    store = new()

    def talk(listener: str) -> bool:
        whole = True
        for rep in range(50):
            store.save(listener, {"rep": rep, "again": rep})
            loaded = store.load(listener) or {}
            whole = whole and loaded.get("rep") == loaded.get("again")
            store.save("everybody", {"by": listener, "also": listener})
            shared = store.load("everybody") or {}
            whole = whole and shared.get("by") == shared.get("also")
        return whole

    listeners = [f"listener-{n}" for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(talk, listeners))
    assert [store.load(name) for name in listeners] == [{"rep": 49, "again": 49}] * 8


def test_the_memory_of_a_process_has_a_bound_and_forgets_who_was_unheard_for_longest() -> None:
    store = MemoryStore(most=3)
    for name in ("ann", "bob", "cat"):
        store.save(name, {"name": name})
    store.save("ann", {"name": "ann"})
    store.save("dan", {"name": "dan"})
    kept = [name for name in ("ann", "bob", "cat", "dan") if store.load(name)]
    assert kept == ["ann", "cat", "dan"]


def test_no_crowd_is_too_large_for_the_memory_of_a_process() -> None:
    store = MemoryStore(most=10)
    for n in range(1_000):
        store.save(f"listener-{n}", {"n": n})
    assert sum(store.load(f"listener-{n}") is not None for n in range(1_000)) == 10
