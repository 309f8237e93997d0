"""What is wrong with the layout of a page as it is on the screen now."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_FAULTS = """() => {
  const faults = [];
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const told = (one) => `${one.tagName.toLowerCase()} ${(one.getAttribute("aria-label")
    ?? one.innerText ?? "").trim().slice(0, 40)} (${one.id || one.className})`;
  const dialog = document.querySelector("dialog[open]");
  const root = dialog ?? document.body;

  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`scrolls sideways by ${wide} px`);

  const typed = "input:not(.for-ears, [type=checkbox], [type=range])";
  const pressed = `button, select, ${typed}, summary, a.button`;
  const top = scrollY;
  for (const one of root.querySelectorAll(pressed)) {
    if (!seen(one) || one.closest(".for-ears, [hidden]")) continue;
    const size = one.getBoundingClientRect();
    if (size.height < 43.5) faults.push(`${told(one)} is ${size.height.toFixed(1)} px high`);
    if (size.width < 24) faults.push(`${told(one)} is ${size.width.toFixed(1)} px wide`);
    if (one.disabled) continue;
    one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = one.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!hit || !(one.contains(hit) || hit.contains(one)))
      faults.push(`${told(one)} is covered by ${hit ? told(hit) : "the edge"}`);
  }
  scrollTo({ top, behavior: "instant" });

  const floats = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const { position } = getComputedStyle(at);
      if (position === "sticky" || position === "fixed") return at;
    }
    return null;
  };
  const clipped = (box, one) => {
    let { left, right, top, bottom } = box;
    for (let at = one; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow === "visible") continue;
      const area = at.getBoundingClientRect();
      [left, right] = [Math.max(left, area.left), Math.min(right, area.right)];
      [top, bottom] = [Math.max(top, area.top), Math.min(bottom, area.bottom)];
    }
    return right - left > 1 && bottom - top > 1 ? { left, right, top, bottom } : null;
  };
  const texts = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const one = node.parentElement;
    const unseen = ".for-ears, svg, option, noscript";
    if (!node.data.trim() || !seen(one) || one.closest(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const blank = box.height * 0.15;  // above and below the letters
      const ink = { left: box.left, right: box.right };
      const area = clipped({ ...ink, top: box.top + blank, bottom: box.bottom - blank }, one);
      const text = node.data.trim().slice(0, 30);
      if (area) texts.push({ text, area, floats: floats(one), node });
    }
  }
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1)) {
      if (a.node === b.node || a.floats !== b.floats) continue;
      const wide = Math.min(a.area.right, b.area.right) - Math.max(a.area.left, b.area.left);
      const high = Math.min(a.area.bottom, b.area.bottom) - Math.max(a.area.top, b.area.top);
      if (wide > 2 && high > 2) faults.push(`"${a.text}" lies over "${b.text}"`);
    }
  return [...new Set(faults)];
}"""


def layout_faults(page: Page) -> list[Any]:
    """Return what is wrong: sideways scrolling, small or covered controls, text over text."""
    return list(page.evaluate(_FAULTS))
