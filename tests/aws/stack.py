"""The template deployed to moto's CloudFormation on loopback, and what came of it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import cfnlint.decode  # type: ignore[import-untyped]
from boto3.session import Session  # type: ignore[import-untyped]

from tests.amazon import SKILL_ID
from tests.stores.dynamodb_server import REGION, dynamodb_server

TEMPLATE = Path(__file__).parents[2] / "deploy" / "aws" / "template.yaml"

UNKNOWN_TO_MOTO = frozenset(
    {
        "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::Distribution",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudWatch::Alarm",
        "AWS::Lambda::Alias",
        "AWS::Logs::MetricFilter",
        "AWS::SNS::Subscription",
        "AWS::S3::BucketPolicy",
        "AWS::SecretsManager::Secret",
    }
)
"""Kinds of resources that moto's CloudFormation cannot make."""


def template() -> dict[str, Any]:
    """Return the template as plain data, every short form written out."""
    read, faults = cfnlint.decode.decode(str(TEMPLATE))
    assert not faults
    plain: dict[str, Any] = json.loads(json.dumps(read))
    return plain


@dataclass(frozen=True)
class Stack:
    """A stack that was made of the template, with a secret as the template describes it."""

    endpoint: str
    secret_arn: str
    resources: dict[str, str]
    """Amazon's name of each resource, by the template's."""

    def client(self, service: str) -> Any:
        return client(self.endpoint, service)

    @property
    def table(self) -> str:
        return self.resources["Listeners"]

    @cached_property
    def function(self) -> dict[str, Any]:
        name = self.resources["Skill"]
        found: dict[str, Any] = self.client("lambda").get_function_configuration(FunctionName=name)
        return found

    @property
    def environment(self) -> dict[str, str]:
        """What an instance of the function finds in its environment."""
        variables: dict[str, str] = self.function["Environment"]["Variables"]
        return variables | {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION}


@contextmanager
def deployed(**parameters: str) -> Iterator[Stack]:
    """Yield a stack on a server of its own."""
    with dynamodb_server() as endpoint:
        whole = template()
        described = whole["Resources"]["Secret"]["Properties"]["GenerateSecretString"]
        secrets = client(endpoint, "secretsmanager")
        password = secrets.get_random_password(**described)["RandomPassword"]
        arn = secrets.create_secret(Name="secret", SecretString=password)["ARN"]
        code = {"CodeBucket": "code", "CodeKey": _code(endpoint, "code")}
        stand_ins = {"Secret": arn, "Distribution": "E123"}
        given = {"SkillId": SKILL_ID} | code | stand_ins | parameters
        yield Stack(endpoint, arn, _create(endpoint, known_to_moto(whole), given))


def client(endpoint: str, service: str) -> Any:
    return Session().client(service, endpoint_url=endpoint, region_name=REGION)


def known_to_moto(whole: dict[str, Any]) -> dict[str, Any]:
    """Return a template whose unknown resources are parameters, and their attributes mere text."""
    resources = whole["Resources"]
    unknown = {name for name, each in resources.items() if each["Type"] in UNKNOWN_TO_MOTO}
    named = {name: {"Type": "String", "Default": name} for name in unknown}
    rest = {name: each for name, each in resources.items() if name not in unknown}
    changed: dict[str, Any] = _without_attributes({**whole, "Resources": rest}, unknown)
    return {**changed, "Parameters": whole["Parameters"] | named}


def _without_attributes(part: Any, unknown: set[str]) -> Any:
    if isinstance(part, list):
        return [_without_attributes(each, unknown) for each in part]
    if not isinstance(part, dict):
        return part
    match part:
        case {"Ref": "Live"}:
            return {"Ref": "Skill"}  # an alias must name what is there
        case {"Fn::GetAtt": [name, attribute]} if name in unknown:
            return f"{name}-{attribute}"
        case {"Fn::Sub": str(text)}:
            anyone = "|".join(sorted(unknown))
            return {"Fn::Sub": re.sub(rf"\$\{{({anyone})\.(\w+)\}}", r"\1-\2.example", text)}
    return {name: _without_attributes(each, unknown) for name, each in part.items()}


def _code(endpoint: str, bucket: str) -> str:
    """Put a package there, which moto does not look into; return its key."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("empty.py", "")
    s3 = client(endpoint, "s3")
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=bucket, Key="coach.zip", Body=package.getvalue())
    return "coach.zip"


def _create(endpoint: str, body: dict[str, Any], parameters: dict[str, str]) -> dict[str, str]:
    cloud = client(endpoint, "cloudformation")
    cloud.create_stack(
        StackName="coach",
        TemplateBody=json.dumps(body),
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[
            {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
        ],
    )
    stack = cloud.describe_stacks(StackName="coach")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    found = cloud.describe_stack_resources(StackName="coach")["StackResources"]
    return {each["LogicalResourceId"]: each.get("PhysicalResourceId", "") for each in found}
