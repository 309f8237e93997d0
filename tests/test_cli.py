from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from click.testing import CliRunner, Result

from skill.cli import Parts, main
from skill.serve_command import PAGE_NAMES
from tests.serving import free_port
from tests.simulator.parrot import Parrot, parrot_ears

SKILL_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"

WITH_A_PARROT = """
from skill.cli import Parts, main
from skill.serve_command import PAGE_NAMES
from tests.simulator.parrot import Parrot, parrot_ears
web = "tests.test_cli:hello"
main(obj=Parts(coach=lambda environ: Parrot(), ears=lambda: parrot_ears, webhook=web))
"""


def hello() -> WSGIApplication:
    """The factory of a web application that says hello."""

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"hello"]

    return application


def run(*arguments: str, said: str = "", **environ: str) -> Result:
    parts = Parts(coach=lambda _: Parrot(), ears=lambda: parrot_ears, environ=environ)
    return CliRunner(mix_stderr=False).invoke(main, arguments, input=said, obj=parts)


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-c", WITH_A_PARROT, *arguments]


def fetched(url: str) -> bytes:
    """Fetch from a server that says it has started a moment before it listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")


@pytest.mark.parametrize(
    "arguments",
    [[], ["chat"], ["run"], ["serve"], ["say"], ["model"], ["model", "build"], ["model", "check"]],
)
def test_every_command_explains_itself(arguments: list[str]) -> None:
    result = run(*arguments, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_help_imports_nothing_heavy() -> None:
    heavy = {"flask", "rich", "granian", "ask_sdk_core", "hassil", "cryptography", "yaml"}
    code = "import sys; from skill.cli import main; main(['--help'], standalone_mode=False); "
    code += f"print('HEAVY', sorted(set(sys.modules) & {heavy}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY []" in out.stdout


def test_chat_reads_a_conversation_from_a_pipe() -> None:
    result = run("chat", "--fast", said="start my hip workout\nstop\n")
    assert result.exit_code == 0
    assert "Coach: Hello." in result.stdout
    assert result.stdout.endswith("Goodbye.\n")


def test_chat_puts_json_on_stdout_and_words_on_stderr() -> None:
    result = run("chat", "--fast", "--json", said="start my hip workout\n")
    envelopes = [json.loads(line) for line in result.stdout.splitlines()]
    assert [next(iter(envelope)) for envelope in envelopes] == ["request", "response"] * 2
    assert "Coach: Hello." in result.stderr


def test_chat_can_pretend_a_screen_and_a_locale() -> None:
    result = run("chat", "--fast", "--json", "--screen", "--locale", "en-GB", said="go\n")
    request = json.loads(result.stdout.splitlines()[0])["request"]
    assert request["request"]["locale"] == "en-GB"
    interfaces = request["context"]["System"]["device"]["supportedInterfaces"]
    assert "Alexa.Presentation.APL" in interfaces


def test_chat_fails_if_amazon_would_have_refused_an_answer() -> None:
    parts = Parts(coach=lambda _: lambda _: {"response": {}}, ears=lambda: parrot_ears)
    result = CliRunner(mix_stderr=False).invoke(main, ["chat", "--fast"], input="go\n", obj=parts)
    assert result.exit_code == 1
    assert "Amazon would refuse" in result.output


def test_say_tells_intent_slots_and_reason() -> None:
    result = run("say", "two bridges")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "intent  HowToIntent",
        'slot    exercise: "bridges" = glute_bridge',
        'slot    sets: "2"',
        "score   1",
        "why     said in so many words",
    ]


def test_say_speaks_json_too() -> None:
    result = run("say", "--json", "--expect", "DoneIntent", "ok")
    assert json.loads(result.stdout) == {
        "intent": "DoneIntent", "slots": {}, "score": 1.0, "why": "expected",
    }  # fmt: skip


def test_say_fails_when_it_does_not_understand() -> None:
    result = run("say", "purple")
    assert result.exit_code == 1
    assert "not understood" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "environ", "told"),
    [
        (["serve"], {}, "HIP_WORKOUT_SKILL_ID is not set"),
        (["serve"], {"HIP_WORKOUT_PORT": "http"}, "HIP_WORKOUT_PORT"),
        (["serve", "--port", "0"], {"HIP_WORKOUT_SKILL_ID": SKILL_ID}, "--port"),
        (["serve", "--host", "256.1.1.1"], {"HIP_WORKOUT_SKILL_ID": SKILL_ID}, "Cannot listen"),
        (
            ["serve", "--simulator", "--host", "0.0.0.0"],  # noqa: S104 - it is refused
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID},
            "--simulator-for",
        ),
        (
            ["serve", "--simulator"],
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID, "HIP_WORKOUT_HOST": "0.0.0.0"},  # noqa: S104
            "--simulator-for",
        ),
        (
            ["serve", "--simulator", "--workers", "2"],
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID},
            "--workers",
        ),
        (
            ["serve", "--simulator"],
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID, "HIP_WORKOUT_WORKERS": "4"},
            "--workers",
        ),
        (
            ["serve", "--simulator-for", "https://coach.example:443"],
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID},
            "'https://coach.example:443' is no name of a host",
        ),
        (["serve", "--simulator-for", "a,b"], {"HIP_WORKOUT_SKILL_ID": SKILL_ID}, "'a,b'"),
        (["serve", "--simulator"], {}, "HIP_WORKOUT_SKILL_ID is not set"),
        (["dance"], {}, "dance"),
        (["say"], {}, "UTTERANCE"),
    ],
)
def test_a_mistake_is_told_in_a_line_with_exit_code_2(
    arguments: list[str], environ: dict[str, str], told: str
) -> None:
    result = run(*arguments, **environ)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_port_in_use_is_a_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port, HIP_WORKOUT_SKILL_ID=SKILL_ID)
    assert result.exit_code == 2
    assert f"Cannot listen on 127.0.0.1 port {port}" in result.stderr


def test_a_reader_that_leaves_early_brings_no_traceback() -> None:
    lines = b"start my hip workout\n" + b"go\n" * 3000
    with subprocess.Popen(
        program("chat", "--fast"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as chat:
        assert chat.stdin
        assert chat.stdout
        assert chat.stderr
        chat.stdin.write(lines[:2000])
        chat.stdin.flush()
        chat.stdout.readline()
        chat.stdout.close()
        chat.stdin.close()
        errors = chat.stderr.read()
    assert errors == b""


def test_serve_answers_over_http_until_it_is_told_to_stop() -> None:
    port = free_port()
    environ = {**os.environ, "HIP_WORKOUT_SKILL_ID": SKILL_ID}
    with subprocess.Popen(
        program("serve", "--port", str(port)), env=environ, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            started = next(line for line in server.stdout if "Started worker" in line)
            assert fetched(f"http://127.0.0.1:{port}/") == b"hello"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
    assert started
    assert server.returncode == 0


def asked(url: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    """Ask a server; with a body, POST it as JSON."""
    data = None if body is None else json.dumps(body).encode()
    asking = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(asking, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@contextlib.contextmanager
def served(folder: Path, *arguments: str) -> Iterator[tuple[str, list[str]]]:
    """Start a server; give its address, and what it says at first."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    environ = {
        **os.environ,
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_DATA_FOLDER": str(folder),
        "HIP_WORKOUT_VOICE": "silent",
    }
    with subprocess.Popen(
        program("serve", *arguments, "--port", str(port)),
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout
            said = list(
                itertools.takewhile(lambda line: "Started worker" not in line, server.stdout)
            )
            fetched(f"{address}/healthz")
            yield address, said
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
    assert server.returncode == 0


WISH = {"device": "speaker", "locale": "en-US", "listener": "a" * 20}


def test_serve_with_the_page_is_for_this_machine_only(tmp_path: Path) -> None:
    with served(tmp_path, "--simulator") as (address, said):
        assert not any("Warning" in line for line in said)
        assert f"The coach to talk to: {address}/\n" in said
        assert b"<!doctype html>" in fetched(f"{address}/")
        assert asked(f"{address}/", Host="coach.example")[0] == 403
        assert asked(f"{address}/", Host="192.168.1.20")[0] == 403
        assert asked(f"{address}/speakers", WISH)[0] == 201
        assert asked(f"{address}/speakers", WISH, Origin=address)[0] == 201
        assert asked(f"{address}/speakers", WISH, Origin="https://evil.example")[0] == 403
        assert asked(f"{address}/alexa", {"version": "1.0"})[0] == 400


def test_serve_lets_others_reach_the_page_by_the_names_it_is_told(tmp_path: Path) -> None:
    names = ("--simulator-for", "coach.example", "--simulator-for", "coach")
    with served(tmp_path, *names) as (address, said):
        assert any(line.startswith("Warning: the page asks nobody for a password") for line in said)
        for host in ("coach.example", "COACH:8080", "192.168.1.20:80", "127.0.0.1"):
            assert asked(f"{address}/", Host=host)[0] == 200, host
        assert asked(f"{address}/", Host="evil.example")[0] == 403
        proxied = {"Host": "coach.example", "Origin": "https://coach.example"}
        assert asked(f"{address}/speakers", WISH, **proxied)[0] == 201
        assert asked(f"{address}/alexa", {"version": "1.0"}, **proxied)[0] == 400


def test_names_that_nobody_asked_for_now_open_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PAGE_NAMES, "coach.example")
    with served(tmp_path, "--simulator") as (address, _):
        assert asked(f"{address}/", Host="coach.example")[0] == 403


