"""What granian's workers count together, in a folder of memory that the first process reads."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# The library looks at the environment when it is imported, so it is imported behind that.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from prometheus_client import Metric

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name. Unset, everybody counts alone and in plain variables."""

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
"""Where files are memory and no disk. The workers map them, and who writes to a mapped page of a
disk that is full is killed by SIGBUS."""

FILES = "/dev/fd"
"""Where Linux and its relatives list the files that a process has opened, by their numbers."""

LOOKS_EVERY_S = 0.05

LISTENS_FOR_S = 0.25
"""How long a worker listens before it calls itself ready. In the first milliseconds granian loses a
signal to end, and the worker would have to be killed."""

READY = "hip_workout_workers_ready"

_PID = re.compile(r"_([0-9]+)\.db$")


class SharedCounts:
    """The folder in which the workers count; each has files of its own, named by its process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def processes(self) -> frozenset[int]:
        """Return the ids of all workers there ever were, as far as they began to count."""
        found = (_PID.search(path.name) for path in self.folder.glob("*.db"))
        return frozenset(int(match[1]) for match in found if match)

    def collect(self, alive: Collection[int]) -> Iterable[Metric]:
        """Return the sums over all workers there ever were, and the state of those ``alive``.

        What dead ones counted stays, for a counter that falls would look like a new beginning.
        """
        from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

        for process in self.processes().difference(alive):
            mark_process_dead(process, str(self.folder))  # type: ignore[no-untyped-call]  # the library's
        # One that a worker has only just opened is empty, which the library cannot read.
        files = [str(path) for path in self.folder.glob("*.db") if path.stat().st_size]
        return MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call, no-any-return]  # the same


@contextlib.contextmanager
def shared_counts() -> Iterator[SharedCounts]:
    """Have all processes that are begun from here count together, until the end.

    To be entered before anything imports ``prometheus_client``. The folder is this user's alone,
    and gone afterwards. Raises OSError where there can be none.
    """
    within = IN_MEMORY if os.access(IN_MEMORY, os.W_OK | os.X_OK) else None
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory(prefix="hip-workout-counts-", dir=within) as folder:
        os.environ[VARIABLE] = folder
        try:
            yield SharedCounts(Path(folder))
        finally:
            del os.environ[VARIABLE]
            if before is not None:
                os.environ[VARIABLE] = before


def say_when_ready() -> None:
    """Tell the first process, if it wants to know, as soon as this worker listens."""
    if VARIABLE in os.environ:
        threading.Thread(target=_say_when_ready, daemon=True).start()


def _say_when_ready() -> None:
    from prometheus_client import Gauge

    ready = Gauge(READY, "Workers that listen.", multiprocess_mode="livesum", registry=None)
    while not _listens():
        time.sleep(LOOKS_EVERY_S)
    time.sleep(LISTENS_FOR_S)
    ready.set(1)


def _listens() -> bool:
    """Say whether some socket of this process takes connections.

    granian opens it some time after the application was made, and tells nobody.
    """
    return any(_takes_connections(int(name)) for name in os.listdir(FILES))  # noqa: PTH208 - numbers


def _takes_connections(file: int) -> bool:
    try:
        own = os.dup(file)
    except OSError:  # closed in the meantime, as the one that lists them
        return False
    try:
        found = socket.socket(fileno=own)
    except OSError:  # no socket
        os.close(own)
        return False
    with found:
        return bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
