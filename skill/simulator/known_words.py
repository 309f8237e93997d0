"""What the ears know: the words that warn, that carry nothing, that call the skill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from interaction_model.clauses import Clauses
from interaction_model.near_misses import NearMisses
from interaction_model.recognition import Recognizer


class KnownWords:
    """Everything the ears know that takes time to load; nothing of it changes afterwards."""

    def __init__(self) -> None:
        self.recognizer = Recognizer()
        self.near = NearMisses(self.recognizer)
        self.same_form = self.recognizer.writing.same_form
        sentences = self.recognizer.sentences
        self.alarms = {
            intent: re.compile(any_of(map(self.same_form, words)))
            for intent, words in sentences.alarms.items()
        }
        self.body_parts = {
            name: value.id for value in sentences.types["BodyPart"] for name in value.names()
        }
        self.no_alarms = frozenset(map(self.same_form, sentences.no_alarms))
        body_part = any_of(self.body_parts)
        self.body_part = re.compile(body_part)
        told = "".join(rf"(?<!\b{re.escape(word)} )" for word in sentences.asking)
        felt = told + any_of(map(self.same_form, sentences.felt))
        self.about_the_body = re.compile(
            f"^{any_of(sentences.of_the_body)} {body_part}|{felt} .*my .*{body_part}"
        )
        self.placing = re.compile(
            f"^{any_of(map(self.same_form, sentences.placing))}.* {body_part}"
        )
        self._learn_qualities()
        self.leads = {
            intent: re.compile(f"^{any_of(words)}") for intent, words in sentences.leads.items()
        }
        self.fillers = re.compile(rf"(?<!\bwould ){any_of(sentences.fillers)}")
        self.opening = re.compile(f"^{any_of(map(self.same_form, sentences.openings))} ")
        self.closing = re.compile(f" {any_of(map(self.same_form, sentences.closings))}$")
        self.repeated = re.compile(r"\b(\w+(?: \w+)?)(?: \1\b)+")
        self.harmless = re.compile(any_of(map(self.same_form, sentences.harmless)))
        self.clauses = Clauses(sentences)
        self.sound_alikes = sentences.sound_alikes
        self._within = re.compile(any_of(w for w in self.sound_alikes if len(w) > 3))
        self._learn_lists()
        self._learn_calls(
            {part: any_of(map(self.same_form, words)) for part, words in sentences.calling.items()}
        )

    def _learn_qualities(self) -> None:
        """Learn how a pain is told to be sharp or dull; dull only beside a word of pain."""
        pain = any_of(map(self.same_form, self.recognizer.sentences.alarms["PainIntent"]))
        kinds = {
            value.id: any_of(map(self.same_form, value.names()))
            for value in self.recognizer.sentences.types["PainQuality"]
        }
        sharp, dull = kinds["sharp"], kinds["dull"]
        self.qualities = {
            "sharp": re.compile(f"({sharp})"),
            "dull": re.compile(f"({dull}) {pain}|{pain} ({dull})"),
        }
        no = any_of(self.recognizer.sentences.negations)
        self.denied = re.compile(rf"{no}(?: \w+){{0,2}} $")

    def without_fillers(self, text: str) -> str:
        """Return ``text``, in plain form, without the words that carry nothing."""
        return self.same_form(" ".join(self.fillers.sub(" ", text).split()))

    def sounds_within(self, text: str) -> str:
        """Return ``text`` with the words that sound like others as those; short ones stay."""
        return self._within.sub(lambda found: self.sound_alikes[found[0]], text)

    def _learn_lists(self) -> None:
        """Learn the names of things, and what may stand around them in a list."""
        sentences = self.recognizer.sentences
        self.things = {
            self.same_form(name): value.id
            for value in sentences.types["Equipment"]
            for name in value.names()
        }
        self.thing = re.compile(any_of(self.things))
        around = any_of(map(self.same_form, sentences.listing["around"]))
        self.list_of_things = re.compile(rf"(?:(?:{around}|#) )+")
        self.having = re.compile(any_of(map(self.same_form, sentences.listing["having"])))

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
        self.another = re.compile(f"^{said['other']} ")
        self.exit = re.compile(said["exit"])


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of ``phrases`` as whole words, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'])"
