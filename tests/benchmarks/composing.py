"""Composing a 30-minute workout by frames, beside decoding, joining and encoding the same clips.

Run by ``python -m tests.benchmarks.composing``. Clips are tones as long as the words would be, in
memory: it is the joining that is measured, not the voice or the disk.
"""

from __future__ import annotations

import http.client
import importlib.util
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import click
import numpy as np
from flask import Flask

from audio.clip import Clip
from audio.compose import Composition, compose
from audio.frames import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, check, decode, encode
from audio.guides import guides
from audio.serving import audio_blueprint
from audio.sounds import Signal, sound_of
from skill.coach.reply import Line, Script
from skill.coach.session import Session
from skill.render.audio_url import AudioUrls, Played
from tests.audio.tones import LEAD_SAMPLES, Tones
from tests.benchmarks.servers import Server, running
from tests.coach.listener import the_catalogue, the_words

GUIDE = "workout-30"
TIMES = 200
REQUESTS = 2_000
RANGE_BYTES = 64 * 1024


class Memory(Tones):
    """A voice of sines that says a line in the time that its words would take."""

    def __init__(self) -> None:
        super().__init__()
        self._clips: dict[str, Clip] = {}

    def of(self, line: Line) -> Clip:
        text = the_words().sentence(line)
        clip = self._clips.get(text)
        if clip is None:
            lead = LEAD_SAMPLES // FRAME_SAMPLES
            frames = lead + 1 + -(-the_words().length_ms(line) // FRAME_MS)
            clip = self._clips[text] = Clip(f"tone-{frames}-{len(self._clips)}", frames, text)
        return clip


class Pieces:
    """The guide under measurement, for a server."""

    def __init__(self) -> None:
        self._script, self._clips = the_script(), Memory()

    def guide(self, locale: str, guide: str) -> Script | None:
        return self._script if (locale, guide) == ("en-US", GUIDE) else None

    def personal(self, locale: str, played: Played, session: Session) -> Script:
        raise LookupError(f"{locale} {played} {session}")

    def clips(self, locale: str) -> Memory | None:
        return self._clips if locale == "en-US" else None

    def clip(self, locale: str, name: str) -> bytes:
        raise LookupError(f"{locale} {name}")


def the_script() -> Script:
    """Return the script of the 30-minute workout."""
    all_of_them = guides(the_catalogue(), the_words().length_ms)
    return next(guide.script for guide in all_of_them if guide.id == GUIDE)


def served() -> Flask:
    """Return the application that granian serves here."""
    app = Flask(__name__)
    urls = AudioUrls("http://127.0.0.1/audio", b"sixteen bytes or more")
    app.register_blueprint(audio_blueprint(Pieces(), urls))
    return app


def joined_by_samples(composition: Composition) -> bytes:
    """Make the same MP3 the usual way: decode every clip once, mix, encode the whole."""
    sounds: dict[Clip | Signal, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}
    mixed = np.zeros(composition.frames * FRAME_SAMPLES, np.float32)
    for start, _, sound in composition.segments:
        if sound not in sounds:
            mp3 = sound_of(sound) if isinstance(sound, Signal) else composition.clips.sound(sound)
            sounds[sound] = decode(mp3).reshape(-1)
        here = sounds[sound]
        mixed[start * FRAME_SAMPLES :][: len(here)] += here
    return encode(mixed)


def joined_by_ffmpeg(composition: Composition, folder: Path) -> bytes:
    """Make it with ffmpeg's concat demuxer, which decodes, and one encoding."""
    listing, at = [], 0
    silences = 0
    for index, (start, frames, sound) in enumerate(composition.segments):
        if start > at:
            silences += 1
            quiet = folder / f"silence-{silences}.mp3"
            quiet.write_bytes(composition.read(at * FRAME_BYTES, start * FRAME_BYTES))
            listing.append(quiet.name)
        name = f"clip-{index}.mp3"
        mp3 = sound_of(sound) if isinstance(sound, Signal) else composition.clips.sound(sound)
        (folder / name).write_bytes(mp3)
        listing.append(name)
        at = start + frames
    (folder / "all.txt").write_text("".join(f"file {name}\n" for name in listing), "utf-8")
    command = ("ffmpeg", "-loglevel", "error", "-f", "concat", "-i", "all.txt", "-b:a", "48k")
    subprocess.run((*command, "whole.mp3"), cwd=folder, check=True)
    return (folder / "whole.mp3").read_bytes()


def joined_by_pydub(composition: Composition) -> None:
    """Make it with pydub, which decodes by ffmpeg and adds segment to segment."""
    from pydub import AudioSegment  # type: ignore[import-not-found]  # noqa: PLC0415 - not ours

    whole = AudioSegment.empty()
    at = 0
    for start, frames, sound in composition.segments:
        mp3 = sound_of(sound) if isinstance(sound, Signal) else composition.clips.sound(sound)
        whole += AudioSegment.silent((start - at) * FRAME_MS, 24_000)
        whole += AudioSegment.from_file(BytesIO(mp3), "mp3", codec="mp3")
        at = start + frames
    whole.export(BytesIO(), "mp3", bitrate="48k").close()


def ms_of(work: Callable[[], object], times: int = TIMES) -> list[float]:
    """Return how long some work takes, in milliseconds, once for each time."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def told(what: str, taken: list[float]) -> float:
    """Print one measurement and return its median."""
    median = statistics.median(taken)
    percentile = sorted(taken)[int(len(taken) * 0.99)]
    after = f", 99 in 100 below {percentile:,.3f} ms" if len(taken) > 1 else ""
    click.echo(f"{what:<58} {median:>12,.3f} ms{after}")
    return median


def measure_composing() -> None:
    """Print what composing costs, and what the usual ways cost for the same sound."""
    script, clips = the_script(), Memory()
    composition = compose(script, clips)
    whole = composition.read()  # every clip is there from now on, for us and for the others
    check(whole)
    minutes = composition.ms / 60_000
    lines = len(composition.timeline.spoken)
    click.echo(
        f"{GUIDE}: {minutes:.1f} min, {len(script)} elements, {lines} lines, "
        f"{len(composition.segments)} segments, {composition.size:,} bytes"
    )
    tracemalloc.start()
    kept = compose(script, clips)
    _ = kept.etag
    click.echo(f"a composition holds {tracemalloc.get_traced_memory()[0]:,} bytes of memory")
    tracemalloc.stop()
    ours = told("composed, any byte of it readable", ms_of(lambda: compose(script, clips)))
    told("composed, with its ETag", ms_of(lambda: compose(script, clips).etag))
    all_of_it = told("composed and read whole", ms_of(lambda: compose(script, clips).read()))
    usual = told("decoded, joined, encoded (soundfile)", ms_of(lambda: _usual(composition), 1))
    click.echo(
        f"    {usual / ours:,.0f} times as long, {usual / all_of_it:,.0f} times if ours is read"
    )
    _measure_peers(composition)


def _measure_peers(composition: Composition) -> None:
    if shutil.which("ffmpeg") is None:
        click.echo("ffmpeg, and with it pydub, is not on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        told("ffmpeg", ms_of(lambda: joined_by_ffmpeg(composition, Path(folder)), 1))
    if importlib.util.find_spec("pydub") is None:
        click.echo("pydub is not on this machine")
        return
    told("pydub", ms_of(lambda: joined_by_pydub(composition), 1))


def _usual(composition: Composition) -> None:
    if len(joined_by_samples(composition)) != composition.size:
        raise click.ClickException("what was joined by samples is not as long as what was composed")


def measure_ranges() -> None:
    """Print what one range costs: read, through Flask, and over a socket from granian."""
    composition = compose(the_script(), Memory())
    composition.read()
    places = random.Random(7)  # noqa: S311 - only to be spread over the file
    starts = [places.randrange(composition.size - RANGE_BYTES) for _ in range(REQUESTS)]
    asked = iter(starts)
    told(
        f"{RANGE_BYTES // 1024} KB at any place, read",
        ms_of(lambda: _read(composition, next(asked)), REQUESTS),
    )
    client, asked_again = served().test_client(), iter(starts)
    client.get(f"/audio/en-US/guides/{GUIDE}.mp3")
    told(
        "the same through Flask",
        ms_of(
            lambda: (
                client.get(
                    f"/audio/en-US/guides/{GUIDE}.mp3", headers=_range(next(asked_again))
                ).data
            ),
            REQUESTS,
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        _measure_granian(starts, composition, Path(folder) / "log")


def _read(composition: Composition, start: int) -> bytes:
    return composition.read(start, start + RANGE_BYTES)


def _range(start: int) -> dict[str, str]:
    return {"Range": f"bytes={start}-{start + RANGE_BYTES - 1}"}


def _measure_granian(starts: list[int], composition: Composition, log: Path) -> None:
    granian = (sys.executable, "-m", "granian", "--port", "PORT", "--workers", "1")
    how = ("--interface", "wsgi", "--blocking-threads", "1", "--factory")
    command = (*granian, *how, "tests.benchmarks.composing:served")
    with running(Server("audio", "guides by ranges", command), log) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

        def ask(start: int) -> bytes:
            connection.request("GET", f"/audio/en-US/guides/{GUIDE}.mp3", headers=_range(start))
            return connection.getresponse().read()

        first = ask(starts[0])
        if first != _read(composition, starts[0]):
            raise click.ClickException("granian sent other bytes than were composed")
        asked = iter(starts)
        told("the same over a socket from granian", ms_of(lambda: ask(next(asked)), REQUESTS))
        connection.close()


@click.command()
def main() -> None:
    """Measure composing and serving by frames."""
    measure_composing()
    measure_ranges()


if __name__ == "__main__":
    main()
