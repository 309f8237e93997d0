"""The way from the skill to Amazon's own APIs, for the SDK's clients and for us: nobody else's."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import threading
import time
from concurrent.futures import Future
from contextlib import closing, suppress
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import certifi
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.services import (
    ApiClient,
    ApiClientRequest,
    ApiClientResponse,
    ApiConfiguration,
    Serializer,
)

HOSTS = frozenset({"api.amazonalexa.com", "api.eu.amazonalexa.com", "api.fe.amazonalexa.com"})
"""Amazon's API in North America, Europe and the Far East: nobody else is shown a token."""

_URL = re.compile(r"https://([a-z0-9.-]+)(?::([0-9]{1,5}))?(/[!-~]*)?", re.IGNORECASE)
_TOKEN = re.compile(r"[!-~]+")


class NoAnswer(Exception):
    """Why there is no answer, in a word that names neither listener, device nor token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """endpoint, token: nobody was asked; unreachable; too-late: it may have been done."""


@dataclass(frozen=True)
class Access:
    """Where a listener's request says to ask, and what to show there."""

    host: str
    port: int
    token: str = field(repr=False)

    @property
    def endpoint(self) -> str:
        """The address of the API, without a slash at its end."""
        return f"https://{self.host}:{self.port}"

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What shows the token."""
        return [("Authorization", f"Bearer {self.token}"), ("Accept", "application/json")]


class _Roots:
    """The roots to trust, read when somebody is first asked."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._tls: ssl.SSLContext | None = None

    def tls(self) -> ssl.SSLContext:
        if self._tls is None:  # two threads may both make one; either is as good
            self._tls = ssl.create_default_context(cafile=str(self._file or certifi.where()))
        return self._tls


class AmazonApi(ApiClient):
    """Amazon's APIs over HTTPS, as the SDK's clients and we call them.

    ``roots`` is a PEM file of the roots to trust, certifi's when None. ``test_host`` is one more
    host to ask, at any port. ``seconds`` bounds a whole request, the look-up of the host's name
    included, ``largest`` the answer in bytes. Safe to be used by many threads at once.
    """

    def __init__(
        self,
        roots: Path | None = None,
        *,
        test_host: str | None = None,
        seconds: float = 4.0,
        largest: int = 1_000_000,
    ) -> None:
        self._limits = _Limits(_Roots(roots), test_host, seconds, largest)

    @property
    def seconds(self) -> float:
        """How long a request may take in all."""
        return self._limits.seconds

    def within(self, seconds: float, largest: int | None = None) -> AmazonApi:
        """Return the same way with another time limit and, if given, another size."""
        other = copy(self)
        other._limits = replace(
            self._limits, seconds=seconds, largest=largest or self._limits.largest
        )
        return other

    def access(self, envelope: RequestEnvelope) -> Access:
        """Return where a request says to ask, for it alone.

        The request must have been verified, for its token goes where it says. Raises NoAnswer:
        endpoint, token.
        """
        system = envelope.context.system if envelope.context else None
        host, port, path = self._limits.address(system.api_endpoint if system else None)
        if path not in ("", "/"):
            raise NoAnswer("endpoint")
        token = system.api_access_token if system else None
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise NoAnswer("token")
        return Access(host, port, token)

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Send a request of the SDK's and return whatever status comes; redirects are not followed.

        A body that is too large or no UTF-8 is returned as an empty one. Raises NoAnswer, which
        the SDK's clients turn into a ServiceException of status 500 that has it as its context.
        """
        host, port, path = self._limits.address(request.url)
        if not isinstance(request.method, str):
            raise ValueError("a request without a method")
        body = json.dumps(request.body, allow_nan=False).encode() if request.body else None
        ask = _Ask(host, port, request.method, path, dict(request.headers or ()), body)
        try:
            status, answer = _within_time(ask, self._limits)
        except TimeoutError:
            raise NoAnswer("too-late") from None
        except (OSError, http.client.HTTPException, ValueError, RuntimeError):
            raise NoAnswer("unreachable") from None
        return ApiClientResponse(
            headers=[], body=_text(answer, self._limits.largest), status_code=status
        )

    def configuration(self, access: Access, serializer: Serializer) -> ApiConfiguration:
        """Return what the SDK's service clients are made with. It shows its token to nobody."""
        return ApiConfiguration(
            serializer=serializer,
            api_client=self,
            authorization_value=access.token,
            api_endpoint=access.endpoint,
        )


class UnreadSerializer(DefaultSerializer):
    """Writes the SDK's models as its DefaultSerializer does, and leaves answers unread, as text.

    The DefaultSerializer fails on an answer that has one value the SDK is too old to know, puts
    the whole answer into the text of its error, and lets an answer set any attribute of its
    objects. Whoever asked reads the text, and takes from it what there is.
    """

    def deserialize(self, payload: Any, obj_type: Any) -> Any:  # noqa: ARG002  # the SDK passes it
        """Return the answer as it came."""
        return payload


@dataclass(frozen=True)
class _Limits:
    roots: _Roots
    test_host: str | None
    seconds: float
    largest: int

    def address(self, url: object) -> tuple[str, int, str]:
        """Return host, port and path of an address that may be asked. Raises NoAnswer: endpoint."""
        parts = _URL.fullmatch(url) if isinstance(url, str) else None
        if parts is None:
            raise NoAnswer("endpoint")
        host, port = parts[1].lower(), int(parts[2] or http.client.HTTPS_PORT)
        if host == self.test_host and 0 < port < 65_536:
            return host, port, parts[3] or ""
        if host in HOSTS and port == http.client.HTTPS_PORT:
            return host, port, parts[3] or ""
        raise NoAnswer("endpoint")


@dataclass(frozen=True)
class _Ask:
    host: str
    port: int
    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes | None = field(repr=False)


def _text(body: bytes, largest: int) -> str:
    try:
        return body.decode("utf-8") if len(body) <= largest else ""
    except UnicodeDecodeError:
        return ""


def _within_time(ask: _Ask, limits: _Limits) -> tuple[int, bytes]:
    """Exchange on a thread of its own, because the look-up of a name takes no time-out.

    A thread that is left behind ends as soon as its look-up does.
    """
    done: Future[tuple[int, bytes]] = Future()
    deadline = time.monotonic() + limits.seconds

    def exchange() -> None:
        try:
            done.set_result(_exchange(ask, limits, deadline))
        except Exception as error:  # whoever waits raises it
            # A connection that was cut fails in any of many ways, and all mean the same.
            done.set_exception(TimeoutError() if time.monotonic() >= deadline else error)

    threading.Thread(target=exchange, name="amazon-api", daemon=True).start()
    return done.result(timeout=limits.seconds)


def _exchange(ask: _Ask, limits: _Limits, deadline: float) -> tuple[int, bytes]:
    """Return the status and as much of the body as tells whether it is too large.

    No redirects, no proxy, no second try. ``http.client`` renews its time-out with every byte, so
    at the deadline the connection is cut from outside. Raises OSError, HTTPException, ValueError.
    """
    connection = http.client.HTTPSConnection(
        ask.host, ask.port, timeout=_left(deadline), context=limits.roots.tls()
    )
    with closing(connection):
        connection.connect()
        cut = threading.Timer(_left(deadline), _cut, [connection.sock])
        cut.daemon = True
        cut.start()
        try:
            connection.sock.settimeout(_left(deadline))
            connection.request(ask.method, ask.path or "/", body=ask.body, headers=ask.headers)
            with connection.getresponse() as response:
                body = response.read(limits.largest + 1)
                if response.length and len(body) <= limits.largest:
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
