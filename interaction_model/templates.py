"""The sentences of one language: templates, the values of slots, and how to write them out."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hassil.expression import Sentence
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence

from interaction_model.clock_times import ClockWords
from interaction_model.contract import FOLDER
from interaction_model.plain_yaml import read_yaml

MOST_SHAPES = 10_000
"""Where writing out one template stops, however many more it could give."""

GOLDEN = 0.618
"""Steps of this part of a row, taken round and round, fall nowhere twice and everywhere evenly."""


@dataclass(frozen=True)
class Words:
    """A template and where it is said."""

    template: str
    locales: frozenset[str] = frozenset()
    """The only locales that say it; empty: everywhere."""

    def said_in(self, locale: str | None) -> bool:
        """Say whether it belongs to ``locale``; None stands for all of them together."""
        return locale is None or not self.locales or locale in self.locales


@dataclass(frozen=True)
class Value:
    """One value of a slot type."""

    id: str
    name: str
    synonyms: tuple[Words, ...]

    def names(self, locale: str | None = None) -> tuple[str, ...]:
        """Return every way to say it, the name first, each once."""
        said = (w.template for w in self.synonyms if w.said_in(locale))
        return tuple(dict.fromkeys([self.name, *(n for t in said for n in written_out(t))]))


@dataclass(frozen=True)
class Sentences:
    """What people say in one language."""

    language: str
    spellings: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Word of the file, to how it is spelled instead, to the locales that do."""

    forms: Mapping[str, str]
    """Ways of writing, to the one form that is compared."""

    fillers: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    alarms: Mapping[str, tuple[str, ...]]
    """Intent to the words that make any unknown sentence mean it."""

    no_alarms: tuple[str, ...]
    """Whole sentences that hold such words and are no warning, nor anything else."""

    felt: tuple[str, ...]
    """How a sentence begins that tells what is felt in a part of the body."""

    asking: tuple[str, ...]
    """What stands before such words in a question."""

    placing: tuple[str, ...]
    """How a question begins that asks where a part of the body belongs."""

    calling: Mapping[str, tuple[str, ...]]
    """The parts of a call to the skill: wake, greetings, polite, launch, kinds, joining, ...;
    `other` calls another skill when our name does not follow."""

    leads: Mapping[str, tuple[str, ...]]
    """Intent to the beginnings by which it is known when all else fails."""

    of_the_body: tuple[str, ...]
    """What stands before a part of the body when something is felt there."""

    unknown_names: Mapping[str, str]
    """The intent and slot that take words unknown to the type; the words one of which precedes."""

    clock: ClockWords
    """The words for times of the day."""

    reminding: frozenset[str]
    """The strict intents of reminders."""

    playing: frozenset[str]
    """The strict intents that play something, which ends the conversation."""

    common: int
    """A word of as many intents says nothing in particular, and may stand there all the same."""

    questions: frozenset[str]
    """Words that never may, however many intents have them."""

    clauses: Mapping[str, tuple[str, ...]]
    """The words by which a clause begins or cannot end, and those that correct what was said."""

    tellings: frozenset[str]
    """The intents that tell something; what is asked for beside them goes first."""

    listing: Mapping[str, tuple[str, ...]]
    """The words around the names in a list of things, and those that make a list of one."""

    sound_alikes: Mapping[str, str]
    """What was written down, to what may have been said."""

    harmless: tuple[str, ...]
    """Phrases that hold a word of warning, or a part of the body, and mean neither."""

    opposites: tuple[tuple[str, str], ...]
    ordinary: frozenset[str]
    """Words of other matters that are spelled well."""

    negations: frozenset[str]
    rules: Mapping[str, str]
    types: Mapping[str, tuple[Value, ...]]
    intents: Mapping[str, tuple[Words, ...]]

    @property
    def strict(self) -> frozenset[str]:
        """The intents a sentence is never merely like when it has words that none of theirs has."""
        return self.reminding | self.playing

    def spell(self, text: str, locale: str) -> str:
        """Return ``text`` as it is written in ``locale``."""
        for word, others in self.spellings.items():
            for other, locales in others.items():
                if locale in locales:
                    text = re.sub(rf"\b{word}\b", other, text)
        return text


