"""Where a speaker began anew in the middle of a sentence: to say more, or to say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interaction_model.templates import Sentences

SHORTEST_ASIDE = 3
"""Words; fewer are no clause that can stand beside another one."""


@dataclass(frozen=True)
class Cut:
    """A sentence in two parts; each may be a clause of its own, or merely words."""

    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """A sentence that was broken off and said otherwise."""

    before: str
    after: str
    is_plain: bool
    """Whether the word between them can mean nothing but that."""

    def said_instead(self) -> Iterator[tuple[str, bool]]:
        """Give the sentences that may be meant, and whether anything of the first part is kept.

        “Remind me at seven, no wait, eight” keeps as much of the first part as makes sense.
        """
        words = self.before.split()
        for kept in range(len(words) - 1, -1, -1):
            yield " ".join((*words[:kept], self.after)), kept > 0


class Clauses:
    """Knows the words by which clauses begin and by which none ends."""

    def __init__(self, sentences: Sentences) -> None:
        words = sentences.clauses
        subject = rf"(?:{_any(words['subjects'])}|(?:{_any(words['owners'])}) \w+)"
        self._says = re.compile(
            rf"(?:(?:{_any(words['speakers'])}) \w+|{subject} (?:{_any(words['verbs'])}))\b"
        )
        self._joined = re.compile(rf"(?:{_any(words['joining'])}) ")
        self._orders = re.compile(rf"(?:{_any(words['orders'])})\b")
        self._open_end = re.compile(rf"\b(?:{_any(words['open_ends'])})$")
        self._denies = re.compile(rf"\b(?:{_any(sentences.negations)})\b")
        self._plainly = re.compile(rf"(.+) (?:{_any(words['corrections'])}) (.+)")
        self._perhaps = re.compile(rf"(.+) (?:{_any(words['perhaps_corrections'])}) (.+)")
        self._alone = frozenset(words["alone"])

    def correction(self, text: str) -> Correction | None:
        """Return where ``text``, in plain form, was said otherwise for the last time."""
        plainly = self._plainly.fullmatch(text)
        found = plainly or self._perhaps.fullmatch(text)
        return Correction(found[1], found[2], plainly is not None) if found else None

    def cuts(self, text: str) -> Iterator[Cut]:
        """Give every place where a clause may end and another begin."""
        words = text.split()
        for at in range(1, len(words)):
            cut = Cut(" ".join(words[:at]), " ".join(words[at:]))
            if self._begins(cut.after) and not self._open_end.search(cut.before):
                yield cut

    def is_aside(self, text: str) -> bool:
        """Say whether ``text`` is a clause that tells something: “I can't keep up”."""
        return len(text.split()) >= SHORTEST_ASIDE and bool(
            self._joined.match(text) or self._says.match(text)
        )

    def bears_an_aside(self, before: str) -> bool:
        """Say whether what was understood before an aside is enough not to be talk in the room."""
        return len(before.split()) > 1 or before in self._alone

    def bears_an_order(self, cut: Cut) -> bool:
        """Say whether what comes first merely tells something, and leaves the order as it is."""
        if not self.is_aside(cut.before) or len(cut.after.split()) == 1:
            return False
        return not self._denies.search(cut.before) or bool(self._says.match(cut.after))

    def _begins(self, text: str) -> bool:
        return bool(self._joined.match(text) or self._says.match(text) or self._orders.match(text))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
