"""What every voice does to a text before it says it, and to the sound before it hands it over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from audio.voices.voice import Sound, VoiceError

TEXT_RULES = 1
"""Raised whenever `sayable` changes what is said, so that clips are rendered again."""

QUIETEST = 0.01
"""A sample below this is no speech. Engines without words give a noise floor of 0.003."""

_SHORTEST_S = 0.02
"""Seconds of speech a letter at the least. Measured over the catalogue's lines: 0.05 and more."""

_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
    "\u200d?"
)
_BETWEEN_NUMBERS = r"(?:\s*[-\u2010-\u2014]\s*|\s*(?:\.{2,}|\u2026)\s*|\s+)"
_NUMBER_RUN = re.compile(rf"(?<![\w.,])\d+(?:{_BETWEEN_NUMBERS}\d+){{2,}}(?!\w)")

_LATIN = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})
_SCRIPTS = MappingProxyType(
    dict.fromkeys(_LATIN, ("LATIN",))
    | {"ja": ("HIRAGANA", "KATAKANA", "LATIN"), "hi": ("DEVANAGARI", "LATIN")}
)
_READS_CHINESE = frozenset({"zh", "cmn", "yue", "hak"})


def language_of(locale: str) -> str:
    """Return the language of a locale, in small letters: ``en`` of ``en-US``."""
    return locale.replace("_", "-").partition("-")[0].lower()


def sayable(text: str) -> str:
    """Return the text as a voice should get it: no emoji, no control characters, commas in counts.

    "3-2-1" becomes "3, 2, 1": voices run it together, or say "dash".

    Raises:
        VoiceError: there is no letter and no digit in it, so that nothing can be said.
    """
    plain = _EMOJI.sub(" ", unicodedata.normalize("NFC", text))
    plain = "".join(" " if _is_control(character) else character for character in plain)
    plain = " ".join(plain.split())
    if not any(character.isalnum() for character in plain):
        raise VoiceError(f"there is nothing to say in {text!r}")
    return _NUMBER_RUN.sub(lambda run: ", ".join(re.findall(r"\d+", run[0])), plain)


def refuse_foreign_letters(text: str, locale: str, voice: str) -> None:
    """Refuse letters that an engine would silently drop, or spell as "Chinese letter".

    Raises:
        VoiceError: a letter is of a script in which the language is not written.
    """
    language = language_of(locale)
    for character in text:
        if character.isalpha() and not _is_of(character, language):
            raise VoiceError(
                f"{voice} cannot read {character!r} in {language}, in {text!r}; "
                "write it otherwise, or choose the voice gtts"
            )


def checked(samples: NDArray[np.float32], rate: int, text: str, voice: str) -> Sound:
    """Return what an engine made of a text, once it can be speech.

    Raises:
        VoiceError: no sound, no numbers, silence, or so little that words must be missing.
    """
    if not samples.size or not np.isfinite(samples).all():
        raise VoiceError(f"{voice} made no sound of {text!r}")
    loud = np.flatnonzero(np.abs(samples) >= QUIETEST)
    if not loud.size:
        raise VoiceError(f"{voice} made nothing but silence of {text!r}")
    spoken_s = float(loud[-1] - loud[0] + 1) / rate
    if spoken_s < _SHORTEST_S * sum(character.isalnum() for character in text):
        raise VoiceError(f"{voice} said only {spoken_s:.2f} s of {text!r}: words are missing")
    return Sound(np.clip(samples, -1, 1), rate)


def from_pcm(pcm: bytes) -> NDArray[np.float32]:
    """Return 16-bit little-endian samples as numbers from -1 to 1."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def no_such_language(locale: str, voice: str, spoken: Collection[str]) -> VoiceError:
    """Return the error of a voice that does not have the language of a locale."""
    return VoiceError(f"{voice} does not speak {locale}; it speaks {', '.join(sorted(spoken))}")


def _is_control(character: str) -> bool:
    # Cf stays: Hindi and Persian are spelled with joiners. All else of C has no sound.
    category = unicodedata.category(character)
    return category[0] == "C" and category != "Cf"


def _is_of(character: str, language: str) -> bool:
    name = unicodedata.name(character, "")
    if name.startswith("CJK"):
        return language in _READS_CHINESE
    scripts = _SCRIPTS.get(language)
    return scripts is None or name.startswith(scripts) or "ORDINAL INDICATOR" in name
