"""The figures for tests, and what can be measured on a body."""

from __future__ import annotations

import math
from functools import cache

from hypothesis import strategies as st

from skill.render.figure import BONES, Figure, Pose
from skill.render.figures import load_figures
from tests.coach.listener import the_catalogue

EXERCISES = sorted(the_catalogue().exercises)
MOVES = sorted(the_catalogue().moves)
EVERY = EXERCISES + MOVES
SHARES = st.floats(0, 1)


@cache
def figure_of(id_: str) -> Figure:
    return load_figures()[id_]


def lengths(pose: Pose) -> dict[tuple[str, str], float]:
    return {(a, b): math.dist(pose[a], pose[b]) for a, b in BONES if {a, b} <= pose.keys()}


def turn(pose: Pose, a: str, b: str, c: str) -> float:
    """Return the clockwise turn at b in degrees, by the cross and the dot product."""
    ux, uy = pose[b][0] - pose[a][0], pose[b][1] - pose[a][1]
    vx, vy = pose[c][0] - pose[b][0], pose[c][1] - pose[b][1]
    return math.degrees(math.atan2(ux * vy - uy * vx, ux * vx + uy * vy))


def floor_of(figure: Figure) -> float:
    """Return where the floor is: the first thing in every room."""
    floor = figure.props[0]
    assert (floor.shape, floor.at[0]) == ("line", 2)
    return floor.at[1]
