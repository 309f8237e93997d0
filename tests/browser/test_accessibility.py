from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visits
from tests.browser.faults import Faults
from tests.browser.focus import assert_focus_is_seen, focused
from tests.browser.states import STATES
from tests.browser.visitor import Visitor

PHONE = {"width": 390, "height": 844}


def violations(visitor: Visitor) -> list[str]:
    """Return what axe finds, rule by rule, with the elements it finds them in."""
    found = Axe().run(visitor.page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes']]}"
        for each in found
    ]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visits: Visits, faults: Faults, state: str) -> None:
    faults.allow("console: Failed to load resource: net::ERR_FAILED")
    visitor = visits(reduced_motion="reduce", color_scheme="light").opens()
    STATES[state](visitor)
    found = [f"light: {each}" for each in violations(visitor)]
    visitor.page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in violations(visitor)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", ["start", "listening", "drawer", "playing"])
def test_on_a_phone_no_focus_is_out_of_sight(visits: Visits, state: str) -> None:
    visitor = visits(viewport=PHONE, reduced_motion="reduce").opens()
    STATES[state](visitor)
    stops = set()
    visitor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        here = focused(visitor.page)
        if here is None:
            continue  # from the end of the page to its beginning
        if here["html"] in stops:
            break
        stops.add(here["html"])
        assert_focus_is_seen(visitor.page)
    assert len(stops) > 8
