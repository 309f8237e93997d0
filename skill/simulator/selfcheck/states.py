"""Which situations are one and the same to a listener: the states between which a walk goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from skill.coach.errors import UnreadableSession
from skill.coach.exercise import Plan
from skill.coach.plain import from_plain
from skill.coach.session import IN_BLOCK, Phase, Session
from skill.simulator.conversation import Conversation, Step
from skill.simulator.device import PretendDevice
from skill.simulator.selfcheck.trial import Moment
from skill.simulator.turn import Turn

LATELY_MS = 12 * 3_600_000
"""So long after a workout nobody should begin another."""

_MOVES = (Phase.WARM_UP, Phase.COOL_DOWN)


class Key(NamedTuple):
    """What tells one state from another. Numbers are in it as first, middle or last at the most."""

    device: str
    """``closed``, ``open``, ``asking`` (Alexa asks for permission); and what the player does."""

    phase: str
    question: str
    """Which other question than that of the phase is open."""

    playing: bool
    place: tuple[object, ...]
    listener: tuple[object, ...]
    """What is known of the listener."""


@dataclass(frozen=True)
class State:
    """One state, and the shortest conversation that leads to it."""

    key: Key
    moment: Moment
    session: Session
    """The coach's, as far as a device was told of it."""

    steps: tuple[Step, ...] = ()
    """Of that conversation."""

    turn: Turn | None = None
    """The last of it."""

    @property
    def conversation(self) -> Conversation:
        """The shortest conversation that leads here."""
        return Conversation(self.steps)


def session_of(attributes: Mapping[str, Any]) -> Session | None:
    """Return the coach's session in session attributes; None where there is none."""
    plain = attributes.get("session")
    if plain is None:
        return None
    try:
        return from_plain(plain)
    except UnreadableSession:
        return None


class Detail(IntEnum):
    """How many states are told apart."""

    COARSE = 0
    """Another question that is open counts once for all the places of a workout."""

    USUAL = 1

    FINE = 2
    """Also by third of a workout, by side, and by what the listener has told."""


def key_of(device: PretendDevice, session: Session, detail: Detail) -> Key:
    """Return what a state is known by."""
    playing = bool(session.since) and device.in_session
    question = question_of(session)
    aside = bool(question) and detail is Detail.COARSE
    return Key(
        _device(device),
        _group(session) if aside else _phase(session, detail),
        question,
        playing,
        ()
        if aside or not (device.in_session or detail is Detail.FINE)
        else _place(session, detail),
        _known(device, session, detail),
    )


def _known(device: PretendDevice, session: Session, detail: Detail) -> tuple[object, ...]:
    wish = session.preferences
    ended = session.ended and device.now.timestamp() * 1000 - session.ended < LATELY_MS
    if detail is Detail.FINE:
        talked = (wish.place, wish.talk, bool(session.subject))
        return (session.cleared, bool(ended), *talked)
    if session.workout_phase is not None:
        return ()
    if detail is Detail.COARSE:
        return (bool(wish.place),)
    return (session.cleared, bool(ended), bool(wish.place))


def _group(session: Session) -> str:
    if session.workout_phase is None:
        return "outside a workout"
    return "in a workout" if session.returns_to is None else "beside a workout"


def _device(device: PretendDevice) -> str:
    audio = device.audio
    name = "open" if device.in_session else "closed"
    if device.asks_permission:
        name = "asking"
    if audio.stream is None or (device.in_session and not audio.goes_on):
        return name
    kind = "guide" if audio.stream.token.startswith("guide/") else "track"
    return f"{name}, {kind} {'sounds' if audio.goes_on else 'held'}"


def _phase(session: Session, detail: Detail) -> str:
    back = session.returns_to
    if back is None:
        return session.phase.value
    within = back.value if detail is Detail.FINE else "exercise" if back in IN_BLOCK else "moves"
    return f"{session.phase.value} of {within}"


def question_of(session: Session) -> str:
    """Return which other question than that of the phase is open; empty for none."""
    wish = session.reminding
    if session.forgetting:
        return "forget"
    if wish is not None:
        asks = "cancel" if wish.cancels else "set" if wish.days and wish.minutes else "when"
        return f"remind {asks}"
    if session.welcomed_back:
        return "welcomed back"
    return "choosing" if session.choosing else ""


def _place(session: Session, detail: Detail) -> tuple[object, ...]:
    """Return how far a workout has come, no closer than first, middle and last."""
    fine = detail is Detail.FINE
    plan, phase = session.plan, session.workout_phase if fine else session.phase
    hands_free: tuple[object, ...] = (session.hands_free,)
    if detail is not Detail.COARSE:
        hands_free = (*hands_free, session.streaming, session.stream_failures > 1)
    if session.phase is Phase.HOW_TO:
        return (*hands_free, min(session.how_step, 1))
    if phase in _MOVES:
        return (*hands_free, *_of_moves(session, plan, fine=fine))
    if phase not in IN_BLOCK:
        return hands_free
    block = session.now
    last = (session.block + 1 == len(plan.blocks), session.set == block.sets)
    told = session.told and phase in (Phase.SET_UP, Phase.TEACHING)
    if not fine:
        return (*hands_free, told, last if phase is not Phase.SET_UP else ())
    here = (_third(session.rep, block.reps), session.side, bool(session.seconds))
    return (*hands_free, told, last, _third(session.block + 1, len(plan.blocks)), here)


def _of_moves(session: Session, plan: Plan, *, fine: bool) -> tuple[object, ...]:
    ids = plan.warm_up if session.workout_phase is Phase.WARM_UP else plan.cool_down
    third = _third(session.move + 1, len(ids))
    return (third, session.side, bool(session.seconds)) if fine else (third == "last",)


def _third(number: int, of: int) -> str:
    return "last" if number >= of else "first" if number <= 1 else "middle"
