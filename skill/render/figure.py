"""What a line figure is: the joints of a body, limbs between them, and things in the room."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[float, float]
"""Across from the left and down from the top, each from 0 to 100."""

Pose = Mapping[str, Point]
"""Where each joint is."""

BODY = ("head", "neck", "shoulder", "elbow", "hand", "hip", "knee", "ankle", "toe")
FAR_LEG = ("far_knee", "far_ankle", "far_toe")
FAR_ARM = ("far_elbow", "far_hand")
WAIST = ("waist",)
BELLY = ("belly",)

OPTIONAL = (FAR_LEG, FAR_ARM, WAIST, BELLY)
"""Joints that a figure has together or not at all."""

JOINTS = BODY + FAR_LEG + FAR_ARM + WAIST + BELLY

BONES = (
    ("hip", "waist"),
    ("waist", "shoulder"),
    ("hip", "shoulder"),
    ("shoulder", "neck"),
    ("neck", "head"),
    ("shoulder", "elbow"),
    ("elbow", "hand"),
    ("shoulder", "far_elbow"),
    ("far_elbow", "far_hand"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "toe"),
    ("hip", "far_knee"),
    ("far_knee", "far_ankle"),
    ("far_ankle", "far_toe"),
)
"""Pairs of joints that keep their distance; the belly moves with the breath and has none."""

BENDS = {
    ("neck", "shoulder", "hip"): (-50, 50),
    ("shoulder", "waist", "hip"): (-35, 35),
    ("shoulder", "hip", "knee"): (-135, 25),
    ("shoulder", "hip", "far_knee"): (-135, 25),
    ("hip", "knee", "ankle"): (-4, 165),
    ("hip", "far_knee", "far_ankle"): (-4, 165),
    ("knee", "ankle", "toe"): (-120, 15),
    ("far_knee", "far_ankle", "far_toe"): (-120, 15),
    ("shoulder", "elbow", "hand"): (-150, 4),
    ("shoulder", "far_elbow", "far_hand"): (-150, 4),
}
"""Degrees by which the way through three joints may turn, clockwise, in a body facing right.

Ours: as healthy adults move, and a little more, because points are drawn and not measured.
"""


@dataclass(frozen=True)
class Limb:
    """A stroke with round ends and corners through joints."""

    kind: str
    """``far``, ``near`` or ``arm``: what gives it its colour."""

    joints: tuple[str, ...]
    """Those which a figure lacks are passed over; with fewer than two there is no stroke."""

    width: float
    """In units, of which the torso is 24 long."""


LIMBS = (
    Limb("far", ("shoulder", *FAR_ARM), 4),
    Limb("far", ("hip", *FAR_LEG), 5),
    Limb("near", ("hip", "knee", "ankle", "toe"), 5.6),
    Limb("near", ("neck", "shoulder", *WAIST, "hip"), 7),
    Limb("near", (*WAIST, *BELLY), 7),
    Limb("arm", ("shoulder", "elbow", "hand"), 4.2),
)
"""In the order in which they are drawn, over the props; the head comes after them."""

HEAD = 5
"""The radius of the head in units."""


@dataclass(frozen=True)
class Prop:
    """A thing in the room."""

    shape: str
    """A line, box or ball; or a ring with a hub, which is the end of a barbell."""

    at: Point = (0, 0)
    to: Point | None = None
    """Where a line ends, or whereto a ball rolls."""

    size: Point = (0, 0)
    radius: int = 0
    follows: str = ""
    """The joint at which a ring is."""


@dataclass(frozen=True)
class Figure:
    """One exercise or move drawn: the pose in which it starts, and the one to which it leads."""

    start: Pose
    end: Pose
    held: tuple[str, ...]
    """Joints that stay or go straight from pose to pose; the others turn about them."""

    props: tuple[Prop, ...]
    middle: Pose | None = None
    """What it passes through half-way, such as both feet on the floor between two steps."""

    way_ms: int = 0
    """How long a move takes from start to end; 0 where the tempo of a rep tells it."""

    stays: bool = False
    """Whether one stays at the end, as in a stretch, instead of going to and fro."""

    @property
    def poses(self) -> tuple[Pose, ...]:
        """The poses in the order in which the figure passes through them."""
        return (self.start, self.middle, self.end) if self.middle else (self.start, self.end)

    @property
    def unit(self) -> float:
        """How wide a stroke of width 1 is, for the size of this body."""
        return math.dist(self.start["hip"], self.start["shoulder"]) / 24


def bones(pose: Pose) -> list[tuple[str, str]]:
    """Return the bones of a body that has the joints of a pose."""
    return [(a, b) for a, b in BONES if a in pose and b in pose]
