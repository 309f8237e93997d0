"""PostgreSQL: the memory of a skill that runs on several machines."""

from __future__ import annotations

from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine, create_engine

ANSWER_S = 1.3
"""How long a statement may take: a little less than a turn can spare (skill/store/deadline.py), so
that it is the server that says why, and nothing is left under way."""

CONNECT_S = 2
"""How long connecting may take: the least that psycopg and libpq accept, more than a turn waits."""


class PromptConnection(psycopg.Connection[Any]):
    """A connection that gives up on a server that went silent.

    The server's own statement_timeout does nothing where the server itself, or the way to it, is
    what hangs.
    """

    def wait(self, gen: PQGen[RV], *args: Any, **kwargs: Any) -> RV:
        """Run one exchange with the server; TimeoutError, and closed, if it takes too long.

        An error that is none of the driver's: SQLAlchemy would connect anew after those that tell
        of a lost connection, and make the listener wait a second time.
        """
        return super().wait(self._in_time(gen), *args, **kwargs)

    def _in_time(self, gen: PQGen[RV]) -> PQGen[RV]:
        late = monotonic() + ANSWER_S + 0.1  # the server's own time-out is the better error
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and monotonic() > late:
                    self.pgconn.finish()
                    raise TimeoutError(f"PostgreSQL did not answer within {ANSWER_S} seconds")
                wanted = gen.send(ready)
        except StopIteration as end:
            result: RV = end.value
            return result


def postgresql_engine(url: URL) -> Engine:
    """Return an engine for ``postgresql://``; nothing is connected yet.

    What stands after ``?`` is for libpq. Raises ValueError if libpq does not know it.
    """
    given = url.translate_connect_args(username="user", database="dbname")
    given |= {name: ",".join(values) for name, values in url.normalized_query.items()}
    limit = f"-c statement_timeout={ANSWER_S * 1_000:.0f}"
    try:
        conninfo = make_conninfo(
            **{
                "connect_timeout": CONNECT_S,
                "application_name": "hip-workout",
                "tcp_user_timeout": int(ANSWER_S * 1_000),
                **given,
                "options": f"{given.get('options', '')} {limit}",
            }
        )
    except psycopg.ProgrammingError as fault:
        raise ValueError(str(fault).strip()) from None
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: PromptConnection.connect(conninfo),
        isolation_level="AUTOCOMMIT",
        pool_size=5,
        max_overflow=5,
        pool_timeout=ANSWER_S,
        pool_pre_ping=True,  # a restart of the server costs nobody a turn
        hide_parameters=True,  # an error's text is logged, a listener's document never
    )
