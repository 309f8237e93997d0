"""Line figures of the exercises and moves: read from the catalogue, checked, and drawn as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from html import escape
from itertools import chain

from skill.catalogue.entry import Entry, read_yaml
from skill.catalogue.load import FOLDER, CatalogueError
from skill.render.figure import (
    BELLY,
    BENDS,
    BODY,
    HEAD,
    JOINTS,
    LIMBS,
    OPTIONAL,
    WAIST,
    Figure,
    Limb,
    Point,
    Pose,
    Prop,
    bones,
)
from skill.render.figure_motion import between, pose_at

EXERCISES, MOVES = FILES = ("figures.yaml", "figures_moves.yaml")

MOST_CHANGE = 0.04
"""By what share a limb's length may differ between poses and between the legs or arms."""

BODY_COLOUR, ARM_COLOUR, FAR_COLOUR, PROP_COLOUR = "#207d8a", "#3d9aa9", "#7a9a9e", "#b0864f"
"""Each has a contrast of three to one or more with white and with black (WCAG 2.2, 1.4.11)."""

_COLOURS = {"near": BODY_COLOUR, "arm": ARM_COLOUR, "far": FAR_COLOUR}

_SHAPES = {
    "line": {"at", "to"},
    "box": {"at", "size"},
    "ball": {"at", "radius"},
    "ring": {"radius", "follows"},
}


@cache
def load_figures() -> Mapping[str, Figure]:
    """Return the figure of each exercise and each move by its id, read once a process.

    Raises CatalogueError with all the faults.
    """
    return build_figures({name: (FOLDER / name).read_text("utf-8") for name in FILES})


def build_figures(texts: Mapping[str, str]) -> Mapping[str, Figure]:
    """Return the figures that YAML texts describe, by id; ``texts`` has them by the file's name.

    Raises CatalogueError with all the faults.
    """
    faults: list[str] = []
    figures: dict[str, Figure] = {}
    for file, text in texts.items():
        for id_, data in read_yaml(file, text, faults).items():
            entry = Entry(f"{file}: {id_}", data, faults)
            if id_ in figures:
                entry.fault("there is a figure of that id already")
            figures[id_] = _figure(entry)
    if faults:
        raise CatalogueError(faults)
    return figures


def _figure(entry: Entry) -> Figure:
    start, end = _pose(entry, "start"), _pose(entry, "end")
    middle = _pose(entry, "middle") if "middle" in entry.data else None
    held = entry.names("held", JOINTS)
    way_ms = entry.whole("way_ms", 500, 8000) if "way_ms" in entry.data else 0
    stays = entry.flag("stays") if "stays" in entry.data else False
    raw = entry.value("props")
    if not isinstance(raw, list):
        entry.wrong("props", "a list")
        raw = []
    named = ((f"{entry.where}: prop {number}", one) for number, one in enumerate(raw, 1))
    props = tuple(_prop(Entry(where, one, entry.faults)) for where, one in named)
    entry.finish()
    figure = Figure(start, end, held, props, middle, way_ms, stays)
    if all(figure.poses):
        _check_body(entry, figure)
    return figure


def _pose(entry: Entry, key: str) -> Pose:
    """Return a pose, empty if it is faulty."""
    pose = Entry(f"{entry.where}: {key}", entry.value(key), entry.faults)
    known = len(entry.faults)
    there = [group for group in OPTIONAL if not pose.data.keys().isdisjoint(group)]
    joints = {joint: _point(pose, joint) for joint in chain(BODY, *there)}
    pose.finish()
    return joints if len(entry.faults) == known and not pose.broken else {}


def _check_body(entry: Entry, figure: Figure) -> None:
    start = figure.start
    if not figure.held or not set(figure.held) <= start.keys():
        entry.fault("held must name joints of the figure, one at least")
    if not start.keys() & set(BELLY) <= set(figure.held):
        entry.fault("held must name the belly, because no bone moves it")
    if start.keys() & set(BELLY) and not start.keys() & set(WAIST):
        entry.fault("who has a belly needs a waist")
    if any(pose.keys() != start.keys() for pose in figure.poses):
        entry.fault("the far leg, the far arm, waist and belly must be in all poses or in none")
        return
    names = ("start", "middle", "end") if figure.middle else ("start", "end")
    for name, pose in zip(names, figure.poses, strict=True):
        _check_pose(entry, name, pose, start)


def _check_pose(entry: Entry, name: str, pose: Pose, start: Pose) -> None:
    for a, b in bones(pose):
        length = math.dist(*(start[joint.removeprefix("far_")] for joint in (a, b)))
        if not length or abs(math.dist(pose[a], pose[b]) / length - 1) > MOST_CHANGE:
            entry.fault(f"{name}: {a} to {b} must be about {length:.1f} long")
    for (a, b, c), (low, high) in BENDS.items():
        if not {a, b, c} <= pose.keys():
            continue
        if not low <= (degrees := _turn(pose[a], pose[b], pose[c])) <= high:
            entry.fault(f"{name}: {b} turns {c} by {degrees:.0f}, not {low} to {high} degrees")


def _turn(a: Point, b: Point, c: Point) -> float:
    first, last = (math.atan2(q[1] - p[1], q[0] - p[0]) for p, q in ((a, b), (b, c)))
    return math.degrees(math.remainder(last - first, math.tau))


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


def svg(figure: Figure, share: float, *, title: str) -> str:
    """Return the figure at a share of the way, from 0 to 1, as SVG; ``title`` is read aloud.

    It is 100 by 100 units, without background, script or any reference to something else.
    """
    pose, unit = pose_at(figure, share), figure.unit
    x, y = pose["head"]
    behind = "".join(_shape(one, pose, share) for one in figure.props if not one.follows)
    before = "".join(_shape(one, pose, share) for one in figure.props if one.follows)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" role="img">\n'
        f"<title>{escape(title)}</title>\n{behind}"
        '<g fill="none" stroke-linecap="round" stroke-linejoin="round">\n'
        f"{''.join(_stroke(limb, pose, unit) for limb in LIMBS)}</g>\n"
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{HEAD * unit:.2f}" fill="{BODY_COLOUR}"/>\n'
        f"{before}</svg>\n"
    )


def _stroke(limb: Limb, pose: Pose, unit: float) -> str:
    joints = [pose[joint] for joint in limb.joints if joint in pose]
    if len(joints) < 2:
        return ""
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in joints)
    look = f'stroke="{_COLOURS[limb.kind]}" stroke-width="{limb.width * unit:.2f}"'
    return f'<polyline points="{points}" {look}/>\n'


def _shape(prop: Prop, pose: Pose, share: float) -> str:
    x, y = prop.at
    if prop.shape == "line" and prop.to:
        ends = f'x1="{x}" y1="{y}" x2="{prop.to[0]}" y2="{prop.to[1]}"'
        return f'<line {ends} stroke="{PROP_COLOUR}" stroke-width="1.2"/>\n'
    if prop.shape == "box":
        size = f'width="{prop.size[0]}" height="{prop.size[1]}"'
        return f'<rect x="{x}" y="{y}" {size} rx="1.5" fill="{PROP_COLOUR}"/>\n'
    x, y = pose[prop.follows] if prop.follows else between(prop.at, prop.to or prop.at, share)
    circle = f'<circle cx="{x:.2f}" cy="{y:.2f}"'
    ring = f'{circle} r="{prop.radius}" fill="none" stroke="{PROP_COLOUR}" stroke-width="2.2"/>\n'
    disc = f'{circle} r="{2 if prop.follows else prop.radius}" fill="{PROP_COLOUR}"/>\n'
    return ring + disc if prop.follows else disc
