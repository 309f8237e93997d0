from __future__ import annotations

import copy
import itertools
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from skill.coach.reply import Reply
from skill.coach.session import PLAYING, Session
from skill.coach.timeline import lay_out
from skill.render.apl import DELAY_MS
from skill.render.figure_graphic import WAYS, drawings
from skill.render.figure_motion import pose_at
from skill.render.figures import load_figures
from skill.render.screen import Chips
from tests.coach.listener import the_catalogue, the_words
from tests.render.situations import (
    SITUATIONS,
    screen_of,
    screens,
    shown,
    the_documents,
    the_drawings,
    turn,
)
from tests.render.suggester import complaints, played
from tests.strategies import sessions

FEW = 60_000
"""Bytes of a document with its data; half of what Amazon allows a response is left for sound."""


def size(made: dict[str, Any]) -> int:
    return len(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Return every object in JSON."""
    if isinstance(node, list):
        for child in node:
            yield from nodes(child)
    elif isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)


def test_amazons_validator_finds_no_fault_with_any_document_and_its_data() -> None:
    assert complaints(shown()) == {name: [] for name in SITUATIONS}


def broken(**faults: Any) -> dict[str, Any]:
    made = copy.deepcopy(shown(["set"])["set"])
    layouts, graphic = made["document"]["layouts"], made["document"]["graphics"]["figure"]
    match faults:
        case {"component": more}:
            layouts["Stage"]["item"]["items"].append(more)
        case {"cue": more}:
            layouts["Cue"]["item"] |= more
        case {"command": more}:
            layouts["Chip"]["item"]["onPress"] = [more]
        case {"path": more}:
            graphic["items"][0] |= more
        case {"data": more}:
            made["datasources"]["screen"] = more
    return made


@pytest.mark.parametrize(
    "faulty",
    [
        {"component": {"type": "Dail"}},
        {"component": {"text": "of no type"}},
        {"cue": {"maxLines": "many"}},
        {"cue": {"colr": "red"}},
        {"command": {"type": "SendEvent", "sequencer": 4}},
        {"path": {"strokeLineCap": "rund"}},
        {"data": 3},
    ],
    ids=str,
)
def test_the_validator_would_see_a_fault(faulty: dict[str, Any]) -> None:
    assert complaints({"faulty": broken(**faulty)})["faulty"]


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_has_its_document(name: str) -> None:
    assert screen_of(name).document == SITUATIONS[name][0]


def test_every_document_belongs_to_a_situation() -> None:
    assert {document for document, _ in SITUATIONS.values()} == set(the_documents().whole)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_screen_leaves_room_for_the_sound(name: str) -> None:
    assert size(shown([name])[name]) < FEW


@given(sessions(the_catalogue(), PLAYING))
@settings(max_examples=40, deadline=None)
def test_whatever_plays_has_a_screen_that_fits_and_follows_it(here: Session) -> None:
    length_of = the_words().length_ms
    reply: Reply = turn(here).play(here)
    screen = screens().of(reply, length_of, Chips())
    stretches = screen.stretches
    assert size(the_documents().render(screen, screens())) < FEW
    assert all(each.at < each.until for each in stretches)
    assert all(a.until <= b.at for a, b in itertools.pairwise(stretches))
    assert stretches[-1].until >= lay_out(reply.script, length_of).total_ms
    for each in stretches:
        assert 0 <= each.ring <= 1
        assert 0 <= each.ring_end <= 1
        assert {each.start, each.end} <= {0, 1}
        assert each.title
        assert each.figure in the_drawings()


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_a_document_names_is_in_its_data(name: str) -> None:
    made = shown([name])[name]
    data, document = made["datasources"]["screen"], json.dumps(made["document"])
    named = re.findall(r"\bs\.([a-z_]+)(?:\.([a-z_]+))?", document)
    assert len(named) > 10
    for first, second in named:
        assert first in data
        if second and isinstance(data[first], dict):
            assert second in data[first]


@pytest.mark.parametrize("name", SITUATIONS)
def test_columns_are_of_one_length(name: str) -> None:
    data = shown([name])[name]["datasources"]["screen"]
    columns = {key: column for key, column in data["stretches"].items() if key != "texts"}
    assert {len(column) for column in columns.values()} == {data["count"]}
    assert max(columns["figure"]) < len(data["figures"]) == len(data["alt"])


@pytest.mark.parametrize("document", the_documents().whole.values(), ids=lambda _: "")
def test_all_that_can_be_touched_has_a_name_a_role_and_sends_something(
    document: dict[str, Any],
) -> None:
    touchable = [node for node in nodes(document) if node.get("type") == "TouchWrapper"]
    assert touchable
    for node in touchable:
        assert node["accessibilityLabel"]
        assert node["role"]
        assert [command["type"] for command in node["onPress"]] == ["SendEvent"]


def test_no_document_fetches_anything() -> None:
    for document in the_documents().whole.values():
        assert "import" not in document
        assert "http" not in json.dumps(document)


def test_the_set_on_the_device_keeps_step_with_the_sound() -> None:
    screen = screen_of("set")
    inner = [each for each in screen.stretches if each.until - each.at >= 500]
    middles = [(each.at + each.until) // 2 for each in inner]
    seen = played(shown(["set"])["set"], [DELAY_MS + at for at in middles])
    for each, now in zip(inner, seen, strict=True):
        assert (now["title"], now["cue"], now["note"]) == (each.title, each.cue, each.note)
        assert now["isAsked"] == (each.at >= screen.asks_ms)
        if each.counts_down:
            left_s = (each.until - each.at) / 2000
            assert abs(now["count"] - left_s) <= 1
        else:
            assert now["count"] == each.count
        assert now["share"] == pytest.approx((each.start + each.end) / 2, abs=0.05)
        assert now["full"] == pytest.approx((each.ring + each.ring_end) / 2, abs=0.02)


def test_a_move_goes_to_and_fro_and_a_stretch_goes_there_and_stays() -> None:
    for name, stays in (("warm-up", 0), ("cool-down", 1)):
        made, screen = shown([name])[name], screen_of(name)
        moving = next(each for each in screen.stretches if each.counts_down)
        ways = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
        times = [DELAY_MS + moving.at + round(way * moving.way_ms) for way in ways]
        shares = [now["share"] for now in played(made, times)]
        wanted = [0.5, 1, 1, 1, 1, 1] if stays else [0.5, 1, 0.5, 0, 0.5, 1]
        assert shares == pytest.approx(wanted, abs=0.06)


def test_on_no_screen_anything_is_unknown_at_any_time_on_a_slow_device() -> None:
    for name, made in shown().items():
        ends = min(made["datasources"]["screen"]["ends"], 240_000)
        for now in played(made, [0, DELAY_MS, ends // 2, ends, ends + 5_000], every_ms=400):
            assert None not in now.values(), name
            assert 0 <= now["spot"] < now["poses"] - 1, name
            assert 0 <= now["full"] <= 1, name


def test_figures_between_their_poses_are_where_they_should_be() -> None:
    figures = load_figures()
    for id_, drawing in drawings(figures).items():
        for number in range(4 * WAYS + 1):
            share = number / (4 * WAYS)
            spot = min(int(share * WAYS), WAYS - 1)
            p, q = drawing["poses"][spot : spot + 2]
            head = [a + (b - a) * (share * WAYS - spot) for a, b in zip(p, q, strict=True)][:2]
            assert math.dist(head, pose_at(figures[id_], share)["head"]) < 1


def test_a_question_is_on_the_screen_when_it_is_asked() -> None:
    assert screen_of("how was it").stretches[0].cue == "Was that easy, about right, or hard?"
    assert screen_of("set").stretches[-1].cue.endswith("?")
    assert screen_of("position").stretches[-1].cue.endswith("?")


def test_a_rest_shows_what_comes_next_and_counts_down() -> None:
    rest = next(each for each in screen_of("set").stretches if each.title == "Rest")
    assert (rest.cue, rest.counts_down, rest.ring, rest.ring_end) == (
        "Next: Set 2 of 3",
        True,
        1,
        0,
    )
    assert rest.until - rest.at == 60_000


def test_the_ring_of_a_set_that_is_resumed_begins_where_it_was() -> None:
    first = next(each for each in screen_of("set from rep five").stretches if each.count)
    assert first.count == "5"
    assert first.ring == pytest.approx(4 / 12, abs=0.001)


def test_steps_are_counted_and_only_the_movement_moves() -> None:
    position, movement = screen_of("position").stretches, screen_of("movement").stretches
    assert [each.note for each in position if each.note.startswith("Step")][-1] == "Step 4 of 4"
    assert not any(each.way_ms for each in position)
    assert any(each.way_ms for each in movement)


def test_a_finished_workout_says_what_was_done() -> None:
    done = screen_of("finished").stretches[0]
    assert done.title == "Done for today"
    assert done.cue


def test_the_plan_is_listed_and_its_exercises_can_be_asked_about() -> None:
    rows = screen_of("plan offered").rows
    assert [row.text for row in rows][::4] == ["Warm-up", "Cool-down"]
    assert rows[1].arguments == ("HowToIntent", {"exercise": "glute_bridge"})
    assert rows[1].spoken == "How do I do glute bridges"
    assert rows[1].detail == "3 sets of 12"


def test_the_week_shows_its_days_and_the_good_weeks() -> None:
    week = shown(["good weeks"])["good weeks"]["datasources"]["screen"]["week"]
    assert [day["trained"] for day in week["days"]] == [True, False, True] + [False] * 4
    assert (week["workouts"], week["streak"]) == ("2 workouts", "4 good weeks in a row")
