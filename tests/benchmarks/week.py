"""``python -m tests.benchmarks.week``: thousands of listeners at once, and what they cost.

Turns of a listener's week (``week.txt``), each of another listener, signed as Amazon signs them,
go to the server directly and through Caddy: as many as it can take, then as many as so many
listeners make, who come by chance. A soak tells whether memory grows. The load generator and the
signing take one of the machine's processors, which is why a second worker shows less than it would
elsewhere; the processor time of a turn does not suffer from that.
"""

from __future__ import annotations

import json
import ssl
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from tests.amazon import PretendAmazon
from tests.benchmarks import servers
from tests.benchmarks.listeners import listeners_at_once, turns
from tests.benchmarks.load import Load, LoadFailed, asked_once, hammer, paced
from tests.benchmarks.servers import BenchmarkFailed, Running
from tests.benchmarks.signing import RsaAmazon
from tests.deploy.caddy import running_caddy

LISTENERS = 3_000
CONNECTIONS = 32
WARM_UP_S = 3.0

MACHINE_DOLLARS_A_MONTH = 15.0
"""About what a machine of two processors and 4 GB is let for. An assumption: put your own price."""

SESSIONS_A_MONTH = 13
"""Three workouts a week."""

BUSIEST_HOUR = 0.15
"""The share of a day's workouts in its busiest hour: an assumption."""

UTILISED = 0.5
"""How much of its speed a server is used at in that hour."""


@dataclass(frozen=True)
class Row:
    """One measurement."""

    what: str
    per_second: float
    listeners: int
    p50_ms: float
    p99_ms: float
    p999_ms: float
    cpu_us: float
    """Processor time of the server for one turn, without Caddy's."""

    resident_mb: float
    """Of the largest worker."""


@dataclass(frozen=True)
class Way:
    """A way to a server: its port, and how to speak to it."""

    server: Running
    port: int
    tls: ssl.SSLContext | None = None


