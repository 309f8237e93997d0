from __future__ import annotations

import json
import os
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audio.clip import Clips
from audio.clip_folder import ClipFolder
from audio.frames import FRAME_BYTES, check, decode
from audio.manifest import FILE, ClipFolderError
from audio.voices.voice import Sound, VoiceError
from skill.coach.reply import Line, line
from skill.render.words import Words
from tests.audio.murmur import WORDS, Murmur

ONE, TWO = Line("say-1"), Line("say-2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "audio" / "en-US" / "murmur"


def clips_of(folder: Path, voice: Murmur | None = None, words: Words = WORDS) -> ClipFolder:
    return ClipFolder(folder, voice or Murmur(), words, "en-US")


def sounds_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.mp3"))


def test_a_line_becomes_a_clip_of_whole_frames(folder: Path) -> None:
    clips: Clips = clips_of(folder)
    clip = clips.of(ONE)
    sound = clips.sound(clip)
    check(sound)
    assert len(sound) == clip.frames * FRAME_BYTES
    assert (folder / f"{clip.name}.mp3").read_bytes() == sound
    assert clip.text == "Number 1 of many"
    assert np.abs(decode(sound)).max() > 0.3
    assert clips.locale == "en-US"


def test_nothing_is_made_before_the_first_line_is_wanted(folder: Path) -> None:
    clips_of(folder)
    assert not folder.exists()


def test_a_line_is_said_once_for_all_time(folder: Path) -> None:
    voice = Murmur()
    first = clips_of(folder, voice)
    clip = first.of(ONE)
    assert first.of(ONE) is clip
    assert clips_of(folder, voice).of(ONE) == clip
    assert voice.spoken == 1


def test_lines_with_the_same_words_share_a_clip(folder: Path) -> None:
    words = Words("en", "a = go on\nb = Go on\nten = { $n } reps")
    voice = Murmur()
    clips = clips_of(folder, voice, words)
    assert clips.of(Line("a")) == clips.of(Line("b")) == clips.of(Line("a", variant=7))
    assert clips.of(line("ten", n=10)) != clips.of(line("ten", n=11))
    assert voice.spoken == 3


@pytest.mark.parametrize(
    "other",
    [
        lambda f: ClipFolder(f, Murmur(version="murmur 2"), WORDS, "en-US"),
        lambda f: ClipFolder(f, Murmur(name="other"), WORDS, "en-US"),
        lambda f: ClipFolder(f, Murmur(), WORDS, "en-GB"),
        lambda f: ClipFolder(f, Murmur(), Words("en", "say-1 = number one"), "en-US"),
    ],
    ids=["version", "voice", "locale", "words"],
)
def test_what_changes_the_sound_changes_the_name(
    folder: Path, other: Callable[[Path], ClipFolder]
) -> None:
    assert clips_of(folder).of(ONE).name != other(folder).of(ONE).name


def test_spaces_and_ways_to_write_an_accent_do_not_change_the_name(folder: Path) -> None:
    texts = clips_of(folder).texts
    assert texts.name_of("Caf\u00e9  now") == texts.name_of("Cafe\u0301 now")


def flip(data: bytes) -> bytes:
    """Turn one bit of the sound, in the middle of a frame, so that all headers stay right."""
    at = len(data) // FRAME_BYTES // 2 * FRAME_BYTES + 70
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: data[:0],
    "cut": lambda data: data[:-7],
    "a frame less": lambda data: data[:-FRAME_BYTES],
    "a frame more": lambda data: data + data[-FRAME_BYTES:],
    "not ours": lambda data: b"ID3" + data[3:],
    "one bit": flip,
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_noticed_and_rendered_again(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    clip = clips_of(folder).of(ONE)
    path = folder / f"{clip.name}.mp3"
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert clips_of(folder).of(ONE) == clip
    assert path.read_bytes() == good
    path.write_bytes(damage(good))
    assert clips_of(folder).sound(clip) == good
    assert path.read_bytes() == good


def test_a_file_that_went_away_is_rendered_again(folder: Path) -> None:
    clip = clips_of(folder).of(ONE)
    kept = (folder / f"{clip.name}.mp3").read_bytes()
    (folder / f"{clip.name}.mp3").unlink()
    assert clips_of(folder).sound(clip) == kept


def test_a_clip_that_is_said_again_is_as_long_as_it_was_laid_out(folder: Path) -> None:
    voice = Murmur(wavers=True)
    clip = clips_of(folder, voice).of(ONE)
    for _ in range(2):
        (folder / f"{clip.name}.mp3").write_bytes(b"")
        again = clips_of(folder, voice)
        assert len(again.sound(clip)) == clip.frames * FRAME_BYTES
        assert again.of(ONE) == clip
        assert clips_of(folder).sound(clip) == again.sound(clip)
    assert voice.spoken == 3


def test_a_voice_that_fails_leaves_no_file(folder: Path) -> None:
    clips = clips_of(folder, Murmur(fails_at="1"))
    with pytest.raises(VoiceError, match="cannot say"):
        clips.of(ONE)
    assert not folder.exists()
    clips.of(TWO)
    assert len(sounds_in(folder)) == 1


class Hoarse(Murmur):
    def speak(self, text: str, locale: str) -> Sound:
        said = super().speak(text, locale)
        return replace(said, samples=said.samples[:0])


def test_a_voice_that_gives_nothing_has_failed(folder: Path) -> None:
    with pytest.raises(VoiceError, match="no samples"):
        clips_of(folder, Hoarse()).of(ONE)


@contextmanager
def room_for(most_bytes: int) -> Iterator[None]:
    """Let no file of this process get larger, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_clear_error_and_leaves_nothing(folder: Path) -> None:
    clips = clips_of(folder)
    clips.of(TWO)
    before = sorted(folder.iterdir())
    with room_for(2 * FRAME_BYTES), pytest.raises(ClipFolderError, match="cannot be written"):
        clips.of(ONE)
    assert sorted(folder.iterdir()) == before
    assert clips.of(ONE).frames > 2


def test_a_disk_that_gets_full_at_the_manifest_costs_no_clip(folder: Path) -> None:
    voice = Murmur()
    clips = clips_of(folder, voice)
    for number in range(30):
        clips.of(Line(f"say-{number}"))
    old = (folder / FILE).read_bytes()
    assert len(old) > 7_000
    with room_for(7_000), pytest.raises(ClipFolderError, match=FILE):
        clips.of(Line("say-31"))
    assert (folder / FILE).read_bytes() == old
    assert len(sounds_in(folder)) == 31
    assert clips_of(folder, voice).of(Line("say-31")).frames > 1
    assert voice.spoken == 31


def test_a_folder_that_cannot_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ClipFolderError, match="Not a directory"):
        clips_of(tmp_path / "file" / "clips").of(ONE)


def test_threads_that_want_the_same_lines_have_each_said_once(folder: Path) -> None:
    voice = Murmur(takes_s=0.002)
    clips = clips_of(folder, voice)
    ready = threading.Barrier(6)

    def all_sounds(_: int) -> list[bytes]:
        ready.wait()
        return [clips.sound(clips.of(Line(f"say-{n}"))) for n in range(8)]

    with ThreadPoolExecutor(6) as threads:
        first, *others = threads.map(all_sounds, range(6))
    assert all(other == first for other in others)
    assert voice.spoken == 8
    again = clips_of(folder, voice)
    assert [again.sound(again.of(Line(f"say-{n}"))) for n in range(8)] == first
    assert voice.spoken == 8


def test_who_was_first_to_say_it_wins(folder: Path) -> None:
    """Two processes began the same clip; neither knows of the other until it is written."""
    slow, quick = clips_of(folder, Murmur(wavers=True)), clips_of(folder, Murmur())

    class Overtaken(Murmur):
        def speak(self, text: str, locale: str) -> Sound:
            quick.of(ONE)
            return super().speak(text, locale)

    slow.texts.voice = Overtaken(wavers=True)
    assert slow.of(ONE) == quick.of(ONE)
    assert slow.sound(slow.of(ONE)) == quick.sound(quick.of(ONE))


def test_what_another_process_made_anew_is_no_damage(folder: Path) -> None:
    voice = Murmur(wavers=True)
    early = clips_of(folder, voice)
    clip = early.of(ONE)
    (folder / f"{clip.name}.mp3").write_bytes(b"damaged")
    anew = clips_of(folder, voice).sound(clip)
    late = ClipFolder(folder, voice, WORDS, "en-US", kept_bytes=0)
    assert late.sound(clip) == anew
    early.texts.sound(clip)
    assert voice.spoken == 2


def test_memory_keeps_what_was_wanted_last_up_to_its_bytes(folder: Path) -> None:
    one = clips_of(folder).of(ONE)
    clips = ClipFolder(folder, Murmur(), WORDS, "en-US", kept_bytes=one.frames * FRAME_BYTES + 10)
    sound = clips.sound(one)
    assert clips.sound(one) is sound
    clips.sound(clips.of(TWO))
    again = clips.sound(one)
    assert again == sound
    assert again is not sound


@pytest.mark.parametrize("broken", [None, b"", b"{", b"[]", b'{"version": 0}', b"\xff\xfe"])
def test_a_lost_manifest_costs_no_sound(folder: Path, broken: bytes | None) -> None:
    voice = Murmur()
    clip = clips_of(folder, voice).of(ONE)
    (folder / FILE).unlink()
    if broken is not None:
        (folder / FILE).write_bytes(broken)
    again = clips_of(folder, voice)
    assert again.of(ONE) == clip
    other = again.of(TWO)
    assert voice.spoken == 2
    assert json.loads((folder / FILE).read_bytes())["clips"].keys() == {clip.name, other.name}


def test_clips_are_read_where_nothing_can_be_written(folder: Path) -> None:
    words = Words("en", "a = go on\nb = Go on")
    clip = clips_of(folder, words=words).of(Line("a"))
    with room_for(0):
        clips = clips_of(folder, words=words)
        assert clips.of(Line("b", variant=3)) == clip
        assert len(clips.sound(clip)) == clip.frames * FRAME_BYTES


def test_unused_clips_are_found_and_removed(folder: Path) -> None:
    old = clips_of(folder, Murmur(version="murmur 0")).of(ONE)
    clips = clips_of(folder)
    kept, unwanted = clips.of(ONE), clips.of(TWO)
    (folder / "abc.mp3.12.ab.part").write_bytes(b"half")
    os.utime(folder / "abc.mp3.12.ab.part", (0, 0))
    (folder / "now.mp3.13.cd.part").write_bytes(b"somebody writes it just now")
    unused = clips.unused([ONE])
    assert {path.name: size for path, size in unused.items()} == {
        "abc.mp3.12.ab.part": 4,
        f"{old.name}.mp3": old.frames * FRAME_BYTES,
        f"{unwanted.name}.mp3": unwanted.frames * FRAME_BYTES,
    }
    clips.remove(unused)
    assert sounds_in(folder) == [f"{kept.name}.mp3"]
    assert list(json.loads((folder / FILE).read_bytes())["clips"]) == [kept.name]
    assert clips.unused([ONE]) == {}
    assert clips.of(TWO) == unwanted
