from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visitor import Visitor

CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", { value: {
  writeText: async (text) => { window.copied = text; },
}});
"""


def a_conversation(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_out()
    visitor.says("yes")
    visitor.hears_out()
    visitor.says("skip the warm-up")
    visitor.hears_out()  # only what was heard is written down


def you_said(visitor: Visitor) -> list[str]:
    return [text for who, text in visitor.said if who == "You"]


def replays(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Replay this conversation").click()
    expect(visitor.page.get_by_text("Replayed")).to_be_visible()


def test_a_saved_conversation_replays_to_the_same_words(visits: Visits, tmp_path: Path) -> None:
    first = visits().opens()
    a_conversation(first)
    with first.page.expect_download() as waiting:
        first.button("Save").click()
    assert waiting.value.suggested_filename == "conversation.txt"
    file = tmp_path / "conversation.txt"
    waiting.value.save_as(file)
    assert "skip the warm-up" in file.read_text("utf-8")
    second = visits().opens()
    second.page.get_by_label("Replay").set_input_files(file)
    expect(second.page.get_by_text("Replayed")).to_be_visible()
    second.hears_out()
    assert second.said == first.said


def test_a_shared_link_replays_the_conversation(visits: Visits) -> None:
    first = visits(CLIPBOARD).opens()
    a_conversation(first)
    first.button("Share").click()
    expect(first.page.get_by_text("Link copied.")).to_be_visible()
    link = first.page.evaluate("window.copied")
    second = visits().opens(link.removeprefix(first.url))
    dialog = second.page.get_by_role("dialog", name="Somebody shared a conversation")
    expect(dialog).to_contain_text("skip the warm-up")
    second.keeps("shared-talk")
    replays(second)
    second.hears_out()
    assert second.said == first.said


def test_a_shared_conversation_is_played_only_if_one_wants_it(visits: Visits) -> None:
    talk = quote("start my hip workout\nyes\n")
    visitor = visits().opens(f"/#talk={talk}")
    visitor.page.get_by_role("button", name="Not now").click()
    assert visitor.said == []
    assert "#talk" not in visitor.page.url


def test_a_shared_conversation_is_text_whatever_it_holds(visits: Visits) -> None:
    evil = "<img src=x onerror=alert(1)>\n<script>alert(2)</script>\n"
    visitor = visits().opens(f"/#talk={quote(evil)}")
    dialog = visitor.page.get_by_role("dialog", name="Somebody shared a conversation")
    expect(dialog).to_contain_text("<script>alert(2)</script>")
    replays(visitor)
    assert you_said(visitor)[0] == "<img src=x onerror=alert(1)>"
    assert visitor.page.locator("#log img, #log script, dialog img").count() == 0


def test_nothing_of_ones_own_workouts_is_touched_by_a_replay(visits: Visits) -> None:
    visitor = visits().opens()
    mine = visitor.page.evaluate("localStorage.listener")
    visitor.page.goto(f"{visitor.url}/#talk={quote('start my hip workout')}")
    replays(visitor)
    assert visitor.page.evaluate("localStorage.listener") == mine
