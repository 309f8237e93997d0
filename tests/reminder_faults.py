"""What may go wrong with an answer of a server, each under a name for ``fail_next``."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

LARGE = 5_000_000
ELSEWHERE = "/elsewhere"
"""Where the redirect leads."""


@dataclass(frozen=True)
class Asked:
    """A request that is to go wrong."""

    handler: BaseHTTPRequestHandler

    let_go: threading.Event
    """Ends whatever hangs."""

    obey: Callable[[], object]
    """Does what was asked, without an answer."""


def send(handler: BaseHTTPRequestHandler, status: int, plain: object = None) -> None:
    """Answer with JSON, or with an empty body for None."""
    send_bytes(handler, status, b"" if plain is None else json.dumps(plain).encode())


def send_bytes(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str | int
) -> None:
    """Answer with these bytes."""
    handler.send_response(status)
    for name, value in {"Content_Length": len(body), **headers}.items():
        handler.send_header(name.replace("_", "-"), str(value))
    handler.end_headers()
    handler.wfile.write(body)


def _hang(asked: Asked) -> None:
    asked.let_go.wait(timeout=20)


def _done_then_hang(asked: Asked) -> None:
    asked.obey()
    asked.let_go.wait(timeout=20)


def _drip(asked: Asked) -> None:
    with contextlib.suppress(OSError):
        while not asked.let_go.is_set():  # a header that does not end
            asked.handler.wfile.write(b"H")
            time.sleep(0.05)


def _hang_up(asked: Asked) -> None:
    asked.handler.close_connection = True


def _half(asked: Asked) -> None:
    send_bytes(asked.handler, 200, b'{"alertToken": "a', Content_Length=999)


def _no_http(asked: Asked) -> None:
    asked.handler.wfile.write(b"220 smtp ready\r\n")


def _redirect(asked: Asked) -> None:
    send_bytes(asked.handler, 307, b"", Location=ELSEWHERE)


def _answer(body: bytes) -> Callable[[Asked], None]:
    return lambda asked: send_bytes(asked.handler, 200, body)


FAULTS: dict[str, Callable[[Asked], None]] = {
    "hang": _hang,
    "done, then hang": _done_then_hang,
    "drip": _drip,
    "hang up": _hang_up,
    "half an answer": _half,
    "no HTTP": _no_http,
    "redirect": _redirect,
    "nothing": _answer(b""),
    "garbage": _answer(b"<html>\xff\xfe</html>"),
    "deep": _answer(b"[" * 100_000),
    "no token": _answer(b'{"status": "ON"}'),
    "a token that is none": _answer(b'{"alertToken": "a\\r\\nb", "alerts": 1}'),
    "a list": _answer(b'["ON"]'),
    "huge": _answer(b'"' + b"x" * LARGE + b'"'),
}
