"""Caddy in front of the served webhook: what is passed on, and what is not."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from skill.alexa.webhook import LARGEST_BODY
from tests.amazon import PretendAmazon, as_body, envelope
from tests.benchmarks.servers import ours, running
from tests.deploy.caddy import CADDYFILE, Answer, Caddy, environment, running_caddy
from tests.programs import program
from tests.serving import free_port


@pytest.fixture(scope="module")
def caddy(amazon: PretendAmazon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caddy]:
    """Caddy in front of ``hip-workout serve``."""
    folder = tmp_path_factory.mktemp("caddy")
    with (
        running(ours(amazon), folder / "serve.log") as served,
        running_caddy(folder, served.port) as serving,
    ):
        yield serving


def launch() -> bytes:
    """What Amazon posts when somebody says the skill's name, in more than plain letters."""
    body = envelope("echo_dot_launch", lambda: datetime.now(UTC))
    body["session"]["attributes"] = {"as it is": "  ß漢字😀  ", "escaped": "\u2028/</"}
    return as_body(body)


def test_the_caddyfile_is_valid_and_formatted(tmp_path: Path) -> None:
    caddy, environ = program("caddy"), environment(tmp_path, 8080)
    adapt = [
        str(caddy),
        "adapt",
        "--validate",
        "--config",
        str(CADDYFILE),
        "--adapter",
        "caddyfile",
    ]
    adapted = subprocess.run(adapt, env=environ, capture_output=True, text=True, check=False)
    assert adapted.returncode == 0, adapted.stderr
    assert '"warn"' not in adapted.stderr
    assert '"admin":{"disabled":true}' in adapted.stdout


def test_what_is_in_front_of_everybody_is_administered_through_no_port(tmp_path: Path) -> None:
    environ = environment(tmp_path, 8080)
    del environ["HIP_WORKOUT_CADDY_ADMIN"]
    adapt = [str(program("caddy")), "adapt", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    adapted = json.loads(subprocess.check_output(adapt, env=environ, stderr=subprocess.DEVNULL))
    assert adapted["admin"]["listen"] == "unix//run/caddy/admin.sock"


@pytest.mark.parametrize("write", [str, str.lower, str.upper])
def test_a_signed_request_reaches_the_coach_byte_for_byte(
    caddy: Caddy, amazon: PretendAmazon, write: type[str]
) -> None:
    body = launch()
    headers = {write(name): value for name, value in amazon.sign(body).items()}
    answer = caddy.ask("POST", "/alexa", body, headers)
    assert answer.status == 200
    assert "outputSpeech" in json.loads(answer.body)["response"]


def test_a_signed_request_in_pieces_reaches_the_coach_too(
    caddy: Caddy, amazon: PretendAmazon
) -> None:
    body = launch()
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    assert caddy.ask("POST", "/alexa", pieces, amazon.sign(body)).status == 200


def test_a_byte_that_was_changed_on_the_way_is_noticed(caddy: Caddy, amazon: PretendAmazon) -> None:
    body = launch()
    headers = amazon.sign(body)
    answer = caddy.ask("POST", "/alexa", body.replace(b"  ", b" ", 1), headers)
    assert answer.status == 400
    assert json.loads(answer.body) == {"error": "signature-mismatch"}


@pytest.mark.parametrize("path", ["/healthz", "/privacy", "/terms", "/legal.css"])
def test_what_everybody_may_read_is_passed_on(caddy: Caddy, path: str) -> None:
    for method in ("GET", "HEAD"):
        assert caddy.ask(method, path).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/metrics"),
        ("GET", "/livez"),
        ("GET", "/readyz"),
        ("GET", "//metrics"),
        ("GET", "/metrics/../livez"),
        ("GET", "/audio/../livez"),
        ("GET", "/audio/%2e%2e/livez"),
        ("GET", "/audio/..%2flivez"),
        ("GET", "/audio/./../livez?x=/audio/"),
        ("GET", "/healthz/../livez"),
        ("GET", "/livez;/audio/"),
        ("GET", "/alexa"),
        ("PUT", "/alexa"),
        ("OPTIONS", "/alexa"),
        ("POST", "/alexa/"),
        ("POST", "/alexa/../livez"),
        ("POST", "/healthz"),
        ("DELETE", "/privacy"),
        ("GET", "/speakers"),
        ("GET", "/page/page.css"),
    ],
)
def test_nothing_else_can_be_reached(caddy: Caddy, method: str, path: str) -> None:
    answer = caddy.ask(method, path)
    assert answer.status == 404
    assert b"status" not in answer.body


