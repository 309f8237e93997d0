"""How well the ears understand people who never saw our sentences: ``strangers.yaml``, heard.

``python -m tests.language.strangers`` prints the figures and everything that was heard wrong.

A line is heard in two ways. *Out of the blue* nothing is expected (a line of ``context`` is heard
with what it names). A real page does pass what is likely just then, and a listener may say anything
at any moment; so *in the conversation* a line is heard in every situation of a workout, and is
right only if it is right in each of them. The figure that is held is the first: it owes nothing to
a guess about the moment. The second shows that expecting something does not bend what was said.
A foreign line counts as accepted in the conversation if one situation accepts it.

``--held-out`` hears ``strangers_held_out.yaml`` instead, by another writer, by which nobody has
mended anything: the figure to be believed of the next stranger. Its slots were mostly left open.

``--half a`` lists only the mistakes of one half of the lines, told by a hash of their words.
Whoever mends the model looks at one half; the other says whether more was learned than that half
by heart.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from skill.coach.session import Phase
from skill.simulator.ears import FALLBACK, SESSION_ENDED, Ears, Heard
from skill.simulator.expected import expected

EITHER = "either of several"
FOREIGN = "foreign"
STOP = "AMAZON.StopIntent"

STRANGERS = "strangers.yaml"
HELD_OUT = "strangers_held_out.yaml"


@dataclass(frozen=True)
class Line:
    """What a stranger said, and what was meant."""

    text: str
    intents: frozenset[str]
    """Any of these is right; none for what is no business of ours."""

    row: str
    """Where it is counted: its intent, `EITHER` or `FOREIGN`."""

    slots: Mapping[str, str] | None = None
    """None where the slots are left open."""

    expects: frozenset[str] = frozenset()

    @property
    def half(self) -> str:
        """Return the half it belongs to, “a” or “b”; it never changes while the words stay."""
        return "ab"[hashlib.sha256(self.text.encode()).digest()[0] % 2]


@dataclass(frozen=True)
class Hearing:
    """A line and what was made of it."""

    line: Line
    heard: Heard

    @property
    def intent(self) -> str:
        """Return what was understood; Alexa itself ends the session at “exit”, which is to stop."""
        return STOP if self.heard.intent == SESSION_ENDED else self.heard.intent

    @property
    def right(self) -> bool:
        return self.intent in (self.line.intents or {FALLBACK})

    @property
    def slots(self) -> dict[str, str]:
        return {name: slot.id or slot.value for name, slot in self.heard.slots.items()}

    @property
    def slots_count(self) -> bool:
        """Say whether there are slots to be right or wrong: some meant, or some heard."""
        return self.right and self.line.slots is not None and bool(self.line.slots or self.slots)

    @property
    def slots_right(self) -> bool:
        return self.slots == self.line.slots

    def __str__(self) -> str:
        meant = " or ".join(sorted(self.line.intents)) or "nothing of ours"
        return (
            f"“{self.line.text}” means {meant} {_told(self.line.slots or {})}"
            f"-> {self.intent} {_told(self.slots)}({self.heard.score:.2f}; {self.heard.why})"
        )


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.part} of {self.whole} ({self.percent:.1f} %)"


@dataclass(frozen=True)
class Figures:
    """What came out of a hearing of all lines, or of some."""

    hearings: Sequence[Hearing] = field(repr=False)

    @property
    def ours(self) -> list[Hearing]:
        return [hearing for hearing in self.hearings if hearing.line.intents]

    @property
    def wrong(self) -> list[Hearing]:
        return [hearing for hearing in self.ours if not hearing.right]

    @property
    def accepted(self) -> list[Hearing]:
        """Return the foreign lines that were taken for something of ours."""
        return [h for h in self.hearings if not h.line.intents and not h.right]

    @property
    def wrong_slots(self) -> list[Hearing]:
        return [h for h in self.hearings if h.slots_count and not h.slots_right]

    @property
    def understood(self) -> Share:
        return Share(len(self.ours) - len(self.wrong), len(self.ours))

    @property
    def falsely_accepted(self) -> Share:
        return Share(len(self.accepted), len(self.hearings) - len(self.ours))

    @property
    def slots_filled(self) -> Share:
        """Return how many of the understood lines with slots have all of them right."""
        counted = sum(hearing.slots_count for hearing in self.hearings)
        return Share(counted - len(self.wrong_slots), counted)

    def of_half(self, half: str) -> Figures:
        return Figures([hearing for hearing in self.hearings if hearing.line.half == half])

    def by_row(self) -> dict[str, Share]:
        rows: dict[str, list[Hearing]] = defaultdict(list)
        for hearing in self.hearings:
            rows[hearing.line.row].append(hearing)
        return {row: Share(sum(h.right for h in of), len(of)) for row, of in rows.items()}


@cache
def lines(name: str = STRANGERS) -> tuple[Line, ...]:
    path = Path(__file__).parent / name
    plain: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(_lines(plain))


def _lines(plain: Mapping[str, Any]) -> Iterator[Line]:
    for intent, said in plain["understood"].items():
        for text, slots in said.items():
            yield Line(text, frozenset({intent}), intent, slots)
    for one in plain["either"]:
        yield Line(one["say"], frozenset(one["intents"]), EITHER)
    for one in plain["context"]:
        intent = one["intent"]
        expects = frozenset(one["expects"])
        yield Line(one["say"], frozenset({intent}), intent, one["slots"], expects)
    for text in plain["foreign"]:
        yield Line(text, frozenset(), FOREIGN)


def situations() -> frozenset[frozenset[str]]:
    """Return what the page passes as expected, for every situation of a conversation."""
    return frozenset(expected({"session": {"phase": phase.value}}) for phase in Phase)


def out_of_the_blue(ears: Ears, name: str = STRANGERS) -> Figures:
    """Hear every line once, with nothing expected but what the line itself names."""
    return Figures([Hearing(line, ears.hear(line.text, line.expects)) for line in lines(name)])


def in_the_conversation(ears: Ears, name: str = STRANGERS) -> Figures:
    """Hear every line in every situation and keep the worst hearing; `context` in its own."""
    return Figures([_worst(ears, line) for line in lines(name)])


def _worst(ears: Ears, line: Line) -> Hearing:
    moments: Iterable[frozenset[str]] = [line.expects] if line.expects else situations()
    hearings = [Hearing(line, ears.hear(line.text, moment)) for moment in moments]
    return min(hearings, key=lambda hearing: hearing.right)


def _told(slots: Mapping[str, str]) -> str:
    return "".join(f"{name}={value} " for name, value in sorted(slots.items()))


def listed(hearings: Iterable[Hearing]) -> str:
    """Return what was heard wrong, one a line, for people to read."""
    return "\n".join(f"  {hearing}" for hearing in hearings) or "  none"


def _summary(name: str, figures: Figures) -> Iterator[str]:
    yield f"{name}: right intent {figures.understood}, all slots {figures.slots_filled}"
    yield f"{' ' * len(name)}  foreign accepted {figures.falsely_accepted}"


def _rows(figures: Figures) -> Iterator[str]:
    for row, share in sorted(figures.by_row().items(), key=lambda pair: pair[1].percent):
        yield f"  {share.percent:5.1f} %  {share.part:3} of {share.whole:3}  {row}"


def report(blue: Figures, conversing: Figures, half: str | None = None) -> Iterator[str]:
    """Return the figures, and everything that was heard wrong, line by line."""
    yield from _summary("Out of the blue", blue)
    for name in "ab":
        yield from _summary(f"  half {name.upper()}", blue.of_half(name))
    yield from _summary("In the conversation", conversing)
    yield "\nEvery intent, out of the blue:"
    yield from _rows(blue)
    shown = blue.of_half(half) if half else blue
    conversed = conversing.of_half(half) if half else conversing
    known = {hearing.line.text for hearing in (*shown.wrong, *shown.accepted)}
    yield f"\nTaken for something else, or for nothing:\n{listed(shown.wrong)}"
    yield f"\nForeign, and yet accepted:\n{listed(shown.accepted)}"
    yield f"\nRight intent, wrong slots:\n{listed(shown.wrong_slots)}"
    worse = [h for h in (*conversed.wrong, *conversed.accepted) if h.line.text not in known]
    yield f"\nWrong only in some situation of the conversation:\n{listed(worse)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how well strangers are understood."""
    parser = argparse.ArgumentParser(prog="python -m tests.language.strangers")
    parser.add_argument("--half", choices=("a", "b"), help="list the mistakes of this half only")
    parser.add_argument(
        "--held-out", action="store_const", const=HELD_OUT, default=STRANGERS, dest="name"
    )
    wanted = parser.parse_args(arguments)
    ears, name = Ears(), wanted.name
    figures = out_of_the_blue(ears, name), in_the_conversation(ears, name)
    for line in report(*figures, wanted.half):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
