"""The admin address: what it tells of a whole server, and to whom."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from skill.admin import Answer, admin, as_json
from tests.amazon import PretendAmazon
from tests.benchmarks.load import asked_once
from tests.benchmarks.signing import posted, ready, utc_now
from tests.figures import figure
from tests.serving import PATIENCE_S, eventually, fetched, free_port, serving

LOOPBACK = "127.0.0.1"


def broken(_: str) -> Answer:
    raise ZeroDivisionError("a secret")


ANSWERS = {"/fine": lambda accept: as_json({"accept": accept}), "/broken": broken}


@pytest.mark.parametrize("host", [LOOPBACK, "::1"])
def test_a_path_is_answered_and_everything_else_is_refused(host: str) -> None:
    port = free_port()
    bracketed = f"[{host}]" if ":" in host else host
    url = f"http://{bracketed}:{port}"
    with admin(host, port, ANSWERS):
        assert fetched(f"{url}/fine?x=1", Accept="text/plain") == (200, b'{"accept": "text/plain"}')
        assert fetched(f"{url}/elsewhere")[0] == 404
        assert fetched(f"{url}/broken") == (500, b'{"error": "fault"}')
        for other in ("POST", "DELETE"):
            asking = urllib.request.Request(f"{url}/fine", method=other)
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(asking, timeout=PATIENCE_S)
            with refused.value as answer:
                assert answer.read() == b'{"error": "refused"}'
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert fetched(f"{url}/fine")[0] == 0


@pytest.mark.parametrize("name", ["rebound.example", "rebound.example:9108", "10.0.0.5", ""])
def test_a_page_whose_name_was_led_to_this_machine_is_told_nothing(name: str) -> None:
    port = free_port()
    with admin(LOOPBACK, port, ANSWERS):
        assert fetched(f"http://{LOOPBACK}:{port}/fine", Host=name)[0] == 403
        assert fetched(f"http://localhost:{port}/fine")[0] == 200


def test_somebody_who_says_nothing_keeps_nobody_else_waiting() -> None:
    port = free_port()
    with (
        admin(LOOPBACK, port, ANSWERS),
        socket.create_connection((LOOPBACK, port), PATIENCE_S),
    ):
        assert fetched(f"http://{LOOPBACK}:{port}/fine")[0] == 200


def test_an_address_that_is_taken_is_a_fault_unless_it_will_be_free_soon() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), admin(LOOPBACK, port, ANSWERS):
            pass
        with admin(LOOPBACK, port, ANSWERS, waits=True):
            taken.close()
            eventually(lambda: fetched(f"http://{LOOPBACK}:{port}/fine")[0] == 200)


def test_who_ends_before_the_address_was_free_does_not_take_it() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        with admin(LOOPBACK, taken.getsockname()[1], ANSWERS, waits=True):
            pass
        assert taken.getsockname()[1]


def test_the_whole_server_is_told_of_at_its_admin_address(
    tmp_path: Path, amazon: PretendAmazon
) -> None:
    roots = tmp_path / "roots.pem"
    shutil.copy(amazon.ca_bundle, roots)
    with serving(tmp_path, amazon, "--workers", "2", HIP_WORKOUT_CA_BUNDLE=str(roots)) as server:
        assert fetched(f"{server.admin_url}/livez") == (200, b'{"status": "ok"}')
        assert server.state() == {
            "status": "ready",
            "workers": {"wanted": 2, "alive": 2, "ready": 2},
            "stopping": False,
            "roots": "readable",
            "store": {"status": "ok", "last_failure_s_ago": None, "failures": {}},
        }
        for path in ("/metrics", "/alexa"):
            assert fetched(f"{server.url}{path}")[0] in (404, 405)

        bodies = [ready(number, utc_now()) for number in range(20)]
        for body in bodies:
            assert asked_once(server.port, posted(body, amazon.sign(body)))[0] == 200
        figures = server.figures()
        assert figure(figures, "hip_workout_turns_total", intent="ReadyIntent") == 20
        assert figure(figures, "hip_workout_turn_seconds_count", spoken="yes") == 20
        assert figure(figures, "hip_workout_workers") == 2

        (folder,) = (Path(folder) for folder in folders(server.process.pid))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

        os.kill(server.workers()[0], signal.SIGKILL)
        eventually(lambda: figure(server.figures(), "hip_workout_workers_started_total") == 3)
        eventually(server.is_ready)
        assert figure(server.figures(), "hip_workout_turns_total", intent="ReadyIntent") == 20
        assert figure(server.figures(), "hip_workout_workers_ready") == 2

        roots.unlink()
        assert server.state()["roots"] == "not readable"
        assert fetched(f"{server.admin_url}/readyz")[0] == 503
        assert fetched(f"{server.url}/readyz") == (503, b'{"status":"not-ready"}')
        assert fetched(f"{server.url}/livez")[0] == 200
        assert server.ended() == 0
    assert not folder.exists()


def folders(process: int) -> set[str]:
    """Return the folders that a server's workers count in."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    environs = [Path(f"/proc/{child}/maps").read_text("utf-8").splitlines() for child in children]
    files = {row.split()[-1] for rows in environs for row in rows if row.endswith(".db")}
    return {str(Path(file).parent) for file in files}


def test_a_dead_store_is_told_and_makes_nobody_unready(
    tmp_path: Path, amazon: PretendAmazon
) -> None:
    nowhere = f"postgresql://nobody:nothing@127.0.0.1:{free_port()}/nowhere"
    with serving(tmp_path, amazon, HIP_WORKOUT_DATABASE_URL=nowhere) as server:
        body = ready(1, utc_now())
        assert asked_once(server.port, posted(body, amazon.sign(body)))[0] == 200
        told = server.state()
        assert told["status"] == "ready"
        assert told["store"]["status"] == "failing"
        assert set(told["store"]["failures"]) >= {"load error"}
        assert "nobody" not in json.dumps(told)
