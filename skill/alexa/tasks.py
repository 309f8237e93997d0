"""A launch with a task: how a quick link or a routine starts a workout of so many minutes.

The task is over as soon as the workout is offered: a workout is many conversations, whoever asked
for it has gone by then, and Alexa sends nobody back in the middle of a set. So no
``Tasks.CompleteTask`` is sent, which Amazon wants where another skill waits for the end of a task;
``deploy/alexa/README.md`` says more.
"""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_model import Task

from skill.coach import starting
from skill.coach.planning import Wish
from skill.coach.reply import Reply
from skill.coach.turn import Turn

START_WORKOUT = "StartWorkout"
"""As in ``deploy/alexa/tasks``. Amazon writes the skill's id and a period in front of it."""

_MOST_DIGITS = 3


def minutes_of(task: Task) -> int | None:
    """Return the minutes that the task wants; None where it names none that make sense.

    A quick link brings what was written in its address: a number, or the digits of one.
    """
    given = task.input.get("minutes") if isinstance(task.input, Mapping) else None
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given) if len(given) <= _MOST_DIGITS else None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return int(given) if 0 < given < 10**_MOST_DIGITS else None


def launch(turn: Turn, task: Task | None) -> Reply:
    """Answer a launch: start what its task wants, or greet where there is none that is known."""
    name = task.name if task is not None and isinstance(task.name, str) else ""
    if task is None or name.rpartition(".")[2] != START_WORKOUT:
        return starting.launch(turn)
    wish = Wish(minutes=minutes_of(task))
    return starting.start_workout(starting.step_by_step(turn), wish)
