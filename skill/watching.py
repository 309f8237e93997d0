"""What the first process tells at the admin address of itself and of its workers."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from skill.admin import Answer, Answers, as_json
from skill.roots import readable
from skill.shared_counts import READY

if TYPE_CHECKING:
    from skill.shared_counts import SharedCounts

FAILING_FOR_S = 60.0
"""How long a failure of the store counts as "failing" where no other follows."""

_STORE_FAILURES = "hip_workout_store_failures"
_STORE_LAST = "hip_workout_store_last_failure_seconds"


class Workers(Protocol):
    """The processes that answer, as their parent knows them."""

    @property
    def wanted(self) -> int:
        """How many there should be."""

    @property
    def stopping(self) -> bool:
        """Whether all of them were told to end."""

    def alive(self) -> Collection[int]:
        """Return the ids of those there are."""


class Watching(Collector):
    """Adds up what the workers count, with what only their parent knows."""

    def __init__(self, counts: SharedCounts, workers: Workers, roots: Path) -> None:
        self._counts = counts
        self._workers = workers
        self._roots = roots
        self._began = time.time()
        self._lock = threading.Lock()

    @property
    def answers(self) -> Answers:
        """What is answered at which path."""
        return {"/metrics": self._metrics, "/livez": self._livez, "/readyz": self._readyz}

    def collect(self) -> Iterator[Metric]:
        """Yield everything there is to know."""
        alive = self._workers.alive()
        with self._lock:
            yield from self._counts.collect(alive)
        yield _gauge("workers", "Workers there are.", len(alive))
        yield _gauge("workers_wanted", "Workers there should be.", self._workers.wanted)
        started = len(self._counts.processes())
        yield CounterMetricFamily(
            "hip_workout_workers_started", "Workers that ever were.", value=started
        )
        yield _gauge("stopping", "1 from the signal to end on.", int(self._workers.stopping))
        yield _gauge("start_time_seconds", "When it was started, in Unix time.", self._began)
        resident = sum(map(_resident_bytes, (os.getpid(), *alive)))
        yield _gauge("resident_bytes", "Memory of all processes; shared pages each.", resident)
        yield InfoMetricFamily("hip_workout", "The version.", {"version": version("hip-workout")})

    def _metrics(self, accept: str) -> Answer:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        encode, kind = choose_encoder(accept)
        return Answer(encode(registry), kind=kind)

    def _livez(self, _: str) -> Answer:
        return as_json({"status": "ok"})

    def _readyz(self, _: str) -> Answer:
        alive = self._workers.alive()
        with self._lock:
            found = {metric.name: metric for metric in self._counts.collect(alive)}
        ready = int(sum(sample.value for sample in _samples(found, READY)))
        stopping, roots = self._workers.stopping, readable(self._roots)
        is_ready = ready > 0 and roots and not stopping
        told = {
            "status": "ready" if is_ready else "not-ready",
            "workers": {"wanted": self._workers.wanted, "alive": len(alive), "ready": ready},
            "stopping": stopping,
            "roots": "readable" if roots else "not readable",
            "store": _store(found),
        }
        return as_json(told, 200 if is_ready else 503)


def _store(found: dict[str, Metric]) -> dict[str, object]:
    """Tell of the store; whatever it says, nobody is unready for it."""
    last = max((sample.value for sample in _samples(found, _STORE_LAST)), default=0.0)
    ago = time.time() - last if last else None
    failures = {
        f"{sample.labels['operation']} {sample.labels['reason']}": int(sample.value)
        for sample in _samples(found, _STORE_FAILURES)
        if sample.value
    }
    return {
        "status": "failing" if ago is not None and ago < FAILING_FOR_S else "ok",
        "last_failure_s_ago": None if ago is None else round(ago, 1),
        "failures": failures,
    }


def _samples(found: dict[str, Metric], name: str) -> Iterable[Any]:
    metric = found.get(name)
    return () if metric is None else metric.samples


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hip_workout_{name}", what, value=value)


def _resident_bytes(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    except OSError:  # it ended just now, or this is no Linux
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
