"""Google Translate's voice: gTTS knows what to ask; the asking is ours, verified and polite."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np

from audio.voices.engine import failing_as, require, version_of
from audio.voices.google_answer import sound_in
from audio.voices.google_session import GoogleSession, Manners
from audio.voices.spoken import TEXT_RULES, checked, language_of, no_such_language, sayable
from audio.voices.voice import Sound, VoiceError

LONGEST = 100
"""Characters that Google takes in one request."""

ACCENTS = MappingProxyType(
    {
        "en-us": ("en", "us"),
        "en-gb": ("en", "co.uk"),
        "en-au": ("en", "com.au"),
        "en-ca": ("en", "ca"),
        "en-in": ("en", "co.in"),
        "en-ie": ("en", "ie"),
        "en-za": ("en", "co.za"),
        "en-ng": ("en", "com.ng"),
        "fr-fr": ("fr", "fr"),
        "fr-ca": ("fr", "ca"),
        "pt-br": ("pt", "com.br"),
        "pt-pt": ("pt", "pt"),
        "es-es": ("es", "es"),
        "es-mx": ("es", "com.mx"),
        "es-us": ("es", "us"),
        "zh-cn": ("zh-CN", "com"),
        "zh-tw": ("zh-TW", "com"),
    }
)
"""Language and top-level domain by locale, from gTTS's table of localised accents."""

_OTHER_NAMES = MappingProxyType({"he": "iw", "jv": "jw", "nb": "no", "zh": "zh-CN"})

_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])\s*")
_WORD_END = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"(?<=[,;:–—])\s+|(?<=[、，；：])\s*")


class Gtts:
    """The voice ``gtts``: online, many languages, one request of 100 characters at a time.

    ``base`` replaces ``https://translate.google.<tld>``, and ``ca_bundle`` the authorities that
    are trusted. Google may change the voice at any time without telling: its version is unknown.

    Raises:
        VoiceError: gTTS is not installed.
    """

    name = "gtts"

    def __init__(
        self,
        *,
        base: str | None = None,
        ca_bundle: Path | None = None,
        manners: Manners | None = None,
    ) -> None:
        require("gtts", self.name, None)
        self._base = base
        self._session = GoogleSession(manners or Manners(), ca_bundle)

    @cached_property
    def version(self) -> str:
        """What is known of it: who asks, and how texts are cut."""
        return f"{version_of('gTTS')}, accents 1, cut 1, text {TEXT_RULES}"

    def speaks(self, locale: str) -> bool:
        """Say whether gTTS's table, which needs no network, has the language."""
        return self._language_of(locale)[0] in self._languages

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence, online.

        Raises:
            VoiceError: it does not have the language, or Google did not answer with speech.
        """
        language, tld = self._language_of(locale)
        if language not in self._languages:
            raise no_such_language(locale, self.name, self._languages)
        text = sayable(text)
        parts = [self._ask(piece, language, tld) for piece in pieces(text)]
        if len({part.rate for part in parts}) > 1:
            raise VoiceError(f"gtts: Google changed the sample rate in the middle of {text!r}")
        samples = np.concatenate([part.samples for part in parts])
        return checked(samples, parts[0].rate, text, self.name)

    def _ask(self, piece: str, language: str, tld: str) -> Sound:
        with failing_as(self.name, f"saying {piece!r}"):
            from gtts import gTTS  # noqa: PLC0415 - slow to import

            # Its own rules for abbreviations join "Rest. Great." into one sentence.
            asker = gTTS(piece, tld, language, lang_check=False, pre_processor_funcs=[])
            (body,) = asker.get_bodies()
            url = (self._base or f"https://translate.google.{tld}") + _PATH
            sound = sound_in(self._session.ask(url, body, asker.GOOGLE_TTS_HEADERS))
        return checked(sound.samples, sound.rate, piece, self.name)

    def _language_of(self, locale: str) -> tuple[str, str]:
        key, language = locale.replace("_", "-").lower(), language_of(locale)
        return ACCENTS.get(key) or (_OTHER_NAMES.get(language, language), "com")

    @cached_property
    def _languages(self) -> frozenset[str]:
        from gtts.lang import tts_langs  # noqa: PLC0415 - slow to import

        return frozenset(tts_langs())


def pieces(text: str) -> list[str]:
    """Return a text cut into pieces of at most 100 characters, each with something to say.

    It is cut where a sentence ends; a longer sentence where a clause does; a longer clause between
    words; a longer word anywhere. Pieces are as long as they can be: fewer requests, fewer joins.
    """
    cut = _cut(text, (_SENTENCE_END, _CLAUSE_END, _WORD_END))
    return [piece for piece in cut if any(character.isalnum() for character in piece)]


def _cut(text: str, at: tuple[re.Pattern[str], ...]) -> list[str]:
    text = text.strip()
    if len(text) <= LONGEST:
        return [text]
    if not at:
        return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
    found: list[str] = []
    begun, last = 0, 0
    ends = [end.end() for end in at[0].finditer(text)] + [len(text)]
    for end in ends:
        if len(text[begun:end].strip()) > LONGEST and last > begun:
            found += _cut(text[begun:last], at[1:])
            begun = last
        last = end
    return found + _cut(text[begun:], at[1:])
