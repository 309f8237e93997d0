from __future__ import annotations

import pytest

from tests.browser.conftest import Visits
from tests.browser.focus import assert_focus_is_seen, focused
from tests.browser.states import STATES

PHONE = {"width": 390, "height": 844}


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
