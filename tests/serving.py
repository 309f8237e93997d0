"""Whole servers in processes of their own, for tests of how they begin, are watched, and end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from tests.amazon import SKILL_ID, PretendAmazon

HOUSE = Path(__file__).parent.parent
AMAZON_HERE = HOUSE / "tests" / "benchmarks" / "amazon_here"
PATIENCE_S = 60.0

COMMAND = """
from skill.cli import Parts, main
main(obj=Parts(webhook="tests.serving:webhook"))
"""

HELD = "HELD_UP_BY"
"""Names the file that holds every turn up as long as it is there; a turn that waits writes another
one beside it."""


def webhook() -> Flask:
    """Return the webhook as it is served, but with a store that can be held up."""
    from skill.store.memory import MemoryStore  # noqa: PLC0415 - in the worker, behind the variables

    held, load = Path(os.environ[HELD]), MemoryStore.load

    def load_when_let(store: MemoryStore, listener: str) -> Any:
        if held.exists():
            held.with_suffix(".waiting").touch()
        eventually(lambda: not held.exists())
        return load(store, listener)

    MemoryStore.load = load_when_let  # type: ignore[method-assign, assignment]  # only slower
    from skill.serve_command import webhook as served  # noqa: PLC0415 - the same

    return served()


def eventually(holds: Callable[[], object]) -> None:
    """Wait until something holds. Raises AssertionError where it never does."""
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends, "it never came to pass"
        time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetched(url: str, **headers: str) -> tuple[int, bytes]:
    """Return status and body; status 0 where nobody answers."""
    try:
        asking = urllib.request.Request(url, headers=headers)
        with urllib.request.urlopen(asking, timeout=PATIENCE_S) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except (urllib.error.URLError, ConnectionError):
        return 0, b""


@dataclass(frozen=True)
class Serving:
    """A server that was started."""

    process: subprocess.Popen[bytes]
    port: int
    admin: int
    log: Path
    held: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def admin_url(self) -> str:
        return f"http://127.0.0.1:{self.admin}"

    def state(self) -> dict[str, Any]:
        """Return what ``/readyz`` of the admin address tells; empty where nobody answers."""
        body = fetched(f"{self.admin_url}/readyz")[1]
        told: dict[str, Any] = json.loads(body) if body else {}
        return told

    def is_ready(self) -> bool:
        """Say whether every one of its workers is."""
        told = self.state()
        return (
            told.get("status") == "ready" and told["workers"]["ready"] >= told["workers"]["wanted"]
        )

    def figures(self) -> str:
        """Return the figures as Prometheus fetches them."""
        return fetched(f"{self.admin_url}/metrics")[1].decode()

    def said(self) -> str:
        """Return all that it wrote until now."""
        return self.log.read_text("utf-8", "replace")

    def workers(self) -> list[int]:
        """Return the ids of its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in children.read_text("ascii").split()]

    def ended(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(PATIENCE_S)

    def has_read_everything(self) -> bool:
        """Say whether nothing that was sent to its port still waits to be accepted or read."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        mine = [row for row in rows if int(row[1].rpartition(":")[2], 16) == self.port]
        return all(int(row[4].rpartition(":")[2], 16) == 0 for row in mine)


@contextlib.contextmanager
def serving(
    folder: Path, amazon: PretendAmazon | None = None, *arguments: str, port: int = 0, **more: str
) -> Iterator[Serving]:
    """Start a server, wait until its workers are built, and end it if the test has not."""
    folder.mkdir(exist_ok=True)
    port, admin = port or free_port(), free_port()
    environ = {
        **os.environ,
        HELD: str(folder / "held"),
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_DATA_FOLDER": str(folder),
        "HIP_WORKOUT_DATABASE_URL": "memory:",
        "HIP_WORKOUT_ADMIN": f"127.0.0.1:{admin}",
    }
    if amazon is not None:
        environ["PYTHONPATH"] = str(AMAZON_HERE)
        environ["PRETEND_AMAZON_PORT"] = str(amazon.port)
        environ["HIP_WORKOUT_CA_BUNDLE"] = str(amazon.ca_bundle)
    log = folder / "log"
    command = [sys.executable, "-c", COMMAND, "serve", "--port", str(port), *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=environ | more, cwd=HOUSE, stdout=out, stderr=out, start_new_session=True
        )
    server = Serving(process, port, admin, log, folder / "held")
    try:
        eventually(lambda: server.is_ready() or process.poll() is not None)
        assert process.poll() is None, server.said()
        yield server
    finally:
        if process.poll() is None:
            server.held.unlink(missing_ok=True)
            server.ended()
