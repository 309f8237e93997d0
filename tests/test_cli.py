from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from click.testing import CliRunner, Result

from skill.cli import Parts, main
from tests.simulator.parrot import Parrot, parrot_ears

SKILL_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"

WITH_A_PARROT = """
from skill.cli import Parts, main
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize(
    "arguments",
    [[], ["chat"], ["serve"], ["say"], ["model"], ["model", "build"], ["model", "check"]],
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
