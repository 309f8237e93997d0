"""Which voice speaks a language: the one that is asked for, or the best local one that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audio.voices.engine import is_installed
from audio.voices.espeak import Espeak
from audio.voices.hibari import Hibari
from audio.voices.pico import LOCALES, Pico
from audio.voices.piper import Piper
from audio.voices.silent import Silent
from audio.voices.spoken import language_of
from audio.voices.voice import Voice, VoiceError

NAMES = ("hibari", "pico", "piper", "espeak", "gtts", "silent")
"""Every voice, by the name by which it is chosen."""


class _Speaker(Voice, Protocol):
    def speaks(self, locale: str) -> bool: ...


@dataclass(frozen=True)
class Choice:
    """A voice for a language, and why it is this one."""

    voice: Voice

    why: str
    """One sentence for the operator."""

    @property
    def online(self) -> bool:
        """Whether every sentence is asked from somebody else's server, one at a time."""
        return self.voice.name == "gtts"


def choose(locale: str, wanted: str | None, *, piper_voice: Path | None = None) -> Choice:
    """Return the voice for a locale: the wanted one, or the best local one that is installed.

    A Piper voice that the operator gave comes first where it has the language. Then Hibari for
    English, but Pico for British, as Hibari's accent is American; Pico for its other languages;
    eSpeak NG for all else. Only where no local voice can read the language is it Google's.

    Raises:
        VoiceError: no such voice, not installed, or it does not have the language.
    """
    if wanted is None:
        return next(_best(locale, piper_voice))
    if wanted not in NAMES:
        raise VoiceError(f"there is no voice {wanted!r}; there are {', '.join(NAMES)}")
    voice = _opened(wanted, piper_voice)
    if not voice.speaks(locale):
        raise VoiceError(f"the voice {wanted} does not speak {locale}; choose another, or none")
    where = " It is online: every new sentence is sent to Google." if wanted == "gtts" else ""
    return Choice(voice, f"{wanted} speaks {locale}, as you asked{_accent(voice, locale)}.{where}")


def _opened(name: str, piper_voice: Path | None) -> _Speaker:
    if name == "piper":
        if piper_voice is None:
            raise VoiceError("the voice piper needs a voice file, such as en_US-joe-medium.onnx")
        return Piper(piper_voice)
    openers: dict[str, Callable[[], _Speaker]] = {
        "hibari": Hibari,
        "pico": Pico,
        "espeak": Espeak,
        "gtts": _google,
        "silent": Silent,
    }
    return openers[name]()


def _google() -> _Speaker:
    from audio.voices.gtts import Gtts  # noqa: PLC0415 - slow to import, and seldom the choice

    return Gtts()


def _best(locale: str, piper_voice: Path | None) -> Iterator[Choice]:
    """Yield what can speak a locale, the best first."""
    if piper_voice is not None:
        given = Piper(piper_voice)
        if given.speaks(locale):
            accent = _accent(given, locale)
            yield Choice(given, f"piper speaks {locale}, with the voice file you gave{accent}.")
    for voice in _local(locale):
        if voice.speaks(locale):
            accent = _accent(voice, locale)
            why = f"{voice.name} is the best local voice installed for {locale}{accent}."
            yield Choice(voice, why)
    google = _google()
    if not google.speaks(locale):
        raise VoiceError(f"no voice speaks {locale}")
    yield Choice(
        google,
        f"gtts speaks {locale}, because no local voice that can is installed; it is online: "
        "every new sentence is sent to Google.",
    )


def _local(locale: str) -> Iterator[_Speaker]:
    pico_first = locale in LOCALES - {"en-US"}
    if pico_first and is_installed("py_nanotts"):
        yield Pico()
    if is_installed("hibari"):
        yield Hibari()
    if not pico_first and is_installed("py_nanotts"):
        yield Pico()
    # It reads Japanese only where it is spelled in kana, and texts are not.
    if is_installed("espeakng_loader") and language_of(locale) != "ja":
        yield Espeak()


def _accent(voice: Voice, locale: str) -> str:
    """Return what to add where the voice is of another country than the locale."""
    match voice:
        case Hibari():
            spoken = "en-US"
        case Piper():
            spoken = voice.locale
        case Pico() | Espeak():
            spoken = voice.nearest(locale)
        case _:
            return ""
    country = locale.lower().partition("-")[2]
    is_same = spoken.lower().startswith(locale.lower()) or spoken == country
    return "" if is_same else f", with {spoken}, the nearest it has"
