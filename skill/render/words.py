"""Lines into words: phrases of one language, their variants, and how long they take to say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import ast

from skill.catalogue.parsed import message_of, sources
from skill.coach.reply import Line, Names, Value

MS_PER_WORD = 375
"""160 words a minute: the slow end of what smart speakers speak at by default (150 to 180)."""

MS_PER_SENTENCE = 250
"""The pause that a synthetic voice makes at a full stop."""

SHORTEST_MS = 400
KEPT_LINES = 8_192
"""How many rendered lines are kept; the lines of all workouts are fewer."""


Values = tuple[tuple[str, Value], ...]


class UnknownPhrase(KeyError):
    """A line names a phrase, or misses a value, that the words do not have: a fault of ours."""


class Words:
    """The phrases of one language. Pure once built, so every line is worked out once."""

    def __init__(self, language: str, fluent: str) -> None:
        """Read Fluent text; ``language`` decides plurals (such as "en")."""
        self._bundle = FluentBundle([language], use_isolating=False)
        self._sources = sources(fluent)
        self._say = lru_cache(maxsize=KEPT_LINES)(self._format)
        self._sentence = lru_cache(maxsize=KEPT_LINES)(self._capital)
        self._length = lru_cache(maxsize=KEPT_LINES)(self._estimate)
        self._variants = _Variants(self._bundle, self._sources)

    def knows(self, phrase: str) -> bool:
        """Say whether there is such a phrase."""
        return phrase in self._sources

    def say(self, line: Line) -> str:
        """Return the words of a line, as plain text.

        Raises:
            UnknownPhrase: no such phrase, or a value that the phrase needs is not there.
        """
        phrase, values, variant = line
        return self._say(phrase, values, variant % len(self._variants[phrase]))

    def sentence(self, line: Line) -> str:
        """Return the words of a line as they stand on their own, with a capital first letter."""
        phrase, values, variant = line
        return self._sentence(phrase, values, variant % len(self._variants[phrase]))

    def length_ms(self, line: Line) -> int:
        """Return about how long a line takes to say, in milliseconds."""
        phrase, values, variant = line
        return self._length(phrase, values, variant % len(self._variants[phrase]))

    # Kept by the variant among those there are: the number in a line goes on rising.

    def _format(self, phrase: str, values: Values, variant: int) -> str:
        spoken = {name: self._value(value) for name, value in values}
        text, errors = self._bundle.format_pattern(self._variants[phrase][variant], spoken)
        if errors:
            raise UnknownPhrase(f"{phrase}: {errors[0]}")
        return " ".join(str(text).split())

    def _capital(self, phrase: str, values: Values, variant: int) -> str:
        text = self._say(phrase, values, variant)
        return text[:1].upper() + text[1:]

    def _estimate(self, phrase: str, values: Values, variant: int) -> int:
        text = self._say(phrase, values, variant)
        sentences = sum(text.count(end) for end in ".?!:;")
        return max(SHORTEST_MS, len(text.split()) * MS_PER_WORD + sentences * MS_PER_SENTENCE)

    def _value(self, value: str | int | Names) -> str | int:
        if not isinstance(value, Names):
            return value
        spoken = [self.say(Line(of) if isinstance(of, str) else of) for of in value.ids]
        if len(spoken) <= 1:
            return "".join(spoken)
        phrase = "list-two" if len(spoken) == 2 else "list-more"
        return self.say(Line(phrase, (("head", ", ".join(spoken[:-1])), ("last", spoken[-1]))))


class _Variants(dict[str, tuple[Any, ...]]):
    """The patterns of each phrase, the first and its further variants.

    A phrase is parsed when it is first wanted: all of them take 75 ms, and most processes end, or
    wait long, before they have said half of them.
    """

    def __init__(self, bundle: FluentBundle, sources: Mapping[str, str]) -> None:
        super().__init__()
        self._bundle = bundle
        self._sources = sources

    def __missing__(self, phrase: str) -> tuple[Any, ...]:
        source = self._sources.get(phrase)
        parsed = message_of(source) if source is not None else None
        if parsed is None:
            raise UnknownPhrase(phrase)
        self._bundle.add_resource(ast.Resource([parsed]))
        message = self._bundle.get_message(phrase)
        patterns = self[phrase] = (message.value, *message.attributes.values())
        return patterns
