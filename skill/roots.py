"""Which roots are trusted, and whether they can be read."""

from __future__ import annotations

import os
from pathlib import Path

import certifi


def trusted_roots(bundle: Path | None) -> Path:
    """Return the PEM file of the roots to trust: the operator's, or certifi's."""
    return bundle or Path(certifi.where())


def readable(file: Path) -> bool:
    """Say whether a file can be read just now."""
    return file.is_file() and os.access(file, os.R_OK)
