r"""A conversation as a text: what was said and done, and what the coach said to it.

It is what ``hip-workout chat`` takes from a pipe:

    # began 2026-01-05T07:00:00Z
    # A comment. Those at the top stay with the conversation.
    start my hip workout
    > Welcome to My Hip Workout. Can you get down to the floor
    > and up again by yourself?
    +12.5 pause
    !press Next

A line is said when the coach has finished; with ``+12.5`` in front of it, so many seconds into what
is being said. An empty line is silence. ``>`` is what the coach said then, in one line or several;
it is not said, but compared when the conversation is replayed. ``!`` is done without a voice (see
``deeds.py``). Words that begin with one of these signs have a ``\`` in front.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from skill.simulator.deeds import SECONDS, Deed, UnknownDeed, read_deed, seconds

BEGAN = datetime(2026, 1, 5, 7, tzinfo=UTC)
"""When a conversation begins that does not say: some Monday, early."""

MOST_STEPS = 5_000
LONGEST_LINE = 2_000
WIDTH = 98
"""Of the lines of what the coach said."""

CUT_IN = re.compile(rf"\+{SECONDS}(?:\s+(.*))?")
"""``+12.5``, with or without what is said then."""

_BEGAN = re.compile(r"began (\S+)")


class BadConversation(ValueError):
    """A text that is no conversation; the message begins with the number of the line."""


@dataclass(frozen=True)
class Step:
    """One thing that the listener said or did, and what came of it."""

    words: str = ""
    """What was said, with single spaces; empty is silence, unless something was done."""

    at_ms: int | None = None
    """How far into what was being said; None: after its end."""

    deed: Deed | None = None

    said: str | None = None
    """What the coach said to it, with single spaces; None: nobody knows or cares."""

    def __str__(self) -> str:
        """Return how it is written, without what the coach said."""
        what = str(self.deed) if self.deed else _escaped(self.words)
        return what if self.at_ms is None else f"+{seconds(self.at_ms)} {what}"


@dataclass(frozen=True)
class Conversation:
    """What somebody who has never been here said and did, in order."""

    steps: tuple[Step, ...] = ()
    began: datetime = BEGAN
    """In UTC, to the second."""

    notes: tuple[str, ...] = field(default=())
    """The comments before the first step."""


def read(text: str) -> Conversation:
    """Return the conversation that a text holds. Raises BadConversation."""
    reader = _Reader()
    number = 0
    for number, line in enumerate(text.splitlines(), 1):
        try:
            reader.take(line.strip())
        except ValueError as fault:
            raise BadConversation(f"line {number}: {fault}") from fault
    if reader.at_ms is not None:
        raise BadConversation(f"line {number}: a time, but nothing that is said or done then")
    return Conversation(tuple(reader.steps), reader.began, tuple(reader.notes))


def written(conversation: Conversation) -> str:
    """Return the text that ``read`` makes this very conversation of."""
    return "".join(f"{line}\n" for line in _lines(conversation))


def unescaped(words: str) -> str:
    r"""Return words without the ``\`` that tells them from signs."""
    return words.removeprefix("\\")


def _escaped(words: str) -> str:
    return f"\\{words}" if words[:1] in set("#>!\\") or CUT_IN.fullmatch(words) else words


def _lines(conversation: Conversation) -> Iterator[str]:
    yield f"# began {conversation.began:%Y-%m-%dT%H:%M:%SZ}"
    yield from (f"# {note}".rstrip() for note in conversation.notes)
    for step in conversation.steps:
        yield str(step)
        if step.said is not None:
            wrapped = textwrap.wrap(
                step.said, WIDTH, break_long_words=False, break_on_hyphens=False
            )
            yield from (f"> {part}".rstrip() for part in wrapped or [""])


class _Reader:
    """Takes one line after the other. Raises ValueError, which tells what is wrong with it."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.notes: list[str] = []
        self.began = BEGAN
        self.at_ms: int | None = None
        """The time that stood on a line of its own."""

    def take(self, line: str) -> None:
        if len(line) > LONGEST_LINE or len(self.steps) >= MOST_STEPS:
            raise ValueError(f"more than {LONGEST_LINE} characters or {MOST_STEPS} steps")
        if line.startswith("#"):
            self._note(line[1:].strip())
        elif line.startswith(">"):
            self._coach(" ".join(line[1:].split()))
        elif (cut_in := CUT_IN.fullmatch(line)) is None:
            self._step(line)
        elif self.at_ms is not None:
            raise ValueError("two times, one after the other")
        else:
            self.at_ms = round(float(cut_in[1]) * 1000)
            if cut_in[2]:
                self._step(cut_in[2])

    def _note(self, note: str) -> None:
        began = _BEGAN.fullmatch(note)
        if self.steps:
            return
        if began is None:
            self.notes.append(note)
        else:
            self.began = _moment(began[1])

    def _coach(self, words: str) -> None:
        if not self.steps or self.at_ms is not None:
            raise ValueError("the coach speaks before anything was said or done")
        before = self.steps[-1].said
        self.steps[-1] = replace(self.steps[-1], said=f"{before or ''} {words}".strip())

    def _step(self, line: str) -> None:
        at_ms, self.at_ms = self.at_ms, None
        if line.startswith("!"):
            deed = read_deed(line)
            if deed.do == "wait" and at_ms is not None:
                raise UnknownDeed("waiting begins at the end of what is being said")
            self.steps.append(Step(at_ms=at_ms, deed=deed))
            return
        if not line and at_ms is not None:
            raise ValueError("silence is after the end of what is being said")
        self.steps.append(Step(" ".join(unescaped(line).split()), at_ms))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time such as 2026-01-05T07:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} does not end with Z for universal time")
    return moment.astimezone(UTC).replace(microsecond=0)
