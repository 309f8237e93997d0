"""The tables of an SQL database, and the numbered steps that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)

from skill.store.errors import SchemaTooNew

_METADATA = MetaData()

LISTENERS = Table(
    "listeners",
    _METADATA,
    Column("listener", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("saved_ms", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
)
"""As it is after every step. No index on saved_ms: each save would pay for a daily clean-up."""

_APPLIED = Table("schema_version", _METADATA, Column("version", Integer, primary_key=True))

_ADVISORY_LOCK = 0x6869705F776F726B
"""Any number that nobody else takes in the same PostgreSQL database: "hip_work"."""

Step = Callable[[Connection], None]


def _listeners(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE TABLE listeners (listener TEXT PRIMARY KEY, version INTEGER NOT NULL,"
            " saved_ms BIGINT NOT NULL, document TEXT NOT NULL)"
        )
    )


MIGRATIONS: tuple[Step, ...] = (_listeners,)
"""Step n leads from schema version n - 1 to n. Steps that were released are never changed."""


def schema_version(engine: Engine) -> int:
    """Return the number of steps that the database has seen; 0 for an empty one."""
    with engine.connect() as connection:
        return _version(connection)


def migrate(engine: Engine, steps: Sequence[Step] = MIGRATIONS) -> int:
    """Apply every step not seen yet, each once and whole, and return the version reached.

    Any number of processes may do so at the same time. Raises SchemaTooNew for a database that
    has seen more steps than these.
    """
    version = schema_version(engine)
    while version < len(steps):
        with _alone(engine) as connection:
            version = _version(connection)  # somebody else may have come first
            if version < len(steps):
                if version == 0:
                    _APPLIED.create(connection, checkfirst=True)
                steps[version](connection)
                version += 1
                connection.execute(insert(_APPLIED).values(version=version))
    if version > len(steps):
        raise SchemaTooNew(version, len(steps))
    return version


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table(_APPLIED.name):
        return 0
    return connection.execute(select(func.max(_APPLIED.c.version))).scalar() or 0


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Enter a transaction beside which no other step runs."""
    if engine.dialect.name == "sqlite":
        # The driver's own transactions begin late, and not at all before CREATE TABLE.
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
        return
    with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        yield connection
