"""A load generator: kept-alive connections that ask again at once, or as listeners come along.

It does as little as can be between two requests, so that one Python thread can ask far more often
than any of the servers can answer; ``turns`` measures that too.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import random
import select
import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PATIENCE_S = 10.0
"""A server that is silent for longer has failed."""


class LoadFailed(Exception):
    """A server broke off, was silent, or answered in a way that this client does not read."""


@dataclass(frozen=True)
class Load:
    """What came of one measurement."""

    seconds: float
    latencies_ms: tuple[float, ...]
    """Of every request answered, the shortest first."""

    refused: Counter[int]
    """How often each status other than 200 came."""

    @property
    def per_second(self) -> float:
        return len(self.latencies_ms) / self.seconds

    def percentile(self, percent: float) -> float:
        """Return the latency in milliseconds that ``percent`` of the requests did not exceed."""
        at = min(len(self.latencies_ms) - 1, int(len(self.latencies_ms) * percent / 100))
        return self.latencies_ms[at]


class _Connection:
    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = plain if tls is None else tls.wrap_socket(plain, server_hostname="localhost")
        self._answer = b""
        self._wanted = 0
        self.asked_at = 0.0

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask(self, request: bytes) -> None:
        self._answer, self._wanted = b"", 0
        self.asked_at = time.perf_counter()
        self._socket.sendall(request)

    def answered(self) -> bytes | None:
        """Read what is there; return the whole answer once it is whole."""
        part = self._socket.recv(1 << 18)
        while isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            part += self._socket.recv(1 << 18)  # for it no more will be told by the poll
        if not part:
            raise LoadFailed("the server hung up")
        self._answer = answer = self._answer + part if self._answer else part
        if not self._wanted:
            head = answer.find(b"\r\n\r\n")
            if head < 0:
                return None
            self._wanted = head + 4 + _length(answer[:head])
        return answer if len(answer) >= self._wanted else None

    def close(self) -> None:
        self._socket.close()


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        raise LoadFailed(f"an answer without Content-Length: {head[:80]!r}")
    return int(lower[at + 17 :].split(b"\r\n", 1)[0])


def asked_once(port: int, request: bytes, tls: ssl.SSLContext | None = None) -> tuple[int, bytes]:
    """Send one request on a connection of its own; return status and body."""
    connection = _Connection(port, tls)
    try:
        connection.ask(request)
        while (answer := connection.answered()) is None:
            pass
    finally:
        connection.close()
    return int(answer[9:12]), answer.partition(b"\r\n\r\n")[2]


def hammer(
    port: int,
    requests: Sequence[bytes],
    seconds: float,
    connections: int,
    tls: ssl.SSLContext | None = None,
) -> Load:
    """Ask for ``seconds`` on so many connections at a time, with the requests in turn.

    Raises LoadFailed.
    """
    with _opened(port, connections, tls) as opened:
        return _measured(opened, itertools.cycle(requests), seconds)


def paced(
    port: int,
    requests: Sequence[bytes],
    seconds: float,
    per_second: float,
    connections: int,
    tls: ssl.SSLContext | None = None,
) -> Load:
    """Ask as listeners do, who know nothing of each other: so many a second, by chance.

    A latency counts from the moment at which the request was due, also when all connections were
    busy then, so that a server cannot look fast by keeping its clients waiting. Raises LoadFailed.
    """
    with _opened(port, connections, tls) as opened:
        return _at_their_pace(opened, itertools.cycle(requests), seconds, per_second)


@contextlib.contextmanager
def _opened(port: int, count: int, tls: ssl.SSLContext | None) -> Iterator[list[_Connection]]:
    opened = [_Connection(port, tls) for _ in range(count)]
    for connection in opened if tls else ():
        # With its first answer TLS sends more that is to be read, and is no answer.
        connection.ask(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while connection.answered() is None:
            pass
    collects = gc.isenabled()
    gc.disable()  # a collection here would count as slowness of the server
    try:
        yield opened
    finally:
        if collects:
            gc.enable()
        for connection in opened:
            connection.close()


def _at_their_pace(
    opened: list[_Connection], coming: Iterator[bytes], seconds: float, per_second: float
) -> Load:
    chance = random.Random(11)  # noqa: S311 - the same moments in every run
    poll = select.poll()
    by_number = {connection.fileno(): connection for connection in opened}
    for number in by_number:
        poll.register(number, select.POLLIN)
    idle, latencies, refused = list(opened), [], Counter[int]()
    began = now = time.perf_counter()
    due = began + chance.expovariate(per_second)
    while due < began + seconds or len(idle) < len(opened):
        now = time.perf_counter()
        while idle and due <= now and due < began + seconds:
            connection = idle.pop(0)  # the one that waits longest: idle ones are hung up on
            connection.ask(next(coming))
            connection.asked_at = due
            due += chance.expovariate(per_second)
        waits_s = due - now if idle and due < began + seconds else PATIENCE_S
        ready = poll.poll(max(0.0, waits_s * 1000))
        if not ready and waits_s == PATIENCE_S:
            raise LoadFailed(f"no answer within {PATIENCE_S:g} s")
        for number, _ in ready:
            connection = by_number[number]
            if (answer := connection.answered()) is not None:
                latencies.append((time.perf_counter() - connection.asked_at) * 1000)
                idle.append(connection)
                if answer[9:12] != b"200":
                    refused[int(answer[9:12])] += 1
    return Load(now - began, tuple(sorted(latencies)), refused)


def _measured(opened: list[_Connection], coming: Iterator[bytes], seconds: float) -> Load:
    poll = select.poll()
    by_number = {connection.fileno(): connection for connection in opened}
    latencies: list[float] = []
    refused: Counter[int] = Counter()
    began = time.perf_counter()
    ends = began + seconds
    for number, connection in by_number.items():
        poll.register(number, select.POLLIN)
        connection.ask(next(coming))
    busy = len(by_number)
    now = began
    while busy:
        ready = poll.poll(PATIENCE_S * 1000)
        if not ready:
            raise LoadFailed(f"no answer within {PATIENCE_S:g} s")
        for number, _ in ready:
            connection = by_number[number]
            answer = connection.answered()
            if answer is None:
                continue
            now = time.perf_counter()
            latencies.append((now - connection.asked_at) * 1000)
            if answer[9:12] != b"200":
                refused[int(answer[9:12])] += 1
            if now < ends:
                connection.ask(next(coming))
            else:
                busy -= 1
    return Load(now - began, tuple(sorted(latencies)), refused)
