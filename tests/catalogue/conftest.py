"""The real catalogue and its English words, read once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fluent.syntax import FluentParser, ast

from skill.catalogue.load import load_catalogue, load_words

if TYPE_CHECKING:
    from skill.coach.exercise import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def english() -> str:
    return load_words("en")


@pytest.fixture(scope="session")
def said(english: str) -> dict[str, list[str]]:
    """Every English message's variants as plain text."""
    spoken: dict[str, list[str]] = {}
    for entry in FluentParser().parse(english).body:
        if isinstance(entry, ast.Message) and entry.value:
            patterns = [entry.value, *(each.value for each in entry.attributes)]
            spoken[entry.id.name] = [
                "".join(
                    part.value for part in pattern.elements if isinstance(part, ast.TextElement)
                )
                for pattern in patterns
            ]
    return spoken
