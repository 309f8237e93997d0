"""A whole page for the tests of the pretend speaker; each of them is another listener to it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.simulator.visitor import Visitor, silent_page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return silent_page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def ann(page: Flask) -> Visitor:
    """Somebody who has just opened the page."""
    return Visitor(page.test_client())


@pytest.fixture
def exercising(ann: Visitor) -> Visitor:
    """Somebody in their first set of ten glute bridges, whose sound has just begun."""
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "do ten glute bridges", "ready", "ready")
    assert ann.place == ("set", "glute_bridge", 1, 1)
    return ann
