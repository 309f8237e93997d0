"""A memory in an SQL database: one row for each listener."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from skill.store.document import from_text, to_text
from skill.store.port import Document, Kept, StoreConflict
from skill.store.schema import LISTENERS, migrate

_ROW = LISTENERS.c
_LOAD = select(_ROW.document, _ROW.version, _ROW.saved_ms).where(_ROW.listener == bindparam("who"))
_FIRST = insert(LISTENERS)
_NEXT = (
    update(LISTENERS)
    .where(_ROW.listener == bindparam("who"), _ROW.version == bindparam("after"))
    .values({name: bindparam(f"new_{name}") for name in ("version", "saved_ms", "document")})
)
_FORGET = delete(LISTENERS).where(_ROW.listener == bindparam("who"))
_PRUNE = delete(LISTENERS).where(_ROW.saved_ms < bindparam("before"))


class SqlStore:
    """Keeps documents in a database; safe to use from many threads and processes.

    Nothing is opened before the first use, and a first use that fails is tried again by the next.
    Every statement is a transaction of its own: whole or not at all. What goes wrong with the
    database is raised as sqlalchemy.exc.SQLAlchemyError, or TimeoutError for one that went silent,
    within about two seconds.
    """

    def __init__(self, engine: Engine) -> None:
        """Use a database by an engine that commits by itself."""
        self.engine = engine
        self._ready = False
        self._preparing = threading.Lock()

    def migrate(self) -> int:
        """Bring the database's schema up to date, and return its version.

        Every other method does so when first used. Raises SchemaTooNew.
        """
        with self._preparing:
            version = migrate(self.engine)
            self._ready = True
        return version

    def close(self) -> None:
        """Let go of every connection that is not in use; the next use opens new ones."""
        self.engine.dispose()

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing.

        Raises DocumentDamaged for a listener who is kept but cannot be read, SchemaTooNew, and
        SQLAlchemyError.
        """
        with self._connection() as connection:
            row = connection.execute(_LOAD, {"who": listener}).one_or_none()
        if row is None:
            return None
        return Kept(from_text(row.document, row.version), row.version, row.saved_ms)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all, and return its version.

        Raises StoreConflict if not version ``after`` is kept, SchemaTooNew, SQLAlchemyError.
        """
        new = {"version": after + 1, "saved_ms": now_ms, "document": to_text(document)}
        with self._connection() as connection:
            if after == 0:
                try:
                    connection.execute(_FIRST, {"listener": listener, **new})
                except IntegrityError:
                    raise StoreConflict from None
            else:
                values = {f"new_{name}": value for name, value in new.items()}
                values |= {"who": listener, "after": after}
                if not connection.execute(_NEXT, values).rowcount:
                    raise StoreConflict
        return after + 1

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
        with self._connection() as connection:
            connection.execute(_FORGET, {"who": listener})
            self._empty_log(connection)

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were."""
        with self._connection() as connection:
            removed = connection.execute(_PRUNE, {"before": before_ms}).rowcount
            self._empty_log(connection)
        return removed

    def _empty_log(self, connection: Connection) -> None:
        """Have what was removed leave SQLite's log too, unless somebody is reading from it."""
        if self.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def _connection(self) -> Connection:
        if not self._ready:
            self.migrate()
        return self.engine.connect()
