"""The skill's icon: the top of a glute bridge, drawn from its figure, without any text.

The store shows icons in a circle, so all that is drawn is well within it; the ground fills the
square, because what is cut off is for the store to say.
"""

from __future__ import annotations

from functools import cache

from skill.render.figure import HEAD, LIMBS, Point
from skill.render.figure_motion import pose_at
from skill.render.figures import load_figures
from skill.render.picture import Colour, colour_of, ground, png, stroke

FIGURE = "glute_bridge"

SAFE = 0.44
"""Parts of the side from the middle within which everything is that must be seen."""

GROUND: Colour = colour_of("#0c5f4e")
_COLOURS = {"near": colour_of("#ffffff"), "arm": colour_of("#9be3cd"), "far": colour_of("#6db9a6")}
_FLOOR: Colour = colour_of("#f3b866")

_STOUTER = 1.15
"""How much wider than in a figure strokes are: 108 pixels are small."""

_SIZE = 0.0113
"""Parts of the side that one of the hundred units of a figure takes."""


@cache
def icon_png(side: int) -> bytes:
    """Return the icon as a PNG of ``side`` by ``side`` pixels, the same bytes every time."""
    figure = load_figures()[FIGURE]
    pose, unit = pose_at(figure, 1.0), figure.unit * _STOUTER * _SIZE
    xs, ys = zip(*pose.values(), strict=True)
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)

    def place(point: Point) -> Point:
        return 0.5 + (point[0] - middle[0]) * _SIZE, 0.5 + (point[1] - middle[1]) * _SIZE

    picture = ground(side, GROUND)
    floor = max(ys) + LIMBS[2].width * figure.unit * _STOUTER / 2 + 2.5
    ends = [place((min(xs) - 3, floor)), place((max(xs) + 3, floor))]
    stroke(picture, ends, 0.014, _FLOOR)
    for limb in LIMBS:
        joints = [place(pose[joint]) for joint in limb.joints if joint in pose]
        if len(joints) > 1:
            stroke(picture, joints, limb.width * unit / 2, _COLOURS[limb.kind])
    stroke(picture, [place(pose["head"])], HEAD * unit, _COLOURS["near"])
    return png(picture)
