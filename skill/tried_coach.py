"""The coach that the self-check talks to: the whole skill, with a memory that can be put back."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from skill.catalogue.load import load_words
from skill.coach.timeline import length_ms
from skill.coach_skill import coach_skill
from skill.render.audio_url import AudioUrls, NotSigned, Played
from skill.render.recorded import Recordings
from skill.settings import Settings
from skill.simulator.amazon_here import AmazonHere
from skill.simulator.local import local_answer
from skill.simulator.selfcheck.phrases import NotingWords, Phrasebook, lines_of
from skill.sound import LOCALE, EnglishSound
from skill.store.memory import MemoryStore

if TYPE_CHECKING:
    from skill.coach.reply import Script

LANGUAGE = "en"
BASE = "https://my-hip-workout.invalid/audio"
"""Begins the addresses of recordings. Nothing is fetched from there (RFC 2606)."""

SECRET = b"the same in every self-check, so that all are alike"


def noting_words(book: Phrasebook) -> NotingWords:
    """Return the coach's words, which ``book`` learns as they are spoken."""
    return NotingWords(LANGUAGE, load_words(LANGUAGE), book)


def english_sound() -> EnglishSound:
    """Return the guides and tracks as they are where nothing is set."""
    return EnglishSound(Settings.from_environment({}))


class _Shelf(MemoryStore):
    """A memory whose rows can be taken out and put back."""

    def taken(self) -> object:
        return self._rows.copy()

    def put_back(self, rows: object) -> None:
        self._rows = rows.copy() if isinstance(rows, OrderedDict) else OrderedDict()


class TriedCoach:
    """The skill as it is served, but for its store, its words that are noted, and its Amazon.

    With ``streams`` it has recordings, of which only the lengths are known. Several may share
    ``words``, which take a while to be read, and ``sound``.
    """

    def __init__(
        self, words: NotingWords, sound: EnglishSound | None = None, *, streams: bool
    ) -> None:
        self._store = _Shelf()
        self.amazon = AmazonHere()
        self.played: set[str] = set()
        """The words of the lines in all recordings that were played."""
        self._words = words
        self._urls = AudioUrls(BASE, SECRET)
        self._sound = sound or english_sound()
        lengths = self._words.length_ms
        recordings = Recordings(self._urls, LOCALE, Path(), lengths=lengths) if streams else None
        self.answer = local_answer(
            coach_skill(self._store, SECRET, self.amazon, recordings, self._words)
        )
        self.length_of = lru_cache(maxsize=None)(self._length_of)

    def remembered(self) -> object:
        """Return all that is kept of listeners."""
        return self._store.taken()

    def remember(self, kept: object) -> None:
        """Keep nothing but what ``remembered`` returned; None: nothing at all."""
        self._store.put_back(kept)

    def _length_of(self, url: str) -> int:
        """Return how many milliseconds a recording would last, and note its lines."""
        script = self._script(url.removeprefix(f"{BASE}/").removesuffix(".mp3"))
        for line in lines_of(script):
            self.played.add(self._words.sentence(line))
        return length_ms(script, self._words.length_ms)

    def _script(self, path: str) -> Script:
        locale, kind, name = path.split("/", 2)
        if kind == "guides":
            return self._sound.guide(locale, name) or ()
        plan, _, signature = name.partition(".")
        try:
            session = self._urls.read(locale, kind, plan, signature)
        except NotSigned:
            return ()
        return self._sound.personal(locale, Played(kind), session) or ()
