"""Faulty facts are refused, with every fault of every file told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.catalogue.facts import FILES
from skill.catalogue.load import (
    FOLDER,
    CatalogueError,
    build_catalogue,
    languages,
    load_to_speak,
    load_whole,
    load_words,
)
from skill.coach.exercise import Exercise

Data = dict[str, dict[str, Any]]


def real() -> Data:
    """Return the real data, to be spoilt."""
    return {name: yaml.safe_load((FOLDER / name).read_text("utf-8")) for name in FILES}


def faults_of(data: Data) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        build_catalogue({name: yaml.safe_dump(one, sort_keys=False) for name, one in data.items()})
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def put(file: str, id_: str, key: str, value: object) -> Callable[[Data], object]:
    return lambda data: data[file][id_].__setitem__(key, value)


def drop(file: str, id_: str, key: str) -> Callable[[Data], object]:
    return lambda data: data[file][id_].pop(key)


EXERCISES, MOVES, EQUIPMENT = "exercises.yaml", "warm_up.yaml", "equipment.yaml"
BRIDGE = "exercises.yaml: glute_bridge: "

FAULTS: list[tuple[Callable[[Data], object], str]] = [
    (put(EXERCISES, "glute_bridge", "colour", "red"), BRIDGE + "unknown key 'colour'"),
    (drop(EXERCISES, "glute_bridge", "rest_s"), BRIDGE + "rest_s is missing"),
    (
        put(EXERCISES, "glute_bridge", "rest_s", "long"),
        BRIDGE + "rest_s must be a whole number from 15 to 300, not 'long'",
    ),
    (
        put(EXERCISES, "glute_bridge", "rest_s", True),
        BRIDGE + "rest_s must be a whole number from 15 to 300, not True",
    ),
    (
        put(EXERCISES, "glute_bridge", "set_up_s", 0),
        BRIDGE + "set_up_s must be a whole number from 5 to 120, not 0",
    ),
    (
        put(EXERCISES, "glute_bridge", "tip_lines", 1),
        BRIDGE + "tip_lines must be a whole number from 2 to 8, not 1",
    ),
    (
        put(EXERCISES, "glute_bridge", "level", "expert"),
        BRIDGE + "level must be one of beginner, intermediate, advanced, not 'expert'",
    ),
    (
        put(EXERCISES, "glute_bridge", "one_sided", 1),
        BRIDGE + "one_sided must be true or false, not 1",
    ),
    (
        put(EXERCISES, "glute_bridge", "sets", [3, 2]),
        BRIDGE + "sets must be [low, high] with 1 <= low <= high <= 5, not [3, 2]",
    ),
    (
        put(EXERCISES, "glute_bridge", "reps", [8]),
        BRIDGE + "reps must be [low, high] with 1 <= low <= high <= 30, not [8]",
    ),
    (
        put(EXERCISES, "glute_bridge", "optional", ["trampoline"]),
        BRIDGE + "optional has an unknown 'trampoline'",
    ),
    (
        put(EXERCISES, "glute_bridge", "optional", ["dumbbell", "dumbbell"]),
        BRIDGE + "optional has 'dumbbell' twice",
    ),
    (
        put(EXERCISES, "glute_bridge", "optional", "dumbbell"),
        BRIDGE + "optional must be a list of ids, not 'dumbbell'",
    ),
    (
        put(EXERCISES, "glute_bridge", "needs", [["kettle"]]),
        BRIDGE + "needs has an unknown 'kettle'",
    ),
    (
        put(EXERCISES, "glute_bridge", "needs", ["mat"]),
        BRIDGE + "needs must be a list of lists that are not empty, not ['mat']",
    ),
    (
        put(EXERCISES, "glute_bridge", "needs", [["dumbbell"]]),
        BRIDGE + "'dumbbell' is both needed and optional",
    ),
    (
        put(EXERCISES, "glute_bridge", "muscles", ["biceps"]),
        BRIDGE + "muscles has an unknown 'biceps'",
    ),
    (put(EXERCISES, "glute_bridge", "muscles", []), BRIDGE + "muscles is empty"),
    (
        put(EXERCISES, "glute_bridge", "tempo", {"lift_ms": 2000, "lower_ms": 2000}),
        BRIDGE + "tempo: hold_ms is missing",
    ),
    (
        put(
            EXERCISES, "glute_bridge", "tempo", {"lift_ms": 4000, "hold_ms": 1000, "lower_ms": 4000}
        ),
        BRIDGE + "tempo makes a rep of 9000 ms, more than 8000",
    ),
    (
        put(EXERCISES, "glute_bridge", "tempo", "slow"),
        BRIDGE + "tempo: must be a mapping, not 'slow'",
    ),
    (drop(EXERCISES, "glute_bridge", "tempo"), BRIDGE + "tempo is missing"),
    (
        put(EXERCISES, "glute_bridge", "harder", "handstand"),
        BRIDGE + "harder has an unknown 'handstand'",
    ),
    (
        put(EXERCISES, "glute_bridge", "harder", 3),
        BRIDGE + "harder must be an exercise id or null, not 3",
    ),
    (
        put(EXERCISES, "glute_bridge", "harder", "step_up"),
        BRIDGE + "harder is 'step_up', which does not point back",
    ),
    (
        put(EXERCISES, "glute_bridge", "level", "advanced"),
        "exercises.yaml: glute_bridge: harder is 'hip_thrust', which is of a lower level",
    ),
    (
        put(EXERCISES, "hip_thrust", "harder", "glute_bridge"),
        BRIDGE + "the ladder of harder exercises loops",
    ),
    (
        lambda data: data[EXERCISES].update(plank=None),
        "exercises.yaml: plank: must be a mapping, not None",
    ),
    (
        lambda data: data[EXERCISES].update({"Plank 2": {}}),
        "exercises.yaml: Plank 2: an id is lower-case words joined by underscores",
    ),
    (
        lambda data: data[MOVES].update(glute_bridge=data[MOVES]["march"]),
        "warm_up.yaml: glute_bridge: is in exercises.yaml too",
    ),
    (lambda data: data[MOVES].clear(), "warm_up.yaml: is empty"),
    (
        put(MOVES, "march", "seconds", 5),
        "warm_up.yaml: march: seconds must be a whole number from 15 to 120, not 5",
    ),
    (put(MOVES, "march", "kind", "warm_up"), "warm_up.yaml: march: unknown key 'kind'"),
    (
        put(EQUIPMENT, "bench", "stands_in_for", ["ladder"]),
        "equipment.yaml: bench: stands_in_for has an unknown 'ladder'",
    ),
    (
        put(EQUIPMENT, "bench", "stands_in_for", ["bench"]),
        "equipment.yaml: bench: stands in for itself",
    ),
    (
        lambda data: data["knowledge.yaml"].update(muscles="glutes"),
        "knowledge.yaml: muscles must be a list of ids, not 'glutes'",
    ),
    (
        lambda data: data["knowledge.yaml"]["topics"].append("why"),
        "knowledge.yaml: topics has 'why' twice",
    ),
    (
        lambda data: data["knowledge.yaml"]["topics"].append("Why Not"),
        "knowledge.yaml: topics has 'Why Not'; an id is lower-case words joined by underscores",
    ),
]


@pytest.mark.parametrize(("spoil", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_told_with_its_file_and_id(spoil: Callable[[Data], object], fault: str) -> None:
    data = real()
    spoil(data)
    assert fault in faults_of(data)


def test_all_faults_are_told_together_and_in_order() -> None:
    data = real()
    put(EXERCISES, "glute_bridge", "rest_s", "long")(data)
    put(EXERCISES, "step_up", "level", "expert")(data)
    put(MOVES, "march", "seconds", 5)(data)
    put("cool_down.yaml", "lying_breathing", "one_sided", None)(data)
    drop(EQUIPMENT, "mat", "stands_in_for")(data)
    data[EQUIPMENT]["mat"] = {"colour": "blue"}
    faults = faults_of(data)
    assert [fault.rsplit(":", 1)[0] for fault in faults] == [
        "cool_down.yaml: lying_breathing",
        "equipment.yaml: mat",
        "equipment.yaml: mat",
        "exercises.yaml: glute_bridge",
        "exercises.yaml: step_up",
        "warm_up.yaml: march",
    ]


def test_the_data_unspoilt_has_no_faults() -> None:
    data = real()
    built = build_catalogue(
        {name: yaml.safe_dump(one, sort_keys=False) for name, one in data.items()}
    )
    assert list(built.exercises) == list(data[EXERCISES])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("march: {seconds: 60, seconds: 50}", "warm_up.yaml: line 1: 'seconds' is there twice"),
        ("march: {}\nmarch: {}", "warm_up.yaml: line 2: 'march' is there twice"),
        ("march: [", "warm_up.yaml: not YAML: "),
        ("- march", "warm_up.yaml: must be a mapping from ids"),
        ("7: {}", "warm_up.yaml: must be a mapping from ids"),
        ("", "warm_up.yaml: must be a mapping from ids"),
        ("? [march]\n: {}", "warm_up.yaml: not YAML: "),
        ("march: !!python/object/apply:os.getcwd []", "warm_up.yaml: not YAML: "),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_told(text: str, fault: str) -> None:
    texts = {name: (FOLDER / name).read_text("utf-8") for name in FILES}
    with pytest.raises(CatalogueError) as caught:
        build_catalogue({**texts, MOVES: text})
    assert any(one.startswith(fault) for one in caught.value.faults), caught.value


def test_there_are_words_for_english() -> None:
    assert "en" in languages()
    assert "glute_bridge-name = glute bridge\n" in load_words()


@pytest.mark.parametrize("language", ["xx", "", "../words/en", "coach.en"])
def test_a_language_without_words_is_refused(language: str) -> None:
    with pytest.raises(CatalogueError, match="only en"):
        load_words(language)


def test_a_line_that_the_facts_ask_for_and_that_is_not_there_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = load_words().replace("glute_bridge-name = ", "glute_bridge-nome = ")
    monkeypatch.setattr("skill.catalogue.load.load_words", lambda _: text)
    with pytest.raises(CatalogueError, match="glute_bridge-name: is missing"):
        load_to_speak()


def test_what_is_loaded_to_speak_is_what_is_loaded_whole() -> None:
    spoken, whole = load_to_speak(), load_whole()
    assert spoken[1] == whole[1]
    assert list(spoken[0].exercises.values()) == list(whole[0].exercises.values())


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@settings(deadline=None, max_examples=60)  # the machine may be busy
@given(st.sampled_from([each.name for each in fields(Exercise) if each.name != "id"]), PLAIN)
def test_whatever_stands_in_a_field_is_read_or_told(key: str, value: object) -> None:
    texts = {name: (FOLDER / name).read_text("utf-8") for name in FILES}
    exercises = yaml.safe_load(texts[EXERCISES])
    exercises["glute_bridge"][key] = value
    try:
        built = build_catalogue({**texts, EXERCISES: yaml.safe_dump(exercises, sort_keys=False)})
    except CatalogueError as error:
        assert all(fault.startswith(f"{EXERCISES}: ") for fault in error.faults)
    else:
        assert list(built.exercises) == list(exercises)
