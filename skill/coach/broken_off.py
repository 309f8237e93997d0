"""Where a listener is when a script was broken off: set, side and rep, or move and seconds."""

from __future__ import annotations

from skill.coach.course import moves_of, set_finished, with_met
from skill.coach.part import Room, exercise_now
from skill.coach.replace import replace
from skill.coach.reply import Mark
from skill.coach.session import IN_BLOCK, Phase, Session
from skill.coach.timeline import Position


def broken_off(session: Session, position: Position | None, room: Room) -> Session:
    """Return where the listener is when a script was broken off at a position.

    ``session`` is the one whose part was playing; None is a position before its first mark.
    """
    if position is None or session.phase in (Phase.SET_UP, Phase.TEACHING):
        return session.at(session.phase)
    if session.phase in IN_BLOCK:
        return _in_set(session, position.mark, room)
    mark, ids = position.mark, moves_of(session)
    sides = room.catalogue.moves[ids[mark.block]].sides
    side = sides.index(mark.side) if mark.side in sides else 0
    earlier = session.seconds if (mark.block, side) == (session.move, session.side) else 0
    seconds = min(600, earlier + (position.since_ms // 1000 if mark.phase == "move" else 0))
    met = with_met(session.met, *ids[session.move : mark.block])
    return session.at(session.phase, move=mark.block, side=side, seconds=seconds, met=met)


def _in_set(session: Session, mark: Mark, room: Room) -> Session:
    sides = exercise_now(session, room.catalogue).sides
    reps = session.now.reps
    side = sides.index(mark.side) if mark.side in sides else session.side
    earlier = reps if side > session.side else session.first_side_reps
    here = replace(session, side=side, first_side_reps=earlier)
    rep = mark.rep + 1 if mark.phase == "lower" else mark.rep
    if mark.phase == "rest" or (rep > reps and side + 1 == len(sides)):
        return set_finished(here, reps)
    if mark.phase == "side_change":
        return here.at(Phase.SIDE_CHANGE, told=True, rep=1)
    if rep > reps:
        return here.at(Phase.SIDE_CHANGE, told=True, side=side + 1, rep=1, first_side_reps=reps)
    return here.at(Phase.SET, rep=max(1, rep))
