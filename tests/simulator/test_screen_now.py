"""What a page is told of the screen of its device."""

from __future__ import annotations

from typing import Any

import pytest

from skill.render.apl import DELAY_MS
from skill.simulator.request import SPEAKER
from skill.simulator.screen_limits import RENDER_DOCUMENT
from skill.simulator.screen_now import viewport_of
from skill.simulator.speakers import DEVICES
from tests.simulator.parrot import reply, ssml
from tests.simulator.visitor import Visitor, app_of

Json = dict[str, Any]


def shows(name: str) -> Json:
    document = {"type": "APL", "version": "1.6", "description": name}
    data = {"screen": {"name": name}}
    return {"type": RENDER_DOCUMENT, "token": "t", "document": document, "datasources": data}


class Painter:
    """Shows a document at the start and at every touch, keeps it at "more", and ends at "stop"."""

    def __init__(self) -> None:
        self.touched: list[Json] = []

    def __call__(self, envelope: Json) -> Json:
        request = envelope["request"]
        says: Json = {"outputSpeech": ssml("Look here."), "shouldEndSession": False}
        match request:
            case {"type": "LaunchRequest"}:
                return reply(**says, directives=[shows("first")])
            case {"type": "Alexa.Presentation.APL.UserEvent"}:
                self.touched.append(request)
                return reply(**says, directives=[shows("touched")])
            case {"intent": {"name": "AMAZON.StopIntent"}}:
                return reply(shouldEndSession=True)
        return reply(**says) if request["type"] == "IntentRequest" else reply()


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def ann(painter: Painter) -> Visitor:
    visitor = Visitor(app_of(painter).test_client(), device="medium")
    visitor.does("say", 0, words="start my hip workout")
    return visitor


def shown(visitor: Visitor) -> Json | None:
    found: Json | None = visitor.state["screen"]["shown"]
    return found


def test_a_speaker_without_a_screen_tells_of_none() -> None:
    assert viewport_of(SPEAKER) is None
    assert Visitor(app_of().test_client()).state["screen"] is None


@pytest.mark.parametrize(
    ("device", "size", "shape", "mode"),
    [
        ("round", (480, 480), "round", "hub"),
        ("small", (960, 480), "rectangle", "hub"),
        ("medium", (962, 601), "rectangle", "hub"),
        ("large", (1280, 800), "rectangle", "hub"),
        ("extra-large", (1920, 1080), "rectangle", "hub"),
        ("portrait", (1080, 1920), "rectangle", "hub"),
        ("television", (960, 540), "rectangle", "tv"),
        ("phone", (411, 731), "rectangle", "mobile"),
    ],
)
def test_every_class_of_viewport_is_as_its_documents_see_it(
    device: str, size: tuple[int, int], shape: str, mode: str
) -> None:
    seen = viewport_of(DEVICES[device])
    assert seen is not None
    assert ((seen["width"], seen["height"]), seen["shape"], seen["mode"]) == (size, shape, mode)


def test_before_anything_is_shown_there_is_an_empty_screen() -> None:
    visitor = Visitor(app_of(Painter()).test_client(), device="round")
    assert visitor.state["screen"]["viewport"]["shape"] == "round"
    assert shown(visitor) is None


def test_a_document_is_told_with_its_data_and_when_it_came(ann: Visitor) -> None:
    now = shown(ann)
    assert now is not None
    assert (now["number"], now["document"]["description"]) == (1, "first")
    assert now["datasources"] == {"screen": {"name": "first"}}
    assert (now["since_ms"], now["ahead_ms"]) == (ann.state["now_ms"], DELAY_MS)


def test_it_stays_until_another_one_comes(ann: Visitor) -> None:
    first = shown(ann)
    ann.says("hang on")
    assert shown(ann) == first
    ann.does("touch", words="Look", arguments=["ReadyIntent", {}])
    second = shown(ann)
    assert second is not None
    assert first is not None
    assert (second["number"], second["document"]["description"]) == (2, "touched")
    assert second["since_ms"] > first["since_ms"]


def test_with_the_session_it_is_gone(ann: Visitor) -> None:
    ann.keeps_silent()
    assert not ann.state["in_session"]
    assert shown(ann) is None


def test_a_touch_reaches_the_skill_and_is_written_down_as_what_it_says(
    ann: Visitor, painter: Painter
) -> None:
    sent = ["HowToIntent", {"exercise": "glute_bridge"}]
    ann.does("touch", words="How do I do glute bridges", arguments=sent)
    assert [each["arguments"] for each in painter.touched] == [sent]
    rows = [(row["who"], row["text"]) for row in ann.state["transcript"]]
    assert ("you", "How do I do glute bridges") in rows
    saved = ann.client.get(f"{ann.path}/conversation.txt").get_data(as_text=True)
    assert "How do I do glute bridges" in saved


def test_a_touch_on_what_has_gone_meanwhile_does_nothing(ann: Visitor, painter: Painter) -> None:
    ann.does("hang_up")
    ann.does("touch", words="Yes", arguments=["AMAZON.YesIntent", {}])
    assert painter.touched == []
    assert "Yes" not in [row["text"] for row in ann.state["transcript"]]
