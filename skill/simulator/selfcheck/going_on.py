"""Whoever opens the skill in the middle of a workout goes on where it was left."""

from __future__ import annotations

from collections.abc import Iterator

from skill.coach.session import IN_BLOCK, Phase, Session
from skill.simulator.selfcheck.states import session_of
from skill.simulator.selfcheck.visit import Visit


def going_on(visit: Visit) -> Iterator[str]:
    """The workout is there after the session ended in any way, here or on another device."""
    before = visit.before.session
    if visit.kind != "LaunchRequest" or visit.refused or _may_be_over(before):
        return
    if visit.before.moment.device.audio.goes_on:
        return  # only the device that plays a stream knows how far it has come
    after = session_of(visit.device.attributes)
    if after is None or after.workout_phase is None or after.plan != before.plan:
        yield f"the workout is gone, which was in {before.workout_phase}"
    elif not after.welcomed_back:
        yield "who was in the middle of a workout is not asked whether to carry on"
    elif _place(after) < _place(before):
        yield f"the workout goes back from {_place(before)} to {_place(after)}"


def _may_be_over(session: Session) -> bool:
    """Say whether there is no workout, or it ends by itself while nobody says anything."""
    ends = session.workout_phase is Phase.COOL_DOWN and bool(session.since)
    return session.workout_phase is None or ends or session.streaming


def _place(session: Session) -> tuple[int, int]:
    """Return the exercise and the set that come next, or go on: both from 0."""
    if session.workout_phase is Phase.WARM_UP:
        return (-1, 0)
    if session.workout_phase in IN_BLOCK:
        return (session.block, session.set)
    return (len(session.plan.blocks), 0)
