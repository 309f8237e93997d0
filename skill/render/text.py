"""A script as plain text, for cards and for logs of conversations."""

from __future__ import annotations

from collections.abc import Iterable

from skill.coach.reply import Beat, Card, Element, Line
from skill.render.words import Words

MOST_CHARACTERS = 8_000
"""Title and text of a card together."""


def text(script: Iterable[Element], words: Words) -> str:
    """Return the words of a script as one paragraph."""
    spoken = (e.line if isinstance(e, Beat) else e for e in script)
    return " ".join(words.sentence(line) for line in spoken if isinstance(line, Line))


def card(card: Card, words: Words) -> tuple[str, str]:
    """Return a card's title and its text, one line a step, cut at a line where it is too long."""
    title = words.sentence(card.title)
    left = MOST_CHARACTERS - len(title)
    lines: list[str] = []
    for line in card.lines:
        row = words.sentence(line)
        left -= len(row) + 1
        if left < 0:
            break
        lines.append(row)
    return title, "\n".join(lines)
