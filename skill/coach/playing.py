"""A workout hands free: started, paused, skipped through, and followed from what the player tells.

While a stream plays, the session stands at the start of the track that plays. Where the listener
is within it, the player tells with every request, and with the last event of a track.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from skill.coach.course import AT_START, back_to_set, back_to_workout, with_met
from skill.coach.exercise import Exercise
from skill.coach.pacing import previous, start_over
from skill.coach.planning import USUAL_MINUTES, Wish
from skill.coach.replace import replace
from skill.coach.reply import Line, Reply, Stream, line, name_of, names_of
from skill.coach.session import MOST_SAID, Phase, Preferences, Session
from skill.coach.starting import paused_from, start_workout
from skill.coach.tracks import place_in, track
from skill.coach.turn import Turn
from skill.coach.whereabouts import where

FIXED_MINUTES = (10, 20, 30)
"""The whole workouts among the fixed guides."""

RETRIES = 1
"""How often a track that failed is played again before the listener is left in peace."""

AT_START_REPS = 2
"""Up to this rep "previous" means the set before; later, the start of this one."""


@dataclass(frozen=True)
class Interruption(Turn):
    """The turn of a listener who speaks into a track, at the place of it that they heard last."""

    begun: Session = field(default_factory=Session)
    """The session of that track, for a player that goes on with it by itself."""


def play_workout(turn: Turn, wish: Wish) -> Reply:
    """Play the workout going on, or a new one, as a stream; a fixed one where there is no other."""
    if not turn.streams and turn.guides:
        minutes = wish.minutes or turn.session.preferences.minutes or USUAL_MINUTES
        nearest = min(FIXED_MINUTES, key=lambda fixed: abs(fixed - minutes))
        said = line("stream-fixed", turn.session.said, minutes=nearest)
        return _guide(turn, f"workout-{nearest}", said)
    if not turn.streams:
        return turn.ask(turn.session, line("stream-not-here", turn.session.said))
    session = replace(turn.session, hands_free=True, stream_failures=0)
    if session.workout_phase is not None and wish == Wish():
        return turn.stream(back_to_workout(session), line("stream-on", session.said))
    return start_workout(replace(turn, session=session), wish)


def play_guide(turn: Turn, exercise: Exercise) -> Reply:
    """Play the recorded explanation of an exercise; a workout going on waits."""
    if not turn.guides:
        return turn.ask(turn.session, line("stream-not-here", turn.session.said))
    said = line("stream-guide", turn.session.said, exercise=name_of(exercise.id))
    return _guide(turn, f"how-to-{exercise.id}", said)


def _guide(turn: Turn, guide: str, said: Line) -> Reply:
    going_on = turn.session.workout_phase is not None
    session = paused_from(turn.session) if going_on else turn.session.at(Phase.IDLE)
    return Reply(session, (said,), stream=Stream(guide=guide))


def hold_guide(turn: Turn) -> Reply:
    """Stop the guide that plays; its place is the player's to remember."""
    return Reply(turn.session, (), stream=Stream())


def play_guide_from(turn: Turn, guide: str, offset_ms: int) -> Reply:
    """Play a guide on from a place in it."""
    return Reply(turn.session, (), stream=Stream(guide=guide, offset_ms=offset_ms))


def title(session: Session) -> Line:
    """Return what a screen shows of the track that begins with this session."""
    if session.phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        return line(f"stream-title-{session.phase.value.replace('_', '-')}")
    of = {"set": session.set, "sets": session.now.sets}
    return line("stream-title-set", exercise=names_of(session.now.exercise), **of)


def is_playing(session: Session) -> bool:
    """Say whether a stream plays, as far as is known."""
    return session.streaming


def heard(turn: Turn, played: Session, offset_ms: int) -> Turn:
    """Return the turn of a listener who speaks while a track plays: where they are in it."""
    here = _place(turn, played, offset_ms)
    if here is None:
        return turn
    over = here.phase is Phase.DONE  # who speaks into the goodbye has done it all
    here = _ended(turn, here) if over else replace(here, streaming=True)
    every = {each.name: getattr(turn, each.name) for each in fields(Turn)}
    return Interruption(**every | {"session": here, "cut": True}, begun=turn.session)


