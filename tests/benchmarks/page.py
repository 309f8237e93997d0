"""Measures the page: time to the first word, weight, requests, layout shift, frames, memory.

``python -m tests.benchmarks.page`` drives the system's Chromium, headless and without a GPU,
against the page as ``hip-workout run`` serves it, all words rendered before.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Page, Response, sync_playwright

from skill.log import configure_logging
from skill.settings import Settings
from tests.benchmarks.turns import Aim
from tests.browser.chromium import found
from tests.browser.serving import PageServer, serving
from tests.browser.visitor import COUNTS_STEPS, Visitor

LAPTOP = {"width": 1280, "height": 720}
VISITS = 5
SET_S = 10
"""Seconds of a set during which frames are counted."""

MOST_BYTES = 300_000
SMOOTH = 60
LONG_MS = 50
"""A task of more milliseconds keeps people waiting, by the definition of the Long Tasks API."""

_WATCH = """
window.seen = { shifts: 0, tasks: [], heard: 0, sources: [] };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    seen.shifts += one.value;
    for (const { node } of one.sources) seen.sources.push(node?.id || node?.className || "?");
  }
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) seen.tasks.push(one.duration);
}).observe({ type: "longtask", buffered: true });
"""

_LISTEN = """async () => {
  const context = new AudioContext();
  const ear = context.createAnalyser();
  context.createMediaElementSource(document.getElementById("sound")).connect(ear);
  ear.connect(context.destination);
  const samples = new Float32Array(ear.fftSize);
  document.getElementById("start").click();
  const began = performance.now();
  while (performance.now() - began < 15_000) {
    ear.getFloatTimeDomainData(samples);
    if (samples.some((one) => Math.abs(one) > 0.02)) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return null;
}"""
"""Start at once; resolves to when, since navigation, the first samples are no silence."""

_FRAMES = """async (seconds) => {
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  const until = last + seconds * 1000;
  const from = seen.tasks.length;
  while (last < until) {
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  return { gaps, tasks: seen.tasks.slice(from) };
}"""


@dataclass(frozen=True)
class File:
    """One file that the page loads before any sound."""

    path: str
    sent: int
    """Bytes as they were transferred, without headers."""

    whole: int
    """Bytes as they are when they are unpacked."""


@dataclass(frozen=True)
class Figures:
    """What was measured; times are medians in milliseconds."""

    chromium: str
    files: tuple[File, ...]
    interactive_ms: float
    first_word_ms: float
    slowest_first_word_ms: float
    blocked_ms: float
    """What long tasks took beyond 50 ms, from navigation to the first word."""

    shift: float
    """Cumulative layout shift from navigation into the first set."""

    shifted: tuple[str, ...]
    frames: float
    """A second, over ten seconds of a set."""

    slow_frame_ms: float
    """99 of 100 frames came quicker after the one before."""

    long_tasks: int
    """In those ten seconds."""

    heap_mb: float
    """Held by the page's scripts after a whole workout."""

    heap_at_first_mb: float


def measured() -> Figures:
    """Serve the page from a new data folder, render its words, and visit it."""
    configure_logging("error")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Settings(data_folder=Path(folder), database_url="memory:", voice="pico")) as server,
        _chromium() as browser,
    ):
        heap = _heap_over_a_workout(browser, server)  # and every word is rendered from now on
        visits = [_first_word(browser, server) for _ in range(VISITS)]
        shift, shifted, frames = _a_set(browser, server)
        gaps = sorted(frames["gaps"])
        return Figures(
            chromium=browser.version,
            files=_files(browser, server),
            interactive_ms=statistics.median(each["interactive"] for each in visits),
            first_word_ms=statistics.median(each["heard"] for each in visits),
            slowest_first_word_ms=max(each["heard"] for each in visits),
            blocked_ms=statistics.median(each["blocked"] for each in visits),
            shift=shift,
            shifted=shifted,
            frames=1000 * len(gaps) / sum(gaps),
            slow_frame_ms=gaps[int(len(gaps) * 0.99)],
            long_tasks=len(frames["tasks"]),
            heap_mb=heap[1],
            heap_at_first_mb=heap[0],
        )


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = found()
    arguments = ["--autoplay-policy=no-user-gesture-required", "--enable-precise-memory-info"]
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=[*as_root, *arguments]) as browser,
    ):
        yield browser


@contextmanager
def _visitor(browser: Browser, server: PageServer, *scripts: str) -> Iterator[Visitor]:
    """Give a visitor with an empty cache."""
    gc.collect()  # of the server, which lives in this process
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    for script in (*scripts, COUNTS_STEPS):
        context.add_init_script(script)
    try:
        yield Visitor(context.new_page(), server.url)
    finally:
        context.close()


