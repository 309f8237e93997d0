"""The main states of the page, and the way into each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def _start(visitor: Visitor) -> None:
    expect(visitor.start).to_be_visible()


def _speaking(visitor: Visitor) -> None:
    visitor.starts()


def _listening(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_out()


def _set(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.moves_on_to("lift", rep=3)
    visitor.page.keyboard.press("Escape")  # and nothing moves on


def _display(visitor: Visitor) -> None:
    visitor.has_device("medium")
    _set(visitor)
    expect(visitor.glass).to_contain_text("of 8")


def _round_display(visitor: Visitor) -> None:
    visitor.has_device("round", "light")
    visitor.starts()
    visitor.hears_out()
    expect(visitor.glass).to_contain_text("Yes")


def _rest(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.moves_on_to("rest")
    visitor.page.keyboard.press("Escape")


def _paused(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.says("pause")
    visitor.hears_out()


def _ended(visitor: Visitor) -> None:
    visitor.starts()
    visitor.says("stop")
    visitor.hears_out()
    expect(visitor.status).to_have_text("The session has ended")


def _drawer(visitor: Visitor) -> None:
    visitor.starts()
    visitor.says("how do I do glute bridges")
    visitor.button("Developer").click()
    expect(visitor.page.get_by_role("region", name="For developers")).to_be_visible()


def _settings(visitor: Visitor) -> None:
    visitor.button("Settings").click()
    expect(visitor.page.get_by_role("dialog", name="Settings")).to_be_visible()


def _gone(visitor: Visitor) -> None:
    visitor.starts()
    visitor.page.route("**/steps", lambda route: route.abort())
    visitor.field.fill("help")
    visitor.field.press("Enter")
    expect(visitor.page.get_by_text("The coach is out of reach.")).to_be_visible()


def _guides(visitor: Visitor) -> None:
    visitor.opens("/guides")
    expect(visitor.page.get_by_role("heading", name="Whole workouts")).to_be_visible()


def _playing(visitor: Visitor) -> None:
    _guides(visitor)
    visitor.page.get_by_role("button", name=re.compile("^Play")).first.click()
    visitor.page.get_by_role("button", name="Chapters").click()


STATES: Mapping[str, Callable[[Visitor], None]] = {
    "start": _start,
    "speaking": _speaking,
    "listening": _listening,
    "set": _set,
    "display": _display,
    "round display": _round_display,
    "rest": _rest,
    "paused": _paused,
    "ended": _ended,
    "drawer": _drawer,
    "settings": _settings,
    "gone": _gone,
    "guides": _guides,
    "playing": _playing,
}
