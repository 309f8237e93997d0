"""Fetching a certificate bundle over HTTPS, within a time and a size."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from typing import TYPE_CHECKING, Protocol

from skill.alexa.certificate_url import path_of
from skill.alexa.refusal import RequestRefused
from skill.alexa.webservice_support import CERT_CHAIN_URL_HOSTNAME, CERT_CHAIN_URL_PORT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Amazon waits about 8 s for the answer of the skill; this leaves the coach more than it needs.
SECONDS_IN_ALL = 3.0
SECONDS_TO_CONNECT = 1.5

# Amazon's bundles are about 6 KB.
LARGEST_BUNDLE = 64 * 1024

_HEADERS_AND_BUNDLE = LARGEST_BUNDLE + 16 * 1024


class Download(Protocol):
    """Something that fetches what is at a canonical certificate address."""

    def __call__(self, url: str, /) -> bytes:
        """Return the bundle, or raise RequestRefused."""
        ...


class HttpsDownload:
    """Fetches from S3 with the standard library: no redirects, no proxy, no second try.

    The answer is read off the socket before it is parsed, because ``http.client`` renews its
    time-out with every byte: only so does ``seconds`` bound the whole.
    """

    def __init__(self, roots: Path, seconds: float = SECONDS_IN_ALL) -> None:
        self._roots = roots
        self._seconds = seconds
        self._tls: ssl.SSLContext | None = None

    def __call__(self, url: str, /) -> bytes:
        """Return the body of a 200 answer.

        Raises RequestRefused: certificate-unreachable (name, connection, TLS, time), -status or
        -too-large.
        """
        deadline = time.monotonic() + self._seconds
        try:
            return _body(self._exchange(path_of(url), deadline), url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise RequestRefused("certificate-unreachable", type(error).__name__) from error

    def _exchange(self, path: str, deadline: float) -> bytes:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {CERT_CHAIN_URL_HOSTNAME}\r\n"
            "Accept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
        )
        address = (CERT_CHAIN_URL_HOSTNAME, CERT_CHAIN_URL_PORT)
        with socket.create_connection(address, timeout=SECONDS_TO_CONNECT) as plain:
            plain.settimeout(_left(deadline))
            with self._context().wrap_socket(plain, server_hostname=address[0]) as secure:
                secure.settimeout(_left(deadline))
                secure.sendall(request.encode("ascii"))
                return _read(secure, lambda: _left(deadline))

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:  # two threads may both make one; either is as good
            self._tls = ssl.create_default_context(cafile=str(self._roots))
        return self._tls


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(connection: ssl.SSLSocket, left: Callable[[], float]) -> bytes:
    answer = bytearray()
    while True:
        connection.settimeout(left())
        part = connection.recv(16 * 1024)
        if not part:
            return bytes(answer)
        answer += part
        if len(answer) > _HEADERS_AND_BUNDLE:
            raise RequestRefused("certificate-too-large")


class _Read:
    """What ``http.client`` needs of a socket whose bytes are here already."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._answer)


def _body(answer: bytes, url: str) -> bytes:
    response = http.client.HTTPResponse(_Read(answer), method="GET")  # type: ignore[arg-type]  # it asks a socket for nothing but makefile
    response.begin()
    if response.status != http.client.OK:
        raise RequestRefused("certificate-status", f"{response.status} {url}")
    body = response.read(LARGEST_BUNDLE + 1)
    if len(body) > LARGEST_BUNDLE:
        raise RequestRefused("certificate-too-large")
    if response.length:  # the connection broke off before the announced end
        raise RequestRefused("certificate-unreachable", "IncompleteRead")
    return body
