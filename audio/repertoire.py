"""The lines worth having as clips before anybody asks: those of all guides and of ordinary sets."""

from __future__ import annotations

from collections.abc import Iterator

from audio.guides import ELSEWHERE, guides, lines_of
from skill.coach.exercise import Block, Catalogue, Exercise, Plan
from skill.coach.part import Room
from skill.coach.reply import Line, line, name_of, names_of
from skill.coach.session import MOST_REPS, MOST_SAID, Phase, Session, TalkLevel
from skill.coach.timeline import LengthOf
from skill.coach.tracks import tracks
from skill.render.words import Words

MOST_EXERCISES = 3
"""A planned workout has no more than these."""

_SPOKEN_OF = ("good", "breath", "check", "easier", "harder", "muscles", "needs", "out")
_SAID_IN_SETS = ("remind", "lift", "hold", "lower")


def every_line(catalogue: Catalogue, words: Words) -> tuple[Line, ...]:
    """Return the lines worth having as clips: those of all guides, and of ordinary sets.

    Each text is there once, with the first line that says it. Lines with unusual values are not
    there: they are rendered when they are wanted.
    """
    texts: dict[str, Line] = {}
    for each in _all_lines(catalogue, words.length_ms):
        for variant in range(MOST_SAID):
            said = each._replace(variant=variant)
            texts.setdefault(words.sentence(said), said)
    return tuple(texts.values())


def _all_lines(catalogue: Catalogue, length_of: LengthOf) -> Iterator[Line]:
    for guide in guides(catalogue, length_of):
        yield from lines_of(guide.script)
    yield from (line("pacing-count", n=n) for n in range(1, MOST_REPS + 1))
    for exercise in catalogue.exercises.values():
        yield from _lines_about(exercise)
        yield from dict.fromkeys(_lines_of_sets(exercise, Room(catalogue, length_of)))
    for move in catalogue.moves.values():
        yield from (line(f"{move.id}-step-{n}") for n in range(1, move.step_lines + 1))
        yield from (line(f"{move.id}-cue-{n}") for n in range(1, move.cue_lines + 1))
        yield line("pacing-move", move=name_of(move.id))


def _lines_about(exercise: Exercise) -> Iterator[Line]:
    """Return what is said of an exercise with no number in it."""
    id_ = exercise.id
    safety = ("safety",) if exercise.safety else ()
    yield from (line(f"{id_}-{about}") for about in (*_SPOKEN_OF, *_SAID_IN_SETS, *safety))
    counts = {
        "position": exercise.position_lines,
        "bed": exercise.bed_lines,
        "step": exercise.step_lines,
        "tip": exercise.tip_lines,
        "fault": exercise.fault_lines,
    }
    for about, most in counts.items():
        yield from (line(f"{id_}-{about}-{n}") for n in range(1, most + 1))
    for of in range(1, MOST_EXERCISES + 1):
        for number in range(1, of + 1):
            yield line("pacing-exercise", exercise=names_of(id_), number=number, of=of)


def _lines_of_sets(exercise: Exercise, room: Room) -> Iterator[Line]:
    """Return what is said in all ordinary sets of an exercise."""
    for talk in TalkLevel:
        for sets in range(exercise.sets.low, exercise.sets.high + 1):
            for reps in range(exercise.reps.low, exercise.reps.high + 1):
                plan = Plan(blocks=(Block(exercise.id, sets, reps),), cool_down=ELSEWHERE)
                session = Session(phase=Phase.SET_UP, plan=plan).with_preferences(talk=talk)
                *in_sets, _ = tracks(session, room)
                for one in in_sets:
                    yield from lines_of(one.script)
