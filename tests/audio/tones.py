"""Clips for tests that say nothing: a tone for each line, of as many frames as its id says."""

from __future__ import annotations

from functools import cache

import numpy as np

from audio.clip import Clip
from audio.frames import FRAME_SAMPLES, RATE, Samples, encode
from audio.voices.voice import VoiceError
from skill.coach.reply import Line

LEAD_SAMPLES = 2 * FRAME_SAMPLES
TAIL_SAMPLES = FRAME_SAMPLES
LEVEL = 0.3


class Tones:
    """A voice of sines, each line at a pitch of its own: ``Line("20")`` lasts 20 frames."""

    locale = "en-US"

    def __init__(self) -> None:
        self.missing: set[str] = set()
        """Ids of lines that the voice fails to say."""
        self.damaged: set[str] = set()
        """Names of clips of which half is gone."""
        self.asked = 0
        self.read: list[str] = []
        """Names of the clips whose sound was fetched."""

    def of(self, line: Line) -> Clip:
        self.asked += 1
        if line.id in self.missing:
            raise VoiceError(f"{line.id} cannot be said")
        return Clip(f"tone-{line.id}-{line.variant}", int(line.id), f"tone {line.id}")

    def sound(self, clip: Clip) -> bytes:
        self.read.append(clip.name)
        sound = _encoded(clip.frames)
        return sound[: len(sound) // 2] if clip.name in self.damaged else sound


@cache
def tone(frames: int) -> Samples:
    """Return so many frames: silence, a tone with soft ends, a frame of silence."""
    samples = np.zeros(frames * FRAME_SAMPLES, np.float32)
    length = len(samples) - LEAD_SAMPLES - TAIL_SAMPLES
    if length > 0:
        at = np.arange(length)
        soft = np.clip(np.minimum(at, length - 1 - at) / 72, 0, 1)
        sine = np.sin(2 * np.pi * (300 + 7 * frames) * at / RATE)
        samples[LEAD_SAMPLES : LEAD_SAMPLES + length] = LEVEL * soft * sine
    return samples


@cache
def _encoded(frames: int) -> bytes:
    return encode(tone(frames))