def _first_word(browser: Browser, server: PageServer) -> dict[str, float]:
    with _visitor(browser, server, _WATCH) as visitor:
        page = visitor.page
        page.goto(server.url + "/", wait_until="commit")
        page.wait_for_selector("#chips button")
        interactive = page.evaluate("performance.now()")
        heard = page.evaluate(_LISTEN)
        if heard is None:
            raise click.ClickException("nothing was heard")
        tasks = page.evaluate("seen.tasks")
        blocked = sum(max(0.0, each - LONG_MS) for each in tasks)
        return {"interactive": interactive, "heard": heard, "blocked": blocked}


def _a_set(browser: Browser, server: PageServer) -> tuple[float, tuple[str, ...], Any]:
    with _visitor(browser, server, _WATCH) as visitor:
        visitor.opens().reaches_a_set()
        visitor.moves_on_to("lift", rep=1)
        visitor.hears_it_play()
        frames = visitor.page.evaluate(_FRAMES, SET_S)
        shift, sources = visitor.page.evaluate("[seen.shifts, seen.sources]")
        return shift, tuple(sorted(set(sources))), frames


def _heap_over_a_workout(browser: Browser, server: PageServer) -> tuple[float, float]:
    with _visitor(browser, server) as visitor:
        visitor.opens()
        before = _heap_mb(visitor.page)
        visitor.starts()
        while visitor.settles() != "ended":
            visitor.goes_on()
        return before, _heap_mb(visitor.page)


def _heap_mb(page: Page) -> float:
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    return float(client.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def _files(browser: Browser, server: PageServer) -> tuple[File, ...]:
    answers: list[Response] = []
    with _visitor(browser, server) as visitor:
        visitor.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
        visitor.opens()
        visitor.page.wait_for_load_state("networkidle")
        files = [_file(each, server.url) for each in answers]
    return tuple(sorted(files, key=lambda file: -file.sent))


def _file(answer: Response, url: str) -> File:
    sizes = answer.request.sizes()
    return File(answer.url.removeprefix(url), sizes["responseBodySize"], len(answer.body()))


def aims(figures: Figures) -> tuple[Aim, ...]:
    """Return what was aimed at, and whether it was reached."""
    sent = sum(file.sent for file in figures.files)
    word, frames, shift = figures.first_word_ms, figures.frames, figures.shift
    return (
        Aim("first spoken word within 1 s", word < 1000, f"{word:.0f} ms"),
        Aim("page before audio under 300 KB", sent < MOST_BYTES, f"{sent / 1000:.1f} KB"),
        Aim("no layout shift", shift == 0, f"{shift:.4f} {' '.join(figures.shifted)}"),
        Aim("60 frames a second in a set", round(frames) >= SMOOTH, f"{frames:.1f}"),
    )


def table(figures: Figures, wanted: tuple[Aim, ...]) -> Iterator[str]:
    """Yield the figures as rows for people."""
    files = figures.files
    yield f"Chromium {figures.chromium}, headless and without a GPU, {LAPTOP['width']} px wide"
    yield ""
    yield f"{'sent':>9} {'unpacked':>9}  {len(files)} requests before any sound"
    for file in files:
        yield f"{file.sent:9,} {file.whole:9,}  {file.path}"
    yield f"{sum(f.sent for f in files):9,} {sum(f.whole for f in files):9,}  bytes in all"
    yield ""
    yield (
        f"interactive after {figures.interactive_ms:.0f} ms; first word after "
        f"{figures.first_word_ms:.0f} ms, at worst {figures.slowest_first_word_ms:.0f} ms, "
        f"of {VISITS} visits with an empty cache; blocked for {figures.blocked_ms:.0f} ms"
    )
    yield (
        f"in a set: {figures.frames:.1f} frames a second, 99 of 100 within "
        f"{figures.slow_frame_ms:.1f} ms, "
        f"{figures.long_tasks} tasks of over {LONG_MS} ms in {SET_S} s"
    )
    yield (
        f"heap: {figures.heap_at_first_mb:.1f} MB at first, "
        f"{figures.heap_mb:.1f} MB after a workout"
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
    """Measure the page in a browser. The exit code is 0 also where an aim is missed."""
    figures = measured()
    wanted = aims(figures)
    for row in table(figures, wanted):
        click.echo(row)
    if file is not None:
        reached = {aim.what: aim.reached for aim in wanted}
        plain = {**vars(figures), "files": [vars(each) for each in figures.files]}
        file.write_text(json.dumps({"page": plain, "aims": reached}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
