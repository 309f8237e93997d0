"""Figures: of bodies like ours, that keep their limbs' length, their footing and their contrast."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from skill.catalogue.load import FOLDER, CatalogueError
from skill.render.figures import (
    ARM_COLOUR,
    BENDS,
    BODY,
    BODY_COLOUR,
    BONES,
    FAR_COLOUR,
    FAR_LEG,
    FILE,
    PROP_COLOUR,
    Figure,
    Pose,
    build_figures,
    load_figures,
    pose_at,
    svg,
)
from tests.coach.listener import the_catalogue

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.floats(0, 1)
EVERY = sorted(the_catalogue().exercises)
BRIDGE = "figures.yaml: glute_bridge: "
Data = dict[str, Any]


@cache
def figure_of(exercise: str) -> Figure:
    return load_figures()[exercise]


def lengths(pose: Pose) -> dict[tuple[str, str], float]:
    return {(a, b): math.dist(pose[a], pose[b]) for a, b in BONES if b in pose}


def turn(pose: Pose, a: str, b: str, c: str) -> float:
    """Return the clockwise turn at b in degrees, by the cross and the dot product."""
    ux, uy = pose[b][0] - pose[a][0], pose[b][1] - pose[a][1]
    vx, vy = pose[c][0] - pose[b][0], pose[c][1] - pose[b][1]
    return math.degrees(math.atan2(ux * vy - uy * vx, ux * vx + uy * vy))


def test_every_exercise_has_a_figure_and_nothing_else_has() -> None:
    assert sorted(load_figures()) == EVERY


@pytest.mark.parametrize("exercise", EVERY)
def test_limbs_are_as_long_in_both_poses(exercise: str) -> None:
    figure = figure_of(exercise)
    start, end = lengths(figure.start), lengths(figure.end)
    assert end == {bone: pytest.approx(length, rel=0.04) for bone, length in start.items()}


@pytest.mark.parametrize("exercise", EVERY)
def test_the_two_poses_differ_so_that_one_sees_what_to_do(exercise: str) -> None:
    figure = figure_of(exercise)
    assert max(math.dist(figure.start[joint], figure.end[joint]) for joint in BODY) > 8


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_limbs_keep_their_length_all_the_way(exercise: str, share: float) -> None:
    figure = figure_of(exercise)
    now, start = lengths(pose_at(figure, share)), lengths(figure.start)
    assert now == {bone: pytest.approx(length, rel=0.04) for bone, length in start.items()}


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_no_joint_bends_the_wrong_way_on_the_way(exercise: str, share: float) -> None:
    pose = pose_at(figure_of(exercise), share)
    for joints, (low, high) in BENDS.items():
        if joints[-1] in pose:
            assert low - 2 <= turn(pose, *joints) <= high + 2


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_what_is_held_stays_or_goes_straight(exercise: str, share: float) -> None:
    figure = figure_of(exercise)
    pose = pose_at(figure, share)
    for joint in figure.held:
        (x, y), (to_x, to_y) = figure.start[joint], figure.end[joint]
        straight = (x + (to_x - x) * share, y + (to_y - y) * share)
        assert pose[joint] == pytest.approx(straight)


@pytest.mark.parametrize("exercise", EVERY)
@given(share=st.floats(0, 0.99))
def test_nothing_jumps(exercise: str, share: float) -> None:
    now, next_ = (pose_at(figure_of(exercise), each) for each in (share, share + 0.01))
    assert max(math.dist(now[joint], next_[joint]) for joint in now) < 2


@pytest.mark.parametrize(
    ("exercise", "planted"),
    [
        ("glute_bridge", {"shoulder", "head", "hand", "ankle", "toe"}),
        ("hip_thrust", {"shoulder", "ankle", "toe"}),
        ("quadruped_kickback", {"hand", "shoulder", "hip", "far_ankle", "far_toe"}),
        ("step_up", {"ankle", "toe"}),
        ("standing_kickback", {"hand", "hip", "far_ankle", "far_toe"}),
        ("upright_hip_thrust", {"knee", "ankle", "toe"}),
        ("ball_bridge_curl", {"shoulder", "head", "hand"}),
        ("prone_ball_extension", {"hand", "shoulder", "hip"}),
    ],
)
def test_what_carries_the_body_stays_where_it_is(exercise: str, planted: set[str]) -> None:
    figure = figure_of(exercise)
    assert planted <= set(figure.held)
    assert {j: figure.start[j] for j in planted} == {j: figure.end[j] for j in planted}


@pytest.mark.parametrize(
    ("exercise", "straight"),
    [
        ("glute_bridge", ("shoulder", "hip", "knee")),
        ("step_up", ("hip", "knee", "ankle")),
        ("upright_hip_thrust", ("shoulder", "hip", "knee")),
        ("prone_ball_extension", ("shoulder", "hip", "ankle")),
        ("quadruped_kickback", ("hip", "knee", "ankle")),
    ],
)
def test_the_end_of_a_lift_is_the_line_that_is_asked_for(
    exercise: str, straight: tuple[str, str, str]
) -> None:
    assert abs(turn(figure_of(exercise).end, *straight)) < 6


@pytest.mark.parametrize(("exercise", "at"), [("hip_thrust", "end"), ("step_up", "start")])
def test_knees_are_square_where_that_is_asked_for(exercise: str, at: str) -> None:
    pose: Pose = getattr(figure_of(exercise), at)
    assert turn(pose, "hip", "knee", "ankle") == pytest.approx(90, abs=4)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, math.inf])
def test_there_is_no_pose_before_the_start_or_after_the_end(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        pose_at(figure_of("step_up"), share)


def faulty(change: Callable[[Data], object]) -> tuple[str, ...]:
    data = yaml.safe_load((FOLDER / FILE).read_text("utf-8"))
    change(data)
    with pytest.raises(CatalogueError) as caught:
        build_figures(yaml.safe_dump(data))
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
        (one_legged, "step_up: the far leg must be in both poses or in neither"),
    ],
)
def test_a_body_unlike_ours_is_refused(change: Callable[[Data], None], fault: str) -> None:
    assert [each for each in faulty(change) if each.startswith(f"figures.yaml: {fault}")]


def test_all_faults_are_told_at_once() -> None:
    def change(data: Data) -> None:
        longer(data)
        put([], "held")(data)

    assert len(faulty(change)) == 2


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(CatalogueError, match="not YAML"):
        build_figures("glute_bridge: [")


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_the_picture_has_a_title_and_neither_script_nor_reference(
    exercise: str, share: float
) -> None:
    text = svg(figure_of(exercise), share, title="<b> & 'co'")
    root = ET.fromstring(text)  # noqa: S314 - it is ours
    assert root.attrib == {"viewBox": "0 0 100 100", "role": "img"}
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "<b> & 'co'"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "g", "line", "rect", "circle", "polyline"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if "href" in name or name in ("style", "class")]
    assert not [name for name in names if name.startswith("on")]
    assert "url(" not in text


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_the_whole_body_is_in_the_picture(exercise: str, share: float) -> None:
    for x, y in pose_at(figure_of(exercise), share).values():
        assert 3 <= x <= 97
        assert 3 <= y <= 97


@pytest.mark.parametrize("exercise", EVERY)
@given(share=SHARES)
def test_nothing_sinks_into_the_floor(exercise: str, share: float) -> None:
    figure = figure_of(exercise)
    (floor,) = (prop.at[1] for prop in figure.props if prop.shape == "line")
    assert max(y for _, y in pose_at(figure, share).values()) < floor - 1.5


def test_the_ball_rolls_and_the_barbell_goes_along() -> None:
    def circles(exercise: str, share: float) -> list[tuple[str | None, str | None]]:
        root = ET.fromstring(svg(figure_of(exercise), share, title="x"))  # noqa: S314 - it is ours
        return [(one.get("cx"), one.get("cy")) for one in root.iter(f"{SVG}circle")]

    (ball, _), (rolled, _) = circles("ball_bridge_curl", 0), circles("ball_bridge_curl", 1)
    assert ball != rolled
    hand = figure_of("hip_thrust").end["hand"]
    assert circles("hip_thrust", 1)[-1] == (f"{hand[0]:.2f}", f"{hand[1]:.2f}")


def luminance(colour: str) -> float:
    """Return the relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [BODY_COLOUR, ARM_COLOUR, FAR_COLOUR, PROP_COLOUR])
def test_colours_can_be_seen_on_white_and_on_nearly_black(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 3
    assert (luminance(colour) + 0.05) / (luminance("#121212") + 0.05) >= 3
