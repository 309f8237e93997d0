"""A visitor of the page: what they see, do and hear, in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = Path("build/screenshots")
"""Artefacts of the tests, to be looked at; not committed."""

ANSWERS = ("Yes", "Ready", "About right", "Carry on")
"""What a willing listener says, of what is offered."""


COUNTS_STEPS = """
const steps = (window.steps = { asked: 0, answered: 0 });
const really = window.fetch;
window.fetch = async (path, options) => {
  if (!String(path).endsWith("/steps")) return really(path, options);
  steps.asked += 1;
  try {
    const answer = await really(path, options);
    const body = await answer.clone().json();
    answer.json = async () => {
      setTimeout(() => (steps.answered += 1));
      return body;
    };
    return answer;
  } catch (error) {
    steps.asked -= 1;
    throw error;
  }
};
"""
"""Lets a test wait until the page has shown what the server answered."""


class Visitor:
    """Somebody before a browser with the page at ``url``."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    # What they do

    def opens(self, path: str = "/") -> Visitor:
        """Open a page, and wait until it can be used."""
        self.page.goto(self.url + path)
        if path.partition("#")[0] == "/":
            expect(self.chips.get_by_role("button").first).to_be_visible()
        return self

    def has_device(self, kind: str, theme: str = "dark") -> None:
        """Choose a device in the settings, and the theme of its screen."""
        self.button("Settings").click()
        settings = self.page.get_by_role("dialog", name="Settings")
        before = self.page.evaluate("sessionStorage.speaker")
        settings.get_by_role("combobox", name="Device").select_option(kind)
        settings.get_by_role("combobox", name="Theme of its screen").select_option(theme)
        self.page.wait_for_function("before => sessionStorage.speaker !== before", arg=before)
        self.page.keyboard.press("Escape")

    def starts(self) -> None:
        """Begin with the large button, and wait until the coach speaks."""
        with self.heard():
            self.start.click()

    def says(self, words: str) -> None:
        """Type something and send it."""
        with self.heard():
            self.field.fill(words)
            self.field.press("Enter")

    def taps(self, label: str) -> None:
        """Press what the page offers to say."""
        with self.heard():
            self.chips.get_by_role("button", name=label, exact=True).click()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Wait until what is said meanwhile has been answered."""
        before = self.page.evaluate("steps.answered")
        yield
        self.page.wait_for_function(f"() => steps.answered > {before}")
        self.settles()

    def hears_out(self) -> None:
        """Skip what the coach says, until the microphone is open or all is over."""
        while self.settles() == "sound":
            self.button("Skip waiting").click()

    def answers(self) -> str:
        """Return what a willing listener says now, of what the page offers."""
        offers = self.offers
        return next((each for each in ANSWERS if each in offers), offers[0])

    def goes_on(self) -> None:
        """Hear the coach out, and answer what is asked."""
        self.hears_out()
        if self.settles() != "ended":
            self.says(self.answers().lower())

    def settles(self) -> str:
        """Wait until the server has answered everything, and return what the status is."""
        self.page.wait_for_function("() => steps.asked === steps.answered")
        return self.status_name

    def reaches_a_set(self) -> None:
        """Go from the start into the first set, by typing, without the warm-up."""
        self.starts()
        for words in ("yes", "skip the warm-up", "ready", "ready"):
            self.hears_out()
            self.says(words)
        expect(self.page.locator("#sets")).to_contain_text("Set 1 of 2")

    def moves_on_to(self, phase: str, rep: int = 0) -> None:
        """Move the sound to where that phase begins, as if all before it had been heard."""
        self.page.evaluate(
            """async ([phase, rep]) => {
              const state = await (await fetch(`/speakers/${sessionStorage.speaker}`)).json();
              const mark = state.scene.marks.find((one) => one.phase === phase && one.rep >= rep);
              document.getElementById("sound").currentTime = (mark.at_ms + 50) / 1000;
            }""",
            [phase, rep],
        )
        self.page.wait_for_function(f"() => document.body.dataset.phase === '{phase}'")

    # What they see

    def button(self, name: str) -> Locator:
        """Return the button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def start(self) -> Locator:
        """The large button of the first view."""
        stage = self.page.get_by_role("region", name="The workout")
        return stage.get_by_role("button", name="Start my hip workout")

    @property
    def field(self) -> Locator:
        """Where one types."""
        return self.page.get_by_label("What you say to the coach")

    @property
    def chips(self) -> Locator:
        """What can be said now."""
        return self.page.get_by_role("group", name="You can say")

    @property
    def brakes(self) -> Locator:
        """The two buttons that are always there."""
        return self.page.get_by_role("group", name="Pause and stop")

    @property
    def glass(self) -> Locator:
        """The screen of a smart display, with what is drawn on it."""
        return self.page.get_by_role("group", name="The screen of the device")

    @property
    def offers(self) -> list[str]:
        """The labels of what can be said now."""
        return self.chips.get_by_role("button").all_inner_texts()

    @property
    def status(self) -> Locator:
        """What goes on, in words."""
        return self.page.locator("#status-text")

    @property
    def status_name(self) -> str:
        """What goes on, by its name in the page."""
        return self.page.locator("#status").get_attribute("data-status") or ""

    @property
    def log(self) -> Locator:
        """What was said, with times."""
        return self.page.get_by_role("log")

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was said by whom."""
        rows = self.log.locator("li").evaluate_all(
            "rows => rows.map(row => [...row.children].slice(0, 2).map(cell => cell.textContent))"
        )
        return [(who, text) for who, text in rows]

    @property
    def phase(self) -> str:
        """Where in the workout the page shows them."""
        return str(self.page.evaluate("document.body.dataset.phase"))

    @property
    def title(self) -> str:
        """The exercise, or what it is about."""
        return self.page.locator("#title").inner_text()

    # What they hear

    def sound(self, of_it: str) -> Any:
        """Return a property of the element that sounds."""
        return self.page.evaluate(f"document.getElementById('sound').{of_it}")

    def hears_it_play(self) -> None:
        """Wait until the sound's time advances."""
        self.page.wait_for_function(
            "async () => { const sound = document.getElementById('sound');"
            "const before = sound.currentTime;"
            "await new Promise(requestAnimationFrame);"
            "await new Promise(requestAnimationFrame);"
            "return !sound.paused && sound.currentTime > before && before > 0.2; }"
        )

    # What is kept

    def keeps(self, name: str) -> None:
        """Keep a picture of what is seen, as an artefact."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def coach_said(visitor: Visitor) -> Iterable[str]:
    """Return the sentences of the coach so far."""
    return [text for who, text in visitor.said if who == "Coach"]


def number_in(text: str) -> int:
    """Return the first number in a text."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])
