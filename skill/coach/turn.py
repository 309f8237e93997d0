"""One turn: what the coach is given with every sentence, and how far the last script was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from skill.coach.course import set_finished, with_met
from skill.coach.exercise import Catalogue
from skill.coach.history import History
from skill.coach.moves import moves_part
from skill.coach.part import Part, Room, exercise_now
from skill.coach.questions import question, reprompt
from skill.coach.reminder import Reminders
from skill.coach.reply import Card, Element, Line, Mark, Reply, Script, line, names_of
from skill.coach.session import IN_BLOCK, MOST_SAID, Phase, Session
from skill.coach.sets import set_part
from skill.coach.teaching import set_up_part, teaching_part
from skill.coach.timeline import LengthOf, Position, length_ms, measure

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
        reminders: Callable[[], Reminders | None] = lambda: None,
    ) -> Turn:
        """Find out how far the last script was heard, and begin the turn there."""
        turn = cls._at(session, now_ms, catalogue, length_of)
        return replace(turn, past=past, reminders_of=reminders)

    @classmethod
    def _at(cls, session: Session, now_ms: int, catalogue: Catalogue, length_of: LengthOf) -> Turn:
        room = _room(catalogue, length_of)
        if not knows(catalogue, session):
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

        Without a question of its own, ``asking``, it is the one of the session's situation.
        """
        spoken = replace(session, since=0, said=(session.said + 1) % MOST_SAID)
        asked = question(spoken, self.catalogue) if asking is None else asking
        again = reprompt(spoken) if asking is None else (asking,)
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

    def play(self, session: Session, *before: Line) -> Reply:
        """Play the script of the session's phase, after a few words of its own."""
        starts_ms = self.now_ms + length_ms(before, self.room.length_of)
        said = (session.said + 1) % MOST_SAID
        told = session.told and session.phase is Phase.SET
        spoken = replace(session, since=max(1, starts_ms), told=told, said=said)
        part = part_of(spoken, self.room)
        after = part.after
        if after.phase is Phase.DONE:
            return Reply(spoken, (*before, *part.script, *goodbye(after)), (), True, part.card)
        script = (*before, *part.script, Mark("ask"), question(after, self.catalogue))
        return Reply(spoken, script, reprompt(after), True, part.card)


def part_of(session: Session, room: Room) -> Part:
    """Return what plays in the session's phase."""
    return _PARTS[session.phase](session, room)


@lru_cache(maxsize=8)
def _room(catalogue: Catalogue, length_of: LengthOf) -> Room:
    return Room(catalogue, length_of)


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
    if passed_ms >= part.total_ms - part.free_ms * VOICE_DOUBT_PERCENT // 100:
        return Turn(part.after, now_ms, room)
    heard_ms = max(0, passed_ms - LAG_MS)
    _, _, position = measure(part.script, room.length_of, heard_ms)
    here = _broken_off(session, position, room)
    if here.phase is Phase.REST:
        here = replace(here, seconds=min(600, (part.total_ms - heard_ms) // 1000))
    return Turn(here, now_ms, room, cut=True)


def _broken_off(session: Session, position: Position | None, room: Room) -> Session:
    """Return where the listener is when a script was broken off at a position."""
    if position is None or session.phase in (Phase.SET_UP, Phase.TEACHING):
        return session.at(session.phase)
    if session.phase in IN_BLOCK:
        return _in_set(session, position.mark, room)
    mark, ids = position.mark, _moves_of(session)
    sides = room.catalogue.moves[ids[mark.block]].sides
    side = sides.index(mark.side) if mark.side in sides else 0
    earlier = session.seconds if (mark.block, side) == (session.move, session.side) else 0
    seconds = min(600, earlier + (position.since_ms // 1000 if mark.phase == "move" else 0))
    met = with_met(session.met, *ids[session.move : mark.block])
    return session.at(session.phase, move=mark.block, side=side, seconds=seconds, met=met)


def _moves_of(session: Session) -> tuple[str, ...]:
    plan = session.plan
    return plan.warm_up if session.phase is Phase.WARM_UP else plan.cool_down


def _in_set(session: Session, mark: Mark, room: Room) -> Session:
    sides = exercise_now(session, room.catalogue).sides
    reps = session.now.reps
    side = sides.index(mark.side) if mark.side in sides else session.side
    earlier = reps if side > session.side else session.first_side_reps
    here = replace(session, side=side, first_side_reps=earlier)
    rep = mark.rep + 1 if mark.phase == "lower" else mark.rep
    if mark.phase == "rest" or (rep > reps and side + 1 == len(sides)):
        return set_finished(here, reps)
    if mark.phase == "side_change":
        return here.at(Phase.SIDE_CHANGE, told=True, rep=1)
    if rep > reps:
        return here.at(Phase.SIDE_CHANGE, told=True, side=side + 1, rep=1, first_side_reps=reps)
    return here.at(Phase.SET, rep=max(1, rep))
