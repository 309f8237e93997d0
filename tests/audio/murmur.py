"""A voice for tests that murmurs: a tone in syllables, of a length that its words decide."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.voices.voice import Sound, VoiceError
from skill.render.words import Words

RATE = 16_000
MS_A_LETTER = 20

WORDS = Words("en", "\n".join(f"say-{n} = number {n} of many" for n in range(60)))


@dataclass
class Murmur:
    """Says everything but what it was told not to."""

    name: str = "murmur"
    version: str = "murmur 1"
    fails_at: str = "nothing"
    """It cannot say a text with this in it."""

    crashes_at: str = "nothing"
    dies_at: str = "nothing"
    takes_s: float = 0.0
    wavers: bool = False
    """Whether each time takes it 100 ms longer than the last."""

    log: Path | None = None
    """Gets a line for every sentence, and one with the process when the first is said."""

    spoken: int = 0

    def speak(self, text: str, locale: str) -> Sound:
        if self.log is not None:
            with self.log.open("a") as log:
                log.write(f"{os.getpid()} {text}\n")
        if self.fails_at in text:
            raise VoiceError(f"cannot say {text!r} in {locale}")
        if self.crashes_at in text:
            raise RuntimeError("out of tune")
        if self.dies_at in text:
            os._exit(3)
        time.sleep(self.takes_s)
        self.spoken += 1
        ms = MS_A_LETTER * len(text) + (100 * self.spoken if self.wavers else 0)
        return Sound(murmured(ms), RATE)


def murmured(ms: int) -> np.typing.NDArray[np.float32]:
    """Return syllables of 150 ms at 200 Hz with overtones, in silence of 200 ms on both sides."""
    at = np.arange(ms * RATE // 1000) / RATE
    wave = sum(np.sin(2 * np.pi * 200 * k * at) / k for k in range(1, 12))
    syllables = 0.15 * np.abs(np.sin(np.pi * at / 0.15)) * wave
    quiet = np.zeros(RATE // 5)
    return np.concatenate([quiet, syllables, quiet]).astype(np.float32)