def _words(plain: Iterable[str], regional: Mapping[str, Sequence[str]]) -> tuple[Words, ...]:
    there = (
        Words(template, frozenset(locales.split()))
        for locales, templates in regional.items()
        for template in templates
    )
    return (*map(Words, plain), *there)


def _value(raw: Mapping[str, Any]) -> Value:
    return Value(raw["id"], raw["name"], _words(raw.get("also", ()), raw.get("regional", {})))


@cache
def load_sentences(language: str = "en") -> Sentences:
    """Read the sentences of ``language``; the file is read once in the life of the process."""
    raw = read_yaml(FOLDER / "sentences" / f"{language}.yaml")
    return Sentences(
        language=raw["language"],
        spellings={
            word: {other: tuple(locales) for other, locales in others.items()}
            for word, others in raw["spellings"].items()
        },
        forms=raw["forms"],
        fillers=tuple(raw["fillers"]),
        openings=tuple(raw["openings"]),
        closings=tuple(raw["closings"]),
        alarms={intent: tuple(map(str, words)) for intent, words in raw["alarms"].items()},
        no_alarms=tuple(raw["no_alarms"]),
        felt=tuple(raw["felt"]),
        asking=tuple(raw["asking"]),
        placing=tuple(raw["placing"]),
        calling={part: tuple(words) for part, words in raw["calling"].items()},
        leads={intent: tuple(words) for intent, words in raw["leads"].items()},
        of_the_body=tuple(raw["of_the_body"]),
        unknown_names=raw["unknown_names"],
        clock=ClockWords(**raw["clock"]),
        reminding=frozenset(raw["strict"]["reminding"]),
        playing=frozenset(raw["strict"]["playing"]),
        common=raw["strict"]["common"],
        questions=frozenset(raw["strict"]["questions"]),
        clauses={part: tuple(words) for part, words in raw["clauses"].items()},
        tellings=frozenset(raw["tellings"]),
        listing={part: tuple(words) for part, words in raw["listing"].items()},
        sound_alikes=raw["sound_alikes"],
        harmless=tuple(raw["harmless"]),
        opposites=tuple((one, other) for one, other in raw["opposites"]),
        ordinary=frozenset(raw["ordinary"]),
        negations=frozenset(raw["negations"]),
        rules=raw["rules"],
        types={kind: tuple(map(_value, values)) for kind, values in raw["types"].items()},
        intents={
            name: _words(body["sentences"], body.get("regional", {}))
            for name, body in raw["intents"].items()
        },
    )


@cache
def _rules(language: str) -> dict[str, Sentence]:
    rules = load_sentences(language).rules
    return {name: parse_sentence(body) for name, body in rules.items()}


@cache
def written_out(template: str, language: str = "en") -> tuple[str, ...]:
    """Return every text ``template`` stands for, slots left as ``{slot}``, each once, in order.

    No more than `MOST_SHAPES` are taken.
    """
    texts = sample_sentence(
        parse_sentence(template), expansion_rules=_rules_for(template, language), expand_lists=False
    )
    clean = (" ".join(text.split()) for text in itertools.islice(texts, MOST_SHAPES))
    return tuple(dict.fromkeys(text for text in clean if text))


def _rules_for(template: str, language: str) -> dict[str, Sentence]:
    return _rules(language) if "<" in template else {}


def spread(texts: Sequence[str], most: int) -> list[str]:
    """Return about ``most`` of ``texts``, in their order, as different from each other as can be.

    No word of them is lost: where that needs more than ``most``, more are returned.
    """
    count = len(texts)
    if count <= most:
        return list(texts)
    step = next(s for s in range(int(count * GOLDEN), count) if math.gcd(s, count) == 1)
    mixed = [index * step % count for index in range(count)]
    seen: set[str] = set()
    chosen: set[int] = set()
    for index in mixed:
        words = set(texts[index].split())
        if not words <= seen:
            seen |= words
            chosen.add(index)
    rest = [index for index in mixed if index not in chosen]
    chosen.update(rest[: max(most - len(chosen), 0)])
    return [texts[index] for index in sorted(chosen)]
