from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skill.render.apla import apla
from tests.coach.listener import the_words
from tests.render.situations import SITUATIONS
from tests.render.suggester import departures

SCHEMA = json.loads((Path(__file__).parent / "apla_schema.json").read_text("utf-8"))


def test_paced_sound_keeps_to_the_reference_of_apl_for_audio() -> None:
    replies = {name: make() for name, (_, make) in SITUATIONS.items()}
    paced = {
        name: apla(reply.script, the_words()) for name, reply in replies.items() if reply.paced
    }
    assert len(paced) > 5
    assert departures(SCHEMA, paced) == {name: [] for name in paced}


def holding(component: dict[str, Any]) -> dict[str, Any]:
    return {"type": "APLA", "version": "0.91", "mainTemplate": {"item": component}}


@pytest.mark.parametrize(
    "document",
    [
        {"type": "APLA", "version": "0.91"},
        {**holding({"type": "Speech", "content": "Lift."}), "version": "2"},
        holding({"type": "Speech"}),
        holding({"type": "Speech", "content": ""}),
        holding({"type": "Speech", "content": "Lift.", "contentType": "HTML"}),
        holding({"type": "Silence", "duration": 0}),
        holding({"type": "Silence", "duration": "long"}),
        holding({"type": "Audio", "source": "http://example.com/a.mp3"}),
        holding({"type": "Mixer", "items": []}),
        holding({"type": "Sequencer", "items": [{"type": "Drum"}]}),
    ],
    ids=str,
)
def test_the_schema_would_see_a_fault(document: dict[str, Any]) -> None:
    assert departures(SCHEMA, {"faulty": document})["faulty"]
