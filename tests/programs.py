"""Finds the programs that tests drive, and with ``python -m`` gets those that are not there.

They are Debian's packages. Servers are unpacked beside the environment of Python: an installed one
would start, and serve on the machine of whoever only wants to run the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UNPACKED = {"caddy": "caddy", "promtool": "prometheus"}
"""Which package holds a program that needs no other."""

INSTALLED = {"systemd-analyze": "systemd"}
"""The same, of those that need libraries; nothing of theirs listens."""

HERE = Path(sys.prefix) / "debian"

_PATH = os.pathsep.join(
    (os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin", str(HERE / "usr/bin"))
)
"""Some of them are for root, whose folders are not on everyone's path."""


class NoProgram(RuntimeError):
    """A program to test with is not there; the message says how to get it."""


def find(name: str) -> Path | None:
    """Return a program; None if it is not there."""
    found = shutil.which(name, path=_PATH)
    return Path(found) if found else None


def program(name: str) -> Path:
    """Return one of the programs. Raises NoProgram."""
    found = find(name)
    if found is None:
        raise NoProgram(f"no {name} to test with; get it by: python -m tests.programs")
    return found


def install(packages: list[str]) -> bool:
    """Install packages of Debian; False where that may not be done, or fails."""
    root = _as_root()
    if root is None or shutil.which("apt-get") is None:
        return False
    return _apt([*root, "apt-get", "install", "-y", "--no-install-recommends", *packages])


def unpack(packages: list[str]) -> bool:
    """Unpack packages of Debian into HERE; False where they cannot be had."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        # apt gives up its rights for a download, and could not write into a folder of root's.
        command = ["apt-get", "-o", "APT::Sandbox::User=root", "download", *packages]
        if not _apt(command, folder):
            return False
        for package in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, HERE], check=True)
    return True


def _apt(command: list[str], folder: str | None = None) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if (root := _as_root()) is not None:
        subprocess.run([*root, "apt-get", "update", "-q"], check=False, env=quiet)
    return subprocess.run(command, check=False, env=quiet, cwd=folder).returncode == 0


def _as_root() -> list[str] | None:
    """Return what a command begins with to run as root; None where that may not be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    asked = sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return [sudo, "-n"] if sudo and asked and asked.returncode == 0 else None


def _missing(packages: dict[str, str]) -> list[str]:
    return [package for name, package in packages.items() if find(name) is None]


if __name__ == "__main__":
    for packages, get in ((UNPACKED, unpack), (INSTALLED, install)):
        if (missing := _missing(packages)) and not get(missing):
            sys.exit(f"please install: {', '.join(missing)}")
