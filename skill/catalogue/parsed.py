"""Fluent text, read whole to check the words, or line by line as they are said."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from fluent.syntax import FluentParser, ast

MOST_KEPT = 4
"""Texts kept parsed; a process knows one a language, and tests make up others."""


@lru_cache(MOST_KEPT)
def parsed(text: str) -> ast.Resource:
    """Return what Fluent makes of a text, the same for everybody: nobody may change it.

    What cannot be parsed is in it as ``ast.Junk``. A whole language takes some 90 ms.
    """
    return FluentParser(with_spans=False).parse(text)


_BEGINS = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)
"""Where a message begins: at the start of a line, where nothing but a message or a comment may."""


def sources(text: str) -> dict[str, str]:
    """Return the Fluent source of each message, by its id; of two of one id, the first.

    Takes a hundredth of the time of parsing it.
    """
    found = list(_BEGINS.finditer(text))
    ends = [*(each.start() for each in found), len(text)]
    source: dict[str, str] = {}
    for each, (start, end) in zip(found, pairwise(ends), strict=True):
        source.setdefault(each[1], text[start:end])
    return source


def message_of(source: str) -> ast.Message | None:
    """Return the message that a source is; None if Fluent cannot make sense of it."""
    entry = FluentParser(with_spans=False).parse_entry(source)
    return entry if isinstance(entry, ast.Message) else None
