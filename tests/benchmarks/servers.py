"""The servers under measurement: how each is started, how much memory it holds, how it ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.amazon import SKILL_ID, PretendAmazon
from tests.serving import free_port

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
"""Where the peers are installed; git ignores it."""

REPOSITORY = HERE.parent.parent
STARTS_WITHIN_S = 30.0


class BenchmarkFailed(Exception):
    """The benchmark cannot be run, or its result would not count; says why in one line."""


@dataclass(frozen=True)
class Server:
    """One server, by the command that starts it."""

    name: str
    what: str
    command: tuple[str, ...]
    """Where ``PORT`` stands the port is filled in."""

    environment: Mapping[str, str] = field(default_factory=dict)

    screen: bool = False
    """Whether it is asked by devices with a screen, which are shown pictures besides."""


@dataclass(frozen=True)
class Running:
    """A server that has been started and listens."""

    server: Server
    port: int
    process: subprocess.Popen[bytes]

    def resident_mb(self) -> tuple[float, float]:
        """Return the resident memory of the largest of its processes, and of all together."""
        sizes = [_resident_mb(pid) for pid in _family(self.process.pid)]
        return max(sizes), sum(sizes)

    def cpu_s(self) -> float:
        """Return the processor time that its processes have used so far, in seconds."""
        return sum(_cpu_s(pid) for pid in _family(self.process.pid))


def ours(amazon: PretendAmazon) -> Server:
    """Return the skill as it is served: all settings at their defaults but skill id and roots."""
    return Server(
        "ours",
        "hip-workout serve: a set script for a speaker in mid-workout",
        (_beside_python("hip-workout"), "serve", "--port", "PORT", "--workers", "1"),
        _settings(amazon),
    )


def ours_with_screens(amazon: PretendAmazon) -> Server:
    """Return the same, for devices that are shown the set as well."""
    what = "the same for an Echo Show: the script, and a figure that moves with it"
    return replace(ours(amazon), name="ours, a screen", what=what, screen=True)


def our_door(amazon: PretendAmazon) -> Server:
    """Return hello world behind our door, which is what the two peers are."""
    return Server(
        "our hello",
        "hello world behind our door, to compare like with like",
        (
            *_GRANIAN,
            "--interface",
            "wsgi",
            "--blocking-threads",
            "1",
            "--factory",
            "our_door:hello",
        ),
        {**_settings(amazon), "PYTHONPATH": os.pathsep.join((_AMAZON_HERE, str(HERE / "peers")))},
    )


def stock_python(amazon: PretendAmazon) -> Server:
    """Return hello world on Amazon's Python SDK; SSL_CERT_FILE is where its verifier looks."""
    folder = HERE / "peers" / "stock_python"
    paths = os.pathsep.join((str(folder), str(PEERS / "stock_python")))
    environment = _amazon_here(amazon)
    environment["PYTHONPATH"] += os.pathsep + paths
    return Server(
        "stock Python",
        "hello world: Flask, flask-ask-sdk, Amazon's own verifiers, granian",
        (*_GRANIAN, "--interface", "wsgi", "--blocking-threads", "1", "app:app"),
        {**environment, "SSL_CERT_FILE": str(amazon.ca_bundle), "PYTHONWARNINGS": "ignore"},
    )


def node(amazon: PretendAmazon) -> Server:
    """Return hello world on Amazon's adapter for Express."""
    folder = PEERS / "node"
    before = ("--require", str(folder / "amazon_here.cjs"))
    return Server(
        "Node adapter",
        "hello world: Express, ask-sdk-express-adapter, Amazon's own verifiers",
        (_found("node"), *before, str(folder / "server.js"), "PORT"),
        {
            "PRETEND_AMAZON_PORT": str(amazon.port),
            "PRETEND_AMAZON_ROOT": str(amazon.ca_bundle),
            "NODE_ENV": "production",
        },
    )


def nothing() -> Server:
    """Return a server that does nothing, for the load generator to show its own speed."""
    return Server(
        "nothing",
        "an empty answer",
        (*_GRANIAN, "--interface", "rsgi", "nothing:nothing"),
        {"PYTHONPATH": str(HERE / "peers")},
    )


_GRANIAN = (sys.executable, "-m", "granian", "--port", "PORT", "--workers", "1")


_AMAZON_HERE = str(HERE / "amazon_here")


def _amazon_here(amazon: PretendAmazon) -> dict[str, str]:
    return {"PYTHONPATH": _AMAZON_HERE, "PRETEND_AMAZON_PORT": str(amazon.port)}


def _settings(amazon: PretendAmazon) -> dict[str, str]:
    return {
        **_amazon_here(amazon),
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_DATABASE_URL": "memory:",
        "HIP_WORKOUT_CA_BUNDLE": str(amazon.ca_bundle),
    }


@contextlib.contextmanager
def running(server: Server, log: Path) -> Iterator[Running]:
    """Start a server, wait until it listens, and end it afterwards. What it writes goes to ``log``.

    Raises BenchmarkFailed when it does not come up.
    """
    port = free_port()
    command = [str(port) if word == "PORT" else word for word in server.command]
    clean = {n: v for n, v in os.environ.items() if not n.startswith(("HIP_WORKOUT_", "PYTHON"))}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env={**clean, **server.environment}, stdout=out, stderr=out
        )
    try:
        _wait_for(process, port, server.name, log)
        yield Running(server, port, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def install() -> None:
    """Fetch the peers, once for each of their lock files. Raises BenchmarkFailed."""
    source, target = HERE / "peers" / "node", PEERS / "node"
    if _changed(source / "package-lock.json", target / "package-lock.json"):
        npm = _found("npm")
        shutil.copytree(source, target, dirs_exist_ok=True)
        _carry_out((npm, "ci", "--silent"), target, "the Node peer", target / "package-lock.json")
    for name in ("server.js", "amazon_here.cjs"):
        shutil.copy2(source / name, target / name)
    source, target = HERE / "peers" / "stock_python", PEERS / "stock_python"
    wanted = target / "requirements.txt"
    if _changed(source / "requirements.txt", wanted):
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / "requirements.txt", wanted)
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        what = ("--no-deps", "--require-hashes", "--upgrade", "--target", ".", "-r", wanted.name)
        _carry_out((*pip, *what), target, "the Python peer", wanted)


def _changed(wanted: Path, installed: Path) -> bool:
    return not installed.exists() or wanted.read_bytes() != installed.read_bytes()


def _carry_out(command: tuple[str, ...], folder: Path, what: str, mark: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        mark.unlink()
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        said = f": {last[0]}" if last else ""
        raise BenchmarkFailed(f"{what} cannot be installed by {Path(command[0]).name}{said}")


def _beside_python(program: str) -> str:
    return str(Path(sys.executable).with_name(program))


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise BenchmarkFailed(f"{program} is missing; the peer on Node.js needs node and npm")
    return path


def _wait_for(process: subprocess.Popen[bytes], port: int, name: str, log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    last = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
    raise BenchmarkFailed(f"{name} did not start{': ' + last[0] if last else ''}")


def _family(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # each thread knows those it started
    children = [int(child) for of_thread in lists for child in of_thread.read_text("ascii").split()]
    return [pid, *(found for child in children for found in _family(child))]


def _cpu_s(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")  # user, system


def _resident_mb(pid: int) -> float:
    for row in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if row.startswith("VmRSS:"):
            return int(row.split()[1]) / 1024
    return 0.0
