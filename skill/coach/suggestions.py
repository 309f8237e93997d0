"""What can be said now, told from the coach's state: two to six lines, the most useful first."""

from __future__ import annotations

from skill.coach.exercise import Catalogue
from skill.coach.part import Room
from skill.coach.reminder import ReminderWish
from skill.coach.replace import replace
from skill.coach.reply import Line, line, names_of
from skill.coach.session import Phase, Session
from skill.coach.teaching import how_to_lines
from skill.coach.turn import knows, part_of
from skill.coach.whereabouts import not_begun

MOST = 6
"""More than this nobody takes in at a glance."""


def suggestions(session: Session, room: Room) -> tuple[Line, ...]:
    """Return what a listener may say, in their own words, into the coach's last reply.

    All of it holds from the reply's first word until long after its last, for nobody knows when it
    will be said. Two to six lines, all different.
    """
    if session.streaming:
        return to_a_stream(sounding=True)
    if not knows(room.catalogue, session):
        return _ready_to_start(session, room.catalogue)
    catalogue = room.catalogue
    return _named(*_names(session, catalogue)) or _ready_to_start(session, catalogue)


def answers(session: Session, room: Room) -> tuple[Line, ...]:
    """Return what a listener may say once the coach's last reply was heard to its end.

    The answers to the question that it ends with come first.
    """
    if not session.since or session.streaming or not knows(room.catalogue, session):
        return suggestions(session, room)
    return suggestions(replace(part_of(session, room).after, since=0), room)


def before_a_conversation(catalogue: Catalogue) -> tuple[Line, ...]:
    """Return what may be said to a device that is in no conversation with the coach."""
    return (
        *_named("open", "open-ten-minutes"),
        line("suggest-open-how-to", exercises=names_of(next(iter(catalogue.exercises)))),
    )


def to_a_stream(*, sounding: bool) -> tuple[Line, ...]:
    """Return what may be said to a device that plays a workout or a guide, or holds one."""
    return _named("pause", "next", "previous", "stop") if sounding else _named("resume", "over")


def to_a_yes_or_no() -> tuple[Line, ...]:
    """Return the answers to a question that somebody else asks, such as Alexa for permission."""
    return _named("yes", "no")


def _named(*names: str) -> tuple[Line, ...]:
    return tuple(line(f"suggest-{name}") for name in names)


def _ready_to_start(session: Session, catalogue: Catalogue) -> tuple[Line, ...]:
    """Return what begins something, by the exercise that was spoken of last, or the first one."""
    known = session.subject in catalogue.exercises
    exercise = session.subject if known else next(iter(catalogue.exercises))
    how_to = line("suggest-how-to", exercises=names_of(exercise))
    return (*_named("yes", "ten-minutes"), how_to, *_named("progress", "help", "no"))


def _names(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names of what may be said; none where something may be begun."""
    if session.since:
        return _WHILE_PLAYING[session.phase]
    if session.forgetting:
        return ("yes", "no")
    if session.reminding is not None:
        return _reminding(session.reminding)
    if session.welcomed_back:
        return ("resume", "over", "where", "stop")
    if session.choosing:
        return _about_pain(session)
    return _settled(session, catalogue)


def _reminding(wish: ReminderWish) -> tuple[str, ...]:
    if wish.cancels or (wish.days and wish.minutes):
        return ("yes", "no")
    if wish.days:
        return ("morning", "evening", "no")
    if wish.minutes:
        return ("two-days", "every-day", "no")
    return ("two-days-morning", "every-day-evening", "no")


def _about_pain(session: Session) -> tuple[str, ...]:
    moving = session.workout_phase in (Phase.WARM_UP, Phase.COOL_DOWN)
    return ("skip", *(() if moving else ("easier",)), "resume", "stop")


def _settled(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what fits where only an answer is awaited."""
    if session.phase is Phase.HOW_TO:
        return _how_to(session, catalogue)
    if session.phase is Phase.WARM_UP and not_begun(session):
        return ("ready", "skip-warm-up", "how-long", "repeat", "pause")
    if session.phase is Phase.SET_UP and not session.told:
        return ("ready", "skip", "how-is-it-done", "easier", "pause")
    return _WHEN_ASKED.get(session.phase, ())


def _how_to(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    exercise = catalogue.exercises[session.how_to]
    last = session.how_step + 1 >= len(how_to_lines(exercise, session.preferences.place))
    back = ("previous",) if session.how_step else ()
    leave = "resume" if session.returns_to else "no"
    return ("yes", "repeat", *back) if last else ("next", "repeat", *back, "all-of-it", leave)


_WHILE_PLAYING = {
    Phase.WARM_UP: ("pause", "skip", "how-long", "pain"),
    Phase.SET_UP: ("ready", "repeat", "pause", "skip", "easier"),
    Phase.TEACHING: ("ready", "repeat", "pause", "skip"),
    Phase.SET: ("pause", "how-many-left", "too-hard", "pain"),
    Phase.COOL_DOWN: ("pause", "skip", "how-long", "pain"),
}

_WHEN_ASKED = {
    Phase.SAFETY: ("yes", "no", "bed", "help"),
    Phase.WARM_UP: ("ready", "skip", "skip-warm-up", "pause"),
    Phase.SET_UP: ("ready", "repeat", "skip", "pause"),
    Phase.TEACHING: ("ready", "repeat", "skip", "pause"),
    Phase.SET: ("ready", "how-many-left", "easier", "slower", "pause"),
    Phase.SIDE_CHANGE: ("ready", "how-many-left", "too-hard", "pause"),
    Phase.REST: ("ready", "skip-rest", "more-rest", "how-many-left", "too-hard", "pause"),
    # The one that fits on the smallest screen must not be the one that makes the next dose harder.
    Phase.FEEDBACK: ("right", "easy", "hard", "skip"),
    Phase.COOL_DOWN: ("ready", "skip", "how-long", "pause"),
    Phase.PAUSED: ("resume", "where", "skip", "over", "stop"),
}
"""Of the phases in which a workout or an explanation may be begun, nothing."""
