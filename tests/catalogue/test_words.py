"""The words of the catalogue are complete, fit for the ear, and say what the facts say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.catalogue.check import check_words, expected
from skill.catalogue.load import languages, load_words
from skill.coach.exercise import Catalogue


def test_the_words_of_every_language_have_no_fault(catalogue: Catalogue) -> None:
    there = languages()
    assert "en" in there
    for language in there:
        assert check_words(catalogue, load_words(language), language) == []


def without(id_: str) -> Callable[[str], str]:
    """Take a message with its variants away."""

    def spoil(text: str) -> str:
        lines, kept, dropping = text.splitlines(), [], False
        for line in lines:
            dropping = line.startswith(f"{id_} =") or (dropping and line.startswith("    ."))
            if not dropping:
                kept.append(line)
        assert len(kept) < len(lines), f"nothing called {id_} to take away"
        return "\n".join(kept) + "\n"

    return spoil


def instead(old: str, new: str) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        return text.replace(old, new)

    return spoil


def says(id_: str, words: str) -> Callable[[str], str]:
    """Give a message other words."""

    def spoil(text: str) -> str:
        changed, count = re.subn(rf"(?m)^{id_} = .*$", f"{id_} = {words}", text)
        assert count == 1, f"{id_!r} is there {count} times"
        return changed

    return spoil


def more(line: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{line}\n"


FAULTS: list[tuple[Callable[[str], str], str]] = [
    (without("glute_bridge-step-5"), "glute_bridge-step-5: is missing"),
    (without("glute_bridge-bed-1"), "glute_bridge-bed-1: is missing"),
    (without("step_up-safety"), "step_up-safety: is missing"),
    (without("march-cue-4"), "march-cue-4: is missing"),
    (without("lying_breathing-out"), "lying_breathing-out: is missing"),
    (without("equipment-mat-bare"), "equipment-mat-bare: is missing"),
    (without("muscle-iliacus-about"), "muscle-iliacus-about: is missing"),
    (without("topic-why"), "topic-why: is missing"),
    (without("level-advanced"), "level-advanced: is missing"),
    (without("posture-seated"), "posture-seated: is missing"),
    (more("glute_bridge-step-6 = Rest."), "glute_bridge-step-6: is not asked for by the facts"),
    (more("glute_bridge-safety = Care."), "glute_bridge-safety: is not asked for by the facts"),
    (more("march-out = Stand up."), "march-out: is not asked for by the facts"),
    (more("equipment-kettle = a kettle"), "equipment-kettle: is not asked for by the facts"),
    (more("plank-step-1 = Lie down."), "plank-step-1: there is no exercise or move 'plank'"),
    (more("topic-why = Because."), "topic-why: is there 2 times"),
    (more("trial-rest = Rest.\ntrial-rest = Rest now."), "trial-rest: is there 2 times"),
    (more("this is no message"), "not Fluent: Expected token: \"=\": 'this is no message'"),
    (
        instead("step_up-tip-1 = Push the box down into the ground.\n", "step_up-tip-1 =\n"),
        "step_up-tip-1: has no words of its own, only variants",
    ),
    (
        instead("    .c = Press through heel and toes alike.\n", ""),
        "step_up-tip-1: has 2 variants, fewer than 3",
    ),
    (
        instead(
            ".c = Press through heel and toes alike.", ".d = Press through heel and toes alike."
        ),
        "step_up-tip-1: further variants must be called .b, .c and so on",
    ),
    (
        instead("Press through heel and toes alike.", "push the box down into the ground."),
        "step_up-tip-1: two variants say the same",
    ),
    (
        instead("Press through heel and toes alike.", "Press " * 12 + "now."),
        "step_up-tip-1: .c has 13 words, more than 12",
    ),
    (
        instead("step_up-lift = Step up", "step_up-lift = Step up on the box"),
        "step_up-lift: is 18 characters long, more than 14",
    ),
    (
        says("step_up-position-2", "x" * 160 + "."),
        "step_up-position-2: is 161 characters long, more than 160",
    ),
    (
        says("step_up-good", "x" * 200 + "."),
        "step_up-good: is 201 characters long, more than 200",
    ),
    (
        says("topic-why", "x" * 350 + "."),
        "topic-why: is 351 characters long, more than 350",
    ),
    (
        more("pacing-long = " + "x" * 351),
        "pacing-long: is 351 characters long, more than 350",
    ),
    (
        more("pacing-both = Now { glute_bridge-name }."),
        "pacing-both: refers to another message, which is not read with it",
    ),
    (
        more("pacing-term = Now { -brand }."),
        "pacing-term: refers to another message, which is not read with it",
    ),
    (
        instead("stand tall on that leg.", "stand tall on that leg"),
        "step_up-step-2: does not end like a sentence",
    ),
    (
        instead("stand tall on that leg.", "stand tall on { $leg }."),
        "step_up-step-2: asks for a value that it will not be given",
    ),
    (
        instead("stand tall on that leg.", "stand tall (on that leg)."),
        "step_up-step-2: has '(', which voices read badly",
    ),
    (more("pacing-and = Up & down."), "pacing-and: has '&', which voices read badly"),
    (more("pacing-or = Up/down."), "pacing-or: has '/', which voices read badly"),
    (more("pacing-ten = Do 10."), "pacing-ten: has '1', which voices read badly"),
    (
        more("pacing-choice = { $n ->\n    [one] Hold it like this.\n   *[other] Hold.\n }"),
        "pacing-choice: says 'like this', which is not for the ear",
    ),
    (
        more("pacing-shown = Sit as shown."),
        "pacing-shown: says 'as shown', which is not for the ear",
    ),
    (more("pacing-see = Now you see."), "pacing-see: says 'see', which is not for the ear"),
    (more("pacing-gush = Awesome."), "pacing-gush: says 'Awesome', which is not for the ear"),
    (more("pacing-cure = It cures pain."), "pacing-cure: says 'cures', which is not for the ear"),
    (
        says("hip_thrust-name", "Glute Bridge"),
        "glute_bridge, hip_thrust: are all called 'glute bridge'",
    ),
]


@pytest.mark.parametrize(("spoil", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_in_the_words_is_told(
    catalogue: Catalogue, english: str, spoil: Callable[[str], str], fault: str
) -> None:
    assert f"words/en.ftl: {fault}" in check_words(catalogue, spoil(english))


def test_faults_in_the_words_are_told_together_and_in_order(
    catalogue: Catalogue, english: str
) -> None:
    text = without("topic-why")(without("march-name")(english)) + "\nplank-tip-1 = plank (hard)\n"
    assert check_words(catalogue, text) == [
        "words/en.ftl: march-name: is missing",
        "words/en.ftl: plank-tip-1: has '(', which voices read badly",
        "words/en.ftl: plank-tip-1: has ')', which voices read badly",
        "words/en.ftl: plank-tip-1: there is no exercise or move 'plank'",
        "words/en.ftl: topic-why: is missing",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "trial-rest = Rest for { $seconds } seconds.",
        "trial-go = Go { 3 } times.",
        "safety-doctor = Please see a doctor.",
        "session-bye = See you tomorrow.",
        "pacing-sets = { $n ->\n    [one] one set\n   *[other] { $n } sets\n }",
        "pacing-out = Time is out.",
    ],
)
def test_the_coachs_own_lines_may_stand_beside_those_of_the_catalogue(
    catalogue: Catalogue, english: str, line: str
) -> None:
    assert check_words(catalogue, f"{english}\n{line}\n") == []


def test_another_language_is_not_measured_by_english_words(
    catalogue: Catalogue, english: str
) -> None:
    german = english + "\npacing-lake = Denk an einen See.\n"
    assert any("'See'" in fault for fault in check_words(catalogue, german, "en"))
    assert check_words(catalogue, german, "de") == []


@pytest.mark.parametrize(
    "part", ["remind", "lift", "hold", "lower", *(f"tip-{n}" for n in range(1, 3))]
)
def test_what_is_heard_often_has_three_variants(
    catalogue: Catalogue, said: dict[str, list[str]], part: str
) -> None:
    for id_ in catalogue.exercises:
        assert len(set(said[f"{id_}-{part}"])) >= 3, id_


def test_every_variant_can_be_said_without_being_given_a_value(
    catalogue: Catalogue, english: str
) -> None:
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(english))
    for id_ in expected(catalogue):
        message = bundle.get_message(id_)
        patterns = [message.value, *message.attributes.values()]
        said = [bundle.format_pattern(pattern) for pattern in patterns if pattern is not None]
        assert [errors for _, errors in said] == [[]] * len(patterns), id_


def test_words_of_a_phase_differ_from_those_of_the_other_phases(
    catalogue: Catalogue, said: dict[str, list[str]]
) -> None:
    for id_ in catalogue.exercises:
        words = [
            word.casefold() for part in ("lift", "hold", "lower") for word in said[f"{id_}-{part}"]
        ]
        assert len(set(words)) == len(words), id_


LINES = st.sampled_from(
    ["a = b", "a =", "    .b = c", "step_up-lift = { $n }", "{", "}", "# a", "-a = b", "\x00", "[x"]
)


@settings(deadline=None, max_examples=60)  # the machine may be busy
@given(st.lists(LINES | st.text(max_size=12), max_size=8))
def test_any_text_at_all_gets_a_list_of_faults(lines: list[str]) -> None:
    nothing = Catalogue(exercises={}, moves={}, equipment=("mat",))
    faults = check_words(nothing, "\n".join(lines))
    assert "words/en.ftl: equipment-mat: is missing" in faults
    assert faults == sorted(faults)
