"""A workout that plays by itself: what is known of a track survives what the listener learns."""

from __future__ import annotations

from dataclasses import replace

from skill.coach import playing
from skill.coach.part import Room
from skill.coach.session import Phase, Session
from skill.coach.timeline import length_ms
from skill.coach.tracks import track
from skill.coach.turn import Turn
from tests.coach.listener import the_catalogue, the_words
from tests.coach.test_tracks import a_set, begun

ROOM = Room(the_catalogue(), the_words().length_ms)


def turn_at(session: Session) -> Turn:
    return Turn(session, 1_000_000, ROOM, streams=True)


def sounding(session: Session) -> Session:
    return replace(session, hands_free=True, streaming=True)


def test_moves_met_meanwhile_do_not_move_the_place_in_a_track_that_taught_them() -> None:
    session = sounding(begun())
    played = playing.as_played(session)
    fresh = playing.stopped(turn_at(session), played, 300_000)
    wiser = replace(session, met=session.plan.warm_up)
    later = playing.stopped(turn_at(wiser), played, 300_000)
    assert (later.move, later.side) == (fresh.move, fresh.side)
    assert set(later.met) >= set(wiser.met)


def test_a_set_interrupted_in_its_rest_counts_once() -> None:
    session = sounding(a_set("glute_bridge"))
    played = playing.as_played(session)
    rest_ms = length_ms(track(session, ROOM).script, ROOM.length_of) - 20_000
    paused = playing.stopped(turn_at(session), played, rest_ms)
    assert len(paused.done) == 1
    again = playing.started(turn_at(paused), played)
    assert len(playing.finished(turn_at(again), played).done) == 1


def test_speaking_into_the_goodbye_does_not_lose_the_workout() -> None:
    session = sounding(replace(begun(), phase=Phase.COOL_DOWN))
    end_ms = length_ms(track(session, ROOM).script, ROOM.length_of) - 1_000
    heard = playing.heard(turn_at(session), playing.as_played(session), end_ms)
    assert heard.session.phase is Phase.DONE
    assert heard.session.ended == heard.now_ms
