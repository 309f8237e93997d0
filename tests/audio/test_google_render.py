"""The real command, asking a pretend Google sentence by sentence; its power is cut in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio.frames import NotOurMp3, check
from tests.audio.google import PretendGoogle, too_many

ENOUGH = 2
PATIENCE_S = 60.0


@pytest.fixture
def google(tmp_path: Path) -> Iterator[PretendGoogle]:
    with PretendGoogle(tmp_path) as google:
        yield google


class Rendering:
    """``hip-workout audio render --voice gtts`` in a process of its own."""

    def __init__(self, data: Path, google: PretendGoogle) -> None:
        self.google = google
        self.clips = data / "audio" / "en-US" / "gtts"
        command = [sys.executable, "-m", "skill.cli", "audio", "render", "--voice", "gtts"]
        environ = {"HIP_WORKOUT_DATA_FOLDER": str(data), **google.environment}
        self._process = subprocess.Popen(
            command,
            env=os.environ | environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def until(self, clips: int) -> None:
        """Wait until there are so many clips."""
        deadline = time.monotonic() + PATIENCE_S
        while len(self.there()) < clips:
            assert self._process.poll() is None, "the command ended"
            assert time.monotonic() < deadline, "no clips came"
            time.sleep(0.02)

    def cut_the_power(self) -> None:
        """Kill it and all it started, at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def there(self) -> set[str]:
        """Names of the clips that are whole files."""
        return {path.name for path in self.clips.glob("*.mp3")}


def test_a_render_whose_power_was_cut_goes_on_with_what_is_missing(
    tmp_path: Path, google: PretendGoogle
) -> None:
    google.will(too_many("1"))
    first = Rendering(tmp_path, google)
    first.until(ENOUGH)
    first.cut_the_power()
    before, asked = first.there(), len(google.texts)
    assert all(frames_are_whole(first.clips / name) for name in before)
    again = Rendering(tmp_path, google)
    again.until(len(before) + ENOUGH)
    again.cut_the_power()
    assert before < again.there()
    twice = set(google.texts[:asked]) & set(google.texts[asked:])
    assert len(twice) <= 1, "only the sentence in work when the power went is asked for again"
    assert google.most_at_once == 1


def frames_are_whole(path: Path) -> bool:
    try:
        check(path.read_bytes())
    except NotOurMp3:
        return False
    return True
