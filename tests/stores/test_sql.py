"""What only a database can do to the skill: be damaged, prepared by others, or of another age."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from skill.store.errors import DocumentDamaged, SchemaTooNew
from skill.store.open import open_store
from skill.store.port import Kept, StoreConflict
from skill.store.schema import MIGRATIONS, migrate, schema_version
from skill.store.sql import SqlStore

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    found = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(found, str)
    return found


@pytest.fixture
def sql(database_url: str, opened: Callable[[str], SqlStore]) -> SqlStore:
    return opened(database_url)


def run(store: SqlStore, statement: str, **values: object) -> None:
    with store.engine.connect() as connection:
        connection.execute(text(statement), values)


@pytest.mark.parametrize("damaged", ["", "{", '{"rep": 1', "[]", "null", "[" * 5_000, "\x01"])
def test_a_damaged_document_is_not_a_listener_never_heard(sql: SqlStore, damaged: str) -> None:
    sql.save("ann", {"secret": "left knee"}, after=0, now_ms=1)
    run(sql, "UPDATE listeners SET document = :damaged", damaged=damaged)
    with pytest.raises(DocumentDamaged, match="version 1") as raised:
        sql.load("ann")
    assert sql.save("ann", {"rep": 1}, after=raised.value.version, now_ms=2) == 2
    assert sql.load("ann") == Kept({"rep": 1}, version=2, saved_ms=2)


def test_numbers_that_are_none_are_not_kept(sql: SqlStore) -> None:
    with pytest.raises(ValueError, match="JSON"):
        sql.save("ann", {"rep": float("nan")}, after=0, now_ms=1)
    assert sql.load("ann") is None


def test_an_error_of_the_database_does_not_tell_what_was_to_be_kept(sql: SqlStore) -> None:
    sql.migrate()
    run(sql, "DROP TABLE listeners")
    with pytest.raises(Exception, match="listeners") as raised:
        sql.save("ann", {"workout": "step-ups"}, after=0, now_ms=1)
    assert "step-ups" not in str(raised.value)


def test_a_database_of_a_later_release_is_left_alone(database_url: str, sql: SqlStore) -> None:
    sql.save("ann", {"rep": 1}, after=0, now_ms=1)
    run(sql, "INSERT INTO schema_version VALUES (99)")
    older = open_store(database_url)
    for use in (
        lambda: older.load("ann"),
        lambda: older.save("ann", {}, after=1, now_ms=1),
        lambda: older.forget("ann"),
        lambda: older.prune(5),
    ):
        with pytest.raises(SchemaTooNew, match="version 99, this release knows versions up to 1"):
            use()
    assert sql.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)
    assert isinstance(older, SqlStore)
    older.close()


def test_steps_are_applied_once_each_in_their_order_and_keep_what_there_is(sql: SqlStore) -> None:
    sql.save("ann", {"rep": 1}, after=0, now_ms=1)
    seen: list[int] = []

    def second(connection: Connection) -> None:
        seen.append(2)
        connection.execute(text("ALTER TABLE listeners ADD COLUMN heard_in TEXT"))

    def third(connection: Connection) -> None:
        seen.append(3)
        connection.execute(text("UPDATE listeners SET heard_in = 'en'"))

    for _ in range(2):
        assert migrate(sql.engine, (*MIGRATIONS, second, third)) == 3
    assert seen == [2, 3]
    assert sql.load("ann") == Kept({"rep": 1}, version=1, saved_ms=1)


def test_a_step_that_fails_half_way_leaves_nothing_behind(sql: SqlStore) -> None:
    sql.migrate()

    def breaks(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_way (n INTEGER)"))
        raise OSError("killed")

    def works(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_way (n INTEGER)"))

    with pytest.raises(OSError, match="killed"):
        migrate(sql.engine, (*MIGRATIONS, breaks))
    assert schema_version(sql.engine) == 1
    assert migrate(sql.engine, (*MIGRATIONS, works)) == 2


def test_a_slow_step_is_waited_for_by_those_who_start_meanwhile(
    database_url: str, opened: Callable[[str], SqlStore]
) -> None:
    starters, seen = 4, []
    together = threading.Barrier(starters)

    def slow(connection: Connection) -> None:
        seen.append("slow")
        time.sleep(0.2)
        connection.execute(text("CREATE TABLE slowly (n INTEGER)"))

    def start(store: SqlStore) -> int:
        together.wait()
        return migrate(store.engine, (*MIGRATIONS, slow))

    with ThreadPoolExecutor(starters) as pool:
        reached = list(pool.map(start, [opened(database_url) for _ in range(starters)]))
    assert (reached, seen) == ([2] * starters, ["slow"])


def test_an_empty_database_has_seen_no_step(sql: SqlStore) -> None:
    assert schema_version(sql.engine) == 0
    assert sql.migrate() == schema_version(sql.engine) == len(MIGRATIONS)


START = """
import sys
from skill.store.open import open_store
from skill.store.port import StoreConflict
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
won = []
for version in range(10):
    try:
        won.append(store.save("ann", {"by": sys.argv[2]}, after=version, now_ms=1))
    except StoreConflict:
        pass
    while (kept := store.load("ann")) is None or kept.version <= version:
        pass
print(*won)
"""


def test_processes_that_start_together_do_not_collide_and_each_version_is_saved_by_one(
    database_url: str, sql: SqlStore
) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", START, database_url, str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(6)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 6
    assert sorted(int(version) for line in won for version in line.split()) == list(range(1, 11))
    with pytest.raises(StoreConflict):
        sql.save("ann", {}, after=9, now_ms=1)


def test_sqlite_wipes_out_what_is_forgotten(
    sqlite_url: str, opened: Callable[[str], SqlStore]
) -> None:
    store = opened(sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    store.save("ann", {"word": "x" * 10_000 + "glute-bridge"}, after=0, now_ms=1)
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    store.forget("ann")
    left = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert (b"glute-bridge" in kept, b"glute-bridge" in left) == (True, False)
