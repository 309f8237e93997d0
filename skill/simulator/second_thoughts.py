"""What the ears try when a sentence is not one: begun anew, told beside another, or clipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from interaction_model.clauses import Cut
from skill.simulator.heard import Heard, HeardSlot
from skill.simulator.known_words import KnownWords

CORRECTED = 0.9
"""What is left of a score when something was said otherwise first."""

BOTH_UNDERSTOOD = 0.85
"""Score of a sentence in two clauses that are both understood."""

ONE_UNDERSTOOD = 0.78
"""Score of a sentence with an aside that is not."""

CLIPPED = 0.8
"""What is left of a score when the beginning of the first word was not heard."""

MOST_CUTS = 6
"""A sentence with more places to cut is talk."""

NEVER_IN_PASSING = frozenset({"ForgetMeIntent"})
"""What cannot be undone is asked for in a sentence of its own."""

THINGS = ("equipment", "equipment_b", "equipment_c", "equipment_d", "equipment_e")

Understand = Callable[[str, frozenset[str]], Heard | None]
Readings = Callable[[str], Iterator[tuple[str, float]]]


class SecondThoughts:
    """Finds the sentence in what was said; each way is tried only when others have failed."""

    def __init__(self, knows: KnownWords, understand: Understand, readings: Readings) -> None:
        self._knows = knows
        self._understand = understand
        self._readings = readings
        sentences = knows.recognizer.sentences
        self._tellings = sentences.tellings
        self._not_beside_others = sentences.strict | NEVER_IN_PASSING

    def corrected(self, plain: str, expected: frozenset[str]) -> Heard | None:
        """Hear “ten, no, eleven” as eleven."""
        found = self._knows.clauses.correction(self._bare(plain))
        if found is None:
            return None
        for text, keeps_some in found.said_instead():
            heard = self._understand(text, expected)
            if heard and (keeps_some or found.is_plain or self._means(found.before, heard)):
                why = f"“{text}” was said instead: {heard.why}"
                return replace(heard, score=heard.score * CORRECTED, why=why)
        return None

    def listed(self, plain: str) -> Heard | None:
        """Hear a list of things, whatever small words stand between their names."""
        text = self._bare(plain)
        names = self._knows.thing.findall(text)
        enough = 1 if self._knows.having.search(text) else 2
        rest = f"{self._knows.thing.sub('#', text)} "
        if len(names) < enough or not self._knows.list_of_things.fullmatch(rest):
            return None
        found = {self._knows.things[name]: name for name in reversed(names)}
        slots = {
            slot: HeardSlot(name, thing)
            for slot, (thing, name) in zip(THINGS, reversed(found.items()), strict=False)
        }
        return Heard("WhatIHaveIntent", slots, 0.9, "it is a list of things")

    def in_clauses(
        self, text: str, expected: frozenset[str], *, only_whole: bool = False
    ) -> Heard | None:
        """Hear “slow down, I can't keep up”: two clauses, or one and an aside.

        With ``only_whole`` both have to be understood.
        """
        cuts = list(self._knows.clauses.cuts(self._bare(text)))
        if len(cuts) > MOST_CUTS:
            return None
        found = filter(None, (self._of_cut(cut, expected) for cut in cuts))
        best = max(found, key=lambda heard: heard.score, default=None)
        return None if best and only_whole and best.score < BOTH_UNDERSTOOD else best

    def clipped(self, plain: str, expected: frozenset[str]) -> Heard | None:
        """Hear “ait a minute”: the microphone opened late."""
        found = {}
        for text in self._knows.near.unclipped(self._bare(plain)):
            heard = self._understand(text, expected)
            if heard and heard.intent not in self._not_beside_others:
                found[heard.intent] = replace(
                    heard, score=heard.score * CLIPPED, why=f"as “{text}”"
                )
        return found.popitem()[1] if len(found) == 1 else None

    def _of_cut(self, cut: Cut, expected: frozenset[str]) -> Heard | None:
        before, after = self._part(cut.before, expected), self._part(cut.after, expected)
        if before and after:
            return self._of_both(before, after)
        clauses = self._knows.clauses
        if before and clauses.bears_an_aside(cut.before) and clauses.is_aside(cut.after):
            return self._beside(before, cut.after)
        if after and clauses.bears_an_order(cut):
            return self._beside(after, cut.before)
        return None

    def _of_both(self, before: Heard, after: Heard) -> Heard | None:
        """Take what is asked for before what is told, and what was said last."""
        asked = [heard for heard in (before, after) if heard.intent not in self._tellings]
        chosen = asked[0] if len(asked) == 1 else after
        if before.intent == after.intent:
            chosen = replace(after, slots={**before.slots, **after.slots})
        elif chosen.intent in self._not_beside_others:
            return None
        return replace(chosen, score=BOTH_UNDERSTOOD, why=f"{before.why}; {after.why}")

    def _beside(self, heard: Heard, aside: str) -> Heard | None:
        if heard.intent in self._not_beside_others:
            return None
        return replace(heard, score=ONE_UNDERSTOOD, why=f"{heard.why}, beside “{aside}”")

    def _part(self, text: str, expected: frozenset[str]) -> Heard | None:
        readings = [reading for reading, _ in self._readings(text)]
        for reading in dict.fromkeys((readings[0], readings[-1])):
            heard = self._understand(reading, expected)
            if heard is not None:
                return heard
        return None

    def _means(self, text: str, heard: Heard) -> bool:
        before = self._understand(text, frozenset())
        return before is not None and before.intent == heard.intent

    def _bare(self, text: str) -> str:
        return self._knows.without_fillers(text)
