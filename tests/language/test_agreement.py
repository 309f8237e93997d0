"""Contract, sentences, built models, catalogue and the table of sentences say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interaction_model import build as building
from interaction_model.contract import load_contract
from interaction_model.templates import load_sentences, spread, written_out
from skill.catalogue.load import load_catalogue
from tests.language.table import LOCALES, SLOT, filled, language_model, said, shapes

BIG = [
    "StartWorkoutIntent", "StartExerciseIntent", "HowToIntent", "ReadyIntent", "PainIntent",
    "StopSignIntent", "EasierIntent", "HarderIntent", "WhatIHaveIntent", "ListExercisesIntent",
    "PlaceIntent", "TooEasyIntent", "TooHardIntent", "JustRightIntent", "SkipIntent", "WhyIntent",
    "MoreRestIntent", "WhereAmIIntent", "HowManyLeftIntent", "HowLongIntent", "TalkLessIntent",
    "ExplainIntent", "IsItSafeIntent", "WhatDoINeedIntent", "AMAZON.PauseIntent",
    "AMAZON.RepeatIntent", "AMAZON.StopIntent", "RemindWorkoutIntent", "RemindGetUpIntent",
    "ReminderTimeIntent", "ListRemindersIntent", "CancelRemindersIntent", "PlayWorkoutIntent",
    "PlayGuideIntent",
]  # fmt: skip
KINDS = {
    kind: [name for value in values for name in value.names()]
    for kind, values in load_sentences().types.items()
} | {
    "AMAZON.NUMBER": ["one", "two", "ten", "twenty"],
    "AMAZON.TIME": ["two", "ten", "seven thirty", "half past six", "noon", "morning"],
}


def ids(kind: str) -> list[str]:
    return [value.id for value in load_sentences().types[kind]]


def test_the_built_models_are_what_the_sentences_give() -> None:
    assert building.check() == []


def test_a_stale_model_is_reported_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "FOLDER", tmp_path)
    assert building.main(["--check"]) == 1
    assert building.main([]) == 0
    assert building.main(["--check"]) == 0
    (tmp_path / "en-GB.json").write_text("{}", "utf-8")
    capsys.readouterr()
    assert building.main(["--check"]) == 1
    assert capsys.readouterr().err == (
        "en-GB.json is not what the sentences give: run `python -m interaction_model.build`\n"
    )


def test_every_intent_of_the_contract_has_sentences_and_the_reverse() -> None:
    assert set(load_sentences().intents) == set(load_contract().intents)


def test_every_locale_has_every_intent_of_the_contract() -> None:
    for locale in LOCALES:
        built = [intent["name"] for intent in language_model(locale)["intents"]]
        assert built == list(load_contract().intents)


def test_every_slot_type_has_values_and_no_other_has() -> None:
    wanted = {kind for kind in load_contract().slots.values() if not kind.startswith("AMAZON.")}
    assert set(load_sentences().types) == wanted


def test_templates_use_the_slots_of_their_intent() -> None:
    for name, intent in load_contract().intents.items():
        used = {slot for shape in shapes(name) for slot in SLOT.findall(shape)}
        assert used == set(intent.slots), name


def test_every_template_fills_the_required_slots() -> None:
    for name, intent in load_contract().intents.items():
        for shape in shapes(name):
            assert intent.required <= set(SLOT.findall(shape)), (name, shape)


def test_every_rule_is_used() -> None:
    sentences = load_sentences()
    templates = " ".join(w.template for said_ in sentences.intents.values() for w in said_)
    assert [name for name in sentences.rules if f"<{name}>" not in templates] == []


def test_no_template_is_larger_than_can_be_written_out() -> None:
    counts = {
        words.template: len(written_out(words.template))
        for said_ in load_sentences().intents.values()
        for words in said_
    }
    assert [template for template, count in counts.items() if count > 3000] == []


def test_no_word_of_a_template_is_lost_in_the_models() -> None:
    for intent in load_contract().intents:
        wanted = {word for shape in shapes(intent) for word in shape.split()}
        built = {
            word
            for locale in LOCALES
            for sample in building.utterances(intent, locale)
            for word in sample.split()
        }
        assert wanted - {"program", "programs"} <= built, intent


@pytest.mark.parametrize(
    ("count", "most"), [(0, 5), (5, 5), (6, 5), (400, 20), (997, 20), (21, 20)]
)
def test_a_spread_keeps_the_order_and_takes_no_more_than_asked(count: int, most: int) -> None:
    texts = [f"go {'left' if number % 2 else 'right'}" + " on" * number for number in range(count)]
    taken = spread(texts, most)
    assert len(taken) == min(count, most)
    assert taken == [text for text in texts if text in set(taken)]


def test_a_spread_loses_no_word() -> None:
    texts = [f"word{number} again" for number in range(50)]
    assert spread(texts, 5) == texts


def test_regional_words_name_locales_that_exist() -> None:
    sentences = load_sentences()
    every = [w for said_ in sentences.intents.values() for w in said_]
    every += [w for values in sentences.types.values() for v in values for w in v.synonyms]
    assert {locale for words in every for locale in words.locales} <= set(LOCALES)


def test_no_utterance_is_wanted_by_two_intents() -> None:
    owner: dict[str, str] = {}
    for intent in load_contract().intents:
        for shape in shapes(intent):
            for text in filled(shape, KINDS):
                assert owner.setdefault(text, intent) == intent, (text, shape)
    assert len(owner) > 100_000


@pytest.mark.parametrize("intent", BIG)
def test_a_big_intent_can_be_said_in_thirty_ways_everywhere(intent: str) -> None:
    for locale in LOCALES:
        assert len(building.utterances(intent, locale)) >= 30, locale


def test_every_meaning_is_one_sentence() -> None:
    meanings = [intent.meaning for intent in load_contract().intents.values()]
    assert [m for m in meanings if not m.endswith(".") or ". " in m] == []


def test_the_table_of_sentences_covers_every_intent_that_can_be_said() -> None:
    sayable = {name for name, intent in load_contract().intents.items() if intent.example}
    assert {sentence.intent for sentence in said("word_for_word")} == sayable
    assert {sentence.intent for sentence in said("as_people_talk")} == sayable


def test_the_table_says_nothing_twice_with_two_meanings() -> None:
    meanings = Counter({(s.text, s.intent) for s in said("word_for_word") + said("as_people_talk")})
    texts = Counter(text for text, _ in meanings)
    assert [text for text, count in texts.items() if count > 1] == []


def test_exercises_are_those_of_the_catalogue() -> None:
    assert set(ids("Exercise")) == set(load_catalogue().exercises)


def test_equipment_is_that_of_the_catalogue_or_nothing_or_all_of_it() -> None:
    said_as_a_place = {"bed"}  # one word cannot be two answers: “the bed” is where, not with what
    known = {*load_catalogue().equipment, "none", "everything"}
    assert set(ids("Equipment")) == known - said_as_a_place
    assert said_as_a_place <= set(ids("Place"))


def test_topics_are_those_the_coach_can_explain() -> None:
    catalogue = load_catalogue()
    assert set(ids("Topic")) == {*catalogue.topics, *catalogue.muscles}


def test_levels_are_those_of_the_catalogue() -> None:
    assert set(ids("Level")) == {"beginner", "intermediate", "advanced"}
