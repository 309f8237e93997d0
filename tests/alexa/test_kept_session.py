"""A session that another release wrote is a fresh start, and is there again when that one is."""

from __future__ import annotations

from typing import Any

import pytest

from skill.alexa.kept_session import RESUMES_FOR_MS, kept_session
from skill.coach.exercise import Block, Plan
from skill.coach.plain import to_plain
from skill.coach.session import Phase, Session
from skill.store.port import Kept

NOW_MS = 1_800_000_000_000
IN_A_SET = Session(phase=Phase.SET, plan=Plan((), (Block("glute_bridge", 2, 10),), ()), rep=4)
HERE = to_plain(IN_A_SET)
LATER = HERE | {"version": 2}
FRESH = to_plain(Session(cleared=True))


def kept(session: object, aside: object = None, saved_ms: int = NOW_MS - 1) -> Kept:
    parts: dict[str, Any] = {"session": session, "session_set_aside": aside}
    return Kept({n: part for n, part in parts.items() if part is not None}, 3, saved_ms)


def aside(session: object, age_ms: int = 1_000) -> dict[str, Any]:
    return {"session": session, "saved_ms": NOW_MS - age_ms}


@pytest.mark.parametrize("session", [LATER, HERE | {"breathing": "deep"}, HERE | {"rep": -7}, "?"])
def test_what_cannot_be_read_is_a_fresh_start_and_set_aside(session: object) -> None:
    found, learned = kept_session(kept(session), NOW_MS)
    assert found == Session()
    assert learned == {"session_set_aside": {"session": session, "saved_ms": NOW_MS - 1}}


def test_who_can_read_what_was_set_aside_takes_it_back() -> None:
    found, learned = kept_session(kept(FRESH, aside(HERE)), NOW_MS)
    assert found == IN_A_SET
    assert learned == {"session_set_aside": None}


@pytest.mark.parametrize(
    ("now", "before", "learned"),
    [
        (HERE | {"rep": 6}, aside(HERE), {}),
        (FRESH, aside(LATER), {}),
        (FRESH, aside(HERE, RESUMES_FOR_MS + 1), {"session_set_aside": None}),
        (FRESH, {"session": HERE}, {"session_set_aside": None}),
        (FRESH, "nonsense", {}),
        (FRESH, None, {}),
    ],
    ids=["another workout", "still unreadable", "too old", "no date", "nonsense", "nothing"],
)
def test_otherwise_it_stays_with_what_is_now(
    now: dict[str, Any], before: object, learned: dict[str, Any]
) -> None:
    found, changes = kept_session(kept(now, before), NOW_MS)
    assert to_plain(found) == now
    assert changes == learned


def test_a_workout_that_waited_for_too_long_is_over() -> None:
    found, _ = kept_session(kept(HERE, saved_ms=NOW_MS - RESUMES_FOR_MS - 1), NOW_MS)
    assert found.phase is Phase.IDLE
