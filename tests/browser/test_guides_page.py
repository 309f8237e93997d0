from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from skill.settings import Settings
from tests.browser.conftest import Visits
from tests.browser.faults import Faults
from tests.browser.focus import assert_focus_is_seen, tab_to
from tests.browser.serving import PageServer, serving
from tests.browser.visitor import Visitor

SHORT = "hip-break"


@pytest.fixture
def page(visits: Visits) -> Page:
    page = visits().opens("/guides").page
    expect(page.get_by_role("heading", name="Whole workouts")).to_be_visible()
    return page


def guides_of(server: PageServer) -> list[Any]:
    with urlopen(f"{server.url}/audio/en-US/guides.json") as answer:
        return list(json.load(answer)["guides"])


def cards(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=3))


def play_first(page: Page) -> None:
    cards(page).first.get_by_role("button", name=re.compile("^Play")).click()
    page.wait_for_function("() => document.getElementById('sound').currentTime > 0.2")


def test_all_guides_are_listed_with_length_level_and_equipment(
    page: Page, server: PageServer
) -> None:
    guides = guides_of(server)
    expect(cards(page)).to_have_count(len(guides))
    for guide in guides:
        card = cards(page).filter(has=page.get_by_role("heading", name=guide["title"], exact=True))
        expect(card).to_contain_text(f"{guide['minutes']} min")
        expect(card).to_contain_text(guide["level"])
        for thing in guide["equipment"]:
            expect(card).to_contain_text(thing)
        link = card.get_by_role("link", name=re.compile("^Download"))
        assert link.get_attribute("href") == guide["download"]


def test_a_guide_plays_with_captions_and_chapters(page: Page) -> None:
    play_first(page)
    player = page.get_by_role("region", name="Player")
    expect(player.locator("#caption")).not_to_be_empty()
    player.get_by_role("button", name="Chapters").click()
    chapter = player.get_by_role("list", name="Chapters").get_by_role("button").nth(2)
    chapter.click()
    expect(chapter).to_have_attribute("aria-current", "true")
    minutes, seconds = chapter.inner_text().split()[0].split(":")
    at = int(minutes) * 60 + int(seconds)
    page.wait_for_function(f"() => document.getElementById('sound').currentTime > {at} + 0.2")
    page.screenshot(path="build/screenshots/guide-playing.png")
    player.get_by_role("button", name="Pause").click()
    assert page.evaluate("document.getElementById('sound').paused")


def test_a_guide_can_be_downloaded(page: Page, server: PageServer) -> None:
    with page.expect_download() as waiting:
        cards(page).first.get_by_role("link", name=re.compile("^Download")).click()
    assert waiting.value.suggested_filename.endswith(".mp3")
    assert waiting.value.path().stat().st_size > 100_000


def test_only_what_fits_is_shown(page: Page, server: PageServer) -> None:
    short = [each for each in guides_of(server) if each["minutes"] <= 3]
    page.get_by_label("Length").select_option(label="Up to 3 minutes")
    expect(cards(page).filter(visible=True)).to_have_count(len(short))
    page.get_by_label("Equipment").select_option(label="None at all")
    bare = [each for each in short if not each["equipment"]]
    expect(cards(page).filter(visible=True)).to_have_count(len(bare))
    expect(page.get_by_role("status").first).to_contain_text(str(len(bare)))


def test_the_address_of_the_feed_is_whole_and_answers(page: Page, server: PageServer) -> None:
    field = page.get_by_label("Address of the feed")
    expect(field).to_have_value(f"{server.url}/audio/en-US/feed.xml")
    with urlopen(field.input_value()) as answer:
        assert b"<rss" in answer.read(2000)


def test_a_guide_is_played_by_keyboard_alone(page: Page) -> None:
    title = cards(page).first.get_by_role("heading").inner_text()
    tab_to(page, f"Play: {title}")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.getElementById('sound').paused")
    assert_focus_is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('sound').paused")


def test_a_link_to_a_guide_makes_it_ready(visits: Visits, server: PageServer) -> None:
    guide = guides_of(server)[-1]
    page = visits().opens(f"/guides#{guide['id']}").page
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("heading", name=guide["title"])).to_be_visible()


@pytest.fixture
def mute_server(settings: Settings) -> Iterator[PageServer]:
    with serving(replace(settings, database_url="memory:"), speaks=False) as running:
        yield running


def test_without_a_voice_it_tells_how_to_get_one(
    visits: Visits, mute_server: PageServer, faults: Faults
) -> None:
    faults.allow("status of 404")
    visitor: Visitor = visits(at=mute_server).opens("/guides")
    expect(visitor.page.get_by_text("There is no voice here yet")).to_be_visible()
    visitor.keeps("guides-no-voice")


def test_without_an_answer_one_can_look_again(visits: Visits, faults: Faults) -> None:
    faults.allow("net::ERR_FAILED")
    visitor: Visitor = visits()
    visitor.page.route("**/guides.json", lambda route: route.abort(), times=1)
    visitor.opens("/guides")
    expect(visitor.page.get_by_text("The coach does not answer")).to_be_visible()
    visitor.page.get_by_role("button", name="Look again").filter(visible=True).click()
    expect(cards(visitor.page).first).to_be_visible()
