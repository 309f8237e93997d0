"""One turn: what the coach is given with every sentence, and how far the last script was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from skill.coach.broken_off import broken_off
from skill.coach.exercise import Catalogue
from skill.coach.history import History
from skill.coach.moves import moves_part
from skill.coach.part import Part, Room
from skill.coach.questions import question, reprompt
from skill.coach.reminder import Reminders
from skill.coach.replace import replace
from skill.coach.reply import (
    Card,
    Element,
    Line,
    Mark,
    PlayedPart,
    Reply,
    Script,
    Stream,
    line,
    names_of,
)
from skill.coach.session import MOST_SAID, Phase, Session
from skill.coach.sets import set_part
from skill.coach.teaching import set_up_part, teaching_part
from skill.coach.timeline import LengthOf, length_ms, measure

LAG_MS = 1_500
"""From the start of a turn to its first sound, and from a listener's sentence to its request. Ours:
erring early costs a repeated rep, erring late would skip one that was never done."""

ASIDE_MS = 7_000
"""An answer longer than this makes somebody who holds a position come out of it."""

VOICE_DOUBT_PERCENT = 15
"""By how much a voice may be faster than estimated. A script is over when it could be over."""

_PARTS = {
    Phase.WARM_UP: moves_part,
    Phase.SET_UP: set_up_part,
    Phase.TEACHING: teaching_part,
    Phase.SET: set_part,
    Phase.COOL_DOWN: moves_part,
}
"""What plays in each phase that has something to play."""


@dataclass(frozen=True)
class Past:
    """What a listener did before, read only when somebody asks."""

    recall: Callable[[], History]

    local_time: Callable[[], datetime]
    """The time where the listener lives, without a zone."""

    zone_known: Callable[[], bool] = lambda: True
    """Whether it is known where that is; otherwise the time is universal time."""

    @property
    def today(self) -> date:
        """The day it is where the listener lives."""
        return self.local_time().date()


NOTHING_PAST = Past(lambda: (), lambda: datetime.min)  # noqa: DTZ901 - local time, no zone


@dataclass(frozen=True)
class Turn:
    """What the coach is given with every sentence of a listener."""

    session: Session
    """Where the listener is at this moment, the script that was playing taken into account."""

    now_ms: int
    """Epoch milliseconds of the sentence."""

    room: Room

    cut: bool = False
    """Whether this sentence broke into a script before its end."""

    past: Past = NOTHING_PAST
    """What the listener did before, and which day it is where they live."""

    streams: bool = False
    """Whether the listener's device can play a workout as a stream."""

    guides: bool = False
    """Whether it can play the fixed guides."""

    reminders_of: Callable[[], Reminders | None] = lambda: None
    """Finds the listener's reminders when somebody asks for them."""

    @property
    def reminders(self) -> Reminders | None:
        """The listener's reminders; None where there can be none."""
        return self.reminders_of()

    @property
    def catalogue(self) -> Catalogue:
        """The exercises."""
        return self.room.catalogue

    @classmethod
    def begin(
        cls,
        session: Session,
        now_ms: int,
        catalogue: Catalogue,
        length_of: LengthOf,
        past: Past = NOTHING_PAST,
        recorded_of: LengthOf | None = None,
    ) -> Turn:
        """Find out how far the last script was heard, and begin the turn there."""
        room = _room(catalogue, length_of, recorded_of)
        return replace(cls._at(session, now_ms, room), past=past)

    @classmethod
    def _at(cls, session: Session, now_ms: int, room: Room) -> Turn:
        if not knows(room.catalogue, session):
            fresh = Session(cleared=session.cleared, preferences=session.preferences)
            return cls(fresh, now_ms, room)
        if not session.since:
            return cls(session, now_ms, room)
        turn = _catch_up(session, now_ms, room)
        if turn.session.phase is Phase.DONE:
            return replace(turn, session=replace(turn.session, ended=session.since))
        return turn

    def ask(
        self,
        session: Session,
        *said: Element,
        asking: Line | None = None,
        card: Card | None = None,
    ) -> Reply:
        """Say something, end with a question, and listen.

        Without a question of its own, ``asking``, it is the one of the session's situation. With
        one, no other is open any more: a yes is to what was asked last.
        """
        session = session if asking is None else session.settled()
        spoken = replace(session, since=0, said=(session.said + 1) % MOST_SAID)
        asked = question(spoken, self.catalogue) if asking is None else asking
        again = reprompt(spoken) if asking is None else (_otherwise(asking),)
        return Reply(spoken, (*said, Mark("ask"), asked), again, paced=False, card=card)

    def aside(self, session: Session, *said: Line) -> Reply:
        """Say something short in the middle of the workout and go straight on where it was cut."""
        playing = (Phase.WARM_UP, Phase.SET, Phase.COOL_DOWN)
        short = length_ms(said, self.room.length_of) <= ASIDE_MS
        if self.cut and short and session.phase in playing:
            in_position = session.phase is Phase.SET
            return self.play(replace(session, told=in_position), *said)
        return self.ask(session, *said)

    def end(self, session: Session, *said: Element, card: Card | None = None) -> Reply:
        """Say something and close the conversation."""
        if session.phase is Phase.DONE and self.session.phase is not Phase.DONE:
            session = replace(session, ended=max(0, self.now_ms))
        spoken = replace(session, since=0, said=(session.said + 1) % MOST_SAID)
        return Reply(spoken, said, (), paced=False, card=card)

    def stream(self, session: Session, *said: Line) -> Reply:
        """Let the device's player take over from here, after a few words."""
        number = (session.said + 1) % MOST_SAID
        begun = replace(session, since=0, streaming=True, said=number)
        return Reply(begun, said, stream=Stream(at=begun))

    def play(self, session: Session, *before: Line) -> Reply:
        """Play the script of the session's phase, after a few words of its own."""
        session = session.settled()
        if session.hands_free and self.streams:
            begins = not (session.done or session.block or session.move or session.rep > 1)
            phrase = "stream-begins" if begins else "stream-on"
            return self.stream(session, *before, line(phrase, session.said))
        starts_ms = self.now_ms + length_ms(before, self.room.length_of)
        said = (session.said + 1) % MOST_SAID
        told = session.told and session.phase is Phase.SET
        spoken = replace(session, since=max(1, starts_ms), told=told, said=said)
        part = part_of(spoken, self.room)
        after, lead = part.after, len(before)
        played = PlayedPart(spoken, lead, lead + len(part.script))
        if after.phase is Phase.DONE:
            script = (*before, *part.script, *goodbye(after))
            return Reply(spoken, script, (), True, part.card, part=played)
        script = (*before, *part.script, Mark("ask"), question(after, self.catalogue))
        return Reply(spoken, script, reprompt(after), True, part.card, part=played)


