from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from skill.alexa.verify import SignatureVerifier
from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.settings import Settings
from skill.simulator.ears import Ears
from skill.store.memory import MemoryStore
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon
from tests.coach.listener import the_words
from tests.conversations.listener import SECRET, Listener, signed_answer
from tests.hearing import the_ears


@pytest.fixture(scope="session")
def ears() -> Ears:
    return the_ears()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def client(amazon: PretendAmazon, clock: FrozenClock, store: MemoryStore) -> FlaskClient:
    """The whole webhook, verifying signatures against the pretend Amazon's root."""
    settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": SKILL_ID})
    verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
    app = create_app(
        settings,
        skill=coach_skill(store, SECRET, words=the_words()),
        verifier=verifier,
        clock=clock,
    )
    return app.test_client()


@pytest.fixture
def listener(
    client: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, ears: Ears
) -> Callable[[str], Listener]:
    return lambda name: Listener(signed_answer(client, amazon), clock, ears, name)


@pytest.fixture
def ann(listener: Callable[[str], Listener]) -> Listener:
    """A listener who has never been here."""
    return listener("ann")


@pytest.fixture
def bob(listener: Callable[[str], Listener]) -> Listener:
    """A listener who has said that the floor is fine, and knows the first words."""
    bob = listener("bob")
    bob.says("open my hip workout", "yes", "stop")
    bob.says("open my hip workout", "no")
    bob.says("stop")
    return bob
