"""The way through a workout: ready, next, done, pause, resume, repeat, back, skip, stop."""

from __future__ import annotations

from collections.abc import Callable

from skill.coach import guidance, reminding, reviewing
from skill.coach.course import (
    AT_START,
    WAITING,
    advance,
    after_moves,
    back_to_set,
    back_to_workout,
    next_block,
    next_move,
    set_finished,
)
from skill.coach.part import exercise_now
from skill.coach.planning import Wish
from skill.coach.replace import replace
from skill.coach.reply import Line, Reply, line
from skill.coach.session import Felt, Phase, Place, Session
from skill.coach.starting import answer_floor, offer_again, offer_plan, paused_from, start_workout
from skill.coach.turn import Turn, goodbye
from skill.coach.whereabouts import not_begun, where


def ready(turn: Turn) -> Reply:
    """Go on to whatever comes next: "ready", "done", "next" and "yes" all mean this."""
    session = turn.session
    elsewhere = _READY_ELSEWHERE.get(session.phase)
    if elsewhere is not None:
        return elsewhere(turn)
    if session.phase is Phase.SET and turn.cut:
        return _end_set_early(turn)
    if turn.cut and session.phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        return go(turn, _other_leg(turn) or next_move(session))
    return go(turn, advance(session) if session.told or turn.cut else session)


def yes(turn: Turn) -> Reply:
    """Answer the open question with yes."""
    if turn.session.forgetting:
        return reviewing.forget(turn)
    if turn.session.reminding is not None:
        return reminding.confirm(turn, turn.session.reminding)
    if turn.session.phase is Phase.SAFETY:
        return answer_floor(turn, Place.FLOOR)
    if turn.session.choosing:
        return turn.ask(turn.session)
    if turn.session.phase is Phase.SET and turn.cut:
        return go(turn, turn.session)
    return ready(turn)


def no(turn: Turn) -> Reply:
    """Answer the open question with no."""
    session = turn.session
    if session.forgetting:
        return reviewing.keep(turn)
    if session.reminding is not None:
        return reminding.leave(turn, session.reminding)
    if session.choosing:
        return skip(turn)
    if session.welcomed_back:
        return turn.ask(session.at(Phase.IDLE, hands_free=False), line("let-go", session.said))
    if session.phase in _NO:
        return _NO[session.phase](turn)
    return turn.ask(session, line("no-hurry", session.said))


def pause(turn: Turn) -> Reply:
    """Hold the workout for any length; the place is kept to the rep."""
    session = turn.session
    if session.workout_phase is None:
        return turn.ask(session, line("nothing-to-pause", session.said))
    paused = paused_from(session)
    return turn.ask(
        paused, line("paused", session.said), *where(paused, turn.catalogue, cut=turn.cut)
    )


def resume(turn: Turn) -> Reply:
    """Carry on where the workout was paused, with time to get ready again."""
    session = turn.session
    if session.phase is Phase.HOW_TO:
        return _leave_how_to(turn)
    if session.workout_phase is None:
        return turn.ask(session.at(Phase.IDLE), line("nothing-to-resume", session.said))
    if session.phase is not Phase.PAUSED:
        return ready(turn)
    back = back_to_workout(session)
    return go(turn, advance(back) if back.phase in (Phase.REST, Phase.SIDE_CHANGE) else back)


def stop(turn: Turn) -> Reply:
    """Say goodbye; an unfinished workout keeps its place."""
    session = turn.session
    if session.workout_phase is None:
        idle = session.at(Phase.DONE if session.phase is Phase.DONE else Phase.IDLE)
        return turn.end(idle, line("goodbye", session.said))
    paused = paused_from(session)
    return turn.end(
        paused,
        line("stopped", session.said),
        *where(paused, turn.catalogue, cut=turn.cut),
        line("place-kept", session.said),
    )


