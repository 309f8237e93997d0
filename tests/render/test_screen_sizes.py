"""On every screen the words are large enough, nothing to touch is small, and nothing is cut off."""

from __future__ import annotations

import math
from typing import Any

import pytest

from skill.coach.session import Place
from skill.coach.teaching import how_to_lines
from tests.coach.listener import the_catalogue, the_words
from tests.render.situations import shown
from tests.render.suggester import resources

VIEWPORTS: dict[str, tuple[dict[str, Any], float]] = {
    "round": ({"shape": "round", "mode": "hub", "width": 480, "height": 480}, 63),
    "small": ({"shape": "rectangle", "mode": "hub", "width": 960, "height": 480}, 125),
    "medium": ({"shape": "rectangle", "mode": "hub", "width": 961, "height": 601}, 172),
    "large": ({"shape": "rectangle", "mode": "hub", "width": 1280, "height": 800}, 217),
    "extra large": ({"shape": "rectangle", "mode": "hub", "width": 1920, "height": 1080}, 345),
    "portrait": ({"shape": "rectangle", "mode": "hub", "width": 1080, "height": 1920}, 194),
    "television": ({"shape": "rectangle", "mode": "tv", "width": 960, "height": 540}, 950),
    "phone": ({"shape": "rectangle", "mode": "mobile", "width": 411, "height": 731}, 0),
}
"""Each class with its size in dp, and how many millimetres wide its smallest device is; a phone is
held in the hand."""


@pytest.fixture(scope="module")
def sizes() -> dict[str, dict[str, Any]]:
    viewports = {name: {**viewport, "theme": "dark"} for name, (viewport, _) in VIEWPORTS.items()}
    return resources(shown(["set"])["set"]["document"], viewports)


@pytest.mark.parametrize("name", VIEWPORTS)
def test_nothing_to_touch_is_smaller_than_a_finger(
    name: str, sizes: dict[str, dict[str, Any]]
) -> None:
    assert sizes[name]["touch"] >= 48


@pytest.mark.parametrize("name", [name for name, (_, width_mm) in VIEWPORTS.items() if width_mm])
def test_words_are_readable_at_three_metres_and_the_count_at_a_glance(
    name: str, sizes: dict[str, dict[str, Any]]
) -> None:
    viewport, width_mm = VIEWPORTS[name]

    def minutes(font: str) -> float:
        """Arc minutes of a capital letter, 0.7 of its font, at three metres."""
        height_mm = sizes[name][font] * 0.7 * width_mm / viewport["width"]
        return math.degrees(height_mm / 3000) * 60

    assert minutes("fontSmall") >= 4.7, "five is what 20/20 vision reads"
    assert minutes("fontBody") >= 4.7
    assert minutes("fontTitle") >= 4.7
    assert minutes("fontCount") >= 9.4


@pytest.mark.parametrize("name", VIEWPORTS)
def test_the_figure_leaves_room_for_the_words(name: str, sizes: dict[str, dict[str, Any]]) -> None:
    viewport, found = VIEWPORTS[name][0], sizes[name]
    along = viewport["width"] if found["flow"] == "row" else viewport["height"]
    assert found["dial"] < along * 0.45
    assert found["dial"] <= min(viewport["width"], viewport["height"]) - 2 * found["pad"]
    words = 1.25 * (found["fontTitle"] + found["fontSmall"] + found["fontBody"])
    if found["flow"] == "row":
        room = viewport["height"] - 2 * found["pad"] - found["touch"] - 8
        assert words + 1.2 * found["fontCount"] <= room


def longest_sentences() -> list[str]:
    """Return what explains the exercises, as it stands on a screen, the longest first."""
    lines = {
        line
        for exercise in the_catalogue().exercises.values()
        for place in (None, Place.BED)
        for line in how_to_lines(exercise, place)
    }
    return sorted(map(the_words().sentence, lines), key=len, reverse=True)


@pytest.mark.parametrize("name", VIEWPORTS)
def test_every_sentence_fits_beside_or_under_the_figure(
    name: str, sizes: dict[str, dict[str, Any]]
) -> None:
    viewport, found = VIEWPORTS[name][0], sizes[name]
    wide, high = viewport["width"] - 2 * found["pad"], viewport["height"] - 2 * found["pad"]
    heading = 0 if found["isRound"] else 1.25 * (found["fontTitle"] + found["fontSmall"])
    room = high - found["touch"] - 8 - heading
    for sentence in longest_sentences():
        beside = found["dial"] + found["gap"]
        there = not found["isRound"] or len(sentence) <= 30
        width = wide - (beside if found["flow"] == "row" else 0)
        height = room - (beside if found["flow"] == "column" and there else 0)
        long = len(sentence)
        longest, is_long = long > found["longestFrom"], long > found["longFrom"]
        share = found["longestCue"] if longest else found["longCue"] if is_long else 1
        font = found["fontBody"] * share
        lines = math.ceil(1.08 * long * font * 0.5 / width)  # an average letter is half as wide
        assert lines <= found["cueLines"], sentence
        assert 1.2 * font * lines <= height, sentence


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_both_themes_have_contrast(theme: str) -> None:
    viewport = {**VIEWPORTS["medium"][0], "theme": theme}
    found = resources(shown(["set"])["set"]["document"], {theme: viewport})[theme]
    for ground in ("ground", "surface"):
        assert contrast(found["text"], found[ground]) >= 7
        assert contrast(found["quiet"], found[ground]) >= 4.5
    assert contrast(found["accent"], found["ground"]) >= 4.5
    for part in ("near", "arm", "far", "prop"):
        assert contrast(found[part], found["ground"]) >= 3
