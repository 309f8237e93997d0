"""The table: which function answers which intent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from skill.alexa.handlers import (
    guidance,
    housekeeping,
    pacing,
    planning,
    playback,
    progress,
    reminding,
)
from skill.alexa.slots import Slots
from skill.coach.reply import Reply
from skill.coach.turn import Turn

Answer = Callable[[Turn, Slots], Reply]


class IntentTableError(Exception):
    """An intent is answered twice, or not at all, or nobody asks for an answer."""


def join(*tables: Mapping[str, Answer]) -> dict[str, Answer]:
    """Put the tables of the handler modules together.

    Raises:
        IntentTableError: two of them answer the same intent.
    """
    whole: dict[str, Answer] = {}
    for table in tables:
        twice = sorted(whole.keys() & table.keys())
        if twice:
            raise IntentTableError(f"answered twice: {', '.join(twice)}")
        whole |= table
    return whole


ANSWERS = join(
    planning.ANSWERS,
    pacing.ANSWERS,
    playback.ANSWERS,
    guidance.ANSWERS,
    progress.ANSWERS,
    reminding.ANSWERS,
    housekeeping.ANSWERS,
)
"""Every intent with its answer."""


def check(answers: Mapping[str, Answer], contract: Iterable[str]) -> None:
    """Compare the table with the contract of what people say.

    Raises:
        IntentTableError: names every gap and every answer nobody asks for.
    """
    wanted = set(contract)
    faults = [f"not answered: {name}" for name in sorted(wanted - answers.keys())]
    faults += [f"not in the contract: {name}" for name in sorted(answers.keys() - wanted)]
    if faults:
        raise IntentTableError("; ".join(faults))
