from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from skill.alexa.certificate_download import LARGEST_BUNDLE, HttpsDownload
from skill.alexa.verify import SignatureVerifier
from tests.alexa.refusals import BODY, refusal, verifier
from tests.amazon import (
    FrozenClock,
    Hang,
    PretendAmazon,
    raw,
    sent,
)


def drip(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        for at in range(0, len(data), max(len(data) // 30, 1)):
            handler.wfile.write(data[at : at + max(len(data) // 30, 1)])
            time.sleep(0.05)

    return answer


def never_ends(handler: BaseHTTPRequestHandler) -> None:
    with contextlib.suppress(OSError):  # until the other side has had enough
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100_000):
            handler.wfile.write(b"x" * 64 * 1024)


def whole_answer(bundle: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(bundle), bundle)


BAD_ANSWERS: dict[str, tuple[Callable[[PretendAmazon], Any], str]] = {
    "hangs": (lambda _: Hang(), "certificate-unreachable"),
    "drips for longer than there is time": (
        lambda a: drip(whole_answer(a.bundle())),
        "certificate-unreachable",
    ),
    "never ends": (lambda _: never_ends, "certificate-too-large"),
    "hangs up": (lambda _: raw(b""), "certificate-unreachable"),
    "speaks no HTTP": (lambda _: raw(b"220 smtp ready\r\n"), "certificate-unreachable"),
    "breaks off": (
        lambda a: sent(a.bundle(), headers={"Content-Length": "99999"}),
        "certificate-unreachable",
    ),
    "breaks off in a chunk": (
        lambda _: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nabc"),
        "certificate-unreachable",
    ),
    "has a chunk of nonsense": (
        lambda _: raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"),
        "certificate-unreachable",
    ),
    "never ends its headers": (
        lambda _: raw(b"HTTP/1.1 200 OK\r\n" + b"X-More: yes\r\n" * 200),
        "certificate-unreachable",
    ),
    "is missing": (lambda _: sent(b"", 404), "certificate-status"),
    "is forbidden": (lambda _: sent(b"", 403), "certificate-status"),
    "is out of order": (lambda a: sent(a.bundle(), 500), "certificate-status"),
    "has no content": (lambda _: sent(b"", 204), "certificate-status"),
    "leads elsewhere": (
        lambda a: sent(b"", 302, {"Location": a.url}),
        "certificate-status",
    ),
    "is too large": (lambda _: sent(b"x" * (LARGEST_BUNDLE + 1)), "certificate-too-large"),
    "is far too large": (lambda _: sent(b"x" * 10 * LARGEST_BUNDLE), "certificate-too-large"),
}


@pytest.mark.parametrize(("make", "reason"), BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_a_download_that_fails_is_refused(
    amazon: PretendAmazon,
    clock: FrozenClock,
    make: Callable[[PretendAmazon], Any],
    reason: str,
) -> None:
    answer = make(amazon)
    url = amazon.serve(amazon.new_url(), answer)
    checks = verifier(amazon, clock, download=HttpsDownload(amazon.ca_bundle, seconds=0.5))
    assert refusal(checks, amazon.sign(BODY, url=url)) == reason
    if isinstance(answer, Hang):
        answer.let_go.set()


def test_a_chunked_answer_is_as_good_as_any(amazon: PretendAmazon, clock: FrozenClock) -> None:
    bundle = amazon.bundle()
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(bundle), bundle)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = amazon.serve(amazon.new_url(), raw(head + chunks))
    verifier(amazon, clock).verify(amazon.sign(BODY, url=url), BODY)
    assert amazon.downloads[url] == 1


def no_such_name(*_: Any, **__: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def a_name_no_socket_can_be_made_for(*_: Any, **__: Any) -> Any:
    raise UnicodeError("label too long")


@pytest.mark.parametrize("resolve", [no_such_name, a_name_no_socket_can_be_made_for])
def test_a_name_that_leads_nowhere_is_refused(
    amazon: PretendAmazon,
    clock: FrozenClock,
    resolve: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checks = verifier(amazon, clock)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert refusal(checks, amazon.sign(BODY, url=amazon.new_url())) == "certificate-unreachable"


def test_a_server_without_a_trusted_certificate_is_not_believed(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    url = amazon.serve(amazon.new_url(), amazon.bundle())
    checks = SignatureVerifier(clock=clock)  # certifi's roots: the pretend server is an impostor
    assert refusal(checks, amazon.sign(BODY, url=url)) == "certificate-unreachable"
    assert amazon.downloads[url] == 0
