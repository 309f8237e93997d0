"""What a listener is likely to say next, told from the session attributes of the skill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ALWAYS = frozenset({"AMAZON.StopIntent", "AMAZON.HelpIntent", "AMAZON.RepeatIntent", "PainIntent"})
_CHOOSING = frozenset(
    {
        "AMAZON.YesIntent",
        "AMAZON.NoIntent",
        "StartWorkoutIntent",
        "StartExerciseIntent",
        "HowToIntent",
        "ListExercisesIntent",
        "NumberIntent",
    }
)
_WORKING = frozenset(
    {
        "ReadyIntent",
        "AMAZON.YesIntent",
        "AMAZON.NoIntent",
        "AMAZON.NextIntent",
        "AMAZON.PauseIntent",
        "AMAZON.ResumeIntent",
        "SkipIntent",
        "HowManyLeftIntent",
        "WhereAmIIntent",
        "TooHardIntent",
        "TooEasyIntent",
    }
)
_REMINDING = frozenset(
    {"AMAZON.YesIntent", "AMAZON.NoIntent", "ReminderTimeIntent", "NumberIntent"}
)
_BY_PHASE = {
    "idle": _CHOOSING,
    "done": _CHOOSING,
    "safety": frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent", "PlaceIntent"}),
    "how_to": frozenset(
        {
            "AMAZON.NextIntent",
            "AMAZON.PreviousIntent",
            "AMAZON.YesIntent",
            "AMAZON.NoIntent",
            "AMAZON.ResumeIntent",
            "AllOfItIntent",
        }
    ),
    "feedback": frozenset({"TooEasyIntent", "JustRightIntent", "TooHardIntent", "SkipIntent"}),
    "paused": frozenset(
        {
            "AMAZON.ResumeIntent",
            "AMAZON.YesIntent",
            "AMAZON.StartOverIntent",
            "SkipIntent",
            "NumberIntent",
        }
    ),
    "rest": _WORKING | {"SkipRestIntent", "MoreRestIntent"},
}


def expected(attributes: Mapping[str, Any]) -> frozenset[str]:
    """Return the intents that fit the situation; outside a conversation, those that begin one."""
    session = attributes.get("session")
    if not isinstance(session, Mapping):
        return _ALWAYS | _CHOOSING
    reminding = _REMINDING if session.get("reminding") else frozenset()
    return _ALWAYS | reminding | _BY_PHASE.get(session.get("phase", "idle"), _WORKING)
