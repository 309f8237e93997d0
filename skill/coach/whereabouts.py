"""Where the listener is, how many are left and how long it still takes, as lines to say."""

from __future__ import annotations

from skill.coach.exercise import Catalogue
from skill.coach.planning import block_seconds, move_seconds
from skill.coach.replace import replace
from skill.coach.reply import Line, line, name_of, names_of
from skill.coach.session import IN_BLOCK, Phase, Session


def where(session: Session, catalogue: Catalogue, *, cut: bool = False) -> tuple[Line, ...]:
    """Say how far the workout has come; nothing outside a workout.

    ``cut`` tells that it was just going on, be it in its first words.
    """
    phase = session.workout_phase
    if phase is None:
        return ()
    if not cut and not_begun(session):
        return (line("where-planned", session.said),)
    if phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        warming = phase is Phase.WARM_UP
        ids = session.plan.warm_up if warming else session.plan.cool_down
        phrase = "where-warm-up" if warming else "where-cool-down"
        return (line(phrase, session.said, move=name_of(catalogue.moves[ids[session.move]].id)),)
    return _where_in_block(session, catalogue)


def _where_in_block(session: Session, catalogue: Catalogue) -> tuple[Line, ...]:
    phase, exercise = session.workout_phase, name_of(session.now.exercise)
    if phase in (Phase.SET_UP, Phase.TEACHING):
        return (line("where-before", session.said, exercise=names_of(session.now.exercise)),)
    if phase in (Phase.REST, Phase.FEEDBACK):
        return (line("where-after-set", session.said, set=session.set, exercise=exercise),)
    sides = catalogue.exercises[session.now.exercise].sides
    leg = (line(f"where-side-{sides[session.side]}", session.said),) if len(sides) > 1 else ()
    if session.rep > 1:
        values = {"rep": session.rep - 1, "set": session.set}
        return (line("where-after-rep", session.said, exercise=exercise, **values), *leg)
    return (line("where-set", session.said, set=session.set, exercise=exercise), *leg)


def not_begun(session: Session) -> bool:
    """Say whether a workout was offered and nothing of it has begun, so that it may change."""
    begun = session.move or session.side or session.seconds
    return session.workout_phase is Phase.WARM_UP and bool(session.plan.minutes) and not begun


def how_many_left(session: Session) -> tuple[Line, ...]:
    """Say how many reps of this set, sets of this exercise and exercises are still to come."""
    if session.workout_phase not in IN_BLOCK:
        if session.workout_phase is None:
            return (line("left-nothing"),)
        return (line("left-exercises", exercises=len(session.plan.blocks)),)
    resting = session.workout_phase in (Phase.REST, Phase.FEEDBACK)
    if session.workout_phase is Phase.SET and session.rep > 1:
        reps = line("left-reps", reps=session.now.reps - session.rep + 1)
        return (reps, line("left-then-sets", sets=session.now.sets - session.set))
    sets = session.now.sets - session.set + (0 if resting else 1)
    return (
        line("left-sets", sets=sets, exercise=names_of(session.now.exercise)),
        line("left-then", exercises=len(session.plan.blocks) - session.block - 1),
    )


def seconds_left(session: Session, catalogue: Catalogue) -> int:
    """Return about how many seconds of the workout are still to come."""
    plan, phase = session.plan, session.workout_phase
    if phase is None:
        return 0
    seconds = 0
    percent, met = plan.moves_percent, session.met
    done = session.move if phase in (Phase.WARM_UP, Phase.COOL_DOWN) else 0
    if phase is Phase.WARM_UP:
        left = (catalogue.moves[move] for move in plan.warm_up[done:])
        seconds += sum(move_seconds(move, percent, met) for move in left)
    cool_down = plan.cool_down[done if phase is Phase.COOL_DOWN else 0 :]
    seconds += sum(move_seconds(catalogue.moves[move], percent, met) for move in cool_down)
    if phase is Phase.COOL_DOWN:
        return seconds
    first = session.block if phase in IN_BLOCK else 0
    for index, block in enumerate(plan.blocks[first:], first):
        finished = session.set - 1 if index == session.block and phase in IN_BLOCK else 0
        rest = replace(block, sets=block.sets - finished)
        exercise = catalogue.exercises[block.exercise]
        seconds += block_seconds(exercise, rest, session.preferences, met)
    return seconds
