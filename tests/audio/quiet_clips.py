"""Clips for tests that are silent and last as long as their words are estimated to."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from audio.clip import Clip
from audio.frames import FRAME_MS, silence_frame
from audio.guides import Guide, guides
from audio.voices.voice import VoiceError
from skill.coach.reply import Line
from skill.render.words import Words
from tests.coach.listener import the_catalogue, the_words


class QuietClips:
    """A voice that only moves its lips."""

    def __init__(self, words: Words, locale: str = "en-US", slower: int = 0) -> None:
        self.words, self.locale, self.slower = words, locale, slower
        self.fails_at = ""
        """Phrase at which the voice fails."""

    def of(self, line: Line) -> Clip:
        if line.id == self.fails_at:
            raise VoiceError(f"{line.id} cannot be said")
        text = self.words.sentence(line)
        frames = self.words.length_ms(line) // FRAME_MS + self.slower
        name = sha256(f"{self.slower} {text}".encode()).hexdigest()[:32]
        return Clip(name, frames, text)

    def sound(self, clip: Clip) -> bytes:
        return silence_frame() * clip.frames


@cache
def the_guides() -> tuple[Guide, ...]:
    """All English guides."""
    return guides(the_catalogue(), the_words().length_ms)


@cache
def guide_of(id_: str) -> Guide:
    return next(guide for guide in the_guides() if guide.id == id_)


def few_guides() -> tuple[Guide, ...]:
    """The cool-down, and three guides of one exercise."""
    ids = ("cool-down", "set-glute_bridge-8", "how-to-step_up", "set-standing_kickback-8")
    return tuple(guide_of(id_) for id_ in ids)
