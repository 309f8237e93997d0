"""Draws our APL documents as the page does, on every viewport and in every situation."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from skill.simulator.screen_now import viewport_of
from skill.simulator.speakers import DEVICES

Json = dict[str, Any]

WIDTHS_MM: Mapping[str, float] = {
    "round": 63,
    "small": 125,
    "medium": 172,
    "large": 217,
    "extra-large": 345,
    "portrait": 194,
    "television": 950,
    "phone": 0,
}
"""How wide the screen of the smallest device of each class is; 0: it is held in the hand."""

THEMES = ("dark", "light")

_MEASURE = Path(__file__).with_name("apl_measure.js")


@cache
def viewport(device: str, theme: str) -> Mapping[str, Any]:
    """Return what a document sees of a device of the page, with a theme."""
    seen = viewport_of(DEVICES[device])
    assert seen is not None, device
    return {**seen, "theme": theme}


def moments(made: Json) -> list[int]:
    """Return times from the first picture at which a document shows all its different texts.

    Of times with the same words one is enough, that with the longest count.
    """
    data = made["datasources"]["screen"]
    stretches = data["stretches"]
    columns = zip(*(stretches[name] for name in ("title", "note", "of", "cue")), strict=True)
    texts = stretches["texts"]
    chosen: dict[tuple[object, ...], tuple[int, int]] = {}
    for i, words in enumerate(columns):
        at, until = stretches["at"][i], min(stretches["until"][i], stretches["at"][i] + 60_000)
        asks = (at + until) // 2 >= data["asks"]
        early = stretches["counts_down"][i] > 0
        when = at + 1 if early else (at + until) // 2
        length = len(texts[stretches["count"][i]])
        key = (*words, asks)
        if key not in chosen or chosen[key][0] < length:
            chosen[key] = (length, when)
    return sorted({data["delay"] + when for _, when in chosen.values()})


def ready(page: Page, url: str) -> None:
    """Make a page ready to draw: it gets the renderer, and nothing else stays on it."""
    page.goto(f"{url}/page/icon.svg")
    page.goto(f"{url}/guides")
    page.evaluate(
        """async () => {
          const { AplDocument } = await import("/page/apl/document.js");
          for (const sheet of [...document.querySelectorAll("link, style")]) sheet.remove();
          document.body.replaceChildren();
          document.body.className = "";
          Object.assign(document.body.style, { margin: 0, overflow: "hidden",
            fontFamily: '"Amazon Ember", "DejaVu Sans", sans-serif' });
          window.draw = (made, viewport) => {
            const drawn = new AplDocument({ ...made, viewport });
            document.body.replaceChildren(drawn.element);
            return drawn;
          };
        }"""
    )
    page.evaluate(_MEASURE.read_text("utf-8"))


def saying(made: Json, sentence: str) -> Json:
    """Return a document that says another sentence wherever it has one to say."""
    changed = copy.deepcopy(made)
    stretches = changed["datasources"]["screen"]["stretches"]
    for at in set(stretches["cue"]):
        stretches["texts"][at] = sentence
    return changed


def faults(
    page: Page, device: str, documents: Mapping[str, Json], themes: Sequence[str] = THEMES
) -> list[str]:
    """Return what is wrong with documents on a device: in the first theme at all their moments, in
    the others, which have the same places, at the last one.
    """
    told = {name: [made, moments(made)] for name, made in documents.items()}
    seen = viewport(device, themes[0])
    page.set_viewport_size({"width": seen["width"], "height": seen["height"]})
    found: list[str] = page.evaluate(
        """([told, viewports, widthMm]) => {
          const found = new Set();
          const [first, ...others] = viewports;
          for (const [name, [made, times]] of Object.entries(told)) {
            const drawn = draw(made, first);
            const note = (list) => list.forEach((one) => found.add(`${name}: ${one}`));
            for (const time of times) {
              drawn.at(time);
              note(aplMeasure.faultsOf(drawn.element, first, widthMm));
            }
            for (const other of others) {
              drawn.resize(other);
              note(aplMeasure.faultsOf(drawn.element, other, widthMm));
            }
            note(drawn.faults);
          }
          return [...found];
        }""",
        [told, [viewport(device, theme) for theme in themes], WIDTHS_MM[device]],
    )
    return found
