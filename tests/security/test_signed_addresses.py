"""What a signature of ours is good for, and what it is not, whoever holds it or the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.alexa.memory import listener_key
from skill.alexa.streams import TOKEN, Streams
from skill.render.audio_url import AudioUrls, NotSigned, Played
from tests.coach.listener import the_words
from tests.security.conftest import BASE, SECRET
from tests.security.walking import SESSION


@pytest.fixture
def client(applications: dict[str, Flask]) -> FlaskClient:
    return applications["webhook"].test_client()


def path_of(urls: AudioUrls, played: Played = Played.PART) -> str:
    return urls.personal("en-US", played, SESSION).removeprefix("https://coach.example")


def altered(text: str) -> Iterator[str]:
    """Give a text with each of its characters changed, left out, doubled, in another case."""
    for at, letter in enumerate(text):
        for instead in ("", "A" if letter != "A" else "B", letter * 2, letter.swapcase()):
            if instead != letter:
                yield text[:at] + instead + text[at + 1 :]


def test_what_we_signed_is_played_as_often_as_it_is_asked_for(
    client: FlaskClient, urls: AudioUrls
) -> None:
    answers = [client.get(path_of(urls)) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.get_data() for answer in answers}) == 1


def test_no_character_of_a_signed_address_can_be_changed(urls: AudioUrls) -> None:
    locale, played, last = urls.signed("en-US", Played.PART, SESSION).split("/")
    plan, signature = last.split(".")
    whole = (locale, played, plan, signature)
    for at, piece in enumerate(whole):
        for other in altered(piece):
            with pytest.raises(NotSigned):
                urls.read(*(*whole[:at], other, *whole[at + 1 :]))


def test_what_a_device_holds_for_its_player_opens_no_address(
    client: FlaskClient, urls: AudioUrls
) -> None:
    token = urls.signed("en-US", TOKEN, SESSION)
    for played in Played:
        assert client.get(f"/audio/{token.replace(TOKEN, played)}.mp3").status_code == 403
    assert client.get(f"/audio/{token}.mp3").status_code == 404


@pytest.mark.parametrize("played", Played)
def test_an_address_is_no_token_of_a_player(urls: AudioUrls, played: Played) -> None:
    streams = Streams(urls, "en-US", the_words())
    assert streams.read(urls.signed("en-US", TOKEN, SESSION), 0) is not None
    address = urls.signed("en-US", played, SESSION)
    assert streams.read(address, 0) is None
    assert streams.read(address.replace(f"/{played}/", f"/{TOKEN}/"), 0) is None


def test_who_stole_the_store_can_sign_nothing(urls: AudioUrls) -> None:
    """Its keys are made with the same secret, and are good neither as a key nor as a signature.

    Not even that of a text that is just what a signature would be for.
    """
    plan = urls.signed("en-US", Played.PART, SESSION).split("/")[2].partition(".")[0]
    for hashed in ("amzn1.ask.account.X", f"audio:en-US/part/{plan}", f"en-US/part/{plan}"):
        stolen = listener_key(hashed, SECRET.encode())
        forged = AudioUrls(BASE, stolen.encode()).signed("en-US", Played.PART, SESSION)
        for signature in (stolen, stolen[:16], forged.rpartition(".")[2]):
            with pytest.raises(NotSigned):
                urls.read("en-US", "part", plan, signature)


def test_what_is_forged_does_not_tell_how_near_it_was(client: FlaskClient, urls: AudioUrls) -> None:
    path = path_of(urls)
    near, far = path[:-5] + "A.mp3", path[:-20] + "A" * 16 + ".mp3"
    answers = [client.get(each) for each in (near, far)]
    assert {answer.status_code for answer in answers} == {403}
    assert answers[0].get_data() == answers[1].get_data()
