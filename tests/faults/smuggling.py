"""Requests whose end is told in two ways, to slip another one past whoever stands in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults.front import caddy
from tests.faults.listener import Listener, kept_session
from tests.faults.row import Row
from tests.faults.stage import Service, Stage, sqlite_url
from tests.faults.wire_talk import chunked, head, tell

HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: coach.example\r\n\r\n"
"""What is slipped in; who reads it as a request of its own answers 404."""

CHUNKED = b"Transfer-Encoding: chunked"

Attempt = Callable[[Mapping[str, str], bytes], bytes]
"""Headers of a signed request and its body in, bytes to send out."""


def _length(number: int | str) -> bytes:
    return f"Content-Length: {number}".encode()


def _cl_te(headers: Mapping[str, str], body: bytes) -> bytes:
    empty = b"0\r\n\r\n"
    return head(headers, _length(len(empty + HIDDEN)), CHUNKED) + empty + HIDDEN


def _te_cl(headers: Mapping[str, str], body: bytes) -> bytes:
    return head(headers, CHUNKED, _length(4)) + chunked(body) + HIDDEN


def _with(*lines: bytes) -> Attempt:
    return lambda headers, body: head(headers, *lines, _length(len(body))) + body + HIDDEN


def _in_chunks(*lines: bytes, extension: bytes = b"") -> Attempt:
    return lambda headers, body: head(headers, *lines) + chunked(body, extension) + HIDDEN


ATTEMPTS: dict[str, Attempt] = {
    "CL.TE": _cl_te,
    "TE.CL": _te_cl,
    "two lengths": lambda h, b: head(h, _length(len(b)), _length(3)) + b + HIDDEN,
    "a list of lengths": lambda h, b: head(h, _length(f"{len(b)}, 3")) + b + HIDDEN,
    "a signed length": lambda h, b: head(h, _length(f"+{len(b)}")) + b + HIDDEN,
    "a negative length": lambda h, b: head(h, _length(-1)) + b + HIDDEN,
    "a coding nobody knows": _with(b"Transfer-Encoding: xchunked"),
    "a space before the colon": _with(b"Transfer-Encoding : chunked"),
    "a coding in two headers": _in_chunks(CHUNKED, b"Transfer-Encoding: identity"),
    "obs-fold": _with(b"X-Folded: a", b" b", b"Transfer-Encoding:", b" chunked"),
    "a bare CR": _with(b"X-A: a\rTransfer-Encoding: chunked"),
    "a bare LF": _with(b"X-A: a\nTransfer-Encoding: xchunked"),
    "a NUL": _with(b"X-A: a\0b"),
    "a chunk extension that ends in LF": _in_chunks(CHUNKED, extension=b";a\n"),
    "a huge chunk extension": _in_chunks(CHUNKED, extension=b";" + b"a" * 100_000),
    "a chunk beyond all bounds": lambda h, b: (
        head(h, CHUNKED) + b"fffffffffffffffff\r\n" + b + HIDDEN
    ),
}


def attempts(stage: Stage) -> Row:
    """Try everything on granian itself and through Caddy; a genuine turn comes after each."""
    with stage.service() as served, caddy(served.port, stage.folder) as front:
        ann = Listener(stage.amazon, front, "smuggling")
        ann.goes_into_a_set()
        ann.says("AMAZON.PauseIntent", after_s=30)
        refused = sum(
            _is_harmless(stage, served, ann, port, name)
            for name in ATTEMPTS
            for port in (served.port, front)
        )
        assert "rep" in ann.says("AMAZON.ResumeIntent")
    return Row(
        "request smuggling",
        f"{len(ATTEMPTS)} attempts ({', '.join(list(ATTEMPTS)[:4])}, obs-fold, bare CR and LF, "
        "chunk extensions …), on granian itself and through Caddy",
        "no difference",
        f"{refused} of {2 * len(ATTEMPTS)} are refused outright. granian answers no hidden "
        "request, and after each attempt a genuine turn gets its own answer, and is kept.",
    )


def _is_harmless(stage: Stage, served: Service, ann: Listener, port: int, name: str) -> bool:
    """Prove it; say whether the attempt was refused without anything else being answered."""
    body = ann.alexa.last_body
    heard = tell(port, ATTEMPTS[name](stage.amazon.sign(body), body))
    if port == served.port:
        assert 404 not in heard.statuses, f"granian has answered what was hidden: {name}"
    ann.says("AMAZON.HelpIntent", after_s=0)
    assert kept_session(sqlite_url(stage.folder), ann) == ann.session
    return len(heard.statuses) <= 1 and not 200 <= next(iter(heard.statuses), 400) < 300
