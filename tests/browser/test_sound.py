from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from skill.settings import Settings
from tests.browser.conftest import Visits
from tests.browser.faults import Faults
from tests.browser.serving import PageServer, serving
from tests.browser.visitor import Visitor

PARROT = """
const said = (window.saidAloud = []);
const voice = { name: "Parrot", lang: "en-US", default: true };
class Utterance { constructor(text) { this.text = text; } }
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice],
  speak(utterance) { said.push(utterance.text); setTimeout(() => utterance.onend?.(), 20); },
  cancel() { said.push("(hushed)"); },
  pause() {}, resume() {}, addEventListener() {},
}});
"""
"""A browser's voice that is heard by the test."""

VOICELESS = """
Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [], cancel() {} } });
"""
"""A browser that could speak, had it a voice."""

DECODED = """async (url) => {
  const answer = await fetch(url);
  const bytes = await answer.arrayBuffer();
  const samples = (await new OfflineAudioContext(1, 1, 24000).decodeAudioData(bytes));
  const channel = samples.getChannelData(0);
  let energy = 0, loudest = 0;
  for (const one of channel) { energy += one * one; loudest = Math.max(loudest, Math.abs(one)); }
  return { seconds: samples.duration, rms: Math.sqrt(energy / channel.length), loudest };
}"""


@pytest.fixture
def mute_server(settings: Settings) -> Iterator[PageServer]:
    with serving(replace(settings, database_url="memory:"), speaks=False) as running:
        yield running


@pytest.fixture
def visitor(visits: Visits, speaking_server: PageServer) -> Visitor:
    return visits(at=speaking_server).opens()


def decoded(visitor: Visitor) -> Any:
    return visitor.page.evaluate(DECODED, visitor.sound("currentSrc"))


def test_the_coach_is_heard(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_it_play()
    heard = decoded(visitor)
    assert heard["rms"] > 0.01
    assert 0.1 < heard["loudest"] <= 1
    assert heard["seconds"] == pytest.approx(visitor.sound("duration"), abs=0.1)


def test_what_is_said_is_read_along(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_it_play()
    expect(visitor.page.get_by_text("Welcome to My Hip Workout.", exact=True).first).to_be_visible()


def test_a_click_is_enough_for_a_browser_that_plays_nothing_by_itself(
    visits: Visits, speaking_server: PageServer, strict_browser: Browser
) -> None:
    visitor = visits(at=speaking_server, by=strict_browser).opens()
    visitor.starts()
    visitor.hears_it_play()


def test_words_typed_and_sent_are_enough_too(
    visits: Visits, speaking_server: PageServer, strict_browser: Browser
) -> None:
    visitor = visits(at=speaking_server, by=strict_browser).opens()
    visitor.field.fill("start my hip workout")
    visitor.field.press("Enter")
    visitor.hears_it_play()


def test_after_a_reload_a_browser_that_wants_a_click_is_asked_for_one(
    visits: Visits, speaking_server: PageServer, strict_browser: Browser
) -> None:
    visitor = visits(at=speaking_server, by=strict_browser).opens()
    visitor.starts()
    visitor.hears_it_play()
    visitor.page.reload()
    visitor.page.get_by_role("button", name="Carry on").first.click()
    visitor.hears_it_play()


def test_the_speed_of_the_sound_can_be_chosen(visitor: Visitor) -> None:
    visitor.starts()
    visitor.button("8×").click()
    visitor.hears_it_play()
    assert visitor.sound("playbackRate") == 8
    expect(visitor.button("8×")).to_have_attribute("aria-pressed", "true")


def test_mute_and_volume_are_kept_for_the_next_visit(visitor: Visitor) -> None:
    visitor.starts()
    visitor.button("Mute").click()
    visitor.page.get_by_label("Volume").fill("40")
    assert (visitor.sound("muted"), visitor.sound("volume")) == (True, 0.4)
    visitor.opens()
    assert (visitor.sound("muted"), visitor.sound("volume")) == (True, 0.4)


def test_without_a_voice_on_the_server_the_browser_speaks(
    visits: Visits, mute_server: PageServer
) -> None:
    visitor = visits(PARROT, at=mute_server).opens()
    visitor.starts()
    visitor.page.wait_for_function("() => saidAloud.length >= 2")
    assert visitor.page.evaluate("saidAloud[0]") == "Welcome to My Hip Workout."
    expect(visitor.page.get_by_text("your browser's own voice speaks")).to_be_visible()
    visitor.keeps("browser-voice")


def test_sound_that_cannot_be_had_is_spoken_by_the_browser(
    visits: Visits, speaking_server: PageServer, faults: Faults
) -> None:
    faults.allow("console: Failed to load resource: the server responded with a status of 503")
    visitor = visits(PARROT, at=speaking_server)
    visitor.page.route("**/sound/*.mp3", lambda route: route.fulfill(status=503))
    visitor.opens().starts()
    visitor.page.wait_for_function("() => saidAloud.length >= 1")
    assert visitor.page.evaluate("saidAloud[0]") == "Welcome to My Hip Workout."


def test_the_browsers_voice_is_hushed_by_words(visits: Visits, mute_server: PageServer) -> None:
    slow = PARROT.replace(", 20)", ", 60_000)")
    visitor = visits(slow, at=mute_server).opens()
    visitor.starts()
    visitor.page.wait_for_function("() => saidAloud.length === 1")
    visitor.field.fill("help")
    assert visitor.page.evaluate("saidAloud.at(-1)") == "(hushed)"


def test_without_any_voice_the_words_are_read(visits: Visits, mute_server: PageServer) -> None:
    visitor = visits(VOICELESS, at=mute_server).opens()
    visitor.starts()
    expect(visitor.page.get_by_text("No voice in this browser: read along.")).to_be_visible()
    visitor.button("8×").click()
    expect(visitor.page.get_by_text("One thing first.", exact=True).first).to_be_visible()
