"""The web server: granian and its workers, watched from an address of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from skill.mistake import Mistake
from skill.shared_counts import SharedCounts, shared_counts
from skill.told_to_stop import TOLD_TO_STOP
from skill.whole_bodies import WholeBodies

if TYPE_CHECKING:
    from skill.settings import Settings

STOPS_WITHIN_S = 9
"""How long running turns may take to finish once the end was asked for. Alexa gives a turn up after
eight seconds, and a container engine kills after ten."""

MOST_CONNECTIONS = 16_384
"""How many may be open at a time, where so many files may be. granian's own limit of 1,024 is
reached by anybody who opens as many and says nothing, and then it answers nobody."""

LOOKS_EVERY_S = 0.1

OTHER_FILES = 512
"""What a worker opens besides: the store, downloads, modules."""

RENEWS_AFTER_S = 15.0
"""How long after a new worker was begun SIGHUP ends the one that it follows. granian does not look
whether the new one listens; it takes under a second, and ten times as long on a busy machine."""


@dataclass(frozen=True)
class Served:
    """What is served, and where."""

    target: str
    """Module and name of the factory of the WSGI application."""

    host: str
    port: int
    workers: int

    threads: int
    """In each of them."""

    beside_another: bool = False
    """Whether there may be another server yet, which still has the admin address."""


def _loaded(target: str, threads: int) -> WholeBodies:
    return WholeBodies(resolve_name(target)(), threads, TOLD_TO_STOP.listen)


class WebServer(MPServer):
    """granian's server, which knows who its workers are, and an end that was asked for."""

    def __init__(self, served: Served, log_level: str) -> None:
        super().__init__(
            served.target,
            address=served.host,
            port=served.port,
            interface=Interfaces.RSGI,
            workers=served.workers,
            backlog=4_096,
            backpressure=max(128, _most_connections() // served.workers),
            websockets=False,
            factory=True,
            log_level=LogLevels(log_level),
            respawn_failed_workers=True,
            respawn_interval=RENEWS_AFTER_S,
            workers_kill_timeout=STOPS_WITHIN_S,
        )
        self._threads = served.threads

    def serve(self, *_: object, **__: object) -> None:
        """Serve until a signal ends it."""
        load: Callable[..., Any] = partial(_loaded, self.target, self._threads)
        super().serve(target_loader=load, wrap_loader=False)

    @property
    def wanted(self) -> int:
        """How many workers there should be."""
        return int(self.workers)

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for."""
        return bool(self.interrupt_signal)

    def alive(self) -> frozenset[int]:
        """Return the ids of the workers there are, and of those that others take the place of."""
        return frozenset(each.pid for each in multiprocessing.active_children() if each.pid)

    def _respawn_workers(
        self, workers: Iterable[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        """Renew workers as granian does, but sleep through no end that is asked for meanwhile."""
        for index in workers:
            if self.stopping:
                return
            old: Any = self.wrks[index]
            self.respawned_wrks[index] = time.monotonic()
            new: Any = self._spawn_worker(
                idx=index, target=spawn_target, callback_loader=target_loader
            )
            new.start()
            self.wrks[index] = new
            if self._is_to_end_within(delay):
                self.wrks.append(old)  # so that both are told to end, with one deadline
                return
            old.terminate()
            old.join(STOPS_WITHIN_S)
            if old.is_alive():
                old.kill()
                old.join()

    def _is_to_end_within(self, seconds: float) -> bool:
        """Sleep, but not any longer once the end is asked for, and say whether it is.

        A signal alone wakes no sleeper in Python.
        """
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(LOOKS_EVERY_S)
        return self.stopping

    def shutdown(self, exit_code: int = 0) -> None:
        """End the workers, of which some may have been ended already.

        Ctrl-C in a terminal, and systemd where it is not told otherwise, send their signal to the
        workers too. Then granian would take these for broken down, and fail.
        """
        if self.stopping:
            for worker in self.wrks:
                worker.interrupt_by_parent = True
            self.interrupt_children.clear()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]  # granian's


def _most_connections() -> int:
    """Return how many fit, once this process may open as many files as it is allowed to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed - OTHER_FILES


def serve(served: Served, settings: Settings) -> None:
    """Serve until a signal ends it. Raises Mistake where the admin address cannot be had."""
    os.register_at_fork(after_in_child=_end_while_being_built)
    if settings.admin is None:
        WebServer(served, settings.log_level).serve()
        return
    with _counting_together() as counts:
        server = WebServer(served, settings.log_level)
        with _watched(server, counts, settings, waits=served.beside_another):
            server.serve()


def _end_while_being_built() -> None:
    """Let a signal end a worker at once until granian handles it, which it does when all is built.

    Until then the handlers of the parent, which the worker inherits, would swallow it: the worker
    would go on to listen, and be killed in the middle of its turns.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextlib.contextmanager
def _counting_together() -> Iterator[SharedCounts]:
    with contextlib.ExitStack() as stack:
        try:
            counts = stack.enter_context(shared_counts())
        except OSError as fault:
            raise Mistake(f"There is no folder to count in: {fault}") from fault
        yield counts


@contextlib.contextmanager
def _watched(
    server: WebServer, counts: SharedCounts, settings: Settings, *, waits: bool
) -> Iterator[None]:
    from skill.admin import admin  # noqa: PLC0415 - these see the variable that is set by now
    from skill.log import configure_logging  # noqa: PLC0415
    from skill.roots import trusted_roots  # noqa: PLC0415
    from skill.watching import Watching  # noqa: PLC0415

    configure_logging(settings.log_level)
    host, port = settings.admin or ("", 0)
    answers = Watching(counts, server, trusted_roots(settings.ca_bundle)).answers
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(admin(host, port, answers, waits=waits))
        except OSError as fault:
            why = fault.strerror or fault
            raise Mistake(f"HIP_WORKOUT_ADMIN: cannot listen on {host}:{port}: {why}") from fault
        yield
