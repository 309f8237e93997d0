"""Silent: a voice that says nothing, in exactly the time that its words take; for tests."""

from __future__ import annotations

import re

import numpy as np

from audio.voices.spoken import TEXT_RULES, sayable
from audio.voices.voice import Sound, VoiceError

RATE = 24_000

MS_A_WORD = 350
"""171 words a minute, near the pace of the voices that speak."""

_TONE_HZ = 220


class Silent:
    """The voice ``silent``: every language, 350 ms a word unless told otherwise.

    ``tone`` is the peak of a steady tone of 220 Hz, from 0 (silence) to 1; a quiet one, such as
    0.1, gives decoders and meters something to find.
    """

    name = "silent"

    def __init__(self, *, ms_a_word: int = MS_A_WORD, tone: float = 0.0) -> None:
        self._ms_a_word, self._tone = ms_a_word, tone

    @property
    def version(self) -> str:
        """The two numbers that make the sound."""
        return f"silent 1, {self._ms_a_word} ms a word, tone {self._tone}, text {TEXT_RULES}"

    def speaks(self, locale: str) -> bool:
        """Say yes: every language is alike to it."""
        return bool(locale)

    def ms(self, text: str) -> int:
        """Return how long it takes for a text, in milliseconds.

        Raises:
            VoiceError: there is no word in it.
        """
        return len(re.findall(r"\w+(?:['’.,:-]\w+)*", sayable(text))) * self._ms_a_word

    def speak(self, text: str, locale: str) -> Sound:
        """Say nothing for as long as the words take.

        Raises:
            VoiceError: there is no word in it, or no locale.
        """
        if not self.speaks(locale):
            raise VoiceError("silent needs a locale, as every voice does")
        moments = np.arange(self.ms(text) * RATE // 1000, dtype=np.float32) / RATE
        wave = self._tone * np.sin(2 * np.pi * _TONE_HZ * moments)
        return Sound(wave.astype(np.float32), RATE)
