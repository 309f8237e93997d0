from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from skill.coach.part import Room
from skill.simulator.amazon_here import AmazonHere
from skill.simulator.seeing import Seeing
from skill.simulator.speaker import SpeakerParts
from skill.simulator.speakers import PATIENCE_S, BadSpeaker, Busy, Speakers, UnknownSpeaker
from skill.simulator.step import Step
from tests.coach.listener import the_catalogue, the_words
from tests.simulator.parrot import Parrot, parrot_ears
from tests.simulator.visitor import START, Visitor, app_of, new_listener

WISH: dict[str, Any] = {"device": "speaker", "locale": "en-US", "listener": "a" * 20}


def speakers_of(most: int = 64, patience_s: float = PATIENCE_S) -> Speakers:
    seeing = Seeing(
        Room(the_catalogue(), the_words().length_ms), the_words(), the_words().length_ms
    )
    parts = SpeakerParts(Parrot(), parrot_ears, seeing, {})
    return Speakers(parts, AmazonHere(), clock=lambda: START, most=most, patience_s=patience_s)


@pytest.mark.parametrize(
    "wish",
    [
        None,
        [],
        {},
        WISH | {"device": "toaster"},
        WISH | {"device": ["speaker"]},
        WISH | {"device": None},
        WISH | {"locale": "xx-XX"},
        WISH | {"locale": {}},
        WISH | {"listener": "a" * 15},
        WISH | {"listener": "a" * 41},
        WISH | {"listener": "A" * 20},
        WISH | {"listener": "a" * 20 + "\n"},
        WISH | {"listener": "a" * 19 + "²"},
        WISH | {"listener": 12345678901234567890},
        WISH | {"listener": "amzn1.ask.account.somebody"},
    ],
)
def test_a_speaker_that_cannot_be_is_refused(wish: object) -> None:
    with pytest.raises(BadSpeaker):
        speakers_of().open(wish)


@pytest.mark.parametrize(
    ("device", "screen"),
    [("speaker", None), ("small", "RECTANGLE"), ("large", "RECTANGLE"), ("round", "ROUND")],
)
def test_each_device_tells_the_skill_what_it_is(device: str, screen: str | None) -> None:
    ann = Visitor(app_of().test_client(), device=device)
    assert ann.state["device"] == device
    ann.does("say", 0, words="start my hip workout")
    context = ann.state["last"]["exchanges"][0]["request"]["context"]
    assert context.get("Viewport", {}).get("shape") == screen
    interfaces = context["System"]["device"]["supportedInterfaces"]
    assert ("Alexa.Presentation.APL" in interfaces) == (screen is not None)


def test_nobody_at_a_page_can_speak_for_a_listener_of_amazons() -> None:
    ann = Visitor(app_of().test_client())
    ann.does("say", 0, words="start my hip workout")
    system = ann.state["last"]["exchanges"][0]["request"]["context"]["System"]
    assert system["user"]["userId"] == f"amzn1.ask.account.PRETEND-{ann.listener}"
    assert "PRETEND" in system["device"]["deviceId"]


@pytest.mark.parametrize("path", ["", "/steps", "/sound/1.mp3"])
def test_an_unknown_speaker_is_not_found(path: str) -> None:
    client = app_of().test_client()
    body = {"number": 0, "after_ms": 0, "do": "wait"}
    post = path == "/steps"
    answer = (
        client.post(f"/speakers/x{path}", json=body) if post else client.get(f"/speakers/x{path}")
    )
    assert (answer.status_code, answer.get_json()) == (404, {"error": "unknown-speaker"})


def test_the_speaker_that_was_left_alone_for_longest_is_forgotten() -> None:
    speakers = speakers_of(most=3)
    first, second, third = (speakers.open(WISH) for _ in range(3))
    with speakers.held(first):
        pass
    fourth = speakers.open(WISH)
    with pytest.raises(UnknownSpeaker), speakers.held(second):
        pass
    for id_ in (first, third, fourth):
        with speakers.held(id_) as speaker:
            assert speaker.steps == 0


def test_a_speaker_that_is_forgotten_in_mid_step_ends_that_step() -> None:
    speakers = speakers_of(most=1)
    id_ = speakers.open(WISH)
    with speakers.held(id_) as speaker:
        speakers.open(WISH)
        speaker.take(Step(0, 0, "say", words="start my hip workout"))
        assert speaker.device.in_session
    with pytest.raises(UnknownSpeaker), speakers.held(id_):
        pass


def test_a_speaker_is_held_by_one_thread_while_others_are_free() -> None:
    speakers = speakers_of()
    mine, other = speakers.open(WISH), speakers.open(WISH)
    order: list[str] = []

    def step() -> None:
        with speakers.held(mine):
            order.append("waited")

    with speakers.held(mine):
        thread = threading.Thread(target=step)
        thread.start()
        with speakers.held(other):
            order.append("other")
        order.append("done")
    thread.join(30)
    assert order == ["other", "done", "waited"]


def test_nobody_waits_for_ever_for_a_speaker_that_is_busy() -> None:
    speakers = speakers_of(patience_s=0.0)
    id_ = speakers.open(WISH)
    with speakers.held(id_), pytest.raises(Busy), speakers.held(id_):
        pass
    with speakers.held(id_) as speaker:
        assert speaker.steps == 0


def test_a_listeners_time_never_goes_backwards() -> None:
    speakers = speakers_of()
    with speakers.held(speakers.open(WISH)) as ahead:
        ahead.take(Step(0, 3_600_000, "wait"))
    with speakers.held(speakers.open(WISH)) as next_one:
        assert next_one.began == ahead.clock()
    someone_else = WISH | {"listener": new_listener()}
    with speakers.held(speakers.open(someone_else)) as speaker:
        assert speaker.began < next_one.began


def test_a_speakers_clock_begins_with_a_whole_second() -> None:
    with (speakers := speakers_of()).held(speakers.open(WISH)) as speaker:
        assert START.microsecond
        assert START <= speaker.began < START + timedelta(seconds=1)
        assert speaker.began.microsecond == 0
