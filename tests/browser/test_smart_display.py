from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from skill.simulator.speakers import DEVICES
from tests.browser.faults import Faults
from tests.browser.smart_displays import WIDTHS_MM
from tests.browser.visitor import Visitor

DRAWN = "() => document.querySelector('#glass .apl').innerHTML"
OTHER_THAN = f"before => ({DRAWN})() !== before"


@pytest.fixture
def display(visitor: Visitor) -> Visitor:
    visitor.has_device("medium")
    return visitor


def test_every_device_with_a_screen_has_a_width() -> None:
    assert set(WIDTHS_MM) == {name for name, profile in DEVICES.items() if profile.has_screen}


@pytest.mark.parametrize("device", WIDTHS_MM)
def test_a_device_shows_what_the_coach_sends(visitor: Visitor, device: str) -> None:
    visitor.has_device(device)
    visitor.starts()
    visitor.hears_out()
    expect(visitor.glass).to_contain_text("Yes")
    area = visitor.page.evaluate(
        """() => {
          const [glass, drawn] = ["#glass", "#glass .apl"].map((one) =>
            document.querySelector(one).getBoundingClientRect());
          return [glass, drawn].map(({ width, height }) => [width, height]).flat();
        }"""
    )
    shown = visitor.page.evaluate(
        "async () => (await (await fetch(`/speakers/${sessionStorage.speaker}`)).json()).screen"
    )
    ratio = shown["viewport"]["width"] / shown["viewport"]["height"]
    assert area[0] / area[1] == pytest.approx(ratio, rel=0.01)
    assert area[:2] == pytest.approx(area[2:], abs=1)
    assert area[0] > 100
    round_ = visitor.glass.evaluate("one => getComputedStyle(one).borderRadius")
    assert (round_ == "50%") is (shown["viewport"]["shape"] == "round")


def test_the_coach_is_told_of_the_screen(display: Visitor) -> None:
    display.starts()
    request = display.page.evaluate(
        """async () => {
          const state = await (await fetch(`/speakers/${sessionStorage.speaker}`)).json();
          return state.last.exchanges[0].request;
        }"""
    )
    assert request["context"]["Viewport"]["pixelWidth"] == 1280
    interfaces = request["context"]["System"]["device"]["supportedInterfaces"]
    assert interfaces["Alexa.Presentation.APL"]["runtime"]["maxVersion"]


def test_a_touch_is_answered_like_the_words(display: Visitor) -> None:
    display.starts()
    display.hears_out()
    with display.heard():
        display.glass.get_by_role("button", name="Yes", exact=True).click()
    assert ("You", "Yes") in display.said
    display.hears_out()
    expect(display.log).to_contain_text("standing kickback", ignore_case=True)


@pytest.mark.parametrize("key", ["Enter", " "])
def test_all_that_is_touched_is_reached_by_keys(display: Visitor, key: str) -> None:
    display.starts()
    display.hears_out()
    yes = display.glass.get_by_role("button", name="Yes", exact=True)
    display.button("Settings").focus()
    for _ in range(12):
        display.page.keyboard.press("Tab")
        if yes.evaluate("one => one === document.activeElement"):
            break
    expect(yes).to_be_focused()
    border = "one => getComputedStyle(one.firstElementChild).borderTopColor"
    no = display.glass.get_by_role("button", name="No", exact=True)
    assert yes.evaluate(border) != no.evaluate(border), "one sees where the focus is"
    with display.heard():
        display.page.keyboard.press(key)
    assert ("You", "Yes") in display.said


MOVE_TO = """async ([rep, words]) => {
  const state = await (await fetch(`/speakers/${sessionStorage.speaker}`)).json();
  const { at, until, count, cue, texts } = state.screen.shown.datasources.screen.stretches;
  const i = at.findIndex((_, i) => texts[count[i]] === String(rep) && texts[cue[i]] === words);
  const sound = document.getElementById("sound");
  const wanted = (at[i] + until[i]) / 2000;
  for (let there = 0; there < 10; there += 1) {  // a sound that is loaded anew begins where it was
    if (Math.abs(sound.currentTime - wanted) > 0.05) there = 0;
    if (!there) sound.currentTime = wanted;
    await new Promise(requestAnimationFrame);
  }
}"""
SHOWS = """([rep, words]) => {
  const texts = document.querySelector("#glass").innerText.split("\\n");
  return texts.includes(String(rep)) && texts.includes(words);
}"""


