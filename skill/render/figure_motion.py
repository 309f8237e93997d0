"""How a line figure moves: where its joints are at any share of the way from start to end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from skill.render.figure import Figure, Point, Pose, bones

Lengths = Mapping[tuple[str, str], float]


def pose_at(figure: Figure, share: float) -> Pose:
    """Return the pose at a share of the way from start (0) to end (1).

    Limbs turn instead of moving straight, so they keep their length, and the held joints are where
    they must be. Raises ValueError for a share that is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share of the way is from 0 to 1, not {share}")
    poses = figure.poses
    place = share * (len(poses) - 1)
    if place == int(place):
        return poses[int(place)]
    first, last = poses[int(place) : int(place) + 2]
    return _on_the_way(first, last, figure.held, place % 1)


def between(first: Point, last: Point, share: float) -> Point:
    """Return the point at a share of the straight way from one to another."""
    return _mix(first[0], last[0], share), _mix(first[1], last[1], share)


def _on_the_way(start: Pose, end: Pose, fixed: Sequence[str], share: float) -> Pose:
    held = {joint: between(start[joint], end[joint], share) for joint in fixed}
    lengths = {
        (a, b): _mix(math.dist(start[a], start[b]), math.dist(end[a], end[b]), share)
        for a, b in bones(start)
    }
    turned = {fixed[0]: held[fixed[0]]}
    _turn_outwards(turned, start, end, lengths, share)
    return _relaxed(turned | held, lengths, held)


def _turn_outwards(
    pose: dict[str, Point], start: Pose, end: Pose, lengths: Lengths, share: float
) -> None:
    """Add to a pose of one joint all that bones join to it, every limb turned by its share."""
    waiting = [*pose]
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


def _relaxed(pose: dict[str, Point], lengths: Lengths, held: Pose) -> dict[str, Point]:
    """Return the pose after giving limbs between held joints their lengths back, bit by bit.

    Position-based dynamics (doi 10.1016/j.jvcir.2007.01.005), with held joints of endless mass.
    """
    for _ in range(200):
        most = 0.0
        for (a, b), length in lengths.items():
            loose = (a not in held) + (b not in held)
            (ax, ay), (bx, by) = pose[a], pose[b]
            now = math.dist(pose[a], pose[b])
            if not loose or not now:
                continue
            part = (now - length) / now / loose
            most = max(most, abs(now - length))
            dx, dy = (bx - ax) * part, (by - ay) * part
            if a not in held:
                pose[a] = (ax + dx, ay + dy)
            if b not in held:
                pose[b] = (bx - dx, by - dy)
        if most < 1e-4:
            break
    return pose


def _angle(a: Point, b: Point) -> float:
    return math.atan2(b[1] - a[1], b[0] - a[0])


def _mix(first: float, last: float, share: float) -> float:
    return first + (last - first) * share
