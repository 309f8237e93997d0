"""Before the first set: getting into position with the time to get there, and the movement."""

from __future__ import annotations

from skill.coach.exercise import Exercise
from skill.coach.part import Part, Room, exercise_now, measured, talk_level
from skill.coach.reply import Card, Element, Line, Mark, Pause, Script, line, name_of, names_of
from skill.coach.session import Phase, Place, Session, TalkLevel

POSITION_PAUSE_MS = 3_000
"""After each cue into position. The most frequent complaint about voice coaches is haste."""

STEP_PAUSE_MS = 1_200
GET_DOWN_MS = 8_000
GET_UP_MS = 6_000
"""To come out of the last exercise's position before hearing the next."""


def set_up_part(session: Session, room: Room) -> Part:
    """Return the way into an exercise's starting position."""
    exercise = exercise_now(session, room.catalogue)
    level = talk_level(session, exercise.id)
    script: list[Element] = [
        Mark("set_up", session.block),
        *_leave_last(session, exercise, room),
        line(
            "pacing-exercise",
            session.said,
            exercise=names_of(exercise.id),
            number=session.block + 1,
            of=len(session.plan.blocks),
        ),
    ]
    if level is TalkLevel.FULL and exercise.needs:
        script += [line(f"{exercise.id}-needs"), Pause(1_000)]
    if exercise.safety and exercise.id not in session.met:
        script += [line(f"{exercise.id}-safety"), Pause(500)]
    if _goes_down(session, exercise, room):
        script += [line("pacing-get-down", session.said), Pause(GET_DOWN_MS)]
    if level is TalkLevel.FULL:
        for phrase in position_lines(exercise, session.preferences.place):
            script += [phrase, Pause(POSITION_PAUSE_MS)]
    else:
        if level is TalkLevel.SHORT:
            script.append(line(f"{exercise.id}-remind", session.said))
        script.append(Pause(exercise.set_up_s * 1000))
    return measured(tuple(script), session.at(Phase.SET_UP, told=True), room)


def teaching_part(session: Session, room: Room) -> Part:
    """Return the movement of an exercise, one cue at a time."""
    exercise = exercise_now(session, room.catalogue)
    script: list[Element] = [
        Mark("set_up", session.block),
        line("pacing-teach", session.said, exercise=name_of(exercise.id)),
    ]
    for phrase in (*step_lines(exercise), line(f"{exercise.id}-breath")):
        script += [phrase, Pause(STEP_PAUSE_MS)]
    card = Card(line("card-how-to", exercise=name_of(exercise.id)), how_to_lines(exercise, None))
    return measured(tuple(script), session.at(Phase.TEACHING, told=True), room, card)


def position_lines(exercise: Exercise, place: Place | None) -> tuple[Line, ...]:
    """Return the cues into position, on a bed for those who exercise there."""
    if place is Place.BED and exercise.bed_lines:
        return _numbered(f"{exercise.id}-bed", exercise.bed_lines)
    return _numbered(f"{exercise.id}-position", exercise.position_lines)


def step_lines(exercise: Exercise) -> tuple[Line, ...]:
    """Return the cues of the movement."""
    return _numbered(f"{exercise.id}-step", exercise.step_lines)


def how_to_lines(exercise: Exercise, place: Place | None) -> tuple[Line, ...]:
    """Return everything that explains an exercise: position, movement, breath, self-check, out."""
    return (
        *position_lines(exercise, place),
        *step_lines(exercise),
        line(f"{exercise.id}-breath"),
        line(f"{exercise.id}-check"),
        line(f"{exercise.id}-out"),
    )


def _numbered(stem: str, count: int) -> tuple[Line, ...]:
    return tuple(line(f"{stem}-{n}") for n in range(1, count + 1))


def _goes_down(session: Session, exercise: Exercise, room: Room) -> bool:
    """Say whether this is the first exercise on the floor, so that the listener has to get down."""
    if not exercise.on_floor or session.preferences.place is Place.BED:
        return False
    if talk_level(session, exercise.id) is not TalkLevel.FULL:
        return False
    before = session.plan.blocks[: session.block]
    return not any(room.catalogue.exercises[block.exercise].on_floor for block in before)


def _leave_last(session: Session, exercise: Exercise, room: Room) -> Script:
    """Help out of the last position, where the next one is another."""
    if session.block == 0:
        return ()
    last = room.catalogue.exercises[session.plan.blocks[session.block - 1].exercise]
    if last.posture is exercise.posture:
        return ()
    return (line(f"{last.id}-out"), Pause(GET_UP_MS))
