"""Which memory to use, by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from skill.store.late import LateStore
from skill.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from skill.store.port import Store

FORMS = (
    "sqlite:///hip-workout.db, or sqlite:////var/lib/hip-workout/listeners.db for a path from the "
    "root; postgresql://user:password@host:5432/database; "
    "dynamodb://table?region=eu-west-1&endpoint=http://127.0.0.1:8000 (both may be left out); "
    "memory: (lasts as long as the process)"
)


def open_store(url: str) -> Store:
    """Return the memory that a URL names. Nothing is connected or made before its first use.

    Raises ValueError, with what is wrong and the forms there are, but without the URL itself,
    which may hold a password.
    """
    return _opening(url)()


def open_for_turns(url: str) -> Store:
    """Return the memory that a URL names as the turns of a server use it.

    With a deadline, where it is outside the process, and opened when it is first used. Raises
    ValueError as ``open_store`` does.
    """
    opening = _opening(url)
    return MemoryStore() if opening is MemoryStore else with_deadline(LateStore(opening))


def _opening(url: str) -> Callable[[], Store]:
    """Return what opens the memory that a URL names, which is looked at before. See open_store."""
    scheme, colon, _ = url.partition(":")
    try:
        if not colon:
            raise ValueError("there is no scheme in it, such as sqlite:")
        if (opener := _OPENERS.get(scheme)) is None:
            raise ValueError(f"there is no store {scheme}:")
        return opener(url)
    except ValueError as fault:
        raise ValueError(f"{fault}; the forms are: {FORMS}") from None


def with_deadline(store: Store) -> Store:
    """Return the store as a turn is to use it: with a deadline, where it is outside the process.

    Operators' commands use the store as it is: nobody waits for a sentence.
    """
    if isinstance(store, MemoryStore):
        return store  # it cannot hang, and a thread in between would be most of its cost

    from skill.store.deadline import DeadlineStore  # noqa: PLC0415 - slow to import

    return DeadlineStore(store)


def _memory(url: str) -> Callable[[], Store]:
    if url != "memory:":
        raise ValueError("nothing may stand after memory:")
    return MemoryStore


def _sqlite(url: str) -> Callable[[], Store]:
    start, slashes, name = url.partition("sqlite:///")
    if start or not slashes:
        raise ValueError("sqlite: is followed by three slashes and a path")
    if not name or name.endswith("/"):
        raise ValueError("the path of a file is missing after sqlite:///")
    if name == ":memory:":
        raise ValueError("several connections cannot share :memory:, use memory: instead")
    if "?" in name:
        raise ValueError("there is nothing to choose after the path of sqlite:")
    path = Path(name).expanduser()
    if path.is_dir():
        raise ValueError(f"{path} is a folder")

    def opened() -> Store:
        from skill.store.sql import SqlStore  # noqa: PLC0415 - slow to import
        from skill.store.sqlite import sqlite_engine  # noqa: PLC0415 - the same

        return SqlStore(sqlite_engine(path.absolute()))

    return opened


def _postgresql(url: str) -> Callable[[], Store]:
    from sqlalchemy import make_url  # noqa: PLC0415 - slow to import
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - the same

    try:
        from skill.store.postgresql import postgresql_engine  # noqa: PLC0415 - an extra
    except ImportError:
        raise ValueError(
            "PostgreSQL's driver is not installed, it comes with hip-workout[postgres]"
        ) from None
    from skill.store.sql import SqlStore  # noqa: PLC0415 - slow to import

    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("it cannot be read as user, password, host, port and database") from None
    if not parts.database:
        raise ValueError("the name of the database is missing")
    store = SqlStore(postgresql_engine(parts))
    return lambda: store


def _dynamodb(url: str) -> Callable[[], Store]:
    from skill.store.dynamodb import open_dynamodb  # noqa: PLC0415 - an extra, and slow to import

    try:
        store = open_dynamodb(url)
    except ModuleNotFoundError as missing:
        raise ValueError(str(missing)) from None
    return lambda: store


_OPENERS = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "dynamodb": _dynamodb,
}
