"""What is touched on a screen: it is answered by the same functions as the words for it.

What a device sends of a touch is the name of an intent and its slots, with which the document was
sent. It is read as carefully as anything else from outside.
"""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_model import Slot
from ask_sdk_model.slu.entityresolution import (
    Resolution,
    Resolutions,
    Status,
    StatusCode,
    Value,
    ValueWrapper,
)

from skill.alexa.slots import Slots
from skill.coach.reply import Line, Names

USER_EVENT = "Alexa.Presentation.APL.UserEvent"
LONGEST = 64
"""More characters has no id of ours, and no number and no time."""

_MONDAY_THURSDAY = {"day": "monday", "day_b": "thursday"}

_MEANS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "yes": ("AMAZON.YesIntent", {}),
    "no": ("AMAZON.NoIntent", {}),
    "help": ("AMAZON.HelpIntent", {}),
    "stop": ("AMAZON.StopIntent", {}),
    "ten-minutes": ("StartWorkoutIntent", {"minutes": "10"}),
    "how-is-it-done": ("HowToIntent", {}),
    "progress": ("ProgressIntent", {}),
    "bed": ("PlaceIntent", {"place": "bed"}),
    "ready": ("ReadyIntent", {}),
    "repeat": ("AMAZON.RepeatIntent", {}),
    "pause": ("AMAZON.PauseIntent", {}),
    "resume": ("AMAZON.ResumeIntent", {}),
    "over": ("AMAZON.StartOverIntent", {}),
    "next": ("AMAZON.NextIntent", {}),
    "previous": ("AMAZON.PreviousIntent", {}),
    "all-of-it": ("AllOfItIntent", {}),
    "skip": ("SkipIntent", {}),
    "skip-warm-up": ("SkipWarmUpIntent", {}),
    "skip-rest": ("SkipRestIntent", {}),
    "more-rest": ("MoreRestIntent", {}),
    "where": ("WhereAmIIntent", {}),
    "how-many-left": ("HowManyLeftIntent", {}),
    "how-long": ("HowLongIntent", {}),
    "easier": ("EasierIntent", {}),
    "slower": ("PaceIntent", {"pace": "slower"}),
    "easy": ("TooEasyIntent", {}),
    "right": ("JustRightIntent", {}),
    "hard": ("TooHardIntent", {}),
    "too-hard": ("TooHardIntent", {}),
    "pain": ("PainIntent", {}),
    "two-days": ("ReminderTimeIntent", _MONDAY_THURSDAY),
    "every-day": ("ReminderTimeIntent", {"day": "every_day"}),
    "morning": ("ReminderTimeIntent", {"time": "08:00"}),
    "evening": ("ReminderTimeIntent", {"time": "18:00"}),
    "two-days-morning": ("ReminderTimeIntent", {**_MONDAY_THURSDAY, "time": "08:00"}),
    "every-day-evening": ("ReminderTimeIntent", {"day": "every_day", "time": "18:00"}),
}
"""The intent and the slots of every suggestion; tests prove that its words are heard as these."""


def arguments(suggestion: Line) -> tuple[object, ...] | None:
    """Return what touching a suggestion sends; None where touching it would do nothing."""
    name = suggestion.id.removeprefix("suggest-")
    if name == "how-to":
        return ("HowToIntent", {"exercise": _exercise(suggestion)})
    if name not in _MEANS:
        return None
    intent, slots = _MEANS[name]
    return (intent, dict(slots))


def touched(sent: object) -> tuple[str, Slots]:
    """Return the intent and the slots that were touched; an empty name for what makes no sense."""
    intent, slots = sent if isinstance(sent, list) and len(sent) == 2 else ("", {})
    if not isinstance(intent, str) or not isinstance(slots, dict):
        return "", Slots(None)
    read = {name: _slot(name, value) for name, value in slots.items() if _makes_sense(value)}
    return (intent, Slots(read)) if len(read) == len(slots) else ("", Slots(None))


def _exercise(suggestion: Line) -> str:
    names = dict(suggestion.values)["exercises"]
    assert isinstance(names, Names), "names of exercises"  # noqa: S101 - for the type checker
    return str(names.ids[0]).removesuffix("-names")


def _makes_sense(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and value.isascii()


def _slot(name: str, value: str) -> Slot:
    """Return a slot as Amazon fills one that was understood."""
    found = [ValueWrapper(Value(name=value, id=value))]
    resolution = Resolution("touched", Status(StatusCode.ER_SUCCESS_MATCH), found)
    return Slot(name=name, value=value, resolutions=Resolutions([resolution]))
