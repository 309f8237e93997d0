"""What the voices ask about the engines behind them: installed or not, and of which version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from audio.voices.voice import VoiceError


def is_installed(module: str) -> bool:
    """Say whether an engine is there, without importing it."""
    return find_spec(module) is not None


def require(module: str, voice: str, extra: str | None) -> None:
    """Make sure that an engine is there; ``extra`` is the distribution's extra that brings it.

    Raises:
        VoiceError: it is not; the message says how to install it.
    """
    if not is_installed(module):
        what = f"hip-workout[{extra}]" if extra else "hip-workout"
        raise VoiceError(f"the voice {voice} is not installed: pip install '{what}'")


def version_of(distribution: str) -> str:
    """Return an installed distribution with its version, such as ``gTTS 2.5.4``."""
    return f"{distribution} {metadata.version(distribution)}"


def digest_of(file: Path) -> str:
    """Return the first twelve digits of a file's SHA-256.

    Raises:
        VoiceError: it cannot be read.
    """
    try:
        with file.open("rb") as weights:
            return hashlib.file_digest(weights, "sha256").hexdigest()[:12]
    except OSError as fault:
        raise VoiceError(f"the voice's file cannot be read: {fault}") from fault


@contextmanager
def failing_as(voice: str, doing: str) -> Iterator[None]:
    """Tell whatever goes wrong inside an engine as an error of its voice."""
    try:
        yield
    except VoiceError:
        raise
    except Exception as fault:
        raise VoiceError(f"{voice} failed while {doing}: {fault}") from fault
