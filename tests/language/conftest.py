from __future__ import annotations

import pytest

from interaction_model.recognition import Recognizer
from tests.language.table import LOCALES


@pytest.fixture(scope="session", name="recognizer")
def _recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture(params=LOCALES, name="locale")
def _locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)
