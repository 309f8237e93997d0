"""How is it done, what is it for, what does it need: answers that return to the workout."""

from __future__ import annotations

from skill.coach.course import back_to_workout
from skill.coach.exercise import Exercise, Level
from skill.coach.planning import fits_place, plan_seconds
from skill.coach.replace import replace
from skill.coach.reply import Card, Line, Names, Reply, line, name_of, names_of
from skill.coach.session import IN_BLOCK, Phase, Place, Session
from skill.coach.teaching import how_to_lines
from skill.coach.turn import Turn
from skill.coach.whereabouts import how_many_left, seconds_left, where


def how_to(turn: Turn, named: Exercise | None) -> Reply:
    """Explain an exercise one step at a time, from wherever the listener is."""
    exercise = about(turn, named)
    if named is None and turn.session.phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        return _this_move(turn)
    if exercise is None:
        return which(turn)
    session = turn.session
    back = session.workout_phase
    explaining = session.at(
        Phase.HOW_TO, returns_to=back, how_to=exercise.id, how_step=0, subject=exercise.id
    )
    steps = len(_lines(turn, explaining))
    opening = line("how-to", session.said, exercise=name_of(exercise.id), steps=steps)
    return _step(turn, explaining, opening, line(f"{exercise.id}-good"))


def _this_move(turn: Turn) -> Reply:
    session = turn.session
    warming = session.phase is Phase.WARM_UP
    ids = session.plan.warm_up if warming else session.plan.cool_down
    move = turn.catalogue.moves[ids[session.move]]
    steps = (line(f"{move.id}-step-{n}") for n in range(1, move.step_lines + 1))
    return turn.ask(session, *steps)


def next_step(turn: Turn) -> Reply:
    """Go on to the next step; after the last one the explanation is over."""
    session = turn.session
    if session.how_step + 1 >= len(_lines(turn, session)):
        return end_how_to(turn, line("how-to-over", session.said))
    return _step(turn, replace(session, how_step=session.how_step + 1))


def same_step(turn: Turn) -> Reply:
    """Say the step again."""
    return _step(turn, turn.session)


def step_before(turn: Turn) -> Reply:
    """Go back one step."""
    return _step(turn, replace(turn.session, how_step=max(0, turn.session.how_step - 1)))


def first_step(turn: Turn) -> Reply:
    """Begin the explanation again."""
    return _step(turn, replace(turn.session, how_step=0))


def all_of_it(turn: Turn, named: Exercise | None) -> Reply:
    """Explain everything in one go, with a card to read."""
    exercise = about(turn, named)
    if exercise is None:
        return which(turn)
    explained = turn.session.at(
        Phase.HOW_TO,
        returns_to=turn.session.workout_phase,
        how_to=exercise.id,
        how_step=0,
        subject=exercise.id,
    )
    lines = _lines(turn, explained)
    return end_how_to(replace(turn, session=explained), *lines)


def leave(turn: Turn) -> Reply:
    """Leave the explanation before its end."""
    phrase = "how-to-back" if turn.session.returns_to else "how-to-left"
    return end_how_to(turn, line(phrase, turn.session.said))


def end_how_to(turn: Turn, *said: Line) -> Reply:
    """Return to the workout, or offer to do the exercise now."""
    session = turn.session
    back = back_to_workout(session)
    if back.phase is not Phase.HOW_TO:
        return turn.ask(back, *said, *where(back, turn.catalogue, cut=turn.cut))
    card = _card(turn, session)
    return turn.ask(back.at(Phase.IDLE), *said, card=card)


def tell(turn: Turn, named: Exercise | None, what: str) -> Reply:
    """Say one of an exercise's own lines: good, needs, muscles, breath, check, easier, harder."""
    exercise = about(turn, named)
    if exercise is None:
        return which(turn)
    return turn.aside(turn.session, *_which_one(turn, exercise), line(f"{exercise.id}-{what}"))


def _which_one(turn: Turn, exercise: Exercise) -> tuple[Line, ...]:
    """Name the exercise spoken of, unless it is being done at this moment."""
    if turn.session.phase in (Phase.SET, Phase.SIDE_CHANGE, Phase.HOW_TO):
        return ()
    return (line("pacing-about", turn.session.said, exercise=name_of(exercise.id)),)


def tip(turn: Turn, named: Exercise | None) -> Reply:
    """Give one tip, another one each time."""
    exercise = about(turn, named)
    if exercise is None:
        return which(turn)
    number = 1 + turn.session.said % exercise.tip_lines
    said = line(f"{exercise.id}-tip-{number}", turn.session.said)
    return turn.aside(turn.session, *_which_one(turn, exercise), said)


def faults(turn: Turn, named: Exercise | None) -> Reply:
    """Name the common faults and their cures."""
    exercise = about(turn, named)
    if exercise is None:
        return which(turn)
    said = (line(f"{exercise.id}-fault-{n}") for n in range(1, exercise.fault_lines + 1))
    return turn.aside(turn.session, *_which_one(turn, exercise), *said)


def why(turn: Turn, named: Exercise | None) -> Reply:
    """Say what an exercise is good for; with none in view, why hip extension is worth it."""
    exercise = about(turn, named)
    if exercise is None:
        return explain(turn, "why")
    return turn.aside(turn.session, line(f"{exercise.id}-good"))


