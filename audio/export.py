"""Writes the guides as files that any player, podcast app, browser or static host can use.

One folder a language. Files for players have tags, which Alexa does not take: for her the same
sound lies bare below ``<locale>/guides/``, where the address of a guide points, if that is wanted.
Needs mutagen, which the extra ``export`` brings.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from audio.captions import webvtt
from audio.clip import Clips
from audio.compose import compose
from audio.cover import cover_png
from audio.feed import Channel, Episode, playlist, rss
from audio.guide_text import GuideText, about
from audio.guides import Guide
from audio.page import STYLE, Entry, Files, Labels, page
from audio.tags import tagged, tags_of
from skill.coach.reply import line
from skill.render.figures import load_figures
from skill.render.words import Words

MANIFEST = "export.json"
"""What was written, and since when each sound is as it is. Written last."""

FEED, PLAYLIST, PAGE, STYLE_SHEET, COVER = (
    "feed.xml",
    "workouts.m3u8",
    "index.html",
    "guides.css",
    "cover.png",
)

_UNFINISHED = ".hip-workout-export"
"""Folder for what is not yet whole; whatever a killed run left in it is thrown away."""


@dataclass(frozen=True)
class Site:
    """Where the files will be, and when they are written."""

    base_url: str
    """The http or https address at which the folder is served."""

    now: datetime
    """With a zone; the date of whatever is new."""

    for_alexa: bool = False
    """Whether to write the sound without tags as well."""

    @property
    def base(self) -> str:
        """The address without a slash at its end."""
        return self.base_url.rstrip("/")


@dataclass(frozen=True)
class Exported:
    """What a run changed: names below the folder, with slashes."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    """Written by an earlier run, and wanted no more."""

    unchanged: tuple[str, ...]


class NotAnAddress(ValueError):
    """The base address is not one that a podcast app could fetch from."""


def export(
    folder: Path,
    guides: Iterable[Guide],
    clips: Clips,
    words: Words,
    site: Site,
    progress: Callable[[Guide], None] = lambda _: None,
) -> Exported:
    """Write all guides, captions, playlist, feed and page below ``folder``.

    All of it is made before the first file is replaced, so a fault leaves the folder as it was. A
    file that is as it should be is not touched, and neither is any that is none of ours. Guides are
    told to ``progress`` as they are done.

    Raises:
        NotAnAddress: the base address is no http address, or has a query or fragment.
        VoiceError: a line cannot be rendered.
        OSError: the folder cannot be written to.
    """
    _check_address(site.base_url)
    if site.now.tzinfo is None:
        raise ValueError("the time has no zone")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        run = _Run(folder, unfinished, clips, words, site)
        return run.all(tuple(guides), progress)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or any(each in url for each in ' <>"'):
        raise NotAnAddress(f"{url!r} is no address such as https://example.org/guides")


class _Run:
    """One run: what it has made, and what was there before."""

    def __init__(
        self, folder: Path, unfinished: Path, clips: Clips, words: Words, site: Site
    ) -> None:
        self.folder, self.unfinished = folder, unfinished
        self.clips, self.text, self.site = clips, GuideText(words), site
        self.before = _read_manifest(folder / MANIFEST)
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.since: dict[str, str | None] = {}
        self.figures = load_figures()

    def all(self, guides: tuple[Guide, ...], progress: Callable[[Guide], None]) -> Exported:
        episodes, entries = [], []
        for number, guide in enumerate(guides, 1):
            episode, entry = self.guide(guide, number, len(guides))
            episodes.append(episode)
            entries.append(entry)
            progress(guide)
        whole = [each for each, guide in zip(episodes, guides, strict=True) if not guide.exercise]
        self.make(COVER, cover_png())
        self.make(STYLE_SHEET, STYLE.encode())
        self.make(PLAYLIST, playlist(whole).encode())
        self.make(FEED, rss(self.channel(), episodes))
        files = Files(STYLE_SHEET, COVER, FEED, PLAYLIST)
        self.make(PAGE, page(self.clips.locale, self.labels(), files, entries).encode())
        manifest = {"files": dict(sorted(self.since.items()))}
        self.make(MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
        return self.publish()

    def guide(self, guide: Guide, number: int, of: int) -> tuple[Episode, Entry]:
        """Make the files of one guide."""
        composition = compose(guide.script, self.clips)
        sound, name = composition.read(), f"{guide.id}.mp3"
        tags = tags_of(guide, composition, self.text, (number, of))
        file = tagged(sound, tags)
        published = self.make(name, file, dated=True)
        self.make(f"{guide.id}.vtt", webvtt(tags.cues).encode())
        if self.site.for_alexa:
            self.make(f"{self.clips.locale}/guides/{name}", sound)
        said = tuple(
            (each.title, self.text.said_in(each, composition.timeline)) for each in tags.chapters
        )
        told = about(tags.chapters)
        episode = Episode(name, guide.id, tags.title, told, len(file), composition.ms, published)
        entry = Entry(
            id=guide.id,
            title=tags.title,
            facts=(self.text.level(guide), *self.text.equipment(guide)),
            ms=composition.ms,
            sound=name,
            captions=f"{guide.id}.vtt",
            poster=self.poster(guide.exercise),
            text=said,
        )
        return episode, entry

    def poster(self, exercise: str) -> str:
        """Make the picture of an exercise, once; return its name, or the cover's for none."""
        if not exercise:
            return COVER
        name = f"{exercise}.svg"
        if name not in self.since:
            self.make(name, self.text.picture(exercise, self.figures).encode())
        return name

    def channel(self) -> Channel:
        labels = self.labels()
        base, locale = self.site.base, self.clips.locale
        return Channel(base, FEED, COVER, locale, labels.title, labels.about)

    def labels(self) -> Labels:
        named = {"title": "album", "about": "album-about"}
        fields = ("title", "about", "captions", "text", "file", "feed", "playlist")
        say = self.text.words.sentence
        return Labels(**{each: say(line(f"guide-{named.get(each, each)}")) for each in fields})

    def make(self, name: str, content: bytes, *, dated: bool = False) -> datetime:
        """Make one file, unless it is there as it should be; return since when it is."""
        there = self.folder / name
        same = there.is_file() and there.read_bytes() == content
        known = _date(self.before.get(name)) if same else None
        since = known or self.site.now.replace(microsecond=0)
        self.since[name] = since.isoformat() if dated else None
        if same:
            self.unchanged.append(name)
            return since
        self.written.append(name)
        waiting = self.unfinished / name
        waiting.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(content)
        return since

    def publish(self) -> Exported:
        """Put what was made in its place: what refers to others after them, the manifest last."""
        gone = [name for name in self.before if name not in self.since and _is_ours(name)]
        removed = [name for name in gone if (self.folder / name).is_file()]
        for name in self.written:
            if name == MANIFEST:
                self._remove(removed)
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.unfinished / name).replace(self.folder / name)
        return Exported(tuple(self.written), tuple(removed), tuple(self.unchanged))

    def _remove(self, names: list[str]) -> None:
        for name in names:
            (self.folder / name).unlink()


def _is_ours(name: str) -> bool:
    """Say whether a name can be one that a run has written; a manifest is a file like any other."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and len(path.parts) in (1, 3)


def _date(text: object) -> datetime | None:
    try:
        date = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return what an earlier run wrote; nothing if that cannot be told."""
    try:
        files = json.loads(path.read_bytes())["files"]
        return {str(name): since for name, since in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