def test_run_without_sound_serves_the_page_until_the_terminal_is_done(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    environ = {**os.environ, "HIP_WORKOUT_DATA_FOLDER": str(tmp_path)}
    with subprocess.Popen(
        program("run", "--no-sound", "--port", str(port)),
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run_:
        assert run_.stdout
        assert f"The coach to talk to: {address}/\n" in iter(run_.stdout.readline, "")
        for path in ("/", "/guides", "/page/figures.json"):
            assert asked(f"{address}{path}")[0] == 200
        assert asked(f"{address}/audio/en-US/guides/cool-down.mp3")[0] == 404
        assert asked(f"{address}/nowhere")[0] == 404
        out, errors = run_.communicate("start my hip workout\n", timeout=60)
    assert run_.returncode == 0
    assert "Coach: Hello." in out
    assert errors == ""  # what goes on at the page is not told in the terminal


def test_rendering_the_rest_ends_with_run(tmp_path: Path) -> None:
    code = """
import os, signal
from skill.run_command import _rendering_the_rest
with _rendering_the_rest(dict(os.environ)):
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
"""
    environ = {
        **os.environ,
        "HIP_WORKOUT_DATA_FOLDER": str(tmp_path),
        "HIP_WORKOUT_VOICE": "silent",
    }
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE, start_new_session=True
    ) as run_:
        assert run_.wait(60) == 128 + signal.SIGTERM
    assert not [line for line in processes() if str(tmp_path) in line]


def processes() -> list[str]:
    """The environments of this machine's processes, as far as they can be read."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            found.append(path.read_text(errors="replace"))
    return found
