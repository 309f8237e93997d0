"""``make bench``: signed workout turns a second, beside hello world on Amazon's own adapters.

Servers of one process each verify the signature of every request against the same pretend
Amazon. The first answers a whole workout turn; the two peers say "Hello World!". All are started,
each must first answer a genuine request and refuse four forged ones, and then they are measured in
turns of a few seconds, so that whatever else the machine does meets all of them. In the end comes
what each store adds to a turn (``stores.py``).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from tests.amazon import SKILL_ID, PretendAmazon
from tests.benchmarks import servers, stores
from tests.benchmarks.load import Load, LoadFailed, asked_once, hammer
from tests.benchmarks.servers import BenchmarkFailed, Running
from tests.benchmarks.signing import RsaAmazon, forged, genuine

CONNECTIONS = 8
"""How many requests are under way at a time."""

WARM_UP_S = 2.0

START_TRIES = 5


@dataclass
class Measured:
    """What was measured of one server."""

    running: Running
    answer_bytes: int
    mb_at_start: float
    loads: list[Load] = field(default_factory=list)
    cpu_s: float = 0.0
    """Processor time of all the rounds."""

    mb_after: float = 0.0
    mb_with_supervisor: float = 0.0

    @property
    def per_second(self) -> float:
        """The median of the rounds."""
        return statistics.median(load.per_second for load in self.loads)

    @property
    def requests(self) -> int:
        return sum(len(load.latencies_ms) for load in self.loads)

    @property
    def cpu_us(self) -> float:
        """Processor time for one request in microseconds: what others do disturbs it less."""
        return self.cpu_s / self.requests * 1e6

    def as_plain(self) -> dict[str, Any]:
        """Return the figures as JSON can hold them."""
        return {
            "name": self.running.server.name,
            "what": self.running.server.what,
            "answer_bytes": self.answer_bytes,
            "per_second": round(self.per_second, 1),
            "per_second_best": round(max(load.per_second for load in self.loads), 1),
            "per_second_rounds": [round(load.per_second, 1) for load in self.loads],
            "p50_ms": round(statistics.median(load.percentile(50) for load in self.loads), 3),
            "p99_ms": round(statistics.median(load.percentile(99) for load in self.loads), 3),
            "requests": self.requests,
            "cpu_us": round(self.cpu_us),
            "resident_mb_at_start": round(self.mb_at_start, 1),
            "resident_mb": round(self.mb_after, 1),
            "resident_mb_with_supervisor": round(self.mb_with_supervisor, 1),
        }


@dataclass(frozen=True)
class Aim:
    """One of the figures that were aimed at."""

    what: str
    reached: bool
    figure: str


@click.command()
@click.option("--seconds", default=10.0, show_default=True, help="Measured for each server.")
@click.option("--rounds", default=5, show_default=True, help="Into how many turns that is cut.")
@click.option(
    "--json",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures here.",
)
def main(seconds: float, rounds: int, file: Path | None) -> None:
    """Measure signed workout turns against hello world on Amazon's adapters, and the stores.

    The exit code is 0 also where an aim is missed, and 1 where there is no result that counts.
    """
    try:
        figures, aims = _benchmark(seconds, rounds)
        memory = stores.measure()
    except (BenchmarkFailed, LoadFailed) as failure:
        click.echo(f"No result: {failure}", err=True)
        sys.exit(1)
    for row in (*_table(figures, aims), "", *stores.table(memory)):
        click.echo(row)
    if file is not None:
        reached = {aim.what: aim.reached for aim in aims}
        whole = {**figures, "aims": reached, "memory": memory}
        file.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")


def _benchmark(seconds: float, rounds: int) -> tuple[dict[str, Any], list[Aim]]:
    servers.install()
    start_s = min(_start_s() for _ in range(START_TRIES))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        amazon = stack.enter_context(RsaAmazon(folder))
        own_speed = _own_speed(amazon, folder)
        wanted = (
            servers.ours,
            servers.stock_python,
            servers.node,
            servers.our_door,
            servers.ours_with_screens,
        )
        all_running = [
            stack.enter_context(servers.running(server(amazon), folder / f"{number}.log"))
            for number, server in enumerate(wanted)
        ]
        measured = [_checked(running, amazon) for running in all_running]
        for one in measured:
            _loaded(one.running, amazon, WARM_UP_S)
        for _ in range(rounds):
            for one in measured:
                before = one.running.cpu_s()
                one.loads.append(_loaded(one.running, amazon, seconds / rounds))
                one.cpu_s += one.running.cpu_s() - before
        for one in measured:
            one.mb_after, one.mb_with_supervisor = one.running.resident_mb()
    return _figures(measured, start_s, own_speed)


def _checked(running: Running, amazon: PretendAmazon) -> Measured:
    """See that a server answers what is genuine and refuses what is forged; note its start."""
    name = running.server.name
    request = genuine(amazon, 1, screen=running.server.screen)[0]
    status, body = asked_once(running.port, request)
    if status != 200:
        raise BenchmarkFailed(f"{name} answers a genuine request with {status}: {body[:200]!r}")
    at_start, _ = running.resident_mb()
    if name.startswith("ours") and body.count(b'"Mixer"') < 20:
        raise BenchmarkFailed(f"ours did not answer with a set script: {body[:200]!r}")
    for wrong, request in forged(amazon).items():
        status, _ = asked_once(running.port, request)
        if status != 400:
            raise BenchmarkFailed(f"{name} answers {status}, not 400, to a request with {wrong}")
    return Measured(running, len(body), at_start)


def _loaded(running: Running, amazon: PretendAmazon, seconds: float) -> Load:
    requests = genuine(amazon, screen=running.server.screen)
    load = hammer(running.port, requests, seconds, CONNECTIONS)
    if load.refused:
        raise BenchmarkFailed(f"{running.server.name} refused genuine requests: {load.refused}")
    return load


def _own_speed(amazon: PretendAmazon, folder: Path) -> float:
    with servers.running(servers.nothing(), folder / "nothing.log") as running:
        requests = genuine(amazon)
        hammer(running.port, requests, 0.5, CONNECTIONS)
        return hammer(running.port, requests, 2.0, CONNECTIONS).per_second


def _start_s() -> float:
    """Return how long a worker takes from a fresh interpreter to its application, in seconds."""
    code = (
        "import time; began = time.perf_counter(); from skill.serve_command import webhook; "
        "webhook(); print(time.perf_counter() - began)"
    )
    settings = {"HIP_WORKOUT_SKILL_ID": SKILL_ID, "HIP_WORKOUT_DATABASE_URL": "memory:"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            (sys.executable, "-c", code),
            cwd=servers.REPOSITORY,
            env={**os.environ, **settings, "HIP_WORKOUT_DATA_FOLDER": folder},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BenchmarkFailed(f"no application: {done.stderr.strip()[-200:]}")
    return float(done.stdout)


def _figures(
    measured: list[Measured], start_s: float, own_speed: float
) -> tuple[dict[str, Any], list[Aim]]:
    us, python, node, hello, screens = measured
    to_python = us.per_second / python.per_second
    to_node = us.per_second / node.per_second
    aims = [
        Aim("at least 4 times stock Python", to_python >= 4, f"{to_python:.2f}"),
        Aim("at least 1.5 times the Node adapter", to_node >= 1.5, f"{to_node:.2f}"),
        Aim("a server made in under 0.3 s", start_s < 0.3, f"{start_s:.3f} s"),
        Aim("at most 60 MB resident after the load", us.mb_after <= 60, f"{us.mb_after:.1f} MB"),
    ]
    figures = {
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "connections": CONNECTIONS,
        "servers": [one.as_plain() for one in measured],
        "ours_to_stock_python": round(to_python, 2),
        "ours_to_node": round(to_node, 2),
        "ours_to_stock_python_by_cpu": round(python.cpu_us / us.cpu_us, 2),
        "ours_to_node_by_cpu": round(node.cpu_us / us.cpu_us, 2),
        "ours_with_screens_to_node": round(screens.per_second / node.per_second, 2),
        "our_hello_to_stock_python": round(hello.per_second / python.per_second, 2),
        "our_hello_to_node": round(hello.per_second / node.per_second, 2),
        "ours_to_stock_python_rounds": _by_round(us, python),
        "ours_to_node_rounds": _by_round(us, node),
        "start_s": round(start_s, 3),
        "load_generator_per_second": round(own_speed),
    }
    return figures, aims


def _by_round(us: Measured, peer: Measured) -> list[float]:
    pairs = zip(us.loads, peer.loads, strict=True)
    return [round(ours.per_second / its.per_second, 2) for ours, its in pairs]


def _table(figures: dict[str, Any], aims: list[Aim]) -> Iterator[str]:
    yield (
        f"{'':14}{'requests/s':>11}{'best':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}"
        f"{'MB':>8}{'at start':>10}{'answer':>9}"
    )
    for one in figures["servers"]:
        yield (
            f"{one['name']:14}{one['per_second']:>11.0f}{one['per_second_best']:>8.0f}"
            f"{one['p50_ms']:>9.2f}{one['p99_ms']:>9.2f}{one['cpu_us']:>9}"
            f"{one['resident_mb']:>8.1f}{one['resident_mb_at_start']:>10.1f}"
            f"{one['answer_bytes']:>7} B"
        )
    yield ""
    for one in figures["servers"]:
        yield f"{one['name']}: {one['what']}"
    for name, key in (("stock Python", "ours_to_stock_python"), ("Node adapter", "ours_to_node")):
        rounds = ", ".join(f"{ratio:.2f}" for ratio in figures[f"{key}_rounds"])
        yield (
            f"ours / {name}  {figures[key]:.2f}   by round {rounds}; "
            f"by processor time {figures[f'{key}_by_cpu']:.2f}"
        )
    yield (
        f"hello world on each side, our door is {figures['our_hello_to_stock_python']:.2f} times "
        f"stock Python and {figures['our_hello_to_node']:.2f} times the Node adapter"
    )
    yield f"with a screen ours / Node adapter is {figures['ours_with_screens_to_node']:.2f}"
    whole = figures["servers"][0]["resident_mb_with_supervisor"]
    yield f"ours with granian's supervisor: {whole:.1f} MB resident"
    alone = figures["load_generator_per_second"]
    yield f"the load generator itself, against a server that does nothing: {alone} requests/s"
    yield ""
    for aim in aims:
        yield f"{'reached' if aim.reached else 'MISSED ':8} {aim.what}: {aim.figure}"


if __name__ == "__main__":
    main()
