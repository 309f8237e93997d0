"""What the listener says, line by line, from a keyboard or from a pipe."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import IO

from skill.simulator.conversation import CUT_IN, unescaped


@dataclass(frozen=True)
class Said:
    """One thing that the listener did."""

    text: str
    """The words; empty is silence."""

    cut_in_ms: int | None = None
    """How far into the coach's words they came; None is after the last of them."""

    is_deed: bool = False
    """Whether ``text`` is no words, but something done without a voice, such as ``!press Next``."""


class Lines:
    """A stream of lines, each an utterance, read by a thread so that nobody waits for it.

    An empty line is silence; ``#`` begins a comment; ``+12.5 pause``, or ``+12.5`` on a line by
    itself before the words, says them 12.5 seconds into what is then being said. In a pipe, ``>``
    is what the coach once said, and ``!`` is something done: see ``conversation.py``.
    """

    def __init__(self, stream: IO[bytes], *, live: bool) -> None:
        self.live = live
        """Whether a person types, so that a line is said the moment it comes."""
        # A thread blocked in a buffered stdin makes the interpreter abort when it shuts down.
        self._stream: IO[bytes] = getattr(stream, "raw", stream)
        self._said: deque[Said] = deque()
        self._over = False
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait until there is a line, or no more to come, ``seconds`` at the most; say whether."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._said) or self._over, seconds)

    def pass_time(self, seconds: float) -> bool:
        """Let ``seconds`` pass; say whether somebody spoke before they were over.

        Lines of a pipe wait for their turn. An empty line is no way to interrupt, and is dropped.
        """
        if not self.live:
            time.sleep(max(seconds, 0))
            return False
        end = time.monotonic() + seconds
        while self.wait(max(end - time.monotonic(), 0)):
            said = self.peek()
            if said is None or said.text:
                return True
            self.next()
        return False

    def peek(self, seconds: float = 0) -> Said | None:
        """Return the next line without taking it; None if none comes within ``seconds``."""
        self.wait(seconds)
        with self._changed:
            return self._said[0] if self._said else None

    def next(self) -> Said | None:
        """Take the next line, however long it takes; None when there are no more."""
        while not self.wait(1.0):  # an endless wait would not notice Ctrl-C on every system
            pass
        with self._changed:
            return self._said.popleft() if self._said else None

    def _read(self) -> None:
        cut_in_ms: int | None = None
        for raw in iter(self._stream.readline, b""):
            text = raw.decode(errors="replace").strip()
            if text.startswith("#") or (text.startswith(">") and not self.live):
                continue
            match = CUT_IN.fullmatch(text)
            if match is not None:
                cut_in_ms = round(float(match[1]) * 1000)
                text = match[2] or ""
                if not text:
                    continue
            self._add(self._read_as(text, cut_in_ms))
            cut_in_ms = None
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _read_as(self, text: str, cut_in_ms: int | None) -> Said:
        if self.live:
            return Said(text, cut_in_ms)
        return Said(unescaped(text), cut_in_ms, is_deed=text.startswith("!"))

    def _add(self, said: Said) -> None:
        with self._changed:
            self._said.append(said)
            self._changed.notify_all()
