from __future__ import annotations

import json
from ast import literal_eval
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skill.alexa.memory import listener_key
from tests.amazon import OTHER_SKILL_ID
from tests.aws.conftest import Start
from tests.aws.instance import FunctionFailed, Instance
from tests.aws.overheard import overheard
from tests.aws.stack import Stack

Recorded = Callable[..., dict[str, Any]]

WEBHOOK_ONLY = {"flask", "werkzeug", "granian", "jinja2", "sqlalchemy", "numpy", "click", "audio"}
"""What a function has no use for, and no time to import."""


def said(answer: dict[str, Any]) -> str:
    speech: str = answer["response"]["outputSpeech"]["ssml"]
    return speech


def with_user(event: dict[str, Any], user: str) -> dict[str, Any]:
    for holder in (event.get("session"), event["context"]["System"]):
        if holder is not None:
            holder["user"]["userId"] = user
    return event


def kept(stack: Stack, user: str) -> dict[str, Any] | None:
    """Return what the table has of a listener."""
    secret = stack.client("secretsmanager").get_secret_value(SecretId=stack.secret_arn)
    key = {"listener": {"S": listener_key(user, secret["SecretString"].encode())}}
    item = stack.client("dynamodb").get_item(TableName=stack.table, Key=key).get("Item")
    found: dict[str, Any] | None = item and json.loads(item["document"]["S"])
    return found


def test_a_recorded_launch_is_answered_without_any_of_the_webhook(
    coach: Instance, recorded: Recorded
) -> None:
    answer = coach.invoke(recorded("echo_dot_launch"))
    assert "outputSpeech" in answer["response"]
    assert not coach.modules & WEBHOOK_ONLY


def test_a_display_is_sent_its_screen(coach: Instance, recorded: Recorded) -> None:
    answer = coach.invoke(recorded("echo_show_intent"))
    kinds = {each["type"] for each in answer["response"]["directives"]}
    assert "Alexa.Presentation.APL.RenderDocument" in kinds


def test_a_conversation_goes_on_in_another_instance(
    coach: Instance, start: Start, recorded: Recorded, stack: Stack
) -> None:
    user = "amzn1.ask.account.TWO-INSTANCES"
    first = coach.invoke(with_user(recorded("echo_dot_launch"), user))
    yes = with_user(recorded("echo_dot_launch"), user)
    yes["session"] |= {"new": False, "attributes": first["sessionAttributes"]}
    yes["request"] |= {
        "type": "IntentRequest",
        "intent": {"name": "AMAZON.YesIntent", "confirmationStatus": "NONE"},
    }
    second = start().invoke(yes)
    phases = [each["sessionAttributes"]["session"]["phase"] for each in (first, second)]
    assert phases[0] != phases[1]
    document = kept(stack, user)
    assert document is not None
    assert document["session"]["phase"] == phases[1]


def test_a_new_conversation_remembers_the_last_one(coach: Instance, recorded: Recorded) -> None:
    launch = with_user(recorded("echo_dot_launch"), "amzn1.ask.account.COMES-BACK")
    show = with_user(recorded("echo_show_intent"), "amzn1.ask.account.COMES-BACK")
    first = coach.invoke(launch)
    coach.invoke(show)
    assert said(coach.invoke(launch)) != said(first)


def test_whoever_disables_the_skill_is_forgotten(
    coach: Instance, recorded: Recorded, stack: Stack
) -> None:
    user = "amzn1.ask.account.LEAVES"
    coach.invoke(with_user(recorded("echo_dot_launch"), user))
    assert kept(stack, user) is not None
    assert coach.invoke(with_user(recorded("skill_disabled"), user))["response"] == {}
    assert kept(stack, user) is None


def test_an_event_that_comes_late_is_done_nevertheless(
    coach: Instance, recorded: Recorded, stack: Stack
) -> None:
    user = "amzn1.ask.account.LEFT-YESTERDAY"
    coach.invoke(with_user(recorded("echo_dot_launch"), user))
    late = with_user(recorded("skill_disabled"), user)
    late["request"]["timestamp"] = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    coach.invoke(late)
    assert kept(stack, user) is None


def test_without_its_memory_the_coach_still_speaks_but_never_says_that_it_forgot(
    start: Start, recorded: Recorded
) -> None:
    coach = start(HIP_WORKOUT_DATABASE_URL="dynamodb://there-is-no-such-table?region=eu-west-1")
    assert "outputSpeech" in coach.invoke(recorded("echo_dot_launch"))["response"]
    with pytest.raises(FunctionFailed, match="NotForgotten"):  # so that Alexa tells us again
        coach.invoke(recorded("skill_disabled"))
    assert '"event": "store_failed"' in coach.end()


def test_an_event_for_another_skill_is_refused_and_the_next_one_answered(
    coach: Instance, recorded: Recorded
) -> None:
    with pytest.raises(FunctionFailed) as failed:
        coach.invoke(recorded("echo_dot_launch", skill_id=OTHER_SKILL_ID))
    assert (failed.value.kind, failed.value.message) == ("RequestRefused", "skill-id-other")
    assert "outputSpeech" in coach.invoke(recorded("echo_dot_launch"))["response"]


def test_an_instance_that_is_set_up_wrongly_says_how_and_does_not_start(start: Start) -> None:
    with pytest.raises(FunctionFailed, match="SettingsError: HIP_WORKOUT_SKILL_ID is not set"):
        start(HIP_WORKOUT_SKILL_ID="")


def test_an_instance_that_cannot_have_its_secret_does_not_start(start: Start, stack: Stack) -> None:
    with pytest.raises(FunctionFailed, match="ResourceNotFoundException"):
        start(HIP_WORKOUT_SECRET_ARN=f"{stack.secret_arn[:-6]}abcdef")


def test_the_role_allows_what_the_function_does_and_no_more(
    stack: Stack, start: Start, recorded: Recorded
) -> None:
    with overheard(stack.endpoint) as heard:
        coach = start(AWS_ENDPOINT_URL=heard.endpoint)
        for name in ("echo_dot_launch", "echo_show_intent", "skill_disabled"):
            coach.invoke(recorded(name))
    role = stack.resources["Role"]
    policy = stack.client("iam").get_role_policy(RoleName=role, PolicyName="skill")
    # moto writes it as Python would, and not as JSON
    allowed = {each["Sid"]: each for each in literal_eval(policy["PolicyDocument"])["Statement"]}
    remembers, knows = allowed["RememberListeners"], allowed["KnowThemAgain"]
    assert set(heard.calls) == {*remembers["Action"], knows["Action"]}
    assert heard.calls.count("secretsmanager:GetSecretValue") == 1
    assert remembers["Resource"].endswith(f":table/{stack.table}")
    assert knows["Resource"] == stack.secret_arn
    assert set(allowed) == {"RememberListeners", "KnowThemAgain", "WriteTheLog"}
    assert allowed["WriteTheLog"]["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert stack.resources["Log"] in allowed["WriteTheLog"]["Resource"]
