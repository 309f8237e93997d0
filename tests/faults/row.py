"""What a fault scenario has shown, as a row of the README's table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

ALEXA_HERSELF = "Alexa herself: “There was a problem with the requested skill's response”"
"""What is heard where no answer, or one that is no answer to her, comes back."""


@dataclass(frozen=True)
class Row:
    """One fault, and what came of it; each column is a sentence or two in Markdown."""

    fault: str
    done: str
    hears: str
    proof: str


def table(rows: Iterable[Row]) -> list[str]:
    """Return the lines of a table in Markdown; one line for each fault and its proof."""
    lines: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = lines.get((row.fault, row.proof))
        done = f"{before.done}; {row.done}" if before else row.done
        lines[row.fault, row.proof] = replace(before or row, done=done)
    head = "| fault | what was done | what the listener hears | nothing is lost |"
    cells = (f"| {r.fault} | {r.done} | {r.hears} | {r.proof} |" for r in lines.values())
    return [head, "|---|---|---|---|", *cells]


def short(heard: str, most: int = 75) -> str:
    """Return the beginning of what was heard, in quotation marks, to the end of a word."""
    text = " ".join(heard.split())
    if len(text) > most:
        text = text[:most].rsplit(" ", 1)[0] + " …"
    return f"“{text}”"
