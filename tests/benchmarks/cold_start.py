"""``make bench``: how long a new instance of the Lambda function keeps its first listener waiting.

Each time a fresh interpreter finds what is in the package and nothing else, imports the handler,
fetches its secret, and answers a launch that it remembers; AWS is moto on loopback. In AWS comes
before it what Lambda needs to fetch the package and to start Python, and its processors are other
ones: the figures tell of changes, and what the parts cost, rather than what a listener will feel.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from tests.amazon import FrozenClock, envelope
from tests.aws.instance import instance
from tests.aws.package import linked_package
from tests.aws.stack import Stack, deployed

TRIES = 10


def main() -> None:
    """Measure, and print a table and its figures as JSON."""
    with tempfile.TemporaryDirectory() as name, deployed() as stack:
        package = linked_package(Path(name))
        _first_answer(stack, package)  # whatever is compiled once is compiled now
        tries = [_first_answer(stack, package) for _ in range(TRIES)]
        python_s = statistics.median(_bare_python_s() for _ in range(TRIES))
    ready, cpu, first, second, whole = (list(each) for each in zip(*tries, strict=True))
    figures = {
        "tries": TRIES,
        "python_s": round(python_s, 3),
        "handler_ready_s": round(statistics.median(ready), 3),
        "handler_ready_cpu_s": round(statistics.median(cpu), 3),
        "first_answer_s": round(statistics.median(first), 3),
        "second_answer_s": round(statistics.median(second), 4),
        "whole_s": round(statistics.median(whole), 3),
        "whole_best_s": round(min(whole), 3),
    }
    click.echo("\n".join(_table(figures)))
    click.echo(json.dumps(figures))


def _first_answer(stack: Stack, package: Path) -> tuple[float, ...]:
    """Return seconds: until the handler is ready, of the processor's until then, of the first two
    answers, and of everything until the first."""
    environment = stack.environment | {"AWS_ENDPOINT_URL": stack.endpoint}
    launch = envelope("echo_dot_launch", FrozenClock())
    began = time.perf_counter()
    with instance(environment, package) as coach:
        coach.invoke(launch)
        whole, first = time.perf_counter() - began, coach.seconds
        coach.invoke(launch)
        return coach.ready_seconds, coach.ready_cpu_seconds, first, coach.seconds, whole


def _bare_python_s() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)
    return time.perf_counter() - began


def _table(figures: dict[str, float]) -> Iterator[str]:
    yield f"A new instance of the Lambda function, medians of {figures['tries']}:"
    yield f"  Python alone                    {figures['python_s'] * 1000:7.0f} ms"
    yield f"  import, set-up, secret          {figures['handler_ready_s'] * 1000:7.0f} ms"
    yield f"    processor time until then     {figures['handler_ready_cpu_s'] * 1000:7.0f} ms"
    yield f"  first answer                    {figures['first_answer_s'] * 1000:7.0f} ms"
    yield f"  second answer                   {figures['second_answer_s'] * 1000:7.0f} ms"
    yield (
        f"  all until the first answer      {figures['whole_s'] * 1000:7.0f} ms"
        f"  (best {figures['whole_best_s'] * 1000:.0f})"
    )


if __name__ == "__main__":
    main()
