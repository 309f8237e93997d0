"""Composed sound over HTTP: every header a player goes by, and no byte that was not asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from audio.answering import ASK_AGAIN, FOR_EVER
from audio.compose import compose
from audio.frames import check
from audio.manifest import ClipFolderError
from audio.serving import ASK_AGAIN_PERSONAL, audio_blueprint
from skill.coach.exercise import Block, Plan
from skill.coach.reply import Beat, Line, Mark, Pause, Script
from skill.coach.session import Phase, Session
from skill.render.audio_url import AudioUrls, Played
from tests.audio.tones import Tones

URLS = AudioUrls("https://coach.example/audio", b"sixteen bytes or more")
GUIDE = "/audio/en-US/guides/bridge.mp3"
SCRIPT: Script = (
    Mark("set_up"),
    Line("41"),
    Pause(2_000),
    Mark("lift", rep=1),
    Beat(3_000, Line("20")),
    Line("90"),
)
MADE = datetime(2026, 3, 1, 12, 0, 0, 400_000, UTC)
SESSION = Session(phase=Phase.SET, said=7, plan=Plan(blocks=(Block("glute_bridge", 3, 10),)))


class Studio:
    """The pieces of a small house: one guide, one voice."""

    def __init__(self) -> None:
        self.tones = Tones()
        self.scripts: dict[str, Script] = {"bridge": SCRIPT}
        self.asked: list[object] = []
        self.folder_is_gone = False
        self.hurry = threading.Event()
        self.hurry.set()

    def guide(self, locale: str, guide: str) -> Script | None:
        self.asked.append((locale, guide))
        self.hurry.wait(5)
        return self.scripts.get(guide)

    def personal(self, locale: str, played: Played, session: Session) -> Script | None:
        self.asked.append((locale, played, session))
        return SCRIPT if session.phase is Phase.SET else None

    def clips(self, locale: str) -> Tones | None:
        return self.tones if locale == "en-US" else None

    def clip(self, locale: str, name: str) -> bytes | None:
        self.asked.append((locale, name))
        if self.folder_is_gone:
            raise ClipFolderError("the folder is gone")
        known = locale == "en-US" and name == "tone-20-0"
        return self.tones.sound(self.tones.of(Line("20"))) if known else None


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = MADE

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def client(studio: Studio, hands: Hands) -> FlaskClient:
    return an_app(studio, hands).test_client()


def an_app(studio: Studio, hands: Hands, keep: int = 4) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(audio_blueprint(studio, URLS, clock=hands, keep=keep))
    return app


def whole() -> bytes:
    return compose(SCRIPT, Tones()).read()


def path_of(url: str) -> str:
    return url.removeprefix("https://coach.example")


def reason(response: TestResponse) -> object:
    assert response.content_type == "application/json;charset=UTF-8"
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_json()["error"]


# What is served


def test_a_guide_is_sent_whole_with_all_that_a_player_goes_by(client: FlaskClient) -> None:
    response = client.get(GUIDE)
    assert response.status_code == 200
    assert response.data == whole()
    check(response.data)
    headers = response.headers
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Content-Length"] == str(len(whole()))
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["ETag"] == f'"{compose(SCRIPT, Tones()).etag}"'
    assert headers["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert headers["Cache-Control"] == ASK_AGAIN
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Range" in headers["Access-Control-Expose-Headers"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("played", Played)
def test_a_signed_address_plays_what_it_says_and_no_shared_cache_keeps_it(
    client: FlaskClient, studio: Studio, played: Played
) -> None:
    response = client.get(path_of(URLS.personal("en-US", played, SESSION)))
    assert response.status_code == 200
    assert response.data == whole()
    assert response.headers["Cache-Control"] == ASK_AGAIN_PERSONAL
    assert studio.asked == [("en-US", played, SESSION)]


def test_a_clip_is_named_by_its_content_and_kept_for_ever(client: FlaskClient) -> None:
    response = client.get("/audio/en-US/clips/tone-20-0.mp3")
    assert response.status_code == 200
    assert len(response.data) == 20 * 144
    assert response.headers["Cache-Control"] == FOR_EVER
    assert response.headers["ETag"] == '"tone-20-0"'
    part = client.get("/audio/en-US/clips/tone-20-0.mp3", headers={"Range": "bytes=144-287"})
    assert part.data == response.data[144:288]


def test_head_tells_everything_and_sends_and_fetches_nothing(
    client: FlaskClient, studio: Studio
) -> None:
    head = client.head(GUIDE, headers={"Range": "bytes=0-9"})
    assert studio.tones.read == []
    got = client.get(GUIDE)
    assert (head.status_code, head.data) == (200, b"")
    for response in (head, got):
        response.headers.remove("Date")
    assert dict(head.headers) == dict(got.headers)


# What is not


@pytest.mark.parametrize(
    "path",
    [
        "/audio/en-US/guides/backflip.mp3",
        "/audio/tlh/guides/bridge.mp3",
        "/audio/en-US/clips/tone-99-0.mp3",
        "/audio/en-US/clips/..mp3",
        "/audio/en-US/clips/..%5Csecret.mp3",
        "/audio/en-US/clips/" + "a" * 129 + ".mp3",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, reason(response)) == (404, "not-found")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_name_that_no_clip_can_have_is_asked_of_nobody(
    client: FlaskClient, studio: Studio
) -> None:
    client.get("/audio/en-US/clips/..%5Csecret.mp3")
    assert studio.asked == []


def test_a_plan_that_plays_nothing_is_not_found(client: FlaskClient) -> None:
    nothing = URLS.personal("en-US", Played.PART, Session())
    assert reason(client.get(path_of(nothing))) == "not-found"


def forged() -> Iterator[tuple[str, str]]:
    """Give addresses that we did not sign."""
    url = path_of(URLS.personal("en-US", Played.PART, SESSION))
    front, _, name = url.rpartition("/")
    plan, signature, _ = name.split(".")
    other = replace(URLS, secret=b"somebody else's secret")
    yield "unsigned", f"{front}/{plan}..mp3"
    yield "another signature", f"{front}/{plan}.{signature[::-1]}.mp3"
    yield "another secret", path_of(other.personal("en-US", Played.PART, SESSION))
    yield "another plan", f"{front}/{plan[:-4]}AAAA.{signature}.mp3"
    yield "played otherwise", url.replace("/part/", "/track/")
    yield "another locale", url.replace("/en-US/", "/de-DE/")
    yield "not even text", f"{front}/%F0%9F%8D%8E.{signature}.mp3"
    yield "too long", f"{front}/{'A' * 3_000}.{signature}.mp3"


@pytest.mark.parametrize(("path"), [pytest.param(path, id=id_) for id_, path in forged()])
def test_what_we_did_not_sign_is_refused_before_anybody_works_for_it(
    client: FlaskClient, studio: Studio, path: str
) -> None:
    response = client.get(path)
    if not path.endswith("..mp3"):
        assert (response.status_code, reason(response)) == (403, "not-signed")
    assert response.status_code in (403, 404)
    assert studio.asked == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_sound_is_only_read(client: FlaskClient, method: str) -> None:
    assert client.open(GUIDE, method=method).status_code == 405


# Ranges


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-", 0, None),
        ("bytes=0-0", 0, 1),
        ("bytes=0-1", 0, 2),
        ("bytes=1000-1999", 1_000, 2_000),
        ("bytes=1000-", 1_000, None),
        ("bytes=-500", -500, None),
        ("bytes=-999999999", 0, None),
        ("bytes=100-999999999", 100, None),
        ("Bytes = 5-9", 5, 10),
    ],
)
def test_a_range_is_answered_with_those_bytes(
    client: FlaskClient, asked: str, start: int, stop: int | None
) -> None:
    mp3 = whole()
    response = client.get(GUIDE, headers={"Range": asked})
    first, behind, _ = slice(start, stop).indices(len(mp3))
    assert response.status_code == 206
    assert response.data == mp3[start:stop]
    assert response.headers["Content-Range"] == f"bytes {first}-{behind - 1}/{len(mp3)}"
    assert response.headers["Content-Length"] == str(behind - first)
    assert response.headers["ETag"] == client.get(GUIDE).headers["ETag"]


@given(st.data())
def test_any_range_is_that_range_of_the_whole(data: st.DataObject) -> None:
    client, mp3 = an_app(Studio(), Hands()).test_client(), whole()
    start = data.draw(st.integers(0, len(mp3) - 1))
    last = data.draw(st.integers(start, len(mp3) + 5))
    response = client.get(GUIDE, headers={"Range": f"bytes={start}-{last}"})
    assert response.data == mp3[start : last + 1]


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "bytes=0-1,-5", "frames=0-1", "bytes=9-5", "bytes=a-b", "bytes=", "0-5", ""],
)
def test_several_ranges_and_what_is_no_range_get_the_whole(client: FlaskClient, asked: str) -> None:
    response = client.get(GUIDE, headers={"Range": asked})
    assert response.status_code == 200
    assert response.data == whole()


@pytest.mark.parametrize("behind", [0, 1, 10**12])
def test_a_range_behind_the_end_is_refused_with_the_length(
    client: FlaskClient, behind: int
) -> None:
    size = len(whole())
    response = client.get(GUIDE, headers={"Range": f"bytes={size + behind}-"})
    assert (response.status_code, reason(response)) == (416, "range-not-satisfiable")
    assert response.headers["Content-Range"] == f"bytes */{size}"


def test_a_range_fetches_only_the_clips_in_it(client: FlaskClient, studio: Studio) -> None:
    client.get(GUIDE, headers={"Range": "bytes=-144"})
    assert studio.tones.read == ["tone-90-0"]


# Conditions


def headers_of(client: FlaskClient) -> tuple[str, str]:
    headers = client.get(GUIDE).headers
    return headers["ETag"], headers["Last-Modified"]


def test_who_has_it_already_is_told_so(client: FlaskClient) -> None:
    etag, date = headers_of(client)
    later = format_datetime(MADE + timedelta(days=1), usegmt=True)
    for condition in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": date},
        {"If-Modified-Since": later},
        {"If-None-Match": etag, "Range": "bytes=0-9"},
    ):
        response = client.get(GUIDE, headers=condition)
        assert (response.status_code, response.data) == (304, b""), condition
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == ASK_AGAIN
        assert "Content-Type" not in response.headers


def test_who_has_something_else_gets_it(client: FlaskClient) -> None:
    _, date = headers_of(client)
    before = format_datetime(MADE - timedelta(days=1), usegmt=True)
    for condition in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": date},
        {"If-Modified-Since": before},
        {"If-Modified-Since": "yesterday"},
    ):
        response = client.get(GUIDE, headers=condition)
        assert (response.status_code, response.data) == (200, whole()), condition


def test_a_range_goes_on_only_in_the_very_same_file(client: FlaskClient) -> None:
    etag, date = headers_of(client)
    after = format_datetime(MADE + timedelta(days=1), usegmt=True)
    for condition, status in (
        (etag, 206),
        (date, 206),
        ('"other"', 200),
        (f"W/{etag}", 200),
        (after, 200),
        ("nonsense", 200),
    ):
        asked = {"Range": "bytes=10-19", "If-Range": condition}
        response = client.get(GUIDE, headers=asked)
        assert response.status_code == status, condition
        assert response.data == (whole()[10:20] if status == 206 else whole())


def test_a_file_other_than_wanted_is_refused(client: FlaskClient) -> None:
    etag, _ = headers_of(client)
    assert client.get(GUIDE, headers={"If-Match": etag}).status_code == 200
    response = client.get(GUIDE, headers={"If-Match": '"other"'})
    assert (response.status_code, reason(response)) == (412, "precondition-failed")


def test_a_browser_may_ask_for_ranges_from_any_page(client: FlaskClient) -> None:
    response = client.options(
        GUIDE,
        headers={
            "Origin": "https://player.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "range",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"


# What goes wrong


def test_a_clip_that_cannot_be_rendered_is_told_before_the_first_byte(
    client: FlaskClient, studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    studio.tones.missing.add("90")
    response = client.get(GUIDE)
    assert (response.status_code, reason(response)) == (503, "sound-missing")
    assert response.headers["Retry-After"] == "30"
    assert "Content-Range" not in response.headers
    logged = capsys.readouterr()
    assert "sound_missing" in logged.out + logged.err
    studio.tones.missing.clear()
    assert client.get(GUIDE).data == whole()


def test_a_clip_that_is_damaged_later_is_told_and_then_composed_anew(
    client: FlaskClient, studio: Studio
) -> None:
    assert client.get(GUIDE).status_code == 200
    studio.tones.damaged.add("tone-90-0")
    assert client.get(GUIDE, headers={"Range": "bytes=0-"}).status_code == 503
    assert client.get(GUIDE, headers={"Range": "bytes=0-99"}).data == whole()[:100]
    assert len(studio.asked) == 2


def test_a_folder_that_cannot_be_read_is_told(client: FlaskClient, studio: Studio) -> None:
    studio.folder_is_gone = True
    response = client.get("/audio/en-US/clips/tone-20-0.mp3")
    assert (response.status_code, reason(response)) == (503, "sound-missing")


# What is kept


def test_fifty_ranges_of_a_guide_compose_it_once(client: FlaskClient, studio: Studio) -> None:
    got = b""
    for start in range(0, len(whole()), len(whole()) // 49):
        last = start + len(whole()) // 49 - 1
        got += client.get(GUIDE, headers={"Range": f"bytes={start}-{last}"}).data
    assert got == whole()
    assert studio.asked == [("en-US", "bridge")]


def test_who_asks_at_the_same_time_waits_for_the_one_composition(
    studio: Studio, hands: Hands
) -> None:
    app = an_app(studio, hands)
    studio.hurry.clear()
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(lambda: app.test_client().get(GUIDE).data) for _ in range(8)]
        studio.hurry.set()
        assert {each.result() for each in waiting} == {whole()}
    assert studio.asked == [("en-US", "bridge")]


def test_only_the_compositions_asked_for_last_are_kept(studio: Studio, hands: Hands) -> None:
    client = an_app(studio, hands, keep=2).test_client()
    for name in ("a", "b", "c"):
        studio.scripts[name] = SCRIPT
    for name in ("a", "b", "a", "c", "a", "b"):
        client.get(f"/audio/en-US/guides/{name}.mp3")
    assert studio.asked == [("en-US", name) for name in ("a", "b", "c", "b")]


def test_other_clips_make_another_composition(
    client: FlaskClient, studio: Studio, hands: Hands
) -> None:
    client.get(GUIDE)
    studio.tones = Tones()
    hands.now += timedelta(hours=1)
    assert client.get(GUIDE).headers["Last-Modified"] == "Sun, 01 Mar 2026 13:00:00 GMT"


def test_unknown_guides_push_nothing_out(studio: Studio, hands: Hands) -> None:
    client = an_app(studio, hands, keep=2).test_client()
    client.get(GUIDE)
    for n in range(5):
        client.get(f"/audio/en-US/guides/unknown-{n}.mp3")
    client.get(GUIDE)
    assert studio.asked.count(("en-US", "bridge")) == 1


# Through a real server


@pytest.fixture
def address(studio: Studio, hands: Hands) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, an_app(studio, hands), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_real_client_seeks_resumes_and_asks_again(address: str) -> None:
    with requests.Session() as player:
        player.trust_env = False
        url = address + GUIDE
        head = player.head(url, timeout=5)
        assert int(head.headers["Content-Length"]) == len(whole())
        assert head.content == b""
        begun = player.get(url, headers={"Range": "bytes=0-"}, timeout=5)
        assert (begun.status_code, begun.content) == (206, whole())
        condition = {"Range": "bytes=5000-", "If-Range": begun.headers["ETag"]}
        resumed = player.get(url, headers=condition, timeout=5)
        assert (resumed.status_code, resumed.content) == (206, whole()[5_000:])
        again = {"If-None-Match": begun.headers["ETag"]}
        assert player.get(url, headers=again, timeout=5).status_code == 304
        beyond = player.get(url, headers={"Range": "bytes=99999999-"}, timeout=5)
        assert (beyond.status_code, beyond.json()) == (416, {"error": "range-not-satisfiable"})
        assert player.get(url, timeout=5).content == whole()
