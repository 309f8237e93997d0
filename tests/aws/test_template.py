from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cfnlint.api import lint_file  # type: ignore[import-untyped]

from skill.endpoint import read_endpoint
from skill.store.dynamodb_table import create_table
from tests.aws.stack import TEMPLATE, UNKNOWN_TO_MOTO, Stack, template
from tests.stores.dynamodb_server import table_url

WHOLE = template()
RESOURCES: dict[str, dict[str, Any]] = WHOLE["Resources"]

OUTLIVE_THE_STACK = {"Listeners", "Secret", "Files"}
"""What listeners would miss."""

ALEXA_SECONDS = 8
"""How long Alexa waits for an answer."""


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {
        name: each.get("Properties", {})
        for name, each in RESOURCES.items()
        if each["Type"] == f"AWS::{kind}"
    }


def test_the_template_is_as_cloudformation_wants_it() -> None:
    assert [str(found) for found in lint_file(TEMPLATE)] == []


def test_the_check_of_the_template_would_see_a_fault(tmp_path: Any) -> None:
    spoiled = tmp_path / "template.yaml"
    text = TEMPLATE.read_text("utf-8").replace("Timeout: 7", "Timeout: 7000")
    spoiled.write_text(text, "utf-8")
    assert [found.rule.id for found in lint_file(spoiled)][:1] == ["E3034"]


def test_everything_that_moto_can_make_was_made(stack: Stack) -> None:
    unknown = {name for name, each in RESOURCES.items() if each["Type"] in UNKNOWN_TO_MOTO}
    conditional = {name for name, each in RESOURCES.items() if "Condition" in each}
    assert set(stack.resources) == set(RESOURCES) - unknown - conditional


def table_made_by_the_store(stack: Stack) -> dict[str, Any]:
    create_table(table_url(stack.endpoint, "made-by-the-store"))
    return described(stack, "made-by-the-store")


def described(stack: Stack, table: str) -> dict[str, Any]:
    found = stack.client("dynamodb").describe_table(TableName=table)["Table"]
    return {
        name: found[name] for name in ("KeySchema", "AttributeDefinitions", "BillingModeSummary")
    }


def test_the_table_is_the_one_that_the_store_would_make(stack: Stack) -> None:
    assert described(stack, stack.table) == table_made_by_the_store(stack)


def test_the_table_forgets_and_can_be_restored_as_the_store_would_have_it(stack: Stack) -> None:
    table_made_by_the_store(stack)
    client, name = stack.client("dynamodb"), "made-by-the-store"
    expires = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    [ours] = of_type("DynamoDB::Table").values()  # moto's CloudFormation makes none of the three
    assert ours["TimeToLiveSpecification"] == {
        "AttributeName": expires["AttributeName"],
        "Enabled": expires["TimeToLiveStatus"] == "ENABLED",
    }
    declared = ours["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert (declared, recovery) == (True, "ENABLED")
    assert ours["SSESpecification"] == {"SSEEnabled": True}


def test_the_table_cannot_be_deleted_by_mistake(stack: Stack) -> None:
    client = stack.client("dynamodb")
    with pytest.raises(client.exceptions.ClientError, match=r"(?i)protect"):
        client.delete_table(TableName=stack.table)


def test_what_listeners_would_miss_outlives_the_stack() -> None:
    kept = {
        name
        for name, each in RESOURCES.items()
        if each.get("DeletionPolicy") == each.get("UpdateReplacePolicy") == "Retain"
    }
    assert kept == OUTLIVE_THE_STACK


def test_the_function_gives_up_before_alexa_does() -> None:
    [function] = of_type("Lambda::Function").values()
    assert function["Timeout"] < ALEXA_SECONDS


def test_only_alexa_and_only_for_this_skill_may_ask_the_function() -> None:
    [permission] = of_type("Lambda::Permission").values()
    assert permission["Principal"] == "alexa-appkit.amazon.com"
    assert permission["EventSourceToken"] == {"Ref": "SkillId"}
    assert permission["FunctionName"] == {"Ref": "Live"}
    assert WHOLE["Outputs"]["Endpoint"]["Value"] == {"Ref": "Live"}


def test_the_manifest_takes_what_the_stack_names_as_endpoint() -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:coach-Skill-WGYF8AUILZGC:live"
    assert read_endpoint(arn).uri == arn


def test_no_secret_stands_in_the_environment_of_the_function(stack: Stack) -> None:
    value = stack.client("secretsmanager").get_secret_value(SecretId=stack.secret_arn)
    assert value["SecretString"] not in str(stack.function)
    assert "{{resolve:" not in TEMPLATE.read_text("utf-8")


def test_the_files_are_reached_through_the_distribution_alone() -> None:
    [bucket] = of_type("S3::Bucket").values()
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "BucketEncryption" in bucket
    [policy] = of_type("S3::BucketPolicy").values()
    allowed, denied = policy["PolicyDocument"]["Statement"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    assert "distribution/${Distribution}" in str(allowed["Condition"])
    assert (denied["Effect"], denied["Principal"]) == ("Deny", "*")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    [distribution] = of_type("CloudFront::Distribution").values()
    behaviour = distribution["DistributionConfig"]["DefaultCacheBehavior"]
    assert behaviour["ViewerProtocolPolicy"] == "https-only"


def actions(part: object) -> Iterator[str]:
    """Yield every action that a policy in the template allows."""
    if isinstance(part, dict):
        if part.get("Effect") == "Allow":
            found = part["Action"]
            yield from [found] if isinstance(found, str) else found
        for each in part.values():
            yield from actions(each)
    elif isinstance(part, list):
        for each in part:
            yield from actions(each)


def test_nobody_is_allowed_a_whole_service() -> None:
    assert [action for action in actions(RESOURCES) if "*" in action] == []


def test_every_alarm_tells_and_silence_is_none() -> None:
    alarms = of_type("CloudWatch::Alarm")
    assert len(alarms) >= 6
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmDescription"]


@pytest.mark.parametrize("event", ["turn_failed", "store_failed", "store_contended"])
def test_the_log_tells_what_the_alarm_for_faults_listens_for(event: str) -> None:
    [faults] = of_type("Logs::MetricFilter").values()
    assert f'$.event = "{event}"' in faults["FilterPattern"]
    house = TEMPLATE.parents[2] / "skill" / "alexa"
    assert any(f'"{event}"' in path.read_text("utf-8") for path in house.glob("*.py"))
