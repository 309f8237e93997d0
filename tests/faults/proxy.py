"""A wire on loopback that can go silent or be cut, between the skill and a server of its."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType


class Wire:
    """A context manager that carries connections from its port to another one or to a socket.

    ``hold`` keeps every byte back and ``let_go`` delivers what was kept; ``cut`` ends all
    connections and refuses new ones until ``mend``.
    """

    def __init__(self, to: int | Path) -> None:
        self._to = to
        self._open = threading.Event()
        self._open.set()
        self.holding = False
        """Whether a byte has come that is held back."""

        self._ends: set[socket.socket] = set()
        self._listening = self._listen(0)
        self.port = int(self._listening.getsockname()[1])

    def __enter__(self) -> Wire:
        self._accept_on(self._listening)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.set()
        self.cut()

    def hold(self) -> None:
        """Deliver nothing from now on, in either direction."""
        self.holding = False
        self._open.clear()

    def let_go(self) -> None:
        """Deliver what was held, and what comes."""
        self._open.set()

    def cut(self) -> None:
        """End every connection and listen no more: who connects is refused."""
        _shut(self._listening)
        for end in list(self._ends):
            _shut(end)

    def mend(self) -> None:
        """Listen again, at the same port."""
        self._listening = self._listen(self.port)
        self._accept_on(self._listening)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold everything for a while."""
        self.hold()
        try:
            yield
        finally:
            self.let_go()

    @contextlib.contextmanager
    def gone(self) -> Iterator[None]:
        """Be cut for a while."""
        self.cut()
        try:
            yield
        finally:
            self.mend()

    def _listen(self, port: int) -> socket.socket:
        return socket.create_server(("127.0.0.1", port), backlog=64)

    def _accept_on(self, listening: socket.socket) -> None:
        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    self._carry(listening.accept()[0])

        threading.Thread(target=accept, daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        try:
            far = self._reach()
        except OSError:
            _shut(near)
            return
        self._ends |= {near, far}
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _reach(self) -> socket.socket:
        if isinstance(self._to, int):
            return socket.create_connection(("127.0.0.1", self._to))
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(self._to))
        return far

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := one.recv(65_536):
                self.holding = self.holding or not self._open.is_set()
                self._open.wait()
                other.sendall(part)
        for end in (one, other):
            _shut(end)
            self._ends.discard(end)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
