"""Understanding a sentence that no template says word for word, and how near it comes."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from interaction_model.masking import DAY, Masked, Masking
from interaction_model.recognition import MOST_KEPT, NUMBER, TIME, Filled, Match, Recognizer
from interaction_model.templates import spread, written_out

MOST_OF_A_TEMPLATE = 40
"""Shapes kept of one template; hassil knows all of them, this is for what is merely alike."""

SAME_WORD = 85.0
"""From this likeness (0 to 100, insertions and deletions) a word is another one misspelled."""

ONE_LETTER_OF_FOUR = 0.75
"""From this likeness (0 to 1, single letters exchanged) with the same first letter, too."""

SAME_NAME = 86.0
"""From this likeness a run of words is the misspelled name of a slot value."""

UNKNOWN_WORD = 0.85
"""What is left of a likeness for each word that no template has."""

SHORTEST_CLIPPED = 3
MOST_LETTERS_CLIPPED = 2
"""A word whose beginning was not heard has lost no more letters, and has as many left."""

MOST_WORDS_OF_A_NAME = 4
TELLING = frozenset({"Exercise", "Equipment", "Topic"})
"""Slot types whose names are long enough to be known when misspelled."""

SAYS_NOTHING = frozenset({"i", "am", "a", "an", "the"})
"""Words that make no sentence alike: “I am breathing hard” is not “I am {level}”."""

ARTICLES = frozenset({"a", "an", "the", "some"})

SAID_OF_REMINDERS = frozenset({f"{{{DAY}}}", f"{{{TIME}}}"})
"""When to be reminded may be said with any reminder, also where no template has a slot for it."""

STRICT = 0.95
"""What is left of a likeness to a strict intent: those whose doing outlasts the conversation."""

ENOUGH_TO_COMPARE = 300
"""Shapes sharing the rarest words of a sentence that are looked at closely."""


@dataclass(frozen=True)
class Shape:
    """One way to say an intent, with the slots still open."""

    intent: str
    text: str
    """As written out, slots as ``{slot}``."""

    tokens: tuple[str, ...]
    """Its words; a slot stands as its type, such as ``{Exercise}``."""

    slots: tuple[str, ...]
    """Slot names in their order."""

    @property
    def is_bare(self) -> bool:
        """Whether it is slots and no telling word: anything is a little like that."""
        said = [token for token in self.tokens if token not in SAYS_NOTHING]
        return bool(self.slots) and len(self.slots) == len(said)


@dataclass(frozen=True)
class Near:
    """A shape that a sentence is like."""

    match: Match
    score: float
    """0 for nothing in common, 1 for the same words."""


class NearMisses:
    """Finds what a sentence is like. Built once; nothing of it changes afterwards."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._sentences = recognizer.sentences
        self._contract = recognizer.contract
        same_form = recognizer.writing.same_form
        self._clock = recognizer.clock
        self._masking = Masking(recognizer)
        self._names = self._masking.names
        self._telling = {n for kind in TELLING for n in self._names[kind] if len(n) > 4}
        self._sorted_telling = sorted(self._telling)
        self._shapes = list(self._all_shapes(same_form))
        self._first_words = sorted({shape.tokens[0] for shape in self._shapes})
        self._carriers = self._all_carriers()
        self._vocabulary = self._all_words()
        numbers = {word for name in self._names[NUMBER] for word in name.split()}
        # “thirsty” is not “thirty”: a number that was not said is worse than none
        self._long_words = sorted(w for w in self._vocabulary - numbers if len(w) > 3)
        self._by_first_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._long_words:
            self._by_first_letter[word[0]].append(word)
        self._weights, common = self._all_weights()
        self._weight_of_unknown = math.log(
            1 + len(self._sentences.intents.keys() - self._sentences.strict)
        )
        when = dict.fromkeys(self._sentences.reminding, SAID_OF_REMINDERS)
        self._ours = {
            intent: common.union(
                when.get(intent, ()), *(s.tokens for s in self._shapes if s.intent == intent)
            )
            for intent in self._sentences.strict
        }
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._reminding: dict[str, list[int]] = defaultdict(list)
        self._playing: dict[str, list[int]] = defaultdict(list)
        for index, shape in enumerate(self._shapes):
            holding = self._holding_of(shape.intent)
            for token in set(shape.tokens):
                holding[token].append(index)
        self._token_sets = [frozenset(shape.tokens) for shape in self._shapes]
        self._sums = [self._sum(shape.tokens) for shape in self._shapes]
        self._known = lru_cache(MOST_KEPT)(self._likenesses)

    def spelled(self, text: str) -> str:
        """Return ``text`` with misspelled words and names put right, as far as that is certain."""
        said = text.split()
        unknown = [not self._is_word(word) for word in said]
        words = [self._known_word(word) for word in said]
        for length in range(min(MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                end = start + length
                name = any(unknown[start:end]) and self._known_name(" ".join(words[start:end]))
                if name:
                    return " ".join((*words[:start], name, *words[end:]))
        return " ".join(words)

    def unclipped(self, text: str) -> Iterator[str]:
        """Give ``text`` with what its first word may have been, had its beginning been heard.

        Nothing is given for a first word that means something as it is; the scrap of one that is
        too short to tell is left out.
        """
        first, _, rest = text.partition(" ")
        if self._is_word(first) or any(c.isdigit() for c in first):
            return
        if len(first) < SHORTEST_CLIPPED:
            if rest:
                yield rest
            return
        for word in self._first_words:
            if word.endswith(first) and len(word) - len(first) <= MOST_LETTERS_CLIPPED:
                yield f"{word} {rest}".strip()

    def best(self, text: str, most: int = 5) -> list[Near]:
        """Return up to ``most`` intents ``text`` is like, each by its best shape, best first."""
        return list(self._known(text)[:most])

    def _likenesses(self, text: str) -> tuple[Near, ...]:
        found: dict[str, Near] = {}
        for reading in self._masking.masked(text):
            for near in self._alike(reading):
                known = found.get(near.match.intent)
                if known is None or near.score > known.score:
                    found[near.match.intent] = near
        return tuple(sorted(found.values(), key=lambda near: -near.score))

    def unknown_name(self, text: str) -> Match | None:
        """Return a match whose one value its type does not know, when all before it is said.

        Alexa fills slots with unknown words too: "how do I do a handstand" is a how-to.
        """
        for shape, carrier in self._carriers:
            rest = text.removeprefix(carrier)
            if rest != text and self._is_unknown(rest):
                return Match(shape.intent, {shape.slots[0]: Filled(rest)}, shape.text)
        return None

    def _all_carriers(self) -> list[tuple[Shape, str]]:
        """Return the shapes that take unknown names, with what stands before, longest first."""
        wanted = self._sentences.unknown_names
        hole = f"{{{wanted['slot']}}}"
        found = [
            (shape, shape.text.removesuffix(hole))
            for shape in self._shapes
            if shape.intent == wanted["intent"]
            and shape.slots == (wanted["slot"],)
            and shape.text.endswith(hole)
            and self._stands_before_a_name(shape.text.removesuffix(hole))
        ]
        return sorted(found, key=lambda pair: -len(pair[1]))

    def _stands_before_a_name(self, carrier: str) -> bool:
        """Say whether ``carrier`` ends in a word that names follow: “how do I do a”."""
        words = [word for word in carrier.split() if word not in ARTICLES]
        return bool(words) and words[-1] in self._sentences.unknown_names["after"].split()

    def _is_unknown(self, words: str) -> bool:
        parts = words.split()
        return len(parts) <= MOST_WORDS_OF_A_NAME and any(w not in self._vocabulary for w in parts)

    def _all_shapes(self, same_form: Callable[[str], str]) -> Iterator[Shape]:
        seen: set[tuple[str, str]] = set()
        for intent, said in self._sentences.intents.items():
            for words in said:
                for written in spread(written_out(words.template), MOST_OF_A_TEMPLATE):
                    text = same_form(written.casefold())
                    if (intent, text) not in seen:
                        seen.add((intent, text))
                        yield self._shape(intent, text)

    def _shape(self, intent: str, text: str) -> Shape:
        kinds = self._contract.intents[intent].slots
        slots = tuple(re.findall(r"\{(\w+)\}", text))
        tokens = re.sub(r"\{(\w+)\}", lambda found: f"{{{kinds[found[1]]}}}", text).split()
        return Shape(intent, text, tuple(tokens), slots)

    def _all_words(self) -> frozenset[str]:
        words = {token for shape in self._shapes for token in shape.tokens}
        for names in self._names.values():
            words.update(word for name in names for word in name.split())
        for phrases in self._sentences.alarms.values():
            words.update(word for phrase in phrases for word in phrase.split())
        words.update(self._clock.words)
        words.update(self._sentences.openings, self._sentences.closings, self._sentences.fillers)
        return frozenset(words)

    def _all_weights(self) -> tuple[dict[str, float], frozenset[str]]:
        """Return what each word is worth, and the words that many intents have.

        Strict intents know by their words alone; they make the words of no other intent cheaper.
        """
        strict, playing = self._sentences.strict, self._sentences.playing
        having: dict[str, set[str]] = defaultdict(set)
        for shape in self._shapes:
            for token in shape.tokens:
                having[token].add(shape.intent)
        total = len(self._sentences.intents.keys() - strict)
        weights = {t: math.log(1 + total / len(of - strict or of)) for t, of in having.items()}
        common = {t for t, of in having.items() if len(of - playing) >= self._sentences.common}
        return weights, frozenset(common - self._sentences.questions)

    def _weight(self, token: str) -> float:
        return self._weights.get(token, self._weight_of_unknown)

    def _holding_of(self, intent: str) -> dict[str, list[int]]:
        """Return the index of shapes by their words that ``intent`` belongs to."""
        if intent in self._sentences.reminding:
            return self._reminding
        return self._playing if intent in self._sentences.playing else self._holding

    def _sum(self, tokens: Iterable[str]) -> float:
        return sum(map(self._weight, tokens))

    def _known_word(self, word: str) -> str:
        if len(word) < 4 or self._is_word(word) or any(c in "0123456789'" for c in word):
            return word
        found = process.extractOne(
            word, self._long_words, scorer=fuzz.ratio, score_cutoff=SAME_WORD
        )
        if found is None:
            same_start = self._by_first_letter.get(word[0], ())
            found = process.extractOne(
                word, same_start, scorer=OSA.normalized_similarity, score_cutoff=ONE_LETTER_OF_FOUR
            )
        return str(found[0]) if found else word

    def _is_word(self, word: str) -> bool:
        return word in self._vocabulary or word in self._sentences.ordinary

    def _known_name(self, run: str) -> str | None:
        if len(run) < 5 or run in self._telling or run in self._vocabulary:
            return None
        found = process.extractOne(
            run, self._sorted_telling, scorer=fuzz.ratio, score_cutoff=SAME_NAME
        )
        if found is None or found[0] in run or run in found[0]:
            return None
        return str(found[0])

    def _alike(self, reading: Masked) -> Iterator[Near]:
        strange = sum(token not in self._holding for token in reading.tokens)
        yield from self._nearest(reading, UNKNOWN_WORD**strange, self._holding)
        if reading.tells_when:
            said = frozenset(reading.tokens)
            if any(said <= ours for ours in self._ours.values()):
                # nothing but days and times is of nothing else
                factor = 1.0 if said <= SAID_OF_REMINDERS else STRICT
                yield from self._nearest(reading, factor, self._reminding)
                yield from self._nearest(reading, factor, self._playing)

    def _nearest(
        self, reading: Masked, factor: float, holding: Mapping[str, list[int]]
    ) -> Iterator[Near]:
        tokens = reading.tokens
        said = frozenset(tokens)
        whole = self._sum(tokens)
        likeness = {
            i: 2 * self._sum(said & self._token_sets[i]) / (whole + self._sums[i])
            for i in _sharing(said, holding)
        }
        for index in sorted(likeness, key=lambda i: (-round(likeness[i], 6), i))[:12]:
            shape = self._shapes[index]
            if (
                shape.is_bare
                or self._contradicts(tokens, shape.tokens)
                or (shape.intent in self._sentences.strict and not self._keeps_to(shape, reading))
            ):
                continue
            slots = self._fill(shape, reading.said)
            if slots is not None:
                order = fuzz.ratio(" ".join(tokens), " ".join(shape.tokens)) / 100
                score = factor * (0.75 * min(likeness[index], 1.0) + 0.25 * order)
                yield Near(Match(shape.intent, slots, shape.text), score)

    def _keeps_to(self, shape: Shape, reading: Masked) -> bool:
        """Say whether the intent of ``shape`` knows all words, and nothing that matters is lost.

        That is a day or a time for a reminder; to play, any word of the shape, and a denial.
        """
        said = {*reading.tokens}
        if shape.intent in self._sentences.playing and (
            self._sentences.negations & said or not said >= {*shape.tokens}
        ):
            return False
        kinds = set(self._contract.intents[shape.intent].slots.values())
        lost = {kind for kind in kinds & {DAY, TIME} if reading.said.get(kind)} - {
            token.strip("{}") for token in shape.tokens
        }
        return not lost and self._ours[shape.intent] >= said

    def _contradicts(self, said: tuple[str, ...], shape: tuple[str, ...]) -> bool:
        no = self._sentences.negations
        if bool(no & set(said)) != bool(no & set(shape)):
            return True
        return any(
            (one in said and one not in shape and other in shape)
            or (other in said and other not in shape and one in shape)
            for one, other in self._sentences.opposites
        )

    def _fill(self, shape: Shape, fillings: Mapping[str, list[Filled]]) -> dict[str, Filled] | None:
        """Return the slots of ``shape``, or None where what was said does not fill them."""
        kinds = self._contract.intents[shape.intent].slots
        wanted = Counter(kinds[slot] for slot in shape.slots)
        if any(len(fillings.get(kind, ())) != count for kind, count in wanted.items()):
            return None
        left = {kind: list(filled) for kind, filled in fillings.items()}
        return {slot: left[kinds[slot]].pop(0) for slot in shape.slots}


def _sharing(tokens: Iterable[str], holding: Mapping[str, list[int]]) -> set[int]:
    """Return the shapes that share the rarest of ``tokens``; ``holding`` has those of each."""
    sharing: set[int] = set()
    for having in sorted((holding.get(token, []) for token in sorted(tokens)), key=len):
        sharing.update(having)
        if len(sharing) > ENOUGH_TO_COMPARE:
            break
    return sharing
