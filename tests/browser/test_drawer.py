from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.visitor import Visitor


@pytest.fixture
def drawer(visitor: Visitor) -> Locator:
    visitor.starts()
    visitor.button("Developer").click()
    visitor.says("how do I do glute bridges")
    return visitor.page.get_by_role("region", name="For developers")


def shown_json(drawer: Locator, name: str) -> Any:
    summary = drawer.page.get_by_text(name, exact=True)
    part = drawer.locator("details").filter(has=summary)
    if part.get_attribute("open") is None:
        summary.click()
    return json.loads(part.get_by_label(name).inner_text())


def test_it_tells_what_was_understood(drawer: Locator) -> None:
    expect(drawer.locator("#heard-intent")).to_have_text("HowToIntent")
    expect(drawer.locator("#heard-words")).to_have_text("how do I do glute bridges")
    assert 0.5 < float(drawer.locator("#heard-score-text").inner_text()) <= 1
    expect(drawer.locator("#heard-slots")).to_contain_text("glute_bridge")


def test_it_shows_request_response_and_session_as_they_are(drawer: Locator) -> None:
    request = shown_json(drawer, "Request")
    response = shown_json(drawer, "Response")
    assert request["request"]["intent"]["name"] == "HowToIntent"
    assert response["version"] == "1.0"
    assert response["sessionAttributes"] == shown_json(drawer, "Attributes")


def test_it_tells_time_size_and_how_near_the_limits_are(drawer: Locator) -> None:
    exchange = drawer.get_by_role("article")
    expect(exchange).to_contain_text(" ms")
    expect(exchange).to_contain_text(" B")
    assert exchange.get_by_role("meter").count() >= 3


def test_what_amazon_would_refuse_is_plain_to_see(visitor: Visitor) -> None:
    visitor.starts()
    visitor.button("Developer").click()

    def refuse(route: Route) -> None:
        state = route.fetch().json()
        state["last"]["refused"] = {"type": "INVALID_RESPONSE", "reason": "two Play directives"}
        route.fulfill(json=state)

    visitor.page.route("**/steps", refuse, times=1)
    visitor.says("help")
    expect(visitor.page.get_by_text("Amazon would refuse this answer.")).to_be_visible()
    expect(visitor.page.get_by_text("INVALID_RESPONSE: two Play directives")).to_be_visible()
    visitor.keeps("refused")


def test_it_is_opened_and_shut_by_a_key_and_stays_so(visitor: Visitor) -> None:
    drawer = visitor.page.get_by_role("region", name="For developers")
    visitor.page.keyboard.press("d")
    expect(drawer).to_be_visible()
    visitor.opens()
    expect(drawer).to_be_visible()
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()
    expect(visitor.button("Developer")).to_be_focused()


def test_another_device_can_be_had(visitor: Visitor) -> None:
    visitor.has_device("large")
    visitor.starts()
    visitor.button("Developer").click()
    drawer = visitor.page.get_by_role("region", name="For developers")
    request = shown_json(drawer, "Request")
    interfaces = request["context"]["System"]["device"]["supportedInterfaces"]
    assert any("APL" in name or "Display" in name for name in interfaces)


def test_the_skill_can_be_disabled_and_enabled(visitor: Visitor) -> None:
    visitor.starts()
    visitor.button("Developer").click()
    with visitor.heard():
        visitor.button("Disable the skill").click()
    expect(visitor.page.locator("#fact-session")).to_have_text("none")
