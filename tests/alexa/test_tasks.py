"""Quick links and routines: a launch that brings its task along."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skill.alexa.tasks import START_WORKOUT
from skill.coach.plain import from_plain
from skill.coach.session import Phase, Session
from skill.skill_package import SOURCE
from tests.alexa.test_skill import asker, parts

OWN_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"


def launched(task: object, attributes: object = None) -> dict[str, Any]:
    return asker(parts())({"type": "LaunchRequest", "task": task}, attributes)


def session_of(answer: dict[str, Any]) -> Session:
    return from_plain(answer["sessionAttributes"]["session"])


def task(minutes: object, name: str = f"{OWN_ID}.{START_WORKOUT}") -> dict[str, Any]:
    return {"name": name, "version": "1", "input": {"minutes": minutes}}


@pytest.mark.parametrize("minutes", [10, "10", 10.0])
@pytest.mark.parametrize("name", [START_WORKOUT, f"{OWN_ID}.{START_WORKOUT}"])
def test_a_task_starts_a_workout_of_so_many_minutes(minutes: object, name: str) -> None:
    answer = launched(task(minutes, name))
    session = session_of(answer)
    assert session.phase is Phase.SAFETY
    assert session.plan.minutes == 10
    assert "Welcome to My Hip Workout" not in answer["response"]["outputSpeech"]["ssml"]
    assert answer["response"]["shouldEndSession"] is False


@pytest.mark.parametrize("minutes", ["ten", "", None, -5, 0, True, "٣", 1e9, "9999", [], {}])
def test_minutes_that_make_no_sense_make_a_usual_workout(minutes: object) -> None:
    assert session_of(launched(task(minutes))).plan.minutes == 20


@pytest.mark.parametrize("given", [None, "x", [], {"hours": 1}])
def test_a_task_without_its_input_makes_a_usual_workout(given: object) -> None:
    answer = launched({"name": START_WORKOUT, "version": "1", "input": given})
    assert session_of(answer).plan.minutes == 20


@pytest.mark.parametrize(
    "unknown", [None, {"name": "MakeCoffee", "version": "1"}, {}, {"name": ""}]
)
def test_a_launch_without_a_task_that_is_known_is_a_launch(unknown: object) -> None:
    speech = launched(unknown)["response"]["outputSpeech"]["ssml"]
    assert "Welcome to My Hip Workout" in speech


def test_the_first_workout_by_a_link_still_begins_with_the_disclaimer() -> None:
    assert "no medical advice" in launched(task(10))["response"]["outputSpeech"]["ssml"]


def test_the_task_is_defined_as_it_is_answered() -> None:
    defined = json.loads((SOURCE / "tasks" / f"{START_WORKOUT}.1.json").read_text("utf-8"))
    assert defined["paths"].keys() == {f"/{START_WORKOUT}"}
    assert defined["components"]["schemas"]["Input"]["properties"].keys() == {"minutes"}
    example = defined["paths"][f"/{START_WORKOUT}"]["post"]["requestBody"]["content"]
    for one in example["application/json"]["examples"].values():
        assert session_of(launched(task(**one["value"]))).plan.minutes == 10
