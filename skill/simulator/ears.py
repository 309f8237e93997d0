"""The ears of the pretend speaker: free text in, an intent with slots out, or an honest shrug."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from interaction_model.near_misses import Near
from interaction_model.recognition import Match
from skill.simulator.heard import FALLBACK, LAUNCH, SESSION_ENDED, Heard, HeardSlot, as_heard
from skill.simulator.known_words import KnownWords
from skill.simulator.second_thoughts import BOTH_UNDERSTOOD, NEVER_IN_PASSING, SecondThoughts

__all__ = ["FALLBACK", "LAUNCH", "SESSION_ENDED", "Ears", "Heard", "HeardSlot"]

SURE = 0.72
"""A near miss from this likeness on is understood."""

SURE_TO_FORGET = 0.8
"""The same, for what cannot be undone."""

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


class Ears:
    """Understands what is typed or said as Alexa would with the built models, and a bit beyond.

    What it needs is loaded when the first sentence comes; it may be asked from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: KnownWords | None = None

    @property
    def _second_thoughts(self) -> SecondThoughts:
        return SecondThoughts(self._knows, self._word_for_word, self._readings)

    @property
    def _knows(self) -> KnownWords:
        with self._lock:
            if self._loaded is None:
                self._loaded = KnownWords()
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
        if knows.exit.fullmatch(knows.without_fillers(plain)):
            return Heard(SESSION_ENDED, why="Alexa itself ends the session at this word")
        if not plain:
            return Heard(FALLBACK, score=0.0, why="nothing was said")
        if len(plain.split()) > MOST_WORDS:
            return self._alarm(plain) or Heard(FALLBACK, score=0.0, why="it is too long")
        return (
            self._sounding_alike(plain, expected)
            or self._word_for_word(plain, expected)
            or self._no_alarm(plain)
            or self._calling_another(plain)
            or self._alarm(plain)
            or self._placing(plain)
            or self._misspelled(plain, expected)
            or self._second_thoughts.corrected(plain, expected)
            or self._second_thoughts.listed(plain)
            or self._nearly(plain, expected)
        )

    def _called(self, plain: str) -> str | None:
        """Return what was said behind the skill's name; None when the name was not said."""
        bare = self._knows.polite.sub("", self._knows.without_fillers(plain))
        found = self._knows.called.match(bare) or self._knows.called_behind.match(bare)
        return (found["rest"] or "") if found else None

    def _readings(self, plain: str) -> Iterator[tuple[str, float]]:
        """Give ``plain`` and what remains without the words that carry nothing, with a score."""
        yield plain, 1.0
        text = self._knows.without_fillers(plain)
        if text != plain and text:
            yield text, 0.98
        once = self._knows.repeated.sub(r"\1", text)
        if once != text:
            text = once
            yield text, 0.97
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
                heard = as_heard(best, score, f"it says “{best.template}”")
                if best.intent == "PainIntent" and not best.slots:
                    return replace(heard, slots=self._body_part(reading))
                return heard
        return None

    def _no_alarm(self, plain: str) -> Heard | None:
        if any(reading in self._knows.no_alarms for reading, _ in self._readings(plain)):
            return Heard(FALLBACK, score=0.5, why="it is no warning, nor anything else known")
        return None

    def _calling_another(self, plain: str) -> Heard | None:
        if self._knows.another.match(self._knows.without_fillers(plain)) and not self._warning(
            plain
        ):
            return Heard(FALLBACK, score=0.1, why="it calls another skill")
        return None

    def _alarm(self, plain: str) -> Heard | None:
        heard = self._warning(plain)
        if heard is None and self._knows.about_the_body.search(self._bodily(plain)):
            harmless = self._second_thoughts.in_clauses(plain, frozenset(), only_whole=True)
            return harmless or Heard("PainIntent", self._pain(plain), 0.8, "it tells of the body")
        return heard

    def _bodily(self, plain: str) -> str:
        """Return ``plain`` without what only sounds like a part of the body, or like a warning."""
        return self._knows.harmless.sub("something", self._knows.without_fillers(plain))

    def _warning(self, plain: str) -> Heard | None:
        plain = self._knows.harmless.sub("something", plain)
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
        said = self._knows.without_fillers(plain)
        for quality, words in self._knows.qualities.items():
            for found in words.finditer(said):
                if not self._knows.denied.search(said[: found.start()]):
                    name = next(filter(None, found.groups()))
                    return slots | {"quality": HeardSlot(name, quality)}
        return slots

    def _placing(self, plain: str) -> Heard | None:
        if self._knows.placing.match(self._bodily(plain)):
            return Heard("HowToIntent", {}, 0.8, "it asks where a part of the body belongs")
        return None

    def _body_part(self, plain: str) -> dict[str, HeardSlot]:
        words = self._knows.near.spelled(" ".join(plain.split()[:MOST_WORDS]))
        part = self._knows.body_part.search(words)
        return {"body_part": HeardSlot(part[0], self._knows.body_parts[part[0]])} if part else {}

    def _misspelled(self, plain: str, expected: frozenset[str]) -> Heard | None:
        spelled = self._knows.near.spelled(plain)
        for text in dict.fromkeys((spelled, self._knows.sounds_within(plain))):
            heard = None
            if text != plain:
                heard = self._word_for_word(text, expected) or self._alarm(text)
            if heard is not None:
                why = f"as “{text}”: {heard.why}"
                return Heard(heard.intent, heard.slots, heard.score * MISSPELLED, why)
        return None

    def _sounding_alike(self, plain: str, expected: frozenset[str]) -> Heard | None:
        """Hear a single word as another that sounds the same, unless it is likely as it is."""
        said = self._knows.sound_alikes.get(self._knows.without_fillers(plain))
        as_written = self._word_for_word(plain, expected) if said else None
        if said is None or (as_written and as_written.intent in expected):
            return None
        heard = self._word_for_word(said, expected)
        if heard is None or (heard.slots and heard.intent not in expected):
            return None  # “for” is a number only where one was asked for
        return replace(heard, score=heard.score * MISSPELLED, why=f"as “{said}”: {heard.why}")

    def _nearly(self, plain: str, expected: frozenset[str]) -> Heard:
        near_misses = self._knows.near
        found: dict[str, Near] = {}
        spelled = near_misses.spelled(plain)
        readings = [reading for reading, _ in self._readings(spelled)]
        for reading in dict.fromkeys((readings[0], readings[-1])):
            unknown = near_misses.unknown_name(reading)
            if unknown:
                return as_heard(unknown, 0.8, f"it says “{unknown.template}” with an unknown name")
            for near in near_misses.best(reading):
                if near.match.intent == DENYING and self._is_of_the_body(near.match.template):
                    continue  # what is merely like “my knee doesn't hurt” may be its opposite
                known = found.get(near.match.intent)
                if known is None or near.score > known.score:
                    found[near.match.intent] = near
        factor = 1.0 if spelled == plain else MISSPELLED
        nears = [Near(near.match, near.score * factor) for near in found.values()]
        heard = _judge(sorted(nears, key=lambda near: -near.score), expected)
        is_sure = heard.intent != FALLBACK and heard.score >= SURE
        if is_sure and heard.score >= BOTH_UNDERSTOOD:
            return heard
        again = self._second_thoughts.in_clauses(plain, expected, only_whole=is_sure)
        if again is None and heard.intent == FALLBACK:
            again = self._second_thoughts.clipped(plain, expected) or self._lead(plain)
        return again or heard

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
            return as_heard(
                best.match, best.score, f"it is like “{best.match.template}”, which is expected"
            )
    if not nears:
        return Heard(FALLBACK, score=0.0, why="it is like nothing that can be meant")
    best, others = nears[0], nears[1:]
    like = f"“{best.match.template}” ({best.match.intent}, {best.score:.2f})"
    if best.score < (SURE_TO_FORGET if best.match.intent in NEVER_IN_PASSING else SURE):
        return Heard(FALLBACK, score=best.score, why=f"the nearest was {like}")
    if others and others[0].score > best.score - AHEAD:
        return Heard(
            FALLBACK, score=best.score, why=f"{like} and {others[0].match.intent} are equally near"
        )
    return as_heard(best.match, best.score, f"it is like “{best.match.template}”")


def _preference(match: Match, expected: frozenset[str]) -> tuple[bool, int, int]:
    """Order understandings: the expected first, then few slots, then much said in them."""
    return (
        match.intent in expected,
        -len(match.slots),
        sum(len(filled.text) for filled in match.slots.values()),
    )
