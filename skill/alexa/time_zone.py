"""Which time zone a listener's device is set to, asked of Amazon, and the day it is there."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import certifi
import structlog
from ask_sdk_model import RequestEnvelope

HOSTS = frozenset({"api.amazonalexa.com", "api.eu.amazonalexa.com", "api.fe.amazonalexa.com"})
"""Amazon's API in North America, Europe and the Far East: nobody else is shown a token."""

# Amazon waits about 8 s for the answer of the skill, and the day is worth little of it.
SECONDS_IN_ALL = 1.0

SECONDS_OF_QUIET = 60.0
"""How long nobody is asked again after a failure."""

LARGEST_ANSWER = 1024
"""Bytes. A name of a time zone is about 20."""

LONGEST_NAME = 40
"""Characters. The longest name in the IANA database has 32."""

MOST_FAILURES_KEPT = 1000

_ENDPOINT = re.compile(r"https://([a-z0-9.-]+)(?::([0-9]{1,5}))?/?", re.IGNORECASE)
_TOKEN = re.compile(r"[!-~]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_log = structlog.get_logger(__name__)


class _Unknown(Exception):
    """Why there is no time zone: a reason that names neither listener, device nor token."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        """The host or device that is not to be asked for a while; empty: nobody was asked."""


@dataclass(frozen=True)
class _Question:
    host: str
    port: int
    device: str
    token: str = field(repr=False)


class TimeZones:
    """Asks Amazon's Settings API for the time zone of the device that is spoken to.

    ``roots`` is a PEM file of the roots to trust, certifi's when None. ``test_host`` is one more
    host to ask, at any port. ``seconds`` bounds a whole question, the look-up of the host's name
    included. ``monotonic`` returns seconds and serves only to keep quiet after a failure. Safe to
    be used by many threads at once.
    """

    def __init__(
        self,
        roots: Path | None = None,
        *,
        test_host: str | None = None,
        seconds: float = SECONDS_IN_ALL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._roots = roots
        self._test_host = test_host
        self._seconds = seconds
        self._tls: ssl.SSLContext | None = None
        self._quiet = _Quiet(monotonic)

    def ask(self, envelope: RequestEnvelope) -> str | None:
        """Return the IANA name of the device's time zone, or None if it cannot be known now.

        The request must have been verified, for its token goes where it says. After a fault of
        the API's nobody asks that host for a minute, after an answer without a zone nobody asks
        about that device; both are silent. Any other None leaves ``time_zone_unknown`` in the log
        with a reason: endpoint, token, device, too-late, unreachable, status-<number>, unreadable
        or unknown-zone. Never raises.
        """
        try:
            question = self._question(envelope)
            if self._quiet.about(question.host) or self._quiet.about(question.device):
                return None
            return self._answer(question)
        except _Unknown as unknown:
            if unknown.about:
                self._quiet.begin(unknown.about)
            _log.warning("time_zone_unknown", reason=unknown.reason)
            return None

    def _question(self, envelope: RequestEnvelope) -> _Question:
        system = envelope.context.system if envelope.context else None
        host, port = self._address(system.api_endpoint if system else None)
        token = system.api_access_token if system else None
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise _Unknown("token")
        device = system.device.device_id if system and system.device else None
        if not isinstance(device, str) or not device:
            raise _Unknown("device")
        try:
            return _Question(host, port, quote(device, safe=""), token)
        except UnicodeEncodeError:
            raise _Unknown("device") from None

    def _address(self, endpoint: object) -> tuple[str, int]:
        parts = _ENDPOINT.fullmatch(endpoint) if isinstance(endpoint, str) else None
        if parts is None:
            raise _Unknown("endpoint")
        host, port = parts[1].lower(), int(parts[2] or http.client.HTTPS_PORT)
        if host == self._test_host and 0 < port < 65_536:
            return host, port
        if host in HOSTS and port == http.client.HTTPS_PORT:
            return host, port
        raise _Unknown("endpoint")

    def _answer(self, question: _Question) -> str:
        try:
            status, body = self._within_time(question)
        except TimeoutError:
            raise _Unknown("too-late", question.host) from None
        except (OSError, http.client.HTTPException, ValueError, RuntimeError):
            raise _Unknown("unreachable", question.host) from None
        if status == http.client.TOO_MANY_REQUESTS or status >= http.client.INTERNAL_SERVER_ERROR:
            raise _Unknown(f"status-{status}", question.host)
        if status != http.client.OK:
            raise _Unknown(f"status-{status}", question.device)
        name = _string(body)
        if name is None:
            raise _Unknown("unreadable", question.device)
        if len(name) > LONGEST_NAME or _zone(name) is None:
            raise _Unknown("unknown-zone", question.device)
        return name

    def _within_time(self, question: _Question) -> tuple[int, bytes]:
        """Exchange on a thread of its own, because the look-up of a name takes no time-out.

        A thread that is left behind ends as soon as its look-up does.
        """
        done: Future[tuple[int, bytes]] = Future()
        deadline = time.monotonic() + self._seconds

        def exchange() -> None:
            try:
                done.set_result(_exchange(question, self._context(), deadline))
            except Exception as error:  # whoever waits raises it
                # A connection that was cut fails in any of many ways, and all mean the same.
                done.set_exception(TimeoutError() if time.monotonic() >= deadline else error)

        threading.Thread(target=exchange, name="time-zone", daemon=True).start()
        return done.result(timeout=self._seconds)

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:  # two threads may both make one; either is as good
            roots = self._roots or Path(certifi.where())
            self._tls = ssl.create_default_context(cafile=str(roots))
        return self._tls


class _Quiet:
    """Who is not to be asked for a while; of too many, the oldest are forgotten."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def about(self, subject: str) -> bool:
        return self._monotonic() < self._until.get(subject, float("-inf"))

    def begin(self, subject: str) -> None:
        with self._lock:
            self._until.pop(subject, None)  # so that the order is the order of failing
            self._until[subject] = self._monotonic() + SECONDS_OF_QUIET
            if len(self._until) > MOST_FAILURES_KEPT:
                del self._until[next(iter(self._until))]


def local_day(epoch_ms: int, zone: str | None) -> date:
    """Return the date at ``epoch_ms`` (milliseconds since 1970) in ``zone``.

    In UTC without a zone, and for a zone that this machine's database does not know. Raises
    OverflowError for a time outside the years 1 to 9999.
    """
    moment = _EPOCH + timedelta(milliseconds=epoch_ms)
    there: tzinfo | None = _zone(zone) if zone else None
    return moment.astimezone(there or UTC).date()


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such name; not a name; a folder of names
        return None


def _string(body: bytes) -> str | None:
    try:
        answer = json.loads(body) if len(body) <= LARGEST_ANSWER else None
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, str) else None


def _exchange(question: _Question, tls: ssl.SSLContext, deadline: float) -> tuple[int, bytes]:
    """Return the status and as much of the body as tells whether it is too large.

    No redirects, no proxy, no second try. ``http.client`` renews its time-out with every byte, so
    at the deadline the connection is cut from outside. Raises OSError, HTTPException, ValueError.
    """
    connection = http.client.HTTPSConnection(
        question.host, question.port, timeout=_left(deadline), context=tls
    )
    with closing(connection):
        connection.connect()
        cut = threading.Timer(_left(deadline), _cut, [connection.sock])
        cut.daemon = True
        cut.start()
        try:
            connection.sock.settimeout(_left(deadline))
            path = f"/v2/devices/{question.device}/settings/System.timeZone"
            headers = {"Authorization": f"Bearer {question.token}", "Accept": "application/json"}
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as response:
                body = response.read(LARGEST_ANSWER + 1)
                if response.length and len(body) <= LARGEST_ANSWER:
                    raise http.client.IncompleteRead(body, response.length)
                return response.status, body
        finally:
            cut.cancel()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it is over already
        connection.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
