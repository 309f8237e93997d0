"""Finds the Chromium that the browser tests drive, and with ``python -m`` installs one if need be.

The system's own first; else Debian's package, where that may be installed; else Playwright's.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.programs import install

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
    if not (install(list(PACKAGES)) and find()):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        _install()
    print(found())  # noqa: T201 - it is what the command is for
