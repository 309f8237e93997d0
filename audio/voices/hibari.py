"""Hibari: a neural American English voice whose weights come in its wheel."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from audio.voices.engine import digest_of, failing_as, require, version_of
from audio.voices.spoken import (
    TEXT_RULES,
    checked,
    language_of,
    no_such_language,
    refuse_foreign_letters,
    sayable,
)
from audio.voices.voice import Sound

SPEED = 0.8
"""A coach is heard by somebody who moves and breathes hard. Within the catalogue's sentences this
is 176 words a minute; at the engine's own 1.0 it is 218, the pace of a news reader in a hurry."""

RATE = 24_000


class _Engine(Protocol):
    def __call__(self, text: str, speed: float, seed: int) -> NDArray[np.float32]: ...


class Hibari:
    """The voice ``hibari``. American English, also where another English is asked for.

    The same text gives the same samples, in every process: the noise in its breath is seeded.

    Raises:
        VoiceError: the extra ``neural`` is not installed.
    """

    name = "hibari"

    def __init__(self, *, speed: float = SPEED, seed: int = 0) -> None:
        require("hibari", self.name, "neural")
        self._speed, self._seed = speed, seed

    @cached_property
    def version(self) -> str:
        """Engine, weights, speed and seed. The runtime below changes no more than rounding."""
        spec = find_spec("hibari")
        folder = Path((spec and spec.origin) or "").parent
        weights = digest_of(folder / "assets" / "hibari.onnx")
        return (
            f"{version_of('hibari-tts')}, weights {weights}, speed {self._speed}, "
            f"seed {self._seed}, text {TEXT_RULES}"
        )

    def speaks(self, locale: str) -> bool:
        """Say whether the locale is an English one."""
        return language_of(locale) == "en"

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence. The first one loads the model, which takes half a second.

        Raises:
            VoiceError: another language than English, letters it would drop, or no speech.
        """
        if not self.speaks(locale):
            raise no_such_language(locale, self.name, ["en-US"])
        text = sayable(text)
        refuse_foreign_letters(text, locale, self.name)
        with failing_as(self.name, f"saying {text!r}"):
            samples = self._engine(text, speed=self._speed, seed=self._seed)
        return checked(np.asarray(samples, np.float32), RATE, text, self.name)

    @cached_property
    def _engine(self) -> _Engine:
        import hibari  # noqa: PLC0415 - an extra

        engine: _Engine = hibari.Hibari()
        return engine