def pause(turn: Turn) -> Reply:
    """Stop the stream and keep the place; nothing is said, as when music is paused."""
    return Reply(paused_from(turn.session), (), stream=Stream())


def stop(turn: Turn) -> Reply:
    """Stop the stream, say where, and close the conversation."""
    paused = paused_from(turn.session)
    place = where(paused, turn.catalogue, cut=True)
    said = turn.session.said
    reply = turn.end(paused, line("stopped", said), *place, line("place-kept", said))
    return replace(reply, stream=Stream())


def go_on(turn: Turn) -> Reply:
    """Play on where the stream was paused."""
    return turn.stream(back_to_workout(turn.session), line("stream-on", turn.session.said))


def skip(turn: Turn) -> Reply:
    """Play the next track: the next set, exercise, or the cool-down."""
    session = turn.session
    after = track(back_to_workout(session), turn.room).after
    after = replace(after, done=session.done, met=session.met)  # what was skipped was not done
    if after.phase is Phase.DONE:
        return replace(turn.end(_ended(turn, after), line("done-bye")), stream=Stream())
    return turn.stream(after)


def back(turn: Turn) -> Reply:
    """Play this set again; at its very start, the one before."""
    standing = back_to_workout(turn.session)
    if standing.phase is Phase.SET and standing.rep > AT_START_REPS:
        return over(turn)
    blocks, block = standing.plan.blocks, standing.block
    if standing.phase is Phase.COOL_DOWN and blocks and not standing.move:
        return turn.stream(back_to_set(standing, len(blocks) - 1, blocks[-1].sets))
    if standing.phase in (Phase.SET_UP, Phase.TEACHING) and block:
        return turn.stream(back_to_set(standing, block - 1, blocks[block - 1].sets))
    return previous(replace(turn, session=standing))


def over(turn: Turn) -> Reply:
    """Play this set, or these moves, from their start."""
    return start_over(replace(turn, session=back_to_workout(turn.session)))


def in_order(turn: Turn) -> Reply:
    """Decline to shuffle or to loop, and let the stream go on, or the conversation."""
    if not turn.session.hands_free:
        return turn.ask(turn.session, line("stream-in-order", turn.session.said))
    return _meanwhile(turn, line("stream-in-order", turn.session.said))


def tell_where(turn: Turn) -> Reply:
    """Say where the listener is, and let the stream go on."""
    return _meanwhile(turn, *where(turn.session, turn.catalogue, cut=True))


def _meanwhile(turn: Turn, *said: Line) -> Reply:
    """Say something and let the track go on; not every device tells that it was interrupted."""
    reply = turn.end(turn.session, *said)
    if not is_playing(turn.session):
        return reply
    return replace(reply, session=turn.begun if isinstance(turn, Interruption) else turn.session)


def aside(turn: Turn) -> Turn:
    """Return the turn of a listener who asks something else: the stream waits, its place kept."""
    if turn.session.workout_phase is None:
        return turn  # a guide plays, and no workout
    return replace(turn, session=paused_from(turn.session))


def started(turn: Turn, played: Session) -> Session:
    """Take note that a track began to play; of one that is none of ours to expect, nothing."""
    session = turn.session
    if _is(session, played):
        return replace(session, stream_failures=0)
    after = _after(turn, session)
    if after is not None and _is(after, played):
        return replace(after, stream_failures=0)
    if session.hands_free and session.phase is Phase.PAUSED and session.plan == played.plan:
        return _kept(turn, _onto(session, played))  # the device itself went on, as after an alarm
    unknown = session.workout_phase is None and not session.done
    return _kept(turn, _onto(session, played)) if unknown else session


def nearly_finished(turn: Turn, played: Session) -> Reply:
    """Line up what comes after the track that plays."""
    if not _is_current(turn, played):
        return Reply(turn.session, ())
    after = _after(turn, _onto(turn.session, played))
    stream = None if after is None else Stream(at=after, behind=played)
    return Reply(turn.session, (), stream=stream)


def finished(turn: Turn, played: Session) -> Session:
    """Take note that a track was heard to its end."""
    if not _is_current(turn, played):
        return turn.session
    after = _kept(turn, track(_onto(turn.session, played), turn.room).after)
    return _ended(turn, after) if after.phase is Phase.DONE else _begun(after)


