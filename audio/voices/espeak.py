"""eSpeak NG: a small formant voice for a hundred languages, far from human but always there."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from audio.voices.engine import failing_as, require, version_of
from audio.voices.espeak_library import synthesise
from audio.voices.spoken import (
    TEXT_RULES,
    checked,
    from_pcm,
    language_of,
    no_such_language,
    refuse_foreign_letters,
    sayable,
)
from audio.voices.voice import Sound, VoiceError

WORDS_A_MINUTE = 145
"""As the engine counts. It is 176 a minute within the catalogue's English sentences, the pace of
the other voices; its own 175 is 213."""

_LOCALES = MappingProxyType({"en": "en-us", "en-ca": "en-us", "es-es": "es", "no": "nb"})
_LANGUAGES = MappingProxyType(
    {"en": "en-gb-x-rp", "es": "es-419", "zh": "cmn", "no": "nb", "iw": "he", "jw": "id"}
)


class Espeak:
    """The voice ``espeak``: the same samples for the same text, in every process.

    ``data`` is the folder of its language data; without it, the one in the extra's wheel.

    Raises:
        VoiceError: the extra ``espeak`` is not installed.
    """

    name = "espeak"

    def __init__(self, *, data: Path | None = None) -> None:
        require("espeakng_loader", self.name, "espeak")
        self._given = data

    @cached_property
    def version(self) -> str:
        """The loader, whose wheel holds the library and its data, and what it is told."""
        told = f"{WORDS_A_MINUTE} words a minute, text {TEXT_RULES}, reloaded"
        return f"{version_of('espeakng-loader')}, {told}"

    def speaks(self, locale: str) -> bool:
        """Say whether it has the language, be it with another country's accent."""
        return self._voice_of(locale) is not None

    def nearest(self, locale: str) -> str:
        """Return the engine's voice for a locale: British for ``en-AU``, as it has no Australian.

        Raises:
            VoiceError: it does not have the language.
        """
        voice = self._voice_of(locale)
        if voice is None:
            raise no_such_language(locale, self.name, self._voices)
        return voice

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence.

        Raises:
            VoiceError: it does not have the language, cannot read a letter (Chinese characters in
                Japanese among them), or made no speech.
        """
        voice = self.nearest(locale)
        text = sayable(text)
        refuse_foreign_letters(text, locale, self.name)
        with failing_as(self.name, f"saying {text!r}"):
            pcm, rate = synthesise(text, voice, WORDS_A_MINUTE, self._data)
        return checked(from_pcm(pcm), rate, text, self.name)

    def _voice_of(self, locale: str) -> str | None:
        key, language = locale.replace("_", "-").lower(), language_of(locale)
        for voice in (_LOCALES.get(key), key, _LANGUAGES.get(language), language):
            if voice in self._voices:
                return voice
        return None

    @cached_property
    def _data(self) -> Path:
        if self._given:
            return self._given
        import espeakng_loader  # noqa: PLC0415 - an extra

        return Path(espeakng_loader.get_data_path())

    @cached_property
    def _voices(self) -> frozenset[str]:
        files = (self._data / "lang").rglob("*")
        voices = frozenset(file.name.lower() for file in files if file.is_file())
        if not voices:
            raise VoiceError(f"espeak finds no languages in {self._data}")
        return voices
