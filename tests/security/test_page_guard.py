"""Pages that are no web pages, and still say that they come from this machine."""

from __future__ import annotations

import pytest

from skill.simulator.guard import Guard, Refused


def takes(origin: str, host: str = "localhost") -> bool:
    try:
        Guard().check(host, origin, "POST")
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    "scheme", ["capacitor", "ionic", "chrome-extension", "moz-extension", "app", "ws", ""]
)
def test_an_app_that_calls_itself_by_our_name_is_not_our_page(scheme: str) -> None:
    assert not takes(f"{scheme}://localhost")


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP"])
def test_a_web_page_of_our_name_is(scheme: str) -> None:
    assert takes(f"{scheme}://localhost")
