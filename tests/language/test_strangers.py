"""People who never saw the templates are understood, and talk of other matters is not."""

from __future__ import annotations

from collections import Counter

import pytest

from interaction_model.contract import load_contract
from interaction_model.templates import load_sentences
from skill.simulator.ears import FALLBACK, SESSION_ENDED, Ears, Heard
from tests.hearing import the_ears
from tests.language.strangers import (
    EITHER,
    FOREIGN,
    HELD_OUT,
    STOP,
    Figures,
    Hearing,
    Line,
    Share,
    in_the_conversation,
    lines,
    listed,
    out_of_the_blue,
    report,
)


@pytest.fixture(scope="module", name="ears")
def _ears() -> Ears:
    return the_ears()


@pytest.fixture(scope="module", name="blue")
def _blue(ears: Ears) -> Figures:
    return out_of_the_blue(ears)


@pytest.fixture(scope="module", name="conversing")
def _conversing(ears: Ears) -> Figures:
    return in_the_conversation(ears)


def test_more_than_ninety_five_of_a_hundred_are_understood(blue: Figures) -> None:
    assert blue.understood.percent > 95, f"{blue.understood}\n{listed(blue.wrong)}"


def test_they_are_understood_whatever_the_coach_expects(conversing: Figures) -> None:
    assert conversing.understood.percent > 95, (
        f"{conversing.understood}\n{listed(conversing.wrong)}"
    )


def test_fewer_than_five_of_a_hundred_foreign_ones_are_accepted(blue: Figures) -> None:
    assert blue.falsely_accepted.percent < 5, listed(blue.accepted)


def test_no_more_of_them_are_accepted_whatever_the_coach_expects(conversing: Figures) -> None:
    assert conversing.falsely_accepted.percent < 5, listed(conversing.accepted)


def test_the_next_stranger_fares_no_worse_than_when_we_last_asked_one(ears: Ears) -> None:
    held_out = out_of_the_blue(ears, HELD_OUT)
    assert held_out.understood.percent >= 82, listed(held_out.wrong)
    assert held_out.falsely_accepted.percent <= 5, listed(held_out.accepted)


def test_what_is_understood_is_understood_in_full(blue: Figures) -> None:
    assert blue.slots_filled.percent > 95, listed(blue.wrong_slots)


def test_no_word_of_warning_is_taken_for_something_harmless(blue: Figures) -> None:
    warnings = {"PainIntent", "StopSignIntent"}
    missed = [
        hearing
        for hearing in blue.wrong
        if hearing.line.intents <= warnings and hearing.intent not in warnings
    ]
    assert missed == [], listed(missed)


def test_there_are_enough_of_them_of_every_kind() -> None:
    rows = Counter(line.row for line in lines())
    assert sum(rows.values()) >= 300
    assert rows[FOREIGN] >= 60
    sayable = {name for name, intent in load_contract().intents.items() if intent.example}
    assert set(rows) == sayable | {EITHER, FOREIGN}


def test_they_mean_what_the_contract_and_the_slot_types_know() -> None:
    contract, types = load_contract(), load_sentences().types
    faults = []
    for line in lines():
        assert line.intents <= contract.intents.keys(), line.text
        for slot, value in (line.slots or {}).items():
            (intent,) = line.intents
            kind = contract.intents[intent].slots[slot]
            if kind in types and value not in {known.id for known in types[kind]}:
                faults.append((line.text, slot, value))
    assert faults == []


def test_the_halves_are_of_about_a_size() -> None:
    halves = Counter(line.half for line in lines())
    assert set(halves) == {"a", "b"}
    assert min(halves.values()) > 0.4 * halves.total()


READY = Line("ready", frozenset({"ReadyIntent"}), "ReadyIntent", {})
JAZZ = Line("play some jazz", frozenset(), FOREIGN)


@pytest.mark.parametrize(
    ("line", "heard", "right"),
    [
        (READY, "ReadyIntent", True),
        (READY, FALLBACK, False),
        (READY, STOP, False),
        (JAZZ, FALLBACK, True),
        (JAZZ, "ReadyIntent", False),
        (Line("exit", frozenset({STOP}), STOP, {}), SESSION_ENDED, True),
        (Line("go", frozenset({"ReadyIntent", STOP}), EITHER), STOP, True),
    ],
)
def test_a_hearing_is_right_when_any_of_its_meanings_was_understood(
    line: Line, heard: str, right: bool
) -> None:
    assert Hearing(line, Heard(heard)).right is right


def test_what_was_heard_wrong_is_counted_and_named() -> None:
    figures = Figures([Hearing(READY, Heard(FALLBACK)), Hearing(JAZZ, Heard(STOP))])
    assert figures.understood == Share(0, 1)
    assert figures.falsely_accepted == Share(1, 1)
    assert "“ready” means ReadyIntent" in listed(figures.wrong)
    assert "“play some jazz” means nothing of ours -> AMAZON.StopIntent" in listed(figures.accepted)


def test_the_report_names_every_mistake(blue: Figures) -> None:
    elsewhere = Figures([Hearing(READY, Heard(STOP))])
    printed = "\n".join(report(blue, elsewhere))
    assert str(blue.understood) in printed
    for hearing in (*blue.wrong, *blue.accepted, *blue.wrong_slots, *elsewhere.wrong):
        assert str(hearing) in printed