def _otherwise(asked: Line) -> Line:
    """Return a question in its next words."""
    return asked._replace(variant=asked.variant + 1)


def part_of(session: Session, room: Room) -> Part:
    """Return what plays in the session's phase."""
    return _PARTS[session.phase](session, room)


@lru_cache(maxsize=8)
def _room(catalogue: Catalogue, length_of: LengthOf, recorded_of: LengthOf | None) -> Room:
    return Room(catalogue, length_of, recorded_of)


def goodbye(session: Session) -> Script:
    """Return the closing words of a finished workout."""
    blocks = session.plan.blocks
    out = (line(f"{blocks[-1].exercise}-out"),) if blocks and not session.plan.cool_down else ()
    reps = sum(done.reps for done in session.done)
    names = dict.fromkeys(session.plan.blocks[done.block].exercise for done in session.done)
    summary = (
        line("done-summary", sets=len(session.done), reps=reps, exercises=names_of(*names))
        if names
        else line("done-short")
    )
    return (*out, line("done", session.said), summary, line("done-bye", session.said))


def knows(catalogue: Catalogue, session: Session) -> bool:
    """Say whether everything the session speaks of is still in the catalogue."""
    plan = session.plan
    exercises = {block.exercise for block in plan.blocks} | ({session.how_to} - {""})
    moves = {*plan.warm_up, *plan.cool_down}
    return exercises <= set(catalogue.exercises) and moves <= set(catalogue.moves)


def _catch_up(session: Session, now_ms: int, room: Room) -> Turn:
    part = part_of(session, room)
    passed_ms = now_ms - session.since
    total_ms, doubt_ms = part.total_ms, part.free_ms * VOICE_DOUBT_PERCENT // 100
    if room.recorded_of is not None:
        total_ms, doubt_ms = length_ms(part.script, room.recorded_of), 0
    if passed_ms >= total_ms - doubt_ms:
        return Turn(part.after, now_ms, room)
    heard_ms = max(0, passed_ms - LAG_MS)
    _, _, position = measure(part.script, room.recorded_of or room.length_of, heard_ms)
    here = broken_off(session, position, room)
    if here.phase is Phase.REST:
        here = replace(here, seconds=min(600, (total_ms - heard_ms) // 1000))
    return Turn(here, now_ms, room, cut=True)
