"""Tags: another reader finds title, cover, chapters and words, and the sound is not touched."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import pytest

from audio.captions import Cue
from audio.cover import SIDE, cover_png
from audio.frames import FRAME_MS, check, decode, silence_frame
from audio.guide_text import TimedChapter
from audio.tags import Tags, tagged
from tests.audio.readers import mp3_of

SOUND = silence_frame() * 500
CHAPTERS = (
    TimedChapter(0, 4_000, "Warm-up"),
    TimedChapter(4_000, 6_000, "Zwölf Hüftheber, Satz eins von zwei, der etwas länger heißt"),
    TimedChapter(6_000, 12_000, "終わり"),
)
CUES = (Cue(0, 900, "Let's warm up."), Cue(1_000, 1_400, "立って"), Cue(2_000, 2_400, "2"))
TAGS = Tags(
    title="Brücke & Co.",
    album="My Hip Workout",
    artist="My Hip Workout",
    locale="de-DE",
    number=(3, 28),
    ms=12_000,
    cover=cover_png(),
    chapters=CHAPTERS,
    cues=CUES,
)


def read(mp3: bytes) -> Any:
    return mp3_of(mp3).tags


def test_the_sound_behind_the_tags_is_the_same_frames() -> None:
    mp3 = tagged(SOUND, TAGS)
    assert mp3.endswith(SOUND)
    assert read(mp3).size == len(mp3) - len(SOUND)
    check(mp3[-len(SOUND) :])


def test_a_player_that_skips_the_tags_hears_all_of_it() -> None:
    info = mp3_of(tagged(SOUND, TAGS)).info
    assert info.length == pytest.approx(500 * FRAME_MS / 1000, abs=FRAME_MS / 1000)
    assert (info.sample_rate, info.bitrate, info.channels) == (24_000, 48_000, 1)
    assert len(decode(SOUND)) == 500 * 576


def test_the_tags_are_of_the_version_that_every_player_reads() -> None:
    mp3 = tagged(SOUND, TAGS)
    assert mp3[:4] == b"ID3\x03"
    assert not mp3.endswith(b"TAG")


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        ("TIT2", "Brücke & Co."),
        ("TALB", "My Hip Workout"),
        ("TPE1", "My Hip Workout"),
        ("TLAN", "deu"),
        ("TLEN", "12000"),
        ("TRCK", "3/28"),
    ],
)
def test_texts_are_read_back(frame: str, text: str) -> None:
    assert read(tagged(SOUND, TAGS))[frame].text == [text]


@pytest.mark.parametrize(
    ("locale", "language"), [("en-US", "eng"), ("pt-BR", "por"), ("xx-XX", "und")]
)
def test_the_language_is_told_as_id3_wants_it(locale: str, language: str) -> None:
    tags = Tags("t", "a", "a", locale, (1, 1), 12_000, b"", (), CUES)
    id3 = read(tagged(SOUND, tags))
    assert id3["TLAN"].text == [language]
    assert id3.getall("USLT")[0].lang == language


def test_words_are_read_back_with_their_times() -> None:
    id3 = read(tagged(SOUND, TAGS))
    assert id3.getall("SYLT")[0].text == [(cue.text, cue.start_ms) for cue in CUES]
    assert id3.getall("USLT")[0].text == "Let's warm up.\n立って\n2"


def test_chapters_are_read_back_in_order() -> None:
    id3 = read(tagged(SOUND, TAGS))
    (contents,) = id3.getall("CTOC")
    chapters = [id3[f"CHAP:{id_}"] for id_ in contents.child_element_ids]
    found = [(c.start_time, c.end_time, c.sub_frames["TIT2"].text[0]) for c in chapters]
    assert found == [(c.start_ms, c.end_ms, c.title) for c in CHAPTERS]
    assert contents.flags == 3
    in_file = [(c.start_time, c.end_time) for c in id3.getall("CHAP")]
    assert in_file == [(c.start_ms, c.end_ms) for c in CHAPTERS]


def test_the_cover_is_read_back() -> None:
    (picture,) = read(tagged(SOUND, TAGS)).getall("APIC")
    assert (picture.mime, picture.type, picture.data) == ("image/png", 3, cover_png())


def test_the_same_tags_are_the_same_bytes() -> None:
    assert tagged(SOUND, TAGS) == tagged(SOUND, TAGS)


def test_the_cover_is_a_square_picture_of_several_colours_and_small() -> None:
    png = cover_png()
    width, height, bits, colour = struct.unpack(">IIBB", png[16:26])
    assert (width, height, bits, colour) == (SIDE, SIDE, 8, 2)
    assert len(png) < 100_000
    pixels = unfiltered(png)
    colours = np.unique(pixels[::20, ::20].reshape(-1, 3), axis=0)
    assert len(colours) >= 4


def unfiltered(png: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Decode a PNG of one IDAT chunk whose rows all have the filter "Up", checksums and all."""
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(name + body)
        data += body if name == b"IDAT" else b""
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(SIDE, 1 + 3 * SIDE)
    assert set(rows[:, 0]) == {2}
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(SIDE, SIDE, 3)
