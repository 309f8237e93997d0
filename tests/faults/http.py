"""Connections that waste the server's time or room: slow, half sent, idle, huge, to be inflated."""

from __future__ import annotations

import contextlib
import gzip
import resource
import socket
import threading
import zlib
from collections.abc import Iterator

from tests.faults.front import caddy
from tests.faults.listener import Listener, kept_session
from tests.faults.row import ALEXA_HERSELF, Row
from tests.faults.stage import Service, Stage, sqlite_url
from tests.faults.wire_talk import begin, head, tell

SLOW = 200
IDLE = 10_000
SPARE = 500
"""Files that a process opens besides."""

BOMB = 200_000_000
"""Bytes of zeros, which are 200 KB when they are compressed."""


def slow(stage: Stage) -> list[Row]:
    """Send heads byte by byte, and bodies to the half, to granian itself and through Caddy."""
    with stage.service() as served, caddy(served.port, stage.folder) as front:
        return [
            _slow_loris(stage, served, front),
            _half_sent(stage, served, front, "through Caddy"),
        ]


def half_sent(stage: Stage) -> Row:
    """Send bodies to the half, to granian itself."""
    with stage.service() as served:
        return _half_sent(stage, served, served.port, "to granian itself")


def _slow_loris(stage: Stage, served: Service, front: int) -> Row:
    dripping = head({"X-A": "b" * 200}).rstrip()
    with (
        _opened(served.port, dripping[:20], SLOW) as direct,
        _opened(front, dripping[:20], SLOW) as through,
        _dripped([*direct, *through], dripping[20:]),
    ):
        _all_is_well(stage, served.port, "loris")
        _all_is_well(stage, front, "loris-front")
    return Row(
        "slow-loris",
        f"{SLOW} heads that come byte by byte, to granian itself and {SLOW} through Caddy",
        "no difference",
        "A listener's turns are answered and kept meanwhile, by both ways.",
    )


def _half_sent(stage: Stage, served: Service, port: int, where: str) -> Row:
    body = b"{" * 1_000
    half = head(stage.amazon.sign(body), b"Content-Length: 1000") + body[:500]
    with _opened(port, half, SLOW):
        _all_is_well(stage, port, f"half-{port}")
    _all_is_well(stage, served.port, f"after-{port}")
    return Row(
        "half-sent bodies",
        f"{SLOW} requests with half of their body, {where}",
        "no difference",
        "A listener's turns are answered and kept meanwhile and afterwards.",
    )


def idle_in_front(stage: Stage) -> Row:
    """Open as many connections to Caddy as may be, up to 10,000, and send nothing on them."""
    _room_for(IDLE)  # before anything is started, which may open as many as this process
    with stage.service() as served, caddy(served.port, stage.folder) as front:
        return _idle(stage, served, front, "Caddy")


def idle(stage: Stage) -> Row:
    """Open as many connections to granian itself."""
    _room_for(IDLE)
    with stage.service() as served:
        return _idle(stage, served, served.port, "granian itself")


def _idle(stage: Stage, served: Service, port: int, where: str) -> Row:
    count, before = _room_for(IDLE), served.resident_mb()
    with _opened(port, b"", count):
        _all_is_well(stage, port, "idle")
        grown = max(0.0, served.resident_mb() - before)
    _all_is_well(stage, port, "after-idle")
    limit = "" if count == IDLE else f" ({IDLE:,} are more than this machine lets a process open)"
    return Row(
        f"{count:,} idle connections{limit}",
        f"opened to {where}, and nothing sent",
        "no difference",
        f"A listener's turns are answered and kept meanwhile; the worker grows by {grown:.0f} MB.",
    )


def heads_and_bombs(stage: Stage) -> list[Row]:
    """Send heads of a megabyte, and bodies that would grow a thousandfold if inflated."""
    with stage.service() as served, caddy(served.port, stage.folder) as front:
        return [_huge_heads(stage, served, front), _bombs(stage, served, front)]


def _huge_heads(stage: Stage, served: Service, front: int) -> Row:
    huge = {
        "a header of a megabyte": head({"X-Big": "a" * 1_000_000}, b"Content-Length: 0"),
        "5,000 headers": head({f"X-{n}": "a" for n in range(5_000)}, b"Content-Length: 0"),
        "an address of 100 KB": head({}, line=b"GET /" + b"a" * 100_000 + b" HTTP/1.1"),
    }
    for what, data in huge.items():
        for port in (served.port, front):
            heard = tell(port, data)
            # 502: granian had refused, and hung up, before Caddy had sent it all.
            refused = {(404,), (414,), (431,)} | ({(502,)} if port == front else set())
            assert heard.statuses in refused, (what, heard.statuses)
            _all_is_well(stage, port, f"huge-{port}")
    return Row(
        "huge headers",
        f"{', '.join(huge)}; to granian itself and through Caddy",
        "no difference",
        "Refused by status 431, 414, 404 or 502; a listener's turns are answered after each.",
    )


def _bombs(stage: Stage, served: Service, front: int) -> Row:
    zeros = bytes(BOMB)
    bombs = {"gzip": gzip.compress(zeros, 6), "deflate": zlib.compress(zeros, 6)}
    before = served.resident_mb()
    for coding, body in bombs.items():
        coded = (f"Content-Encoding: {coding}".encode(), b"Content-Length: %d" % len(body))
        for port in (served.port, front):
            heard = tell(port, head(stage.amazon.sign(body), *coded) + body)
            assert heard.statuses == (400,), (coding, heard.statuses)
            assert b"body-not-utf8" in heard.last
            _all_is_well(stage, port, f"bomb-{port}")
    grown = served.resident_mb() - before
    assert grown < BOMB / 1_000_000 / 2, f"the worker has grown by {grown} MB"
    return Row(
        "deflate bombs",
        f"signed bodies of {len(bombs['gzip']) // 1_000} KB that would be {BOMB // 1_000_000} MB, "
        "by gzip and by deflate",
        ALEXA_HERSELF,
        "Never inflated: what was signed is the raw bytes, which are no text, and refused. "
        f"The worker has grown by {max(0.0, grown):.0f} MB.",
    )


def _all_is_well(stage: Stage, port: int, name: str) -> None:
    """Prove that a listener comes into a set and is answered within Alexa's patience."""
    ann = Listener(stage.amazon, port, name)
    assert "glute bridge" in ann.goes_into_a_set()
    assert kept_session(sqlite_url(stage.folder), ann) == ann.session


@contextlib.contextmanager
def _opened(port: int, data: bytes, count: int) -> Iterator[list[socket.socket]]:
    """Keep so many connections open on which this much was sent."""
    connections: list[socket.socket] = []
    try:
        connections.extend(begin(port, data) for _ in range(count))
        yield connections
    finally:
        for connection in connections:
            connection.close()


@contextlib.contextmanager
def _dripped(connections: list[socket.socket], data: bytes) -> Iterator[None]:
    """Send a byte on each connection now and then, until this is left."""
    over = threading.Event()

    def drip() -> None:
        for at in range(len(data)):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.sendall(data[at : at + 1])
            if over.wait(0.2):
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        yield
    finally:
        over.set()
        dripping.join()


def _room_for(wanted: int) -> int:
    """Let this process, and what it starts, open so many connections; return how many it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted + SPARE and soft < hard:
        soft = wanted + SPARE if hard == resource.RLIM_INFINITY else min(hard, wanted + SPARE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(wanted, soft - SPARE)
