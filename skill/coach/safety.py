"""What pain and stop signs change: the very next thing said. Nothing of it is remembered.

The rules are those of the pain traffic light used by physiotherapists (0 to 3 carry on, 4 to 5 ease
off, 6 and more or sharp: leave the exercise) in its strictest reading, and the stop signs for older
exercisers published by the US National Institute on Aging. They are spoken, and the listener
chooses by words that mean something else too ("skip", "easier", "carry on"), so that neither the
session nor the log can tell that anybody was in pain.
"""

from __future__ import annotations

from skill.coach.reply import Reply, line
from skill.coach.session import Phase
from skill.coach.starting import paused_from
from skill.coach.turn import Turn

STOP_SIGN_PARTS = frozenset({"chest", "neck", "jaw", "shoulder", "arm"})
"""Where pain during exertion may come from the heart."""


def pain(turn: Turn, body_part: str | None) -> Reply:
    """Stop the exercise at once and say by which rule to go on, ease off or leave it."""
    if body_part in STOP_SIGN_PARTS:
        return stop_sign(turn)
    session = turn.session
    if session.workout_phase is None:
        return turn.ask(session, line("safety-pain-idle"))
    if session.workout_phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        return turn.ask(paused_from(session), line("safety-pain-moves"), asking=line("ask-pain"))
    return turn.ask(paused_from(session), line("safety-pain"), asking=line("ask-pain"))


def scale(turn: Turn, score: int) -> Reply:
    """Take a pain of 0 to 10 for this one answer: carry on, ease off, or leave the exercise."""
    phrase = "safety-carry-on" if score <= 3 else "safety-ease" if score <= 5 else "safety-leave"
    return turn.ask(turn.session, line(phrase), asking=line("ask-pain"))


def stop_sign(turn: Turn) -> Reply:
    """End the workout for today, and say whom to call."""
    return turn.end(turn.session.at(Phase.IDLE), line("safety-stop"), line("safety-stop-call"))


def is_it_safe(turn: Turn) -> Reply:
    """Say what we are not, who should ask first, and when to stop."""
    return turn.ask(turn.session, line("safety-advice"), line("safety-when-to-stop"))
