"""One stack for all tests, for to make it takes seconds; instances of its function by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest

from tests.amazon import FrozenClock, envelope
from tests.aws.instance import Instance, instance
from tests.aws.stack import Stack, deployed

Start = Callable[..., Instance]
"""Starts an instance, with further or other variables in its environment."""


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with deployed() as stack:
        yield stack


@pytest.fixture
def start(stack: Stack) -> Iterator[Start]:
    with ExitStack() as running:

        def start(**changed: str) -> Instance:
            environment = stack.environment | {"AWS_ENDPOINT_URL": stack.endpoint} | changed
            return running.enter_context(instance(environment))

        yield start


@pytest.fixture(scope="session")
def coach(stack: Stack) -> Iterator[Instance]:
    """An instance that answers the events of many tests, as in real life."""
    environment = stack.environment | {"AWS_ENDPOINT_URL": stack.endpoint}
    with instance(environment) as running:
        yield running


@pytest.fixture
def recorded() -> Callable[..., dict[str, Any]]:
    """Return a recorded event of Alexa's, sent now."""
    return partial(envelope, clock=FrozenClock())
