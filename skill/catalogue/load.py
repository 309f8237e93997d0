"""Loads the exercises, moves and knowledge, and the words for them, from this folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from skill.catalogue.check import check_words, missing_words
from skill.catalogue.facts import FILES, read_facts
from skill.catalogue.parsed import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skill.coach.exercise import Catalogue

FOLDER = Path(__file__).parent


class CatalogueError(ValueError):
    """The catalogue's files are faulty; the message tells every fault, one a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(self.faults))


def load_catalogue() -> Catalogue:
    """Read and check the facts. Raises CatalogueError with all the faults there are.

    The words are not looked at, because parsing them takes far longer than the facts: see
    ``load_whole``.
    """
    return build_catalogue({name: (FOLDER / name).read_text("utf-8") for name in FILES})


def build_catalogue(texts: Mapping[str, str]) -> Catalogue:
    """Build the catalogue from the text of each of ``FILES``. Raises CatalogueError."""
    catalogue, faults = read_facts(texts)
    if faults:
        raise CatalogueError(faults)
    return catalogue


@cache
def load_whole(language: str = "en") -> tuple[Catalogue, str]:
    """Return the facts and the words of a language, checked against each other.

    Raises CatalogueError with all the faults there are; takes some 100 ms, so once a process.
    """
    catalogue, text = load_catalogue(), load_words(language)
    if faults := check_words(catalogue, text, language):
        raise CatalogueError(faults)
    return catalogue, text


def load_to_speak(language: str = "en") -> tuple[Catalogue, str]:
    """Return the facts and the words of a language, with every line that the facts ask for.

    What there is of words is not looked at any closer, because parsing it takes longer than all
    else at the start; ``load_whole`` does, in the tests. Raises CatalogueError.
    """
    catalogue, text = load_catalogue(), load_words(language)
    if faults := missing_words(catalogue, sources(text), language):
        raise CatalogueError(faults)
    return catalogue, text


def languages() -> tuple[str, ...]:
    """Return the languages for which there are words, such as ``en``, in alphabetical order."""
    stems = (path.stem for path in (FOLDER / "words").glob("*.ftl"))
    return tuple(sorted(stem for stem in stems if "." not in stem))


def load_words(language: str = "en") -> str:
    """Return the Fluent text of a language. Raises CatalogueError if there are no such words."""
    there = languages()
    if language not in there:
        raise CatalogueError([f"words: no {language!r}, only {', '.join(there)}"])
    return (FOLDER / "words" / f"{language}.ftl").read_text("utf-8")
