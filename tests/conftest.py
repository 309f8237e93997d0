"""What all tests may ask for: a clean environment, a clock that stands still, a pretend Amazon."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from typing import Any

import pytest
import structlog
from hypothesis import settings

from tests.amazon import FrozenClock, PretendAmazon

# Every run tries the same examples, so that a change that is fine passes everywhere; a search for
# new ones is `pytest --hypothesis-profile=default`.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among ten thousand tests, neither while they are collected nor later.

    It takes a quarter of the time that collecting them takes.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data"))
    for name in [name for name in os.environ if name.startswith("HIP_WORKOUT_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def the_log_of_one_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test, or a command in it, sets up of the log ends with the test."""
    really = structlog.configure

    def configure(**settings: Any) -> None:
        really(**{**settings, "cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", configure)
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def amazon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PretendAmazon]:
    """Amazon for all tests; whoever has it serve something does so at a ``new_url``."""
    with PretendAmazon(tmp_path_factory.mktemp("amazon")) as pretend, pretend.named():
        yield pretend
