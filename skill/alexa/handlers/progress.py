"""Intents that look back: progress, last time, this week, and forgetting."""

from __future__ import annotations

from skill.coach import reviewing

ANSWERS = {
    "ProgressIntent": lambda turn, _: reviewing.progress(turn),
    "LastTimeIntent": lambda turn, _: reviewing.last_workout(turn),
    "ThisWeekIntent": lambda turn, _: reviewing.this_week(turn),
    "ForgetMeIntent": lambda turn, _: reviewing.forget_me(turn),
}
