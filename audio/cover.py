"""The cover picture: somebody in a bridge, drawn here from a few strokes, without any text."""

from __future__ import annotations

from functools import cache

from skill.render.picture import ground, png, stroke

SIDE = 1_400
"""Pixels of each side: the least that podcast directories take."""

_Point = tuple[float, float]

_BACKGROUND = (236, 228, 214)
_DISC = (246, 205, 150)
_FLOOR = (96, 125, 128)
_FIGURE = (38, 70, 83)

# From left to right, in parts of the side: the head, the shoulders on the floor, hips and knees in
# one rising line, the shin upright, the foot flat.
_HEAD: _Point = (0.205, 0.66)
_SHOULDER: _Point = (0.30, 0.672)
_HIP: _Point = (0.515, 0.53)
_KNEE: _Point = (0.69, 0.42)
_HEEL: _Point = (0.705, 0.69)
_TOE: _Point = (0.775, 0.697)
_HAND: _Point = (0.50, 0.70)


@cache
def cover_png() -> bytes:
    """Return the cover as a PNG of 1,400 by 1,400 pixels, the same bytes every time."""
    picture = ground(SIDE, _BACKGROUND)
    stroke(picture, [(0.5, 0.47)], 0.33, _DISC)
    stroke(picture, [(0.12, 0.737), (0.88, 0.737)], 0.013, _FLOOR)
    for start, end, width in (
        (_SHOULDER, _HIP, 0.046),
        (_HIP, _KNEE, 0.042),
        (_KNEE, _HEEL, 0.032),
        (_HEEL, _TOE, 0.025),
        (_SHOULDER, _HAND, 0.021),
    ):
        stroke(picture, [start, end], width, _FIGURE)
    stroke(picture, [_HEAD], 0.062, _FIGURE)
    return png(picture)
