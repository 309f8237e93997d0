"""The skill as it is served for real: a process group that can be killed and come back."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from tests.amazon import SKILL_ID, PretendAmazon
from tests.faults.waiting import until
from tests.serving import free_port

REPOSITORY = Path(__file__).parents[2]
NAMES_HERE = Path(__file__).parent / "names_here"
SECRET = b"thirty-two bytes of test secret."


class Service:
    """``hip-workout serve`` on loopback, with granian's parent and its workers.

    ``settings`` are HIP_WORKOUT_* without the prefix. What it writes goes to ``log``: through this
    process, unless ``logs_to_disk``, so that its own disk may be full without the log's being so.
    """

    logs_to_disk = False

    def __init__(
        self, folder: Path, amazon_port: int, roots: Path, names: Mapping[str, int], **settings: str
    ) -> None:
        self.port = free_port()
        self.log = folder / "served.log"
        led = {"s3.amazonaws.com": amazon_port, **names}
        chosen = {
            "SKILL_ID": SKILL_ID,
            "CA_BUNDLE": str(roots),
            "SECRET": SECRET.decode(),
            "DATA_FOLDER": str(folder / "data"),
            **settings,
        }
        self._environment = _clean_environment() | {
            "PYTHONPATH": os.pathsep.join((str(NAMES_HERE), str(REPOSITORY))),
            "FAULTS_NAMES": " ".join(f"{name}={port}" for name, port in led.items()),
            **{f"HIP_WORKOUT_{name}": value for name, value in chosen.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        command = [str(Path(sys.executable).with_name("hip-workout")), "serve"]
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=REPOSITORY,
                env=self._environment,
                stdout=out if self.logs_to_disk else subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if self._process.stdout is not None:
            threading.Thread(target=self._drain, args=(self._process.stdout,), daemon=True).start()
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """Return when it answers."""
        until("the skill answers", self._is_up)

    def stop(self) -> None:
        """End it as an operator does, and wait; fine if it has ended."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill_all()

    def kill_all(self) -> None:
        """SIGKILL to parent and workers at once, as when the machine's power goes."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def kill_worker(self) -> int:
        """SIGKILL to the process that answers; return its id."""
        worker = self.worker
        os.kill(worker, signal.SIGKILL)
        return worker

    @property
    def worker(self) -> int:
        """The id of the process that answers, once there is one."""
        return until("there is a worker", lambda: next(iter(self._workers()), 0))

    def resident_mb(self) -> float:
        """Return the resident memory of the worker."""
        status = Path(f"/proc/{self.worker}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def _drain(self, written: IO[bytes]) -> None:
        with written, self.log.open("ab", buffering=0) as out:
            out.writelines(written)

    def _workers(self) -> list[int]:
        if self._process is None:
            return []
        lists = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        children = [int(child) for of in lists for child in of.read_text("ascii").split()]
        return [child for child in children if not _is_over(child)]

    def _is_up(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"the skill ended:\n{self.log.read_text('utf-8')[-2_000:]}")
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 5) as c,
        ):
            c.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
            return c.recv(100).startswith(b"HTTP/1.1 200")
        return False


class Stage:
    """What a scenario needs: a pretend Amazon, and a folder for all that is started."""

    def __init__(self, amazon: PretendAmazon, folder: Path) -> None:
        self.amazon = amazon
        self.folder = folder

    @contextlib.contextmanager
    def service(
        self,
        *,
        amazon_port: int | None = None,
        roots: Path | None = None,
        names: Mapping[str, int] | None = None,
        logs_to_disk: bool = False,
        **settings: str,
    ) -> Iterator[Service]:
        """Serve the skill; it is ended afterwards, whatever happened to it."""
        port = self.amazon.port if amazon_port is None else amazon_port
        served = Service(self.folder, port, roots or self.amazon.ca_bundle, names or {}, **settings)
        served.logs_to_disk = logs_to_disk
        try:
            served.start()
            yield served
        finally:
            served.stop()
            served.kill_all()


def sqlite_url(folder: Path) -> str:
    """Return the address of the database that a service keeps in its data folder by default."""
    return f"sqlite:///{folder / 'data' / 'listeners.db'}"


def _clean_environment() -> dict[str, str]:
    ours = ("HIP_WORKOUT_", "PYTHON", "FAULTS_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _is_over(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in "ZX"
