from __future__ import annotations

from typing import Any

import pytest

from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.request import APL, SHOW, SPEAKER
from skill.simulator.screen_limits import RENDER_DOCUMENT, screen_faults

Json = dict[str, Any]


def shows(**changes: Any) -> Json:
    document = {"type": "APL", "version": "1.6"}
    return {"type": RENDER_DOCUMENT, "token": "t", "document": document} | changes


PLAY = {"type": "AudioPlayer.Play"}


@pytest.mark.parametrize(
    ("directives", "fault"),
    [
        ([shows(), PLAY], "which takes the screen"),
        ([shows(), shows()], "more than one"),
        ([shows(token="")], "has no token"),
        ([shows(document=None)], "has no document"),
        ([shows(document={"type": "APLA"})], "has no document"),
        ([shows(document={"type": "APL"})], "says no version"),
        ([shows(document={"type": "APL", "version": "2025.1"})], "needs APL 2025.1"),
        ([shows(datasources=[1])], "are not an object"),
    ],
)
def test_what_amazon_refuses_of_screens(directives: list[Json], fault: str) -> None:
    assert [each for each in screen_faults(directives, APL) if fault in each]


@pytest.mark.parametrize(
    "directives",
    [
        [shows()],
        [shows(datasources={"screen": {}})],
        [shows(document={"type": "APL", "version": "2024.3"})],
        [shows(document={"type": "Link", "src": "doc://alexa/apl/documents/welcome"})],
        [shows(), {"type": "AudioPlayer.Stop"}],
        [],
    ],
)
def test_what_amazon_takes(directives: list[Json]) -> None:
    assert list(screen_faults(directives, APL)) == []


def test_a_device_without_a_screen_takes_no_document() -> None:
    faults = list(screen_faults([shows()], SPEAKER.interfaces))
    assert "was sent to a device without a screen" in faults[0]


class Showing:
    """A skill that shows something, and keeps what it was asked."""

    def __init__(self) -> None:
        self.requests: list[Json] = []

    def __call__(self, envelope: Json) -> Json:
        self.requests.append(envelope["request"])
        speech = {"type": "SSML", "ssml": "<speak>Look.</speak>"}
        response = {"outputSpeech": speech, "directives": [shows()], "shouldEndSession": False}
        return {"version": "1.0", "response": response}


def test_a_touch_reaches_the_skill_with_token_and_arguments(clock: VirtualClock) -> None:
    skill = Showing()
    device = PretendDevice(skill, clock, profile=SHOW)
    device.launch()
    assert device.shown is not None
    assert not device.touch(["ReadyIntent", {}]).ended
    request = skill.requests[-1]
    assert request["type"] == "Alexa.Presentation.APL.UserEvent"
    assert (request["token"], request["arguments"]) == ("t", ["ReadyIntent", {}])


def test_nothing_can_be_touched_where_nothing_is_shown(clock: VirtualClock) -> None:
    device = PretendDevice(Showing(), clock, profile=SHOW)
    with pytest.raises(ValueError, match="nothing to touch"):
        device.touch([])
