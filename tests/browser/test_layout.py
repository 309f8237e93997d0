from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visits
from tests.browser.faults import Faults
from tests.browser.layout import layout_faults
from tests.browser.states import STATES

SCREENS = {
    "320": ViewportSize(width=320, height=640),
    "390": ViewportSize(width=390, height=844),
    "sideways": ViewportSize(width=844, height=390),
    "768": ViewportSize(width=768, height=1024),
    "zoomed": ViewportSize(width=640, height=360),  # 1280 x 720 at 200 %
    "1280": ViewportSize(width=1280, height=720),
    "1920": ViewportSize(width=1920, height=1080),
    "3840": ViewportSize(width=3840, height=2160),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_every_screen_and_axe_finds_nothing(
    visits: Visits, faults: Faults, state: str
) -> None:
    faults.allow("console: Failed to load resource: net::ERR_FAILED")
    visitor = visits(color_scheme="light", reduced_motion="reduce").opens()
    STATES[state](visitor)
    found = []
    for screen, size in SCREENS.items():
        visitor.page.set_viewport_size(size)
        visitor.keeps(f"{state}-{screen}")
        found += [f"{screen}: {fault}" for fault in layout_faults(visitor.page)]
    visitor.page.set_viewport_size(SCREENS["1280"])
    found += [f"light: {fault}" for fault in violations(visitor.page)]
    visitor.page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in violations(visitor.page)]
    visitor.keeps(f"{state}-dark")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("screen", SCREENS)
def test_what_to_do_first_is_seen_without_scrolling(visits: Visits, screen: str) -> None:
    visitor = visits(viewport=SCREENS[screen]).opens()
    expect(visitor.start).to_be_in_viewport(ratio=1)


def test_with_reduced_motion_nothing_moves_but_from_phase_to_phase(visits: Visits) -> None:
    visitor = visits(reduced_motion="reduce").opens()
    visitor.reaches_a_set()
    poses = visitor.page.evaluate(
        """async () => {
          const sound = document.getElementById("sound");
          const poses = new Map();
          const since = sound.currentTime;
          while (sound.currentTime < since + 20 || poses.size < 4) {
            await new Promise(requestAnimationFrame);
            const { phase } = document.body.dataset;
            const drawn = document.getElementById("figure").innerHTML;
            poses.set(phase, (poses.get(phase) ?? new Set()).add(drawn));
            sound.playbackRate = 4;
            if (document.getAnimations().some((one) => one.playState === "running")) return null;
          }
          return Object.fromEntries([...poses].map(([phase, drawn]) => [phase, drawn.size]));
        }"""
    )
    assert poses is not None, "something is animated"
    assert all(count <= 2 for count in poses.values()), poses


def test_in_forced_colours_buttons_have_borders_and_the_figure_is_seen(visits: Visits) -> None:
    visitor = visits(forced_colors="active").opens()
    visitor.reaches_a_set()
    visitor.keeps("forced-colours")
    border = visitor.button("Say it").evaluate("one => getComputedStyle(one).borderTopStyle")
    assert border == "solid"
    shown = visitor.page.evaluate(
        """() => {
          const limb = document.querySelector("#figure .near");
          const behind = document.querySelector("#ring .track");
          return [getComputedStyle(limb).stroke, getComputedStyle(behind).fill];
        }"""
    )
    assert shown[0] != shown[1]