def explain(turn: Turn, topic: str | None) -> Reply:
    """Explain a topic or a muscle; with an unknown one, say what can be explained."""
    if topic in turn.catalogue.topics:
        return turn.ask(turn.session, line(f"topic-{topic}"))
    if topic in turn.catalogue.muscles:
        return turn.ask(turn.session, line(f"muscle-{topic}-about"))
    return turn.ask(turn.session, line("explain-what"))


def list_exercises(
    turn: Turn, equipment: str | None, level: Level | None, place: Place | None
) -> Reply:
    """List the exercises, or those that fit what was asked."""
    found = [
        exercise.id
        for exercise in turn.catalogue.exercises.values()
        if (equipment is None or _uses(turn, exercise, equipment))
        and (level is None or exercise.level is level)
        and fits_place(exercise, place)
    ]
    if not found:
        none = turn.ask(turn.session, line("list-none"), _listed(turn, list(_all(turn))))
        return replace(none, choice=_all(turn))
    said = _listed(turn, found)
    card = Card(line("card-list"), tuple(line(f"{id_}-good") for id_ in found))
    return replace(turn.ask(turn.session, said, card=card), choice=tuple(found))


def needs(turn: Turn, named: Exercise | None) -> Reply:
    """Say what an exercise needs; with none in view, what the exercises of the plan need."""
    if about(turn, named) is None:
        blocks = turn.session.plan.blocks if turn.session.workout_phase else ()
        lines = [line(f"{block.exercise}-needs") for block in blocks]
        return turn.aside(turn.session, *(lines or [line("needs-nothing")]))
    return tell(turn, named, "needs")


def where_am_i(turn: Turn) -> Reply:
    """Say how far the workout has come."""
    said = where(turn.session, turn.catalogue, cut=turn.cut) or (line("where-nowhere"),)
    return turn.aside(turn.session, *said)


def how_many(turn: Turn) -> Reply:
    """Say how many reps, sets and exercises are left."""
    return turn.aside(turn.session, *how_many_left(turn.session))


def how_long(turn: Turn) -> Reply:
    """Say how many minutes are left, or how long workouts are."""
    session = turn.session
    if session.workout_phase is None:
        return turn.ask(session, line("how-long-choice"))
    if session.phase is Phase.REST and session.seconds:
        return turn.aside(session)
    seconds = seconds_left(session, turn.catalogue)
    whole = round(plan_seconds(session.plan, turn.catalogue, session.preferences, session.met) / 60)
    left = max(1, round(seconds / 60))
    return turn.aside(session, line("how-long-left", session.said, minutes=left, of=whole))


def about(turn: Turn, named: Exercise | None) -> Exercise | None:
    """Return the exercise meant: the one named, explained now, or being done, if any."""
    session = turn.session
    if named is not None:
        return named
    if session.how_to:
        return turn.catalogue.exercises[session.how_to]
    if session.workout_phase in IN_BLOCK:
        return turn.catalogue.exercises[session.now.exercise]
    return turn.catalogue.exercises.get(session.subject)


def which(turn: Turn) -> Reply:
    """Ask which exercise is meant, naming those there are."""
    asking = line("ask-which", turn.session.said)
    asked = turn.ask(turn.session, _listed(turn, list(_all(turn))), asking=asking)
    return replace(asked, choice=_all(turn))


def unknown_exercise(turn: Turn) -> Reply:
    """Answer a name that is no exercise of ours with the names that are."""
    said = line("unknown-exercise", turn.session.said)
    listed = _listed(turn, list(_all(turn)))
    asked = turn.ask(turn.session, said, listed, asking=line("ask-which", turn.session.said))
    return replace(asked, choice=_all(turn))


def which_of(turn: Turn, found: tuple[str, ...]) -> Reply:
    """Ask which of several exercises is meant."""
    names = Names(tuple(f"{id_}-name" for id_ in found))
    choice = line("ask-which-of", turn.session.said, exercises=names)
    return replace(turn.ask(turn.session, asking=choice), choice=found)


def _all(turn: Turn) -> tuple[str, ...]:
    return tuple(turn.catalogue.exercises)


def _listed(turn: Turn, ids: list[str]) -> Line:
    return line("list", turn.session.said, count=len(ids), exercises=names_of(*ids))


def _uses(turn: Turn, exercise: Exercise, equipment: str) -> bool:
    if equipment == "none":
        return not exercise.needs
    has = turn.catalogue.with_implied(frozenset({equipment}))
    mentioned = {item for choice in exercise.needs for item in choice} | set(exercise.optional)
    return bool(has & mentioned)


def _lines(turn: Turn, session: Session) -> tuple[Line, ...]:
    exercise = turn.catalogue.exercises[session.how_to]
    return how_to_lines(exercise, session.preferences.place)


def _card(turn: Turn, session: Session) -> Card:
    title = line("card-how-to", exercise=name_of(session.how_to))
    return Card(title, _lines(turn, session))


def _step(turn: Turn, session: Session, *before: Line) -> Reply:
    lines = _lines(turn, session)
    at = min(session.how_step, len(lines) - 1)
    number = line("how-to-step", session.said, step=at + 1, steps=len(lines))
    card = _card(turn, session) if at == 0 else None
    last = at + 1 == len(lines)
    asking = line("ask-last-step", session.said) if last else None
    here = replace(session, how_step=at)
    return turn.ask(here, *before, number, lines[at], asking=asking, card=card)
