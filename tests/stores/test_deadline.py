"""A store that does not answer in time is given up, and what it does later does no harm."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from skill.store.deadline import ANSWER_S, DeadlineStore
from skill.store.errors import DeadlinePassed, StoreUnavailable
from skill.store.memory import MemoryStore
from skill.store.open import open_store, with_deadline
from skill.store.port import Kept, Store, StoreConflict
from tests.stores.hanging import LONG_S, HangingStore

SOON_S = 0.3
"""Enough for a call to begin, on a busy machine too."""

FORGETS_SOON_S = 0.4

CALLS: dict[str, Callable[[Store], object]] = {
    "load": lambda store: store.load("ann"),
    "save": lambda store: store.save("ann", {"rep": 2}, after=1, now_ms=2),
    "forget": lambda store: store.forget("ann"),
}


@pytest.fixture
def behind() -> HangingStore:
    store = HangingStore()
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    store.asked.clear()
    return store


@pytest.fixture
def timed(behind: HangingStore) -> Iterator[DeadlineStore]:
    """A store that is tried again at once, by two calls at a time."""
    store = DeadlineStore(behind, threads=2, retry_s=0)
    store.answer_s, store.forget_s = SOON_S, FORGETS_SOON_S
    yield store
    store.close()


def patient(store: DeadlineStore) -> DeadlineStore:
    """Have the same store wait for its answers, on however busy a machine."""
    store.answer_s = store.forget_s = LONG_S
    return store


def once_it_is_back(store: DeadlineStore, use: Callable[[Store], object]) -> object:
    """Return what a call returns as soon as the store is asked again."""
    for _ in range(5_000):
        try:
            return use(patient(store))
        except StoreUnavailable:
            threading.Event().wait(0.005)
    raise AssertionError("the store is never asked again")


# What hangs


@pytest.mark.parametrize("operation", CALLS)
def test_a_call_that_hangs_is_given_up_while_it_hangs_still(
    timed: DeadlineStore, behind: HangingStore, operation: str
) -> None:
    let_go = behind.hang(operation)
    seconds = FORGETS_SOON_S if operation == "forget" else SOON_S
    with pytest.raises(DeadlinePassed, match=f"within {seconds} seconds"):
        CALLS[operation](timed)
    assert behind.late.empty()
    let_go.set()
    behind.late.get(timeout=LONG_S)


@pytest.mark.parametrize("operation", CALLS)
def test_while_one_call_hangs_the_store_is_not_asked(behind: HangingStore, operation: str) -> None:
    store = DeadlineStore(behind, retry_s=LONG_S)
    store.answer_s = SOON_S
    let_go = behind.hang("load")
    with pytest.raises(DeadlinePassed):
        store.load("ann")
    with pytest.raises(StoreUnavailable):
        CALLS[operation](patient(store))
    assert behind.asked == ["load"]
    let_go.set()
    behind.late.get(timeout=LONG_S)
    store.close()


def test_when_every_thread_hangs_the_next_call_fails_at_once(
    timed: DeadlineStore, behind: HangingStore
) -> None:
    let_go = behind.hang("load")
    for _ in range(2):
        with pytest.raises(DeadlinePassed):
            timed.load("ann")
    with pytest.raises(StoreUnavailable):
        patient(timed).load("ann")  # it would hang for ever, if it waited
    assert behind.asked == ["load", "load"]
    let_go.set()


@pytest.mark.parametrize("operation", CALLS)
def test_a_store_that_comes_back_is_used_again(behind: HangingStore, operation: str) -> None:
    store = DeadlineStore(behind, threads=1)
    store.answer_s = SOON_S
    let_go = behind.hang("load")
    with pytest.raises(DeadlinePassed):
        store.load("ann")
    let_go.set()
    assert behind.late.get(timeout=LONG_S) == Kept({"rep": 1}, version=1, saved_ms=1)
    behind.hang()
    results = {"load": Kept({"rep": 1}, 1, 1), "save": 2, "forget": None}
    assert once_it_is_back(store, CALLS[operation]) == results[operation]
    store.close()


def test_a_call_given_up_before_it_began_is_never_made(behind: HangingStore) -> None:
    store = patient(DeadlineStore(behind, threads=1))
    let_go = behind.hang("load")
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(store.load, "ann")
        while not behind.asked:
            threading.Event().wait(0.005)
        store.answer_s = SOON_S
        with pytest.raises(DeadlinePassed):
            store.save("ann", {"rep": 2}, after=1, now_ms=2)
        let_go.set()
        assert loading.result(LONG_S) == Kept({"rep": 1}, version=1, saved_ms=1)
    behind.hang()
    assert patient(store).load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)
    assert behind.asked == ["load", "load"]
    store.close()


def test_more_callers_than_threads_wait_for_their_turn_and_lose_nothing(
    behind: HangingStore,
) -> None:
    store = patient(DeadlineStore(behind, threads=2))
    names = [f"listener-{n}" for n in range(8)]

    def talk(listener: str) -> list[int]:
        return [store.save(listener, {}, after=rep, now_ms=rep) for rep in range(30)]

    with ThreadPoolExecutor(len(names)) as pool:
        assert list(pool.map(talk, names)) == [list(range(1, 31))] * len(names)
    store.close()


# What comes late


def test_a_late_save_comes_before_the_next_which_learns_of_it(
    timed: DeadlineStore, behind: HangingStore
) -> None:
    let_go = behind.hang("save")
    with pytest.raises(DeadlinePassed):
        timed.save("ann", {"rep": 2}, after=1, now_ms=2)
    let_go.set()
    assert behind.late.get(timeout=LONG_S) == 2
    behind.hang()
    with pytest.raises(StoreConflict):
        patient(timed).save("ann", {"rep": 3}, after=1, now_ms=3)
    assert timed.save("ann", {"rep": 3}, after=2, now_ms=3) == 3


def test_a_late_save_that_comes_after_the_next_writes_nothing(
    timed: DeadlineStore, behind: HangingStore
) -> None:
    let_go = behind.hang("save")
    with pytest.raises(DeadlinePassed):
        timed.save("ann", {"rep": 2}, after=1, now_ms=2)
    behind.hang()
    assert patient(timed).save("ann", {"rep": 3}, after=1, now_ms=3) == 2
    let_go.set()
    assert isinstance(behind.late.get(timeout=LONG_S), StoreConflict)
    assert timed.load("ann") == Kept({"rep": 3}, version=2, saved_ms=3)


# Threads and processes


def run(code: str) -> list[str]:
    """Run a program of its own; return the lines that it prints."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONG_S)
    return done.stdout.splitlines()


