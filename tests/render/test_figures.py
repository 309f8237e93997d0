"""Figures: one for each exercise and move, of a body like ours, doing what is said, and as SVG."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from skill.render.figure import BODY, Pose
from skill.render.figures import (
    ARM_COLOUR,
    BODY_COLOUR,
    FAR_COLOUR,
    PROP_COLOUR,
    load_figures,
    svg,
)
from tests.render.bodies import (
    EVERY,
    EXERCISES,
    MOVES,
    SHARES,
    figure_of,
    floor_of,
    lengths,
    turn,
)

SVG = "{http://www.w3.org/2000/svg}"


def test_every_exercise_and_every_move_has_a_figure_and_nothing_else_has() -> None:
    assert sorted(load_figures()) == sorted(EVERY)


@pytest.mark.parametrize("id_", EVERY)
def test_limbs_are_as_long_in_all_poses(id_: str) -> None:
    figure = figure_of(id_)
    start = lengths(figure.start)
    for pose in figure.poses:
        assert lengths(pose) == {
            bone: pytest.approx(length, rel=0.04) for bone, length in start.items()
        }


def most_moved(id_: str) -> float:
    figure = figure_of(id_)
    return max(math.dist(figure.start[joint], figure.end[joint]) for joint in BODY)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_poses_of_an_exercise_differ_so_that_one_sees_what_to_do(exercise: str) -> None:
    assert most_moved(exercise) > 8


@pytest.mark.parametrize("move", MOVES)
def test_a_move_moves_be_it_as_little_as_a_breath(move: str) -> None:
    assert most_moved(move) > 2.5


def test_stretches_are_held_and_all_other_moves_go_to_and_fro() -> None:
    stays = {id_ for id_ in EVERY if figure_of(id_).stays}
    assert stays == {move for move in MOVES if move.endswith("_stretch")}


def test_the_pace_of_a_move_is_drawn_and_that_of_a_rep_comes_from_its_tempo() -> None:
    paced = {id_ for id_ in EVERY if figure_of(id_).way_ms}
    assert paced == {*MOVES}


@pytest.mark.parametrize("id_", EVERY)
def test_what_is_in_the_room_stands_on_the_floor_or_above_it(id_: str) -> None:
    figure = figure_of(id_)
    floor = floor_of(figure)
    for prop in figure.props:
        assert prop.at[1] + max(prop.size[1], prop.radius) <= floor + 0.11
        assert (prop.to or prop.at)[1] + prop.radius <= floor + 0.11


@pytest.mark.parametrize("id_", [move for move in MOVES if move.startswith("seated_")])
def test_who_is_seated_has_a_seat_below_the_hip(id_: str) -> None:
    figure = figure_of(id_)
    x, y = figure.start["hip"]
    seats = [one for one in figure.props if one.at[0] <= x <= one.at[0] + one.size[0]]
    assert [True for seat in seats if 2 < seat.at[1] - y < 4]


@pytest.mark.parametrize(
    ("id_", "hand"),
    [("step_backs", "hand"), ("standing_flexor_stretch", "hand"), ("leg_swings", "far_hand")],
)
def test_who_holds_a_chair_has_the_hand_on_its_back(id_: str, hand: str) -> None:
    figure = figure_of(id_)
    x, y = figure.start[hand]
    back = min((one for one in figure.props if one.shape == "box"), key=lambda one: one.at[1])
    assert back.at[0] - 0.5 <= x <= back.at[0] + back.size[0] + 0.5
    assert 0 < back.at[1] - y < 2


@pytest.mark.parametrize(
    ("id_", "planted"),
    [
        ("glute_bridge", {"shoulder", "head", "hand", "ankle", "toe"}),
        ("hip_thrust", {"shoulder", "ankle", "toe"}),
        ("quadruped_kickback", {"hand", "shoulder", "hip", "far_ankle", "far_toe"}),
        ("step_up", {"ankle", "toe"}),
        ("standing_kickback", {"hand", "hip", "far_ankle", "far_toe"}),
        ("upright_hip_thrust", {"knee", "ankle", "toe"}),
        ("ball_bridge_curl", {"shoulder", "head", "hand"}),
        ("prone_ball_extension", {"hand", "shoulder", "hip"}),
        ("march", {"hip"}),
        ("hip_circles", {"head", "ankle", "toe", "far_ankle", "far_toe"}),
        ("pelvic_tilts", {"head", "shoulder", "ankle", "toe", "far_ankle", "far_toe"}),
        ("chair_squats", {"ankle", "toe"}),
        ("step_backs", {"hand", "hip", "shoulder"}),
        ("leg_swings", {"far_hand", "hip", "shoulder", "far_ankle", "far_toe"}),
        ("seated_march", {"hip", "shoulder", "hand"}),
        ("seated_kicks", {"hip", "shoulder", "hand"}),
        ("seated_bows", {"hip", "ankle", "toe"}),
        ("kneeling_flexor_stretch", {"knee", "ankle", "toe", "far_ankle", "far_toe"}),
        ("standing_flexor_stretch", {"hand", "ankle", "toe", "far_ankle", "far_toe"}),
        ("lying_hamstring_stretch", {"head", "hip", "hand", "knee", "far_ankle", "far_toe"}),
        ("seated_hamstring_stretch", {"hip", "ankle", "toe", "far_ankle", "far_toe"}),
        ("lying_breathing", {"head", "hip", "ankle", "toe"}),
        ("seated_breathing", {"head", "hip", "ankle", "toe"}),
    ],
)
def test_what_carries_the_body_stays_where_it_is(id_: str, planted: set[str]) -> None:
    figure = figure_of(id_)
    assert planted <= set(figure.held)
    for pose in figure.poses:
        assert {joint: figure.start[joint] for joint in planted} == {
            joint: pytest.approx(pose[joint], abs=0.11) for joint in planted
        }


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


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_the_picture_has_a_title_and_neither_script_nor_reference(id_: str, share: float) -> None:
    text = svg(figure_of(id_), share, title="<b> & 'co'")
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
