"""The admin address: figures for Prometheus, and whether the whole server lives and is ready."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

import structlog

from skill.loopback import is_loopback, named

RETRY_S = 0.5
"""How often an address that somebody else still has is tried again."""

PATIENCE_S = 5.0
"""How long a caller may take to ask."""

JSON = "application/json;charset=UTF-8"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """What one path is answered with."""

    body: bytes
    status: int = 200
    kind: str = JSON


Answers = Mapping[str, Callable[[str], Answer]]
"""By path, what makes an answer; it is given the Accept header."""


def as_json(told: Mapping[str, Any], status: int = 200) -> Answer:
    """Return an answer in JSON."""
    return Answer(json.dumps(told).encode(), status)


@contextlib.contextmanager
def admin(host: str, port: int, answers: Answers, *, waits: bool = False) -> Iterator[None]:
    """Answer at an address until the end, in a thread; GET and nothing else.

    If it ``waits``, an address that is taken is tried until it is free, and the caller goes on
    meanwhile. Raises OSError where nobody can listen there.
    """
    ended = threading.Event()
    server = _bound(host, port, answers) if not waits else None
    thread = threading.Thread(
        target=_serve, args=(server, lambda: _bound(host, port, answers), ended), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE_S)


def _serve(server: _Server | None, bound: Callable[[], _Server], ended: threading.Event) -> None:
    while server is None and not ended.is_set():
        try:
            server = bound()
        except OSError:
            ended.wait(RETRY_S)
    if server is None:
        return
    with server:
        server.timeout = RETRY_S / 5
        while not ended.is_set():
            server.handle_request()


def _bound(host: str, port: int, answers: Answers) -> _Server:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return _Server(host, port, family, answers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, family: int, answers: Answers) -> None:
        self.address_family = family
        self.answers = answers
        super().__init__((host, port), _Handler)
        # A worker that outlives us must not keep our address from the next one of us.
        os.register_at_fork(after_in_child=self.socket.close)

    def server_bind(self) -> None:
        """Bind without asking the name server for our name, as the library would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "", self.server_address[1]

    def handle_error(self, *_: object) -> None:
        """Say nothing of callers that hang up."""


class _Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE_S
    server: _Server

    # What the library refuses by itself: other methods, and what is no HTTP.
    error_content_type = JSON
    error_message_format = '{"error": "refused"}'

    def do_GET(self) -> None:
        """Answer one path of those there are."""
        try:
            answer = self._answer(self.path.partition("?")[0])
        except Exception:
            _log.exception("admin_failed", path=self.path.partition("?")[0])
            answer = as_json({"error": "fault"}, 500)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer.body)

    def _answer(self, path: str) -> Answer:
        if not self._is_called_by_our_name():
            return as_json({"error": "host"}, 403)
        make = self.server.answers.get(path)
        if make is None:
            return as_json({"error": "not-found", "there-are": sorted(self.server.answers)}, 404)
        return make(self.headers.get("Accept", ""))

    def _is_called_by_our_name(self) -> bool:
        """Say whether no page of another site asks, whose own name was led to this machine."""
        here = str(self.server.server_address[0])
        return not is_loopback(here) or is_loopback(named(self.headers.get("Host", "")))

    def end_headers(self) -> None:
        """End them with what keeps an answer from being taken for something else."""
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def version_string(self) -> str:
        """Return what we are, and not on which Python."""
        return "hip-workout"

    def log_message(self, *_: object) -> None:
        """Say nothing: who asks every few seconds would fill the log."""
