"""Amazon's rules for interaction models, over every built locale."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from interaction_model.build import build, path_of, text_of
from interaction_model.contract import load_contract
from tests.language.table import SLOT, language_model

LAUNCH_WORDS = {
    "run",
    "start",
    "play",
    "resume",
    "use",
    "launch",
    "ask",
    "open",
    "tell",
    "load",
    "begin",
    "enable",
}
JOINING_WORDS = {
    "to",
    "from",
    "in",
    "using",
    "with",
    "about",
    "for",
    "that",
    "by",
    "if",
    "and",
    "whether",
}
WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy"}
ARTICLES_AND_PREPOSITIONS = {
    "the",
    "a",
    "an",
    "for",
    "to",
    "of",
    "about",
    "up",
    "by",
    "at",
    "off",
    "with",
}
ALLOWED = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
NEEDED = {
    "AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.HelpIntent", "AMAZON.FallbackIntent",
    "AMAZON.NavigateHomeIntent", "AMAZON.PauseIntent", "AMAZON.ResumeIntent",
}  # fmt: skip

BARE_SLOTS = {
    ("NumberIntent", "number"): "the answer to how many",
    ("StartExerciseIntent", "exercise"): "the answer to which exercise",
    ("StartWorkoutIntent", "length"): "the answer to how long; half an hour means nothing else",
    ("WhatIHaveIntent", "equipment"): "the answer to what do you have",
    ("PlaceIntent", "place"): "the answer to where will you do it",
    ("CountingIntent", "counting"): "the answer to how to count; “last three” is no number",
    ("ReminderTimeIntent", "day"): "the answer to which days; a day means nothing else",
    ("PaceIntent", "pace"): "“slower”, said in mid-set, has no breath for a carrier",
}
"""A sample that is only a slot draws in almost anything: each needs a reason."""


def samples(locale: str) -> Iterator[tuple[str, str]]:
    for intent in language_model(locale)["intents"]:
        for sample in intent["samples"]:
            yield intent["name"], sample


def words_of_values(locale: str) -> Iterator[tuple[str, str, str]]:
    for kind in language_model(locale)["types"]:
        for value in kind["values"]:
            for text in (value["name"]["value"], *value["name"]["synonyms"]):
                yield kind["name"], value["id"], text


def test_the_invocation_name_follows_every_rule() -> None:
    name = load_contract().invocation
    words = name.split()
    assert len(words) >= 2
    assert 2 <= len(name) <= 50
    assert re.fullmatch(r"[a-z][a-z' ]*", name)
    assert not set(words) & (LAUNCH_WORDS | JOINING_WORDS | WAKE_WORDS | {"skill", "app"})
    assert len(words) > 2 or not set(words) & ARTICLES_AND_PREPOSITIONS


def test_the_model_carries_the_invocation_name(locale: str) -> None:
    assert language_model(locale)["invocationName"] == "my hip workout"


def test_the_name_is_not_patched_into_samples(locale: str) -> None:
    assert [s for _, s in samples(locale) if "hip workout" in s] == []


def test_samples_hold_only_letters_spaces_apostrophes_hyphens_and_slots(locale: str) -> None:
    faults = [
        (intent, sample)
        for intent, sample in samples(locale)
        for word in SLOT.sub("slot", sample).split(" ")
        if not ALLOWED.fullmatch(word)
    ]
    assert faults == []


def test_samples_are_lower_case_and_trimmed(locale: str) -> None:
    assert [s for _, s in samples(locale) if s != " ".join(s.split()).casefold()] == []


def test_no_sample_stands_twice(locale: str) -> None:
    counted = Counter(sample for _, sample in samples(locale))
    assert [sample for sample, count in counted.items() if count > 1] == []


def test_no_two_intents_differ_only_by_their_slots(locale: str) -> None:
    kinds = load_contract().slots
    owner: dict[str, str] = {}
    for intent, sample in samples(locale):
        shape = SLOT.sub(lambda found: f"{{{kinds[found[1]]}}}", sample)
        assert owner.setdefault(shape, intent) == intent, shape


def test_names_of_intents_types_and_slots_are_letters_and_underscores(locale: str) -> None:
    model = language_model(locale)
    names = [kind["name"] for kind in model["types"]]
    for intent in model["intents"]:
        names.append(intent["name"].removeprefix("AMAZON."))
        names += [slot["name"] for slot in intent.get("slots", ())]
    assert [name for name in names if not re.fullmatch("[A-Za-z][A-Za-z_]*", name)] == []


def test_a_slot_name_is_unique_in_its_intent_and_has_one_type_everywhere(locale: str) -> None:
    kinds: dict[str, str] = {}
    for intent in language_model(locale)["intents"]:
        names = [slot["name"] for slot in intent.get("slots", ())]
        assert len(names) == len(set(names)), intent["name"]
        for slot in intent.get("slots", ()):
            assert kinds.setdefault(slot["name"], slot["type"]) == slot["type"], slot


def test_samples_use_the_slots_of_their_intent_and_every_slot_is_used(locale: str) -> None:
    for intent in language_model(locale)["intents"]:
        own = {slot["name"] for slot in intent.get("slots", ())}
        used = {slot for sample in intent["samples"] for slot in SLOT.findall(sample)}
        assert used == own, intent["name"]


def test_a_sample_names_no_slot_twice_and_parts_slots_by_a_space(locale: str) -> None:
    for intent, sample in samples(locale):
        slots = SLOT.findall(sample)
        assert len(slots) == len(set(slots)), (intent, sample)
        assert not re.search(r"\S\{|\}\S", sample), (intent, sample)


def test_every_custom_intent_has_samples_and_there_is_one_at_least(locale: str) -> None:
    custom = [
        intent
        for intent in language_model(locale)["intents"]
        if not intent["name"].startswith("AMAZON.")
    ]
    assert custom
    assert [intent["name"] for intent in custom if not intent["samples"]] == []


def test_the_fallback_has_no_samples(locale: str) -> None:
    assert [sample for intent, sample in samples(locale) if "Fallback" in intent] == []


def test_the_intents_a_reviewer_asks_for_are_there(locale: str) -> None:
    names = [intent["name"] for intent in language_model(locale)["intents"]]
    assert set(names) >= NEEDED
    assert len(names) == len(set(names)) <= 250


def test_a_sample_that_is_only_a_slot_has_a_reason(locale: str) -> None:
    bare = {
        (intent, found[1])
        for intent, sample in samples(locale)
        if (found := re.fullmatch(r"\{(\w+)\}", sample))
    }
    assert bare == set(BARE_SLOTS)


def test_no_type_is_the_greedy_one() -> None:
    assert "AMAZON.SearchQuery" not in load_contract().slots.values()


def test_every_custom_type_is_there_with_values_and_used(locale: str) -> None:
    model = language_model(locale)
    wanted = {kind for kind in load_contract().slots.values() if not kind.startswith("AMAZON.")}
    assert {kind["name"] for kind in model["types"]} == wanted
    assert [kind["name"] for kind in model["types"] if not kind["values"]] == []


def test_ids_are_unique_in_their_type(locale: str) -> None:
    for kind in language_model(locale)["types"]:
        ids = [value["id"] for value in kind["values"]]
        assert len(ids) == len(set(ids)), kind["name"]


def test_no_word_means_two_values_of_a_type(locale: str) -> None:
    owner: dict[tuple[str, str], str] = {}
    for kind, id_, text in words_of_values(locale):
        assert owner.setdefault((kind, text.casefold()), id_) == id_, (kind, text)


def test_values_hold_at_most_140_characters_and_no_digits_or_punctuation(locale: str) -> None:
    faults = [
        text
        for _, _, text in words_of_values(locale)
        if len(text) > 140 or not all(ALLOWED.fullmatch(word) for word in text.split(" "))
    ]
    assert faults == []


def test_no_synonym_stands_twice_in_a_value(locale: str) -> None:
    counted = Counter(words_of_values(locale))
    assert [key for key, count in counted.items() if count > 1] == []


def test_the_sensitivity_is_one_of_three_levels(locale: str) -> None:
    level = language_model(locale)["modelConfiguration"]["fallbackIntentSensitivity"]["level"]
    assert level in {"LOW", "MEDIUM", "HIGH"}


def test_no_built_in_intent_declares_slots(locale: str) -> None:
    built_in = [i for i in language_model(locale)["intents"] if i["name"].startswith("AMAZON.")]
    assert [intent["name"] for intent in built_in if "slots" in intent] == []


def test_the_dialog_is_left_to_the_skill(locale: str) -> None:
    model = build(locale)["interactionModel"]
    assert model["dialog"]["delegationStrategy"] == "SKILL_RESPONSE"
    assert {i["name"] for i in model["dialog"]["intents"]} <= {
        i["name"] for i in model["languageModel"]["intents"]
    }


def test_the_file_is_below_a_megabyte_and_a_half(locale: str) -> None:
    assert path_of(locale).stat().st_size < 1_500_000
    assert json.loads(path_of(locale).read_text("utf-8")) == build(locale)


def test_no_intent_is_taught_more_than_four_hundred_ways(locale: str) -> None:
    assert max(len(intent["samples"]) for intent in language_model(locale)["intents"]) <= 400


def test_building_twice_gives_the_same_bytes(locale: str) -> None:
    first = text_of(locale)
    build.cache_clear()
    assert text_of(locale) == first


@pytest.mark.parametrize(
    ("locale", "says", "never_says"),
    [
        ("en-GB", "programme", "program"),
        ("en-IN", "programme", "program"),
        ("en-US", "program", "programme"),
        ("en-AU", "program", "programme"),
        ("en-CA", "program", "programme"),
    ],
)
def test_each_locale_spells_its_own_way(locale: str, says: str, never_says: str) -> None:
    words = {word for _, sample in samples(locale) for word in sample.split()}
    assert says in words
    assert never_says not in words


@pytest.mark.parametrize(
    ("locale", "word", "there"),
    [
        ("en-GB", "bum", True),
        ("en-US", "bum", False),
        ("en-US", "fanny", True),
        ("en-GB", "fanny", False),
        ("en-AU", "fanny", False),
        ("en-AU", "fitball", True),
        ("en-GB", "worktop", True),
        ("en-US", "worktop", False),
    ],
)
def test_words_are_kept_where_they_mean_what_we_think(locale: str, word: str, there: bool) -> None:
    assert (word in {text for _, _, text in words_of_values(locale)}) is there
