"""Requests without the skill's name: what could be served is told, and nothing else happens."""

from __future__ import annotations

from typing import Any

import pytest
from ask_sdk_model.canfulfill import CanFulfillIntentValues

from interaction_model.contract import load_contract
from skill.alexa.can_fulfill import OUT_OF_THE_BLUE, can_fulfill
from skill.alexa.memory import Memory
from tests.alexa.test_skill import SECRET, DeadStore, asker, parts

MATCH, NO_MATCH = "ER_SUCCESS_MATCH", "ER_SUCCESS_NO_MATCH"


def slot(name: str, value: str, *ids: str) -> dict[str, Any]:
    """A slot as Amazon resolved it: to these ids, or to none."""
    values = [{"value": {"name": id_, "id": id_}} for id_ in ids]
    found = {"authority": "a", "status": {"code": MATCH if ids else NO_MATCH}, "values": values}
    return {"name": name, "value": value, "resolutions": {"resolutionsPerAuthority": [found]}}


BRIDGE = slot("exercise", "glute bridge", "glute_bridge")
EITHER = slot("exercise", "bridge", "glute_bridge", "ball_bridge_curl")
PIZZA = slot("exercise", "pizza")
TEN, HOURS, ODD = ({"name": "minutes", "value": value} for value in ("10", "600", "?"))
EMPTY = {"name": "exercise"}

QUESTIONS = [
    ("StartWorkoutIntent", [], "YES"),
    ("StartWorkoutIntent", [TEN], "YES"),
    ("StartWorkoutIntent", [HOURS], "MAYBE"),
    ("StartWorkoutIntent", [ODD], "MAYBE"),
    ("StartWorkoutIntent", [TEN, slot("place", "moon")], "MAYBE"),
    ("StartWorkoutIntent", [slot("place", "standing", "standing")], "YES"),
    ("StartExerciseIntent", [BRIDGE], "YES"),
    ("StartExerciseIntent", [PIZZA], "NO"),
    ("StartExerciseIntent", [EMPTY], "MAYBE"),
    ("HowToIntent", [BRIDGE], "YES"),
    ("HowToIntent", [EITHER], "YES"),
    ("HowToIntent", [PIZZA], "NO"),
    ("HowToIntent", [], "MAYBE"),
    ("ExplainIntent", [slot("topic", "psoas", "psoas")], "YES"),
    ("ExplainIntent", [slot("topic", "the moon")], "NO"),
    ("PlayWorkoutIntent", [], "NO"),
    ("PainIntent", [], "NO"),
    ("ForgetMeIntent", [], "NO"),
    ("AMAZON.NextIntent", [], "NO"),
    ("ReadyIntent", [], "NO"),
    ("PizzaIntent", [BRIDGE], "NO"),
]


def question(intent: str, slots: list[dict[str, Any]]) -> dict[str, Any]:
    named = {one["name"]: one for one in slots}
    return {"type": "CanFulfillIntentRequest", "intent": {"name": intent, "slots": named}}


@pytest.mark.parametrize(("intent", "slots", "can"), QUESTIONS)
def test_what_can_be_served_is_told(intent: str, slots: list[dict[str, Any]], can: str) -> None:
    response = asker(parts())(question(intent, slots))["response"]
    assert response["canFulfillIntent"]["canFulfill"] == can


def test_every_filled_slot_is_told_of_and_no_other() -> None:
    asked = question(
        "StartExerciseIntent", [EITHER, {"name": "sets", "value": "99"}, TEN | {"value": ""}]
    )
    slots = asker(parts())(asked)["response"]["canFulfillIntent"]["slots"]
    assert slots == {
        "exercise": {"canUnderstand": "MAYBE", "canFulfill": "YES"},
        "sets": {"canUnderstand": "YES", "canFulfill": "NO"},
    }


def test_nothing_is_said_and_no_session_is_kept() -> None:
    answer = asker(parts())(question("StartWorkoutIntent", [TEN]))
    assert answer["response"].keys() == {"canFulfillIntent"}
    assert not answer.get("sessionAttributes")


def test_nothing_is_looked_up_and_no_session_is_needed() -> None:
    ask = asker(parts(memory=Memory(DeadStore(), SECRET)))
    response = ask(question("StartWorkoutIntent", [TEN]), session=False)["response"]
    assert response["canFulfillIntent"]["canFulfill"] == "YES"


def test_a_workout_is_played_only_where_there_are_streams() -> None:
    from ask_sdk_model import Intent  # noqa: PLC0415

    intent = Intent(name="PlayWorkoutIntent")
    assert can_fulfill(intent, streams=True).can_fulfill is CanFulfillIntentValues.YES
    assert can_fulfill(intent, streams=False).can_fulfill is CanFulfillIntentValues.NO
    assert can_fulfill(None, streams=True).can_fulfill is CanFulfillIntentValues.NO


def test_what_may_be_served_is_in_the_contract() -> None:
    intents = load_contract().intents
    for name, needed in OUT_OF_THE_BLUE.items():
        assert needed <= intents[name].slots.keys()
        assert intents[name].required <= needed
