"""Addresses of composed sound: read back as they were made, and nothing else is read."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach import playing
from skill.coach.exercise import Block, Plan
from skill.coach.plain import to_plain
from skill.coach.session import (
    IN_WORKOUT,
    MOST_BLOCKS,
    MOST_MOVES,
    MOST_REPS,
    MOST_SETS,
    Phase,
    Preferences,
    Session,
    SetDone,
    TalkLevel,
)
from skill.coach.tracks import alike
from skill.render.audio_url import LARGEST_PLAN, LONGEST_PLAN, AudioUrls, NotSigned, Played
from tests.coach.listener import the_catalogue
from tests.strategies import sessions

URLS = AudioUrls("https://coach.example/audio", b"sixteen bytes or")
A_SET = Session(phase=Phase.SET, plan=Plan(blocks=(Block("glute_bridge", 2, 8),)), rep=3)
WORKOUTS = sessions(the_catalogue()).filter(lambda s: s.phase in IN_WORKOUT)


def longest() -> Session:
    """Return the workout with most in it that anybody can have."""
    catalogue = the_catalogue()
    exercises, moves = tuple(catalogue.exercises), tuple(catalogue.moves)
    blocks = tuple(
        Block(id_, MOST_SETS, MOST_REPS - at) for at, id_ in enumerate(exercises[-MOST_BLOCKS:])
    )
    plan = Plan(moves[:MOST_MOVES], blocks, moves[-MOST_MOVES:], 123, 45)
    done = tuple(
        SetDone(block, (7 * block + 11 * set_) % MOST_REPS)
        for block in range(len(blocks))
        for set_ in range(MOST_SETS)
    )
    return Session(
        phase=Phase.COOL_DOWN,
        plan=plan,
        done=done,
        met=(*exercises, *moves)[-40:],
        said=11,
        preferences=Preferences(talk=TalkLevel.SHORT, pace=155, rest=290),
    )


def pieces(address: str) -> tuple[str, str, str, str]:
    locale, played, last = address.removeprefix(f"{URLS.base}/").removesuffix(".mp3").split("/")
    plan, _, signature = last.partition(".")
    return locale, played, plan, signature


def signed(plain: bytes) -> tuple[str, str, str, str]:
    """Sign what no session is made of, as only the holder of the secret can."""
    plan = base64.urlsafe_b64encode(plain).decode().rstrip("=")
    return "en-US", "track", plan, URLS._signature("en-US", "track", plan)


@given(session=WORKOUTS, played=st.sampled_from(Played))
@settings(max_examples=60, deadline=None)
def test_what_is_signed_is_read_back(session: Session, played: Played) -> None:
    heard = alike(session)
    assert URLS.read(*pieces(URLS.personal("en-US", played, heard))) == heard


@given(session=WORKOUTS)
@settings(max_examples=60, deadline=None)
def test_addresses_and_tokens_are_no_longer_than_amazon_takes(session: Session) -> None:
    assert len(URLS.personal("en-US", Played.TRACK, alike(session))) <= 2_000
    assert len(URLS.signed("en-US", "token", playing.as_played(session))) <= 1_024


def test_the_longest_workout_has_an_address_and_a_token_too() -> None:
    session = longest()
    address = URLS.personal("en-US", Played.TRACK, alike(session))
    assert len(address) <= LONGEST_PLAN
    assert len(URLS.signed("en-US", "token", playing.as_played(session))) <= 1_024
    assert URLS.read(*pieces(address)) == alike(session)


@pytest.mark.parametrize("at", range(4))
def test_a_piece_that_was_changed_is_not_ours(at: int) -> None:
    whole = list(pieces(URLS.personal("en-US", Played.PART, A_SET)))
    for changed in (
        whole[at][:-1],
        whole[at] + "A",
        whole[at][:-1] + "~",
        "",
        "ü",
        "en-GB",
        "track",
    ):
        forged = [*whole[:at], changed, *whole[at + 1 :]]
        with pytest.raises(NotSigned):
            URLS.read(*forged)


@given(pieces=st.tuples(*[st.text(max_size=40)] * 4))
@settings(max_examples=200, deadline=None)
def test_nothing_that_somebody_makes_up_is_ours(pieces: tuple[str, str, str, str]) -> None:
    with pytest.raises(NotSigned):
        URLS.read(*pieces)


def test_another_secret_signs_nothing_of_ours() -> None:
    other = AudioUrls(URLS.base, b"some other bytes, sixteen or more")
    with pytest.raises(NotSigned):
        URLS.read(*pieces(other.personal("en-US", Played.TRACK, A_SET)))


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"no zlib at all",
        zlib.compress(b""),
        zlib.compress(b"{"),
        zlib.compress(b"\xff\xfe"),
        zlib.compress(b"[]"),
        zlib.compress(b"null"),
        zlib.compress(b'{"version": 999}'),
        zlib.compress(b"0" * 50_000_000, 9)[:1_400],
        zlib.compress(json.dumps(to_plain(A_SET)).encode())[:-9],
        zlib.compress(json.dumps(to_plain(A_SET) | {"x": "y" * LARGEST_PLAN}).encode()),
    ],
    ids=lambda plain: f"{len(plain)} bytes",
)
def test_even_signed_nonsense_and_bombs_are_refused(plain: bytes) -> None:
    with pytest.raises(NotSigned):
        URLS.read(*signed(plain))


def test_a_plan_too_long_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NotSigned, match="not ours"):
        URLS.read(*signed(zlib.compress(b"x") + b"\0" * LONGEST_PLAN))
