"""Figures as frames for a screen that can mix two poses but knows nothing of limbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.render.figure import HEAD, LIMBS, Figure, Limb, Point, Prop
from skill.render.figure_motion import pose_at

Json = dict[str, Any]


def frames(figures: Mapping[str, Figure], shares: int = 21) -> Json:
    """Return the figures with their poses at ``shares`` shares of the way, from 0 to 1 evenly.

    Mixing two neighbours in a straight line keeps limbs as long as the eye can tell, if they are
    some 20. Coordinates are rounded to a hundredth; besides the figures there is how the limbs of
    all of them are drawn. Raises ValueError for fewer than two shares.
    """
    if shares < 2:
        raise ValueError(f"a way has two ends, so at least 2 shares, not {shares}")
    drawn = {id_: _figure(figure, shares) for id_, figure in figures.items()}
    return {"figures": drawn, "limbs": [_limb(limb) for limb in LIMBS], "head": HEAD}


def _figure(figure: Figure, shares: int) -> Json:
    poses = [pose_at(figure, number / (shares - 1)) for number in range(shares)]
    return {
        "poses": [{joint: _rounded(at) for joint, at in pose.items()} for pose in poses],
        "props": [_prop(prop) for prop in figure.props],
        "unit": round(figure.unit, 4),
        "way_ms": figure.way_ms,
        "stays": figure.stays,
    }


def _limb(limb: Limb) -> Json:
    return {"kind": limb.kind, "joints": list(limb.joints), "width": limb.width}


def _prop(prop: Prop) -> Json:
    return {
        "shape": prop.shape,
        "at": _rounded(prop.at),
        "to": _rounded(prop.to) if prop.to else None,
        "size": _rounded(prop.size),
        "radius": prop.radius,
        "follows": prop.follows,
    }


def _rounded(point: Point) -> list[float]:
    return [int(each) if each == int(each) else each for each in (round(c, 2) for c in point)]
