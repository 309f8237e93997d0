from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor, number_in

SHOWN_REP = """() => {
  const reps = ["lift", "hold", "lower"].includes(document.body.dataset.phase);
  return reps ? Number(document.getElementById("count").textContent) : 0;
}"""


def wait_for_rep(visitor: Visitor, least: int) -> int:
    """Wait until a rep of at least that number is being done, and return its number."""
    visitor.page.wait_for_function(f"() => ({SHOWN_REP})() >= {least}")
    return int(visitor.page.evaluate(SHOWN_REP))


def test_pause_in_mid_set_keeps_the_rep(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.moves_on_to("lift", rep=3)
    wait_for_rep(visitor, 3)
    pause = visitor.brakes.get_by_role("button", name="Pause")
    hushed = "one => { one.click(); return document.getElementById('sound').paused; }"
    with visitor.heard():
        assert pause.evaluate(hushed), "the sound went on"
    left = number_in(visitor.page.locator("#count").inner_text())
    visitor.hears_out()
    visitor.keeps("paused")
    visitor.says("carry on")
    visitor.button("8×").click()
    assert wait_for_rep(visitor, 1) in (left - 1, left, left + 1)


def test_typing_hushes_the_coach_at_once_and_nothing_is_lost(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.hears_it_play()
    visitor.field.press_sequentially("how")
    assert visitor.sound("paused")
    expect(visitor.status).to_have_text("Go ahead, the coach waits")
    before = visitor.sound("currentTime")
    visitor.field.fill("")
    visitor.hears_it_play()
    assert before <= visitor.sound("currentTime") < before + 5


def test_escape_is_the_wake_word_and_never_mind(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_it_play()
    visitor.page.keyboard.press("Escape")
    assert visitor.sound("paused")
    expect(visitor.field).to_be_focused()
    visitor.page.keyboard.press("Escape")
    visitor.hears_it_play()


def test_a_question_in_mid_set_is_answered_and_the_set_goes_on(visitor: Visitor) -> None:
    visitor.reaches_a_set()
    visitor.moves_on_to("lift", rep=3)
    visitor.says("how many left")
    assert any(
        "left" in text or "more" in text for who, text in visitor.said[-3:] if who == "Coach"
    )


def test_stop_ends_the_session_and_the_sound(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_it_play()
    visitor.brakes.get_by_role("button", name="Stop").click()
    visitor.hears_out()
    expect(visitor.status).to_have_text("The session has ended")
    assert visitor.sound("paused")
    expect(visitor.start).to_be_visible()


def test_silence_is_asked_once_more_and_then_ends_the_session(visitor: Visitor) -> None:
    visitor.starts()
    visitor.hears_out()
    visitor.button("8×").click()
    shown = "!document.querySelector('#ring .window').classList.contains('empty')"
    visitor.page.wait_for_function(f"() => {shown}")
    expect(visitor.status).to_contain_text("Your turn")
    before = len(visitor.said)
    expect(visitor.log.locator("li")).not_to_have_count(before)  # asked once more
    assert visitor.said[before][0] == "Coach"
    expect(visitor.status).to_have_text("The session has ended")
    assert visitor.said[-1] == ("Note", "The session has ended.")
