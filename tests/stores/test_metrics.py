"""Every failure of a store is counted once, under its operation and its reason."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from prometheus_client import REGISTRY

from skill.store.deadline import DeadlineStore
from skill.store.errors import DeadlinePassed, DocumentDamaged, StoreUnavailable
from skill.store.metrics import OPERATIONS, REASONS
from skill.store.port import Store, StoreConflict
from tests.stores.hanging import LONG_S, HangingStore


def failures(operation: str, reason: str) -> float:
    labels = {"operation": operation, "reason": reason}
    count = REGISTRY.get_sample_value("hip_workout_store_failures_total", labels)
    assert count is not None
    return count


class FailingStore:
    """A memory that raises what a test gives it."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def _fail(self, *_: Any, **__: Any) -> Any:
        raise self.fault

    load = save = forget = prune = _fail


CALLS: dict[str, Callable[[Store], object]] = {
    "load": lambda store: store.load("ann"),
    "save": lambda store: store.save("ann", {"rep": 2}, after=1, now_ms=2),
    "forget": lambda store: store.forget("ann"),
    "prune": lambda store: store.prune(5),
}


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (StoreConflict(), "conflict"),
        (TimeoutError("the driver's own"), "timeout"),
        (ConnectionRefusedError(), "error"),
        (DocumentDamaged(3), "error"),
        (ValueError("no JSON"), "error"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_a_store_raises_is_raised_and_counted_once(
    operation: str, fault: Exception, reason: str
) -> None:
    store = DeadlineStore(FailingStore(fault))
    store.answer_s = store.forget_s = LONG_S
    before = {each: failures(operation, each) for each in REASONS}
    with pytest.raises(type(fault)) as raised:
        CALLS[operation](store)
    assert raised.value is fault
    after = {each: failures(operation, each) for each in REASONS}
    assert after == before | {reason: before[reason] + 1}
    store.close()


def test_what_is_given_up_and_what_is_not_asked_are_counted_apart() -> None:
    behind = HangingStore()
    store = DeadlineStore(behind, retry_s=LONG_S)
    store.answer_s = 0.3
    before = failures("load", "timeout"), failures("load", "refused")
    let_go = behind.hang("load")
    with pytest.raises(DeadlinePassed):
        store.load("ann")
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            store.load("ann")
    timeouts, refused = before
    assert failures("load", "timeout") == timeouts + 1
    assert failures("load", "refused") == refused + 2
    let_go.set()
    store.close()


COUNTS_NOTHING = """
from prometheus_client import REGISTRY, generate_latest
from skill.store.deadline import DeadlineStore
from skill.store.memory import MemoryStore

DeadlineStore(MemoryStore()).save("ann", {}, after=0, now_ms=1)
print(generate_latest(REGISTRY).decode())
"""


def test_what_never_failed_is_counted_as_zero_and_not_missing() -> None:
    command = [sys.executable, "-c", COUNTS_NOTHING]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONG_S)
    rows = done.stdout.splitlines()
    wanted = {
        f'hip_workout_store_failures_total{{operation="{operation}",reason="{reason}"}} 0.0'
        for operation in OPERATIONS
        for reason in REASONS
    }
    assert {row for row in rows if row.startswith("hip_workout_store_failures_total{")} == wanted
