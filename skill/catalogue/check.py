"""Checks the words of the catalogue: complete, nothing superfluous, and fit for the ear."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from skill.catalogue.parsed import parsed
from skill.coach.exercise import Level, Posture

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from skill.coach.exercise import Catalogue, Exercise, Move


@dataclass(frozen=True)
class Rule:
    """What a line must be like."""

    longest: int = 200
    """Characters; about 14 are spoken in a second."""

    variants: int = 1
    """At least this many; 3 for what is heard more than once a workout."""

    most_words: int = 0
    """Words in each variant; 0 for no limit."""

    sentence: bool = True
    """Whether it must end like a sentence."""


NAME = Rule(60, sentence=False)
STEP = Rule(160)
SENTENCE = Rule()
REMINDER = Rule(160, variants=3)
REP_WORD = Rule(14, variants=3, sentence=False)  # 14 characters are sayable in under 1.2 s
MID_SET = Rule(80, variants=3, most_words=12)  # said while a rep goes on
TOPIC = Rule(350)
OTHERS = Rule(350, sentence=False)
"""For lines that are not of the catalogue, such as the coach's own."""

PARTS = {
    "name": NAME,
    "names": NAME,
    "good": SENTENCE,
    "out": SENTENCE,
    "remind": REMINDER,
    "lift": REP_WORD,
    "hold": REP_WORD,
    "lower": REP_WORD,
    "check": SENTENCE,
    "breath": SENTENCE,
    "easier": SENTENCE,
    "harder": SENTENCE,
    "muscles": SENTENCE,
    "needs": SENTENCE,
}
"""The lines every exercise has once."""

FAMILIES = ("equipment", "muscle", "topic", "level", "posture")
"""What the ids of all other lines of the catalogue begin with."""

STRAY = re.compile(r"\w+-(?:position|bed|step|tip|fault|cue)-\d+")
"""Ids that can only be meant for an exercise or a move."""

UNSPEAKABLE = re.compile(r"[^\w\s.,;:?!'’\"“”-]|[\d_]")
"""Characters that voices read badly or differently; numbers are words or Fluent numbers."""

NOT_FOR_THE_EAR = {
    "en": re.compile(
        r"\b(like (?:this|that|so)|as (?:shown|pictured|above)|seen|shown?|look(?:s|ing)?(?: at)?"
        r"|see(?! (?:you|a|an|your)\b)|watch(?:ing)? (?:me|how|the)|mirror|pictures?|photo|video"
        r"|image|awesome|amazing|crush(?:ing)? it|smash(?:ing)? it|killing it|cures?|heals?)\b",
        re.IGNORECASE,
    )
}
"""By language: wording that needs eyes, gushes, or promises a cure."""


def check_words(catalogue: Catalogue, text: str, language: str = "en") -> list[str]:
    """Return every fault of a language's Fluent text, sorted; an empty list if there are none.

    The lines of the catalogue are checked for being there, alone, short and in enough variants; all
    other lines of the text only for syntax, being there once, and fitness for the ear.
    """
    faults: list[str] = []
    messages: list[ast.Message] = []
    for entry in parsed(text).body:
        if isinstance(entry, ast.Message):
            messages.append(entry)
        elif isinstance(entry, ast.Junk):
            faults.append(_junk(entry))
    rules = expected(catalogue)
    counted = Counter(message.id.name for message in messages)
    faults += [f"{id_}: is missing" for id_ in rules.keys() - counted.keys()]
    faults += [f"{id_}: is there {n} times" for id_, n in counted.items() if n > 1]
    faults += _strays(catalogue, counted.keys() - rules.keys())
    for message in messages:
        rule = rules.get(message.id.name)
        faults += [f"{message.id.name}: {fault}" for fault in _faults_of(message, rule, language)]
    faults += _same_names(catalogue, messages)
    return sorted(f"words/{language}.ftl: {fault}" for fault in faults)


def missing_words(catalogue: Catalogue, ids: Container[str], language: str = "en") -> list[str]:
    """Return a fault for every line of the catalogue that is not among ``ids``, sorted."""
    return sorted(
        f"words/{language}.ftl: {id_}: is missing" for id_ in expected(catalogue) if id_ not in ids
    )


def expected(catalogue: Catalogue) -> dict[str, Rule]:
    """Return the id of every line that the catalogue must have, with its rule."""
    rules: dict[str, Rule] = {}
    for exercise in catalogue.exercises.values():
        rules.update(_lines_of_exercise(exercise))
    for move in catalogue.moves.values():
        rules.update(_lines_of_move(move))
    for item in catalogue.equipment:
        rules[f"equipment-{item}"] = rules[f"equipment-{item}-bare"] = NAME
    for muscle in catalogue.muscles:
        rules[f"muscle-{muscle}"] = NAME
        rules[f"muscle-{muscle}-about"] = SENTENCE
    rules.update((f"topic-{topic}", TOPIC) for topic in catalogue.topics)
    rules.update((f"level-{level}", NAME) for level in Level)
    rules.update((f"posture-{posture}", NAME) for posture in Posture)
    return rules


def _lines_of_exercise(exercise: Exercise) -> Iterator[tuple[str, Rule]]:
    for part, rule in PARTS.items():
        yield f"{exercise.id}-{part}", rule
    if exercise.safety:
        yield f"{exercise.id}-safety", SENTENCE
    yield from _numbered(exercise.id, "position", exercise.position_lines, STEP)
    yield from _numbered(exercise.id, "bed", exercise.bed_lines, STEP)
    yield from _numbered(exercise.id, "step", exercise.step_lines, STEP)
    yield from _numbered(exercise.id, "tip", exercise.tip_lines, MID_SET)
    yield from _numbered(exercise.id, "fault", exercise.fault_lines, SENTENCE)


