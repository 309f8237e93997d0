"""The one open question of every situation: what ends a turn, and what helps if nobody answers."""

from __future__ import annotations

from collections.abc import Callable

from skill.coach.exercise import Catalogue
from skill.coach.reminder import ReminderWish
from skill.coach.reply import Line, line, name_of, names_of
from skill.coach.session import Phase, Session


def question(session: Session, catalogue: Catalogue) -> Line:
    """Return the question that a turn ends with, so that "yes" and "ready" have a meaning."""
    if session.forgetting:
        return line("ask-forget", session.said)
    if session.reminding is not None:
        return _ask_reminding(session.reminding, session.said)
    if session.welcomed_back:
        return line("ask-carry-on-or-over", session.said)
    if session.choosing:
        return line("ask-pain", session.said)
    ask = _ASK[session.phase]
    return line(ask, session.said) if isinstance(ask, str) else ask(session, catalogue)


def reprompt(session: Session) -> tuple[Line, ...]:
    """Return what is said when nobody answers: the choices, in words the listener can repeat."""
    if session.forgetting:
        return (line("ask-forget", session.said + 1),)
    if session.reminding is not None:
        return (_reprompt_reminding(session.reminding, session.said + 1),)
    if session.choosing:
        return (line("ask-pain", session.said + 1),)
    if session.welcomed_back:
        phrase = "reprompt-carry-on-or-over"
    elif session.phase is Phase.SET_UP and session.told:
        phrase = "reprompt-in-position"
    else:
        phrase = _REPROMPT.get(session.phase, "reprompt-ready")
    return (line(phrase, session.said),)


def _ask_reminding(wish: ReminderWish, said: int) -> Line:
    if wish.cancels:
        return line("ask-reminders-cancel", said)
    if wish.days and wish.minutes:
        return line("ask-reminders-set", said, n=len(wish.reminders))
    if wish.days:
        return line("ask-reminders-time", said)
    return line("ask-reminders-days" if wish.minutes else "ask-reminders-when", said)


def _reprompt_reminding(wish: ReminderWish, said: int) -> Line:
    asks_when = not wish.cancels and not (wish.days and wish.minutes)
    return line("reprompt-reminders-when", said) if asks_when else _ask_reminding(wish, said)


def _ask_moves(session: Session, catalogue: Catalogue) -> Line:
    warming = session.phase is Phase.WARM_UP
    ids = session.plan.warm_up if warming else session.plan.cool_down
    move = name_of(catalogue.moves[ids[session.move]].id)
    if session.seconds:
        return line("ask-move-on", session.said, move=move)
    if session.move or session.side:
        return line("ask-more-moves", session.said, move=move)
    return line("ask-warm-up" if warming else "ask-cool-down", session.said)


def _ask_set_up(session: Session, _: Catalogue) -> Line:
    if session.told:
        return line("ask-in-position", session.said)
    return line("ask-exercise", session.said, exercise=names_of(session.now.exercise))


def _ask_teaching(session: Session, _: Catalogue) -> Line:
    if session.told:
        return line("ask-set", session.said, set=session.set)
    return line("ask-teach", session.said, exercise=name_of(session.now.exercise))


def _ask_set(session: Session, _: Catalogue) -> Line:
    if session.rep > 1:
        return line("ask-from-rep", session.said, rep=session.rep)
    return line("ask-set", session.said, set=session.set)


def _ask_side(session: Session, catalogue: Catalogue) -> Line:
    sides = catalogue.exercises[session.now.exercise].sides
    return line(f"ask-side-{sides[session.side]}", session.said)


def _ask_next_set(session: Session, _: Catalogue) -> Line:
    if session.seconds >= 10:
        left = {"seconds": session.seconds // 5 * 5, "set": session.set + 1}
        return line("ask-set-resting", session.said, **left)
    return line("ask-set", session.said, set=session.set + 1)


_ASK: dict[Phase, str | Callable[[Session, Catalogue], Line]] = {
    Phase.IDLE: "ask-start",
    Phase.SAFETY: "ask-floor",
    Phase.WARM_UP: _ask_moves,
    Phase.SET_UP: _ask_set_up,
    Phase.TEACHING: _ask_teaching,
    Phase.SET: _ask_set,
    Phase.SIDE_CHANGE: _ask_side,
    Phase.REST: _ask_next_set,
    Phase.FEEDBACK: "ask-felt",
    Phase.COOL_DOWN: _ask_moves,
    Phase.DONE: "ask-anything-else",
    Phase.PAUSED: "ask-carry-on",
    Phase.HOW_TO: "ask-next-step",
}

_REPROMPT = {
    Phase.IDLE: "reprompt-start",
    Phase.SAFETY: "reprompt-floor",
    Phase.FEEDBACK: "reprompt-felt",
    Phase.DONE: "reprompt-start",
    Phase.PAUSED: "reprompt-paused",
    Phase.HOW_TO: "reprompt-how-to",
}
