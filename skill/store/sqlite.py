"""SQLite: the memory in one file beside the skill, the one that needs nothing else."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_S = 1.3
"""How long to wait for somebody else's lock: a little less than a turn can spare
(skill/store/deadline.py), so that it is SQLite that says why, and nothing is left under way."""


def sqlite_engine(path: Path) -> Engine:
    """Return an engine for this file, which is made with the first connection, for its owner only.

    Folders that are missing on the way are made too, for their owner only.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": BUSY_S},
        pool_timeout=BUSY_S,
        hide_parameters=True,  # an error's text is logged, a listener's document never
    )

    @event.listens_for(engine, "do_connect")
    def _make_file(*_: object) -> None:
        if not path.exists():  # or SQLite makes one that everybody can read
            _make_folder(path.parent)
            path.touch(mode=0o600)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # A write-ahead log lets readers go on beside a writer. FULL flushes it with each save:
        # NORMAL survives the death of the process, but what the listener was told is kept would
        # be lost with the power, and one flush in each turn of some seconds is cheap.
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")  # who asks to be forgotten is wiped out

    @event.listens_for(engine, "handle_error")
    def _let_go(fault: ExceptionContext) -> None:
        # A file that could not be written to is open for reading, and stays so in every
        # connection made meanwhile: new ones are needed to notice that it can be now.
        if getattr(fault.original_exception, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            fault.is_disconnect = True

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, once for the file.

    Where processes that start together switch at once, SQLite refuses all but one without waiting
    for its busy time-out, so the waiting is done here.
    """
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            locked = fault.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not locked or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
