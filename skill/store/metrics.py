"""How often the memory failed a turn, counted for whoever watches the skill."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

from skill.store.errors import StoreUnavailable
from skill.store.port import StoreConflict

OPERATIONS = ("load", "save", "forget", "prune")

REASONS = ("timeout", "conflict", "refused", "error")
"""timeout: no answer in time, of the store or of its driver; conflict: another device saved in
between, nothing is wrong; refused: not asked, since earlier calls still hang; error: all else."""

FAILURES = Counter(
    "hip_workout_store_failures",  # "_total" is put behind it, as for every counter
    "Calls of the listeners' store that failed. conflict: another device saved in between; "
    "refused: not asked, since earlier calls still hang.",
    ("operation", "reason"),
)

LAST_FAILURE = Gauge(
    "hip_workout_store_last_failure_seconds",
    "When a call of the store failed last, in Unix time; conflicts do not count.",
    ("operation",),
    multiprocess_mode="max",
)


def start_at_zero() -> None:
    """Show every series from now on: a rate over one that appears with its first failure is 0."""
    for operation in OPERATIONS:
        for reason in REASONS:
            FAILURES.labels(operation, reason)
        LAST_FAILURE.labels(operation)


def count_failure(operation: str, fault: BaseException) -> None:
    """Count one failed call; ``operation`` is the name of the store's method."""
    reason = _reason(fault)
    FAILURES.labels(operation, reason).inc()
    if reason != "conflict":
        LAST_FAILURE.labels(operation).set_to_current_time()


def _reason(fault: BaseException) -> str:
    match fault:
        case StoreConflict():
            return "conflict"
        case StoreUnavailable():
            return "refused"
        case TimeoutError():
            return "timeout"
    return "error"
