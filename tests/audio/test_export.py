"""Guides as files: complete, whole or not there, changed only where something changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest

from audio.compose import compose
from audio.export import FEED, MANIFEST, PAGE, PLAYLIST, NotAnAddress, Site, export
from audio.frames import check
from audio.guides import Guide
from audio.voices.voice import VoiceError
from skill.catalogue.load import load_words
from skill.coach.reply import Line
from skill.render.words import Words
from tests.audio.quiet_clips import QuietClips, few_guides, guide_of, the_guides
from tests.audio.readers import captions_of, mp3_of
from tests.coach.listener import the_words

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
SITE = Site("https://coach.example/guides/", NOW)
BARE = "en-US/guides"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def touched(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in contents(folder)}


def quiet() -> QuietClips:
    return QuietClips(the_words())


def write(folder: Path, site: Site = SITE, clips: QuietClips | None = None) -> None:
    export(folder, few_guides(), clips or quiet(), the_words(), site)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All guides, written once, as for Alexa too."""
    folder = tmp_path_factory.mktemp("guides")
    site = replace(SITE, for_alexa=True)
    export(folder, the_guides(), quiet(), the_words(), site)
    return folder


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_every_guide_is_there_with_tags_captions_and_its_own_sound(
    everything: Path, guide: Guide
) -> None:
    composition = compose(guide.script, quiet())
    mp3 = mp3_of((everything / f"{guide.id}.mp3").read_bytes())
    assert mp3.info.length * 1000 == pytest.approx(composition.ms, abs=25)
    assert mp3.tags["TIT2"].text == [the_words().sentence(guide.title)]
    assert mp3.tags["TLAN"].text == ["eng"]
    assert len(mp3.tags.getall("CHAP")) == len(guide.chapters)
    assert mp3.tags.getall("SYLT")[0].text
    said = [the_words().sentence(spoken.line) for spoken in composition.timeline.spoken]
    text = (everything / f"{guide.id}.vtt").read_text("utf-8")
    assert [c.text for c in captions_of(text)] == said


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_what_alexa_plays_has_no_tags_and_lies_where_the_address_of_a_guide_points(
    everything: Path, guide: Guide
) -> None:
    bare = (everything / BARE / f"{guide.id}.mp3").read_bytes()
    check(bare)
    assert (everything / f"{guide.id}.mp3").read_bytes().endswith(bare)
    assert bare == compose(guide.script, quiet()).read()


def test_chapters_begin_where_the_sound_of_them_does(everything: Path) -> None:
    guide = guide_of("workout-20")
    marks = compose(guide.script, quiet()).timeline.marks
    tags = mp3_of((everything / "workout-20.mp3").read_bytes()).tags
    starts = [chapter.start_time for chapter in tags.getall("CHAP")]
    assert starts == [marks[chapter.mark][0] for chapter in guide.chapters]


def test_the_feed_tells_the_exact_length_of_every_file(everything: Path) -> None:
    feed = feedparser.parse((everything / FEED).read_bytes())
    assert feed.bozo is False
    assert len(feed.entries) == len(the_guides())
    for entry in feed.entries:
        (enclosure,) = entry.enclosures
        name = enclosure.href.removeprefix("https://coach.example/guides/")
        file = (everything / name).read_bytes()
        assert int(enclosure.length) == len(file)
        assert int(entry.itunes_duration) == round(mp3_of(file).info.length)
        assert entry.summary


def test_the_playlist_plays_the_whole_workouts(everything: Path) -> None:
    lines = (everything / PLAYLIST).read_text("utf-8").splitlines()
    files = [line for line in lines if not line.startswith("#")]
    assert "workout-20.mp3" in files
    assert "sitting-break.mp3" in files
    assert not [name for name in files if name.startswith(("set-", "how-to-"))]
    assert all((everything / name).is_file() for name in files)


