"""A memory that answers in time or not at all, whatever its driver does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

from skill.store.errors import DeadlinePassed, StoreUnavailable
from skill.store.metrics import count_failure, start_at_zero
from skill.store.port import Document, Kept, Store

ANSWER_S = 1.5
"""How long a turn waits for a load or a save."""

FORGET_S = 4.0
"""How long a turn waits to forget: who asked for it had better wait than be told that it failed.
With a load before it that is 5.5 of the 8 seconds that Alexa waits for an answer."""

THREADS = 4
"""Calls under way at a time. A worker answers one turn at a time; the others may hang."""

RETRY_S = 10.0
"""How long a call that hangs keeps the next ones from trying, unless it comes back before."""

T = TypeVar("T")
_Work = tuple[Future[Any], Callable[[], Any]]


class DeadlineStore:
    """A store before which every load, save and forget has a deadline, and failures are counted.

    The drivers' own time-outs begin anew with each thing they do (a name looked up, a connection
    made, a byte received) and add up. Here the call is made by another thread and given up after
    ``answer_s`` seconds. It may still succeed later. That is harmless: a save names the version
    that it follows, so it comes before the next turn's save, which then meets a StoreConflict and
    is done again after it, or it comes afterwards and is refused itself.

    Safe to be used by many threads; after a fork the child begins with threads of its own. The
    threads begin with the first call and never keep the process from ending. A store within the
    process needs none of this, and the 65 microseconds for each call would be most of its cost.
    """

    def __init__(self, store: Store, *, threads: int = THREADS, retry_s: float = RETRY_S) -> None:
        """Put deadlines before a store; ``threads`` calls at most are under way at a time."""
        self.store = store
        self.answer_s = ANSWER_S
        """Seconds for a load or a save."""

        self.forget_s = FORGET_S
        """Seconds for forgetting a listener."""

        self._threads = _Threads(threads, retry_s)
        start_at_zero()

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing.

        Raises DeadlinePassed, StoreUnavailable, and what the store raises.
        """
        return self._in_time("load", self.answer_s, lambda: self.store.load(listener))

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all, and return its version.

        Raises StoreConflict; DeadlinePassed, when it may be kept later unless another is;
        StoreUnavailable; and what the store raises.
        """

        def save() -> int:
            return self.store.save(listener, document, after=after, now_ms=now_ms)

        return self._in_time("save", self.answer_s, save)

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing.

        It is done when this returns. Raises DeadlinePassed, when it may be done later or never;
        StoreUnavailable; and what the store raises.
        """
        self._in_time("forget", self.forget_s, lambda: self.store.forget(listener))

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were.

        No turn waits for it and it goes through a whole table, so it takes the time that it takes.
        """
        try:
            return self.store.prune(before_ms)
        except Exception as fault:
            count_failure("prune", fault)
            raise

    def close(self) -> None:
        """Let go of the threads and of the store's connections; the next use makes new ones."""
        self._threads.end()
        self._threads = self._threads.anew()
        close: Callable[[], None] = getattr(self.store, "close", lambda: None)
        close()

    def _in_time(self, operation: str, seconds: float, call: Callable[[], T]) -> T:
        if self._threads.process != os.getpid():  # forked: the threads stayed with the parent
            self._threads = self._threads.anew()
        try:
            return self._threads.run(call, seconds)
        except Exception as fault:
            count_failure(operation, fault)
            raise


class _Threads:
    """A few daemon threads that make calls.

    Those of concurrent.futures are waited for when the process ends, which one that hangs would
    keep from ending.
    """

    def __init__(self, most: int, retry_s: float) -> None:
        self.process = os.getpid()
        self._most = most
        self._retry_s = retry_s
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._started = 0
        self._unfinished = 0
        self._overdue: dict[Future[Any], float] = {}
        """Calls that were given up and hang still, by the moment at which they were given up."""

    def run(self, call: Callable[[], T], seconds: float) -> T:
        """Return what a call returns, or raise what it raises, within so many seconds."""
        future: Future[T] = Future()
        self._begin(future, call)
        with suppress(TimeoutError):
            return future.result(seconds)
        if future.done():
            return future.result()  # the time-out was the store's own, or the answer came just now
        if not future.cancel():  # it has begun, and nothing can end it
            with self._lock:
                if not future.done():
                    self._overdue[future] = time.monotonic()
        raise DeadlinePassed(seconds)

    def anew(self) -> _Threads:
        """Return as many threads that have not begun yet."""
        return _Threads(self._most, self._retry_s)

    def end(self) -> None:
        """End every thread once it has finished what it is doing."""
        with self._lock:
            for _ in range(self._started):
                self._work.put(None)

    def _begin(self, future: Future[T], call: Callable[[], T]) -> None:
        with self._lock:
            if self._hopeless():
                raise StoreUnavailable
            if self._unfinished >= self._started and self._started < self._most:
                name = f"store-{self._started + 1}"
                threading.Thread(target=self._make_calls, name=name, daemon=True).start()
                self._started += 1
            self._unfinished += 1
        self._work.put((future, call))

    def _hopeless(self) -> bool:
        """Say whether a new call had better not wait.

        A store that hangs costs one turn its deadline, and not each of those that wait behind it.
        Another call tries after ``retry_s`` seconds, while there is a thread that does not hang.
        """
        if len(self._overdue) >= self._most:
            return True
        now = time.monotonic()
        return any(now - since < self._retry_s for since in self._overdue.values())

    def _make_calls(self) -> None:
        while (work := self._work.get()) is not None:
            future, call = work
            begun = future.set_running_or_notify_cancel()
            result, fault = _outcome(call) if begun else (None, None)
            with self._lock:  # at once, or a caller would find the call both done and overdue
                self._unfinished -= 1
                self._overdue.pop(future, None)
                if fault is not None:
                    future.set_exception(fault)
                elif begun:
                    future.set_result(result)
            del work, future, call, result, fault  # an idle thread holds on to nobody's document


def _outcome(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """Return what a call returns and None, or None and what it raises."""
    try:
        return call(), None
    except BaseException as fault:  # it is raised where the call was asked for
        return None, fault
