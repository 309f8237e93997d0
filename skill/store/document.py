"""A listener's document as text, and back."""

from __future__ import annotations

import json

from skill.store.errors import DocumentDamaged
from skill.store.port import Document


def to_text(document: Document) -> str:
    """Return the document as JSON in plain ASCII, which no database's encoding can change.

    Raises ValueError or TypeError for what JSON cannot hold, numbers that are none included.
    """
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def from_text(text: str, version: int) -> Document:
    """Return the document that a text holds; DocumentDamaged if it holds none."""
    try:
        document = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise DocumentDamaged(version) from None  # the fault would quote the document
    if not isinstance(document, dict):
        raise DocumentDamaged(version)
    return document
