"""A slow store never costs a listener the turn, and a turn's step that it missed is not lost."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.memory import listener_key
from skill.coach_skill import coach_skill
from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.local import local_answer
from skill.store.deadline import DeadlineStore
from skill.store.errors import DeadlinePassed
from skill.store.open import open_store, with_deadline
from skill.store.port import Store, StoreConflict
from tests.stores.hanging import LONG_S, HangingStore

SECRET = b"thirty-two bytes of test secret."
SOON_S = 0.3
"""A deadline within which no driver of ours gives up by itself."""


# Through the real drivers

Slowness = Callable[[socket.socket, threading.Event], None]


def silent(_: socket.socket, over: threading.Event) -> None:
    over.wait(LONG_S)


def dripping(connection: socket.socket, over: threading.Event) -> None:
    """Answer one byte after the other: no driver's time-out for reading ever passes."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b" ")


@contextmanager
def server(slowness: Slowness) -> Iterator[int]:
    """Serve on a port, slowly, until this ends."""
    over = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            slowness(connection, over)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        over.set()
        listening.shutdown(socket.SHUT_RDWR)


@contextmanager
def silent_postgresql(_: Path) -> Iterator[str]:
    with server(silent) as port:
        yield f"postgresql://ann@127.0.0.1:{port}/listeners?sslmode=disable&gssencmode=disable"


@contextmanager
def dripping_dynamodb(_: Path) -> Iterator[str]:
    with server(dripping) as port:
        yield f"dynamodb://listeners?region=eu-west-1&endpoint=http://127.0.0.1:{port}"


@contextmanager
def locked_sqlite(folder: Path) -> Iterator[str]:
    file = folder / "listeners.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield f"sqlite:///{file}"
        other.execute("ROLLBACK")


@pytest.mark.parametrize("slow", [silent_postgresql, dripping_dynamodb, locked_sqlite])
@pytest.mark.parametrize("operation", ["load", "save", "forget"])
def test_a_slow_server_is_given_up_while_it_is_slow_still(
    slow: Callable[[Path], Any],
    operation: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    uses: dict[str, Callable[[Store], object]] = {
        "load": lambda store: store.load("ann"),
        "save": lambda store: store.save("ann", {}, after=0, now_ms=1),
        "forget": lambda store: store.forget("ann"),
    }
    with slow(tmp_path) as url:
        store = with_deadline(open_store(url))
        assert isinstance(store, DeadlineStore)
        store.answer_s = store.forget_s = SOON_S
        with pytest.raises(DeadlinePassed):
            uses[operation](store)
    store.close()


# Through the whole skill


class Listener:
    """Somebody with a smart speaker, whose coach remembers in a store with a deadline."""

    def __init__(self, behind: HangingStore) -> None:
        self.store = DeadlineStore(behind, retry_s=0)  # tried again by the next call
        self._clock = VirtualClock(datetime(2026, 5, 4, 7, tzinfo=UTC))
        answer = local_answer(coach_skill(self.store, SECRET))
        self.device = PretendDevice(answer, self._clock)

    def launches(self) -> str:
        self._clock.advance(3_600_000)
        return self.device.launch().playback.text

    def means(self, *intents: str) -> str:
        """Say one thing after the other when the coach has finished; return what is heard last."""
        heard = ""
        for intent in intents:
            self._clock.advance(self.device.playing.ms + 2_000)
            heard = self.device.say(intent).playback.text
        return heard

    @property
    def session(self) -> Any:
        """The coach's session, as it stands in the session attributes."""
        return self.device.attributes.get("session")


def kept_session(store: HangingStore) -> Any:
    """Return what is kept of the only listener there is."""
    kept = store.load(listener_key("amzn1.ask.account.PRETEND", SECRET))
    return kept and kept.document["session"]


@pytest.fixture
def behind() -> HangingStore:
    return HangingStore()


@pytest.fixture
def ann(behind: HangingStore) -> Iterator[Listener]:
    """A listener who is in her warm-up; all of it is kept."""
    ann = Listener(behind)
    ann.launches()
    ann.means("AMAZON.YesIntent", "AMAZON.YesIntent")
    assert ann.session["phase"] == "warm_up"
    assert kept_session(behind) == ann.session
    yield ann
    ann.store.close()


def test_a_turn_is_answered_while_the_store_hangs(ann: Listener, behind: HangingStore) -> None:
    kept = kept_session(behind)
    ann.store.answer_s = SOON_S
    let_go = behind.hang("load", "save")
    ann.means("ReadyIntent")
    assert behind.late.empty()
    assert ann.session["phase"] == "warm_up"
    assert ann.session["said"] > kept["said"]
    behind.hang()
    assert kept_session(behind) == kept
    let_go.set()


def test_who_comes_while_the_store_hangs_is_welcomed(behind: HangingStore) -> None:
    bob = Listener(behind)
    bob.store.answer_s = SOON_S
    let_go = behind.hang("load", "save")
    assert "welcome" in bob.launches().lower()
    assert behind.late.empty()
    assert bob.session
    let_go.set()


def test_a_turn_is_answered_when_every_thread_hangs(ann: Listener, behind: HangingStore) -> None:
    ann.store.answer_s = SOON_S
    let_go = behind.hang("load", "save")
    ann.means("ReadyIntent", "ReadyIntent")
    asked, before = len(behind.asked), ann.session
    ann.store.answer_s = LONG_S  # who waited now would wait until the test is over
    ann.means("ReadyIntent")
    assert behind.late.empty()
    assert len(behind.asked) == asked
    assert ann.session != before
    let_go.set()


def test_the_next_turn_saves_what_a_store_that_came_back_has_missed(
    ann: Listener, behind: HangingStore
) -> None:
    ann.store.answer_s = SOON_S
    let_go = behind.hang("load", "save")
    ann.means("ReadyIntent")
    behind.hang()
    let_go.set()
    behind.late.get(timeout=LONG_S)
    ann.store.answer_s = LONG_S
    ann.means("ReadyIntent")
    assert kept_session(behind) == ann.session


def test_a_save_that_comes_late_is_followed_by_the_newer_step(
    ann: Listener, behind: HangingStore
) -> None:
    let_go = behind.hang("save")
    ann.means("ReadyIntent")
    older = ann.session
    behind.hang()
    let_go.set()
    assert isinstance(behind.late.get(timeout=LONG_S), int)
    assert kept_session(behind) == older
    ann.means("ReadyIntent")
    assert kept_session(behind) == ann.session != older


def test_a_save_that_comes_after_the_newer_step_is_refused(
    ann: Listener, behind: HangingStore
) -> None:
    let_go = behind.hang("save")
    ann.means("ReadyIntent")
    behind.hang()
    ann.means("ReadyIntent")
    let_go.set()
    assert isinstance(behind.late.get(timeout=LONG_S), StoreConflict)
    assert kept_session(behind) == ann.session


def test_who_asks_to_be_forgotten_is_not_told_so_before_it_is_done(
    ann: Listener, behind: HangingStore
) -> None:
    bob = Listener(HangingStore())
    bob.launches()
    forgotten = bob.means("AMAZON.YesIntent", "ForgetMeIntent", "AMAZON.YesIntent")
    ann.store.forget_s = SOON_S
    let_go = behind.hang("forget")
    heard = ann.means("ForgetMeIntent", "AMAZON.YesIntent")
    assert heard
    assert "forgotten" in forgotten
    assert "forgotten" not in heard
    assert behind.late.empty()
    assert kept_session(behind) is not None
    let_go.set()
    behind.late.get(timeout=LONG_S)
    assert kept_session(behind) is None
    bob.store.close()
