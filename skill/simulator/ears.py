"""The ears of the pretend speaker: free text in, an intent with slots out, or an honest shrug."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from interaction_model.near_misses import Near, NearMisses
from interaction_model.recognition import Filled, Match, Recognizer

LAUNCH = "LaunchRequest"
SESSION_ENDED = "SessionEndedRequest"
FALLBACK = "AMAZON.FallbackIntent"

SURE = 0.72
"""A near miss from this likeness on is understood."""

SURE_WHEN_EXPECTED = 0.62
"""The same, for what is likely to be said in the state the coach is in."""

MISSPELLED = 0.95
"""What is left of a score when words had to be put right first."""

DENYING = "JustRightIntent"
"""Saying that nothing hurts means this, but only word for word."""

MOST_WORDS = 40
"""Nobody says more in one breath; of more, only a warning is heard."""

AHEAD = 0.03
"""How far the best must be ahead of another intent that is not expected any less."""


@dataclass(frozen=True)
class HeardSlot:
    """What was said for one slot."""

    value: str
    """The words as they were said, the digits of a number, or a time as Amazon writes it: “HH:MM”
    in 24 hours, or “MO”, “AF”, “EV” or “NI” for a part of the day."""

    id: str | None
    """Id of the value in its slot type; None for numbers, times and words it does not know."""


@dataclass(frozen=True)
class Heard:
    """What was understood."""

    intent: str
    """An intent of the contract, or `LAUNCH` or `SESSION_ENDED`."""

    slots: Mapping[str, HeardSlot] = field(default_factory=dict)
    score: float = 1.0
    """1 for word for word, 0 for nothing in common with anything that can be meant."""

    why: str = ""
    """One clause for a person who wonders."""


class _Knowledge:
    """Everything that takes time to load."""

    def __init__(self) -> None:
        self.recognizer = Recognizer()
        self.near = NearMisses(self.recognizer)
        self.same_form = self.recognizer.writing.same_form
        sentences = self.recognizer.sentences
        self.alarms = {
            intent: re.compile(_any_of(map(self.same_form, words)))
            for intent, words in sentences.alarms.items()
        }
        self.body_parts = {
            name: value.id for value in sentences.types["BodyPart"] for name in value.names()
        }
        self.no_alarms = frozenset(map(self.same_form, sentences.no_alarms))
        body_part = _any_of(self.body_parts)
        self.body_part = re.compile(body_part)
        told = "".join(rf"(?<!\b{re.escape(word)} )" for word in sentences.asking)
        felt = told + _any_of(map(self.same_form, sentences.felt))
        self.about_the_body = re.compile(
            f"^{_any_of(sentences.of_the_body)} {body_part}|{felt} .*my .*{body_part}"
        )
        self.placing = re.compile(
            f"^{_any_of(map(self.same_form, sentences.placing))}.* {body_part}"
        )
        self._learn_qualities()
        self.leads = {
            intent: re.compile(f"^{_any_of(words)}") for intent, words in sentences.leads.items()
        }
        self.fillers = re.compile(_any_of(sentences.fillers))
        self.opening = re.compile(f"^{_any_of(map(self.same_form, sentences.openings))} ")
        self.closing = re.compile(f" {_any_of(map(self.same_form, sentences.closings))}$")
        self._learn_calls(
            {part: _any_of(map(self.same_form, words)) for part, words in sentences.calling.items()}
        )

    def _learn_qualities(self) -> None:
        """Learn how a pain is told to be sharp or dull; dull only beside a word of pain."""
        pain = _any_of(map(self.same_form, self.recognizer.sentences.alarms["PainIntent"]))
        kinds = {
            value.id: _any_of(map(self.same_form, value.names()))
            for value in self.recognizer.sentences.types["PainQuality"]
        }
        sharp, dull = kinds["sharp"], kinds["dull"]
        self.qualities = {
            "sharp": re.compile(f"({sharp})"),
            "dull": re.compile(f"({dull}) {pain}|{pain} ({dull})"),
        }
        no = _any_of(self.recognizer.sentences.negations)
        self.denied = re.compile(rf"{no}(?: \w+){{0,2}} $")

    def _learn_calls(self, said: Mapping[str, str]) -> None:
        """Learn how the skill is called from the words for each part of a call."""
        wake = said["wake"]
        self.wake = re.compile(f"^(?:{said['greetings']} )?{wake}(?: |$)|(?:^| ){wake}$")
        self.polite = re.compile(f"^(?:{said['polite']} )+")
        name = self.recognizer.contract.invocation.replace("workout", "work ?outs?")
        self.called = re.compile(
            f"^(?:{said['launch']} )?{name}(?: {said['kinds']})?"
            f"(?: {said['joining']})?(?: (?P<rest>.+))?$"
        )
        self.called_behind = re.compile(f"^(?P<rest>.+) {said['behind']} {name}$")
        self.exit = re.compile(said["exit"])


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of ``phrases`` as whole words, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])"


class Ears:
    """Understands what is typed or said as Alexa would with the built models, and a bit beyond.

    What it needs is loaded when the first sentence comes; it may be asked from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: _Knowledge | None = None

    @property
    def _knows(self) -> _Knowledge:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Knowledge()
            return self._loaded

    def hear(self, text: str, expected: frozenset[str] = frozenset()) -> Heard:
        """Return what ``text`` means.

        ``expected`` are the intents that are likely now: they win ties, and less likeness is
        enough for them. Anything that may be pain or a sign to stop is understood as such, unless
        a template says the very sentence. What is like nothing known is `FALLBACK`.
        """
        knows = self._knows
        plain = knows.wake.sub("", knows.recognizer.writing.plain(text)).strip()
        called = self._called(plain)
        if called is not None and not called:
            return Heard(LAUNCH, why="the skill was called by its name")
        plain = called or plain
        if knows.exit.fullmatch(self._without_fillers(plain)):
            return Heard(SESSION_ENDED, why="Alexa itself ends the session at this word")
        if not plain:
            return Heard(FALLBACK, score=0.0, why="nothing was said")
        if len(plain.split()) > MOST_WORDS:
            return self._alarm(plain) or Heard(FALLBACK, score=0.0, why="it is too long")
        return (
            self._word_for_word(plain, expected)
            or self._no_alarm(plain)
            or self._alarm(plain)
            or self._placing(plain)
            or self._misspelled(plain, expected)
            or self._nearly(plain, expected)
        )

    def _without_fillers(self, plain: str) -> str:
        return self._knows.same_form(" ".join(self._knows.fillers.sub(" ", plain).split()))

    def _called(self, plain: str) -> str | None:
        """Return what was said behind the skill's name; None when the name was not said."""
        bare = self._knows.polite.sub("", self._without_fillers(plain))
        found = self._knows.called.match(bare) or self._knows.called_behind.match(bare)
        return (found["rest"] or "") if found else None

    def _readings(self, plain: str) -> Iterator[tuple[str, float]]:
        """Give ``plain`` and what remains without the words that carry nothing, with a score."""
        yield plain, 1.0
        text = self._without_fillers(plain)
        if text != plain and text:
            yield text, 0.98
        for score in (0.96, 0.94, 0.92, 0.9):
            opened, closed = self._knows.opening.sub("", text), self._knows.closing.sub("", text)
            if opened != text:
                yield opened, score
            if closed != text:
                yield closed, score - 0.01
            both = self._knows.closing.sub("", opened)
            if both == text:
                return
            text = both
            yield text, score - 0.02

    def _word_for_word(self, plain: str, expected: frozenset[str]) -> Heard | None:
        for reading, score in self._readings(plain):
            matches = self._knows.recognizer.recognize(reading)
            if matches:
                best = max(matches, key=lambda match: _preference(match, expected))
                if best.intent == DENYING and reading not in plain and self._warning(reading):
                    continue  # “it doesn't just hurt” denies nothing
                heard = _heard(best, score, f"it says “{best.template}”")
                if best.intent == "PainIntent" and not best.slots:
                    return replace(heard, slots=self._body_part(reading))
                return heard
        return None

    def _no_alarm(self, plain: str) -> Heard | None:
        if any(reading in self._knows.no_alarms for reading, _ in self._readings(plain)):
            return Heard(FALLBACK, score=0.5, why="it is no warning, nor anything else known")
        return None

    def _alarm(self, plain: str) -> Heard | None:
        heard = self._warning(plain)
        if heard is None and self._knows.about_the_body.search(self._without_fillers(plain)):
            return Heard("PainIntent", self._pain(plain), 0.8, "it tells of the body")
        return heard

    def _warning(self, plain: str) -> Heard | None:
        for intent, words in self._knows.alarms.items():
            found = words.search(plain)
            if found:
                slots = self._pain(plain) if intent == "PainIntent" else {}
                return Heard(intent, slots, 0.9, f"“{found[0]}” may be a warning")
        return None

    def _is_of_the_body(self, plain: str) -> bool:
        return bool(self._alarm(plain) or self._knows.body_part.search(plain))

    def _pain(self, plain: str) -> dict[str, HeardSlot]:
        """Return where it hurts and how: sharp before dull, and nothing that was denied."""
        slots = self._body_part(plain)
        said = self._without_fillers(plain)
        for quality, words in self._knows.qualities.items():
            for found in words.finditer(said):
                if not self._knows.denied.search(said[: found.start()]):
                    name = next(filter(None, found.groups()))
                    return slots | {"quality": HeardSlot(name, quality)}
        return slots

    def _placing(self, plain: str) -> Heard | None:
        if self._knows.placing.match(self._without_fillers(plain)):
            return Heard("HowToIntent", {}, 0.8, "it asks where a part of the body belongs")
        return None

    def _body_part(self, plain: str) -> dict[str, HeardSlot]:
        words = self._knows.near.spelled(" ".join(plain.split()[:MOST_WORDS]))
        part = self._knows.body_part.search(words)
        return {"body_part": HeardSlot(part[0], self._knows.body_parts[part[0]])} if part else {}

    def _misspelled(self, plain: str, expected: frozenset[str]) -> Heard | None:
        spelled = self._knows.near.spelled(plain)
        if spelled == plain:
            return None
        heard = self._word_for_word(spelled, expected) or self._alarm(spelled)
        if heard is None:
            return None
        return Heard(
            heard.intent, heard.slots, heard.score * MISSPELLED, f"as “{spelled}”: {heard.why}"
        )

    def _nearly(self, plain: str, expected: frozenset[str]) -> Heard:
        near_misses = self._knows.near
        found: dict[str, Near] = {}
        spelled = near_misses.spelled(plain)
        readings = [reading for reading, _ in self._readings(spelled)]
        for reading in dict.fromkeys((readings[0], readings[-1])):
            unknown = near_misses.unknown_name(reading)
            if unknown:
                return _heard(unknown, 0.8, f"it says “{unknown.template}” with an unknown name")
            for near in near_misses.best(reading):
                if near.match.intent == DENYING and self._is_of_the_body(near.match.template):
                    continue  # what is merely like “my knee doesn't hurt” may be its opposite
                known = found.get(near.match.intent)
                if known is None or near.score > known.score:
                    found[near.match.intent] = near
        factor = 1.0 if spelled == plain else MISSPELLED
        nears = [Near(near.match, near.score * factor) for near in found.values()]
        heard = _judge(sorted(nears, key=lambda near: -near.score), expected)
        return heard if heard.intent != FALLBACK else self._lead(plain) or heard

    def _lead(self, plain: str) -> Heard | None:
        for intent, beginning in self._knows.leads.items():
            lead = beginning.match(plain)
            if lead:
                return Heard(intent, {}, 0.7, f"it begins with “{lead[0]}”")
        return None


