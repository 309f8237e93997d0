"""Asking a server: what is wrong on the way is told, and nothing waits for ever."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from skill.doctor.finding import State, found_by, ok, reason
from skill.doctor.web import MOST_BYTES, Line, Reply, Unreachable, Untrusted, path_of
from tests.doctor.conftest import clock_app
from tests.doctor.site import Internet

HOST = "coach.example"


@contextmanager
def mute(internet: Internet, host: str) -> Iterator[None]:
    """Somebody who picks up and says nothing, at ``host``."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        internet.lead(host, server.getsockname()[1])
        yield


def test_whoever_says_nothing_is_not_waited_for_longer_than_wanted(internet: Internet) -> None:
    line = Line(HOST, internet.roots, seconds=0.2)
    with mute(internet, HOST), pytest.raises(Unreachable, match="timed out"):
        line.secured()


def test_who_answers_too_late_has_not_answered(internet: Internet) -> None:
    let_go = threading.Event()

    def slow(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        let_go.wait(10)
        start("200 OK", [])
        return [b""]

    with internet.serving(HOST, slow):
        try:
            with pytest.raises(Unreachable, match="no answer"):
                Line(HOST, internet.roots, seconds=0.3).ask("/")
        finally:
            let_go.set()


def test_no_more_is_read_than_there_is_room_for(internet: Internet) -> None:
    def endless(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [])
        return (b"x" * 65_536 for _ in range(64))

    with internet.serving(HOST, endless):
        assert len(Line(HOST, internet.roots).ask("/").body) == MOST_BYTES


def test_openssls_number_comes_with_a_certificate_that_is_not_trusted(internet: Internet) -> None:
    other = internet.certificate("other.example")
    with internet.serving(HOST, clock_app(), other), pytest.raises(Untrusted) as untrusted:
        Line(HOST, internet.roots).ask("/")
    assert untrusted.value.code == 62


def test_the_protocol_and_the_last_day_of_a_certificate_are_told(internet: Internet) -> None:
    def only_1_2(context: ssl.SSLContext) -> None:
        context.maximum_version = ssl.TLSVersion.TLSv1_2

    with internet.serving(HOST, clock_app(), tune=only_1_2):
        protocol, ends = Line(HOST, internet.roots).secured()
    assert protocol == "TLSv1.2"
    assert 88 <= (ends - datetime.now(UTC)).days <= 90


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("Tue, 03 Mar 2026 12:00:00 GMT", datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 12:00:00 -0000", datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("noon", None),
        ("", None),
    ],
)
def test_the_time_of_a_server_is_read_or_not_known(told: str, date: datetime | None) -> None:
    assert Reply(200, {"date": told}, b"", 1.0, datetime.now(UTC)).date == date


def test_the_path_of_an_address_is_whole() -> None:
    assert path_of("https://coach.example") == "/"
    assert path_of("https://coach.example/a/b?c=d") == "/a/b?c=d"


def test_a_check_that_fails_itself_is_told_and_the_others_go_on() -> None:
    def fails() -> Iterator[object]:
        yield ok("First", "fine")
        raise RuntimeError("oh\nno")

    first, second = found_by("Second", fails)  # type: ignore[arg-type]  # it gives findings
    assert first.state is State.OK
    assert (second.check, second.state) == ("Second", State.WRONG)
    assert second.says == "could not be looked at: oh"


def test_a_fault_that_says_nothing_is_called_by_its_kind() -> None:
    assert reason(KeyError()) == "KeyError"
