"""What the player is told to play, what its tokens say, and recorded sets within SSML's limits."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.streams import LONGEST_TOKEN, Streams
from skill.coach import playing
from skill.coach.part import Room
from skill.coach.reply import Stream
from skill.coach.session import IN_WORKOUT, PLAYING, Session
from skill.coach.timeline import measure
from skill.coach.tracks import alike, track
from skill.coach.turn import Turn, part_of
from skill.render.audio_url import AudioUrls, Played
from skill.render.text import text
from tests.coach.listener import the_catalogue, the_words
from tests.strategies import sessions

MOST_SOUND_MS = 240_000
SLOWER_PERCENT = 15
"""How much slower than estimated a voice may speak; the slowest measured takes 4 % more."""

URLS = AudioUrls("https://coach.example/audio", b"sixteen bytes or")
STREAMS = Streams(URLS, "en-US", the_words())
ROOM = Room(the_catalogue(), the_words().length_ms)
WORKOUTS = sessions(the_catalogue()).filter(lambda s: s.phase in IN_WORKOUT)
PLAYED = WORKOUTS.filter(lambda s: s.phase in PLAYING)


@given(session=PLAYED)
@settings(max_examples=40, deadline=None)
def test_a_recorded_part_is_heard_word_for_word_as_it_is_written(session: Session) -> None:
    reply = Turn(session, 1_000, ROOM).play(session)
    assert reply.part is not None
    written = reply.script[reply.part.start : reply.part.stop]
    recorded = part_of(alike(reply.part.session), ROOM).script
    assert text(recorded, the_words()) == text(written, the_words())
    assert measure(recorded, ROOM.length_of)[:2] == measure(written, ROOM.length_of)[:2]


@given(session=WORKOUTS)
@settings(max_examples=40, deadline=None)
def test_tracks_that_are_alike_sound_alike(session: Session) -> None:
    one, other = track(session, ROOM).script, track(alike(session), ROOM).script
    assert text(one, the_words()) == text(other, the_words())
    assert measure(one, ROOM.length_of)[:2] == measure(other, ROOM.length_of)[:2]


@given(session=WORKOUTS)
@settings(max_examples=40, deadline=None)
def test_a_token_tells_all_that_its_track_is_built_from(session: Session) -> None:
    begun = session.at(session.phase, streaming=True)
    (play,) = STREAMS.directives(Stream(at=begun))
    heard = STREAMS.read(play.audio_item.stream.token, 1_234)
    assert heard is not None
    assert heard.offset_ms == 1_234
    assert track(heard.played, ROOM).script == track(begun, ROOM).script
    assert heard.played.done == begun.done
    (behind,) = STREAMS.directives(Stream(at=begun, behind=heard.played))
    assert behind.audio_item.stream.expected_previous_token == play.audio_item.stream.token


@given(session=PLAYED)
@settings(max_examples=40, deadline=None)
def test_a_recorded_turn_is_one_file_within_what_amazon_plays(session: Session) -> None:
    reply = Turn(session, 1_000, ROOM).play(session)
    ssml = STREAMS.recorded(reply)
    assert ssml is not None
    assert reply.part is not None
    root = ET.fromstring(ssml)  # noqa: S314 - our own
    assert [child.tag for child in root].count("audio") == 1
    assert len(ssml) <= 8_000
    total_ms, free_ms, _ = measure(reply.script, ROOM.length_of)
    assert total_ms + free_ms * SLOWER_PERCENT // 100 <= MOST_SOUND_MS


@given(text=st.text(max_size=60), offset=st.none() | st.integers() | st.text(max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_token_that_is_not_ours_says_nothing(text: str, offset: object) -> None:
    assert STREAMS.read(text, offset) is None


@pytest.mark.parametrize("token", [None, 7, "", "//", "a/b/c.d", "x" * (LONGEST_TOKEN + 1)])
def test_nonsense_for_a_token_says_nothing(token: object) -> None:
    assert STREAMS.read(token, 0) is None


def test_the_address_of_a_track_is_no_token() -> None:
    for played in Played:
        assert STREAMS.read(URLS.signed("en-US", played, Session()), 0) is None


@pytest.mark.parametrize("offset", [None, "12", -5, 10**12])
def test_an_offset_of_any_kind_is_a_place(offset: object) -> None:
    token = URLS.signed("en-US", "token", playing.as_played(Session()))
    heard = STREAMS.read(token, offset)
    assert heard is not None
    assert heard.offset_ms >= 0
