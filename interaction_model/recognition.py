"""Understanding a sentence by the templates themselves, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from hassil.intents import Intents, RangeSlotList, SlotList, TextSlotList, WildcardSlotList
from hassil.numbers import get_rbnf_engine
from hassil.recognize import RecognizeResult, recognize_all

from interaction_model.clock_times import ClockTimes
from interaction_model.contract import Contract, load_contract
from interaction_model.templates import Sentences, load_sentences

HIGHEST_NUMBER = 300
"""Numbers from 0 to this are understood: minutes, sets and reps end long before."""

MOST_KEPT = 4096
"""Sentences whose understandings are kept: one hearing asks for the same one several times."""

NUMBER = "AMAZON.NUMBER"
TIME = "AMAZON.TIME"


@dataclass(frozen=True)
class Filled:
    """What was said for a slot."""

    text: str
    """The words, the digits of a number, or a time as `ClockTimes` gives it."""

    id: str | None = None
    """Id of the value in its slot type; None for numbers, times and words it does not know."""


@dataclass(frozen=True)
class Match:
    """One way to understand a sentence."""

    intent: str
    slots: Mapping[str, Filled] = field(default_factory=dict)
    template: str = ""
    """What it was understood by."""


class Writing:
    """Brings different ways to write the same words to one form."""

    def __init__(self, sentences: Sentences) -> None:
        self._forms = sentences.forms
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![\w'])")

    def same_form(self, text: str) -> str:
        """Return ``text`` (a sentence in lower case, or a template) in the form to compare."""
        return self._pattern.sub(lambda found: self._forms[found[0]], text)

    def plain(self, text: str) -> str:
        """Return what was typed or heard without case, punctuation and hyphens, in one form."""
        lower = text.casefold().replace("’", "'").replace("‘", "'")
        bare = re.sub(r"[^\w']+|(?<!\w)'|'(?!\w)|_", " ", lower)
        return self.same_form(" ".join(bare.split()))


class Recognizer:
    """Knows every template of a language and tells which of them say a sentence.

    Loading takes some tenths of a second; afterwards nothing of it changes, and it may be asked
    from several threads.
    """

    def __init__(self, language: str = "en") -> None:
        self.contract: Contract = load_contract()
        self.sentences: Sentences = load_sentences(language)
        self.writing = Writing(self.sentences)
        self.clock = ClockTimes(self.sentences.clock, number_words(language))
        self._intents = Intents.from_dict(self._plain_intents())
        self._intents.slot_lists.update(self._slot_lists())
        self._understood = lru_cache(MOST_KEPT)(self._understandings)
        for intent in self.contract.intents.values():
            self.recognize(intent.example or "")  # hassil parses and indexes at first use

    def recognize(self, text: str) -> list[Match]:
        """Return every distinct understanding of ``text``, which is in plain form."""
        return list(self._understood(text))

    def _understandings(self, text: str) -> tuple[Match, ...]:
        found: dict[tuple[Any, ...], Match] = {}
        for match in self.every_match(text):
            found.setdefault((match.intent, tuple(sorted(match.slots.items(), key=str))), match)
        return tuple(found.values())

    def every_match(self, text: str) -> Iterator[Match]:
        """Give an understanding of ``text``, in plain form, for each template that says it."""
        matches = map(self._match, recognize_all(text, self._intents))
        return (match for match in matches if match)

    def _plain_intents(self) -> dict[str, Any]:
        return {
            "language": self.sentences.language,
            "expansion_rules": {
                name: self.writing.same_form(body) for name, body in self.sentences.rules.items()
            },
            "intents": {
                name: {"data": [{"sentences": [self.writing.same_form(w.template) for w in said]}]}
                for name, said in self.sentences.intents.items()
                if said
            },
        }

    def _slot_lists(self) -> dict[str, SlotList]:
        by_type: dict[str, SlotList] = {
            NUMBER: RangeSlotList(name="number", start=0, stop=HIGHEST_NUMBER),
            TIME: WildcardSlotList(name="time"),  # any words; those of no time are sorted out later
        }
        by_type |= {
            kind: TextSlotList.from_tuples(
                [(self.writing.same_form(name), v.id) for v in values for name in v.names()],
                allow_template=False,
                name=kind,
            )
            for kind, values in self.sentences.types.items()
        }
        return {slot: by_type[kind] for slot, kind in self.contract.slots.items()}

    def _match(self, result: RecognizeResult) -> Match | None:
        """Return what was understood, or None if words of no time stand for a time."""
        slots: dict[str, Filled] = {}
        others = " ".join(e.text_clean for e in result.entities_list if not e.is_wildcard)
        for entity in result.entities_list:
            if entity.is_wildcard:
                time = self.clock.read(entity.text_clean, beside=others)
                if time is None:
                    return None
                slots[entity.name] = Filled(time)
            elif isinstance(entity.value, int | float):
                slots[entity.name] = Filled(str(int(entity.value)))
            else:
                slots[entity.name] = Filled(entity.text_clean, str(entity.value))
        sentence = result.intent_sentence
        return Match(result.intent.name, slots, (sentence.text if sentence else None) or "")


@cache
def number_words(language: str) -> Mapping[str, str]:
    """Return the words and the digits of every number, to its digits."""
    engine = get_rbnf_engine(language)
    names = {}
    for number in range(HIGHEST_NUMBER + 1):
        for words in engine.format_number(number).text_by_ruleset.values():
            names[words.replace("-", " ").replace(",", "")] = str(number)
        names[str(number)] = str(number)
    return names