def repeat(turn: Turn) -> Reply:
    """Say again what was said last: the position, the movement, the set, or the question."""
    session = turn.session
    if session.phase is Phase.HOW_TO:
        return guidance.same_step(turn)
    if session.phase in (Phase.SET_UP, Phase.TEACHING) and session.told:
        return turn.play(session.at(session.phase))
    if turn.cut:
        return go(turn, session)
    if not_begun(session):
        return offer_again(turn)
    return turn.ask(session, *where(session, turn.catalogue, cut=turn.cut))


def skip(turn: Turn) -> Reply:
    """Leave this move or exercise and go on to the next."""
    session = turn.session
    if session.phase is Phase.HOW_TO:
        return guidance.leave(turn)
    if session.workout_phase is None:
        return turn.ask(session, line("nothing-to-skip", session.said))
    session = back_to_workout(session)
    moving = session.phase in (Phase.WARM_UP, Phase.COOL_DOWN)
    then = next_move(session) if moving else next_block(session)
    last = then.phase in (Phase.DONE, Phase.COOL_DOWN)
    return go(turn, then, line("skipped-last" if last or moving else "skipped", session.said))


def skip_warm_up(turn: Turn) -> Reply:
    """Leave the warm-up and go to the first exercise."""
    session = back_to_workout(turn.session)
    if session.phase is not Phase.WARM_UP:
        return turn.ask(turn.session, line("nothing-to-skip", turn.session.said))
    return go(turn, after_moves(session), line("skipped-warm-up", session.said))


def skip_rest(turn: Turn) -> Reply:
    """End the rest now."""
    if turn.session.phase in (Phase.REST, Phase.PAUSED):
        return ready(turn)
    return turn.ask(turn.session, line("no-rest-now", turn.session.said))


def previous(turn: Turn) -> Reply:
    """Go back: to the step, the move, the set or the exercise before."""
    session = turn.session
    if session.phase is Phase.HOW_TO:
        return guidance.step_before(turn)
    if session.workout_phase is None:
        return turn.ask(session, line("nothing-before", session.said))
    session = back_to_workout(session)
    if session.phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        move = max(0, session.move - 1)
        return go(turn, session.at(session.phase, move=move, side=0, seconds=0))
    if session.phase is Phase.TEACHING or (session.phase is Phase.SET_UP and not session.block):
        return go(turn, session.at(Phase.SET_UP))
    if session.phase is Phase.SET_UP:
        return go(turn, back_to_set(session, session.block - 1, 1).at(Phase.SET_UP))
    finished = session.phase in (Phase.REST, Phase.FEEDBACK)
    return go(turn, back_to_set(session, session.block, session.set - (0 if finished else 1)))


def start_over(turn: Turn) -> Reply:
    """Begin again: the explanation, the workout when just welcomed back, or else this set."""
    session = turn.session
    if session.phase is Phase.HOW_TO:
        return guidance.first_step(turn)
    if session.workout_phase is None:
        return start_workout(turn, Wish())
    if session.welcomed_back:
        return _whole_workout_again(turn)
    session = back_to_workout(session)
    if session.phase in (Phase.WARM_UP, Phase.COOL_DOWN, Phase.SET_UP, Phase.TEACHING):
        return go(turn, session.at(session.phase, move=0, side=0, seconds=0))
    return go(
        turn, back_to_set(session, session.block, session.set), line("set-again", session.said)
    )


def feedback(turn: Turn, felt: Felt) -> Reply:
    """Take "easy", "about right" or "hard": for the exercise just done, or for the one going on."""
    session = turn.session
    if session.workout_phase is Phase.FEEDBACK:
        session = back_to_workout(session)
        others = tuple(pair for pair in session.felt if pair[0] != session.block)
        noted = replace(session, felt=(*others, (session.block, felt)))
        return go(turn, next_block(noted), line(f"felt-{felt}", session.said))
    if session.workout_phase in (Phase.SET, Phase.SIDE_CHANGE, Phase.REST):
        return _change_dose(turn, back_to_workout(session), felt)
    return turn.ask(session, line("felt-noted", session.said))


