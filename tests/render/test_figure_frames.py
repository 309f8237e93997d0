"""Frames of figures for a screen that mixes neighbours: true to the figures, and small."""

from __future__ import annotations

import gzip
import json
import math
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from skill.render.figure import LIMBS
from skill.render.figure_frames import frames
from skill.render.figure_motion import pose_at
from skill.render.figures import load_figures
from tests.render.bodies import EVERY, SHARES, figure_of, lengths

SHARES_SHOWN = 21


@cache
def all_frames() -> dict[str, Any]:
    """The frames as a browser has them: through JSON."""
    whole: dict[str, Any] = json.loads(json.dumps(frames(load_figures())))
    return whole


def mixed(poses: list[dict[str, list[float]]], share: float) -> dict[str, tuple[float, float]]:
    """Return what a screen draws: two neighbours, each joint straight between them."""
    at = share * (len(poses) - 1)
    low, high = poses[math.floor(at)], poses[math.ceil(at)]
    return {
        joint: (x + (high[joint][0] - x) * (at % 1), y + (high[joint][1] - y) * (at % 1))
        for joint, (x, y) in low.items()
    }


def test_every_exercise_and_move_has_frames_and_nothing_else_has() -> None:
    assert sorted(all_frames()["figures"]) == sorted(EVERY)


@pytest.mark.parametrize("id_", EVERY)
def test_frames_are_the_poses_at_even_shares(id_: str) -> None:
    poses = all_frames()["figures"][id_]["poses"]
    assert len(poses) == SHARES_SHOWN
    for number, pose in enumerate(poses):
        true = pose_at(figure_of(id_), number / (SHARES_SHOWN - 1))
        assert pose == {joint: pytest.approx(at, abs=0.0051) for joint, at in true.items()}


@pytest.mark.parametrize("id_", EVERY)
def test_the_last_frame_but_one_is_nearer_to_the_end_than_the_first(id_: str) -> None:
    poses = all_frames()["figures"][id_]["poses"]

    def away(pose: dict[str, list[float]]) -> float:
        return sum(math.dist(pose[joint], at) for joint, at in poses[-1].items())

    assert away(poses[-2]) < away(poses[0])


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_a_screen_that_mixes_neighbours_draws_what_is_true(id_: str, share: float) -> None:
    figure = figure_of(id_)
    now = mixed(all_frames()["figures"][id_]["poses"], share)
    true = pose_at(figure, share)
    assert max(math.dist(now[joint], true[joint]) for joint in true) < 0.5
    assert lengths(now) == {
        bone: pytest.approx(length, rel=0.01, abs=0.02) for bone, length in lengths(true).items()
    }


@pytest.mark.parametrize("id_", EVERY)
def test_coordinates_are_hundredths_within_the_picture(id_: str) -> None:
    for pose in all_frames()["figures"][id_]["poses"]:
        for each in (coordinate for at in pose.values() for coordinate in at):
            assert 0 <= each <= 100
            assert each == round(each, 2)


@pytest.mark.parametrize("id_", EVERY)
def test_the_room_comes_along_whole(id_: str) -> None:
    shown, figure = all_frames()["figures"][id_], figure_of(id_)
    keys = ("shape", "at", "to", "size", "radius", "follows")
    for told, prop in zip(shown["props"], figure.props, strict=True):
        assert sorted(told) == sorted(keys)
        assert told == {key: json.loads(json.dumps(getattr(prop, key))) for key in keys}
    assert shown["unit"] == pytest.approx(
        math.dist(figure.start["hip"], figure.start["shoulder"]) / 24, abs=0.0001
    )
    assert (shown["way_ms"], shown["stays"]) == (figure.way_ms, figure.stays)


def test_how_limbs_are_drawn_is_told_once_for_all() -> None:
    assert all_frames()["limbs"] == [
        {"kind": limb.kind, "joints": list(limb.joints), "width": limb.width} for limb in LIMBS
    ]
    joints = {joint for limb in all_frames()["limbs"] for joint in limb["joints"]} | {"head"}
    for figure in all_frames()["figures"].values():
        assert figure["poses"][0].keys() <= joints


def test_frames_are_small() -> None:
    text = json.dumps(frames(load_figures()), separators=(",", ":")).encode()
    assert len(text) < 123_000
    assert len(gzip.compress(text)) < 30_000


@pytest.mark.parametrize("shares", [2, 5])
def test_there_are_as_many_frames_as_wanted(shares: int) -> None:
    few = frames({"step_up": figure_of("step_up")}, shares)["figures"]["step_up"]["poses"]
    assert len(few) == shares
    assert few[0]["hip"] == list(figure_of("step_up").start["hip"])
    assert few[-1]["hip"] == list(figure_of("step_up").end["hip"])


@pytest.mark.parametrize("shares", [-1, 0, 1])
def test_one_frame_is_no_way(shares: int) -> None:
    with pytest.raises(ValueError, match="at least 2 shares"):
        frames({}, shares)