def stopped(turn: Turn, played: Session, offset_ms: int) -> Session:
    """Take note of where a track was stopped."""
    here = _place(turn, played, offset_ms)
    if here is None:
        return turn.session
    return _ended(turn, here) if here.phase is Phase.DONE else paused_from(here)


def failed(turn: Turn, played: Session, offset_ms: int) -> Reply:
    """Play a track that failed once more; then give up, and say so when the listener is back.

    One that was only lined up is lined up again, for the one before it still plays.
    """
    if not _is(turn.session, played) and _is_current(turn, played):
        return _line_up_again(turn)
    here = _place(turn, played, offset_ms)
    if here is None or here.phase is Phase.DONE:
        return Reply(turn.session, ())
    failures = min(9, here.stream_failures + 1)
    if failures <= RETRIES:
        again = replace(_begun(here), stream_failures=failures)
        return Reply(again, (), stream=Stream(at=again))
    return Reply(replace(paused_from(here), stream_failures=failures), ())


def _line_up_again(turn: Turn) -> Reply:
    failures = min(9, turn.session.stream_failures + 1)
    session = replace(turn.session, stream_failures=failures)
    after = _after(turn, session)
    if failures > RETRIES or after is None:
        return Reply(session, ())
    return Reply(session, (), stream=Stream(at=after, behind=session))


def _place(turn: Turn, played: Session, offset_ms: int) -> Session | None:
    """Return where the listener is in a track; None for a track that is not the current one."""
    if not _is_current(turn, played):
        return None
    playing = track(_onto(turn.session, played), turn.room)
    return _kept(turn, place_in(playing, offset_ms, turn.room, turn.room.recorded_of))


def _is_current(turn: Turn, played: Session) -> bool:
    """Say whether a track is the one that plays, or the one that just took its place."""
    if not is_playing(turn.session):
        return False
    after = _after(turn, turn.session)
    return _is(turn.session, played) or (after is not None and _is(after, played))


def _after(turn: Turn, session: Session) -> Session | None:
    if not is_playing(session):
        return None
    after = track(session, turn.room).after
    return None if after.phase is Phase.DONE else _begun(after)


def _is(session: Session, played: Session) -> bool:
    return is_playing(session) and bearing(session) == bearing(played)


def bearing(session: Session) -> Session:
    """Return a session with nothing in it but plan and place: what tells one track from another."""
    return Session(**{name: getattr(session, name) for name in _PLACE})


def as_played(session: Session) -> Session:
    """Return a session with all that its track is built from, and the sets done when it began.

    For a player to tell: what the listener knows or wishes may have changed once it is asked.
    """
    plan, wish = session.plan, session.preferences
    ids = (*plan.warm_up, *(block.exercise for block in plan.blocks), *plan.cool_down)
    met = tuple(id_ for id_ in dict.fromkeys(ids) if id_ in session.met)
    heard = {name: getattr(wish, name) for name in _WISHES}
    return replace(bearing(session), met=met, done=session.done, preferences=Preferences(**heard))


_PLACE = (*AT_START, "phase", "told", "said", "plan")
_WISHES = ("talk", "counting", "pace", "rest", "place")


def _onto(session: Session, played: Session) -> Session:
    """Return the session at the start of a track, everything that is not of the track kept."""
    place: dict[str, Any] = {name: getattr(played, name) for name in (*_PLACE, "met", "done")}
    wishes = {name: getattr(played.preferences, name) for name in _WISHES}
    place |= {"returns_to": None, "since": 0, "hands_free": True, "streaming": True}
    return replace(session, **place, preferences=replace(session.preferences, **wishes))


def _kept(turn: Turn, session: Session) -> Session:
    """Return a session of a track with what the listener knows and wishes by now."""
    known = with_met(turn.session.met, *session.met)
    return replace(session, met=known, preferences=turn.session.preferences)


def _begun(session: Session) -> Session:
    said = (session.said + 1) % MOST_SAID
    return replace(session, since=0, streaming=True, said=said)


def _ended(turn: Turn, session: Session) -> Session:
    ended = max(0, turn.now_ms)
    return replace(session, hands_free=False, streaming=False, ended=ended)
