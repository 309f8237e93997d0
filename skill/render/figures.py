"""Line figures of the exercises: where the joints are at any moment of a rep, and that as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from skill.catalogue.entry import Entry, read_yaml
from skill.catalogue.load import FOLDER, CatalogueError

FILE = "figures.yaml"

Point = tuple[float, float]
"""Across from the left and down from the top, each from 0 to 100."""

Pose = Mapping[str, Point]
"""Where each joint is."""

BODY = ("head", "neck", "shoulder", "elbow", "hand", "hip", "knee", "ankle", "toe")
FAR_LEG = ("far_knee", "far_ankle", "far_toe")

BONES = (
    ("hip", "shoulder"),
    ("shoulder", "neck"),
    ("neck", "head"),
    ("shoulder", "elbow"),
    ("elbow", "hand"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "toe"),
    ("hip", "far_knee"),
    ("far_knee", "far_ankle"),
    ("far_ankle", "far_toe"),
)

BENDS = {
    ("neck", "shoulder", "hip"): (-50, 50),
    ("shoulder", "hip", "knee"): (-135, 25),
    ("shoulder", "hip", "far_knee"): (-135, 25),
    ("hip", "knee", "ankle"): (-4, 165),
    ("hip", "far_knee", "far_ankle"): (-4, 165),
    ("knee", "ankle", "toe"): (-120, 15),
    ("far_knee", "far_ankle", "far_toe"): (-120, 15),
    ("shoulder", "elbow", "hand"): (-150, 4),
}
"""Degrees by which the way through three joints may turn, clockwise, in a body facing right.

Ours: as healthy adults move, and a little more, because points are drawn and not measured.
"""

MOST_CHANGE = 0.04
"""By what share a limb's length may differ between poses and between the legs."""

BODY_COLOUR, ARM_COLOUR, FAR_COLOUR, PROP_COLOUR = "#207d8a", "#3d9aa9", "#7a9a9e", "#b0864f"
"""Each has a contrast of three to one or more with white and with black (WCAG 2.2, 1.4.11)."""

_SHAPES = {
    "line": {"at", "to"},
    "box": {"at", "size"},
    "ball": {"at", "radius"},
    "ring": {"radius", "follows"},
}


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
    """One exercise drawn: the pose in which a rep starts, and the one to which it leads."""

    start: Pose
    end: Pose
    held: tuple[str, ...]
    """Joints that stay or go straight from start to end; the others turn about them."""

    props: tuple[Prop, ...]


def load_figures() -> Mapping[str, Figure]:
    """Return the figure of each exercise by its id. Raises CatalogueError with all the faults."""
    return build_figures((FOLDER / FILE).read_text("utf-8"))


def build_figures(text: str) -> Mapping[str, Figure]:
    """Return the figures which a YAML text describes. Raises CatalogueError with all the faults."""
    faults: list[str] = []
    raw = read_yaml(FILE, text, faults)
    figures = {id_: _figure(Entry(f"{FILE}: {id_}", raw[id_], faults)) for id_ in raw}
    if faults:
        raise CatalogueError(faults)
    return figures


def _figure(entry: Entry) -> Figure:
    start, end = _pose(entry, "start"), _pose(entry, "end")
    held = entry.names("held", BODY + FAR_LEG)
    raw = entry.value("props")
    if not isinstance(raw, list):
        entry.wrong("props", "a list")
        raw = []
    named = ((f"{entry.where}: prop {number}", one) for number, one in enumerate(raw, 1))
    props = tuple(_prop(Entry(where, one, entry.faults)) for where, one in named)
    entry.finish()
    if start and end:
        _check_body(entry, start, end)
        if not held or not set(held) <= start.keys():
            entry.fault("held must name joints of the figure, one at least")
    return Figure(start, end, held, props)


def _pose(entry: Entry, key: str) -> Pose:
    """Return a pose, empty if it is faulty."""
    pose = Entry(f"{entry.where}: {key}", entry.value(key), entry.faults)
    known, far = len(entry.faults), FAR_LEG if any(one in pose.data for one in FAR_LEG) else ()
    joints = {joint: _point(pose, joint) for joint in BODY + far}
    pose.finish()
    return joints if len(entry.faults) == known and not pose.broken else {}


