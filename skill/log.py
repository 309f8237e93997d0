"""The log: one line of JSON an event, on standard error."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog


def configure_logging(level: str) -> None:
    """Send one line of JSON an event to standard error, from ``level`` upwards.

    For those who serve; a library or a test leaves the log as it is.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            traceback_without_words,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, NeverInTheWay(sys.stderr))),
        cache_logger_on_first_use=True,
    )


class NeverInTheWay(io.TextIOBase):
    """A stream whose faults cost the line that was to be written, and never the turn.

    A disk that is full, or a reader of the log that is gone, would else fail every request.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        """Write it if that can be done."""
        with suppress(OSError, ValueError):  # ValueError: it is closed
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush it if that can be done."""
        with suppress(OSError, ValueError):
            self._stream.flush()


def traceback_without_words(
    logger: object,  # noqa: ARG001 - as structlog calls every processor
    name: str,  # noqa: ARG001
    event: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Put the traceback of ``exc_info`` into an event, with the types of errors and no messages.

    A message quotes the value that was wrong: a slot in which a listener named a pain, a token, a
    row of the store. Where it happened says the rest.
    """
    exc_info = event.pop("exc_info", None)
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if exc_info and not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> list[str]:
    """Return the traceback of an error, those that led to it first."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    lines = []
    for each in reversed(chain):
        frames = "".join(traceback.format_tb(each.__traceback__))
        kind = type(each)
        lines.append(
            f"Traceback (most recent call last):\n{frames}{kind.__module__}.{kind.__qualname__}"
        )
    return lines
