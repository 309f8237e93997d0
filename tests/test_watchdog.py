from __future__ import annotations

import contextlib
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from skill import watchdog
from tests.serving import free_port

EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked, not listened at

LONG_S = 20.0
"""Longer than anything here takes; whoever waits for it has failed."""


class Systemd:
    """Hears what a service tells, on a real socket."""

    def __init__(self, name: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self._socket.settimeout(LONG_S)
        self.environ = {"NOTIFY_SOCKET": name}

    def hear(self) -> str:
        return self._socket.recv(4096).decode()

    def heard_by_now(self) -> list[str]:
        """Return what was told and not heard yet."""
        self._socket.setblocking(False)
        said = []
        with contextlib.suppress(BlockingIOError):
            while True:
                said.append(self._socket.recv(4096).decode())
        self._socket.settimeout(LONG_S)
        return said

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    """systemd's own kinds of addresses."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@{tmp_path}/notify"
    hearing = Systemd(name)
    yield hearing
    hearing.close()


class Served:
    """A server that answers as it is told to, and counts who asked."""

    def __init__(self) -> None:
        self.status = 200
        self.asked: queue.Queue[str] = queue.Queue()
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status = served.status
                if status:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                served.asked.put(self.path)

            def log_message(self, *_: object) -> None:
                """Say nothing: standard error belongs to the test."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self._thread.start()

    def wait_until_asked(self, times: int) -> None:
        for _ in range(times):
            self.asked.get(timeout=LONG_S)

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


@pytest.fixture
def served() -> Iterator[Served]:
    serving = Served()
    yield serving
    serving.close()


def test_ready_is_told_when_the_port_answers_and_stopping_at_the_end(
    systemd: Systemd, served: Served
) -> None:
    with watchdog.keep("127.0.0.1", served.port, environ=systemd.environ):
        assert systemd.hear() == "READY=1"
        assert served.asked.get(timeout=LONG_S) == watchdog.LIVE
    assert systemd.hear() == "STOPPING=1"
    assert systemd.heard_by_now() == []  # nobody asked for a watchdog


def test_nothing_is_ready_before_the_port_answers(systemd: Systemd) -> None:
    with watchdog.keep("127.0.0.1", free_port(), environ=systemd.environ):
        pass
    assert systemd.hear() == "STOPPING=1"
    assert systemd.heard_by_now() == []


@pytest.mark.parametrize("wrong", [503, 404, 0])
def test_a_server_that_answers_wrongly_or_not_at_all_is_not_ready(
    systemd: Systemd, served: Served, wrong: int
) -> None:
    served.status = wrong
    with watchdog.keep("127.0.0.1", served.port, environ=systemd.environ):
        served.wait_until_asked(2)
        assert systemd.heard_by_now() == []
        served.status = 200
        served.asked.get(timeout=LONG_S)
        assert systemd.hear() == "READY=1"


def test_each_answer_feeds_the_watchdog_and_a_server_that_hangs_starves_it(
    systemd: Systemd, served: Served
) -> None:
    environ = systemd.environ | {"WATCHDOG_USEC": "200000", "WATCHDOG_PID": str(os.getpid())}
    with watchdog.keep("127.0.0.1", served.port, environ=environ):
        assert [systemd.hear() for _ in range(4)] == ["READY=1", *["WATCHDOG=1"] * 3]
        served.status = 503
        served.wait_until_asked(served.asked.qsize() + 2)
        systemd.heard_by_now()  # what was told before it went wrong
        served.wait_until_asked(3)
        assert systemd.heard_by_now() == []


def test_the_watchdog_of_another_process_is_not_ours_to_feed(
    systemd: Systemd, served: Served
) -> None:
    environ = systemd.environ | {"WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"}
    with watchdog.keep("127.0.0.1", served.port, environ=environ):
        assert systemd.hear() == "READY=1"
    assert systemd.hear() == "STOPPING=1"


def test_stopping_is_told_when_the_server_dies_of_a_fault(systemd: Systemd) -> None:
    with (
        pytest.raises(KeyError),
        watchdog.keep("127.0.0.1", free_port(), environ=systemd.environ),
    ):
        raise KeyError
    assert systemd.hear() == "STOPPING=1"


@pytest.mark.parametrize("name", ["/nowhere/notify", "@nobody"])
def test_the_server_goes_on_where_nobody_listens(served: Served, name: str) -> None:
    environ = {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "40000"}
    with watchdog.keep("127.0.0.1", served.port, environ=environ):
        served.wait_until_asked(3)  # it is still looked at, though nobody heard so
    assert watchdog.answers("127.0.0.1", served.port)


@pytest.mark.parametrize("name", ["", "vsock:2:1234", "relative"])
def test_nobody_is_asked_where_nobody_wants_to_know(served: Served, name: str) -> None:
    with watchdog.keep("127.0.0.1", served.port, environ={"NOTIFY_SOCKET": name}):
        assert watchdog.answers("127.0.0.1", served.port, path="/ours")
    assert served.asked.get(timeout=LONG_S) == "/ours"
    assert served.asked.empty()


@pytest.mark.parametrize("address", ["127.0.0.1", EVERYWHERE, "localhost"])
def test_wherever_the_server_listens_it_is_found(served: Served, address: str) -> None:
    assert watchdog.answers(address, served.port)
    assert not watchdog.answers(address, free_port())


def test_the_exit_code_tells_a_container_whether_the_server_answers(served: Served) -> None:
    environ = {"HIP_WORKOUT_HOST": EVERYWHERE, "HIP_WORKOUT_PORT": str(served.port)}
    ask = [sys.executable, "-m", "skill.watchdog"]
    assert subprocess.run(ask, env=environ, check=False).returncode == 0
    served.status = 500
    assert subprocess.run(ask, env=environ, check=False).returncode == 1


def test_settings_that_are_wrong_are_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert watchdog.main({"HIP_WORKOUT_PORT": "many"}) == 1
    assert "HIP_WORKOUT_PORT" in capsys.readouterr().err
