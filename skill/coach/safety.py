"""What pain and stop signs change: the very next thing said. Nothing of it is remembered.

The rules are those of the pain traffic light used by physiotherapists (0 to 3 carry on, 4 to 5 ease
off, 6 and more or sharp: leave the exercise) in its strictest reading, and the stop signs for older
exercisers published by the US National Institute on Aging. They are spoken, and the listener
chooses by words that mean something else too ("skip", "easier", "carry on"), so that neither the
session nor the log can tell that anybody was in pain.
"""

from __future__ import annotations

from skill.coach.course import back_to_workout, finish, next_block, next_move
from skill.coach.replace import replace
from skill.coach.reply import Reply, line
from skill.coach.session import IN_BLOCK, Phase, Session
from skill.coach.starting import paused_from
from skill.coach.turn import Turn

STOP_SIGN_PARTS = frozenset({"chest", "neck", "jaw", "shoulder", "arm"})
"""Where pain during exertion may come from the heart."""


JOINTS = frozenset({"knee", "hip", "ankle", "wrist", "elbow"})
"""Joint pain, like sharp pain, means to leave the exercise."""


def pain(turn: Turn, body_part: str | None, *, sharp: bool) -> Reply:
    """Stop the exercise at once; leave it, or say by which rule to go on, ease off or leave it."""
    if body_part in STOP_SIGN_PARTS:
        return stop_sign(turn)
    session = turn.session
    if session.workout_phase is None:
        return turn.ask(session, line("safety-pain-idle"))
    if sharp or body_part in JOINTS:
        return _leave(turn, "safety-sharp")
    moving = session.workout_phase in (Phase.WARM_UP, Phase.COOL_DOWN)
    choosing = replace(paused_from(session), choosing=True)
    return turn.ask(choosing, line("safety-pain-moves" if moving else "safety-pain"))


def _leave(turn: Turn, why: str) -> Reply:
    """Leave what hurts and offer what comes after it, as skipping does."""
    session = back_to_workout(turn.session)
    moving = session.phase in (Phase.WARM_UP, Phase.COOL_DOWN)
    out = () if moving else (line(f"{session.now.exercise}-out"),)
    then = next_move(session) if moving else next_block(session)
    if then.phase is Phase.DONE:
        return turn.end(then, line(why), *out, line("done-bye", session.said))
    return turn.ask(paused_from(then), line(why), *out)


def scale(turn: Turn, score: int) -> Reply:
    """Take a pain of 0 to 10 for this one answer: carry on, ease off, or leave the exercise."""
    if score >= 6:
        return _leave(turn, "safety-leave")
    session = turn.session
    going_on = replace(session, choosing=False)
    if score <= 3:
        return turn.ask(going_on, line("safety-carry-on"))
    return turn.ask(_fewer_reps(going_on), line("safety-ease"))


def _fewer_reps(session: Session) -> Session:
    """Take three reps off the sets still to do of the exercise, down to three."""
    if session.workout_phase not in IN_BLOCK:
        return session
    reps = min(session.now.reps, max(3, session.now.reps - 3))
    blocks = list(session.plan.blocks)
    blocks[session.block] = replace(session.now, reps=reps)
    return replace(
        session, plan=replace(session.plan, blocks=tuple(blocks)), rep=min(session.rep, reps)
    )


def stop_sign(turn: Turn) -> Reply:
    """End the workout for today, and say whom to call.

    What is kept of it is what is kept of any workout that ended.
    """
    session = back_to_workout(turn.session)
    over = session.at(Phase.IDLE) if session.workout_phase is None else finish(session)
    return turn.end(over, line("safety-stop"), line("safety-stop-call"))


def is_it_safe(turn: Turn) -> Reply:
    """Say what we are not, who should ask first, and when to stop."""
    return turn.ask(turn.session, line("safety-advice"), line("safety-when-to-stop"))
