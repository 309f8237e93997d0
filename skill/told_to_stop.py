"""Whether this process was told to end, for those who are asked whether it is ready."""

from __future__ import annotations

import signal

_STOPS = frozenset({signal.SIGTERM, signal.SIGINT})


class ToldToStop:
    """Whether this process was told to end, by a signal that granian's loop handles."""

    def __init__(self) -> None:
        self._told = False

    def listen(self) -> None:
        """Listen beside the loop, which hears of signals by a file descriptor and not by a handler.

        Only in the main thread, and when the loop has set up its own.
        """
        for each in _STOPS:
            signal.signal(each, self._hear)

    def __call__(self) -> bool:
        """Say whether it was told to end."""
        return self._told

    def _hear(self, *_: object) -> None:
        self._told = True


TOLD_TO_STOP = ToldToStop()
"""Of this process: the web server has it listen, the application asks it."""
