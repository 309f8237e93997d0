"""Help, and what to say when nothing was understood, in every situation."""

from __future__ import annotations

from skill.coach import safety
from skill.coach.planning import SHORTEST_MINUTES, Wish
from skill.coach.reminding import say_hour, wants_hour
from skill.coach.reply import Line, Reply, line
from skill.coach.session import Phase, Session
from skill.coach.starting import start_workout
from skill.coach.turn import Turn

_HELP = {
    Phase.IDLE: "help-idle",
    Phase.DONE: "help-idle",
    Phase.SAFETY: "help-safety",
    Phase.HOW_TO: "help-how-to",
    Phase.FEEDBACK: "help-feedback",
    Phase.PAUSED: "help-paused",
}


def help_(turn: Turn) -> Reply:
    """Say what can be said now, and end with the question of the situation."""
    return turn.ask(turn.session, _what_can_be_said(turn.session))


def not_understood(turn: Turn) -> Reply:
    """Own up to not having understood, and offer what can be said now."""
    session = turn.session
    return turn.ask(session, line("not-understood", session.said), _offer(session))


def number_alone(turn: Turn, number: int | None) -> Reply:
    """Take a number said on its own: an hour, minutes of a workout, or the pain scale."""
    if number is not None and number <= 24 and wants_hour(turn.session):
        return say_hour(turn, number)
    if number and _may_be_minutes(turn.session, number):
        return start_workout(turn, Wish(minutes=number))
    if number is not None and number <= 10 and turn.session.choosing:
        return safety.scale(turn, number)
    return not_understood(turn)


def _may_be_minutes(session: Session, number: int) -> bool:
    """Say whether a number tells how long a workout shall be; a small one may be that of a step."""
    if session.phase is Phase.HOW_TO and number < SHORTEST_MINUTES:
        return False
    return session.workout_phase is None


def _what_can_be_said(session: Session) -> Line:
    return line(_HELP.get(session.phase, "help-workout"), session.said)


def _offer(session: Session) -> Line:
    return line(_HELP.get(session.phase, "help-workout").replace("help-", "offer-"), session.said)
