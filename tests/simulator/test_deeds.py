"""What is done without a voice, to a device that can do it."""

from __future__ import annotations

import pytest

from skill.simulator.conversation import BEGAN
from skill.simulator.deeds import Deed, UnknownDeed, perform, read_deed
from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.request import SHOW, SPEAKER, Json

YES = {"type": "SendEvent", "arguments": ["AMAZON.YesIntent", {}]}
SCREEN = {
    "type": "APL",
    "version": "1.6",
    "mainTemplate": {
        "items": [{"type": "TouchWrapper", "accessibilityLabel": "Yes", "onPress": [YES]}]
    },
}


class Asker:
    """A skill that asks, shows a button, and keeps what it was sent."""

    def __init__(self, *, shows: bool = True) -> None:
        self.requests: list[Json] = []
        self._shows = shows

    def answer(self, request: Json) -> Json:
        self.requests.append(request)
        if request["request"]["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        shown = {
            "type": "Alexa.Presentation.APL.RenderDocument",
            "token": "t",
            "document": SCREEN,
        }
        speech = {"type": "PlainText", "text": "Shall we?"}
        return {
            "version": "1.0",
            "response": {
                "outputSpeech": speech,
                "directives": [shown] if self._shows else [],
                "shouldEndSession": False,
            },
        }


def test_what_is_on_the_screen_is_touched_by_its_name() -> None:
    skill = Asker()
    device = PretendDevice(skill.answer, VirtualClock(BEGAN), profile=SHOW)
    device.launch()
    turn = perform(device, read_deed("!touch Yes"))
    assert turn is not None
    assert skill.requests[-1]["request"]["arguments"] == ["AMAZON.YesIntent", {}]
    assert skill.requests[-1]["request"]["token"] == "t"


def test_what_is_not_on_the_screen_is_not_touched() -> None:
    skill = Asker()
    device = PretendDevice(skill.answer, VirtualClock(BEGAN), profile=SHOW)
    device.launch()
    assert perform(device, Deed("touch", "No")) is None
    device.hang_up()
    assert perform(device, Deed("touch", "Yes")) is None


def test_nothing_is_touched_on_a_speaker() -> None:
    device = PretendDevice(Asker(shows=False).answer, VirtualClock(BEGAN), profile=SPEAKER)
    device.launch()
    assert perform(device, Deed("touch", "Yes")) is None


def test_elsewhere_is_another_device_of_the_same_listener() -> None:
    skill = Asker()
    device = PretendDevice(skill.answer, VirtualClock(BEGAN), profile=SHOW)
    device.launch()
    turn = perform(device, read_deed("!elsewhere"))
    assert turn is not None
    first, second = skill.requests
    assert second["session"]["new"]
    assert second["session"]["user"] == first["session"]["user"]
    devices = {each["context"]["System"]["device"]["deviceId"] for each in (first, second)}
    assert len(devices) == 2


def test_a_touch_needs_a_name() -> None:
    with pytest.raises(UnknownDeed, match="!touch"):
        read_deed("!touch")
