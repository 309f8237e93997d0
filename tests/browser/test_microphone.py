from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visitor import Visitor

EARS = """
class Ears extends EventTarget {
  start() { window.ears = this; }
  stop() { this.onend?.(); }
  abort() { this.onerror?.({ error: "aborted" }); this.onend?.(); }
  hears(words) { this.onspeechstart?.(); this.onresult?.({ results: [[{ transcript: words }]] }); }
  fails(error) { this.onerror?.({ error }); this.onend?.(); }
}
for (const name of ["SpeechRecognition", "webkitSpeechRecognition"])
  Object.defineProperty(window, name, { value: Ears });
"""
"""Speech recognition to which the test whispers."""

NO_EARS = """
for (const name of ["SpeechRecognition", "webkitSpeechRecognition"])
  Object.defineProperty(window, name, { value: undefined });
"""

ALLOWED = 'if (location.host) localStorage.setItem("microphone", "yes");'


def press(visitor: Visitor) -> None:
    """Press the button of the microphone and keep it down until words are on their way."""
    button = visitor.button("Hold to talk")
    box = button.bounding_box()
    assert box is not None
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.mouse.down()
    visitor.page.wait_for_function("() => window.ears")


def test_before_the_first_use_one_reads_where_speech_goes(visits: Visits) -> None:
    visitor = visits(EARS).opens()
    visitor.button("Hold to talk").click()
    notice = visitor.page.get_by_role("dialog", name="Before you speak")
    expect(notice).to_contain_text("What you type never leaves this machine.")
    visitor.keeps("microphone-notice")
    notice.get_by_role("button", name="I'd rather type").click()
    expect(visitor.field).to_be_focused()
    assert visitor.page.evaluate("window.ears") is None


def test_what_is_spoken_while_the_button_is_held_is_said(visits: Visits) -> None:
    visitor = visits(EARS + ALLOWED).opens()
    press(visitor)
    expect(visitor.status).to_have_text("Listening to you")
    visitor.keeps("hearing")
    visitor.page.evaluate("ears.hears('start my hip workout')")
    with visitor.heard():
        visitor.page.evaluate("ears.stop()")
    visitor.page.mouse.up()
    assert visitor.said[0] == ("You", "start my hip workout")


def test_speaking_hushes_the_coach(visits: Visits) -> None:
    visitor = visits(EARS + ALLOWED).opens()
    visitor.starts()
    visitor.hears_it_play()
    press(visitor)
    assert visitor.sound("paused")
    visitor.page.evaluate("ears.fails('no-speech')")
    visitor.page.mouse.up()
    visitor.hears_it_play()
    expect(visitor.page.get_by_text("I heard nothing.")).to_be_visible()


def test_a_shut_microphone_is_explained(visits: Visits) -> None:
    visitor = visits(EARS + ALLOWED).opens()
    press(visitor)
    visitor.page.evaluate("ears.fails('not-allowed')")
    visitor.page.mouse.up()
    expect(visitor.page.get_by_text("The browser keeps the microphone shut.")).to_be_visible()


def test_space_is_the_button_too(visits: Visits) -> None:
    visitor = visits(EARS + ALLOWED).opens()
    visitor.page.keyboard.down("Space")
    visitor.page.wait_for_function("() => window.ears")
    visitor.page.evaluate("ears.hears('start my hip workout')")
    with visitor.heard():
        visitor.page.evaluate("ears.stop()")
    visitor.page.keyboard.up("Space")
    assert visitor.said[0] == ("You", "start my hip workout")


def test_the_microphone_opens_by_itself_if_that_is_wished_for(visits: Visits) -> None:
    wished = 'if (location.host) localStorage.setItem("opens-itself", "yes");'
    visitor = visits(EARS + ALLOWED + wished).opens()
    visitor.starts()
    visitor.hears_out()
    visitor.page.wait_for_function("() => window.ears")
    visitor.page.evaluate("ears.hears('yes')")
    with visitor.heard():
        visitor.page.evaluate("ears.stop()")
    assert ("You", "yes") in visitor.said


def test_a_browser_without_speech_recognition_says_so(visits: Visits) -> None:
    visitor = visits(NO_EARS).opens()
    talk = visitor.page.get_by_role("region", name="Talk")
    expect(talk.get_by_text("This browser has no speech recognition.")).to_be_visible()
    expect(visitor.button("Hold to talk")).to_be_hidden()
