"""Every APL document, in every situation and on every viewport, measured as it is drawn."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import PageServer
from tests.browser.smart_displays import WIDTHS_MM, faults, ready, saying, viewport
from tests.render.situations import shown
from tests.render.test_screen_sizes import longest_sentences

Json = dict[str, Any]

LONG = 90
"""Letters of a sentence that is long."""


@pytest.fixture(scope="module")
def drawing(browser: Browser, server: PageServer) -> Iterator[Page]:
    """A page on which documents are drawn one after the other."""
    page = browser.new_page()
    ready(page, server.url)
    yield page
    page.close()


@pytest.mark.parametrize("device", WIDTHS_MM)
def test_nothing_is_cut_off_covered_too_small_or_too_faint(drawing: Page, device: str) -> None:
    assert faults(drawing, device, shown()) == []


@pytest.mark.parametrize("device", WIDTHS_MM)
def test_every_long_sentence_has_its_place(drawing: Page, device: str) -> None:
    made = shown(["how to, moving"])["how to, moving"]
    long = [sentence for sentence in longest_sentences() if len(sentence) >= LONG]
    assert len(long) > 10
    documents = {sentence: saying(made, sentence) for sentence in long}
    assert faults(drawing, device, documents, ["dark"]) == []


def changed(**styles: Any) -> Json:
    made = copy.deepcopy(shown(["set"])["set"])
    for name, values in styles.items():
        made["document"]["styles"][name]["values"][0] |= values
    return made


def with_component(**component: Any) -> Json:
    made = copy.deepcopy(shown(["set"])["set"])
    made["document"]["mainTemplate"]["items"][0]["items"][0]["items"].append(component)
    return made


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (changed(small={"fontSize": 20}), "minutes of arc high"),
        (changed(cue={"color": "#203030"}), "has a contrast of"),
        (changed(count={"fontSize": 600}), "is beyond the edge"),
        (saying(shown(["rest"])["rest"], "many words " * 60), "is cut short"),
        (
            with_component(type="Text", text="x" * 9, position="absolute", top=60, left=500),
            "overlap",
        ),
        (
            with_component(
                type="TouchWrapper",
                accessibilityLabel="Small",
                role="button",
                item={"type": "Frame", "width": 20, "height": 20},
            ),
            'target "Small" is 20 by 20 dp',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_would_be_seen(drawing: Page, made: Json, fault: str) -> None:
    found = faults(drawing, "medium", {"changed": made})
    assert [one for one in found if fault in one], found


@pytest.mark.parametrize(
    ("component", "fault"),
    [
        ({"type": "Pager"}, "there is no component Pager"),
        ({"type": "Text", "text": "a", "colour": "red"}, "colour is unknown"),
        ({"type": "Text", "text": "${nobody}"}, "nobody is not defined"),
        ({"type": "Text", "text": "${s.nothing}"}, "is no text"),
        ({"type": "Text", "text": "${1 +}"}, "ends too early"),
        ({"type": "Text", "text": "${Math.sinus(1)}"}, "calls no function"),
        ({"type": "Text", "text": "a", "fontSize": "40pt"}, "is no dimension"),
        ({"type": "Text", "text": "a", "color": "@nowhere"}, "@nowhere is not defined"),
        ({"type": "Text", "text": "a", "maxLines": "${now > 0 ? 2 : 1}"}, "no device follows it"),
        ({"type": "Text", "text": "a", "style": "loud"}, "there is no style loud"),
        ({"type": "Container", "alignItems": "middle"}, "is no one of"),
        ({"type": "Container", "data": "${s.try}"}, "is no list"),
        (
            {"type": "Frame", "item": {"type": "Text", "grow": 1}},
            "grow is unknown, or has no effect",
        ),
        ({"type": "Frame", "items": [{"type": "Text"}, {"type": "Text"}]}, "holds one component"),
        ({"type": "VectorGraphic", "source": "cat"}, "there is no graphic cat"),
        ({"type": "VectorGraphic", "source": "ring", "ful": 1}, "ful is unknown"),
        ({"type": "Container", "onMount": [{"type": "Idle"}]}, "onMount is not run"),
        ({"type": "Container", "numbered": True}, "numbered is not drawn"),
    ],
    ids=str,
)
def test_nothing_unknown_is_passed_over(drawing: Page, component: Json, fault: str) -> None:
    made = with_component(**component)
    found = drawing.evaluate(
        """([made, seen]) => {
          const drawn = draw(made, seen);
          drawn.at(5000);
          return drawn.faults;
        }""",
        [made, viewport("medium", "dark")],
    )
    assert [one for one in found if fault in one], found


def test_an_unknown_command_is_told_when_it_is_run(drawing: Page) -> None:
    touchable = {"type": "TouchWrapper", "onPress": {"type": "PlayMedia"}, "id": "it"}
    found = drawing.evaluate(
        """([made, seen]) => {
          const drawn = draw(made, seen);
          drawn.element.querySelector("[data-id=it]").click();
          return drawn.faults;
        }""",
        [with_component(**touchable), viewport("medium", "dark")],
    )
    assert found == ["TouchWrapper it: PlayMedia: there is no such command"]


def test_the_same_moment_looks_the_same_however_one_came_to_it(drawing: Page) -> None:
    made = shown(["set"])["set"]
    slow, fast = drawing.evaluate(
        """([made, seen]) => [40, 4000].map((step) => {
          const drawn = draw(made, seen);
          for (let at = 0; at <= 60000; at += step) drawn.at(at);
          drawn.at(60000);
          return drawn.element.innerText;
        })""",
        [made, viewport("medium", "dark")],
    )
    assert slow == fast
    assert "of 12" in slow
