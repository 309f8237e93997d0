"""What the coach's lines invite to say, read from a file for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Invitation:
    """What one line invites to say."""

    phase: str
    """In which the line is heard."""

    words: Mapping[str, str]
    """What may be said then, and the intent that it must be heard as."""


@dataclass(frozen=True)
class Invitations:
    """What all lines of a language invite to say."""

    lines: Mapping[str, Invitation]
    """By the id of the line."""

    no_invitation: frozenset[str]
    """Lines that speak of saying without inviting to say something in particular."""


@cache
def load_invitations(language: str = "en") -> Invitations:
    """Read the invitations of a language; the file is read once in the life of the process."""
    raw: dict[str, Any] = yaml.safe_load(
        (FOLDER / f"invitations.{language}.yaml").read_text("utf-8")
    )
    answers = raw["answers"]
    lines = {
        phrase: Invitation(
            line["phase"], {**answers.get(line.get("answers"), {}), **line.get("words", {})}
        )
        for phrase, line in raw["lines"].items()
    }
    return Invitations(lines, frozenset(raw["no_invitation"]))
