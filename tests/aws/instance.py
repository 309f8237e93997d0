"""An instance of the function: a fresh Python that starts, answers events, and ends."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

RUNTIME = Path(__file__).with_name("runtime.py")
HOUSE = Path(__file__).parents[2]

HANDLER = "skill.alexa.aws_lambda.handler"


class FunctionFailed(Exception):
    """What Lambda would report as an error of the function: its kind and its message."""

    def __init__(self, told: Mapping[str, str]) -> None:
        super().__init__(f"{told['errorType']}: {told['errorMessage']}")
        self.kind = told["errorType"]
        self.message = told["errorMessage"]


class Instance:
    """A running instance."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._logged: list[str] = []
        self._reader = threading.Thread(target=self._read_log, args=[process.stderr], daemon=True)
        self._reader.start()
        self.modules: frozenset[str] = frozenset()
        """What has been imported so far."""

        self.seconds = 0.0
        """How long the last answer took."""

        started = self._told()
        if "init_error" in started:
            raise FunctionFailed(started["init_error"])
        self.ready_seconds: float = started["ready_s"]
        """How long it took to have the handler ready, from an interpreter that runs."""

        self.ready_cpu_seconds: float = started["ready_cpu_s"]
        """Processor time until then, the interpreter's own start included."""

    def invoke(self, event: object) -> Any:
        """Return the answer to an event. Raises FunctionFailed."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(event) + "\n")
        self._process.stdin.flush()
        told = self._told()
        self.modules, self.seconds = frozenset(told["modules"]), told["s"]
        if "errorType" in told:
            raise FunctionFailed(told)
        return told["answer"]

    def end(self) -> str:
        """End it, and return its whole log."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._reader.join(20)
        return "".join(self._logged)

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the instance died: " + "".join(self._logged)
        told: dict[str, Any] = json.loads(line)
        return told

    def _read_log(self, stream: IO[str]) -> None:
        self._logged.extend(stream)


@contextmanager
def instance(environment: Mapping[str, str], package: Path | None = None) -> Iterator[Instance]:
    """Yield an instance with nothing but this in its environment.

    It finds its modules in ``package`` alone, else where the tests find them.
    """
    isolated = ("-I", "-S") if package else ()
    command = [sys.executable, *isolated, RUNTIME, package or HOUSE]
    process = subprocess.Popen(
        command,
        env={"_HANDLER": HANDLER} | credentials() | dict(environment),
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Instance(process)
        finally:
            process.kill()


def credentials() -> dict[str, str]:
    """Return what Lambda gives an instance to sign its requests with; nobody checks these."""
    return {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_SESSION_TOKEN": "testing",
        "NO_PROXY": "127.0.0.1",
    }
