"""What is between granian and the application: whole bodies, and nobody who waits for one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from skill import whole_bodies
from skill.whole_bodies import LARGEST_READ, WholeBodies


@dataclass
class Request:
    """A request as granian hands it over: what is told of it, and what can be done with it."""

    headers: dict[str, str] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()
    comes: bool = True
    method: str = "POST"
    path: str = "/alexa"
    query_string: str = "a=1"
    server: str = "127.0.0.1:8080"
    client: str = "127.0.0.1:50000"
    scheme: str = "http"
    http_version: str = "1.1"
    answers: list[tuple[int, list[tuple[str, str]], bytes]] = field(default_factory=list)
    read: int = 0

    async def __call__(self) -> bytes:
        if not self.comes:
            await asyncio.Event().wait()
        return b"".join(self.parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            self.read += len(part)
            yield part
        if not self.comes:
            await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answers.append((status, headers, body))


def echo(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer with the body, and with what was told of the request."""
    body = environ["wsgi.input"].read()
    told = {name: environ[name] for name in ("PATH_INFO", "QUERY_STRING", "SERVER_PORT")}
    start("200 OK", [("X-Told", repr(told)), ("X-Twice", environ.get("HTTP_X_TWICE", ""))])
    return [body]


def answered(request: Any, threads: int = 1) -> tuple[int, dict[str, str], bytes]:
    answering = WholeBodies(echo, threads).__rsgi__(request, request)
    with ThreadPoolExecutor(1) as elsewhere:  # the browser's tests have a loop in this thread
        elsewhere.submit(asyncio.run, answering).result()
    ((status, headers, body),) = request.answers
    return status, dict(headers), body


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in parts"])
def test_a_body_reaches_the_application_whole(threads: int, announced: bool) -> None:
    headers = {"content-length": "6"} if announced else {"transfer-encoding": "chunked"}
    status, told, body = answered(Request(headers, (b"abc", b"def")), threads)
    assert (status, body) == (200, b"abcdef")
    assert told["x-told"] == repr(
        {"PATH_INFO": "/alexa", "QUERY_STRING": "a=1", "SERVER_PORT": "8080"}
    )


def test_a_body_that_is_announced_as_too_large_is_not_read() -> None:
    request = Request({"content-length": str(LARGEST_READ)}, comes=False)
    assert answered(request)[2] == b""


def test_of_a_body_without_end_no_more_is_read_than_tells_that_it_is_too_large() -> None:
    request = Request({}, tuple(bytes(10_000) for _ in range(100)), comes=False)
    assert len(answered(request)[2]) >= LARGEST_READ
    assert request.read < LARGEST_READ + 10_000


@pytest.mark.parametrize("headers", [{"content-length": "9"}, {}], ids=["announced", "in parts"])
def test_a_body_that_does_not_come_is_refused_in_time(
    headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_bodies, "BODY_WITHIN_S", 0.05)
    status, told, body = answered(Request(headers, (b"abc",), comes=False))
    assert (status, body) == (408, whole_bodies.LATE)
    assert told["connection"] == "close"
    assert told["x-content-type-options"] == "nosniff"


def test_nobody_waits_for_the_body_of_a_get() -> None:
    assert answered(Request(method="GET", comes=False))[0] == 200
