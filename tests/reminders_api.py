"""A pretend Reminders API of Amazon's on loopback, with real HTTPS, that enforces Amazon's rules.

with RemindersApi(folder, clock) as server:
    request["context"]["System"] |= {"apiEndpoint": server.endpoint, "apiAccessToken": TOKEN}
    api = AmazonApi(server.ca_bundle, test_host=server.host)
    server.granted = False          # the listener has not allowed reminders
    server.fail_next("hang")        # or a status, or any other of FAULTS
    server.reminders                # what is set, by alert token
"""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from skill.simulator.alerts import Alerts
from tests.certificates import Wanted, certify
from tests.reminder_faults import FAULTS, Asked, send

HOST = "localhost"
TOKEN = "eyJ0eXAi.PRETEND-API-ACCESS-TOKEN.sig"
"""The one token that the pretend API takes."""

Handler = BaseHTTPRequestHandler


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with the next request."""

    what: int | str
    code: str = ""
    message: str = ""
    method: str | None = None
    """GET, POST, PUT or DELETE; None: whichever comes next."""


class RemindersApi(Alerts):
    """The server; a context manager. ``folder`` is for its certificates, ``clock`` returns now."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        root = certify(Wanted("Pretend API Root", authority=True))
        self._site = certify(Wanted(HOST, names=(HOST,)), root)
        self._folder = folder
        self.ca_bundle = folder / "pretend-api-roots.pem"
        self.ca_bundle.write_bytes(root.pem)
        self.host = HOST
        super().__init__(clock)
        self.asked: list[tuple[str, str]] = []
        """Method and path of every request, in the order in which they came."""
        self.let_go = threading.Event()
        """Ends whatever hangs."""
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._server = self._https()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def endpoint(self) -> str:
        """What a request says under ``apiEndpoint``."""
        return f"https://{HOST}:{self.port}"

    def fail_next(
        self,
        what: int | str,
        *,
        code: str = "",
        message: str = "",
        method: str | None = None,
        times: int = 1,
    ) -> None:
        """Have the next request answered with a status, or as FAULTS says."""
        if isinstance(what, str) and what not in FAULTS:
            raise ValueError(f"no such fault: {what}")
        self._faults += [Fault(what, code, message, method)] * times

    def complete(self, token: str) -> None:
        """Let a reminder have been said for the last time."""
        self.reminders[token].status = "COMPLETED"

    def delete_in_app(self, token: str) -> None:
        """Let the listener delete a reminder in Amazon's app."""
        del self.reminders[token]

    def __enter__(self) -> RemindersApi:
        # A short poll: shutting down waits for it.
        run = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        run.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()

    def _https(self) -> ThreadingHTTPServer:
        chain, key = self._folder / "api.pem", self._folder / "api.key"
        chain.write_bytes(self._site.pem)
        key.write_bytes(self._site.key_pem)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(chain, key)
        api = self

        class OneRequest(BaseHTTPRequestHandler):
            def setup(self) -> None:
                # Here and not on the listening socket: a slow handshake holds up one thread only.
                self.request = tls.wrap_socket(self.request, server_side=True)
                super().setup()

            def finish(self) -> None:
                with contextlib.suppress(OSError):  # the client may have hung up
                    super().finish()
                self.request.close()  # the server closes only the socket that it knows of

            def do_GET(self) -> None:
                api._answer(self)

            do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # the names that http.server wants

            def log_message(self, *_: object) -> None:
                """Say nothing: standard error belongs to the test."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Say nothing of clients that hang up."""

        return Server(("127.0.0.1", 0), OneRequest)

    def _answer(self, handler: Handler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"] or 0))
        with self._lock:
            self.asked.append((handler.command, handler.path))
            fault = self._due_fault(handler.command)
        if fault and isinstance(fault.what, str):
            FAULTS[fault.what](Asked(handler, self.let_go, lambda: self._done(handler, body)))
        elif fault:
            error = {"code": fault.code, "message": fault.message}
            send(handler, int(fault.what), error if fault.code or fault.message else None)
        else:
            send(handler, *self._done(handler, body))

    def _due_fault(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.method in (None, method):
                self._faults.remove(fault)
                return fault
        return None

    def _done(self, handler: Handler, body: bytes) -> tuple[int, object]:
        """Do what is asked; return the status and the JSON to answer with."""
        kind = handler.headers["Content-Type"] or ""
        with self._lock:
            if handler.headers["Authorization"] != f"Bearer {TOKEN}":
                return 401, {"code": "INVALID_BEARER_TOKEN", "message": "Invalid bearer token"}
            return self.answer(handler.command, handler.path, kind, body)
