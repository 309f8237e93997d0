"""A server between the function and AWS that forwards every call, and keeps what it was."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

IAM_PREFIXES = {"DynamoDB_20120810": "dynamodb", "secretsmanager": "secretsmanager"}
"""What a policy calls a service, by what its protocol calls it."""


class Overheard:
    """Where to send the calls, and which there were."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.calls: list[str] = []
        """As a policy names them, such as ``dynamodb:GetItem``; one more for each call."""


@contextmanager
def overheard(endpoint: str) -> Iterator[Overheard]:
    """Yield a server on loopback in front of another."""
    behind = urlsplit(endpoint).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service, _, operation = self.headers["X-Amz-Target"].partition(".")
            heard.calls.append(f"{IAM_PREFIXES[service]}:{operation}")
            connection = http.client.HTTPConnection(behind, timeout=20)
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        heard = Overheard(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield heard
        finally:
            server.shutdown()
