"""The secret that keys the hash of user ids, where AWS Secrets Manager keeps it."""

from __future__ import annotations

import re

_ARN = re.compile(r"arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):[0-9]{12}:secret:[\w/+=.@-]+")

CONNECT_SECONDS = 2
READ_SECONDS = 2
ATTEMPTS = 2  # at worst as long as Lambda lets an instance start


def secret_at_amazon(arn: str) -> str:
    """Return the secret of this ARN; credentials come by boto3's usual chain.

    Raises:
        ValueError: that is no ARN of a secret, or the secret is no text.
        ModuleNotFoundError: boto3, of the extra ``aws``, is not installed.
        botocore.exceptions.BotoCoreError, ClientError: no answer in time, or a refusal.
    """
    if (found := _ARN.fullmatch(arn)) is None:
        raise ValueError("that is no ARN of a secret in AWS Secrets Manager")
    from boto3.session import Session  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    from botocore.config import Config  # type: ignore[import-untyped]  # noqa: PLC0415 - the same

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )
    client = Session().client("secretsmanager", region_name=found[1], config=config)
    try:
        secret = client.get_secret_value(SecretId=arn).get("SecretString")
    finally:
        client.close()
    if not isinstance(secret, str):
        raise ValueError("the secret must be text")
    return secret
