"""The guides of one locale, and what a list and a podcast feed say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from audio.compose import frame_at
from audio.feed import Channel, Episode, rss
from audio.frames import FRAME_BYTES, ms_of
from audio.guide_text import GuideText, TimedChapter, about
from audio.guides import Guide
from skill.coach.timeline import LengthOf, lay_out
from skill.render.words import Words

FEED = "feed.xml"
COVER = "../cover.png"


@dataclass(frozen=True)
class ListedGuide:
    """What is said of a guide."""

    guide: Guide
    title: str
    ms: int
    """How long it lasts, in milliseconds: as sure as the lengths of its lines are known."""

    size: int
    """Bytes of its MP3."""

    chapters: tuple[TimedChapter, ...]


@dataclass(frozen=True, eq=False)
class Collection:
    """The guides of one locale, and what is known of their sound."""

    locale: str
    guides: Mapping[str, Guide]
    """By their ids, in the order in which they are listed."""

    words: Words
    length_of: LengthOf
    """How long lines last, told without rendering any."""

    changed: datetime | None = None
    """Since when the clips are as they are; with a zone. None: that is not known."""

    @cached_property
    def text(self) -> GuideText:
        """What is told of its guides."""
        return GuideText(self.words)

    @cached_property
    def listed(self) -> tuple[ListedGuide, ...]:
        """All its guides with their lengths, laid out when somebody asks."""
        return tuple(map(self._listed, self.guides.values()))

    def _listed(self, guide: Guide) -> ListedGuide:
        timeline = lay_out(guide.script, self.length_of)
        frames = frame_at(timeline.total_ms)
        ms = ms_of(frames)
        chapters = self.text.chapters(guide, timeline, ms)
        return ListedGuide(guide, self.text.title(guide), ms, frames * FRAME_BYTES, chapters)

    def plain(self, address: str) -> dict[str, Any]:
        """Return all of it as plain values; addresses are paths as seen from ``address``."""
        guides = [self._plain(each, address) for each in self.listed]
        return {"title": self.text.album, "locale": self.locale, "guides": guides}

    def _plain(self, listed: ListedGuide, address: str) -> dict[str, Any]:
        guide = listed.guide
        file = f"guides/{guide.id}"
        return {
            "id": guide.id,
            "kind": guide.kind,
            "title": listed.title,
            "ms": listed.ms,
            "minutes": max(1, round(listed.ms / 60_000)),
            "level": self.text.level(guide),
            "equipment": self.text.equipment(guide),
            "exercise": guide.exercise,
            "figure": guide.exercise,
            "picture": urljoin(address, f"{file}.svg" if guide.exercise else COVER),
            "sound": urljoin(address, f"{file}.mp3"),
            "download": urljoin(address, f"downloads/{guide.id}.mp3"),
            "captions": urljoin(address, f"{file}.vtt"),
            "chapters": [{"at_ms": one.start_ms, "title": one.title} for one in listed.chapters],
        }

    def feed(self, base: str, page: str, published: datetime) -> bytes:
        """Return the podcast feed.

        ``base`` is the address of all sound, without a slash at its end; ``page`` that of the page
        that plays guides, as seen from the feed. ``published`` is the date of every guide.
        """
        names = self.text
        channel = Channel(
            f"{base}/{self.locale}", FEED, COVER, self.locale, names.album, names.album_about, page
        )
        return rss(channel, (_episode(each, published) for each in self.listed))


def _episode(listed: ListedGuide, published: datetime) -> Episode:
    return Episode(
        file=f"guides/{listed.guide.id}.mp3",
        anchor=listed.guide.id,
        title=listed.title,
        about=about(listed.chapters),
        size=listed.size,
        ms=listed.ms,
        published=published,
    )
