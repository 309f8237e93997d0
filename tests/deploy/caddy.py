"""Caddy for real, on loopback: the Caddyfile that is shipped, certified by its internal CA."""

from __future__ import annotations

import http.client
import os
import ssl
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.programs import program
from tests.serving import free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
CADDYFILE = DEPLOY / "host" / "Caddyfile"
STARTS_WITHIN_S = 30.0


@dataclass(frozen=True)
class Answer:
    """What a client got."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""

    body: bytes


@dataclass(frozen=True)
class Caddy:
    """A running one."""

    http_port: int
    https_port: int
    access_log: Path
    root: Path
    """The certificate of its own authority."""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask over HTTPS, as Amazon does: checking the certificate, the path as it is given."""
        context = ssl.create_default_context(cafile=str(self.root))
        connection = http.client.HTTPSConnection(
            "localhost", self.https_port, timeout=30, context=context
        )
        return _answer(connection, method, path, body, headers or {})

    def ask_plainly(self, path: str) -> Answer:
        """Ask over HTTP."""
        connection = http.client.HTTPConnection("localhost", self.http_port, timeout=30)
        return _answer(connection, "GET", path, None, {})


def _answer(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] | None,
    headers: Mapping[str, str],
) -> Answer:
    try:
        connection.request(method, path, body, dict(headers))
        said = connection.getresponse()
        return Answer(said.status, {n.lower(): v for n, v in said.getheaders()}, said.read())
    finally:
        connection.close()


def environment(folder: Path, upstream: int) -> dict[str, str]:
    """Return what Caddy needs to know here; the site is localhost, so it certifies that itself."""
    return {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PATH": os.environ["PATH"],
        "HIP_WORKOUT_NAME": "localhost",
        "HIP_WORKOUT_UPSTREAM": f"127.0.0.1:{upstream}",
        "HIP_WORKOUT_CADDY_ADMIN": "off",
        "HIP_WORKOUT_CADDY_BIND": "127.0.0.1",
        "HIP_WORKOUT_ACCESS_LOG": str(folder / "access.log"),
    }


@contextmanager
def running_caddy(folder: Path, upstream: int) -> Iterator[Caddy]:
    """Start Caddy in front of a port, and end it afterwards."""
    caddy = Caddy(
        free_port(),
        free_port(),
        folder / "access.log",
        folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt",
    )
    ports = {
        "HIP_WORKOUT_HTTP_PORT": str(caddy.http_port),
        "HIP_WORKOUT_HTTPS_PORT": str(caddy.https_port),
    }
    command = [str(program("caddy")), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment(folder, upstream) | ports, cwd=folder, stdout=log, stderr=log
        )
    try:
        _wait_for(caddy, process, folder / "caddy.log")
        yield caddy
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(caddy: Caddy, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends and process.poll() is None:
        try:
            caddy.ask("GET", "/nothing")
        except OSError:  # no port, no root, or no certificate yet
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace"))
