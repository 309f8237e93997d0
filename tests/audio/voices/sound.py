"""What tests ask of a sound."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np

from audio.voices.voice import Sound

ROOT = Path(__file__).parents[3]


def seconds(sound: Sound) -> float:
    return len(sound.samples) / sound.rate


def digest(sound: Sound) -> str:
    return hashlib.sha256(sound.samples.tobytes()).hexdigest()


def is_speech(sound: Sound) -> bool:
    """Say whether it is mono, in range, not clipped flat, and loud enough to be heard."""
    peak = float(np.abs(sound.samples).max())
    clipped = float(np.mean(np.abs(sound.samples) > 0.999))
    return (
        sound.samples.dtype == np.float32
        and sound.samples.ndim == 1
        and sound.rate >= 16_000
        and 0.05 < peak <= 1
        and clipped < 0.001
    )


def digest_in_new_process(opening: str, text: str, locale: str) -> str:
    """Open a voice in a process of its own and return the digest of what it says."""
    voice = opening.partition("(")[0]
    program = (
        "from pathlib import Path\n"
        "from tests.audio.voices.sound import digest\n"
        f"from audio.voices.{voice.lower()} import {voice}\n"
        f"print(digest({opening}.speak({text!r}, {locale!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
