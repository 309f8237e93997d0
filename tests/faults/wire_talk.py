"""HTTP as bytes: what a client may send that no library would, and what comes back."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")

SILENCE_S = 1.0
"""How long nothing must come until no more is expected."""


@dataclass(frozen=True)
class Heard:
    """What came back on a connection."""

    statuses: tuple[int, ...]
    """Of every answer, those that only say "go on" left out."""

    closed: bool
    """Whether the other side hung up."""

    last: bytes


def head(headers: Mapping[str, str], *more: bytes, line: bytes = b"POST /alexa HTTP/1.1") -> bytes:
    """Return the head of a request; ``more`` are lines without their ends."""
    lines = [line, b"Host: coach.example", *(f"{n}: {v}".encode() for n, v in headers.items())]
    return b"\r\n".join([*lines, *more, b"", b""])


def chunked(body: bytes, extension: bytes = b"") -> bytes:
    """Return a body in one chunk."""
    return b"%x%s\r\n%s\r\n0\r\n\r\n" % (len(body), extension, body)


def tell(port: int, data: bytes) -> Heard:
    """Send bytes, and read until the other side hangs up or says no more."""
    answer, closed = b"", True
    with closing(socket.create_connection(("127.0.0.1", port), 10)) as connection:
        try:
            connection.sendall(data)
            connection.settimeout(8)
            while part := connection.recv(65_536):
                answer += part
                connection.settimeout(SILENCE_S)
        except TimeoutError:
            closed = False
        except ConnectionError:
            pass
    found = tuple(int(status) for status in _STATUS.findall(answer) if status != b"100")
    return Heard(found, closed, answer)


def begin(port: int, data: bytes) -> socket.socket:
    """Send the beginning of something, and keep the connection."""
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.sendall(data)
    return connection
