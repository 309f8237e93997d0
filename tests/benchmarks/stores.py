"""What memory adds to a turn: the same turns with a store behind them, and with nobody named.

Run by ``make bench`` after the servers, or by itself: ``python -m tests.benchmarks.stores``.
"""

from __future__ import annotations

import copy
import gc
import json
import logging
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import structlog

from skill.alexa.memory import HISTORY, listener_key
from skill.coach.history import DoneBlock, Finished
from skill.coach.history import to_plain as workout_to_plain
from skill.coach_skill import coach_skill
from skill.simulator.local import local_answer
from skill.store.document import to_text
from skill.store.open import open_store, with_deadline
from skill.store.port import Document, Kept, Store
from tests.benchmarks.signing import ready, utc_now
from tests.stores.dynamodb_server import dynamodb_url
from tests.stores.postgresql_server import postgresql_server

TURNS = 500
WARM_UP_TURNS = 50
LISTENERS = 50

WORKOUTS = 30
"""What each listener has behind them: twelve weeks of two to three workouts."""

SECRET = b"thirty-two bytes that are public"

Json = dict[str, Any]


@dataclass
class Watched:
    """A store as a turn uses it, every load and save timed in milliseconds."""

    store: Store
    loads: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)

    def load(self, listener: str) -> Kept | None:
        began = time.perf_counter()
        kept = self.store.load(listener)
        self.loads.append(_ms_since(began))
        return kept

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        began = time.perf_counter()
        version = self.store.save(listener, document, after=after, now_ms=now_ms)
        self.saves.append(_ms_since(began))
        return version

    def forget(self, listener: str) -> None:
        self.store.forget(listener)

    def prune(self, before_ms: int) -> int:
        return self.store.prune(before_ms)


@dataclass
class Remembering:
    """A coach with one store, and what was measured of it in milliseconds."""

    name: str
    store: Watched
    answer: Callable[[Json], Json]
    adds: list[float] = field(default_factory=list)
    """By how much each turn took longer than the same turn with nobody named."""

    def begin_anew(self) -> None:
        """Forget what was measured so far."""
        for times in (self.adds, self.store.loads, self.store.saves):
            times.clear()

    def as_plain(self) -> Json:
        """Return the figures as JSON can hold them."""
        measured = {"adds": self.adds, "load": self.store.loads, "save": self.store.saves}
        figures = {
            f"{what}_{which}_ms": round(value, 3)
            for what, times in measured.items()
            for which, value in (("p50", statistics.median(times)), ("p99", _p99(times)))
        }
        return {"name": self.name, **figures}


def measure() -> Json:
    """Return what each store adds to a turn, measured in turns of all of them, as JSON holds it.

    Every turn is made once with nobody named and then once with each store, in a changing order.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    document = {HISTORY: _workouts()}
    with ExitStack() as stack:
        coaches = [_coach(name, url) for name, url in _urls(stack)]
        for coach in coaches:
            stack.callback(getattr(coach.store.store, "close", lambda: None))
        turns = [json.loads(ready(number, utc_now())) for number in range(LISTENERS)]
        for turn in turns:
            for coach in coaches:
                coach.store.save(_key(turn), document, after=0, now_ms=0)
        with _garbage_as_in_a_server():
            _round(coaches, turns, WARM_UP_TURNS)
            for coach in coaches:
                coach.begin_anew()
            alone = _round(coaches, turns, TURNS)
    return {
        "turns": TURNS,
        "document_bytes": len(to_text(document)),
        "turn_p50_ms": round(statistics.median(alone), 3),
        "turn_p99_ms": round(_p99(alone), 3),
        "stores": [coach.as_plain() for coach in coaches],
    }


def table(figures: Json) -> Iterator[str]:
    """Yield what was measured as lines of text."""
    yield (
        f"what memory adds to a turn ({figures['turn_p50_ms']:.2f} ms without, "
        f"p99 {figures['turn_p99_ms']:.2f}), in ms; {figures['turns']} turns of listeners "
        f"with {WORKOUTS} workouts behind them ({figures['document_bytes'] / 1000:.1f} KB)"
    )
    wanted = [f"{what}_{which}_ms" for what in ("adds", "load", "save") for which in ("p50", "p99")]
    heads = [head for what in ("adds", "load", "save") for head in (f"{what} p50", "p99")]
    yield f"{'':18}" + "".join(f"{head:>10}" for head in heads)
    for one in figures["stores"]:
        yield f"{one['name']:18}" + "".join(f"{one[name]:>10.2f}" for name in wanted)


def _urls(stack: ExitStack) -> Iterator[tuple[str, str]]:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    yield "memory", "memory:"
    yield "SQLite", f"sqlite:///{Path(folder) / 'listeners.db'}"
    yield "PostgreSQL", stack.enter_context(postgresql_server()).get_uri()
    yield "DynamoDB (moto)", stack.enter_context(dynamodb_url())


def _coach(name: str, url: str) -> Remembering:
    store = Watched(with_deadline(open_store(url)))
    return Remembering(name, store, local_answer(coach_skill(store, SECRET)))


def _round(coaches: list[Remembering], turns: list[Json], count: int) -> list[float]:
    """Make so many turns with each coach; return how long they took with nobody named, in ms."""
    alone = []
    for number in range(count):
        turn = turns[number % len(turns)]
        nobody = _unnamed(turn)
        for coach in coaches:  # each finds the script of the set at hand, as most turns do
            coach.answer(copy.deepcopy(nobody))
        first = number % len(coaches)
        for coach in (*coaches[first:], *coaches[:first]):
            named_last = number // len(coaches) % 2  # what comes second is a little faster
            pair = (nobody, turn) if named_last else (turn, nobody)
            took = [_timed(coach.answer, each) for each in pair]
            without, remembering = took if named_last else reversed(took)
            coach.adds.append(remembering - without)
            alone.append(without)
    return alone


def _timed(answer: Callable[[Json], Json], turn: Json) -> float:
    request = copy.deepcopy(turn)
    began = time.perf_counter()
    answered = answer(request)
    took = _ms_since(began)
    if not answered["sessionAttributes"]:
        raise RuntimeError("a turn failed, its figures would not count")
    return took


def _unnamed(turn: Json) -> Json:
    nobody = copy.deepcopy(turn)
    del nobody["session"]["user"], nobody["context"]["System"]["user"]
    return nobody


def _key(turn: Json) -> str:
    return listener_key(turn["context"]["System"]["user"]["userId"], SECRET)


def _workouts() -> list[Json]:
    blocks = (
        DoneBlock("standing_kickback", 2, 8, (8, 8)),
        DoneBlock("glute_bridge", 3, 10, (10, 10, 9)),
    )
    days = [date(2026, 1, 5) + timedelta(days=n * 14 // 5) for n in range(WORKOUTS)]
    return [
        workout_to_plain(Finished(day.toordinal() * 86_400_000, day, blocks, 1_200)) for day in days
    ]


@contextmanager
def _garbage_as_in_a_server() -> Iterator[None]:
    """Collect as seldom as the webhook does, or the collector would be what p99 tells of."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def _ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    for row in table(measure()):
        click.echo(row)
