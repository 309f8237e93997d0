"""Guides told of over HTTP: a list, a feed, captions, pictures, downloads; and what is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audio.answering import ASK_AGAIN
from audio.clip import Clip
from audio.collection import Collection
from audio.compose import compose
from audio.feed import Channel, Episode, rss
from audio.frames import check
from audio.guides import Guide, Kind
from audio.listing import ASK_EVERY_TIME, listing_blueprint
from audio.serving import audio_blueprint
from audio.voices.voice import VoiceError
from skill.coach.reply import Line, Script
from skill.coach.session import Session
from skill.render.audio_url import AudioUrls, Played
from tests.audio.quiet_clips import QuietClips, few_guides, guide_of, the_guides
from tests.audio.readers import captions_of, mp3_of
from tests.coach.listener import the_words

BASE = "https://coach.example/audio"
STARTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RENDERED = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
SET = "set-glute_bridge-8"
LIST = "/audio/en-US/guides.json"
FEED = "/audio/en-US/feed.xml"
VTT = f"/audio/en-US/guides/{SET}.vtt"
SVG = f"/audio/en-US/guides/{SET}.svg"
DOWNLOAD = f"/audio/en-US/downloads/{SET}.mp3"
EVERYTHING = (LIST, FEED, VTT, SVG, DOWNLOAD)


class Studio:
    """The guides of one voice that only moves its lips."""

    def __init__(self, guides: tuple[Guide, ...] = few_guides()) -> None:
        self.quiet = QuietClips(the_words())
        self.rendered: list[str] = []
        self.voice_is_gone = False
        self.by_id = {guide.id: guide for guide in guides}
        self.known = Collection("en-US", self.by_id, the_words(), self.length_of, RENDERED)

    def length_of(self, line: Line) -> int:
        return self.quiet.of(line).ms

    @property
    def locale(self) -> str:
        return "en-US"

    def of(self, line: Line) -> Clip:
        self.rendered.append(line.id)
        return self.quiet.of(line)

    def sound(self, clip: Clip) -> bytes:
        return self.quiet.sound(clip)

    def collection(self, locale: str) -> Collection | None:
        if self.voice_is_gone:
            raise VoiceError("the voice is gone")
        return self.known if locale == "en-US" else None

    def clips(self, locale: str) -> Studio | None:
        return self if locale == "en-US" else None

    def guide(self, locale: str, guide: str) -> Script | None:
        found = self.by_id.get(guide)
        return found.script if found and locale == "en-US" else None

    def personal(self, locale: str, played: Played, session: Session) -> Script | None:
        raise AssertionError(f"{locale}, {played}, {session}: nothing here is personal")

    def clip(self, locale: str, name: str) -> bytes | None:
        raise AssertionError(f"{locale}, {name}: no clip is asked for by its name")


@pytest.fixture
def studio() -> Studio:
    return Studio()


def an_app(studio: Studio, base: str | None = BASE) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(audio_blueprint(studio, AudioUrls(BASE, b"sixteen bytes or more")))
    listing = listing_blueprint(studio, base, page="/guides", clock=lambda: STARTED)
    app.register_blueprint(listing)
    return app


@pytest.fixture
def client(studio: Studio) -> FlaskClient:
    return an_app(studio).test_client()


@pytest.fixture
def nearby(studio: Studio) -> FlaskClient:
    """Asks a house that was told no address of its own."""
    return an_app(studio, None).test_client()


def listed(client: FlaskClient) -> dict[str, Any]:
    guides = client.get(LIST).get_json()["guides"]
    return {guide["id"]: guide for guide in guides}


def reason(response: TestResponse) -> object:
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_json()["error"]


# The list


def test_a_guide_is_listed_with_all_that_a_page_shows(client: FlaskClient) -> None:
    guide = listed(client)["how-to-step_up"]
    here = "/audio/en-US"
    assert guide["kind"] == Kind.HOW_TO
    assert guide["title"] == "How to: step-up"
    assert guide["level"] == "Beginner"
    assert guide["equipment"] == ["A box that cannot move"]
    assert guide["figure"] == guide["exercise"] == "step_up"
    assert guide["picture"] == f"{here}/guides/how-to-step_up.svg"
    assert guide["sound"] == f"{here}/guides/how-to-step_up.mp3"
    assert guide["captions"] == f"{here}/guides/how-to-step_up.vtt"
    assert guide["download"] == f"{here}/downloads/how-to-step_up.mp3"
    starts = [chapter["at_ms"] for chapter in guide["chapters"]]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert [chapter["title"] for chapter in guide["chapters"]] == [
        "How to: step-up",
        "Getting into position",
        "The movement",
        "What can go wrong",
    ]


def test_guides_are_listed_in_the_order_of_the_house(client: FlaskClient) -> None:
    assert list(listed(client)) == [guide.id for guide in few_guides()]


def test_every_address_in_the_list_leads_somewhere(client: FlaskClient) -> None:
    for guide in listed(client).values():
        for name in ("sound", "download", "captions", "picture"):
            assert client.head(guide[name]).status_code == 200, guide[name]


def test_every_guide_of_the_house_can_be_listed() -> None:
    guides = listed(an_app(Studio(the_guides())).test_client())
    assert set(guides) == {guide.id for guide in the_guides()}
    assert {guide["kind"] for guide in guides.values()} == set(Kind)
    assert not [guide["id"] for guide in guides.values() if guide["ms"] < 60_000]


def test_lengths_are_those_of_the_sound_when_its_clips_are_known(client: FlaskClient) -> None:
    for guide in listed(client).values():
        sound = client.get(guide["sound"])
        assert guide["ms"] == compose(guide_of(guide["id"]).script, QuietClips(the_words())).ms
        assert guide["ms"] * 6 == len(sound.data)  # 144 bytes last 24 ms


def test_chapters_begin_where_the_sound_of_them_does(client: FlaskClient) -> None:
    for id_, guide in listed(client).items():
        timeline = compose(guide_of(id_).script, QuietClips(the_words())).timeline
        starts = [timeline.marks[chapter.mark][0] for chapter in guide_of(id_).chapters]
        assert [chapter["at_ms"] for chapter in guide["chapters"]] == starts


@pytest.mark.parametrize("path", [LIST, FEED, SVG])
def test_nothing_is_rendered_for_a_list(client: FlaskClient, studio: Studio, path: str) -> None:
    assert client.get(path).status_code == 200
    assert studio.rendered == []


def test_what_is_known_anew_is_listed_anew(client: FlaskClient, studio: Studio) -> None:
    before = listed(client)[SET]["ms"]
    studio.quiet = QuietClips(the_words(), slower=10)
    studio.known = Collection("en-US", studio.by_id, the_words(), studio.length_of)
    assert listed(client)[SET]["ms"] > before


# The feed


def test_another_reader_understands_the_feed(client: FlaskClient) -> None:
    response = client.get(FEED)
    feed = feedparser.parse(response.data)
    assert response.content_type == "application/rss+xml;charset=UTF-8"
    assert feed.bozo is False
    assert feed.feed.title == "My Hip Workout"
    assert feed.feed.link == "https://coach.example/guides"
    assert feed.feed.image.href == f"{BASE}/cover.png"
    assert [entry.title for entry in feed.entries] == [
        guide["title"] for guide in listed(client).values()
    ]


def test_the_feed_tells_the_exact_length_of_every_file(client: FlaskClient) -> None:
    guides = listed(client)
    for entry in feedparser.parse(client.get(FEED).data).entries:
        (enclosure,) = entry.enclosures
        path = enclosure.href.removeprefix("https://coach.example")
        assert path in {guide["sound"] for guide in guides.values()}
        assert int(enclosure.length) == len(client.get(path).data)
        assert entry.link.startswith("https://coach.example/guides#")


@pytest.mark.parametrize(("changed", "told"), [(RENDERED, RENDERED), (None, STARTED)])
def test_guides_are_as_old_as_their_clips_or_as_this_house(
    studio: Studio, changed: datetime | None, told: datetime
) -> None:
    studio.known = Collection("en-US", studio.by_id, the_words(), studio.length_of, changed)
    feed = feedparser.parse(an_app(studio).test_client().get(FEED).data)
    assert {entry.published_parsed[:5] for entry in feed.entries} == {told.timetuple()[:5]}


def test_a_house_with_an_address_tells_that_one_whoever_asks(client: FlaskClient) -> None:
    response = client.get(FEED, headers={"Host": "evil.example"})
    assert b"evil.example" not in response.data
    assert response.headers["Cache-Control"] == ASK_AGAIN
    assert client.get(LIST).get_json()["feed"] == f"{BASE}/en-US/feed.xml"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1:8080", "192.168.1.7:8080", "[::1]:8080"]
)
def test_a_house_without_an_address_tells_the_one_that_was_asked_for(
    nearby: FlaskClient, host: str
) -> None:
    response = nearby.get(FEED, headers={"Host": host})
    feed = feedparser.parse(response.data)
    assert feed.feed.link == f"http://{host}/guides"
    assert feed.entries[0].enclosures[0].href.startswith(f"http://{host}/audio/en-US/guides/")
    assert response.headers["Cache-Control"] == ASK_EVERY_TIME
    assert nearby.get(LIST).get_json()["feed"] == FEED


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example"]
)
def test_a_name_that_may_be_somebody_elses_is_never_told(nearby: FlaskClient, host: str) -> None:
    response = nearby.get(FEED, headers={"Host": host})
    assert (response.status_code, reason(response)) == (421, "wrong-host")


def test_an_episode_is_the_same_one_in_the_feed_of_an_export(client: FlaskClient) -> None:
    exported = Episode(f"{SET}.mp3", SET, "", "", 1, 1, STARTED)
    channel = Channel("https://files.example", "feed.xml", "cover.png", "en-US", "", "")
    (there,) = feedparser.parse(rss(channel, [exported])).entries
    here = {entry.id for entry in feedparser.parse(client.get(FEED).data).entries}
    assert there.id in here


# Captions and pictures


def test_captions_are_what_is_said_when_it_is_said(client: FlaskClient) -> None:
    response = client.get(VTT)
    assert response.content_type == "text/vtt;charset=UTF-8"
    timeline = compose(guide_of(SET).script, QuietClips(the_words())).timeline
    shown = captions_of(response.text)
    assert [c.text for c in shown] == [the_words().sentence(said.line) for said in timeline.spoken]
    starts = [c.start_in_seconds for c in shown]
    assert starts == [said.start_ms // 1000 for said in timeline.spoken]


def test_a_picture_says_which_exercise_it_is(client: FlaskClient) -> None:
    response = client.get(SVG)
    assert response.content_type == "image/svg+xml;charset=UTF-8"
    assert "<title>Glute bridge</title>" in response.text


# Downloads


def test_a_download_has_title_chapters_and_the_whole_sound(client: FlaskClient) -> None:
    response = client.get(DOWNLOAD)
    assert response.headers["Content-Disposition"] == f"attachment; filename={SET}.mp3"
    assert response.content_type == "audio/mpeg"
    tags = mp3_of(response.data).tags
    assert tags["TIT2"].text == ["Glute bridges, 8 reps"]
    assert tags["TRCK"].text == ["2/4"]
    titles = [chapter["title"] for chapter in listed(client)[SET]["chapters"]]
    assert [each.sub_frames["TIT2"].text[0] for each in tags.getall("CHAP")] == titles
    plain = client.get(f"/audio/en-US/guides/{SET}.mp3")
    assert response.data.endswith(plain.data)
    assert response.headers["ETag"] != plain.headers["ETag"]


def test_any_part_of_a_download_is_that_part_of_the_whole(client: FlaskClient) -> None:
    whole = client.get(DOWNLOAD).data
    front = mp3_of(whole).tags.size
    for start, stop in ((0, 10), (front - 5, front + 5), (front, front + 1), (front + 99, None)):
        last = "" if stop is None else stop - 1
        part = client.get(DOWNLOAD, headers={"Range": f"bytes={start}-{last}"})
        assert (part.status_code, part.data) == (206, whole[start:stop])


def test_without_the_extra_a_download_is_the_bare_sound(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "audio.tags", None)
    response = client.get(DOWNLOAD)
    check(response.data)
    assert response.data == client.get(f"/audio/en-US/guides/{SET}.mp3").data
    assert response.headers["Content-Disposition"].startswith("attachment")


# What every answer keeps


@pytest.mark.parametrize("path", EVERYTHING)
def test_who_has_it_already_is_told_so(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == ASK_AGAIN


@pytest.mark.parametrize("path", EVERYTHING)
def test_head_tells_everything_and_sends_nothing(client: FlaskClient, path: str) -> None:
    head, got = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(got.data)
    for response in (head, got):
        response.headers.remove("Date")
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_page_of_any_origin_may_read_it(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", EVERYTHING)
def test_it_is_only_read(client: FlaskClient, path: str, method: str) -> None:
    assert client.open(path, method=method).status_code == 405


# What is refused


@pytest.mark.parametrize(
    "path",
    [
        "/audio/tlh/guides.json",
        "/audio/tlh/feed.xml",
        f"/audio/tlh/guides/{SET}.vtt",
        f"/audio/tlh/guides/{SET}.svg",
        f"/audio/tlh/downloads/{SET}.mp3",
        "/audio/en-US/guides/backflip.vtt",
        "/audio/en-US/guides/backflip.svg",
        "/audio/en-US/guides/cool-down.svg",
        "/audio/en-US/downloads/backflip.mp3",
        "/audio/en-US/downloads/..%5Csecret.mp3",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, reason(response)) == (404, "not-found")


def voice_gone(studio: Studio) -> None:
    studio.voice_is_gone = True


def line_fails(studio: Studio) -> None:
    studio.quiet.fails_at = "glute_bridge-out"


@pytest.mark.parametrize(
    ("breaks", "paths"), [(voice_gone, EVERYTHING), (line_fails, (VTT, DOWNLOAD))]
)
def test_where_no_voice_can_speak_that_is_told(
    client: FlaskClient, studio: Studio, breaks: Callable[[Studio], None], paths: tuple[str, ...]
) -> None:
    breaks(studio)
    for path in paths:
        response = client.get(path)
        assert (response.status_code, reason(response)) == (503, "sound-missing")
        assert response.headers["Retry-After"] == "30"
