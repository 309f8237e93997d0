"""Figures that are drawn wrong are refused, with their places, all at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from skill.catalogue.load import FOLDER, CatalogueError
from skill.render.figure import FAR_LEG
from skill.render.figures import EXERCISES, FILES, MOVES, build_figures

BRIDGE = "figures.yaml: glute_bridge: "
Data = dict[str, Any]


def faulty(change: Callable[[Data], object], file: str = EXERCISES) -> tuple[str, ...]:
    texts = {name: (FOLDER / name).read_text("utf-8") for name in FILES}
    data = yaml.safe_load(texts[file])
    change(data)
    with pytest.raises(CatalogueError) as caught:
        build_figures(texts | {file: yaml.safe_dump(data)})
    return caught.value.faults


def put(value: object, *keys: str | int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        place: Any = data["glute_bridge"]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


POINT = "two numbers from 0 to 100, not "
LIST = "a list, not 'floor'"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put([50, 101], "start", "hip"), f"start: hip must be {POINT}[50, 101]"),
        (put([50], "end", "toe"), f"end: toe must be {POINT}[50]"),
        (put([True, 2], "end", "toe"), f"end: toe must be {POINT}[True, 2]"),
        (put([math.nan, 2], "end", "toe"), f"end: toe must be {POINT}[nan, 2]"),
        (put([1, 2], "end", "tail"), "end: unknown key 'tail'"),
        (put(None, "end"), "end: must be a mapping, not None"),
        (put([], "held"), "held must name joints of the figure, one at least"),
        (put(["far_toe"], "held"), "held must name joints of the figure, one at least"),
        (put(None, "middle"), "middle: must be a mapping, not None"),
        (put({}, "middle"), "middle: head is missing"),
        (put(["tail"], "held"), "held has an unknown 'tail'"),
        (put(99, "way_ms"), "way_ms must be a whole number from 500 to 8000, not 99"),
        (put("yes", "stays"), "stays must be true or false, not 'yes'"),
        (put([50, 50], "start", "far_hand"), "start: far_elbow is missing"),
        (put("floor", "props"), f"props must be {LIST}"),
        (put(["floor"], "props"), "prop 1: must be a mapping, not 'floor'"),
        (
            put([{"shape": "cube"}], "props"),
            "prop 1: shape must be one of line, box, ball, ring, not 'cube'",
        ),
        (put([{"shape": "box", "at": [1, 1]}], "props"), "prop 1: size is missing"),
        (
            put([{"shape": "ring", "radius": 9, "follows": "tail"}], "props"),
            "prop 1: follows must be a joint of the near side, not 'tail'",
        ),
    ],
)
def test_a_faulty_figure_is_refused_with_its_place(
    change: Callable[[Data], None], fault: str
) -> None:
    assert BRIDGE + fault in faulty(change)


def bent_forwards(data: Data) -> None:
    pose = data["upright_hip_thrust"]["end"]
    pose["ankle"], pose["toe"] = [84, 83], [92, 84]


def longer(data: Data) -> None:
    data["step_up"]["end"]["far_toe"][0] += 3


def one_legged(data: Data) -> None:
    for joint in FAR_LEG:
        del data["step_up"]["end"][joint]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (bent_forwards, "upright_hip_thrust: end: knee turns ankle by -"),
        (longer, "step_up: end: far_ankle to far_toe must be about"),
        (one_legged, "step_up: the far leg, the far arm, waist and belly must be in all poses"),
    ],
)
def test_a_body_unlike_ours_is_refused(change: Callable[[Data], None], fault: str) -> None:
    assert [each for each in faulty(change) if each.startswith(f"figures.yaml: {fault}")]


def let_go(data: Data) -> None:
    data["lying_breathing"]["held"].remove("belly")


def without_waist(data: Data) -> None:
    for pose in ("start", "end"):
        del data["lying_breathing"][pose]["waist"]
    data["lying_breathing"]["held"].remove("waist")


def stretched(data: Data) -> None:
    data["march"]["middle"]["far_hand"][0] += 3


def named_as_an_exercise(data: Data) -> None:
    data["step_up"] = data["march"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (let_go, "lying_breathing: held must name the belly, because no bone moves it"),
        (without_waist, "lying_breathing: who has a belly needs a waist"),
        (stretched, "march: middle: far_elbow to far_hand must be about"),
        (named_as_an_exercise, "step_up: there is a figure of that id already"),
    ],
)
def test_a_faulty_move_is_refused_like_an_exercise(
    change: Callable[[Data], None], fault: str
) -> None:
    assert [one for one in faulty(change, MOVES) if one.startswith(f"figures_moves.yaml: {fault}")]


def test_all_faults_are_told_at_once() -> None:
    def change(data: Data) -> None:
        longer(data)
        put([], "held")(data)

    assert len(faulty(change)) == 2


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(CatalogueError, match="not YAML"):
        build_figures({EXERCISES: "glute_bridge: ["})
