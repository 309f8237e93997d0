"""A workout without questions: tracks from border to border, with time in place of the answers.

A border is the end of the warm-up, of a set with its rest, and of the workout. The scripts are
those of the phases; between them stands the time that a listener would take to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from skill.coach.broken_off import broken_off
from skill.coach.course import advance, back_to_workout, moves_of, next_block
from skill.coach.exercise import Block, Plan
from skill.coach.part import Room, exercise_now, talk_level
from skill.coach.replace import replace
from skill.coach.reply import Beat, Line, Mark, Pause, Script, line
from skill.coach.session import (
    MOST_SAID,
    PLAYING,
    Phase,
    Place,
    Preferences,
    Session,
    TalkLevel,
)
from skill.coach.sets import SAME_PLACE_MS, rest_beats
from skill.coach.teaching import POSITION_PAUSE_MS, position_lines
from skill.coach.timeline import LengthOf, length_ms, measure
from skill.coach.turn import goodbye, part_of
from skill.coach.unhurried import at_first_move, unhurried

BETWEEN_EXERCISES_MS = 60_000
"""From the last set of an exercise to the first of the next, the way there included; at least.
Ours, from the many who ask for time to get into position."""

SHORTEST_REST_S = 5
"""What is left of a rest counts as over below this."""

LONGEST_REST_S = 600

_MOVING = (Phase.WARM_UP, Phase.COOL_DOWN)


@dataclass(frozen=True)
class Leg:
    """A piece of a track that belongs to one situation of the workout."""

    at: Session
    """Where the listener is when it begins."""

    script: Script


@dataclass(frozen=True)
class Track:
    """What is heard from a session on until the next border."""

    at: Session
    """The session with which it was asked for."""

    legs: tuple[Leg, ...]
    after: Session
    """Where the listener is once it was heard: at the start of the next track, or at the end."""

    @cached_property
    def script(self) -> Script:
        """Everything that is heard, in order."""
        return tuple(element for leg in self.legs for element in leg.script)


class NothingToPlay(ValueError):
    """The session is in no workout."""


def track(session: Session, room: Room) -> Track:
    """Return what a hands-free listener hears from a session on.

    A session in a pause, in a rest or before an answer goes on with what follows; what is left of a
    rest is rested first.

    Raises:
        NothingToPlay: the session is in no workout.
    """
    here = _standing(session)
    legs: list[Leg] = []
    if here.phase is Phase.REST:
        legs.append(_rest(here, room, line("pacing-move-pick-up", here.said)))
        here = _next_said(advance(here))
    while here.phase is not Phase.DONE:
        leg, then = _played(here, room)
        legs.append(leg)
        legs += _wait(then, room)
        over = _after(then)
        if over is not None:
            here = over
            break
        here = _next_said(then if then.phase in _MOVING else advance(then))
    if here.phase is Phase.DONE:
        legs.append(Leg(here, goodbye(here)))
    return Track(session, tuple(legs), here)


def tracks(session: Session, room: Room) -> tuple[Track, ...]:
    """Return all tracks from a session on to the end of the workout; none once it is done."""
    return tuple(_all_tracks(session, room))


def place_in(
    playing: Track, offset_ms: int, room: Room, length_of: LengthOf | None = None
) -> Session:
    """Return where the listener is at an offset into a track.

    It is a session that a conversation carries on from; in the goodbye, and behind it, its phase is
    ``DONE``.

    Args:
        playing: the track.
        offset_ms: milliseconds from its start; before it is its start, behind its end what follows.
        room: the one it was built in.
        length_of: how long its lines last in fact; as the room has it where this is not known.
    """
    length_of = length_of or room.length_of
    left_ms = max(0, offset_ms)
    for leg in playing.legs:
        total_ms = length_ms(leg.script, length_of)
        if left_ms < total_ms:
            return _in_leg(leg, left_ms, total_ms, room, length_of)
        left_ms -= total_ms
    return playing.after


def alike(session: Session) -> Session:
    """Return a session with nothing in it but what the script of its track depends on.

    The tracks of many listeners are alike, and so have the same address.

    Raises:
        NothingToPlay: the session is in no workout.
    """
    here = _standing(session)
    if here.phase in _MOVING:
        return _alike_moves(here)
    bare = Session(
        phase=here.phase, said=here.said, told=here.told and here.phase is not Phase.DONE
    )
    if here.phase is Phase.DONE:
        plan = Plan(blocks=here.plan.blocks, cool_down=here.plan.cool_down[:1])
        return replace(bare, plan=plan, done=here.done)
    return _alike_set(here, bare)


def _alike_moves(here: Session) -> Session:
    """Keep the moves, and for the goodbye what was done."""
    plan, warming = here.plan, here.phase is Phase.WARM_UP
    ids = moves_of(here)
    coming = tuple(Block(block.exercise, 1, 1) for block in plan.blocks)
    if not at_first_move(here):
        coming = coming[:1]
    kept = Plan(
        warm_up=ids if warming else (),
        blocks=coming if warming else plan.blocks,
        cool_down=plan.cool_down if not warming or at_first_move(here) else (),
        moves_percent=plan.moves_percent,
    )
    return Session(
        phase=here.phase,
        said=here.said,
        plan=kept,
        side=here.side,
        move=here.move,
        seconds=here.seconds,
        done=() if warming and kept.blocks else here.done,
        met=_met(here, *ids),
        preferences=Preferences(talk=here.preferences.talk),
    )


def _alike_set(here: Session, bare: Session) -> Session:
    """Keep the exercise and its set; its neighbours where the way to or from them is in the track.

    At the end of the workout, also what was done.
    """
    wish, plan = here.preferences, here.plan
    coming = here.set + (here.phase is Phase.REST)
    last = coming == here.now.sets
    ends = last and here.block + 1 == len(plan.blocks) and not plan.cool_down
    dose = Preferences(talk=wish.talk, counting=wish.counting, pace=wish.pace, rest=wish.rest)
    place: dict[str, Any] = {
        "set": here.set,
        "side": here.side,
        "rep": here.rep,
        "seconds": here.seconds,
    }
    if here.phase in (Phase.SET, Phase.REST) and not last:
        level = replace(dose, talk=talk_level(here, here.now.exercise))
        return replace(bare, **place, plan=Plan(blocks=(here.now,)), preferences=level)
    beside = (block.exercise for block in plan.blocks[here.block : here.block + 2])
    on_bed = Place.BED if wish.place is Place.BED else None
    return replace(
        bare,
        **place,
        block=here.block,
        plan=Plan(blocks=plan.blocks, cool_down=plan.cool_down[:1]),
        met=_met(here, *beside),
        done=here.done if ends else (),
        first_side_reps=here.first_side_reps if ends else 0,
        preferences=replace(dose, place=on_bed),
    )


def _met(session: Session, *ids: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in dict.fromkeys(ids) if id_ in session.met)


def _standing(session: Session) -> Session:
    """Return the session at what is to be played, or in a rest that is not over."""
    here = back_to_workout(session)
    if here.phase is Phase.FEEDBACK:
        return next_block(here)
    waits = here.told and here.phase in (Phase.SET_UP, Phase.TEACHING)
    rested = here.phase is Phase.REST and here.seconds < SHORTEST_REST_S
    if waits or rested or here.phase is Phase.SIDE_CHANGE:
        return advance(here)
    if here.phase not in PLAYING | {Phase.REST, Phase.DONE}:
        raise NothingToPlay(f"nothing plays in the phase {here.phase}")
    return here


def _all_tracks(session: Session, room: Room) -> Iterator[Track]:
    while session.phase is not Phase.DONE:
        one = track(session, room)
        yield one
        session = _next_said(one.after)


def _next_said(session: Session) -> Session:
    return replace(session, said=(session.said + 1) % MOST_SAID)


def _after(then: Session) -> Session | None:
    """Return the start of what comes behind a border; None where the track goes on."""
    match then.phase:
        case Phase.REST:
            return advance(then)
        case Phase.FEEDBACK:
            return next_block(then)
        case Phase.DONE:
            return then
        case Phase.SET_UP if not then.told:
            return then
    return None


def _played(here: Session, room: Room) -> tuple[Leg, Session]:
    """Return what plays in a phase, and where it leads.

    A set that leaves the rest to the listener leads to a rest of the written length.
    """
    part = part_of(here, room)
    then, script = part.after, tuple(unhurried(here, part.script, room))
    if then.phase is Phase.REST and script and _freely(script[-1]):
        wanted_s = exercise_now(here, room.catalogue).rest_s * here.preferences.rest // 100
        return Leg(here, script[:-1]), replace(then, seconds=min(LONGEST_REST_S, wanted_s))
    return Leg(here, script), then


def _freely(element: object) -> bool:
    return isinstance(element, Line) and element.id == "pacing-rest-freely"


def _wait(then: Session, room: Room) -> tuple[Leg, ...]:
    """Return the time that the listener would take to answer."""
    script: Script = ()
    match then.phase:
        case Phase.SET_UP:
            script = _get_there(then, room) if then.told else (Pause(SAME_PLACE_MS),)
        case Phase.TEACHING:
            script = (Pause(SAME_PLACE_MS),)
        case Phase.REST if then.seconds:
            phrase = line("pacing-rest", then.said, seconds=then.seconds, set=then.set)
            return (_rest(then, room, phrase),)
        case Phase.FEEDBACK:
            script = _between(then, room)
    return (Leg(then, script),) if script else ()


def _get_there(then: Session, room: Room) -> Script:
    """Return what is left of the time to get into position after the pauses between its cues."""
    exercise = exercise_now(then, room.catalogue)
    if talk_level(then, exercise.id) is not TalkLevel.FULL:
        return ()
    cues = len(position_lines(exercise, then.preferences.place))
    return (Pause(max(SAME_PLACE_MS, exercise.set_up_s * 1000 - cues * POSITION_PAUSE_MS)),)


def _between(then: Session, room: Room) -> Script:
    """Return the rest between two exercises that the way to the next one does not fill."""
    coming = next_block(then)
    if coming.phase is Phase.DONE:
        return ()
    if coming.phase is Phase.COOL_DOWN:
        return (Pause(SAME_PLACE_MS),)
    way_ms = length_ms(_played(_next_said(coming), room)[0].script, room.length_of)
    left_ms = BETWEEN_EXERCISES_MS * then.preferences.rest // 100 - way_ms
    seconds = -(-left_ms // 5_000) * 5
    if seconds < 10:
        return (Pause(SAME_PLACE_MS),)
    phrase = line("pacing-rest", then.said, seconds=seconds, set=then.now.sets)
    return (Beat(seconds * 1000, phrase),)


def _rest(here: Session, room: Room, opening: Line) -> Leg:
    """Return a rest of the session's seconds."""
    beats = rest_beats(here, exercise_now(here, room.catalogue), here.seconds, opening)
    return Leg(here, (Mark("rest", 0, here.set), *beats))


def _in_leg(leg: Leg, ms: int, total_ms: int, room: Room, length_of: LengthOf) -> Session:
    """Return where the listener is at a moment of a leg."""
    left_s = (total_ms - ms) // 1000
    if leg.at.phase is Phase.REST:
        return replace(leg.at, seconds=min(leg.at.seconds, left_s))
    if leg.at.phase not in PLAYING or (leg.at.told and leg.at.phase is not Phase.SET):
        return leg.at
    _, _, position = measure(leg.script, length_of, ms)
    here = broken_off(leg.at, position, room)
    return replace(here, seconds=left_s) if here.phase is Phase.REST else here
