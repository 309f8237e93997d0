"""A script as SSML, for turns whose timing does not matter."""

from __future__ import annotations

from xml.sax.saxutils import escape

from skill.coach.reply import Beat, Line, Pause, Script
from skill.render.words import Words

LONGEST_BREAKS_MS = 10_000
"""All breaks of one answer together; more and Amazon does not speak the answer at all."""

MOST_CHARACTERS = 8_000
"""Longest text or SSML that Amazon takes in one answer, tags counted."""


def ssml(script: Script, words: Words) -> str:
    """Return a ``<speak>`` document. Text is escaped here and nowhere else.

    Raises:
        ValueError: the script is too long to be spoken as SSML.
    """
    left_ms = LONGEST_BREAKS_MS
    parts: list[str] = []
    for element in script:
        match element:
            case Line():
                parts.append(escape(words.sentence(element)))
            case Beat(line=line) if line is not None:
                parts.append(escape(words.sentence(line)))
            case Pause(ms) if min(ms, left_ms) > 0:
                ms = min(ms, left_ms)
                left_ms -= ms
                parts.append(f'<break time="{ms}ms"/>')
            case _:
                pass
    document = f"<speak>{' '.join(parts)}</speak>"
    if len(document) > MOST_CHARACTERS:
        raise ValueError(f"{len(document)} characters of speech, {MOST_CHARACTERS} are allowed")
    return document
