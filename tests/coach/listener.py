"""A listener for tests: says intents to the real coach, hears its replies, and time passes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ask_sdk_model import Slot
from ask_sdk_model.slu.entityresolution import (
    Resolution,
    Resolutions,
    Status,
    StatusCode,
    Value,
    ValueWrapper,
)

from skill.alexa.intents import ANSWERS
from skill.alexa.slots import Slots
from skill.catalogue.load import load_catalogue, load_words
from skill.coach import starting
from skill.coach.plain import from_plain, to_plain
from skill.coach.reply import Beat, Line, Reply
from skill.coach.session import Session
from skill.coach.timeline import Timeline, lay_out
from skill.coach.turn import LAG_MS, Past, Turn
from skill.render.text import text
from skill.render.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from skill.coach.exercise import Catalogue
    from skill.coach.reminder import Reminders
    from skill.coach.reply import Element

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC, which is where this listener lives
MONDAY_MS = 1_767_600_000_000
"""Some moment at which a conversation begins."""

Said = str | int | tuple[str, ...]
"""What is in a slot: an id, a number, or several ids where Amazon is unsure."""


@cache
def the_catalogue() -> Catalogue:
    """The real catalogue, read once."""
    return load_catalogue()


@cache
def the_words() -> Words:
    """The real English words, read once."""
    return Words("en", load_words("en"))


def slots_of(**said: Said) -> Slots:
    """Return slots as Amazon fills them: numbers as digits, everything else resolved to ids."""
    return Slots({name: _slot(name, value) for name, value in said.items()})


def _slot(name: str, value: Said) -> Slot:
    if isinstance(value, int):
        return Slot(name, str(value))
    ids = (value,) if isinstance(value, str) else value
    found = [ValueWrapper(Value(name=id_, id=id_)) for id_ in ids]
    status = Status(StatusCode.ER_SUCCESS_MATCH if found else StatusCode.ER_SUCCESS_NO_MATCH)
    return Slot(
        name,
        " ".join(ids) or "gibberish",
        resolutions=Resolutions([Resolution("pretend", status, found)]),
    )


def lines_of(script: Iterable[Element]) -> list[Line]:
    """Return the lines of a script, in order, those in beats too."""
    spoken = (e.line if isinstance(e, Beat) else e for e in script)
    return [line for line in spoken if isinstance(line, Line)]


class Listener:
    """Somebody with the coach: their session is carried as JSON from turn to turn."""

    def __init__(self, session: Session | None = None, reminders: Reminders | None = None) -> None:
        self.session = session or Session()
        self.reminders = reminders
        self.now_ms = MONDAY_MS
        self.heard: list[Reply] = []

    @property
    def reply(self) -> Reply:
        """What the coach said last."""
        return self.heard[-1]

    @property
    def timeline(self) -> Timeline:
        """The coach's last reply, laid out in time."""
        return lay_out(self.reply.script, the_words().length_ms)

    @staticmethod
    def length_ms(reply: Reply) -> int:
        """How long a reply lasts."""
        return lay_out(reply.script, the_words().length_ms).total_ms

    @property
    def place(self) -> Session:
        """Where the coach would take the listener to be, should they speak now."""
        return self._turn().session

    def launch(self) -> Reply:
        """Open the skill."""
        return self._take(starting.launch(self._turn()))

    def say(self, intent: str, **said: Said) -> Reply:
        """Say something at this moment."""
        return self._take(ANSWERS[intent](self._turn(), slots_of(**said)))

    def hear_out(self) -> Listener:
        """Listen until the last word of the reply is over, and think for a moment."""
        return self.wait(self.timeline.total_ms + 2 * LAG_MS)

    def wait(self, ms: int) -> Listener:
        """Let time pass."""
        self.now_ms += ms
        return self

    def words(self) -> str:
        """What the coach said last, as text."""
        return text(self.reply.script, the_words())

    def ids(self) -> list[str]:
        """The phrase ids of what the coach said last."""
        return [line.id for line in lines_of(self.reply.script)]

    def _turn(self) -> Turn:
        past = Past(lambda: (), lambda: EPOCH + timedelta(milliseconds=self.now_ms % 10**14))
        length_of = the_words().length_ms
        session, now_ms = self.session, self.now_ms
        turn = Turn.begin(session, now_ms, the_catalogue(), length_of, past)
        return replace(turn, reminders_of=lambda: self.reminders)

    def take(self, answer: Callable[[Turn], Reply]) -> Reply:
        """Have the coach answer something that is no intent."""
        return self._take(answer(self._turn()))

    def _take(self, reply: Reply) -> Reply:
        carried = json.loads(json.dumps(to_plain(reply.session)))
        self.session = from_plain(carried)
        assert self.session == reply.session, "the session must survive being carried"
        self.heard.append(reply)
        return reply