@click.command()
@click.option("--seconds", default=10.0, show_default=True, help="Of each measurement.")
@click.option("--soak", "soak_s", default=60.0, show_default=True, help="Seconds of the soak.")
@click.option("--rate", default=200.0, show_default=True, help="Turns a second when paced.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def main(seconds: float, soak_s: float, rate: float, file: Path | None) -> None:
    """Measure a week's mixture of turns. The exit code is 1 where there is no result."""
    try:
        rows, growth_mb = _benchmark(seconds, soak_s, rate)
    except (BenchmarkFailed, LoadFailed) as failure:
        click.echo(f"No result: {failure}", err=True)
        sys.exit(1)
    for line in _table(rows, growth_mb, soak_s):
        click.echo(line)
    if file is not None:
        whole = {"rows": [asdict(row) for row in rows], "soak_growth_mb": growth_mb}
        file.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")


def _benchmark(seconds: float, soak_s: float, rate: float) -> tuple[list[Row], float]:
    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        amazon = stack.enter_context(RsaAmazon(folder))
        one, two = (
            stack.enter_context(servers.running(_ours(amazon, folder, n), folder / f"{n}.log"))
            for n in (1, 2)
        )
        caddy = stack.enter_context(running_caddy(folder, one.port))
        tls = ssl.create_default_context(cafile=str(caddy.root))
        ways = {
            "one worker": Way(one, one.port),
            "one worker behind Caddy, HTTPS": Way(one, caddy.https_port, tls),
            "two workers": Way(two, two.port),
        }
        for what, way in ways.items():
            _check(amazon, way)
            _most(amazon, way, WARM_UP_S)
            rows.append(_row(f"{what}, as many as it takes", amazon, way, seconds, None))
        for what, way in ways.items():
            rows.append(_row(f"{what}, {rate:g} a second", amazon, way, seconds, rate))
        growth_mb = _soaked(amazon, ways["one worker"], soak_s, rate)
    return rows, growth_mb


def _ours(amazon: PretendAmazon, folder: Path, workers: int) -> servers.Server:
    """Return the skill as it is served, with its default memory: SQLite on this disk."""
    ours = servers.ours(amazon)
    command = tuple(str(workers) if word == "1" else word for word in ours.command)
    kept = {"HIP_WORKOUT_DATABASE_URL": "", "HIP_WORKOUT_DATA_FOLDER": str(folder / f"{workers}")}
    return replace(ours, command=command, environment={**ours.environment, **kept})


def _check(amazon: PretendAmazon, way: Way) -> None:
    signed, _ = turns(amazon, 1)
    status, body = asked_once(way.port, signed[0], way.tls)
    if status != 200 or b'"response"' not in body:
        raise BenchmarkFailed(f"a genuine request is answered with {status}: {body[:200]!r}")


def _row(what: str, amazon: PretendAmazon, way: Way, seconds: float, rate: float | None) -> Row:
    before_s = way.server.cpu_s()
    load, between_s = (
        _most(amazon, way, seconds) if rate is None else _some(amazon, way, seconds, rate)
    )
    cpu_us = (way.server.cpu_s() - before_s) / len(load.latencies_ms) * 1e6
    mb, _ = way.server.resident_mb()
    at_once = listeners_at_once(load.per_second, between_s)
    p50, p99, p999 = (load.percentile(percent) for percent in (50, 99, 99.9))
    return Row(what, load.per_second, at_once, p50, p99, p999, cpu_us, mb)


def _most(amazon: PretendAmazon, way: Way, seconds: float) -> tuple[Load, float]:
    signed, between_s = turns(amazon, LISTENERS)
    return _good(hammer(way.port, signed, seconds, CONNECTIONS, way.tls)), between_s


def _some(amazon: PretendAmazon, way: Way, seconds: float, rate: float) -> tuple[Load, float]:
    signed, between_s = turns(amazon, LISTENERS)
    return _good(paced(way.port, signed, seconds, rate, CONNECTIONS, way.tls)), between_s


def _good(load: Load) -> Load:
    if load.refused:
        raise BenchmarkFailed(f"genuine requests were refused: {dict(load.refused)}")
    return load


def _soaked(amazon: PretendAmazon, way: Way, seconds: float, rate: float) -> float:
    """Return by how many MB the server grew, after a first part in which its caches fill."""
    _some(amazon, way, min(seconds, 30), rate)
    before_mb, _ = way.server.resident_mb()
    ends = time.monotonic() + seconds
    while (left_s := ends - time.monotonic()) > 0:
        _some(amazon, way, min(left_s, 60), rate)  # a request is good for two minutes
    after_mb, _ = way.server.resident_mb()
    return after_mb - before_mb


def _table(rows: list[Row], growth_mb: float, soak_s: float) -> Iterator[str]:
    yield "| | turns/s | listeners at once | p50 | p99 | p99.9 | CPU a turn | resident |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {row.what} | {row.per_second:,.0f} | {row.listeners:,} | {row.p50_ms:.1f} ms | "
            f"{row.p99_ms:.1f} ms | {row.p999_ms:.1f} ms | {row.cpu_us:.0f} µs | "
            f"{row.resident_mb:.0f} MB |"
        )
    yield ""
    yield f"Memory grew by {growth_mb:+.1f} MB in {soak_s:.0f} s of the same load."
    yield _cost(rows[0])


def _cost(row: Row) -> str:
    minutes = 25
    at_once = row.listeners * UTILISED
    workouts_a_day = at_once * 60 / minutes / BUSIEST_HOUR
    listeners = workouts_a_day * 30 / SESSIONS_A_MONTH
    cents = MACHINE_DOLLARS_A_MONTH / listeners * 100
    return (
        f"Cost: used at {UTILISED:.0%} in its busiest hour (of {BUSIEST_HOUR:.0%} of a day's "
        f"workouts of {minutes} minutes), one worker serves {listeners:,.0f} listeners with "
        f"{SESSIONS_A_MONTH} workouts a month: {cents:.4f} cents each on a machine of "
        f"${MACHINE_DOLLARS_A_MONTH:g} a month."
    )


if __name__ == "__main__":
    main()