def go(turn: Turn, session: Session, *before: Line) -> Reply:
    """Present a phase: play what it plays, ask what it asks, or say goodbye."""
    if session.phase is Phase.DONE:
        return turn.end(session, *before, *goodbye(session))
    if session.phase in WAITING:
        return turn.ask(session, *before)
    return turn.play(session, *before)


def _leave_how_to(turn: Turn) -> Reply:
    """Carry on with the workout that an explanation stands in front of; else just leave it."""
    if turn.session.workout_phase is None:
        return guidance.leave(turn)
    return go(turn, back_to_workout(turn.session))


def _whole_workout_again(turn: Turn) -> Reply:
    session = turn.session
    if session.plan.minutes:
        return offer_plan(turn, session, session.plan.minutes)
    return go(turn, session.at(Phase.SET_UP, **AT_START, done=(), felt=()))


def _other_leg(turn: Turn) -> Session | None:
    """Return the start of the other side of a move, if there is one still to do."""
    session = turn.session
    warming = session.phase is Phase.WARM_UP
    ids = session.plan.warm_up if warming else session.plan.cool_down
    if session.side + 1 >= len(turn.catalogue.moves[ids[session.move]].sides):
        return None
    return session.at(session.phase, side=session.side + 1, seconds=0)


def _end_set_early(turn: Turn) -> Reply:
    """Take "done" in mid-set at its word: what was done counts."""
    session, exercise = turn.session, exercise_now(turn.session, turn.catalogue)
    done = session.rep - 1
    if not done:
        return turn.play(replace(session, told=True))
    said = line("set-ended-early", session.said, reps=done)
    if session.side + 1 < len(exercise.sides):
        other = session.at(
            Phase.SIDE_CHANGE, told=True, side=session.side + 1, rep=1, first_side_reps=done
        )
        return turn.ask(other, said)
    return turn.ask(set_finished(session, done), said)


def _change_dose(turn: Turn, session: Session, felt: Felt) -> Reply:
    """Two reps more or fewer for the sets to come, within the exercise's range."""
    if felt is Felt.RIGHT:
        return turn.aside(session, line("felt-right", session.said))
    exercise = exercise_now(session, turn.catalogue)
    now = session.now
    wanted = exercise.reps.clamp(now.reps + (2 if felt is Felt.EASY else -2))
    if wanted == now.reps or (wanted > now.reps) is not (felt is Felt.EASY):
        return turn.aside(session, line(f"dose-{felt}-limit", session.said))
    blocks = list(session.plan.blocks)
    blocks[session.block] = replace(now, reps=wanted)
    plan = replace(session.plan, blocks=tuple(blocks))
    changed = replace(session, plan=plan, rep=min(session.rep, wanted))
    return turn.aside(changed, line(f"dose-{felt}", session.said, reps=wanted))


def _confirm_floor(turn: Turn) -> Reply:
    return turn.ask(turn.session, line("safety-yes-or-no", turn.session.said))


def _begin(turn: Turn) -> Reply:
    return start_workout(turn, Wish())


_READY_ELSEWHERE: dict[Phase, Callable[[Turn], Reply]] = {
    Phase.IDLE: _begin,
    Phase.DONE: _begin,
    Phase.SAFETY: _confirm_floor,
    Phase.PAUSED: resume,
    Phase.HOW_TO: guidance.next_step,
}
"""What "ready" means where no workout is going on."""

_NO: dict[Phase, Callable[[Turn], Reply]] = {
    Phase.IDLE: stop,
    Phase.DONE: stop,
    Phase.SAFETY: lambda turn: answer_floor(turn, Place.STANDING),
    Phase.HOW_TO: guidance.leave,
    Phase.FEEDBACK: ready,
}
"""What "no" means, other than "not yet"."""