class Page(HTMLParser):
    """What a page refers to, and what it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "track"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(everything: Path) -> Page:
    return Page((everything / PAGE).read_text("utf-8"))


def test_the_page_plays_every_guide_with_captions(page: Page, everything: Path) -> None:
    assert page.open == []
    assert [each["src"] for each in page.all("video")] == [f"{g.id}.mp3" for g in the_guides()]
    assert all("controls" in each and each["preload"] == "none" for each in page.all("video"))
    for track in page.all("track"):
        assert track["kind"] == "captions"
        assert track["srclang"] == "en"
        assert (everything / str(track["src"])).is_file()


def test_the_player_of_one_exercise_shows_its_figure_and_the_others_the_cover(
    page: Page, everything: Path
) -> None:
    posters = [video["poster"] for video in page.all("video")]
    expected = [f"{g.exercise}.svg" if g.exercise else "cover.png" for g in the_guides()]
    assert posters == expected
    bridge = (everything / "glute_bridge.svg").read_text("utf-8")
    assert "<title>Glute bridge</title>" in bridge
    assert bridge != (everything / "hip_thrust.svg").read_text("utf-8")


def test_the_page_asks_no_other_host_and_runs_no_script(page: Page, everything: Path) -> None:
    assert page.all("script") == []
    assert page.all("style") == []
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "poster"):
            target = attributes.get(name)
            assert target is None or (everything / target).is_file()
    (policy,) = (m["content"] for m in page.all("meta") if "http-equiv" in m)
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert "unsafe" not in policy


def test_the_page_can_be_followed_without_seeing_it(page: Page) -> None:
    (html,) = page.all("html")
    assert html["lang"] == "en-US"
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("h2")) == len(page.all("article")) == len(the_guides())
    named = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {each["aria-labelledby"] for each in page.all("article")} <= named
    assert all(each["aria-label"] for each in page.all("video"))
    downloads = [each for each in page.all("a") if "download" in each]
    assert len({each["aria-label"] for each in downloads}) == len(the_guides())


def test_the_text_on_the_page_leaves_out_the_counting(everything: Path) -> None:
    text = (everything / PAGE).read_text("utf-8")
    assert "Lie down on your back, with your head towards my voice." in text
    assert "3. 2. 1." not in text


def test_words_are_escaped_wherever_they_go(tmp_path: Path) -> None:
    odd = '<script>alert("1")</script> & co'
    guide = guide_of("set-glute_bridge-8")
    words = Words("en", load_words("en") + f"odd = {odd}\n")
    strange = replace(guide, title=Line("odd"), script=(*guide.script, Line("odd")))
    export(tmp_path, [strange], QuietClips(words), words, SITE)
    assert Page((tmp_path / PAGE).read_text("utf-8")).all("script") == []
    feed = feedparser.parse((tmp_path / FEED).read_bytes())
    assert feed.bozo is False
    assert "<script" not in (tmp_path / f"{guide.id}.vtt").read_text("utf-8")


def test_a_second_export_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    before = touched(tmp_path)
    again = export(tmp_path, few_guides(), quiet(), the_words(), replace(SITE, now=LATER))
    assert touched(tmp_path) == before
    assert again.written == again.removed == ()
    assert set(again.unchanged) == set(before)


def test_only_what_changed_is_written_and_dated_anew(tmp_path: Path) -> None:
    write(tmp_path)
    before = touched(tmp_path)
    first, *others = few_guides()
    changed = replace(first, script=(*first.script, Line("done-bye")))
    later = replace(SITE, now=LATER)
    done = export(tmp_path, [changed, *others], quiet(), the_words(), later)
    expected = {f"{first.id}.mp3", f"{first.id}.vtt", FEED, PLAYLIST, PAGE, MANIFEST}
    assert set(done.written) == expected
    assert {name for name, at in touched(tmp_path).items() if at != before[name]} == expected
    dates = [e.published_parsed.tm_mday for e in feedparser.parse(tmp_path / FEED).entries]
    assert dates == [LATER.day] + [NOW.day] * len(others)


def test_another_voice_changes_all_sound(tmp_path: Path) -> None:
    write(tmp_path)
    done = export(tmp_path, few_guides(), QuietClips(the_words(), slower=3), the_words(), SITE)
    assert {f"{guide.id}.mp3" for guide in few_guides()} <= set(done.written)


@pytest.mark.parametrize("fails_at", ["pacing-count", "glute_bridge-out"])
def test_a_voice_that_fails_leaves_the_folder_as_it_was(tmp_path: Path, fails_at: str) -> None:
    write(tmp_path)
    before = contents(tmp_path)
    clips = QuietClips(the_words(), slower=5)
    clips.fails_at = fails_at
    guides = [guide_of("workout-10"), guide_of("set-glute_bridge-12")]
    with pytest.raises(VoiceError):
        export(tmp_path, guides, clips, the_words(), SITE)
    assert contents(tmp_path) == before


def test_what_is_wanted_no_more_is_removed_and_what_is_not_ours_is_left_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "holiday.mp3").write_bytes(b"not ours")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("not ours")
    write(tmp_path, replace(SITE, for_alexa=True))
    gone, *kept = few_guides()
    done = export(tmp_path, kept, quiet(), the_words(), SITE)
    bare = {f"{BARE}/{guide.id}.mp3" for guide in few_guides()}
    assert set(done.removed) == {f"{gone.id}.mp3", f"{gone.id}.vtt"} | bare
    assert not (tmp_path / f"{gone.id}.mp3").exists()
    assert (tmp_path / "holiday.mp3").read_bytes() == b"not ours"
    assert (tmp_path / "notes" / "a.txt").exists()


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b'{"files": 3}', b'{"files": {"feed.xml": 7}}', b"\xff\xfe"]
)
def test_a_damaged_manifest_costs_no_more_than_the_dates(tmp_path: Path, damaged: bytes) -> None:
    write(tmp_path)
    before = contents(tmp_path)
    (tmp_path / MANIFEST).write_bytes(damaged)
    write(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["../outside.txt", "../beside/outside.txt", "/etc/hostname"])
def test_a_manifest_cannot_have_files_elsewhere_removed(tmp_path: Path, name: str) -> None:
    folder, outside = (
        tmp_path / "guides",
        [tmp_path / "outside.txt", tmp_path / "beside/outside.txt"],
    )
    (tmp_path / "beside").mkdir()
    for path in outside:
        path.write_text("stay")
    write(folder)
    (folder / MANIFEST).write_text(json.dumps({"files": {name: None}}))
    done = export(folder, few_guides(), quiet(), the_words(), SITE)
    assert done.removed == ()
    assert [path.read_text() for path in outside] == ["stay", "stay"]


def test_what_a_killed_run_left_is_thrown_away(tmp_path: Path) -> None:
    left = tmp_path / ".hip-workout-export" / "feed.xml"
    left.parent.mkdir()
    left.write_bytes(b"half a fe")
    write(tmp_path)
    assert not left.parent.exists()
    assert feedparser.parse(tmp_path / FEED).bozo is False


def test_a_file_that_somebody_damaged_is_written_again(tmp_path: Path) -> None:
    write(tmp_path)
    before = contents(tmp_path)
    (tmp_path / FEED).write_bytes(b"oh")
    done = export(tmp_path, few_guides(), quiet(), the_words(), SITE)
    assert done.written == (FEED,)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "url",
    [
        "",
        "coach.example/guides",
        "ftp://coach.example",
        "file:///guides",
        "https://",
        "https://[half",
        "https://coach.example/?a=b",
        "https://coach.example/#top",
        "https://coach.example/a b",
    ],
)
def test_an_address_that_no_podcast_app_could_fetch_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(NotAnAddress):
        write(tmp_path / "guides", replace(SITE, base_url=url))
    assert not (tmp_path / "guides").exists()


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        write(tmp_path, replace(SITE, now=datetime(2026, 3, 1)))  # noqa: DTZ001 - the point


def test_progress_is_told_guide_by_guide(tmp_path: Path) -> None:
    told: list[str] = []
    guides = few_guides()
    export(tmp_path, guides, quiet(), the_words(), SITE, lambda guide: told.append(guide.id))
    assert told == [guide.id for guide in guides]