def _check_body(entry: Entry, start: Pose, end: Pose) -> None:
    if start.keys() != end.keys():
        entry.fault("the far leg must be in both poses or in neither")
        return
    for name, pose in (("start", start), ("end", end)):
        for a, b in _bones(pose):
            length = math.dist(*(start[joint.removeprefix("far_")] for joint in (a, b)))
            if not length or abs(math.dist(pose[a], pose[b]) / length - 1) > MOST_CHANGE:
                entry.fault(f"{name}: {a} to {b} must be about {length:.1f} long")
        for (a, b, c), (low, high) in BENDS.items():
            if c in pose and not low <= (degrees := _turn(pose[a], pose[b], pose[c])) <= high:
                entry.fault(f"{name}: {b} turns {c} by {degrees:.0f}, not {low} to {high} degrees")


def _turn(a: Point, b: Point, c: Point) -> float:
    return math.degrees(math.remainder(_angle(b, c) - _angle(a, b), math.tau))


def _point(entry: Entry, key: str) -> Point:
    value = entry.value(key)
    if isinstance(value, list) and len(value) == 2 and {*map(type, value)} <= {int, float}:
        x, y = map(float, value)
        if 0 <= x <= 100 and 0 <= y <= 100:
            return x, y
    entry.wrong(key, "two numbers from 0 to 100")
    return (0, 0)


def _prop(entry: Entry) -> Prop:
    shape = str(entry.value("shape"))
    if shape not in _SHAPES:
        entry.wrong("shape", f"one of {', '.join(_SHAPES)}")
        return Prop("line")
    wanted = _SHAPES[shape] | ({"to"} & entry.data.keys() if shape == "ball" else set())
    points = {key: _point(entry, key) for key in ("at", "to", "size") if key in wanted}
    radius = entry.whole("radius", 1, 50) if "radius" in wanted else 0
    follows = str(entry.value("follows")) if "follows" in wanted else ""
    if follows and follows not in BODY:
        entry.wrong("follows", "a joint of the near side")
    entry.finish()
    return Prop(shape, **points, radius=radius, follows=follows)


def _bones(pose: Pose) -> list[tuple[str, str]]:
    return [bone for bone in BONES if bone[1] in pose]


