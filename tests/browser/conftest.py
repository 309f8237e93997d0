"""A browser and a page for it, once for each process of the tests; a new visitor for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, ViewportSize, expect, sync_playwright

from skill.settings import Settings
from tests.browser.chromium import found
from tests.browser.faults import Faults
from tests.browser.serving import PageServer, serving
from tests.browser.visitor import COUNTS_STEPS, Visitor

SOUND_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
SOUND_AFTER_A_CLICK = "--autoplay-policy=document-user-activation-required"
PATIENCE_MS = 60_000
"""The machine may be busy; nothing here is about speed."""

LAPTOP = ViewportSize(width=1366, height=900)

Visits = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long ones, so that no process waits for another in the end."""
    items.sort(key=lambda item: "test_whole_workouts" not in item.nodeid)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the clips are: one folder for all processes, so that each line is rendered once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "browser"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def settings(shared_folder: Path) -> Settings:
    """The settings of a coach who speaks; of one whose words take their time but sound of nothing,
    with the voice ``silent``.
    """
    expect.set_options(timeout=PATIENCE_MS)
    return Settings(
        data_folder=shared_folder,
        database_url="memory:",
        secret=b"a secret for the tests",
        voice="pico",
    )


@pytest.fixture(scope="session")
def speaking_server(settings: Settings) -> Iterator[PageServer]:
    with serving(settings) as running:
        yield running


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[PageServer]:
    """Where sound does not matter: nothing has to be rendered."""
    with serving(replace(settings, voice="silent")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Path:
    return found()


@pytest.fixture(scope="session")
def playwright(chromium: Path) -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: Path) -> Iterator[Browser]:
    with launched(playwright, chromium, SOUND_AT_ONCE) as running:
        yield running


@pytest.fixture(scope="session")
def strict_browser(playwright: Playwright, chromium: Path) -> Iterator[Browser]:
    """A browser as people have it, which plays nothing before they have done something."""
    with launched(playwright, chromium, SOUND_AFTER_A_CLICK) as running:
        yield running


def launched(playwright: Playwright, program: Path, *arguments: str) -> Browser:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=[*as_root, *arguments])


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What must not happen in any browser of a test."""
    seen = Faults()
    yield seen
    assert not seen.found, "\n".join(seen.found)


@pytest.fixture
def visits(browser: Browser, server: PageServer, faults: Faults) -> Iterator[Visits]:
    """Returns a function that gives a new visitor; its arguments are the browser's options."""
    contexts = []

    def visit(
        script: str = "",
        *,
        at: PageServer | None = None,
        by: Browser = browser,
        **options: object,
    ) -> Visitor:
        context = by.new_context(**{"viewport": LAPTOP, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        url = (at or server).url
        faults.watch(context, url)
        context.add_init_script(COUNTS_STEPS)
        context.add_init_script(script)
        return Visitor(context.new_page(), url)

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visits: Visits) -> Visitor:
    return visits().opens()
