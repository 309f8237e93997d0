"""Intents of every skill, and those that keep a listener safe."""

from __future__ import annotations

from skill.alexa.slots import Slots
from skill.coach import housekeeping, safety
from skill.coach.reply import Reply
from skill.coach.turn import Turn


def pain(turn: Turn, slots: Slots) -> Reply:
    """It hurts; where and how is used for this answer and kept nowhere."""
    return safety.pain(turn, slots.id("body_part"), sharp=slots.id("quality") == "sharp")


ANSWERS = {
    "AMAZON.HelpIntent": lambda turn, _: housekeeping.help_(turn),
    "AMAZON.FallbackIntent": lambda turn, _: housekeeping.not_understood(turn),
    "PainIntent": pain,
    "StopSignIntent": lambda turn, _: safety.stop_sign(turn),
    "IsItSafeIntent": lambda turn, _: safety.is_it_safe(turn),
}
