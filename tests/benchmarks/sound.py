"""All English by the best local voice: rendered from nothing, rendered again, then composed.

Run by ``python -m tests.benchmarks.sound``. What composing and ranges cost comes from
``composing.py``, whose clips are tones: nothing of it depends on the voice.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from audio.clip_folder import ClipFolder
from audio.compose import Composition, compose
from audio.frames import FRAME_BYTES, FRAME_MS
from audio.rendering import Outcome, render
from audio.repertoire import every_line
from audio.voices.choose import choose
from audio.voices.voice import Voice
from tests.benchmarks.composing import (
    Memory,
    joined_by_samples,
    measure_composing,
    measure_ranges,
    ms_of,
    the_script,
)
from tests.benchmarks.turns import Aim
from tests.coach.listener import the_catalogue, the_words

LOCALE = "en-US"
JOBS = 2
TRIES = 5

_AGAIN = """
import os, sys
from skill.audio_commands import AudioParts, audio_commands
environ = {**os.environ, "HIP_WORKOUT_DATA_FOLDER": sys.argv[1]}
audio_commands(["render"], obj=AudioParts(environ))
"""
"""What ``hip-workout audio render`` does, in a process of its own."""


@dataclass(frozen=True)
class Rendered:
    """What rendering all English came to."""

    voice: str
    clips: int
    sound_s: float
    """Seconds of sound in all clips."""

    file_bytes: int
    """All files of the folder, the manifest too."""

    cold_s: float
    """From nothing, the start of the processes and the loading of the voice in it."""

    again_s: float
    """Once more with nothing changed: lines, folder and manifest read, every file looked at."""

    command_s: float
    """The same by the command, the start of Python in it."""


def rendered(data: Path) -> Rendered:
    """Render all English into a new data folder, twice, and once more by the command.

    Raises:
        click.ClickException: a line could not be said, or a clip was rendered again.
    """
    voice = _voice()
    folder = data / "audio" / LOCALE / voice.name
    cold_s, cold = _timed(lambda: _render(folder, voice))
    if cold.errors or cold.there:
        raise click.ClickException(f"{len(cold.errors)} lines could not be said")
    again = [_timed(lambda: _render(folder, voice)) for _ in range(TRIES)]
    if any(outcome.rendered for _, outcome in again):
        raise click.ClickException("something was rendered again though nothing had changed")
    command = (sys.executable, "-c", _AGAIN, str(data))
    by_command = [_timed(lambda: _run(command))[0] for _ in range(TRIES)]
    frames = sum(file.stat().st_size // FRAME_BYTES for file in folder.glob("*.mp3"))
    return Rendered(
        voice=voice.name,
        clips=cold.rendered,
        sound_s=frames * FRAME_MS / 1000,
        file_bytes=sum(file.stat().st_size for file in folder.iterdir()),
        cold_s=cold_s,
        again_s=statistics.median(seconds for seconds, _ in again),
        command_s=statistics.median(by_command),
    )


def _voice() -> Voice:
    return choose(LOCALE, None).voice


def _render(folder: Path, voice: Voice) -> Outcome:
    words = the_words()
    clips = ClipFolder(folder, voice, words, LOCALE)
    return render(every_line(the_catalogue(), words), clips, _voice, jobs=JOBS)


def _run(command: tuple[str, ...]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.count("\n0 clips rendered"):
        raise click.ClickException(f"the command failed: {done.stdout} {done.stderr}")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


@dataclass(frozen=True)
class Composed:
    """What composing a workout of half an hour came to, by the median."""

    ms: float
    """Composed, any byte of it readable."""

    read_ms: float
    """Composed and read whole."""

    usual_ms: float
    """Decoded, joined and encoded, clips in memory as for the others."""


def composed() -> Composed:
    """Compose the 30-minute workout, our way and the usual one."""
    script, clips = the_script(), Memory()
    whole: Composition = compose(script, clips)
    whole.read()  # every clip is there from now on
    return Composed(
        ms=statistics.median(ms_of(lambda: compose(script, clips))),
        read_ms=statistics.median(ms_of(lambda: compose(script, clips).read())),
        usual_ms=statistics.median(ms_of(lambda: joined_by_samples(whole), 1)),
    )


def aims(sound: Rendered, guide: Composed) -> tuple[Aim, ...]:
    """Return what was aimed at, and whether it was reached."""
    times = guide.usual_ms / guide.read_ms
    return (
        Aim("all English from nothing under 40 s", sound.cold_s < 40, f"{sound.cold_s:.1f} s"),
        Aim("nothing changed: under 1 s", sound.again_s < 1, f"{sound.again_s:.2f} s"),
        Aim("and by the command", sound.command_s < 1, f"{sound.command_s:.2f} s"),
        Aim("30 minutes composed under 20 ms", guide.ms < 20, f"{guide.ms:.2f} ms"),
        Aim("and read, 100 times as fast as the usual way", times >= 100, f"{times:,.0f} times"),
    )


def table(sound: Rendered, wanted: tuple[Aim, ...]) -> Iterator[str]:
    """Yield the figures as rows for people."""
    minutes = sound.sound_s / 60
    yield (
        f"{sound.voice}, {LOCALE}: {sound.clips:,} clips, {minutes:.1f} minutes of sound, "
        f"{sound.file_bytes:,} bytes on disk"
    )
    yield (
        f"from nothing, {JOBS} processes: {sound.cold_s:.1f} s, "
        f"{sound.clips / sound.cold_s:.1f} clips a second, "
        f"{sound.sound_s / sound.cold_s:.0f} minutes of sound a minute"
    )
    yield ""
    for aim in wanted:
        yield f"{'reached' if aim.reached else 'MISSED ':8} {aim.what}: {aim.figure}"


@click.command()
@click.option(
    "--json",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures here.",
)
def main(file: Path | None) -> None:
    """Measure rendering, composing and serving. The exit code is 0 also where an aim is missed."""
    with tempfile.TemporaryDirectory() as folder:
        sound = rendered(Path(folder))
    measure_composing()
    measure_ranges()
    guide = composed()
    wanted = aims(sound, guide)
    for row in table(sound, wanted):
        click.echo(row)
    if file is not None:
        reached = {aim.what: aim.reached for aim in wanted}
        figures = {"rendered": vars(sound), "composed": vars(guide), "aims": reached}
        file.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
