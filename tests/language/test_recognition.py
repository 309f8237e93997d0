"""The templates say what they are meant to say, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interaction_model.contract import load_contract
from interaction_model.recognition import Recognizer
from interaction_model.templates import load_sentences
from tests.language.table import Said, said


def readable(sentence: object) -> str:
    return sentence.text if isinstance(sentence, Said) else str(sentence)


@pytest.mark.parametrize("sentence", said("word_for_word"), ids=readable)
def test_a_sentence_means_its_own_intent_and_no_other(
    recognizer: Recognizer, sentence: Said
) -> None:
    matches = recognizer.recognize(recognizer.writing.plain(sentence.text))
    assert {match.intent for match in matches} == {sentence.intent}
    found = [{name: f.id or f.text for name, f in match.slots.items()} for match in matches]
    assert sentence.slots in found


def templates_said(recognizer: Recognizer) -> Iterator[tuple[str, str]]:
    for sentence in said("word_for_word") + said("as_people_talk"):
        for match in recognizer.every_match(recognizer.writing.plain(sentence.text)):
            yield match.intent, match.template


def test_every_template_is_said_by_a_sentence_of_the_table(recognizer: Recognizer) -> None:
    wanted = {
        (intent, recognizer.writing.same_form(words.template))
        for intent, templates in load_sentences().intents.items()
        for words in templates
    }
    assert sorted(wanted - set(templates_said(recognizer))) == []


def test_every_example_of_the_contract_is_understood_as_such(recognizer: Recognizer) -> None:
    examples = {i.example: i.name for i in load_contract().intents.values() if i.example}
    understood = {
        example: {m.intent for m in recognizer.recognize(recognizer.writing.plain(example))}
        for example in examples
    }
    assert understood == {example: {name} for example, name in examples.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I am ready", "i'm ready"),
        ("20-minute workout", "20 minute workout"),
        ("I’m ready!", "i'm ready"),
        ("twenty-five minutes", "twenty five minutes"),
        ("What is it good for?", "what's it good for"),
        ("a ten minute programme", "a ten minute program"),
        ("I have got a mat", "i've got a mat"),
        ("gimme a tip", "give me a tip"),
        ("  Say   that again … ", "say that again"),
    ],
)
def test_ways_of_writing_the_same_are_one(recognizer: Recognizer, one: str, other: str) -> None:
    assert recognizer.writing.plain(one) == recognizer.writing.plain(other)


@pytest.mark.parametrize(
    ("text", "slot", "digits"),
    [
        ("twenty minutes", "minutes", "20"),
        ("20 minutes", "minutes", "20"),
        ("forty five minutes", "minutes", "45"),
        ("a hundred minutes", "minutes", None),
        ("one hundred minutes", "minutes", "100"),
        ("zero minutes", "minutes", "0"),
    ],
)
def test_numbers_are_heard_as_digits(
    recognizer: Recognizer, text: str, slot: str, digits: str | None
) -> None:
    found = [match.slots[slot].text for match in recognizer.recognize(text) if slot in match.slots]
    assert found == ([digits] if digits else [])


@pytest.mark.parametrize("other", ["", " ", "qwerty", "what's the weather", "{exercise}", "[", "<"])
def test_what_no_template_says_is_not_recognized(recognizer: Recognizer, other: str) -> None:
    assert recognizer.recognize(recognizer.writing.plain(other)) == []


def test_every_name_of_every_value_is_understood_as_that_value(recognizer: Recognizer) -> None:
    carriers = {
        "Exercise": ("how do i do the {}", "exercise"),
        "Equipment": ("{}", "equipment"),
        "BodyPart": ("my {} hurts", "body_part"),
        "Topic": ("tell me about {}", "topic"),
        "Place": ("{}", "place"),
        "Level": ("{} workout", "level"),
        "Length": ("i have {}", "length"),
        "Pace": ("{}", "pace"),
        "Counting": ("count {}", "counting"),
        "TalkLevel": ("give me {} instructions", "talk_level"),
        "Day": ("remind me {}", "day"),
        "PainQuality": ("it's a {} pain", "quality"),
    }
    faults = []
    for kind, values in load_sentences().types.items():
        carrier, slot = carriers[kind]
        for value in values:
            for name in value.names():
                plain = recognizer.writing.plain(carrier.format(name))
                heard = {m.slots[slot].id for m in recognizer.recognize(plain) if slot in m.slots}
                if heard != {value.id}:
                    faults.append((kind, name, heard))
    assert faults == []
