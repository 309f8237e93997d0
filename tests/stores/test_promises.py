"""What every memory promises the skill, kept by each of them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.store.port import Kept, Store, StoreConflict

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


def keep(store: Store, listener: str, document: dict[str, Any], now_ms: int = 1) -> int:
    kept = store.load(listener)
    return store.save(listener, document, after=kept.version if kept else 0, now_ms=now_ms)


def document_of(store: Store, listener: str) -> dict[str, Any] | None:
    kept = store.load(listener)
    return kept.document if kept else None


def test_who_was_never_heard_has_nothing(store: Store) -> None:
    assert store.load("ann") is None


@given(document=st.dictionaries(st.text(max_size=6), PLAIN))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_saved_is_loaded(store: Store, document: dict[str, Any]) -> None:
    keep(store, "ann", document)
    assert document_of(store, "ann") == document


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"name": "Ängström 腰 🦵🏽 \u202e\x00\x7f\ud800"},
        {"🦵": {"\u0000": ["'; DROP TABLE listeners; --", '"', "\\", "%s", ":who", "$1"]}},
        {"moment": 1_795_365_458_123, "half": 0.1, "least": -(2**63)},
        {"workouts": [{"exercise": f"step-up-{n}", "reps": [8, 10, 12]} for n in range(600)]},
    ],
    ids=["empty", "unicode", "punctuation", "numbers", "30 kB"],
)
def test_every_document_comes_back_as_it_was(store: Store, document: dict[str, Any]) -> None:
    keep(store, "ann", document)
    assert document_of(store, "ann") == document


def test_what_is_no_json_is_refused_and_nothing_is_changed(store: Store) -> None:
    keep(store, "ann", {"rep": 1})
    with pytest.raises(TypeError):
        store.save("ann", {"rep": object()}, after=1, now_ms=2)
    assert store.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)


def test_each_save_has_the_next_version_and_its_own_moment(store: Store) -> None:
    for version in (1, 2, 3):
        moment = 1_795_365_458_000 + version
        assert store.save("ann", {"rep": version}, after=version - 1, now_ms=moment) == version
        assert store.load("ann") == Kept({"rep": version}, version, moment)


@pytest.mark.parametrize("after", [-1, 0, 1, 3, 99])
def test_who_does_not_know_the_last_version_writes_nothing(store: Store, after: int) -> None:
    keep(store, "ann", {"rep": 1})
    keep(store, "ann", {"rep": 2}, now_ms=5)
    with pytest.raises(StoreConflict):
        store.save("ann", {"rep": 3}, after=after, now_ms=9)
    assert store.load("ann") == Kept({"rep": 2}, version=2, saved_ms=5)


def test_what_was_forgotten_meanwhile_is_not_brought_back(store: Store) -> None:
    version = keep(store, "ann", {"rep": 1})
    store.forget("ann")
    with pytest.raises(StoreConflict):
        store.save("ann", {"rep": 2}, after=version, now_ms=2)
    assert store.load("ann") is None


def test_listeners_do_not_see_each_other(store: Store) -> None:
    keep(store, "ann", {"rep": 1})
    keep(store, "Ann", {"rep": 3})
    keep(store, "bob", {"rep": 2})
    store.forget("bob")
    assert [document_of(store, name) for name in ("ann", "Ann", "bob")] == [
        {"rep": 1},
        {"rep": 3},
        None,
    ]


def test_forgetting_leaves_nothing_and_may_be_asked_twice(store: Store) -> None:
    keep(store, "ann", {"rep": 1})
    for _ in range(2):
        store.forget("ann")
        assert store.load("ann") is None
    assert store.save("ann", {"rep": 1}, after=0, now_ms=1) == 1


def test_only_those_unheard_since_a_moment_are_pruned(store: Store) -> None:
    for moment, name in enumerate(("ann", "bob", "cat", "dan"), start=10):
        keep(store, name, {}, now_ms=moment)
    keep(store, "ann", {"back": True}, now_ms=20)
    assert store.prune(12) == 1
    assert [name for name in ("ann", "bob", "cat", "dan") if store.load(name)] == [
        "ann",
        "cat",
        "dan",
    ]
    assert store.prune(12) == 0


def test_what_is_done_to_a_document_outside_does_not_change_what_is_kept(store: Store) -> None:
    document = {"done": [[0, 10]]}
    keep(store, "ann", document)
    document["done"].append([1, 10])
    loaded = document_of(store, "ann")
    assert loaded == {"done": [[0, 10]]}
    loaded["done"].clear()
    assert document_of(store, "ann") == {"done": [[0, 10]]}


def test_of_many_who_save_the_same_version_exactly_one_wins(store: Store) -> None:
    devices, rounds = 4, 10
    start = threading.Barrier(devices)

    def race(device: int) -> list[int]:
        won = []
        for version in range(rounds):
            start.wait()
            try:
                document = {"by": device, "also": [device] * 50}
                won.append(store.save("ann", document, after=version, now_ms=device))
            except StoreConflict:
                pass
            start.wait()
            kept = store.load("ann")
            assert kept is not None
            by = kept.document["by"]
            assert (kept.version, kept.saved_ms) == (version + 1, by)
            assert kept.document["also"] == [by] * 50
        return won

    with ThreadPoolExecutor(devices) as pool:
        wins = list(pool.map(race, range(devices)))
    assert sorted(chain(*wins)) == list(range(1, rounds + 1))


def test_many_listeners_at_once_lose_nothing(store: Store) -> None:
    steps = 20

    def talk(listener: str) -> None:
        for rep in range(steps):
            assert store.save(listener, {"rep": rep}, after=rep, now_ms=rep) == rep + 1

    names = [f"listener-{n}" for n in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(talk, names))
    assert [document_of(store, name) for name in names] == [{"rep": steps - 1}] * 6
