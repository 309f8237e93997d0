"""Intents that ask: how is it done, what for, what with, where am I, how much is left."""

from __future__ import annotations

from collections.abc import Callable

from skill.alexa.exercise_slot import with_exercise
from skill.alexa.slots import Slots
from skill.coach import adjusting, guidance
from skill.coach.exercise import Exercise, Level
from skill.coach.reply import Reply
from skill.coach.session import Place
from skill.coach.turn import Turn

Answer = Callable[[Turn, Slots], Reply]


def _about_exercise(answer: Callable[[Turn, Exercise | None], Reply]) -> Answer:
    return lambda turn, slots: with_exercise(turn, slots, answer)


def _telling(what: str) -> Answer:
    return _about_exercise(lambda turn, exercise: guidance.tell(turn, exercise, what))


def list_exercises(turn: Turn, slots: Slots) -> Reply:
    """The list, or the part of it that fits equipment, level or place."""
    level, place = slots.one_of("level", Level), slots.one_of("place", Place)
    return guidance.list_exercises(turn, slots.id("equipment"), level, place)


def explain(turn: Turn, slots: Slots) -> Reply:
    """A topic or a muscle."""
    return guidance.explain(turn, slots.id("topic"))


ANSWERS: dict[str, Answer] = {
    "HowToIntent": _about_exercise(guidance.how_to),
    "AllOfItIntent": lambda turn, _: guidance.all_of_it(turn, None),
    "ListExercisesIntent": list_exercises,
    "ExplainIntent": explain,
    "WhatDoINeedIntent": _about_exercise(guidance.needs),
    "MusclesIntent": _telling("muscles"),
    "BreathingIntent": _telling("breath"),
    "SelfCheckIntent": _telling("check"),
    "TipIntent": _about_exercise(guidance.tip),
    "FaultsIntent": _about_exercise(guidance.faults),
    "WhyIntent": _about_exercise(guidance.why),
    "EasierIntent": _about_exercise(adjusting.easier),
    "HarderIntent": _about_exercise(adjusting.harder),
    "WhereAmIIntent": lambda turn, _: guidance.where_am_i(turn),
    "HowManyLeftIntent": lambda turn, _: guidance.how_many(turn),
    "HowLongIntent": lambda turn, _: guidance.how_long(turn),
}
