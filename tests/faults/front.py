"""Caddy in front of the served skill, on loopback and without certificates of its own."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.waiting import until
from tests.programs import program
from tests.serving import free_port

CADDYFILE = """\
{{
    admin off
    auto_https off
    servers {{
        timeouts {{
            read_header 10s
            read_body 10s
        }}
    }}
}}
:{front} {{
    bind 127.0.0.1
    reverse_proxy 127.0.0.1:{behind} {{
        buffer_requests
    }}
}}
"""
"""A body is passed on when it is there: one that is half sent must not keep the skill waiting."""


@contextmanager
def caddy(behind: int, folder: Path) -> Iterator[int]:
    """Yield the port of a Caddy that passes everything to the port ``behind``."""
    front = free_port()
    file = folder / "Caddyfile"
    file.write_text(CADDYFILE.format(front=front, behind=behind), "utf-8")
    command = [str(program("caddy")), "run", "--adapter", "caddyfile", "--config", str(file)]
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "caddy")}
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until("Caddy listens", lambda: _listens(process, front, folder / "caddy.log"))
        yield front
    finally:
        process.terminate()
        process.wait(20)


def _listens(process: subprocess.Popen[bytes], port: int, log: Path) -> bool:
    if process.poll() is not None:
        raise AssertionError(f"Caddy ended:\n{log.read_text('utf-8')[-2_000:]}")
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
        return True
    return False
