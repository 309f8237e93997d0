from __future__ import annotations

import pytest

from skill.on_lambda import lambda_door
from skill.secret_at_amazon import secret_at_amazon
from skill.settings import SettingsError
from tests.amazon import SKILL_ID

ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:coach-AbCdEf"

ENVIRONMENT = {
    "HIP_WORKOUT_SKILL_ID": SKILL_ID,
    "HIP_WORKOUT_SECRET_ARN": ARN,
    "HIP_WORKOUT_DATABASE_URL": "dynamodb://listeners?region=eu-west-1",
    "HIP_WORKOUT_AUDIO_URL": "",
    "HIP_WORKOUT_AUDIO_FILES_ONLY": "yes",
}


def never_asked(arn: str) -> str:
    raise AssertionError("a function that cannot start asks for no secret")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SKILL_ID": ""}, ["HIP_WORKOUT_SKILL_ID is not set"]),
        ({"SECRET_ARN": ""}, ["HIP_WORKOUT_SECRET_ARN is not set"]),
        ({"SECRET": "0123456789abcdef"}, ["does not stand in the environment"]),
        ({"DATABASE_URL": ""}, ["HIP_WORKOUT_DATABASE_URL must name a table"]),
        ({"DATABASE_URL": "sqlite:////tmp/x.db"}, ["a table that all instances share"]),
        ({"DATABASE_URL": "postgresql://db.example/coach"}, ["the package has no other driver"]),
        (
            {"AUDIO_URL": "https://coach.example/audio", "AUDIO_FILES_ONLY": "no"},
            ["HIP_WORKOUT_AUDIO_FILES_ONLY must be yes"],
        ),
        ({"DATABASE_URL": "memory:", "SECRET_ARN": ""}, ["SECRET_ARN", "DATABASE_URL"]),
        ({"SECRET_ARM": ARN}, ["HIP_WORKOUT_SECRET_ARM: there is no such setting"]),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else "",
)
def test_what_a_function_lacks_is_told_all_at_once(
    changed: dict[str, str], told: list[str]
) -> None:
    environ = ENVIRONMENT | {f"HIP_WORKOUT_{name}": text for name, text in changed.items()}
    with pytest.raises(SettingsError) as wrong:
        lambda_door(environ, never_asked)
    assert len(wrong.value.faults) == len(told)
    for fault, part in zip(wrong.value.faults, told, strict=True):
        assert part in fault


@pytest.mark.parametrize("secret", ["too short", "x" * 65])
def test_a_secret_that_is_none_is_told_without_showing_it(secret: str) -> None:
    with pytest.raises(SettingsError, match="16 to 64 bytes") as wrong:
        lambda_door(ENVIRONMENT, lambda _: secret)
    assert secret not in str(wrong.value)


def test_a_wrong_table_is_told_as_a_setting() -> None:
    environ = ENVIRONMENT | {"HIP_WORKOUT_DATABASE_URL": "dynamodb://"}
    with pytest.raises(SettingsError, match=r"HIP_WORKOUT_DATABASE_URL: .* is no name for a table"):
        lambda_door(environ, lambda _: "0123456789abcdef")


@pytest.mark.parametrize(
    "arn",
    [
        "my secret",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/secret",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
        f"{ARN} ",
        f"{ARN}\n",
    ],
)
def test_only_the_name_of_a_secret_is_asked_for(arn: str) -> None:
    with pytest.raises(ValueError, match="no ARN of a secret"):
        secret_at_amazon(arn)
