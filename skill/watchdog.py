"""What the machine's supervisor is told of the server: it is ready, it answers still, it ends.

systemd hears it as datagrams (sd_notify(3)); a container's engine by the exit code of
``python -m skill.watchdog``.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LIVE = "/livez"
"""Answered by the server as long as it is alive, whatever its store may do."""

ANSWER_S = 5.0
"""How long an answer may take where nobody says how often they are wanted."""

READY_AFTER_S = 0.1
"""How long to wait between two looks whether a server has come up, which takes under a second."""

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not listened at


def answers(address: str, port: int, *, path: str = LIVE, within_s: float = ANSWER_S) -> bool:
    """Tell whether the server of this address says 200 for a path, in so many seconds.

    A server that listens everywhere is asked on the loopback.
    """
    host = _EVERYWHERE.get(address, address)
    connection = http.client.HTTPConnection(host, port, timeout=within_s)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def keep(
    address: str, port: int, *, path: str = LIVE, environ: Mapping[str, str] = os.environ
) -> Iterator[None]:
    """Tell systemd of the server that is run within this context, from a thread beside it.

    READY=1 when the port answers; WATCHDOG=1 for every answer in time, if the unit has a
    WatchdogSec; STOPPING=1 at the end. Where no systemd started this process nothing is done.
    """
    if (systemd := _systemd(environ)) is None:
        yield
        return
    ended = threading.Event()
    watch = _Watch(systemd, address, port, path, ended)
    thread = threading.Thread(target=watch.run, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        systemd.tell("STOPPING=1")


@dataclass(frozen=True)
class _Systemd:
    """Whom to tell, and how often."""

    socket_name: str
    """A path, or a name of Linux's own kind, which begins with @."""

    wanted_s: float | None
    """After how long a silence the process is killed; None: never."""

    def tell(self, state: str) -> None:
        """Say how it is; a supervisor that does not listen does not stop the server."""
        name = self.socket_name
        address = "\0" + name[1:] if name.startswith("@") else name
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, kind) as speaking:
            speaking.settimeout(ANSWER_S)
            speaking.sendto(state.encode(), address)


@dataclass(frozen=True)
class _Watch:
    systemd: _Systemd
    address: str
    port: int
    path: str
    ended: threading.Event

    def run(self) -> None:
        """Tell that the server is ready, then again and again that it answers, until the end."""
        while not self._answers(ANSWER_S):
            if self.ended.wait(READY_AFTER_S):
                return
        self.systemd.tell("READY=1")
        if self.systemd.wanted_s is None:
            return
        # Two looks, and the time each may take, fit into what is wanted: one late answer of a
        # server that was busy for a moment is not its end.
        between = self.systemd.wanted_s / 4
        while True:
            if self._answers(between):
                self.systemd.tell("WATCHDOG=1")
            if self.ended.wait(between):
                return

    def _answers(self, within_s: float) -> bool:
        return answers(self.address, self.port, path=self.path, within_s=within_s)


def _systemd(environ: Mapping[str, str]) -> _Systemd | None:
    """Return whom to tell; None where nobody wants to know, or means another process."""
    name = environ.get("NOTIFY_SOCKET", "")
    if not name.startswith(("/", "@")):
        return None
    wanted = environ.get("WATCHDOG_USEC", "")
    meant = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    seconds = int(wanted) / 1_000_000 if wanted.isdecimal() and meant else None
    return _Systemd(name, seconds or None)


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Return 0 if the server of HIP_WORKOUT_HOST and HIP_WORKOUT_PORT answers, 1 if it does not."""
    from skill.settings import PREFIX, Settings, SettingsError  # noqa: PLC0415 - not for the thread

    # Only these two: others may be there by names that only a container's entry point knows.
    asked = {name: environ.get(name, "") for name in (f"{PREFIX}HOST", f"{PREFIX}PORT")}
    try:
        settings = Settings.from_environment(asked)
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a program of its own
        return 1
    return 0 if answers(settings.host, settings.port) else 1


if __name__ == "__main__":
    sys.exit(main())
