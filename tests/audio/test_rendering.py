from __future__ import annotations

import functools
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.checking import Fault, faults
from audio.clip_folder import ClipFolder
from audio.frames import FRAME_BYTES, check, silence_frame
from audio.manifest import FILE, ClipFolderError, read
from audio.rendering import Outcome, Progress, render
from skill.coach.reply import Line
from tests.audio.murmur import WORDS, Murmur
from tests.audio.test_clip_folder import flip, room_for

LINES = tuple(Line(f"say-{n}") for n in range(30))
ROOT = Path(__file__).parents[2]


def clips_of(folder: Path, voice: Murmur | None = None) -> ClipFolder:
    return ClipFolder(folder, voice or Murmur(), WORDS, "en-US")


def rendered(folder: Path, *, jobs: int = 1, **voice: object) -> Outcome:
    made = functools.partial(Murmur, **voice)  # type: ignore[arg-type]  # whatever a test wishes
    return render(LINES, clips_of(folder, made()), made, jobs=jobs)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_line_gets_its_clip_and_its_place_in_the_manifest(tmp_path: Path, jobs: int) -> None:
    assert rendered(tmp_path, jobs=jobs) == Outcome(30, 0, 30)
    manifest = read(tmp_path, "en-US", "murmur")
    assert len(manifest.clips) == len(manifest.lines) == 30
    assert list(faults(clips_of(tmp_path), LINES)) == []
    assert not list(tmp_path.glob("*.part"))


def test_two_processes_make_the_same_as_one(tmp_path: Path) -> None:
    rendered(tmp_path / "one", jobs=1)
    rendered(tmp_path / "two", jobs=2)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).glob("*.mp3")}
        for name in ("one", "two")
    )
    assert one == two
    assert read(tmp_path / "one", "en-US", "murmur") == read(tmp_path / "two", "en-US", "murmur")


def test_only_what_is_missing_is_rendered(tmp_path: Path) -> None:
    log = tmp_path / "log"
    clips = tmp_path / "clips"
    rendered(clips, log=log)
    gone, damaged = sorted(clips.glob("*.mp3"))[:2]
    gone.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert rendered(clips, log=log) == Outcome(30, 28, 2)
    assert rendered(clips, log=log) == Outcome(30, 30, 0)
    assert len(log.read_text().splitlines()) == 32


def test_lines_with_the_same_words_are_rendered_once(tmp_path: Path) -> None:
    lines = [Line("say-1"), Line("say-1", variant=1), Line("say-1", variant=2)]
    assert render(lines, clips_of(tmp_path), Murmur) == Outcome(3, 0, 1)
    assert len(read(tmp_path, "en-US", "murmur").lines) == 3


def test_progress_tells_what_is_done_and_left(tmp_path: Path) -> None:
    told: list[Progress] = []
    clips = clips_of(tmp_path, Murmur(fails_at="13"))
    render(LINES, clips, Murmur, progress=told.append)
    assert (told[0].done, told[0].left, told[0].total) == (0, 30, 30)
    assert (told[-1].done, told[-1].errors, told[-1].left) == (29, 1, 0)
    assert told[-1].rate > 0
    assert [each.done for each in told] == sorted(each.done for each in told)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_line_that_cannot_be_said_keeps_nobody_from_theirs(tmp_path: Path, jobs: int) -> None:
    outcome = rendered(tmp_path, jobs=jobs, fails_at="13", crashes_at="17")
    assert outcome.rendered == 28
    assert outcome.errors == {
        "Number 13 of many": "cannot say 'Number 13 of many' in en-US",
        "Number 17 of many": "RuntimeError: out of tune",
    }
    assert rendered(tmp_path, jobs=jobs) == Outcome(30, 28, 2)


def test_a_process_that_dies_is_told_and_what_is_done_stays(tmp_path: Path) -> None:
    outcome = rendered(tmp_path, jobs=2, dies_at="Number 7 ")
    assert outcome.errors["Number 7 of many"] == "a process of the voice died"
    assert outcome.rendered + len(outcome.errors) == 30
    again = rendered(tmp_path, jobs=2)
    assert again.there >= outcome.rendered
    assert again.there + again.rendered == 30


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_ends_it_with_a_clear_error(tmp_path: Path, jobs: int) -> None:
    with room_for(3 * FRAME_BYTES), pytest.raises(ClipFolderError, match="cannot be written"):
        rendered(tmp_path, jobs=jobs)
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob("*.mp3"))


class Online(Murmur):
    def __init__(self) -> None:
        super().__init__(name="gtts")


def test_a_voice_on_a_server_is_asked_by_one_process_only(tmp_path: Path) -> None:
    voice = Online()
    assert render(LINES, clips_of(tmp_path, voice), Online, jobs=4).rendered == 30
    assert voice.spoken == 30


