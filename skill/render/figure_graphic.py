"""Figures for APL: one vector graphic that draws any of them between two poses, and the poses.

A pose is a flat list of numbers, x and y of every joint in one order, the same for all figures. A
joint that a figure lacks lies where it is not seen: a far limb behind the near one, waist and belly
within the trunk. So what differs between figures is data, and the graphic is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.render.figure import HEAD, JOINTS, LIMBS, Figure, Limb, Point, Pose, Prop
from skill.render.figure_motion import between, pose_at

Json = dict[str, Any]
Drawing = Json
"""What the graphic needs of one figure, and how the figure goes to and fro; see ``drawn``."""

WAYS = 8
"""Straight ways between two poses of a figure. With so many, a joint is never further than a
hundredth of the picture from where it belongs."""

_BALL, _RING = "ball", "ring"
_POINTS = (*JOINTS, _BALL, _RING)
_HUB = 2
_NOWHERE: Point = (0, 0)


def drawings(figures: Mapping[str, Figure]) -> Mapping[str, Drawing]:
    """Return what the graphic needs of each figure, by its id."""
    return {id_: drawn(figure) for id_, figure in figures.items()}


def still(drawing: Drawing) -> Drawing:
    """Return a drawing that stays at its start, for less data."""
    start = drawing["poses"][0]
    return {**drawing, "poses": [start, start]}


def drawn(figure: Figure) -> Drawing:
    """Return what the graphic needs of a figure.

    ``poses`` are flat lists of coordinates; of props there are paths and radii; ``way_ms`` and
    ``stays`` are as in ``Figure``.
    """
    shares = [number / WAYS for number in range(WAYS + 1)]
    balls = [prop for prop in figure.props if prop.shape == "ball"]
    rings = [prop for prop in figure.props if prop.follows]
    return {
        "poses": [_pose(figure, share, balls, rings) for share in shares],
        "unit": round(figure.unit, 3),
        "lines": "".join(_line(prop) for prop in figure.props if prop.shape == "line"),
        "boxes": "".join(_box(prop) for prop in figure.props if prop.shape == "box"),
        "ball": balls[0].radius if balls else 0,
        "ring": rings[0].radius if rings else 0,
        "way_ms": figure.way_ms,
        "stays": figure.stays,
    }


def graphic() -> Json:
    """Return the vector graphic: it draws a figure ``t`` of the way from pose ``p`` to ``q``."""
    behind = [
        _stroke("${lines}", "prop", "1.2"),
        _fill("${boxes}", "prop"),
        _fill(_circle(_BALL, "ball"), "prop", "${ball > 0 ? 1 : 0}"),
    ]
    before = [
        _stroke(_circle(_RING, "ring"), "prop", "2.2", "${ring > 0 ? 1 : 0}"),
        _fill(_circle(_RING, str(_HUB)), "prop", "${ring > 0 ? 1 : 0}"),
    ]
    body = [*(_limb(limb) for limb in LIMBS), _fill(_circle("head", f"{HEAD}*unit"), "near")]
    return {
        "type": "AVG",
        "version": "1.1",
        "width": 100,
        "height": 100,
        "viewportWidth": 100,
        "viewportHeight": 100,
        "parameters": [
            *({"name": name, "type": "any", "default": ""} for name in ("p", "q")),
            *({"name": name, "type": "string", "default": ""} for name in ("lines", "boxes")),
            *({"name": name, "type": "number", "default": 0} for name in ("t", "ball", "ring")),
            {"name": "unit", "type": "number", "default": 1},
            *({"name": name, "type": "color", "default": "gray"} for name in _COLOURS),
        ],
        "items": [*behind, *body, *before],
    }


_COLOURS = ("near", "arm", "far", "prop")


def _pose(figure: Figure, share: float, balls: list[Prop], rings: list[Prop]) -> list[float]:
    pose = pose_at(figure, share)
    points = {joint: _joint(pose, joint) for joint in JOINTS}
    points[_BALL] = between(balls[0].at, balls[0].to or balls[0].at, share) if balls else _NOWHERE
    points[_RING] = pose[rings[0].follows] if rings else _NOWHERE
    return [_short(each) for name in _POINTS for each in points[name]]


def _joint(pose: Pose, joint: str) -> Point:
    if joint in pose:
        return pose[joint]
    if joint.startswith("far_"):
        return pose[joint.removeprefix("far_")]
    if joint == "belly":
        return _joint(pose, "waist")
    return between(pose["hip"], pose["shoulder"], 0.5)


def _short(number: float) -> float:
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _line(prop: Prop) -> str:
    to = prop.to or prop.at
    return f"M{prop.at[0]:g},{prop.at[1]:g}L{to[0]:g},{to[1]:g}"


def _box(prop: Prop) -> str:
    (x, y), (width, height) = prop.at, prop.size
    return f"M{x:g},{y:g}h{width:g}v{height:g}h{-width:g}z"


def _at(point: str) -> tuple[str, str]:
    """Return the coordinates of a point as expressions, without their braces."""
    first = _POINTS.index(point) * 2
    x, y = (f"p[{n}]+(q[{n}]-p[{n}])*t" for n in (first, first + 1))
    return x, y


def _limb(limb: Limb) -> Json:
    ends = (f"${{{x}}},${{{y}}}" for x, y in map(_at, limb.joints))
    return _stroke("M" + "L".join(ends), limb.kind, f"{limb.width}*unit")


def _circle(point: str, radius: str) -> str:
    x, y = _at(point)
    arc = f"a${{{radius}}},${{{radius}}},0,1,0"
    return f"M${{{x}-{radius}}},${{{y}}}{arc},${{2*{radius}}},0{arc},${{-2*{radius}}},0z"


def _stroke(path: str, colour: str, width: str, opacity: object = 1) -> Json:
    return {
        "type": "path",
        "pathData": path,
        "stroke": f"${{{colour}}}",
        "strokeWidth": f"${{{width}}}",
        "strokeOpacity": opacity,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": "transparent",
    }


def _fill(path: str, colour: str, opacity: object = 1) -> Json:
    return {
        "type": "path",
        "pathData": path,
        "fill": f"${{{colour}}}",
        "fillOpacity": opacity,
    }