def test_no_thread_begins_before_the_first_call_and_each_ends_when_closed() -> None:
    def threads() -> set[threading.Thread]:
        return set(threading.enumerate())

    others = threads()
    store = patient(DeadlineStore(MemoryStore()))
    assert threads() == others
    for _ in range(5):
        store.load("ann")
    begun = threads() - others
    assert [thread.daemon for thread in begun] == [True]  # one after the other needs no second
    store.close()
    for thread in begun:
        thread.join(LONG_S)
    assert not any(thread.is_alive() for thread in begun)
    assert store.load("ann") is None  # a store that was closed is opened by the next use
    store.close()


HANGS_FOR_EVER = """
import threading
from skill.store.deadline import DeadlineStore
from skill.store.errors import DeadlinePassed
from skill.store.memory import MemoryStore

class Hanging(MemoryStore):
    def load(self, listener):
        threading.Event().wait()

store = DeadlineStore(Hanging())
store.answer_s = 0.3
try:
    store.load("ann")
except DeadlinePassed:
    print("given up")
"""

FORKS = """
import os
from skill.store.deadline import DeadlineStore
from skill.store.memory import MemoryStore

store = DeadlineStore(MemoryStore())
store.answer_s = 60
store.save("ann", {"rep": 1}, after=0, now_ms=1)
child = os.fork()
if child == 0:
    print("child", store.load("ann").document, flush=True)
    os._exit(0)
os.waitpid(child, 0)
print("parent", store.load("ann").document)
"""


def test_a_call_that_hangs_for_ever_does_not_keep_the_process_from_ending() -> None:
    assert run(HANGS_FOR_EVER) == ["given up"]


def test_a_forked_process_begins_with_threads_of_its_own() -> None:
    assert run(FORKS) == ["child {'rep': 1}", "parent {'rep': 1}"]


# Which stores


def test_a_turn_waits_for_a_second_and_a_half() -> None:
    assert DeadlineStore(MemoryStore()).answer_s == ANSWER_S == 1.5


def test_a_store_within_the_process_needs_no_deadline() -> None:
    store = MemoryStore()
    assert with_deadline(store) is store


@pytest.mark.parametrize("kind", ["sqlite_url", "postgresql_url", "dynamodb_url"])
def test_every_other_store_has_one_in_a_turn(kind: str, request: pytest.FixtureRequest) -> None:
    store = with_deadline(open_store(request.getfixturevalue(kind)))
    assert isinstance(store, DeadlineStore)
    assert patient(store).load("ann") is None
    store.close()
