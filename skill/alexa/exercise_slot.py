"""The exercise a listener named: known, one of several, unknown, or not named at all."""

from __future__ import annotations

from collections.abc import Callable

from skill.alexa.slots import Slots
from skill.coach import guidance
from skill.coach.exercise import Exercise
from skill.coach.reply import Reply
from skill.coach.turn import Turn


def with_exercise(
    turn: Turn, slots: Slots, answer: Callable[[Turn, Exercise | None], Reply]
) -> Reply:
    """Answer about the exercise named; ask back where the name is unknown or means several."""
    known = [id_ for id_ in slots.ids("exercise") if id_ in turn.catalogue.exercises]
    if len(known) > 1:
        return guidance.which_of(turn, tuple(known[:3]))
    if known:
        return answer(turn, turn.catalogue.exercises[known[0]])
    if slots.filled("exercise"):
        return guidance.unknown_exercise(turn)
    return answer(turn, None)