def _lines_of_move(move: Move) -> Iterator[tuple[str, Rule]]:
    yield f"{move.id}-name", NAME
    if move.posture not in (Posture.STANDING, Posture.SEATED):
        yield f"{move.id}-out", SENTENCE
    yield from _numbered(move.id, "step", move.step_lines, STEP)
    yield from _numbered(move.id, "cue", move.cue_lines, MID_SET)


def _numbered(id_: str, part: str, count: int, rule: Rule) -> Iterator[tuple[str, Rule]]:
    return ((f"{id_}-{part}-{n}", rule) for n in range(1, count + 1))


def _strays(catalogue: Catalogue, ids: Iterable[str]) -> Iterator[str]:
    """Tell of lines that are nobody's, or one more than their exercise counts."""
    for id_ in ids:
        head = id_.partition("-")[0]
        if head in catalogue.exercises or head in catalogue.moves or head in FAMILIES:
            yield f"{id_}: is not asked for by the facts"
        elif STRAY.fullmatch(id_):
            yield f"{id_}: there is no exercise or move {head!r}"


def _faults_of(message: ast.Message, rule: Rule | None, language: str) -> Iterator[str]:
    """Tell what is wrong with one line and its variants."""
    variants = [("", message.value)] + [(f".{a.id.name} ", a.value) for a in message.attributes]
    spoken = [(label, Spoken(pattern)) for label, pattern in variants if pattern]
    texts = [line.text for _, line in spoken]
    if message.value is None:
        yield "has no words of its own, only variants"
    if rule:
        names = "".join(attribute.id.name for attribute in message.attributes)
        if names != "bcdefghijklmnopqrstuvwxyz"[: len(message.attributes)]:
            yield "further variants must be called .b, .c and so on"
        if len(texts) < rule.variants:
            yield f"has {len(texts)} variants, fewer than {rule.variants}"
    if len({text.casefold() for text in texts}) < len(texts):
        yield "two variants say the same"
    for label, line in spoken:
        yield from (f"{label}{fault}" for fault in _faults_heard(line, rule or OTHERS, language))
        if line.refers:
            yield f"{label}refers to another message, which is not read with it"
        if rule and line.varies:
            yield f"{label}asks for a value that it will not be given"


def _faults_heard(line: Spoken, rule: Rule, language: str) -> Iterator[str]:
    """Tell what is wrong with one variant for the one who hears it."""
    if len(line.text) > rule.longest:
        yield f"is {len(line.text)} characters long, more than {rule.longest}"
    if rule.most_words and len(line.text.split()) > rule.most_words:
        yield f"has {len(line.text.split())} words, more than {rule.most_words}"
    if rule.sentence and not line.text.endswith((".", "?")):
        yield "does not end like a sentence"
    for bad in sorted(set(UNSPEAKABLE.findall(line.text))):
        yield f"has {bad!r}, which voices read badly"
    wording = NOT_FOR_THE_EAR.get(language)
    for found in wording.finditer(line.text) if wording else ():
        yield f"says {found.group()!r}, which is not for the ear"


class Spoken(Visitor):
    """What a pattern says: its text, and whether it depends on values."""

    def __init__(self, pattern: ast.Pattern) -> None:
        self.varies = False
        """Whether something must be filled in."""

        self.refers = False
        """Whether that is another message or a term."""

        parts: list[str] = []
        self._parts = parts
        for element in pattern.elements:
            if isinstance(element, ast.TextElement):
                parts.append(element.value)
            else:
                self.visit(element)
        self.text = " ".join(parts) if self.varies else "".join(parts)
        """All the text there is, that of every choice included."""

    # The names below are how fluent.syntax finds the method for a kind of node.
    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        """Keep the text inside a choice."""
        self._parts.append(node.value)

    def visit_StringLiteral(self, node: ast.StringLiteral) -> None:  # noqa: N802
        """Keep the text of a literal."""
        self._parts.append(node.value)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: ARG002, N802
        """Remember that a value is wanted."""
        self.varies = True

    def visit_MessageReference(self, node: ast.BaseNode) -> None:  # noqa: ARG002, N802
        """Remember that another message is wanted, which is not read together with this one."""
        self.varies = self.refers = True

    visit_TermReference = visit_MessageReference  # noqa: N815


def _junk(junk: ast.Junk) -> str:
    """Tell what the Fluent parser could not make sense of."""
    why = "; ".join(str(annotation.message) for annotation in junk.annotations)
    lines = (junk.content or "").strip().splitlines() or [""]
    return f"not Fluent: {why}: {lines[0]!r}"


def _same_names(catalogue: Catalogue, messages: Iterable[ast.Message]) -> Iterator[str]:
    """Tell of exercises and moves that a listener could not tell apart by name."""
    ours = (*catalogue.exercises, *catalogue.moves)
    wanted = {f"{id_}-{part}": id_ for id_ in ours for part in ("name", "names")}
    called: dict[str, set[str]] = {}
    for message in messages:
        if message.id.name in wanted and message.value:
            name = Spoken(message.value).text.casefold()
            called.setdefault(name, set()).add(wanted[message.id.name])
    for name, ids in called.items():
        if len(ids) > 1:
            yield f"{', '.join(sorted(ids))}: are all called {name!r}"
