"""Intents that start something or say under which conditions: workout, exercise, place, things."""

from __future__ import annotations

from skill.alexa.exercise_slot import with_exercise
from skill.alexa.slots import Slots
from skill.coach import adjusting, guidance, housekeeping, starting
from skill.coach.exercise import Exercise, Level
from skill.coach.planning import Wish
from skill.coach.reply import Reply
from skill.coach.session import Place
from skill.coach.turn import Turn


def start_workout(turn: Turn, slots: Slots) -> Reply:
    """Start a workout of so many minutes, with this equipment, at that place and level."""
    wish = Wish(
        minutes=slots.number("minutes") or _minutes_of(slots.id("length")),
        equipment=_equipment(turn, slots, "equipment"),
        place=slots.one_of("place", Place),
        level=slots.one_of("level", Level),
    )
    return starting.start_workout(starting.step_by_step(turn), wish)


def start_exercise(turn: Turn, slots: Slots) -> Reply:
    """Start one exercise, with sets and reps as said."""

    def start(turn: Turn, exercise: Exercise | None) -> Reply:
        if exercise is None:
            return guidance.which(turn)
        sets, reps = slots.number("sets"), slots.number("reps")
        turn = adjusting.turn_at(starting.step_by_step(turn), slots.one_of("place", Place))
        return starting.start_exercise(turn, exercise, sets, reps)

    return with_exercise(turn, slots, start)


def number_alone(turn: Turn, slots: Slots) -> Reply:
    """A number on its own: minutes, where a workout may start."""
    return housekeeping.number_alone(turn, slots.number("number"))


def what_i_have(turn: Turn, slots: Slots) -> Reply:
    """The listener names up to five pieces of equipment, or says that there is nothing."""
    names = ("equipment", *(f"equipment_{letter}" for letter in "bcde"))
    if not any(slots.filled(name) for name in names):
        return adjusting.have(turn, ["none"])
    if any(slots.id(name) == "everything" for name in names):
        return adjusting.have(turn, turn.catalogue.equipment)
    said = (_equipment(turn, slots, name) for name in names)
    return adjusting.have(turn, [item for item in said if item is not None])


def place(turn: Turn, slots: Slots) -> Reply:
    """The listener says where exercising is possible; without a place, that the floor is not."""
    where = slots.one_of("place", Place)
    if where is None and slots.filled("place"):
        return housekeeping.not_understood(turn)
    return adjusting.exercise_at(turn, where or Place.STANDING)


def _minutes_of(length: str | None) -> int | None:
    """Return the minutes of "half an hour" and its like: the id is the number."""
    return int(length) if length is not None and length.isdecimal() else None


def _equipment(turn: Turn, slots: Slots, name: str) -> str | None:
    item = slots.id(name)
    return item if item == "none" or item in turn.catalogue.equipment else None


ANSWERS = {
    "StartWorkoutIntent": start_workout,
    "StartExerciseIntent": start_exercise,
    "NumberIntent": number_alone,
    "WhatIHaveIntent": what_i_have,
    "PlaceIntent": place,
}
