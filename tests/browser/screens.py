"""Pictures of all APL documents on all viewports: ``python -m tests.browser.screens FOLDER``.

Of each there is one PNG for each situation, in both themes, and a contact sheet.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from skill.log import configure_logging
from skill.settings import Settings
from tests.browser.chromium import found
from tests.browser.serving import serving
from tests.browser.smart_displays import THEMES, WIDTHS_MM, moments, ready, viewport
from tests.render.situations import shown

_SHEET = Path(__file__).with_name("apl_sheet.js")

COLUMNS_PX = 1800
"""How wide a contact sheet is."""


def main(folder: Path) -> None:
    """Take all pictures."""
    configure_logging("error")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data,
        sync_playwright() as playwright,
    ):
        settings = Settings(data_folder=Path(data), database_url="memory:", voice="silent")
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found(), args=as_root)
        with serving(settings) as server:
            page = browser.new_page()
            ready(page, server.url)
            for device in WIDTHS_MM:
                for theme in THEMES:
                    _take(page, folder, device, theme)
        browser.close()


def _take(page: Page, folder: Path, device: str, theme: str) -> None:
    seen = viewport(device, theme)
    (folder / device).mkdir(parents=True, exist_ok=True)
    for name, made in shown().items():
        page.set_viewport_size({"width": seen["width"], "height": seen["height"]})
        page.evaluate("([made, seen, at]) => draw(made, seen).at(at)", [made, seen, _telling(made)])
        page.screenshot(path=folder / device / f"{name}-{theme}.png")
    _sheet(page, folder / f"{device}-{theme}.png", seen)


def _telling(made: dict[str, Any]) -> int:
    """Return the time at which a document has most to tell."""
    times = moments(made)
    return times[len(times) // 2]


def _sheet(page: Page, path: Path, seen: Any) -> None:
    """Draw every document at up to three of its moments, side by side."""
    told = []
    for name, made in shown().items():
        times = moments(made)
        some = sorted({times[0], times[len(times) // 2], times[-1]})
        told += [[f"{name} {at / 1000:.1f} s", made, at] for at in some]
    page.set_viewport_size({"width": COLUMNS_PX, "height": 1000})
    page.evaluate(_SHEET.read_text("utf-8"), [told, seen, COLUMNS_PX])
    page.screenshot(path=path, full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
