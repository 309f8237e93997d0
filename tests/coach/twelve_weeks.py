"""Twelve weeks of one listener, day by day: what was planned, done, and said about progress.

Run it with ``python -m tests.coach.twelve_weeks``. She trains on Monday, Wednesday and Friday and
improves; her fourth week is a hard one; weeks seven to ten are a holiday; then she comes back.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from skill.coach.history import DoneBlock, Finished, History, with_workout
from skill.coach.progress import Dose, how_am_i_doing, last_time, next_dose
from skill.coach.reply import Line
from skill.coach.session import Felt
from skill.render.words import Words
from tests.coach.listener import the_catalogue, the_words

MONDAY = date(2026, 1, 5)
WEEKS = 12
TRAINING_DAYS = (0, 2, 4)
HARD_WEEK = 4
HOLIDAY = range(7, 11)
LADDERS = ("glute_bridge", "standing_kickback")
"""Two exercises a workout, and what they lead to."""

HAS = frozenset({"glute_bridge", "standing_kickback", "hip_thrust", "step_up"})
"""She has a bench, a dumbbell and a step."""


@dataclass
class TwelveWeeks:
    """What happened, and all that was said."""

    history: History = ()
    offered: list[Dose] = field(default_factory=list)
    said: list[Line] = field(default_factory=list)

    def days(self, words: Words) -> Iterator[str]:
        """Live through the weeks, and return what there is to print."""
        for week in range(1, WEEKS + 1):
            yield f"\nWeek {week}{_note(week)}"
            for weekday in TRAINING_DAYS if week not in HOLIDAY else ():
                day = MONDAY + timedelta(weeks=week - 1, days=weekday)
                yield f"  {day:%A %d %B}"
                yield from self._workout(day, week, words)
            sunday = MONDAY + timedelta(weeks=week - 1, days=6)
            yield "  Sunday: how am I doing?"
            yield f"    {self._say(how_am_i_doing(self.history, sunday, week), words)}"
        asked = MONDAY + timedelta(weeks=WEEKS - 1, days=6)
        yield "  Sunday: what did I do last time?"
        yield f"    {self._say(last_time(self.history, the_catalogue(), asked, WEEKS), words)}"

    def _workout(self, day: date, week: int, words: Words) -> Iterator[str]:
        blocks: list[DoneBlock] = []
        number = len(self.history)
        for start in LADDERS:
            exercise = the_catalogue().exercises[start]
            dose = next_dose(exercise, self.history, the_catalogue(), HAS, day, number)
            self.offered.append(dose)
            blocks.append(_do(dose, week, number))
            done = " ".join(str(reps) for reps in blocks[-1].done)
            yield f"    planned: {dose.exercise_id} {dose.sets} x {dose.reps}"
            yield f"      said: {self._say((dose.reason,), words)}"
            yield f"      done: {done}, felt {blocks[-1].felt or 'nothing said'}"
        workout = Finished(number, day, tuple(blocks), 1200)
        self.history = with_workout(self.history, workout)

    def _say(self, lines: tuple[Line, ...], words: Words) -> str:
        self.said += lines
        return " ".join(words.sentence(each) if words.knows(each.id) else each.id for each in lines)


def _do(dose: Dose, week: int, number: int) -> DoneBlock:
    """Return how it went: as planned, but two reps under the bottom in the hard week."""
    bottom = the_catalogue().exercises[dose.exercise_id].reps.low
    reps = bottom - 2 if week == HARD_WEEK else dose.reps
    felt = Felt.HARD if week == HARD_WEEK else (Felt.EASY, None, Felt.RIGHT)[number % 3]
    return DoneBlock(dose.exercise_id, dose.sets, dose.reps, (reps,) * dose.sets, felt)


def _note(week: int) -> str:
    if week in HOLIDAY:
        return ", on holiday"
    return ", a hard one" if week == HARD_WEEK else ""


def main() -> None:
    """Print the twelve weeks."""
    for text in TwelveWeeks().days(the_words()):
        sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
