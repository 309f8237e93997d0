"""The table that the memory in DynamoDB is kept in: where a URL says it is, and how it is made."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

OPERATOR_CONNECT_SECONDS = 3
OPERATOR_READ_SECONDS = 20  # nobody waits for a sentence while a table is made

_TABLE_NAME = re.compile(r"[A-Za-z0-9_.-]{3,255}")  # DynamoDB's own rule
_REGION = re.compile(r"[a-z]{2,}(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Place:
    """What a URL says about where the table is."""

    table: str
    region: str | None
    """Amazon's name for it; None for what boto3's usual chain says."""

    endpoint: str | None
    """The address of a server other than Amazon's own of the region."""


def create_table(url: str) -> bool:
    """Make the table, where old items expire; return whether point-in-time recovery is on.

    It is paid per request. May be called again: a table that is there is only given what it lacks.
    Recovery is not offered by every server, not allowed to every operator, and not ready in the
    first moments of a table: then the answer is False, and calling again later is fine.

    Raises:
        ValueError: the URL is wrong, or the table is there with another key.
    """
    place = place_of(url)
    client = client_of(
        place, connect_timeout=OPERATOR_CONNECT_SECONDS, read_timeout=OPERATOR_READ_SECONDS
    )
    key = [{"AttributeName": "listener", "KeyType": "HASH"}]
    # In use: it is there, or another operator is making it at this moment.
    with contextlib.suppress(client.exceptions.ResourceInUseException):
        client.create_table(
            TableName=place.table,
            KeySchema=key,
            AttributeDefinitions=[{"AttributeName": "listener", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    client.get_waiter("table_exists").wait(TableName=place.table)
    if client.describe_table(TableName=place.table)["Table"]["KeySchema"] != key:
        raise ValueError(f"the table {place.table} is there with another key than 'listener'")
    _let_old_items_expire(client, place.table)
    return _switch_on_recovery(client, place.table)


def _let_old_items_expire(client: Any, table: str) -> None:
    answer = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if answer["TimeToLiveStatus"] in {"ENABLED", "ENABLING"}:
        return  # DynamoDB refuses to switch on what is on
    client.update_time_to_live(
        TableName=table,
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )


def _switch_on_recovery(client: Any, table: str) -> bool:
    try:
        client.update_continuous_backups(
            TableName=table,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        )
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] in {
            "AccessDeniedException",
            "ContinuousBackupsUnavailableException",
            "UnknownOperationException",
        }:
            return False
        raise
    return True


def client_of(place: Place, **config: Any) -> Any:
    """Return boto3's client for a place; ``config`` is botocore's.

    boto3 is of an extra, takes 0.3 s to import, and has no types: hence what the linters are told.

    Raises:
        ModuleNotFoundError: the extra ``dynamodb`` is not installed.
        ValueError: there is no region, neither in the place nor in the environment.
    """
    try:
        from boto3.session import Session  # type: ignore[import-untyped]  # noqa: PLC0415
        from botocore.config import Config  # type: ignore[import-untyped]  # noqa: PLC0415
        from botocore.exceptions import NoRegionError  # type: ignore[import-untyped]  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "a dynamodb:// memory needs boto3: install hip-workout[dynamodb]", name=error.name
        ) from error
    # A session of its own: the one that boto3 shares must not be used by several threads.
    session = Session()
    try:
        return session.client(
            "dynamodb",
            region_name=place.region,
            endpoint_url=place.endpoint,
            config=Config(**config),
        )
    except NoRegionError:
        raise ValueError("a region is missing, for example ?region=eu-west-1") from None


def place_of(url: str) -> Place:
    """Return what ``dynamodb://table?region=eu-west-1&endpoint=http://127.0.0.1:1234`` says.

    Raises:
        ValueError: the URL is wrong; the message says what is.
    """
    parts = urlsplit(url)
    _check_shape(parts)
    given = _parameters(parts.query)
    region, endpoint = given.get("region"), given.get("endpoint")
    if region is not None and not _REGION.fullmatch(region):
        raise ValueError(f"region={region!r} is no region of Amazon's, for example eu-west-1")
    if endpoint is not None:
        _check_endpoint(endpoint)
    return Place(parts.netloc, region, endpoint)


def _check_shape(parts: SplitResult) -> None:
    if parts.scheme != "dynamodb":
        raise ValueError("the URL of a memory in DynamoDB begins with dynamodb://")
    if "@" in parts.netloc:  # not shown: it may hold a secret
        raise ValueError("a dynamodb:// URL holds no credentials: they come by boto3's usual chain")
    if parts.path not in {"", "/"} or parts.fragment:
        raise ValueError(
            "a dynamodb:// URL has nothing but ?region= and &endpoint= after the table"
        )
    if not _TABLE_NAME.fullmatch(parts.netloc):  # not hostname, which is lower case
        raise ValueError(
            f"{parts.netloc!r} is no name for a table: 3 to 255 letters, digits, '_', '-' and '.'"
        )


def _parameters(query: str) -> dict[str, str]:
    given = parse_qs(query, keep_blank_values=True)
    for name, values in given.items():
        if name not in {"region", "endpoint"}:
            raise ValueError(f"a dynamodb:// URL takes region and endpoint, not {name!r}")
        if len(values) > 1:
            raise ValueError(f"a dynamodb:// URL takes one {name}, not {len(values)}")
    return {name: values[0] for name, values in given.items()}


def _check_endpoint(endpoint: str) -> None:
    wrong = f"endpoint={endpoint!r} is not like http://127.0.0.1:1234"
    try:
        parts = urlsplit(endpoint)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:  # the port is no port
        raise ValueError(wrong) from error
    if not usable:
        raise ValueError(wrong)
