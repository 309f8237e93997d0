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
import json
import re
import ssl
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.certificates import Wanted, certify
from tests.reminder_faults import FAULTS, Asked, send
from tests.reminder_rules import Refused, check, first_due

HOST = "localhost"
TOKEN = "eyJ0eXAi.PRETEND-API-ACCESS-TOKEN.sig"
"""The one token that the pretend API takes."""

PATH = "/v1/alerts/reminders"

_ONE = re.compile(rf"{PATH}/([^/]+)")
_SETTING = re.compile(r"/v2/devices/[^/]+/settings/System\.timeZone")


@dataclass
class Stored:
    """A reminder as Amazon holds it."""

    token: str
    body: dict[str, Any]
    status: str = "ON"
    version: int = 1

    @property
    def first_due(self) -> datetime:
        """When it is due for the first time, by the clock on the wall."""
        return first_due(self.body["trigger"])

    @property
    def rules(self) -> list[str]:
        """The recurrence rules as sent; none: it is said once."""
        rules: list[str] = (self.body["trigger"].get("recurrence") or {}).get("recurrenceRules", [])
        return rules

    @property
    def text(self) -> str:
        return str(self.body["alertInfo"]["spokenInfo"]["content"][0]["text"])

    def plain(self) -> dict[str, Any]:
        return {**self.body, "alertToken": self.token, "status": self.status}


Handler = BaseHTTPRequestHandler


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with the next request."""

    what: int | str
    code: str = ""
    message: str = ""
    method: str | None = None
    """GET, POST, PUT or DELETE; None: whichever comes next."""


class RemindersApi:
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
        self.clock = clock
        self.granted = True
        """Whether the listener has allowed reminders."""
        self.supported = True
        """Whether the device can have any."""
        self.most = 100
        """How many there may be."""
        self.zone: str | None = "Europe/London"
        """The device's, as its settings tell it; None: they do not."""
        self.device_zone = "Europe/London"
        """The device's, in which a reminder without a zone is read, told or not."""
        self.page_size: int | None = None
        """How many reminders a page of the list has; None: all."""
        self.list_as: object = None
        """What the list is answered with instead of itself, if anything."""
        self.reminders: dict[str, Stored] = {}
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
        try:
            with self._lock:
                return self._do(handler, body)
        except Refused as refused:
            return refused.status, {"code": refused.code, "message": refused.message}

    def _do(self, handler: Handler, body: bytes) -> tuple[int, object]:
        if handler.headers["Authorization"] != f"Bearer {TOKEN}":
            raise Refused(401, "INVALID_BEARER_TOKEN")
        path = urlsplit(handler.path)
        if _SETTING.fullmatch(path.path) and handler.command == "GET":
            return (200, self.zone) if self.zone else (204, None)
        if not self.granted:
            raise Refused(401, "UNAUTHORIZED", "The customer has not granted the permission")
        if path.path == PATH:
            if handler.command == "POST":
                return self._create(handler, body)
            if handler.command == "GET":
                return 200, self.list_as or self._list(path.query)
        elif one := _ONE.fullmatch(path.path):
            return self._one(handler.command, one[1], body)
        raise Refused(405, "METHOD_NOT_ALLOWED")

    def _create(self, handler: Handler, body: bytes) -> tuple[int, object]:
        if "json" not in (handler.headers["Content-Type"] or ""):
            raise Refused(400, "INVALID_CONTENT_TYPE")
        plain = self._checked(body)
        if not self.supported:
            raise Refused(403, "DEVICE_NOT_SUPPORTED")
        if sum(each.status == "ON" for each in self.reminders.values()) >= self.most:
            raise Refused(403, "MAX_REMINDERS_EXCEEDED")
        stored = Stored(str(uuid.uuid4()), plain)
        self.reminders[stored.token] = stored
        return 200, self._receipt(stored)

    def _checked(self, body: bytes) -> dict[str, Any]:
        try:
            plain: dict[str, Any] = json.loads(body)
        except ValueError:
            raise Refused(400, "INVALID_REQUEST_BODY") from None
        check(plain, self.clock(), self.device_zone)
        return plain

    def _list(self, query: str) -> dict[str, Any]:
        every = [stored.plain() for stored in self.reminders.values()]
        start = int(query.removeprefix("next=") or 0)
        end = start + (self.page_size or len(every) or 1)
        further = f"{PATH}?next={end}" if end < len(every) else None
        return {"totalCount": str(len(every)), "alerts": every[start:end], "links": further}

    def _one(self, method: str, token: str, body: bytes) -> tuple[int, object]:
        stored = self.reminders.get(token)
        if stored is None:
            raise Refused(404, "ALERT_NOT_FOUND")
        if method == "DELETE":
            del self.reminders[token]
            return 200, None
        if method == "PUT":
            stored.body, stored.version = self._checked(body), stored.version + 1
            return 200, self._receipt(stored)
        return 200, stored.plain()

    def _receipt(self, stored: Stored) -> dict[str, Any]:
        now = self.clock().isoformat()
        return {
            "alertToken": stored.token,
            "createdTime": now,
            "updatedTime": now,
            "status": stored.status,
            "version": str(stored.version),
            "href": f"{PATH}/{stored.token}",
        }