def _judge(nears: list[Near], expected: frozenset[str]) -> Heard:
    """Take the best of ``nears`` (best first) if it is good enough and alone."""
    likely = [near for near in nears if near.match.intent in expected]
    if likely and likely[0].score >= SURE_WHEN_EXPECTED:
        best = likely[0]
        if best.score >= nears[0].score - 0.1:
            return _heard(
                best.match, best.score, f"it is like “{best.match.template}”, which is expected"
            )
    if not nears:
        return Heard(FALLBACK, score=0.0, why="it is like nothing that can be meant")
    best, others = nears[0], nears[1:]
    like = f"“{best.match.template}” ({best.match.intent}, {best.score:.2f})"
    if best.score < SURE:
        return Heard(FALLBACK, score=best.score, why=f"the nearest was {like}")
    if others and others[0].score > best.score - AHEAD:
        return Heard(
            FALLBACK, score=best.score, why=f"{like} and {others[0].match.intent} are equally near"
        )
    return _heard(best.match, best.score, f"it is like “{best.match.template}”")


def _preference(match: Match, expected: frozenset[str]) -> tuple[bool, int, int]:
    """Order understandings: the expected first, then few slots, then much said in them."""
    return (
        match.intent in expected,
        -len(match.slots),
        sum(len(filled.text) for filled in match.slots.values()),
    )


def _heard(match: Match, score: float, why: str) -> Heard:
    return Heard(match.intent, {name: _slot(f) for name, f in match.slots.items()}, score, why)


def _slot(filled: Filled) -> HeardSlot:
    return HeardSlot(filled.text, filled.id)
