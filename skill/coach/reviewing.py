"""What was done before: how am I doing, last time, this week, and forgetting all of it."""

from __future__ import annotations

from skill.coach.history import week_of
from skill.coach.progress import how_am_i_doing, how_many_this_week, last_time
from skill.coach.reminding import forget_all
from skill.coach.replace import replace
from skill.coach.reply import Line, Reply, line
from skill.coach.session import Session
from skill.coach.turn import Turn


def progress(turn: Turn) -> Reply:
    """Say the week, the streak, and whether to rest."""
    said = how_am_i_doing(turn.past.recall(), turn.past.today, turn.session.said)
    return _with_week(turn, turn.ask(turn.session, *said, *_zone_note(turn)))


def last_workout(turn: Turn) -> Reply:
    """Say when the last workout was and what was done in it."""
    past = turn.past
    said = last_time(past.recall(), turn.catalogue, past.today, turn.session.said)
    return turn.ask(turn.session, *said, *_zone_note(turn))


def this_week(turn: Turn) -> Reply:
    """Say how many workouts there were this week."""
    said = how_many_this_week(turn.past.recall(), turn.past.today, turn.session.said)
    return _with_week(turn, turn.ask(turn.session, *said, *_zone_note(turn)))


def _with_week(turn: Turn, reply: Reply) -> Reply:
    return replace(reply, week=week_of(turn.past.recall(), turn.past.today))


def _zone_note(turn: Turn) -> tuple[Line, ...]:
    """Own up to not knowing where the listener's day begins, once there is a day to tell of."""
    known = not turn.past.recall() or turn.past.zone_known()
    return () if known else (line("progress-universal-time"),)


def forget_me(turn: Turn) -> Reply:
    """Ask whether really everything shall be forgotten."""
    asking = replace(turn.session, forgetting=True)
    return turn.ask(asking, line("forget-what", turn.session.said))


def forget(turn: Turn) -> Reply:
    """Have everything forgotten, the reminders too, and say so."""
    stays = forget_all(turn.reminders)
    return replace(turn.end(Session(), *stays, line("forget-done")), forgets=True)


def keep(turn: Turn) -> Reply:
    """Leave everything as it is."""
    kept = replace(turn.session, forgetting=False)
    return turn.ask(kept, line("forget-not", turn.session.said))
