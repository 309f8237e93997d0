"""The course of a workout: which situation follows which, as plain steps of the session."""

from __future__ import annotations

from skill.coach.part import talk_level
from skill.coach.session import MOST_BLOCKS, MOST_SETS, Phase, Session, SetDone, TalkLevel

AT_START = {
    "block": 0,
    "set": 1,
    "side": 0,
    "rep": 1,
    "move": 0,
    "seconds": 0,
    "first_side_reps": 0,
}
"""The place at which a workout or an exercise begins."""

WAITING = (Phase.REST, Phase.FEEDBACK, Phase.SIDE_CHANGE)
"""Phases that have nothing to play: being in them means that only an answer is awaited."""


def advance(session: Session) -> Session:
    """Return what comes after a phase whose script was heard or broken off by "ready"."""
    match session.phase:
        case Phase.WARM_UP | Phase.COOL_DOWN:
            return next_move(session)
        case Phase.SET_UP:
            level = talk_level(session, session.now.exercise)
            return session.at(Phase.TEACHING if level is TalkLevel.FULL else Phase.SET)
        case Phase.REST:
            return session.at(Phase.SET, set=session.set + 1, side=0, rep=1, seconds=0)
        case Phase.FEEDBACK:
            return next_block(session)
        case _:
            return session.at(Phase.SET)


def next_move(session: Session) -> Session:
    """Return the start of the next move, or what follows the last one."""
    if session.move + 1 < len(moves_of(session)):
        return session.at(session.phase, move=session.move + 1, side=0, seconds=0)
    return after_moves(session)


def moves_of(session: Session) -> tuple[str, ...]:
    """Return the moves of the warm-up, or of the cool-down, that is going on."""
    plan = session.plan
    return plan.warm_up if session.phase is Phase.WARM_UP else plan.cool_down


def after_moves(session: Session) -> Session:
    """Return the session once all moves of its warm-up or cool-down are done."""
    if session.phase is Phase.COOL_DOWN or not session.plan.blocks:
        return finish(session)
    return session.at(Phase.SET_UP, **AT_START)


def next_block(session: Session) -> Session:
    """Return the start of the next exercise, or of the cool-down, or the end."""
    if session.block + 1 < len(session.plan.blocks):
        return session.at(Phase.SET_UP, **(AT_START | {"block": session.block + 1}))
    if session.plan.cool_down:
        return session.at(Phase.COOL_DOWN, **AT_START)
    return finish(session)


def finish(session: Session) -> Session:
    """Return the session at the end of its workout, what was done remembered as done lately."""
    blocks = session.plan.blocks
    now = (blocks[done.block].exercise for done in session.done if done.block < len(blocks))
    done = dict.fromkeys((*now, *session.lately))
    return session.at(Phase.DONE, **AT_START, lately=tuple(done)[:8])


def set_finished(session: Session, reps: int) -> Session:
    """Return the session after a set of which ``reps`` were done on its last side."""
    weaker = min(reps, session.first_side_reps) if session.side else reps
    done = (*session.done, SetDone(session.block, weaker))[-MOST_BLOCKS * MOST_SETS :]
    met = with_met(session.met, session.now.exercise)
    more = session.set < session.now.sets
    phase = Phase.REST if more else Phase.FEEDBACK
    start = {"side": 0, "rep": 1, "first_side_reps": 0, "seconds": 0}
    return session.at(phase, told=True, done=done, met=met, **start)


def with_met(met: tuple[str, ...], *ids: str) -> tuple[str, ...]:
    """Return the exercises and moves met so far with some more, the newest forty kept."""
    return tuple(dict.fromkeys((*met, *ids)))[-40:]


def back_to_workout(session: Session) -> Session:
    """Return the session in the workout again, out of a pause or a how-to."""
    phase = session.workout_phase
    if phase is None or phase is session.phase:
        return session
    return session.at(phase, told=phase in WAITING)


def back_to_set(session: Session, block: int, set_: int) -> Session:
    """Return the start of a set, the record of it and of what followed taken back."""
    set_ = max(1, set_)
    kept = tuple(done for done in session.done if done.block < block)
    kept += tuple(done for done in session.done if done.block == block)[: set_ - 1]
    again = {"block": block, "set": set_, "side": 0, "rep": 1, "first_side_reps": 0, "done": kept}
    return session.at(Phase.SET, **again)
