"""How a server ends, and how another takes its place: nobody who was let in goes unanswered."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections import Counter
from pathlib import Path

import pytest

from skill.web_server import RENEWS_AFTER_S
from tests.amazon import PretendAmazon
from tests.benchmarks.signing import posted, ready, utc_now
from tests.serving import PATIENCE_S, Serving, eventually, fetched, serving

LISTENERS = 12

ASKS_READY = b"GET /readyz HTTP/1.1\r\nHost: coach.example\r\n\r\n"


def signed(amazon: PretendAmazon, number: int) -> bytes:
    """Return a whole request of a listener in mid-workout."""
    body = ready(number, utc_now())
    return posted(body, amazon.sign(body))


def connected(server: Serving) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), PATIENCE_S)


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Return status and body of the answer on a connection; status 0 where it was broken off."""
    got = b""
    try:
        while not (got and _is_whole(got)):
            part = connection.recv(1 << 16)
            if not part:
                return 0, got
            got += part
    except ConnectionError:
        return 0, got
    return int(got[9:12]), got.partition(b"\r\n\r\n")[2]


def _is_whole(got: bytes) -> bool:
    head, blank, body = got.partition(b"\r\n\r\n")
    lengths = [
        row[15:] for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")
    ]
    return bool(blank) and len(body) >= int(lengths[0])


def refuses(server: Serving) -> bool:
    try:
        connected(server).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize("to_all", [False, True], ids=["to it alone", "to its workers too"])
def test_who_was_let_in_before_the_end_is_answered(
    tmp_path: Path, amazon: PretendAmazon, to_all: bool
) -> None:
    with serving(tmp_path, amazon) as server:
        server.held.touch()
        waiting = [connected(server) for _ in range(LISTENERS)]
        for number, connection in enumerate(waiting):
            connection.sendall(signed(amazon, number))
        asks = connected(server)
        asks.sendall(ASKS_READY)
        eventually(server.held.with_suffix(".waiting").exists)
        eventually(server.has_read_everything)

        end = os.killpg if to_all else os.kill
        end(server.process.pid, signal.SIGTERM)
        if not to_all:
            eventually(lambda: server.state().get("stopping"))
            assert server.state()["status"] == "not-ready"
        server.held.unlink()

        answers = [answer(connection) for connection in waiting]
        assert [status for status, _ in answers] == [200] * LISTENERS
        assert all(b"outputSpeech" in body or b"directives" in body for _, body in answers)
        assert answer(asks) == (503, b'{"status":"not-ready"}')
        assert server.process.wait(PATIENCE_S) == 0
        assert refuses(server)
        for connection in (*waiting, asks):
            connection.close()


class Callers:
    """Listeners who call all the time, on a new connection for every turn."""

    def __init__(self, server: Serving, requests: list[bytes]) -> None:
        self._server = server
        self._requests = requests
        self._enough = threading.Event()
        self.answers: Counter[object] = Counter()
        self._threads = [threading.Thread(target=self._call, args=(n,)) for n in range(2)]

    def __enter__(self) -> Callers:
        for thread in self._threads:
            thread.start()
        self.ten_more()
        return self

    def ten_more(self) -> None:
        """Wait until ten more of their calls came to an end."""
        more = self.answers.total() + 10
        eventually(lambda: self.answers.total() > more)

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _call(self, number: int) -> None:
        while not self._enough.is_set():
            number = (number + 2) % len(self._requests)
            try:
                with connected(self._server) as connection:
                    connection.sendall(self._requests[number])
                    self.answers[answer(connection)[0]] += 1
            except OSError as fault:
                self.answers[type(fault).__name__] += 1
            self._enough.wait(0.02)


def test_another_takes_over_and_nobody_is_refused(tmp_path: Path, amazon: PretendAmazon) -> None:
    requests = [signed(amazon, number) for number in range(20)]
    with serving(tmp_path / "first", amazon) as first:
        beside = serving(tmp_path / "second", amazon, "--take-over", port=first.port)
        with beside as second, Callers(second, requests) as callers:
            assert first.ended() == 0
            callers.ten_more()
            assert fetched(f"{second.url}/readyz")[0] == 200
    assert set(callers.answers) == {200}, callers.answers


def test_a_server_on_a_port_in_use_is_still_a_mistake_unless_it_takes_over(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "first") as first:
        beside = serving(tmp_path / "second", port=first.port)
        with pytest.raises(AssertionError, match=r"Cannot listen on 127\.0\.0\.1 port"), beside:
            pass


def test_sighup_puts_new_workers_in_the_place_of_the_old(
    tmp_path: Path, amazon: PretendAmazon
) -> None:
    requests = [signed(amazon, number) for number in range(20)]
    with serving(tmp_path, amazon) as server:
        before = server.workers()
        with Callers(server, requests) as callers:
            server.process.send_signal(signal.SIGHUP)
            eventually(lambda: not set(before) & set(server.workers()))
            assert server.state()["status"] == "ready"
            callers.ten_more()
        assert set(callers.answers) == {200}, callers.answers
        assert "hip_workout_workers_started_total 2.0" in server.figures()
        assert server.ended() == 0


def test_ctrl_c_ends_it_in_peace_too(tmp_path: Path) -> None:
    with serving(tmp_path, None, "--workers", "2") as server:
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(PATIENCE_S) == 0
        assert "Traceback" not in server.said()


def test_an_end_that_is_asked_for_while_workers_are_renewed_is_not_slept_through(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as server:
        old = server.workers()
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: len(server.workers()) > len(old))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(RENEWS_AFTER_S - 3) == 0
