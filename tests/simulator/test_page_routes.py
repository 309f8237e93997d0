from __future__ import annotations

import gzip
import json
from importlib.resources import files

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from skill.simulator.playback import Playback
from skill.simulator.routes import TYPES
from skill.simulator.speaker import CannotSpeak
from tests.simulator.visitor import Blip, Visitor, app_of, round_frames

NAMES = sorted(
    file.name
    for file in (files("skill.simulator") / "page").iterdir()
    if file.name.rpartition(".")[2] in TYPES
)


@pytest.fixture
def client() -> FlaskClient:
    return app_of().test_client()


@pytest.mark.parametrize("name", [*NAMES, "figures.json"])
def test_every_file_of_the_page_is_served_with_its_type(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/page/{name}")
    assert answer.status_code == 200
    assert answer.content_type == TYPES[name.rpartition(".")[2]]
    if name != "figures.json":
        assert answer.get_data() == (files("skill.simulator") / "page" / name).read_bytes()


def test_the_modules_that_draw_screens_are_served(client: FlaskClient) -> None:
    folder = files("skill.simulator") / "page" / "apl"
    for module in folder.iterdir():
        answer = client.get(f"/page/apl/{module.name}")
        assert answer.content_type == TYPES["js"]
        assert answer.get_data() == module.read_bytes()


@pytest.mark.parametrize(("path", "name"), [("/", "index.html"), ("/guides", "guides.html")])
def test_the_pages_have_short_addresses(client: FlaskClient, path: str, name: str) -> None:
    answer = client.get(path)
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.get_data() == (files("skill.simulator") / "page" / name).read_bytes()


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_there_already_is_not_sent_again(client: FlaskClient, packed: bool) -> None:
    headers = {"Accept-Encoding": "gzip"} if packed else {}
    first = client.get("/page/house.css", headers=headers)
    again = client.get(
        "/page/house.css", headers=headers | {"If-None-Match": first.headers["ETag"]}
    )
    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.get_data()) == (304, b"")
    other = client.get("/page/house.css", headers={"If-None-Match": '"something else"'})
    assert other.status_code == 200


def test_a_browser_that_unpacks_gets_less(client: FlaskClient) -> None:
    plain = client.get("/page/figures.json")
    packed = client.get("/page/figures.json", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert len(packed.get_data()) * 3 < len(plain.get_data())
    refuses = client.get("/page/figures.json", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refuses.headers


@pytest.mark.parametrize(
    "path",
    [
        "/page/",
        "/page/none.js",
        "/page/../routes.py",
        "/page/..%2froutes.py",
        "/page/%2e%2e/routes.py",
        "/page/%2Fetc%2Fpasswd",
        "/page/sub/house.css",
        "/page/apl/",
        "/page/apl/..%2fhouse.css",
        "/page/apl/house.css",
        "/page/house.css%00",
        "/page/__init__.py",
        "/guides/",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.get_json()["error"] == "not-found"


def test_whoever_has_an_id_of_a_figure_finds_it_drawn(client: FlaskClient) -> None:
    figures = json.loads(client.get("/page/figures.json").get_data())["figures"]
    assert len(figures["glute_bridge"]["poses"]) == 21


def test_a_state_is_never_kept_by_a_browser(client: FlaskClient) -> None:
    ann = Visitor(client)
    assert client.get(ann.path).headers["Cache-Control"] == "no-store"


def test_without_a_voice_there_is_no_sound_but_captions(client: FlaskClient) -> None:
    ann = Visitor(client)
    ann.does("say", 0, words="start my hip workout")
    assert ann.state["sound"]["url"] is None
    assert ann.state["sound"]["ms"] > 2_000
    assert [c["text"] for c in ann.state["sound"]["captions"]] == ["Hello.", "What shall we do?"]
    assert client.get(f"{ann.path}/sound/1.mp3").status_code == 404


def test_sound_is_played_in_pieces(page: Flask, exercising: Visitor) -> None:
    url, whole = exercising.state["sound"]["url"], exercising.sound
    client = page.test_client()
    piece = client.get(url, headers={"Range": "bytes=144-287"})
    assert (piece.status_code, piece.get_data()) == (206, whole[144:288])
    assert piece.headers["Content-Range"] == f"bytes 144-287/{len(whole)}"
    assert client.head(url).content_length == len(whole)
    assert client.get(url, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416


def test_a_sound_can_still_be_had_when_another_has_just_taken_its_place(
    exercising: Visitor,
) -> None:
    url, whole = exercising.state["sound"]["url"], exercising.sound
    exercising.cuts_in(2_000, "pause")
    assert exercising.client.get(url).get_data() == whole
    exercising.says("carry on", "pause", "carry on", "pause")
    assert exercising.client.get(url).status_code == 404


def test_sound_of_no_step_is_not_found(page: Flask, exercising: Visitor) -> None:
    number = exercising.state["sound"]["number"]
    client = page.test_client()
    for other in (0, number + 1, 10**30):
        assert client.get(f"{exercising.path}/sound/{other}.mp3").status_code == 404
    assert client.get(f"{exercising.path}/sound/-1.mp3").status_code == 404


class Hoarse(Blip):
    """A voice that knows how long everything takes, and fails when it is to be heard."""

    def sound(self, playback: Playback) -> bytes:
        assert round_frames(playback.ms)
        raise CannotSpeak


def test_a_voice_that_fails_when_it_is_to_be_heard_is_answered_503() -> None:
    client = app_of(voice=Hoarse()).test_client()
    wish = {"device": "speaker", "locale": "en-US", "listener": "a" * 20}
    path = f"/speakers/{client.post('/speakers', json=wish).get_json()['speaker']}"
    step = {"number": 0, "after_ms": 0, "do": "say", "words": "start my hip workout"}
    state = client.post(f"{path}/steps", json=step).get_json()
    with structlog.testing.capture_logs() as events:
        answer = client.get(state["sound"]["url"])
    assert (answer.status_code, answer.get_json()) == (503, {"error": "sound-missing"})
    assert [event["event"] for event in events] == ["sound_missing"]
    assert client.get(path).get_json() == state


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/speakers"), ("POST", "/"), ("PUT", "/guides")]
)
def test_what_a_route_does_not_do_is_told_in_json(
    client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert answer.get_json() == {"error": "method-not-allowed"}
