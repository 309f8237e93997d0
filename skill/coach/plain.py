"""How a session is written into what JSON can hold, and read back with care."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from skill.coach.errors import UnreadableSession
from skill.coach.exercise import Block, Level, Plan
from skill.coach.reminder import About, ReminderWish
from skill.coach.replace import replace
from skill.coach.session import (
    LONGEST_ID,
    Counting,
    Felt,
    Phase,
    Place,
    Preferences,
    Session,
    SetDone,
    TalkLevel,
    check,
)

VERSION = 1
"""Raised whenever the plain form changes its meaning."""


def to_plain(session: Session) -> dict[str, Any]:
    """Return what JSON can hold; fields at their default are left out."""
    plain: dict[str, Any] = {"version": VERSION}
    for name, write in _WRITE.items():
        value = getattr(session, name)
        if value != _DEFAULTS[name]:
            plain[name] = write(value)
    return plain


def from_plain(raw: object) -> Session:
    """Read what an earlier turn stored.

    Raises:
        UnreadableSession: another version, a wrong type, a value out of range.
    """
    if not isinstance(raw, Mapping) or raw.get("version") != VERSION:
        raise UnreadableSession("not a session of this version")
    if set(raw) - set(_READ) - {"version"}:
        raise UnreadableSession("unknown fields")
    try:
        session = replace(_FRESH, **{n: _READ[n](raw[n]) for n in raw if n in _READ})
        check(session)
    except (TypeError, ValueError) as fault:
        # Its own words quote the value, and ours are logged.
        raise UnreadableSession(f"a field cannot be read: {type(fault).__name__}") from fault
    return session


_FRESH = Session()

_DEFAULTS = {
    field.name: Session.__dataclass_fields__[field.name].default for field in fields(Session)
}

_T = TypeVar("_T")


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false was expected")
    return value


def _id(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        raise TypeError("a short text was expected")
    return value


def _rows(value: object) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise TypeError("a list was expected")
    return list(value)


def _ids(value: object) -> tuple[str, ...]:
    return tuple(_id(item) for item in _rows(value))


def _maybe(read: Callable[[Any], _T]) -> Callable[[object], _T | None]:
    return lambda value: None if value is None else read(value)


def _pair(row: object) -> tuple[Any, Any]:
    first, second = _rows(row)
    return first, second


def _read_plan(value: object) -> Plan:
    warm_up, blocks, cool_down, percent, minutes = _rows(value)
    return Plan(
        _ids(warm_up),
        tuple(Block(_id(e), _whole(s), _whole(r)) for e, s, r in map(_rows, _rows(blocks))),
        _ids(cool_down),
        _whole(percent),
        _whole(minutes),
    )


def _write_plan(plan: Plan) -> list[Any]:
    return [
        list(plan.warm_up),
        [[b.exercise, b.sets, b.reps] for b in plan.blocks],
        list(plan.cool_down),
        plan.moves_percent,
        plan.minutes,
    ]


def _read_preferences(value: object) -> Preferences:
    talk, counting, pace, rest, place, equipment, level, *later = _rows(value)
    (minutes,) = later or (None,)
    return Preferences(
        _maybe(TalkLevel)(talk),
        Counting(counting),
        _whole(pace),
        _whole(rest),
        _maybe(Place)(place),
        None if equipment is None else _ids(equipment),
        _maybe(Level)(level),
        _maybe(_whole)(minutes),
    )


def _write_preferences(p: Preferences) -> list[Any]:
    equipment = None if p.equipment is None else list(p.equipment)
    talk, place, level = (v and v.value for v in (p.talk, p.place, p.level))
    return [talk, p.counting.value, p.pace, p.rest, place, equipment, level, p.minutes]


def _read_wish(value: object) -> ReminderWish:
    about, days, minutes, once, cancels = _rows(value)
    return ReminderWish(
        About(about),
        tuple(map(_whole, _rows(days))),
        tuple(map(_whole, _rows(minutes))),
        _flag(once),
        _flag(cancels),
    )


def _write_wish(wish: ReminderWish) -> list[Any]:
    return [wish.about.value, list(wish.days), list(wish.minutes), wish.once, wish.cancels]


def _as_is(value: Any) -> Any:
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "phase": Phase,
    "returns_to": _maybe(Phase),
    "told": _flag,
    "since": _whole,
    "said": _whole,
    "plan": _read_plan,
    "block": _whole,
    "set": _whole,
    "side": _whole,
    "rep": _whole,
    "move": _whole,
    "seconds": _whole,
    "first_side_reps": _whole,
    "done": lambda v: tuple(SetDone(_whole(b), _whole(r)) for b, r in map(_pair, _rows(v))),
    "felt": lambda v: tuple((_whole(b), Felt(f)) for b, f in map(_pair, _rows(v))),
    "how_to": _id,
    "how_step": _whole,
    "met": _ids,
    "lately": _ids,
    "cleared": _flag,
    "welcomed_back": _flag,
    "hands_free": _flag,
    "streaming": _flag,
    "stream_failures": _whole,
    "choosing": _flag,
    "forgetting": _flag,
    "reminding": _maybe(_read_wish),
    "declined": _whole,
    "started": _whole,
    "ended": _whole,
    "level_since": _whole,
    "subject": _id,
    "preferences": _read_preferences,
}

_WRITE: dict[str, Callable[[Any], Any]] = dict.fromkeys(_READ, _as_is) | {
    "phase": lambda v: v.value,
    "returns_to": lambda v: v and v.value,
    "plan": _write_plan,
    "done": lambda v: [[d.block, d.reps] for d in v],
    "felt": lambda v: [[block, word.value] for block, word in v],
    "met": list,
    "lately": list,
    "reminding": lambda v: v and _write_wish(v),
    "preferences": _write_preferences,
}
