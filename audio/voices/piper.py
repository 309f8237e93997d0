"""Piper: neural voices for many languages, each a file that the operator gives."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from audio.voices.engine import digest_of, failing_as, require, version_of
from audio.voices.spoken import (
    TEXT_RULES,
    checked,
    language_of,
    no_such_language,
    refuse_foreign_letters,
    sayable,
)
from audio.voices.voice import Sound, VoiceError

SLOWER = 1.25
"""How much longer than the voice's own every sound is. Piper's voices are as fast as whoever was
recorded: en_US-joe-medium comes from 225 words a minute within sentences to 198."""


class Piper:
    """The voice ``piper``, from a file such as ``en_US-joe-medium.onnx``.

    Its description must lie beside it, as ``en_US-joe-medium.onnx.json``. All noise is turned off,
    so that the same text gives the same samples, in every process.

    Raises:
        VoiceError: the extra ``piper`` is not installed, or the files are not a voice's.
    """

    name = "piper"

    def __init__(self, voice: Path) -> None:
        require("piper", self.name, "piper")
        self._file = voice
        self._described = voice.with_name(voice.name + ".json")
        self.locale = _locale_of(self._described)
        if not voice.is_file():
            raise VoiceError(f"there is no Piper voice at {voice}")

    @cached_property
    def version(self) -> str:
        """The engine, the voice's two files, and what it is told."""
        return (
            f"{version_of('piper-tts')}, weights {digest_of(self._file)}, description "
            f"{digest_of(self._described)}, slower {SLOWER}, no noise, text {TEXT_RULES}"
        )

    def speaks(self, locale: str) -> bool:
        """Say whether the file's voice has the language, be it with another country's accent."""
        return language_of(locale) == language_of(self.locale)

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence. The first one loads the model, which takes half a second.

        Raises:
            VoiceError: another language, letters it does not have, or no speech.
        """
        if not self.speaks(locale):
            raise no_such_language(locale, f"the Piper voice {self._file.name}", [self.locale])
        # Double brackets would be taken for phonemes.
        text = sayable(text.replace("[[", "[ [").replace("]]", "] ]"))
        refuse_foreign_letters(text, locale, self.name)
        with failing_as(self.name, f"saying {text!r}"):
            from piper import SynthesisConfig  # noqa: PLC0415 - an extra

            still = SynthesisConfig(length_scale=SLOWER, noise_scale=0, noise_w_scale=0)
            parts = [part.audio_float_array for part in self._engine.synthesize(text, still)]
        samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return checked(
            np.asarray(samples, np.float32), self._engine.config.sample_rate, text, self.name
        )

    @cached_property
    def _engine(self) -> Any:
        from piper import PiperVoice  # noqa: PLC0415 - an extra

        return PiperVoice.load(self._file, config_path=self._described)


def _locale_of(described: Path) -> str:
    """Return the locale that a voice's description names: older ones name only eSpeak's voice."""
    try:
        plain = json.loads(described.read_text(encoding="utf-8"))
        language = plain.get("language", {}).get("code") or plain["espeak"]["voice"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise VoiceError(
            f"a Piper voice needs its description beside it, and {described} cannot be read as one "
            f"({fault!r})"
        ) from fault
    return str(language).replace("_", "-")
