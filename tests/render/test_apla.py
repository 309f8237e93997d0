"""A paced script as APL for Audio keeps the coach's tempo: the same words, the same silences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.part import Room
from skill.coach.reply import Beat, Line, Mark, Pause, Script, line
from skill.coach.sets import set_part
from skill.coach.timeline import lay_out
from skill.render.apla import apla
from skill.render.text import text
from skill.render.words import Words
from tests.coach.listener import the_catalogue, the_words
from tests.coach.test_sets import EXERCISES, a_set

SHORT = Words("en", "echo = { $what }\n")
LINES = st.integers(0, 99).map(lambda n: line("echo", what=n))
SCRIPTS = st.lists(
    LINES
    | st.integers(1, 3_000).map(Pause)
    | st.builds(Beat, st.integers(500, 3_000), st.none() | LINES)
    | st.just(Mark("lift")),
    max_size=25,
).map(tuple)


def components(document: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = document["mainTemplate"]["item"]["items"]
    return items


def speeches(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        if item["type"] == "Speech":
            yield item["content"]
        yield from speeches(item.get("items", []))


def played_ms(item: dict[str, Any], ms_of: dict[str, int]) -> int:
    """Return how long a device plays a component, given how long it takes for each speech."""
    match item["type"]:
        case "Speech":
            return ms_of[item["content"]]
        case "Silence":
            return int(item["duration"])
        case "Mixer":
            return max(played_ms(inner, ms_of) for inner in item["items"])
        case _:
            return sum(played_ms(inner, ms_of) for inner in item["items"])


def silences_ms(items: list[dict[str, Any]]) -> int:
    return sum(i.get("duration", 0) + silences_ms(i.get("items", [])) for i in items)


@given(SCRIPTS)
def test_every_word_is_there_in_its_order_and_every_silence_to_the_millisecond(
    script: Script,
) -> None:
    items = components(apla(script, SHORT))
    assert " ".join(speeches(items)) == text(script, SHORT)
    assert silences_ms(items) == sum(e.ms for e in script if isinstance(e, (Pause, Beat)))


@given(SCRIPTS)
def test_the_parts_of_a_document_are_speech_silence_and_mixers_of_both(script: Script) -> None:
    for item in components(apla(script, SHORT)):
        if item["type"] == "Mixer":
            assert [inner["type"] for inner in item["items"]] == ["Speech", "Silence"]
        else:
            assert item["type"] in ("Speech", "Silence")
        assert item.get("duration", 1) > 0


@given(SCRIPTS)
def test_speech_and_silence_take_turns_so_that_a_device_has_little_to_join(script: Script) -> None:
    kinds = [item["type"] for item in components(apla(script, SHORT))]
    assert ("Speech", "Speech") not in pairwise(kinds)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_a_device_plays_a_set_for_exactly_as_long_as_the_coach_reckons(exercise: object) -> None:
    words = the_words()
    id_ = getattr(exercise, "id", "")
    room = Room(the_catalogue(), words.length_ms)
    script = set_part(a_set(the_catalogue().exercises[id_], 10), room).script
    items = components(apla(script, words))
    free = [words.sentence(e) for e in script if isinstance(e, Line)]
    ms_of = {words.sentence(e): words.length_ms(e) for e in script if isinstance(e, Line)}
    ms_of |= {
        words.sentence(e.line): words.length_ms(e.line)
        for e in script
        if isinstance(e, Beat) and e.line
    }
    for joined in speeches(items):
        ms_of.setdefault(joined, sum(ms_of[part] for part in free if part in joined))
    assert sum(played_ms(item, ms_of) for item in items) == lay_out(script, room.length_of).total_ms


def test_a_word_starts_with_its_beat_and_runs_on_into_the_silent_beats_behind_it() -> None:
    script = (Beat(1_000, line("echo", what="long")), Mark("hold"), Beat(700), Beat(300))
    (mixer,) = components(apla(script, SHORT))
    assert [inner.get("duration") for inner in mixer["items"]] == [None, 2_000]


def test_nothing_in_a_document_is_markup() -> None:
    (speech,) = components(apla((line("echo", what="<b> & co"),), SHORT))
    assert (speech["contentType"], speech["content"]) == ("PlainText", "<b> & co")


def test_a_document_says_what_it_is() -> None:
    document = apla((line("echo", what=1),), SHORT)
    assert (document["type"], document["version"]) == ("APLA", "0.91")
    assert document["mainTemplate"]["parameters"] == ["payload"]
    assert document["mainTemplate"]["item"]["type"] == "Sequencer"
