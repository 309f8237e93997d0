"""Other people's readers, through which tests look at what was written."""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, and its readers are not.

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

import webvtt
from mutagen.mp3 import MP3


def mp3_of(file: bytes) -> Any:
    """Return an MP3 as mutagen sees it: ``info`` and ``tags``."""
    return MP3(BytesIO(file))


def captions_of(text: str) -> list[Any]:
    """Return the captions of a WebVTT file: each with ``start``, ``end`` and ``text``."""
    return list(webvtt.from_buffer(StringIO(text)).captions)
