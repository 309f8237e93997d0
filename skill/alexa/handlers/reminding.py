"""Intents about reminders: when to work out, to get up every hour, which there are, cancel them."""

from __future__ import annotations

from collections.abc import Callable

from ask_sdk_model.interfaces.connections import ConnectionsResponse

from skill.alexa.slots import Slots
from skill.coach import reminding
from skill.coach.reply import Reply
from skill.coach.turn import Turn

DAY_SLOTS = ("day", *(f"day_{letter}" for letter in "bcde"))


def remind_workout(turn: Turn, slots: Slots) -> Reply:
    """Remind of working out, on these days and at this time if they were said."""
    return reminding.remind_workout(turn, _days(slots), slots.minute_of_day("time"))


def remind_get_up(turn: Turn, slots: Slots) -> Reply:
    """Remind of getting up, from when to when if that was said."""
    start, end = slots.minute_of_day("from_time"), slots.minute_of_day("to_time")
    return reminding.remind_get_up(turn, start, end)


def say_when(turn: Turn, slots: Slots) -> Reply:
    """Days and a time on their own."""
    return reminding.say_when(turn, _days(slots), slots.minute_of_day("time"))


def cancel(turn: Turn, slots: Slots) -> Reply:
    """Cancel the reminders of these days and this time, or all."""
    return reminding.cancel_reminders(turn, _days(slots), slots.minute_of_day("time"))


def _days(slots: Slots) -> tuple[str, ...]:
    return tuple(day for name in DAY_SLOTS if (day := slots.id(name)) is not None)


ANSWERS = {
    "RemindWorkoutIntent": remind_workout,
    "RemindGetUpIntent": remind_get_up,
    "ReminderTimeIntent": say_when,
    "ListRemindersIntent": lambda turn, _: reminding.list_reminders(turn),
    "CancelRemindersIntent": cancel,
}


def permission_answer(request: ConnectionsResponse) -> Callable[[Turn], Reply]:
    """Return what follows on Alexa's own question for a permission.

    Where it could not be put, as where voice permissions do not exist, the app is the way.
    """
    payload = request.payload or {}
    asked = request.name == "AskFor" and request.status is not None and request.status.code == "200"
    answer = payload.get("status") if asked else None
    return _PERMISSION.get(str(answer), reminding.unanswered)


_PERMISSION = {"ACCEPTED": reminding.allowed, "DENIED": reminding.declined}
