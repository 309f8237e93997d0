from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.focus import assert_focus_is_seen, tab_to
from tests.browser.visitor import Visitor

MOST_TURNS = 60


def goes_through(visitor: Visitor, hear_out: Callable[[], None], reply: Callable[[], None]) -> None:
    for _ in range(MOST_TURNS):
        hear_out()
        if visitor.status_name == "ended":
            return
        reply()
    pytest.fail("no end in sight")


def assert_all_was_done(visitor: Visitor) -> None:
    expect(visitor.status).to_have_text("The session has ended")
    said = " ".join(text for who, text in visitor.said if who == "Coach").lower()
    for words in ("set 1 of 2", "set 2 of 2", "easy, about right, or hard?", "you did 4 sets"):
        assert words in said
    assert visitor.said[-1] == ("Note", "The session has ended.")


def test_a_whole_workout_by_typing(visitor: Visitor) -> None:
    visitor.says("start my hip workout")
    goes_through(visitor, visitor.hears_out, lambda: visitor.says(visitor.answers().lower()))
    assert_all_was_done(visitor)


def test_a_whole_workout_by_what_the_page_offers_alone(visitor: Visitor) -> None:
    visitor.taps("Start my hip workout")
    goes_through(visitor, visitor.hears_out, lambda: visitor.taps(visitor.answers()))
    assert_all_was_done(visitor)


def test_a_whole_workout_by_keyboard_alone(visits: Visits) -> None:
    visitor = visits(has_touch=False).opens()
    keyboard = visitor.page.keyboard

    def hear_out() -> None:
        while visitor.settles() == "sound":
            tab_to(visitor.page, "Skip waiting", "Shift+Tab")
            keyboard.press("Enter")

    def reply() -> None:
        words = visitor.answers().lower()
        keyboard.press("/")
        assert_focus_is_seen(visitor.page)
        expect(visitor.field).to_be_focused()
        with visitor.heard():
            keyboard.type(words)
            keyboard.press("Enter")

    tab_to(visitor.page, "Start my hip workout")
    with visitor.heard():
        keyboard.press("Enter")
    assert_focus_is_seen(visitor.page)
    goes_through(visitor, hear_out, reply)
    assert_all_was_done(visitor)
    assert_focus_is_seen(visitor.page)