def pose_at(figure: Figure, share: float) -> Pose:
    """Return the pose at a share of the way from start (0) to end (1).

    Limbs turn instead of moving straight, so they keep their length, and the held joints are where
    they must be. Raises ValueError for a share that is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share of the way is from 0 to 1, not {share}")
    start, end = figure.start, figure.end
    if share in (0, 1):
        return start if share == 0 else end
    held = {joint: _between(start[joint], end[joint], share) for joint in figure.held}
    lengths = {
        (a, b): _mix(math.dist(start[a], start[b]), math.dist(end[a], end[b]), share)
        for a, b in _bones(start)
    }
    return _relaxed(_turned(figure, share, lengths, held) | held, lengths, held)


def _turned(
    figure: Figure, share: float, lengths: Mapping[tuple[str, str], float], held: Pose
) -> dict[str, Point]:
    """Return the pose with every limb turned by its share, outwards from the first held joint."""
    start, end, root = figure.start, figure.end, figure.held[0]
    pose, waiting = {root: held[root]}, [root]
    while waiting:
        a = waiting.pop()
        for bone, length in lengths.items():
            b = bone[1 - bone.index(a)] if a in bone else a
            if b in pose:
                continue
            first, last = _angle(start[a], start[b]), _angle(end[a], end[b])
            angle = first + share * math.remainder(last - first, math.tau)
            x, y = pose[a]
            pose[b] = (x + length * math.cos(angle), y + length * math.sin(angle))
            waiting.append(b)
    return pose


def _relaxed(
    pose: dict[str, Point], lengths: Mapping[tuple[str, str], float], held: Pose
) -> dict[str, Point]:
    """Return the pose after giving limbs between held joints their lengths back, bit by bit.

    Position-based dynamics (doi 10.1016/j.jvcir.2007.01.005), with held joints of endless mass.
    """
    for _ in range(200):
        for (a, b), length in lengths.items():
            loose = (a not in held) + (b not in held)
            (ax, ay), (bx, by) = pose[a], pose[b]
            now = math.dist(pose[a], pose[b])
            if not loose or not now:
                continue
            part = (now - length) / now / loose
            dx, dy = (bx - ax) * part, (by - ay) * part
            if a not in held:
                pose[a] = (ax + dx, ay + dy)
            if b not in held:
                pose[b] = (bx - dx, by - dy)
    return pose


def _angle(a: Point, b: Point) -> float:
    return math.atan2(b[1] - a[1], b[0] - a[0])


def _mix(first: float, last: float, share: float) -> float:
    return first + (last - first) * share


def _between(first: Point, last: Point, share: float) -> Point:
    return _mix(first[0], last[0], share), _mix(first[1], last[1], share)


def svg(figure: Figure, share: float, *, title: str) -> str:
    """Return the figure at a share of the way, from 0 to 1, as SVG; ``title`` is read aloud.

    It is 100 by 100 units, without background, script or any reference to something else.
    """
    pose = pose_at(figure, share)
    unit = math.dist(pose["hip"], pose["shoulder"]) / 24  # wide as suits a torso 24 long
    x, y = pose["head"]
    behind = "".join(_shape(one, pose, share) for one in figure.props if not one.follows)
    before = "".join(_shape(one, pose, share) for one in figure.props if one.follows)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" role="img">\n'
        f"<title>{escape(title)}</title>\n{behind}"
        '<g fill="none" stroke-linecap="round" stroke-linejoin="round">\n'
        f"{_limb(pose, ('hip', *FAR_LEG), 5 * unit, FAR_COLOUR)}"
        f"{_limb(pose, ('hip', 'knee', 'ankle', 'toe'), 5.6 * unit, BODY_COLOUR)}"
        f"{_limb(pose, ('neck', 'shoulder', 'hip'), 7 * unit, BODY_COLOUR)}"
        f"{_limb(pose, ('shoulder', 'elbow', 'hand'), 4.2 * unit, ARM_COLOUR)}</g>\n"
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{5 * unit:.2f}" fill="{BODY_COLOUR}"/>\n'
        f"{before}</svg>\n"
    )


def _limb(pose: Pose, joints: tuple[str, ...], width: float, colour: str) -> str:
    points = " ".join(f"{pose[one][0]:.2f},{pose[one][1]:.2f}" for one in joints if one in pose)
    line = f'<polyline points="{points}" stroke="{colour}" stroke-width="{width:.2f}"/>\n'
    return line if joints[-1] in pose else ""


def _shape(prop: Prop, pose: Pose, share: float) -> str:
    x, y = prop.at
    if prop.shape == "line" and prop.to:
        ends = f'x1="{x}" y1="{y}" x2="{prop.to[0]}" y2="{prop.to[1]}"'
        return f'<line {ends} stroke="{PROP_COLOUR}" stroke-width="1.2"/>\n'
    if prop.shape == "box":
        size = f'width="{prop.size[0]}" height="{prop.size[1]}"'
        return f'<rect x="{x}" y="{y}" {size} rx="1.5" fill="{PROP_COLOUR}"/>\n'
    x, y = pose[prop.follows] if prop.follows else _between(prop.at, prop.to or prop.at, share)
    circle = f'<circle cx="{x:.2f}" cy="{y:.2f}"'
    ring = f'{circle} r="{prop.radius}" fill="none" stroke="{PROP_COLOUR}" stroke-width="2.2"/>\n'
    disc = f'{circle} r="{2 if prop.follows else prop.radius}" fill="{PROP_COLOUR}"/>\n'
    return ring + disc if prop.follows else disc
