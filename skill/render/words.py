"""Lines into words: phrases of one language, their variants, and how long they take to say."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from skill.coach.reply import Line, Names

MS_PER_WORD = 375
"""160 words a minute: the slow end of what smart speakers speak at by default (150 to 180)."""

MS_PER_SENTENCE = 250
"""The pause that a synthetic voice makes at a full stop."""

SHORTEST_MS = 400
KEPT_LINES = 8_192
"""How many rendered lines are kept; the lines of all workouts are fewer."""


class UnknownPhrase(KeyError):
    """A line names a phrase, or misses a value, that the words do not have: a fault of ours."""


class Words:
    """The phrases of one language. Pure once built, so every line is worked out once."""

    def __init__(self, language: str, fluent: str) -> None:
        """Read Fluent text; ``language`` decides plurals (such as "en")."""
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(fluent))
        self._say = lru_cache(maxsize=KEPT_LINES)(self._format)
        self._sentence = lru_cache(maxsize=KEPT_LINES)(self._capital)
        self._length = lru_cache(maxsize=KEPT_LINES)(self._estimate)
        self._variants = lru_cache(maxsize=KEPT_LINES)(self._find)

    def knows(self, phrase: str) -> bool:
        """Say whether there is such a phrase."""
        return self._bundle.has_message(phrase)

    def say(self, line: Line) -> str:
        """Return the words of a line, as plain text.

        Raises:
            UnknownPhrase: no such phrase, or a value that the phrase needs is not there.
        """
        return self._say(self._one_of(line))

    def sentence(self, line: Line) -> str:
        """Return the words of a line as they stand on their own, with a capital first letter."""
        return self._sentence(self._one_of(line))

    def length_ms(self, line: Line) -> int:
        """Return about how long a line takes to say, in milliseconds."""
        return self._length(self._one_of(line))

    def _one_of(self, line: Line) -> Line:
        """Return the line with its variant among those there are, so that it is worked out once."""
        if not line.variant:
            return line
        return line._replace(variant=line.variant % len(self._variants(line.id)))

    def _format(self, line: Line) -> str:
        values = {name: self._value(value) for name, value in line.values}
        pattern = self._variants(line.id)[line.variant]
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise UnknownPhrase(f"{line.id}: {errors[0]}")
        return " ".join(str(text).split())

    def _capital(self, line: Line) -> str:
        text = self._say(line)
        return text[:1].upper() + text[1:]

    def _estimate(self, line: Line) -> int:
        text = self._say(line)
        sentences = sum(text.count(end) for end in ".?!:;")
        return max(SHORTEST_MS, len(text.split()) * MS_PER_WORD + sentences * MS_PER_SENTENCE)

    def _find(self, phrase: str) -> tuple[Any, ...]:
        if not self._bundle.has_message(phrase):
            raise UnknownPhrase(phrase)
        message = self._bundle.get_message(phrase)
        return (message.value, *message.attributes.values())

    def _value(self, value: str | int | Names) -> str | int:
        if not isinstance(value, Names):
            return value
        spoken = [self.say(Line(phrase)) for phrase in value.ids]
        if len(spoken) <= 1:
            return "".join(spoken)
        phrase = "list-two" if len(spoken) == 2 else "list-more"
        return self.say(Line(phrase, (("head", ", ".join(spoken[:-1])), ("last", spoken[-1]))))
