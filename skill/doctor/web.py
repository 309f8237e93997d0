"""Asking a server as Amazon and its devices do: HTTPS at port 443, certificates checked."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 8.0
"""As long as Alexa waits for a skill."""

MOST_BYTES = 256 * 1024

PORT = 443


class Unreachable(Exception):
    """There is no answer, for want of a name, a connection, TLS, HTTP or time: as it says."""


class Untrusted(Unreachable):
    """There is a certificate, and it is not to be trusted; the message says why."""

    def __init__(self, code: int, says: str) -> None:
        super().__init__(says)
        self.code = code
        """OpenSSL's number for what is wrong with it."""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""

    body: bytes
    """At most `MOST_BYTES` of it."""

    ms: float
    """From the question to the end of the answer, with the connection made before."""

    asked: datetime
    """The middle of that time, by this machine's clock."""

    @property
    def date(self) -> datetime | None:
        """What time it was for the server."""
        try:
            told = parsedate_to_datetime(self.headers.get("date", ""))
        except ValueError:
            return None
        return told if told.tzinfo else told.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """A way to one host, with the roots to trust."""

    host: str
    roots: Path
    seconds: float = SECONDS

    def secured(self) -> tuple[str, datetime]:
        """Return which TLS is spoken, and until when the certificate is valid.

        Raises Unreachable.
        """
        with self._connected() as connection:
            assert isinstance(connection.sock, ssl.SSLSocket)  # noqa: S101 - HTTPSConnection's is
            certificate = connection.sock.getpeercert() or {}
            ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
            protocol = connection.sock.version() or ""
        return protocol, datetime.fromtimestamp(ends, UTC)

    def ask(
        self, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Return the answer to a GET, or to a POST where there is a body. Raises Unreachable.

        Redirects are not followed: neither does Amazon.
        """
        with self._connected() as connection:
            began, asked = time.perf_counter(), datetime.now(UTC)
            try:
                connection.request("GET" if body is None else "POST", path, body, headers or {})
                answer = connection.getresponse()
                whole = answer.read(MOST_BYTES)
            except (OSError, http.client.HTTPException) as fault:
                raise Unreachable(f"no answer: {type(fault).__name__} {fault}".strip()) from fault
            passed = time.perf_counter() - began
        named = {name.lower(): value for name, value in answer.getheaders()}
        middle = datetime.fromtimestamp(asked.timestamp() + passed / 2, UTC)
        return Reply(answer.status, named, whole, passed * 1000, middle)

    def _connected(self) -> closing[http.client.HTTPSConnection]:
        context = ssl.create_default_context(cafile=str(self.roots))
        context.hostname_checks_common_name = False  # Amazon wants alternative names
        connection = http.client.HTTPSConnection(
            self.host, PORT, timeout=self.seconds, context=context
        )
        try:
            connection.connect()
        except ssl.SSLCertVerificationError as fault:
            connection.close()
            raise Untrusted(fault.verify_code, fault.verify_message) from fault
        except socket.gaierror as fault:
            raise Unreachable(f"nobody knows the name {self.host}") from fault
        except ssl.SSLError as fault:
            connection.close()
            raise Unreachable(f"no TLS: {fault.reason or fault}") from fault
        except OSError as fault:
            connection.close()
            raise Unreachable(f"no connection: {fault.strerror or fault}") from fault
        return closing(connection)


def path_of(url: str) -> str:
    """Return what to ask a server for at an address."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
