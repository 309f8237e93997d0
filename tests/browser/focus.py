"""Where the focus of the keyboard is, and whether it can be seen there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 60
"""More presses of Tab than there are stops on any page."""

_FOCUSED = """async () => {
  await new Promise(requestAnimationFrame);  // what has the focus is scrolled to
  await new Promise(requestAnimationFrame);
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const seen = one.offsetWidth <= 1 ? one.closest("label") ?? one : one;
  const area = seen.getBoundingClientRect();
  const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
  const hit = document.elementFromPoint(x, y);
  const style = getComputedStyle(seen);
  return {
    name: (one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText ?? "")
      .replace(/\\s+/g, " ").replace(" :", ":").trim(),
    html: one.outerHTML.slice(0, 120),
    inside: x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
    covered: !(hit && (seen.contains(hit) || hit.contains(seen))),
    ring: style.outlineStyle === "auto" ||
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
  };
}"""


def focused(page: Page) -> Any:
    """Return what has the focus: name, html, inside, covered, ring; None if nothing has it."""
    return page.evaluate(_FOCUSED)


def assert_focus_is_seen(page: Page) -> None:
    """Fail if the focus is lost, out of sight, behind something or without a ring."""
    here = focused(page)
    assert here is not None, "the focus is lost"
    assert here["inside"], f"out of sight: {here}"
    assert not here["covered"], f"behind something: {here}"
    assert here["ring"], f"nothing tells that it has the focus: {here}"


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab, or another key, until ``name`` has the focus, seeing it at every stop."""
    for _ in range(MOST_STOPS):
        here = focused(page)
        if here is not None and here["name"] == name:
            return
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            continue  # the end of the page; browsers go round by their own buttons
        assert_focus_is_seen(page)
    raise AssertionError(f"Tab never comes to {name}; last at {focused(page)}")
