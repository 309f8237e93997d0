"""ID3 tags of a guide: title, album, cover, chapters and its words, for players that show them.

Version 2.3, which every player reads. Needs mutagen, which the extra ``export`` brings.
"""

# mypy: disable-error-code="no-untyped-call"
# mutagen says that it is typed, and its constructors are not.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from mutagen.id3 import (
    APIC,
    CHAP,
    CTOC,
    ID3,
    SYLT,
    TALB,
    TIT2,
    TLAN,
    TLEN,
    TPE1,
    TRCK,
    USLT,
    CTOCFlags,
    Encoding,
    Frame,
    PictureType,
)

from audio.captions import Cue, cues
from audio.compose import Composition
from audio.cover import cover_png
from audio.guide_text import GuideText, TimedChapter
from audio.guides import Guide

_NO_OFFSET = 0xFFFFFFFF
"""Says that a chapter is found by its time alone."""

_MILLISECONDS, _LYRICS = 2, 1

_LANGUAGES = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "hi": "hin",
    "it": "ita",
    "ja": "jpn",
    "nl": "nld",
    "pt": "por",
}
"""ISO 639-2, as ID3 wants it."""


@dataclass(frozen=True)
class Tags:
    """Everything a player may show of a guide."""

    title: str
    album: str
    artist: str
    locale: str
    """Language and country, such as ``en-US``."""

    number: tuple[int, int]
    """Which one of how many on the album."""

    ms: int
    """How long the sound is, in milliseconds."""

    cover: bytes
    """A PNG."""

    chapters: tuple[TimedChapter, ...]
    cues: tuple[Cue, ...]


def tags_of(
    guide: Guide, composition: Composition, text: GuideText, number: tuple[int, int]
) -> Tags:
    """Return what a player may show of a guide that is composed."""
    return Tags(
        title=text.title(guide),
        album=text.album,
        artist=text.album,
        locale=composition.clips.locale,
        number=number,
        ms=composition.ms,
        cover=cover_png(),
        chapters=text.chapters(guide, composition.timeline, composition.ms),
        cues=cues(composition.timeline, text.words),
    )


def tagged(sound: bytes, tags: Tags) -> bytes:
    """Return an MP3 with its tags in front, which are the same whenever they say the same."""
    return front(tags) + sound


def front(tags: Tags) -> bytes:
    """Return what stands before the sound of an MP3 with tags."""
    id3 = ID3()
    for frame in _frames(tags):
        id3.add(frame)
    file = BytesIO()
    id3.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()


def _frames(tags: Tags) -> Iterator[Frame]:
    language = _LANGUAGES.get(tags.locale.partition("-")[0], "und")
    number, of = tags.number
    yield TIT2(encoding=Encoding.UTF16, text=tags.title)
    yield TALB(encoding=Encoding.UTF16, text=tags.album)
    yield TPE1(encoding=Encoding.UTF16, text=tags.artist)
    yield TLAN(encoding=Encoding.LATIN1, text=language)
    yield TLEN(encoding=Encoding.LATIN1, text=str(tags.ms))
    yield TRCK(encoding=Encoding.LATIN1, text=f"{number}/{of}")
    yield APIC(
        encoding=Encoding.LATIN1,
        mime="image/png",
        type=PictureType.COVER_FRONT,
        desc="",
        data=tags.cover,
    )
    said = "\n".join(cue.text for cue in tags.cues)
    yield USLT(encoding=Encoding.UTF16, lang=language, desc="", text=said)
    yield SYLT(
        encoding=Encoding.UTF16,
        lang=language,
        format=_MILLISECONDS,
        type=_LYRICS,
        desc="",
        text=[(cue.text, cue.start_ms) for cue in tags.cues],
    )
    yield from _chapters(tags.chapters)


def _chapters(chapters: tuple[TimedChapter, ...]) -> Iterator[Frame]:
    ids = _ids(chapters)
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    yield CTOC(element_id="contents", flags=flags, child_element_ids=ids, sub_frames=[])
    for id_, chapter in zip(ids, chapters, strict=True):
        yield CHAP(
            element_id=id_,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[TIT2(encoding=Encoding.UTF16, text=chapter.title)],
        )


def _ids(chapters: tuple[TimedChapter, ...]) -> list[str]:
    """Return ids so long that each chapter's frame is larger than the one before.

    mutagen writes frames of a kind by size, and many players show chapters in their order in the
    file.
    """
    sizes = [len(chapter.title.encode("utf-16")) for chapter in chapters]
    most = max(sizes, default=0)
    return [
        f"chapter-{number:03}-".ljust(12 + most - size + number, "-")
        for number, size in enumerate(sizes)
    ]
