"""What is said for the slots in a sentence, and the sentence with the slot types in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from interaction_model.clock_times import MOST_WORDS_OF_A_TIME
from interaction_model.recognition import NUMBER, TIME, Filled, Recognizer, number_words

DAY = "Day"

MOST_WORDS_OF_A_VALUE = MOST_WORDS_OF_A_TIME

SAID_OF_ANYTHING = frozenset({"PainQuality"})
"""Slot types whose names make no sentence alike: “a little” and “bad” are said of anything."""


@dataclass(frozen=True)
class Masked:
    """A sentence with types in the place of what may fill slots."""

    tokens: tuple[str, ...]
    """Its words, types as ``{Type}``."""

    said: Mapping[str, list[Filled]]
    """Type, to what was said for it, in order."""

    tells_when: bool
    """Whether every day and time of the day that was said is in `said`."""


class Masking:
    """Finds what may fill a slot. Built once; nothing of it changes afterwards."""

    def __init__(self, recognizer: Recognizer) -> None:
        same_form = recognizer.writing.same_form
        self._clock = recognizer.clock
        self.names: dict[str, Mapping[str, str]] = {
            kind: {same_form(name): value.id for value in values for name in value.names()}
            for kind, values in recognizer.sentences.types.items()
        }
        """Slot type, to every name of its values in the form that is compared, to the id."""

        self.names[NUMBER] = number_words(recognizer.sentences.language)

    def masked(self, text: str) -> Iterator[Masked]:
        """Give the words of ``text`` with the names of one slot type, or none, put as that type.

        Numbers are put so with each; days and times of the day go together.
        """
        days_masked, days = self._without(text.split(), DAY)
        beside = " ".join(day.text for day in days)
        timed, times = _without_runs(days_masked, TIME, lambda run: self._clock.read(run, beside))
        words, numbers = self._without(text.split(), NUMBER)
        yield Masked(tuple(words), {NUMBER: numbers}, not (days or times))
        if numbers:
            yield Masked(tuple(text.split()), {}, not (days or times))  # “one more” is no number
        for kind in self.names:
            masked, filled = self._without(words, kind)
            if filled and kind not in SAID_OF_ANYTHING:
                tells_when = not times and (kind == DAY or not days)
                yield Masked(tuple(masked), {NUMBER: numbers, kind: filled}, tells_when)
        if times:
            at = [Filled(time.id or "") for time in times]
            yield Masked(tuple(timed), {DAY: days, TIME: at}, True)

    def _without(self, words: list[str], kind: str) -> tuple[list[str], list[Filled]]:
        masked, filled = _without_runs(words, kind, self.names[kind].get)
        return masked, [Filled(f.id or "") for f in filled] if kind == NUMBER else filled


def _without_runs(
    words: list[str], kind: str, find: Callable[[str], str | None]
) -> tuple[list[str], list[Filled]]:
    """Return ``words`` with the longest runs that ``find`` knows put as ``kind``, and those."""
    masked: list[str] = []
    filled: list[Filled] = []
    at = 0
    while at < len(words):
        for length in range(min(MOST_WORDS_OF_A_VALUE, len(words) - at), 0, -1):
            run = " ".join(words[at : at + length])
            value = find(run)
            if value is not None:
                masked.append(f"{{{kind}}}")
                filled.append(Filled(run, value))
                at += length
                break
        else:
            masked.append(words[at])
            at += 1
    return masked, filled