def test_whoever_asks_plainly_is_led_to_https(caddy: Caddy) -> None:
    answer = caddy.ask_plainly("/privacy?a=b")
    assert answer.status in (301, 308)
    assert answer.headers["location"] == "https://localhost/privacy?a=b"
    assert answer.body == b""


def test_a_body_that_is_too_large_is_refused(caddy: Caddy) -> None:
    assert caddy.ask("POST", "/alexa", b" " * (LARGEST_BODY + 1)).status == 413
    assert caddy.ask("POST", "/alexa", b" " * LARGEST_BODY).status == 400


@pytest.mark.parametrize(
    ("length", "refused"),
    [
        *((number, False) for number in (0, 9, 99_999, 199_999, 259_999, 262_139, 262_144)),
        *((number, True) for number in (262_145, 262_150, 262_200, 263_000, 270_000, 300_000)),
        *((number, True) for number in (999_999, 1_000_000, 10**20)),
    ],
)
def test_a_length_that_is_announced_is_refused_from_the_first_byte_too_many(
    length: int, refused: bool
) -> None:
    line = next(line for line in CADDYFILE.read_text().splitlines() if "Content-Length" in line)
    pattern = line.split()[-1]
    assert bool(re.search(pattern, str(length))) is refused
    assert bool(re.search(pattern, f"00{length}")) is refused


def test_a_body_that_turns_out_too_large_on_the_way_is_no_request(
    caddy: Caddy, amazon: PretendAmazon
) -> None:
    """What is sent in pieces is not known to be too large when it begins."""
    body = launch() + b" " * LARGEST_BODY
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    assert caddy.ask("POST", "/alexa", pieces, amazon.sign(body)).status in (400, 413)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/privacy"), ("POST", "/alexa"), ("GET", "/nothing")]
)
def test_every_answer_says_how_it_may_be_used(caddy: Caddy, method: str, path: str) -> None:
    headers = caddy.ask(method, path).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in headers


def test_a_refusal_of_caddys_own_tells_nothing_of_it(caddy: Caddy) -> None:
    answer = caddy.ask("POST", "/alexa", b" " * (LARGEST_BODY + 1))
    assert answer.body == b""
    assert "server" not in answer.headers


def test_a_page_keeps_the_policy_that_it_brings(caddy: Caddy) -> None:
    policy = caddy.ask("GET", "/privacy").headers["content-security-policy"]
    assert "style-src 'self'" in policy


def test_the_log_tells_what_was_asked_but_not_who_asked_or_what_they_sent(
    caddy: Caddy, amazon: PretendAmazon
) -> None:
    body = launch()
    headers = amazon.sign(body) | {"User-Agent": "a device of somebody's"}
    caddy.ask("POST", "/alexa", body, headers)
    logged = caddy.access_log.read_text("utf-8")
    line = json.loads(logged.splitlines()[-1])
    assert (line["request"]["uri"], line["status"]) == ("/alexa", 200)
    assert line["request"]["remote_ip"] == "127.0.0.0"
    said = set(line["request"]) - {"client_ip"}  # as later releases call the same
    assert said == {"remote_ip", "proto", "method", "host", "uri"}
    for private in ("somebody", "127.0.0.1", headers["Signature-256"], "amzn1."):
        assert private not in logged


def test_a_request_waits_while_the_server_is_started_again(tmp_path: Path) -> None:
    port = free_port()
    answers: list[Answer] = []
    with running_caddy(tmp_path, port) as caddy:
        asking = threading.Thread(target=lambda: answers.append(caddy.ask("POST", "/alexa", b"{}")))
        asking.start()
        with quiet_server(port) as asked:
            asking.join(timeout=30)
    assert [answer.status for answer in answers] == [200]
    assert asked.count("POST /alexa") == 1
    assert all("x-forwarded-for" not in line for line in asked)


class quiet_server:  # noqa: N801 - a context manager
    """Answers everything with 200, and remembers what was asked for, and with which headers."""

    def __init__(self, port: int) -> None:
        asked: list[str] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def do_GET(self) -> None:
                asked.extend(name.lower() for name in self.headers)
                asked.append(f"{self.command} {self.path}")
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing: standard error belongs to the test."""

        self._server = HTTPServer(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> list[str]:
        self._thread.start()
        return self.asked

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
