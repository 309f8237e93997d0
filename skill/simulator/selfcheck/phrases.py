"""Which lines of the coach's stand in what was heard, told by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from skill.coach.reply import Line, Names, Script
from skill.render.words import Words


class Said(NamedTuple):
    """One line, as it was heard."""

    phrases: frozenset[str]
    """Its id; several where several lines have these very words."""

    text: str

    at: int
    """How many words were heard before it."""


class Phrasebook:
    """Learns the words of every line that is put into words, and finds them again in speech."""

    def __init__(self) -> None:
        self._phrases: defaultdict[str, set[str]] = defaultdict(set)
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        self.said = lru_cache(maxsize=20_000)(self._said)

    def learn(self, line: Line, text: str) -> None:
        """Take note that a line has these words."""
        if line.id in self._phrases.get(text, ()):
            return
        if text not in self._phrases:
            alike = self._beginning[text.partition(" ")[0]]
            alike.append(text)
            alike.sort(key=len, reverse=True)
        self._phrases[text].add(line.id)
        self._parts[text].update(_names_in(line))
        self.said.cache_clear()

    def phrases(self, text: str) -> frozenset[str]:
        """Return the ids of the lines that have these words."""
        return frozenset(self._phrases.get(text, ()))

    def parts(self, text: str) -> frozenset[str]:
        """Return the ids of the lines that were put into a line of these words, such as names."""
        return frozenset(self._parts.get(text, ()))

    def _said(self, text: str) -> tuple[Said, ...]:
        """Return the lines of which a text is made, in order. What is no line is left out."""
        return tuple(self._lines(text.strip()))

    def _lines(self, text: str) -> Iterator[Said]:
        at = 0
        while text:
            first, _, rest = text.partition(" ")
            whole = next((each for each in self._beginning[first] if _begins(text, each)), None)
            if whole is None:
                text, at = rest, at + 1
                continue
            yield Said(frozenset(self._phrases[whole]), whole, at)
            text, at = text[len(whole) :].strip(), at + len(whole.split())


class NotingWords(Words):
    """The words of a language, which a phrasebook learns when they are spoken."""

    def __init__(self, language: str, fluent: str, book: Phrasebook) -> None:
        super().__init__(language, fluent)
        self._book = book

    def sentence(self, line: Line) -> str:
        """Return the words of a line as they stand on their own, and have them noted."""
        text = super().sentence(line)
        self._book.learn(line, text)
        return text


def lines_of(script: Script) -> Iterator[Line]:
    """Give the lines of a script."""
    for element in script:
        line = element if isinstance(element, Line) else getattr(element, "line", None)
        if line is not None:
            yield line


def _begins(text: str, line: str) -> bool:
    return text.startswith(line) and text[len(line) : len(line) + 1] in ("", " ")


def _names_in(line: Line) -> Iterator[str]:
    for _, value in line.values:
        for of in value.ids if isinstance(value, Names) else ():
            yield of if isinstance(of, str) else of.id
            if isinstance(of, Line):
                yield from _names_in(of)
