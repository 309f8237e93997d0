"""Figures in motion: limbs keep their length, feet their footing, and nothing jumps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from skill.render.figure import BENDS, Figure
from skill.render.figure_motion import pose_at
from tests.render.bodies import EVERY, SHARES, figure_of, floor_of, lengths, turn


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_limbs_keep_their_length_all_the_way(id_: str, share: float) -> None:
    figure = figure_of(id_)
    now, start = lengths(pose_at(figure, share)), lengths(figure.start)
    assert now == {bone: pytest.approx(length, rel=0.04) for bone, length in start.items()}


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_no_joint_bends_the_wrong_way_on_the_way(id_: str, share: float) -> None:
    pose = pose_at(figure_of(id_), share)
    for joints, (low, high) in BENDS.items():
        if {*joints} <= pose.keys():
            assert low - 2 <= turn(pose, *joints) <= high + 2


def straight(figure: Figure, joint: str, share: float) -> tuple[float, float]:
    """Return where a joint is that goes straight from pose to pose, each way in equal time."""
    stops = [pose[joint] for pose in figure.poses]
    number = min(int(share * (len(stops) - 1)), len(stops) - 2)
    (x, y), (to_x, to_y) = stops[number : number + 2]
    part = share * (len(stops) - 1) - number
    return x + (to_x - x) * part, y + (to_y - y) * part


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_what_is_held_stays_or_goes_straight(id_: str, share: float) -> None:
    figure = figure_of(id_)
    pose = pose_at(figure, share)
    for joint in figure.held:
        assert pose[joint] == pytest.approx(straight(figure, joint, share))


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_nothing_jumps(id_: str, share: float) -> None:
    figure = figure_of(id_)
    now, next_ = (pose_at(figure, each) for each in (share, min(1, share + 0.01)))
    assert max(math.dist(now[joint], next_[joint]) for joint in now) < 2


@pytest.mark.parametrize("id_", EVERY)
def test_a_figure_passes_through_the_poses_that_were_drawn(id_: str) -> None:
    figure = figure_of(id_)
    assert pose_at(figure, 0) == figure.start
    assert pose_at(figure, 1) == figure.end
    if figure.middle:
        assert pose_at(figure, 0.5) == figure.middle


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, math.inf])
def test_there_is_no_pose_before_the_start_or_after_the_end(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        pose_at(figure_of("step_up"), share)


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_the_whole_body_is_in_the_picture(id_: str, share: float) -> None:
    for x, y in pose_at(figure_of(id_), share).values():
        assert 3 <= x <= 97
        assert 3 <= y <= 97


@pytest.mark.parametrize("id_", EVERY)
@given(share=SHARES)
def test_nothing_sinks_into_the_floor(id_: str, share: float) -> None:
    figure = figure_of(id_)
    assert max(y for _, y in pose_at(figure, share).values()) < floor_of(figure) - 1.5


@pytest.mark.parametrize("id_", ["march", "step_backs", "seated_march", "seated_kicks"])
@given(share=SHARES)
def test_who_changes_legs_has_one_foot_on_the_floor_at_any_time(id_: str, share: float) -> None:
    figure = figure_of(id_)
    pose = pose_at(figure, share)
    assert floor_of(figure) - max(pose["toe"][1], pose["far_toe"][1]) < 3.5


@pytest.mark.parametrize("id_", ["march", "step_backs", "seated_march", "seated_kicks"])
def test_who_changes_legs_has_both_feet_on_the_floor_between_them(id_: str) -> None:
    pose = pose_at(figure_of(id_), 0.5)
    assert pose["ankle"][1] == pytest.approx(pose["far_ankle"][1], abs=0.2)
    assert pose["toe"][1] == pytest.approx(pose["far_toe"][1], abs=0.2)


@pytest.mark.parametrize("id_", ["lying_breathing", "seated_breathing"])
@given(share=SHARES)
def test_the_hand_goes_with_the_belly_that_fills(id_: str, share: float) -> None:
    figure = figure_of(id_)
    pose, empty = pose_at(figure, share), figure.start
    moved = [
        tuple(now - then for now, then in zip(pose[joint], empty[joint], strict=True))
        for joint in ("belly", "hand")
    ]
    assert moved[0] == pytest.approx(moved[1], abs=0.15)
    filled = math.dist(pose["waist"], pose["belly"])
    assert filled >= math.dist(empty["waist"], empty["belly"]) + 3 * share - 0.1
