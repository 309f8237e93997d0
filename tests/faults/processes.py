"""SIGKILL in mid-turn, to the worker and to all of it at once: the listener goes on after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from skill.simulator.request import Json
from tests.faults.listener import Listener, NoAnswer, kept_session
from tests.faults.proxy import Wire
from tests.faults.row import ALEXA_HERSELF, Row, short
from tests.faults.stage import Service, Stage, sqlite_url
from tests.faults.stores import socket_of
from tests.faults.waiting import until
from tests.stores.postgresql_server import postgresql_server

LISTENERS = 4
KILLS = 3


def in_mid_turn(stage: Stage) -> list[Row]:
    """Kill the worker, and then the whole process group, while a turn waits for its store."""
    with _postgresql() as (direct, wire):
        through = f"postgresql://postgres@127.0.0.1:{wire.port}/postgres"
        with stage.service(DATABASE_URL=through) as served:
            return [
                _killed(stage, served, (direct, wire), _worker_dies, "SIGKILL of a worker"),
                _killed(stage, served, (direct, wire), _all_die, "SIGKILL of the process group"),
            ]


def _worker_dies(served: Service) -> str:
    dead = served.kill_worker()
    until("granian's parent has another worker", lambda: served.worker != dead)
    served.wait_until_up()
    return "granian's parent starts another worker"


def _all_die(served: Service) -> str:
    served.kill_all()
    served.start()
    return "started again, as systemd does"


def _killed(
    stage: Stage,
    served: Service,
    store: tuple[str, Wire],
    dies: Callable[[Service], str],
    fault: str,
) -> Row:
    url, wire = store
    ann = Listener(stage.amazon, served.port, fault)
    ann.goes_into_a_set()
    ann.says("AMAZON.PauseIntent", after_s=30)
    before = ann.session
    assert kept_session(url, ann) == before
    wire.hold()
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(ann.says, "AMAZON.ResumeIntent")
        until("the turn waits for its store", lambda: wire.holding)
        after = dies(served)
        wire.let_go()
        assert isinstance(turn.exception(), NoAnswer)
    assert kept_session(url, ann) == before
    bob = Listener(stage.amazon, served.port, f"{fault}-bob")
    assert "no medical advice" in bob.launches()
    ann.gives_up()
    again = ann.launches()
    assert f"rep {before['rep'] - 1} of set 1" in again
    ann.says("AMAZON.ResumeIntent")
    assert kept_session(url, ann) == ann.session
    return Row(
        fault,
        f"in mid-turn, while it waits for its store; {after}",
        f"{ALEXA_HERSELF}; at the next launch: {short(again)}",
        "What is kept is as before the turn; a launch finds set and rep.",
    )


@contextmanager
def _postgresql() -> Iterator[tuple[str, Wire]]:
    with postgresql_server() as server, Wire(socket_of(server)) as wire:
        yield server.get_uri(), wire


@dataclass
class _Answered:
    """What was answered to one listener before the power went."""

    listener: Listener
    sessions: list[Json] = field(default_factory=list)


def under_load(stage: Stage) -> Row:
    """Kill the whole process group again and again while several listeners talk."""
    with stage.service() as served:
        turns = sum(_killed_while_they_talk(stage, served, kill) for kill in range(KILLS))
    return Row(
        "SIGKILL under load",
        f"the process group killed {KILLS} times while {LISTENERS} listeners talk without a break",
        f"{ALEXA_HERSELF}, for the turn under way",
        f"Of {turns} turns that were answered the last of each listener is kept, or the one after "
        "it that was under way; every launch finds its set.",
    )


def _killed_while_they_talk(stage: Stage, served: Service, kill: int) -> int:
    """Prove that no answered turn is lost by it; return how many were answered."""
    everybody = [
        _Answered(Listener(stage.amazon, served.port, f"load-{kill}-{number}"))
        for number in range(LISTENERS)
    ]
    with ThreadPoolExecutor(LISTENERS) as pool:
        talks = [pool.submit(_talk, each) for each in everybody]
        until("all have talked", lambda: min(len(each.sessions) for each in everybody) > 20)
        served.kill_all()
        for talk in talks:
            talk.result()
    served.start()
    for each in everybody:
        kept, last = kept_session(sqlite_url(stage.folder), each.listener), each.sessions[-1]
        assert kept == last or kept["said"] == last["said"] + 1
        each.listener.gives_up()
        assert "glute bridge" in each.listener.launches()
    return sum(len(each.sessions) for each in everybody)


def _talk(answered: _Answered) -> None:
    """Talk until the skill is gone."""
    answered.listener.goes_into_a_set()
    with suppress(NoAnswer):
        while True:
            for intent in ("AMAZON.PauseIntent", "AMAZON.ResumeIntent"):
                answered.listener.says(intent, after_s=0)
                answered.sessions.append(answered.listener.session)
