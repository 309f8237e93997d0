from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.manifest import FILE, ClipFolderError, Entry, Manifest, line_key, read, write_whole
from skill.coach.reply import Line, Names, line

ENTRY = Entry("Rest for thirty seconds.", 82, "ab" * 32, "murmur 1")

names = st.builds(Names, st.lists(st.text(max_size=3), max_size=2).map(tuple))
lines = st.builds(
    Line,
    st.text(max_size=4),
    st.dictionaries(
        st.text(max_size=3), st.one_of(st.text(max_size=4), st.integers(), names), max_size=2
    ).map(lambda values: tuple(sorted(values.items()))),
    st.integers(0, 3),
)


def manifest(**clips: Entry) -> Manifest:
    return Manifest("en-US", "murmur", dict(clips), {f"line {name}": name for name in clips})


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    manifest(one=ENTRY, two=replace(ENTRY, text="Größe \u2028 “5”")).save(tmp_path)
    assert read(tmp_path, "en-US", "murmur") == manifest(
        one=ENTRY, two=replace(ENTRY, text="Größe \u2028 “5”")
    )


def test_its_form_is_the_one_that_is_documented(tmp_path: Path) -> None:
    key = line_key(line("pacing-rest", seconds=30))
    Manifest("en-US", "murmur", {"abc": ENTRY}, {key: "abc"}).save(tmp_path)
    assert json.loads((tmp_path / FILE).read_bytes()) == {
        "version": 1,
        "locale": "en-US",
        "voice": "murmur",
        "frame_ms": 24,
        "clips": {
            "abc": {
                "text": "Rest for thirty seconds.",
                "frames": 82,
                "ms": 1968,
                "sha256": "ab" * 32,
                "engine": "murmur 1",
            }
        },
        "lines": {'["pacing-rest",{"seconds":30},0]': "abc"},
    }


def test_a_phrase_within_a_line_is_in_its_key() -> None:
    said = line("rest", 2, next=Names(("bridge-name", line("reps", n=3))))
    key = '["rest",{"next":{"names":["bridge-name",["reps",{"n":3},0]]}},2]'
    assert line_key(said) == key


@given(lines, lines)
def test_keys_are_equal_where_lines_are(one: Line, other: Line) -> None:
    assert (line_key(one) == line_key(other)) == (one == other)


def test_two_that_write_in_turn_lose_nothing(tmp_path: Path) -> None:
    manifest(one=ENTRY).save(tmp_path)
    manifest(two=ENTRY).save(tmp_path)
    assert read(tmp_path, "en-US", "murmur") == manifest(one=ENTRY, two=ENTRY)


def save_many(folder: Path, who: int) -> None:
    for number in range(25):
        manifest(**{f"of_{who}_{number}": ENTRY}).save(folder)


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=save_many, args=(tmp_path, who)) for who in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert len(read(tmp_path, "en-US", "murmur").clips) == 75
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE, "manifest.lock"]


def test_a_clip_that_was_removed_takes_its_lines_with_it(tmp_path: Path) -> None:
    manifest(one=ENTRY, two=ENTRY).save(tmp_path)
    manifest().save(tmp_path, without=frozenset({"one", "never"}))
    assert read(tmp_path, "en-US", "murmur") == manifest(two=ENTRY)


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    manifest(one=ENTRY).save(tmp_path)
    before = (tmp_path / FILE).stat()
    manifest(one=ENTRY).save(tmp_path)
    assert (tmp_path / FILE).stat().st_ino == before.st_ino


GOOD: dict[str, Any] = {
    "version": 1,
    "locale": "en-US",
    "voice": "murmur",
    "clips": {"a": {"text": "A", "frames": 3, "sha256": "", "engine": ""}},
    "lines": {},
}


@pytest.mark.parametrize(
    "unreadable",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"7",
        b"[" * 100_000,
        json.dumps(GOOD | {"version": 2}).encode(),
        json.dumps(GOOD | {"locale": "de-DE"}).encode(),
        json.dumps(GOOD | {"voice": "other"}).encode(),
        json.dumps(GOOD | {"clips": []}).encode(),
        json.dumps(GOOD | {"clips": {"a": {}}}).encode(),
        json.dumps(GOOD | {"clips": {"a": {**GOOD["clips"]["a"], "frames": 0}}}).encode(),
        json.dumps(GOOD | {"clips": {"a": {**GOOD["clips"]["a"], "frames": "3"}}}).encode(),
        json.dumps(GOOD | {"lines": None}).encode(),
    ],
)
def test_a_manifest_that_cannot_be_understood_is_an_empty_one(
    tmp_path: Path, unreadable: bytes
) -> None:
    (tmp_path / FILE).write_bytes(json.dumps(GOOD).encode())
    assert read(tmp_path, "en-US", "murmur").clips.keys() == {"a"}
    (tmp_path / FILE).write_bytes(unreadable)
    assert read(tmp_path, "en-US", "murmur") == Manifest("en-US", "murmur")
    manifest(one=ENTRY).save(tmp_path)
    assert read(tmp_path, "en-US", "murmur") == manifest(one=ENTRY)


def test_a_line_whose_clip_is_unknown_is_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(GOOD | {"lines": {"x": "a", "y": "gone"}}))
    assert read(tmp_path, "en-US", "murmur").lines == {"x": "a"}


def test_no_folder_is_an_empty_manifest_and_cannot_be_written(tmp_path: Path) -> None:
    assert read(tmp_path / "none", "en-US", "murmur") == Manifest("en-US", "murmur")
    with pytest.raises(ClipFolderError, match="cannot be written to"):
        manifest(one=ENTRY).save(tmp_path / "none")


def test_a_file_that_is_to_stay_stays(tmp_path: Path) -> None:
    path = tmp_path / "one.mp3"
    assert write_whole(path, b"first", keep=True)
    assert not write_whole(path, b"second", keep=True)
    assert path.read_bytes() == b"first"
    assert write_whole(path, b"third")
    assert path.read_bytes() == b"third"
    assert list(tmp_path.iterdir()) == [path]
