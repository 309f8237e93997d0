"""A session survives being written as JSON, stays small, and nothing unreadable gets in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.errors import UnreadableSession
from skill.coach.plain import VERSION, from_plain, to_plain
from skill.coach.session import IN_WORKOUT, Phase, Session
from tests.coach.listener import the_catalogue
from tests.strategies import JSON, sessions

CATALOGUE = st.deferred(lambda: sessions(the_catalogue()))


@given(CATALOGUE)
def test_a_session_read_back_is_the_session_written(session: Session) -> None:
    assert from_plain(to_plain(session)) == session


@given(CATALOGUE)
def test_a_session_survives_json_and_stays_under_four_kilobytes(session: Session) -> None:
    text = json.dumps(to_plain(session))
    assert len(text.encode()) < 4096
    assert from_plain(json.loads(text)) == session


def test_a_new_session_is_written_in_a_few_bytes() -> None:
    assert to_plain(Session()) == {"version": VERSION}


def read_or_refused(raw: object) -> Session | None:
    """Read a session; what cannot be read raises UnreadableSession, and nothing else."""
    try:
        return from_plain(raw)
    except UnreadableSession:
        return None


@given(JSON)
def test_no_junk_is_read_as_a_session(raw: object) -> None:
    assert read_or_refused(raw) is None


@given(st.dictionaries(st.sampled_from(Session.__match_args__), JSON, max_size=6))
def test_junk_in_the_fields_is_refused_or_harmless(fields: dict[str, object]) -> None:
    read = read_or_refused({"version": VERSION} | fields)
    assert read is None or from_plain(to_plain(read)) == read


@given(CATALOGUE, st.data())
def test_a_damaged_session_is_refused_or_still_possible(
    session: Session, data: st.DataObject
) -> None:
    plain: dict[str, Any] = to_plain(session)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(plain)))
        if data.draw(st.booleans()):
            plain = {key: value for key, value in plain.items() if key != name}
        else:
            plain[name] = data.draw(_other_than(plain[name]))
        if not plain:
            break
    read = read_or_refused(plain)
    assert read is None or from_plain(to_plain(read)) == read


def _other_than(value: object) -> st.SearchStrategy[object]:
    """Draw something else in a value's place: junk, a huge number, or one of its parts changed."""
    huge = st.sampled_from([2**63, -(2**63), 10**40, -1, 0, float("nan"), float("inf"), 1e300])
    if isinstance(value, list) and value:
        parts = st.tuples(st.integers(0, len(value) - 1), huge | JSON)
        return huge | JSON | parts.map(lambda p: [*value[: p[0]], p[1], *value[p[0] + 1 :]])
    return huge | JSON


@pytest.mark.parametrize("version", [0, 2, -1, "1", None, [1], 1.5, {}])
def test_a_session_of_another_version_is_refused(version: object) -> None:
    with pytest.raises(UnreadableSession):
        from_plain({"version": version})


def test_a_session_without_a_version_or_with_a_field_of_the_future_is_refused() -> None:
    for raw in ({}, {"version": VERSION, "mood": "good"}):
        with pytest.raises(UnreadableSession):
            from_plain(raw)


@given(CATALOGUE)
def test_only_a_pause_and_a_how_to_stand_in_front_of_a_phase(session: Session) -> None:
    if session.returns_to is not None:
        assert session.phase in (Phase.PAUSED, Phase.HOW_TO)
        assert session.workout_phase is session.returns_to
    else:
        assert session.workout_phase == (session.phase if session.phase in IN_WORKOUT else None)


@given(CATALOGUE, st.sampled_from([Phase.IDLE, Phase.DONE]))
def test_in_another_phase_nothing_is_said_playing_or_explained_yet(
    session: Session, phase: Phase
) -> None:
    there = session.at(phase)
    assert (there.told, there.since, there.how_to, there.returns_to) == (False, 0, "", None)
    assert (there.done, there.preferences) == (session.done, session.preferences)