@pytest.fixture
def held(display: Visitor) -> Visitor:
    """Somebody who cut in during a set: time stands still, and can be moved by hand."""
    display.reaches_a_set()
    display.hears_it_play()
    display.page.keyboard.press("Escape")
    expect(display.status).to_have_text("Go ahead, the coach waits")
    return display


def test_the_picture_keeps_step_with_the_sound(held: Visitor) -> None:
    for rep, words in ((4, "Lift"), (5, "Hold"), (8, "Lower")):
        held.page.evaluate(MOVE_TO, [rep, words])
        held.page.wait_for_function(SHOWS, arg=[rep, words])


def test_the_figure_moves_as_long_as_the_coach_counts(held: Visitor) -> None:
    held.page.evaluate(MOVE_TO, [4, "Lift"])
    held.page.wait_for_function(SHOWS, arg=[4, "Lift"])
    still = held.page.evaluate(
        f"""async () => {{
          const before = ({DRAWN})();
          for (let i = 0; i < 5; i += 1) await new Promise(requestAnimationFrame);
          return ({DRAWN})() === before;
        }}"""
    )
    assert still, "time stands still while somebody cuts in"
    before = held.page.evaluate(DRAWN)
    held.page.keyboard.press("Escape")
    held.page.wait_for_function(OTHER_THAN, arg=before)


def test_at_eight_times_the_speed_the_picture_is_as_fast(held: Visitor) -> None:
    held.page.evaluate(MOVE_TO, [4, "Lift"])
    held.page.wait_for_function(SHOWS, arg=[4, "Lift"])
    held.button("8×").click()
    held.page.wait_for_function(  # nobody cuts in any more, for the field has lost its focus
        "() => document.querySelector('#glass').innerText.split('\\n').some((one) => one > 4)"
    )


def test_a_reload_shows_the_same_moment_again(held: Visitor) -> None:
    held.page.evaluate(MOVE_TO, [4, "Lift"])
    held.page.wait_for_function(SHOWS, arg=[4, "Lift"])
    held.page.reload()
    stage = held.page.get_by_role("region", name="The workout")
    stage.get_by_role("button", name="Carry on").click()
    held.page.wait_for_function(SHOWS, arg=[4, "Lift"])


def test_another_theme_is_another_picture_of_the_same_moment(display: Visitor) -> None:
    display.starts()
    display.hears_out()
    ground = (
        "() => getComputedStyle(document.querySelector('#glass [data-apl=Frame]')).backgroundColor"
    )
    dark, words = display.page.evaluate(ground), display.glass.inner_text()
    display.button("Settings").click()
    display.page.get_by_role("combobox", name="Theme of its screen").select_option("light")
    assert display.page.evaluate(ground) != dark
    display.page.keyboard.press("Escape")
    assert display.glass.inner_text() == words


def test_without_a_screen_there_is_the_stage_of_the_house(visitor: Visitor) -> None:
    visitor.starts()
    expect(visitor.glass).to_be_hidden()
    expect(visitor.page.locator("#dial")).to_be_visible()


def test_what_cannot_be_drawn_is_plain_to_see(display: Visitor, faults: Faults) -> None:
    faults.allow("console: APL: ")

    def change(route: Any) -> None:
        answer = route.fetch()
        state = answer.json()
        template = state["screen"]["shown"]["document"]["mainTemplate"]
        template["items"][0]["items"][0]["items"].append({"type": "Pager"})
        route.fulfill(status=answer.status, body=json.dumps(state), content_type="application/json")

    display.page.route("**/steps", change, times=1)
    display.starts()
    display.button("Developer").click()
    expect(display.page.get_by_text("there is no component Pager")).to_be_visible()
    expect(display.glass).to_contain_text("Before we start")
