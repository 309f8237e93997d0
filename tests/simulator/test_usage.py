"""What is used of Amazon's limits is measured by the very figures that refuse too much."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skill.simulator.audio_limits import TOKEN_CHARACTERS
from skill.simulator.limits import (
    AUDIO_TAGS,
    BREAKS_MS,
    RESPONSE_BYTES,
    SPEECH_CHARACTERS,
    faults,
)
from skill.simulator.playback import Player
from skill.simulator.request import SPEAKER
from skill.simulator.usage import Used, used
from tests.simulator.jukebox import play
from tests.simulator.parrot import SET, document, reply, ssml

CLIP = '<audio src="https://coach.example/clip.mp3"/>'

STREAM = reply(directives=[play("t" * TOKEN_CHARACTERS)], shouldEndSession=True)


def of(name: str, unit: str, envelope: dict[str, Any]) -> Used:
    found = [each for each in used(envelope, Player()) if (each.name, each.unit) == (name, unit)]
    assert len(found) == 1, found
    return found[0]


def refused(envelope: dict[str, Any]) -> list[str]:
    return list(faults(envelope, "IntentRequest", SPEAKER.interfaces, Player()))


def test_the_response_is_counted_in_bytes_not_in_letters() -> None:
    envelope = reply(outputSpeech=ssml("Über."), shouldEndSession=True)
    size = len(json.dumps(envelope, ensure_ascii=False).encode())
    assert of("response", "bytes", envelope) == Used("response", size, RESPONSE_BYTES, "bytes")


@pytest.mark.parametrize(
    ("name", "unit", "at_most", "most"),
    [
        (
            "speech",
            "characters",
            reply(outputSpeech=ssml("a" * (SPEECH_CHARACTERS - len("<speak></speak>")))),
            SPEECH_CHARACTERS,
        ),
        ("speech clips", "files", reply(outputSpeech=ssml(CLIP * AUDIO_TAGS)), AUDIO_TAGS),
        (
            "speech breaks",
            "seconds",
            reply(outputSpeech=ssml('Well. <break time="5s"/><break time="5s"/>')),
            BREAKS_MS / 1000,
        ),
        ("stream token", "characters", STREAM, TOKEN_CHARACTERS),
    ],
)
def test_what_is_used_up_is_not_refused_yet(
    name: str, unit: str, at_most: dict[str, Any], most: float
) -> None:
    assert of(name, unit, at_most) == Used(name, most, most, unit)
    assert refused(at_most) == []


def test_clips_count_by_their_number_and_their_length() -> None:
    envelope = reply(outputSpeech=ssml(CLIP * 3), reprompt={"outputSpeech": ssml(CLIP)})
    player = Player(clip_ms=lambda _: 2_500)
    found = {(each.name, each.unit): each.used for each in used(envelope, player)}
    assert found["speech clips", "seconds"] == 7.5
    assert found["reprompt clips", "files"] == 1


def test_paced_sound_counts_from_its_first_beat_to_its_last() -> None:
    assert of("sound", "seconds", reply(directives=[SET])).used == Player().document(SET).ms / 1000


@pytest.mark.parametrize(
    "envelope",
    [
        {},
        reply(),
        reply(outputSpeech=ssml("a < b")),
        reply(directives=[document({"type": "Sequencer", "data": []})]),
        reply(directives=[{"type": "AudioPlayer.Play"}]),
    ],
)
def test_what_is_broken_still_has_a_size(envelope: dict[str, Any]) -> None:
    assert of("response", "bytes", envelope).used == len(json.dumps(envelope))
