"""A memory in Amazon DynamoDB: one item for each listener, replaced whole by a conditional write.

It speaks to DynamoDB with boto3 and not through ask-sdk-dynamodb-persistence-adapter, whose
pattern it follows (one table, one item for each listener, consistent reads): version 1.19 of the
adapter writes unconditionally, so that of two devices the slower wins; it takes a request and not
a listener's key; it refuses fractions; it cannot prune; and merely importing it makes a client
with a minute's patience, or fails where no region is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from skill.store.document import from_text, to_text
from skill.store.dynamodb_table import client_of, create_table, place_of
from skill.store.errors import DocumentDamaged
from skill.store.port import Document, Kept, Store, StoreConflict

__all__ = ["DynamoDBStore", "ItemDamaged", "create_table", "open_dynamodb"]

CONNECT_SECONDS = 0.5
READ_SECONDS = 0.9
"""How long the server may be silent. With the connecting 1.4 s: no turn may wait above 1.5 s."""

ATTEMPTS = 1  # a write whose answer was lost would find its own version there when tried again
CONNECTIONS = 64  # one for each thread of a busy server; boto3's ten would be opened over and over

EXPIRES_AFTER_DAYS = 400
"""A net under ``prune`` for skills that nobody looks after any more: longer than a year, so that
who comes back each winter is remembered. DynamoDB deletes for nothing, within days of the time."""

PAGE = 100
"""Items looked at by one call of ``prune``: at 10 KB each, what DynamoDB reads at once (1 MB)."""

Item = dict[str, dict[str, str]]
"""An item as DynamoDB's protocol writes it: attribute, then type, then value as text."""


class ItemDamaged(Exception):
    """A listener is kept without a version, so that no save can follow: they must be forgotten."""


class _Client(Protocol):
    """The methods of boto3's untyped client that the store needs."""

    def get_item(self, **request: Any) -> dict[str, Any]: ...
    def put_item(self, **request: Any) -> dict[str, Any]: ...
    def delete_item(self, **request: Any) -> dict[str, Any]: ...
    def scan(self, **request: Any) -> dict[str, Any]: ...
    def close(self) -> None: ...


class DynamoDBStore:
    """Keeps each listener as one item; safe to be used by many threads and processes at once."""

    def __init__(self, client: _Client, table: str, refused: type[Exception]) -> None:
        """Use a client; ``refused`` is what it raises when a condition does not hold."""
        self._client = client
        self._table = table
        self._refused = refused

    def close(self) -> None:
        """Let go of every connection; the next use opens new ones."""
        self._client.close()

    def load(self, listener: str) -> Kept | None:
        """Return what was saved last for this listener; None if there is nothing.

        Raises:
            DocumentDamaged: they are kept but cannot be read; the next save mends it.
            ItemDamaged: not even the version can be read.
            botocore.exceptions.BotoCoreError, ClientError: no answer in time, or a refusal.
        """
        answer = self._client.get_item(
            TableName=self._table, Key={"listener": {"S": listener}}, ConsistentRead=True
        )
        return _kept(answer["Item"]) if "Item" in answer else None

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        """Keep this document, whole or not at all, and return its version.

        ``after`` is the version that it follows, 0 for a listener not kept yet; ``now_ms`` is in
        epoch milliseconds. DynamoDB takes no item of more than 400 KB.

        Raises:
            StoreConflict: the version kept is another.
            botocore.exceptions.BotoCoreError, ClientError: no answer in time, or a refusal.
        """
        condition: dict[str, Any] = {
            "ConditionExpression": "#version = :after",
            "ExpressionAttributeNames": {"#version": "version"},
            "ExpressionAttributeValues": {":after": {"N": str(after)}},
        }
        if after == 0:
            condition = {
                "ConditionExpression": "attribute_not_exists(#listener)",
                "ExpressionAttributeNames": {"#listener": "listener"},
            }
        item = _item(listener, document, version=after + 1, now_ms=now_ms)
        try:
            self._client.put_item(TableName=self._table, Item=item, **condition)
        except self._refused as error:
            raise StoreConflict(f"the version kept is not {after}") from error
        return after + 1

    def forget(self, listener: str) -> None:
        """Remove everything about this listener; it is fine if there is nothing."""
        self._client.delete_item(TableName=self._table, Key={"listener": {"S": listener}})

    def prune(self, before_ms: int) -> int:
        """Remove every listener last saved before a moment; return how many there were.

        Reads the whole table, in pages; the 1.5 seconds hold for each page and each removal.
        """
        return sum(
            self._remove_unless_saved_since(listener, before_ms)
            for listeners in self._unheard_since(before_ms)
            for listener in listeners
        )

    def _unheard_since(self, before_ms: int) -> Iterator[list[str]]:
        def scan(**start: Item) -> dict[str, Any]:
            return self._client.scan(
                TableName=self._table,
                ConsistentRead=True,
                FilterExpression="#saved < :before",
                ProjectionExpression="#listener",
                ExpressionAttributeNames={"#listener": "listener", "#saved": "saved_ms"},
                ExpressionAttributeValues={":before": {"N": str(before_ms)}},
                Limit=PAGE,
                **start,
            )

        page: dict[str, Any] | None = scan()
        while page is not None:
            # Asked for before this page is removed: not every server that speaks DynamoDB's
            # protocol finds its place again when the item that a page ended with is gone.
            last = page.get("LastEvaluatedKey")
            following = scan(ExclusiveStartKey=last) if last else None
            yield [item["listener"]["S"] for item in page["Items"]]
            page = following

    def _remove_unless_saved_since(self, listener: str, before_ms: int) -> bool:
        try:
            self._client.delete_item(
                TableName=self._table,
                Key={"listener": {"S": listener}},
                ConditionExpression="#saved < :before",
                ExpressionAttributeNames={"#saved": "saved_ms"},
                ExpressionAttributeValues={":before": {"N": str(before_ms)}},
            )
        except self._refused:
            return False
        return True


def open_dynamodb(url: str) -> Store:
    """Return the memory in a table that exists; nothing is sent before the first call.

    ``url`` is ``dynamodb://table?region=eu-west-1``, with ``&endpoint=http://127.0.0.1:1234`` for
    a server other than Amazon's. Credentials come by boto3's usual chain, never from the URL, and
    so does a region left out.

    Raises:
        ValueError: the URL is wrong; the message says what is.
        ModuleNotFoundError: boto3, of the extra ``dynamodb``, is not installed.
    """
    place = place_of(url)
    client = client_of(
        place,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        max_pool_connections=CONNECTIONS,
    )
    return DynamoDBStore(client, place.table, client.exceptions.ConditionalCheckFailedException)


def _item(listener: str, document: Document, *, version: int, now_ms: int) -> Item:
    expires = now_ms // 1000 + EXPIRES_AFTER_DAYS * 24 * 60 * 60
    return {
        "listener": {"S": listener},
        "version": {"N": str(version)},
        "saved_ms": {"N": str(now_ms)},
        "document": {"S": to_text(document)},
        "expires": {"N": str(expires)},
    }


def _kept(item: Item) -> Kept:
    version, saved_ms = _number(item, "version"), _number(item, "saved_ms")
    if version is None:
        raise ItemDamaged("a listener is kept without a version that can be read: forget them")
    if saved_ms is None:
        raise DocumentDamaged(version)
    text = item.get("document", {}).get("S", "")
    return Kept(from_text(text, version), version=version, saved_ms=saved_ms)


def _number(item: Item, name: str) -> int | None:
    try:
        return int(item[name]["N"])
    except (KeyError, ValueError):
        return None
