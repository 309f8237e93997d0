"""Pico: small parametric voices for six locales of five languages, in one wheel."""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType

from audio.voices.engine import failing_as, require, version_of
from audio.voices.spoken import (
    TEXT_RULES,
    checked,
    from_pcm,
    language_of,
    no_such_language,
    refuse_foreign_letters,
    sayable,
)
from audio.voices.voice import Sound

LOCALES = frozenset({"en-US", "en-GB", "de-DE", "es-ES", "fr-FR", "it-IT"})
"""What it was made for."""

SPEED = 0.85
"""173 words a minute within English sentences, the pace of the other voices; 203 at its own 1."""

VOLUME = 0.5
"""At its own volume of 1 the loud vowels clip."""

RATE = 16_000

_BY_LANGUAGE = MappingProxyType(
    {"en": "en-GB", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
)
_AMERICAN = frozenset({"en", "en-us", "en-ca"})

# Pico obeys tags in what it says, with a space after the bracket too; one of them names a file.
_TAG = re.compile(r"<(?=\s*[^\s\d])")


class Pico:
    """The voice ``pico``. Each sentence has its length to the sample; its noise differs a little.

    The engine keeps the state of its noise from one sentence to the next and cannot be told a
    seed, so that two renderings sound alike and are not the same samples.

    Raises:
        VoiceError: the extra ``pico`` is not installed.
    """

    name = "pico"

    def __init__(self) -> None:
        require("py_nanotts", self.name, "pico")

    @cached_property
    def version(self) -> str:
        """The engine, whose wheel holds the voices, and what it is told."""
        return f"{version_of('py-nanotts')}, speed {SPEED}, volume {VOLUME}, text {TEXT_RULES}.1"

    def speaks(self, locale: str) -> bool:
        """Say whether it has the language, be it with the accent of another country."""
        return language_of(locale) in _BY_LANGUAGE

    def nearest(self, locale: str) -> str:
        """Return the locale whose voice is used: ``es-ES`` for ``es-MX``.

        Raises:
            VoiceError: it does not have the language.
        """
        if locale.lower() in _AMERICAN:
            return "en-US"
        if not self.speaks(locale):
            raise no_such_language(locale, self.name, LOCALES)
        return _BY_LANGUAGE[language_of(locale)]

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence.

        Raises:
            VoiceError: it does not have the language, would drop letters, or made no speech.
        """
        voice = self.nearest(locale)
        text = sayable(_TAG.sub(" ", text))
        refuse_foreign_letters(text, locale, self.name)
        with failing_as(self.name, f"saying {text!r}"):
            import py_nanotts  # noqa: PLC0415 - an extra

            engine = py_nanotts.NanoTTS()
            pcm = engine.speak(text, voice=voice, speed=SPEED, pitch=1, volume=VOLUME)
        return checked(from_pcm(pcm), RATE, text, self.name)
