from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.memory import listener_key
from skill.alexa.verify import SignatureVerifier
from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.settings import Settings
from skill.simulator.ears import Ears
from skill.store.memory import MemoryStore
from skill.store.open import open_store
from skill.store.port import Document, Kept
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon
from tests.coach.listener import the_words
from tests.conversations.listener import SECRET, Listener, kept_of, signed_answer
from tests.conversations.test_pacing import in_a_set

Restart = Callable[[], Listener]


@pytest.fixture
def restart(tmp_path: Path, amazon: PretendAmazon, clock: FrozenClock, ears: Ears) -> Restart:
    """Start the coach anew, as another process would, on one database; return Ann's speaker."""

    def start() -> Listener:
        settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": SKILL_ID})
        kept = open_store(f"sqlite:///{tmp_path / 'listeners.db'}")
        skill = coach_skill(kept, SECRET, words=the_words())
        verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
        app = create_app(settings, skill=skill, verifier=verifier, clock=clock)
        return Listener(signed_answer(app.test_client(), amazon), clock, ears)

    return start


@pytest.mark.parametrize("leaving", ["stop", "pause", "exit"])
def test_a_restart_of_the_coach_loses_no_rep(restart: Restart, leaving: str) -> None:
    ann = in_a_set(restart())
    ann.cuts_in(60, leaving)
    again = restart().says("open my hip workout")
    assert re.search(r"rep \d+ of set 1", again)
    assert "start over?" in again


def test_a_set_heard_to_its_end_is_done_after_a_restart(restart: Restart) -> None:
    in_a_set(restart()).keeps_silent()
    ann = restart()
    ann.says("open my hip workout")
    assert "set 2 of 2" in ann.says("carry on").lower()


def test_an_unfinished_workout_waits_for_seven_days(restart: Restart, clock: FrozenClock) -> None:
    in_a_set(restart()).cuts_in(60, "stop")
    clock.forward(days=6, hours=23)
    assert "start over?" in restart().says("open my hip workout")


def test_after_seven_days_the_coach_begins_afresh_but_knows_the_listener(
    restart: Restart, clock: FrozenClock
) -> None:
    in_a_set(restart()).cuts_in(60, "stop")
    clock.forward(days=8)
    heard = restart().says("open my hip workout")
    assert "start over?" not in heard
    assert "medical" not in heard


def test_of_two_devices_the_newer_step_wins(restart: Restart) -> None:
    kitchen = in_a_set(restart())
    kitchen.cuts_in(30, "pause")
    bedroom = restart()
    bedroom.says("open my hip workout", "carry on")
    bedroom.cuts_in(60, "pause")
    newest = bedroom.session["rep"]
    heard = restart().says("open my hip workout")
    assert f"rep {newest - 1} of set 1" in heard


class SlowToLearn(MemoryStore):
    """A store that fails a few times before it works."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        return super().save(listener, document, after=after, now_ms=now_ms)


def test_what_a_failing_store_missed_the_next_turn_saves(
    amazon: PretendAmazon, clock: FrozenClock, ears: Ears
) -> None:
    store = SlowToLearn(2)
    settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": SKILL_ID})
    verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
    app = create_app(
        settings,
        skill=coach_skill(store, SECRET, words=the_words()),
        verifier=verifier,
        clock=clock,
    )
    ann = Listener(signed_answer(app.test_client(), amazon), clock, ears)
    in_a_set(ann)
    assert kept_of(store)["session"]["phase"] == "set"


def test_nothing_is_kept_that_names_the_listener_or_what_was_said(restart: Restart) -> None:
    ann = in_a_set(restart())
    ann.cuts_in(40, "my back hurts")
    document: Any = ann.session
    assert "pain" not in str(document)


class DeafAtFirst(MemoryStore):
    """A store that cannot be read, written or cleared while it is deaf."""

    deaf = False

    def load(self, listener: str) -> Kept | None:
        if self.deaf:
            raise ConnectionError
        return super().load(listener)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        if self.deaf:
            raise ConnectionError
        return super().save(listener, document, after=after, now_ms=now_ms)

    def forget(self, listener: str) -> None:
        if self.deaf:
            raise ConnectionError
        super().forget(listener)


@pytest.fixture
def deaf(amazon: PretendAmazon, clock: FrozenClock, ears: Ears) -> tuple[DeafAtFirst, Listener]:
    store = DeafAtFirst()
    settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": SKILL_ID})
    verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
    app = create_app(
        settings,
        skill=coach_skill(store, SECRET, words=the_words()),
        verifier=verifier,
        clock=clock,
    )
    return store, Listener(signed_answer(app.test_client(), amazon), clock, ears)


def test_a_store_that_was_dead_at_the_launch_loses_no_unfinished_workout(
    deaf: tuple[DeafAtFirst, Listener],
) -> None:
    store, ann = deaf
    in_a_set(ann)
    ann.cuts_in(30, "stop")
    store.deaf = True
    assert "medical" in ann.says("open my hip workout")
    store.deaf = False
    assert "in the middle of a workout" in ann.says("start a workout")
    assert kept_of(store)["session"]["returns_to"] == "set"


def test_a_workout_begun_while_the_store_was_dead_is_kept_once_it_is_back(
    deaf: tuple[DeafAtFirst, Listener],
) -> None:
    store, ann = deaf
    store.deaf = True
    in_a_set(ann)
    store.deaf = False
    ann.cuts_in(30, "pause")
    assert kept_of(store)["session"]["returns_to"] == "set"


def test_who_could_not_be_forgotten_is_told_so(deaf: tuple[DeafAtFirst, Listener]) -> None:
    store, ann = deaf
    ann.says("open my hip workout", "forget everything about me")
    store.deaf = True
    assert "could not forget you" in ann.says("yes")
    store.deaf = False
    assert kept_of(store)


def test_a_disabled_skill_that_could_not_forget_does_not_say_it_did(
    deaf: tuple[DeafAtFirst, Listener],
) -> None:
    store, ann = deaf
    ann.says("open my hip workout", "stop")
    store.deaf = True
    with pytest.raises(AssertionError, match="fault"):
        ann.device.disable_skill()
    store.deaf = False
    ann.device.disable_skill()
    assert store.load(listener_key("amzn1.ask.account.ann", SECRET)) is None
