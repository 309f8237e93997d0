"""Takes the picture with which the README opens: ``python -m tests.browser.picture``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from skill.log import configure_logging
from skill.settings import Settings
from tests.browser.chromium import found
from tests.browser.serving import serving
from tests.browser.visitor import COUNTS_STEPS, Visitor

PICTURE = Path(__file__).with_name("picture.png")
AT_THE_TOP = "hold"
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Go to the middle of a set, and take the picture there."""
    configure_logging("error")
    program = found()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(data_folder=Path(folder), database_url="memory:", voice="silent")
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=as_root)
        with serving(settings) as server:
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # it is of this form
            page.add_init_script(COUNTS_STEPS)
            visitor = Visitor(page, server.url).opens()
            visitor.starts()
            for words in ("yes", "just glute bridges", "ready", "ready"):
                visitor.hears_out()
                visitor.says(words)
            visitor.moves_on_to(AT_THE_TOP, rep=3)
            page.evaluate("document.activeElement.blur()")
            page.wait_for_selector("[data-phase=hold]")
            page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
