from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from skill.settings import Settings
from tests.browser.conftest import Visits
from tests.browser.faults import Faults
from tests.browser.serving import PageServer, serving
from tests.browser.visitor import Visitor

UNREACHED = "console: Failed to load resource: net::ERR_"
FORGOTTEN = "console: Failed to load resource: the server responded with a status of 404"


@pytest.fixture
def own_server(settings: Settings, tmp_path: Path) -> Iterator[PageServer]:
    """A server that a test may stop and start, with a memory that lasts."""
    memory = f"sqlite:///{tmp_path}/listeners.db"
    with serving(replace(settings, database_url=memory, voice="silent")) as running:
        yield running


def carries_on(visitor: Visitor) -> None:
    visitor.page.get_by_role("region", name="The workout").get_by_role(
        "button", name="Carry on"
    ).click()


def test_a_reload_in_mid_workout_loses_nothing(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.hears_it_play()
    said, title = visitor.said, visitor.title
    visitor.page.reload()
    expect(visitor.page.get_by_text("Nothing is lost")).to_be_visible()
    visitor.keeps("returning")
    assert visitor.said == said
    assert visitor.sound("paused")
    carries_on(visitor)
    visitor.hears_it_play()
    assert visitor.title == title
    expect(visitor.page.locator("#sets")).to_contain_text("Set 1 of 2")


def test_the_sound_goes_on_where_the_reload_broke_it_off(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_it_play()
    visitor.page.wait_for_function("() => document.getElementById('sound').currentTime > 2")
    visitor.page.reload()
    carries_on(visitor)
    visitor.hears_it_play()
    assert visitor.sound("currentTime") > 1.5


def test_a_server_that_is_gone_is_told_and_waited_for(
    visits: Visits, own_server: PageServer, faults: Faults
) -> None:
    faults.allow(UNREACHED, FORGOTTEN)
    visitor = visits(at=own_server).opens()
    visitor.reaches_a_set()
    own_server.stop()
    visitor.field.fill("pause")
    visitor.field.press("Enter")
    expect(visitor.page.get_by_text("The coach is out of reach. Trying again.")).to_be_visible()
    visitor.keeps("server-gone")
    own_server.start()
    expect(visitor.page.get_by_text("The coach is out of reach. Trying again.")).to_be_hidden()
    expect(visitor.start).to_be_visible()
    visitor.keeps("server-back")
    visitor.start.click()
    visitor.hears_out()
    expect(visitor.log).to_contain_text("standing kickback", ignore_case=True)
    visitor.says("yes")
    expect(visitor.page.locator("#sets")).to_contain_text("Set 1 of 2")


def test_words_whose_answer_was_lost_are_not_said_twice(visitor: Visitor, faults: Faults) -> None:
    faults.allow(UNREACHED)
    visitor.starts()
    visitor.hears_out()
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    visitor.page.route("**/steps", lose, times=1)
    visitor.field.fill("yes")
    visitor.field.press("Enter")
    expect(visitor.chips.get_by_role("button", name="Skip the warm-up")).to_be_visible()
    assert [text for who, text in visitor.said if who == "You"].count("yes") == 1
    assert lost == [200]


def test_two_tabs_are_two_speakers_of_one_listener(visits: Visits) -> None:
    first = visits().opens()
    first.reaches_a_set()
    second = Visitor(first.page.context.new_page(), first.url).opens()
    assert second.said == []
    second.start.click()
    second.hears_out()
    expect(second.log).to_contain_text("standing kickback", ignore_case=True)
    first.page.bring_to_front()
    first.says("pause")
    assert ("You", "pause") in first.said
    assert ("You", "pause") not in second.said


def test_a_duplicated_tab_gets_a_speaker_of_its_own(visits: Visits) -> None:
    first = visits().opens()
    first.starts()
    kept = first.page.evaluate("({...sessionStorage})")
    second = Visitor(first.page.context.new_page(), first.url)
    second.page.add_init_script(f"Object.assign(sessionStorage, {kept!r})")
    second.opens()
    assert second.said == []


def test_who_comes_back_another_day_is_known(visits: Visits) -> None:
    visitor = visits().opens()
    visitor.reaches_a_set()
    visitor.says("pause")
    visitor.page.evaluate("sessionStorage.clear()")
    visitor.opens()
    visitor.start.click()
    visitor.hears_out()
    said = " ".join(text for who, text in visitor.said if who == "Coach")
    assert "Welcome back" in said
    assert "One thing first" not in said
