"""Finds the Chromium that the browser tests drive, and with ``python -m`` installs one if need be.

The system's own first; else Debian's package, where that may be installed; else Playwright's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome-stable", "google-chrome", "chrome")

PACKAGES = ("chromium", "fonts-dejavu-core")
"""Of Debian; without a font there would be nothing to read."""


class NoChromium(RuntimeError):
    """There is no browser to test with; the message says how to get one."""


def find() -> Path | None:
    """Return the browser's program; None if there is none."""
    for name in NAMES:
        if program := shutil.which(name):
            return Path(program)
    own = _of_playwright()
    return own if own.exists() else None


def found() -> Path:
    """Return the browser's program. Raises NoChromium."""
    program = find()
    if program is None:
        raise NoChromium("no Chromium to test with; get one by: python -m tests.browser.chromium")
    return program


def _of_playwright() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _install() -> None:
    root = _as_root()
    if root is not None and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*root, "apt-get", "update", "-q"], check=False, env=quiet)
        install = [*root, "apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
        if subprocess.run(install, check=False, env=quiet).returncode == 0 and find():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _as_root() -> list[str] | None:
    """Return what a command begins with to run as root; None where that may not be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    asked = sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return [sudo, "-n"] if sudo and asked and asked.returncode == 0 else None


if __name__ == "__main__":
    if find() is None:
        _install()
    print(found())  # noqa: T201 - it is what the command is for
