"""Twelve weeks of one listener, day by day: what was planned, done, and said about progress.

Run it with ``python -m tests.coach.twelve_weeks``. She named no level and has a bench and a
dumbbell. She trains on Monday, Wednesday and Friday and improves; her fourth week is a hard one;
from the seventh to the ninth she is on holiday; then she comes back. The real coach plans every
workout, of the usual length; only the doing is made up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from skill.coach.course import finish, with_met
from skill.coach.exercise import Block
from skill.coach.history import Finished, History, finished, with_workout
from skill.coach.planning import USUAL_MINUTES, Wish, plan_seconds
from skill.coach.progress import how_am_i_doing, last_time
from skill.coach.reply import Line
from skill.coach.session import Felt, Place, Preferences, Session, SetDone
from skill.coach.starting import start_workout
from skill.coach.turn import Past, Turn
from skill.render.words import Words
from tests.coach.listener import MONDAY_MS, lines_of, the_catalogue, the_words

MONDAY = date(2026, 1, 5)
WEEKS = 12
TRAINING_DAYS = (0, 2, 4)
HARD_WEEK = 4
HOLIDAY = range(7, 10)
DAY_MS = 24 * 60 * 60 * 1000
SHE = Preferences(place=Place.FLOOR, equipment=("bench", "dumbbell"))


@dataclass
class TwelveWeeks:
    """What happened, and all that was said."""

    session: Session = field(default_factory=lambda: Session(preferences=SHE, cleared=True))
    history: History = ()
    planned: list[Block] = field(default_factory=list)
    said: list[Line] = field(default_factory=list)

    def days(self, words: Words) -> Iterator[str]:
        """Live through the weeks, and return what there is to print."""
        for week in range(1, WEEKS + 1):
            yield f"\nWEEK {week}{_note(week)}"
            for weekday in TRAINING_DAYS if week not in HOLIDAY else ():
                yield from self._workout(7 * (week - 1) + weekday, week, words)
            sunday = MONDAY + timedelta(weeks=week - 1, days=6)
            told = self._say(how_am_i_doing(self.history, sunday, week), words)
            yield f"  Sunday, asked: how am I doing?\n    said     {told}"
        asked = MONDAY + timedelta(weeks=WEEKS - 1, days=6)
        told = self._say(last_time(self.history, the_catalogue(), asked, WEEKS), words)
        yield f"  Sunday, asked: what did I do last time?\n    said     {told}"

    def _workout(self, days: int, week: int, words: Words) -> Iterator[str]:
        day, now_ms = MONDAY + timedelta(days=days), MONDAY_MS + days * DAY_MS
        past = Past(lambda: self.history, lambda: datetime.combine(day, time(18)))
        turn = Turn.begin(self.session, now_ms, the_catalogue(), words.length_ms, past)
        reply = start_workout(turn, Wish(minutes=USUAL_MINUTES))
        self.session, plan = reply.session, reply.session.plan
        self.planned += plan.blocks
        about = plan_seconds(plan, the_catalogue(), SHE, self.session.met) / 60
        yield f"  {day:%A %d %B}, about {about:.0f} minutes"
        told = tuple(each for each in lines_of(reply.script) if each.id.startswith("progress-"))
        for each in told:
            yield f"    said     {self._say((each,), words)}"
        number = len(self.history)
        done = [_do(block, week, number) for block in plan.blocks]
        for block, (reps, felt) in zip(plan.blocks, done, strict=True):
            went = " ".join([str(reps)] * block.sets)
            asked = f"{block.exercise} {block.sets} x {block.reps}"
            yield f"    planned  {asked:28} done {went:10} felt {felt or '(nothing said)'}"
        self._finish(done, now_ms + plan.minutes * 60_000, day)

    def _finish(self, done: list[tuple[int, Felt | None]], ended_ms: int, day: date) -> None:
        """Put down what was done, as the coach does at the end of a workout."""
        blocks = self.session.plan.blocks
        sets = (
            SetDone(at, done[at][0]) for at, block in enumerate(blocks) for _ in range(block.sets)
        )
        felt = tuple((at, word) for at, (_, word) in enumerate(done) if word)
        there = replace(self.session, done=tuple(sets), felt=felt)
        workout = finished(there, ended_ms, day, USUAL_MINUTES * 60)
        assert isinstance(workout, Finished)
        self.history = with_workout(self.history, workout)
        plan = there.plan
        met = with_met(there.met, *plan.warm_up, *plan.cool_down, *(b.exercise for b in blocks))
        self.session = replace(finish(there), met=met, ended=ended_ms)

    def _say(self, lines: tuple[Line, ...], words: Words) -> str:
        self.said += lines
        return " ".join(words.sentence(each) for each in lines)


def _do(block: Block, week: int, number: int) -> tuple[int, Felt | None]:
    """Return how it went: as planned, but two reps under the bottom in the hard week."""
    if week == HARD_WEEK:
        return the_catalogue().exercises[block.exercise].reps.low - 2, Felt.HARD
    return block.reps, (Felt.EASY, None, Felt.RIGHT)[number % 3]


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
