"""Intents that move the workout: ready, next, back, pause, stop, and how it is paced."""

from __future__ import annotations

from collections.abc import Callable

from skill.alexa.slots import Slots
from skill.coach import adjusting, housekeeping, pacing
from skill.coach.reply import Reply
from skill.coach.session import Counting, Felt, TalkLevel
from skill.coach.turn import Turn

Answer = Callable[[Turn, Slots], Reply]


def _plainly(answer: Callable[[Turn], Reply]) -> Answer:
    return lambda turn, _: answer(turn)


def _felt(felt: Felt) -> Answer:
    return lambda turn, _: pacing.feedback(turn, felt)


def talk_level(turn: Turn, slots: Slots) -> Reply:
    """Set how much the coach says."""
    level = slots.one_of("talk_level", TalkLevel)
    return adjusting.talk(turn, level) if level else housekeeping.not_understood(turn)


def counting(turn: Turn, slots: Slots) -> Reply:
    """Set how the reps are counted."""
    way = slots.one_of("counting", Counting)
    return adjusting.count(turn, way) if way else housekeeping.not_understood(turn)


def pace(turn: Turn, slots: Slots) -> Reply:
    """Make the reps slower, faster or as prescribed."""
    wish = slots.id("pace")
    if wish not in ("slower", "faster", "normal"):
        return housekeeping.not_understood(turn)
    return adjusting.pace(turn, wish)


ANSWERS: dict[str, Answer] = {
    "ReadyIntent": _plainly(pacing.ready),
    "AMAZON.NextIntent": _plainly(pacing.ready),
    "AMAZON.YesIntent": _plainly(pacing.yes),
    "AMAZON.NoIntent": _plainly(pacing.no),
    "AMAZON.PreviousIntent": _plainly(pacing.previous),
    "AMAZON.RepeatIntent": _plainly(pacing.repeat),
    "AMAZON.StartOverIntent": _plainly(pacing.start_over),
    "AMAZON.PauseIntent": _plainly(pacing.pause),
    "AMAZON.ResumeIntent": _plainly(pacing.resume),
    "AMAZON.StopIntent": _plainly(pacing.stop),
    "AMAZON.CancelIntent": _plainly(pacing.stop),
    "AMAZON.NavigateHomeIntent": _plainly(pacing.stop),
    "SkipIntent": _plainly(pacing.skip),
    "SkipRestIntent": _plainly(pacing.skip_rest),
    "SkipWarmUpIntent": _plainly(pacing.skip_warm_up),
    "TooEasyIntent": _felt(Felt.EASY),
    "JustRightIntent": _felt(Felt.RIGHT),
    "TooHardIntent": _felt(Felt.HARD),
    "TalkLessIntent": _plainly(adjusting.talk_less),
    "TalkMoreIntent": _plainly(adjusting.talk_more),
    "TalkLevelIntent": talk_level,
    "CountingIntent": counting,
    "PaceIntent": pace,
    "MoreRestIntent": lambda turn, _: adjusting.rest(turn, 1),
    "LessRestIntent": lambda turn, _: adjusting.rest(turn, -1),
}