def test_two_runs_at_once_share_a_folder(tmp_path: Path) -> None:
    runs = [begun(tmp_path, jobs=1) for _ in range(2)]
    for run in runs:
        assert run.wait(60) == 0
    assert list(faults(clips_of(tmp_path / "clips"), LINES)) == []
    assert len(list((tmp_path / "clips").glob("*.mp3"))) == 30
    assert not list((tmp_path / "clips").glob("*.part"))


# -- Interrupted

RUN = """
import functools, pathlib, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who began the tests may ignore it
from audio.rendering import render
from tests.audio.murmur import Murmur
from tests.audio.test_rendering import LINES, clips_of
if __name__ == "__main__":
    base = pathlib.Path(sys.argv[1])
    voice = functools.partial(Murmur, takes_s=0.05, log=base / "log", wavers=True)
    render(LINES, clips_of(base / "clips", voice()), voice, jobs=int(sys.argv[2]))
"""


def begun(base: Path, *, jobs: int) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(base), str(jobs)],
        env=environ,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("waited 30 s in vain")


def said(base: Path) -> list[str]:
    """The sentences that were begun, by process and text."""
    return (base / "log").read_text().splitlines() if (base / "log").exists() else []


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_power_may_go_in_mid_render(tmp_path: Path, jobs: int) -> None:
    clips = tmp_path / "clips"
    run = begun(tmp_path, jobs=jobs)
    until(lambda: len(list(clips.glob("*.mp3"))) >= 6)
    run.send_signal(signal.SIGKILL)
    run.wait()
    workers = {int(each.split()[0]) for each in said(tmp_path)}
    until(lambda: not any(is_running(worker) for worker in workers))
    whole = {path.name: path.read_bytes() for path in clips.glob("*.mp3")}
    assert 6 <= len(whole) < 30
    for sound in whole.values():
        check(sound)
    before = len(said(tmp_path))
    assert before - len(whole) <= jobs  # no more is lost than what was in work

    outcome = rendered(clips, jobs=jobs, log=tmp_path / "log")
    assert outcome == Outcome(30, len(whole), 30 - len(whole))
    assert len(said(tmp_path)) == before + 30 - len(whole)
    assert {name: (clips / name).read_bytes() for name in whole} == whole
    assert list(faults(clips_of(clips), LINES)) == []
    left = clips_of(clips).unused(LINES)
    assert all(path.suffix == ".part" for path in left)
    assert len(left) <= jobs


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_saves_what_is_done(tmp_path: Path, jobs: int) -> None:
    clips = tmp_path / "clips"
    run = begun(tmp_path, jobs=jobs)
    until(lambda: len(list(clips.glob("*.mp3"))) >= 9)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
    assert run.wait(30) != 0
    whole = len(list(clips.glob("*.mp3")))
    assert 9 <= whole < 30
    assert not list(clips.glob("*.part"))
    noted = json.loads((clips / FILE).read_bytes())
    assert len(noted["lines"]) == len(noted["clips"]) > 0
    assert rendered(clips) == Outcome(30, whole, 30 - whole)


# -- Checking


def test_a_check_finds_what_is_wrong(tmp_path: Path) -> None:
    rendered(tmp_path)
    clips = clips_of(tmp_path)
    path = {n: clips.texts.path_of(clips.of(Line(f"say-{n}")).name) for n in range(6)}
    path[0].unlink()
    path[1].write_bytes(path[1].read_bytes()[:-FRAME_BYTES])
    good = path[2].read_bytes()
    path[2].write_bytes(good[:-60] + bytes(60))
    path[3].write_bytes(flip(good))
    forged = json.loads((tmp_path / FILE).read_bytes())
    silence = silence_frame() * 20
    path[5].write_bytes(silence)
    entry = forged["clips"][path[5].stem]
    entry.update(frames=20, sha256=hashlib.sha256(silence).hexdigest())
    (tmp_path / FILE).write_text(json.dumps(forged))
    found = {fault.text: fault.why for fault in faults(clips, LINES)}
    assert found.pop("Number 0 of many") == "there is no clip"
    assert found.pop("Number 1 of many").startswith(f"{len(good) - FRAME_BYTES} bytes, not")
    assert found.pop("Number 2 of many").startswith("damaged")
    assert found.pop("Number 3 of many") == "damaged: its digest is another"
    assert found.pop("Number 5 of many") == "there is nothing to be heard in it"
    assert found == {}


def test_a_check_tells_clips_of_a_former_voice_and_unknown_ones(tmp_path: Path) -> None:
    rendered(tmp_path)
    newer = clips_of(tmp_path, Murmur(version="murmur 2"))
    found = list(faults(newer, LINES[:1]))
    text = "Number 0 of many"
    assert found == [
        Fault(text, "the manifest has the clip of a former voice or wording"),
        Fault(text, "there is no clip"),
    ]
    (tmp_path / FILE).unlink()
    assert list(faults(clips_of(tmp_path), LINES[:1])) == [
        Fault(text, "the manifest does not know its clip")
    ]
