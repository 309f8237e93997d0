"""Whether sound says a text: a recogniser that knows nothing of the voices lays one on the other.

It is PocketSphinx's forced alignment with its American English model. Words that its dictionary
lacks get the pronunciation that eSpeak NG's rules give them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import soxr
from piper.phonemize_espeak import EspeakPhonemizer
from pocketsphinx import Decoder

from audio.frames import RATE, Samples

EARS_RATE = 16_000
"""What the model was trained on."""

_EVERY = 2
"""Of so many frames of 10 ms one is compared with the model. With every second one the voices are
told from near misses as well as with all, in little more than half the time; with every third one
eSpeak is no longer understood."""

_QUIET_S = 0.2
"""Silence put around what is heard: the model wants some at either end."""

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen")
_LATE_TEENS = ("sixteen", "seventeen", "eighteen", "nineteen")
_BELOW_TWENTY = (*_UNITS, *_TEENS, *_LATE_TEENS)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_ARPABET = {
    "i": "IY",
    "ɪ": "IH",
    "ᵻ": "IH",
    "eɪ": "EY",
    "e": "EH",
    "ɛ": "EH",
    "æ": "AE",
    "a": "AA",
    "ɑ": "AA",
    "ɒ": "AA",
    "ɔ": "AO",
    "oʊ": "OW",
    "o": "AO",
    "ʊ": "UH",
    "u": "UW",
    "ʌ": "AH",
    "ə": "AH",
    "ɐ": "AH",
    "ɚ": "ER",
    "ɜ": "ER",
    "ɝ": "ER",
    "aɪ": "AY",
    "aʊ": "AW",
    "ɔɪ": "OY",
    "n̩": "AH N",
    "tʃ": "CH",
    "dʒ": "JH",
    "ʃ": "SH",
    "ʒ": "ZH",
    "θ": "TH",
    "ð": "DH",
    "ŋ": "NG",
    "j": "Y",
    "ɹ": "R",
    "ɡ": "G",
    "x": "K",
    "ʔ": "T",
    "ɾ": "D",
    "h": "HH",
    **{letter: letter.upper() for letter in "pbtdkfvszmnlwr"},
}
"""Phonemes as eSpeak NG writes them, and as the recogniser's dictionary does."""


def words_of(text: str) -> list[str]:
    """Return a text's words as they are said, in small letters: ``thirty`` of ``30``.

    Whole numbers from 0 to 999 are known.
    """
    words: list[str] = []
    for word in re.findall(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?", text.lower().replace("’", "'")):
        words += _number(int(word)) if word.isdecimal() else [word]
    return words


def _number(number: int) -> list[str]:
    if number >= 1000:
        raise ValueError(f"{number} is not a number that is said here")
    if number >= 100:
        rest = number % 100
        return [_BELOW_TWENTY[number // 100], "hundred", *(_number(rest) if rest else ())]
    if number >= 20:
        return [_TENS[number // 10 - 2], *([_BELOW_TWENTY[number % 10]] if number % 10 else ())]
    return [_BELOW_TWENTY[number]]


NUMBERS = (*_BELOW_TWENTY, *_TENS)

_OPPOSITES = (
    ("left", "right"),
    ("up", "down"),
    ("lift", "lower"),
    ("front", "back"),
    ("forward", "back"),
    ("straight", "bent"),
    ("heel", "knee"),
    ("heels", "toes"),
    ("above", "below"),
    ("before", "after"),
    ("high", "low"),
    ("more", "less"),
    ("easier", "harder"),
    ("top", "bottom"),
    ("with", "without"),
    ("in", "out"),
)
_OTHERS = {
    **dict(_OPPOSITES),
    **{other: one for one, other in _OPPOSITES},
    "hip": "knee",
    "hips": "knees",
    "knees": "hips",
    "hands": "feet",
    "feet": "hands",
}
"""A word, and the one that would send a listener the wrong way."""


def near_misses(words: list[str]) -> Iterator[list[str]]:
    """Yield what a voice might have said instead: one word another, which changes what it means.

    Numbers become others that sound like them or stand beside them; sides and directions are
    turned around; "do not" loses its "not", and "do" gets one.
    """
    for at, word in enumerate(words):
        before, after = words[:at], words[at + 1 :]
        for other in _instead_of(word):
            yield [*before, other, *after]
        if word in ("not", "never"):
            yield [*before, *after]
        if word == "do" and after[:1] != ["not"]:
            yield [*before, "do", "not", *after]


def _instead_of(word: str) -> Iterable[str]:
    if word in NUMBERS:
        return _other_numbers(word)
    return (_OTHERS[word],) if word in _OTHERS else ()


@cache
def _other_numbers(word: str) -> tuple[str, ...]:
    """Return the neighbours of a number, and what rhymes with it: ``thirty`` and ``thirteen``."""
    others = []
    for row in (_BELOW_TWENTY, _TENS):
        if word in row:
            at = row.index(word)
            others += [row[near] for near in (at - 1, at + 1) if 0 <= near < len(row)]
    if word.endswith("teen"):
        others.append(word.removesuffix("teen") + "ty")
    elif word.endswith("ty"):
        others.append(word.removesuffix("ty") + "teen")
    return tuple(other for other in others if other in NUMBERS)


class Ears:
    """A recogniser, loaded once; loading takes half a second."""

    def __init__(self) -> None:
        self._decoder: Any = Decoder(loglevel="FATAL", lm=None, ds=_EVERY)
        self._phonemes = EspeakPhonemizer()

    def score(self, samples: Samples, words: list[str]) -> float | None:
        """Return how well 24 kHz sound fits these words; None where it refuses them.

        It is the mean over the 10 ms frames in words of the logarithm of the acoustic score, so
        that 0 would be perfect.
        """
        for word in words:
            self._learn(word)
        decoder = self._decoder
        try:
            decoder.set_align_text(" ".join(words))
            decoder.start_utt()
            decoder.process_raw(_for_ears(samples), full_utt=True)
            decoder.end_utt()
        except RuntimeError:
            return None
        if decoder.hyp() is None:
            return None
        said = [part for part in decoder.seg() if part.word[0] not in "<["]
        frames = sum(part.end_frame - part.start_frame + 1 for part in said)
        return sum(math.log(max(part.ascore, 1e-300)) for part in said) / frames if said else None

    def _learn(self, word: str) -> None:
        if self._decoder.lookup_word(word) is None:
            self._decoder.add_word(word, self.pronounced(word), True)

    def pronounced(self, word: str) -> str:
        """Return a word's phonemes as the dictionary writes them: ``G L UW T`` of ``glute``."""
        (sentence,) = self._phonemes.phonemize("en-us", word)
        ipa = re.sub("[ˈˌːʲ]", "", "".join(sentence))
        phonemes = "|".join(sorted(_ARPABET, key=len, reverse=True))
        found = re.findall(f"{phonemes}|.", ipa)
        return " ".join(_ARPABET[one] for one in found)


def _for_ears(samples: Samples) -> bytes:
    """Return sound as the model takes it, with silence around it that is not quite silent."""
    slow = soxr.resample(samples, RATE, EARS_RATE)
    quiet = np.zeros(round(_QUIET_S * EARS_RATE), np.float32)
    noise = np.random.default_rng(0)
    whole = np.concatenate([quiet, slow, quiet]) * 32_767
    whole += noise.integers(-3, 4, len(whole))
    return bytes(np.clip(whole, -32_768, 32_767).astype("<i2").tobytes())
