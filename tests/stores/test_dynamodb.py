"""What is true of the memory in DynamoDB only: its table, its URL, and how it fails."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import pytest
from boto3.session import Session  # type: ignore[import-untyped]  # boto3 has no types
from botocore.exceptions import (  # type: ignore[import-untyped]  # botocore has no types
    ClientError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from skill.store.dynamodb import (
    EXPIRES_AFTER_DAYS,
    PAGE,
    ItemDamaged,
    create_table,
    open_dynamodb,
)
from skill.store.errors import DocumentDamaged
from skill.store.port import Kept, Store, StoreConflict
from tests.stores.dynamodb_server import REGION, dynamodb_server, table_url

NOW_MS = 1_750_000_000_000
NAMES = count(1)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with dynamodb_server() as running:
        yield running


@pytest.fixture
def url(endpoint: str) -> str:
    """A table of the test's own."""
    url = table_url(endpoint, f"hip-workout-{next(NAMES)}")
    create_table(url)
    return url


@pytest.fixture
def store(url: str) -> Store:
    return open_dynamodb(url)


@pytest.fixture
def client(endpoint: str) -> Any:
    """Amazon's own client, to see and to spoil what is in the table."""
    return Session().client("dynamodb", region_name=REGION, endpoint_url=endpoint)


def table_of(url: str) -> str:
    return url.removeprefix("dynamodb://").partition("?")[0]


# What is kept


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"nothing": None, "yes": True, "half": 0.5, "many": 2**70, "none": [], "blank": ""},
        {"größe": "Zoë – 深蹲 🏋️ \x00 \ud800"},
        {"workouts": ["x" * 100] * 300},
    ],
    ids=["empty", "every type", "every script", "30 KB"],
)
def test_a_document_comes_back_as_saved(store: Store, document: dict[str, Any]) -> None:
    assert store.save("ann", document, after=0, now_ms=NOW_MS) == 1
    assert store.load("ann") == Kept(document, version=1, saved_ms=NOW_MS)


def test_who_was_never_heard_has_nothing(store: Store) -> None:
    assert store.load("ann") is None


def test_each_save_is_one_version_more(store: Store) -> None:
    versions = [store.save("ann", {"rep": n}, after=n, now_ms=NOW_MS + n) for n in range(3)]
    assert versions == [1, 2, 3]
    assert store.load("ann") == Kept({"rep": 2}, version=3, saved_ms=NOW_MS + 2)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_save_after_another_version_writes_nothing(store: Store, after: int) -> None:
    for n in range(2):
        store.save("ann", {"rep": n}, after=n, now_ms=NOW_MS)
    with pytest.raises(StoreConflict, match=str(after)):
        store.save("ann", {"rep": 99}, after=after, now_ms=NOW_MS)
    assert store.load("ann") == Kept({"rep": 1}, version=2, saved_ms=NOW_MS)


def test_a_save_after_something_forgotten_writes_nothing(store: Store) -> None:
    store.save("ann", {}, after=0, now_ms=NOW_MS)
    store.forget("ann")
    with pytest.raises(StoreConflict):
        store.save("ann", {}, after=1, now_ms=NOW_MS)
    assert store.load("ann") is None


def test_of_many_at_once_exactly_one_wins_each_version(url: str) -> None:
    racers, rounds = 6, 8
    start = threading.Barrier(racers)
    stores = [open_dynamodb(url) for _ in range(2)]  # two processes' worth of clients

    def race(racer: int) -> list[int]:
        won = []
        for after in range(rounds):
            start.wait(timeout=30)
            with suppress(StoreConflict):
                won.append(stores[racer % 2].save("ann", {"by": racer}, after=after, now_ms=NOW_MS))
        return won

    with ThreadPoolExecutor(racers) as threads:
        won = Counter(version for wins in threads.map(race, range(racers)) for version in wins)
    assert won == dict.fromkeys(range(1, rounds + 1), 1)


def test_forgetting_leaves_nothing_and_may_be_asked_twice(store: Store) -> None:
    store.save("ann", {}, after=0, now_ms=NOW_MS)
    store.save("bob", {}, after=0, now_ms=NOW_MS)
    for _ in range(2):
        store.forget("ann")
        assert store.load("ann") is None
    assert store.load("bob") is not None


def test_pruning_goes_through_every_page_and_spares_who_was_heard_since(
    store: Store, client: Any, url: str
) -> None:
    listeners = [f"{n:04}" for n in range(2 * PAGE + 20)]
    for n, listener in enumerate(listeners):
        store.save(listener, {}, after=0, now_ms=NOW_MS + n % 2)
    one_page = client.scan(TableName=table_of(url), Limit=PAGE)
    assert "LastEvaluatedKey" in one_page  # else this test would show nothing

    assert store.prune(NOW_MS) == 0
    assert store.prune(NOW_MS + 1) == PAGE + 10
    left = [listener for listener in listeners if store.load(listener) is not None]
    assert left == listeners[1::2]
    assert store.prune(NOW_MS + 1) == 0


# The item and the table


def test_an_item_expires_400_days_after_the_last_save(store: Store, client: Any, url: str) -> None:
    store.save("ann", {"a": 1}, after=0, now_ms=NOW_MS)
    item = client.get_item(TableName=table_of(url), Key={"listener": {"S": "ann"}})["Item"]
    assert item == {
        "listener": {"S": "ann"},
        "version": {"N": "1"},
        "saved_ms": {"N": str(NOW_MS)},
        "document": {"S": '{"a":1}'},
        "expires": {"N": str(NOW_MS // 1000 + 400 * 86_400)},
    }
    assert EXPIRES_AFTER_DAYS == 400


def test_the_table_is_paid_per_request_and_expires_and_can_be_put_back(
    client: Any, url: str
) -> None:
    table = table_of(url)
    expiry = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    billing = client.describe_table(TableName=table)["Table"]["BillingModeSummary"]
    assert billing["BillingMode"] == "PAY_PER_REQUEST"
    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    assert recovery == "ENABLED"


def test_making_the_table_again_loses_nothing(store: Store, url: str) -> None:
    store.save("ann", {}, after=0, now_ms=NOW_MS)
    assert create_table(url)
    assert store.load("ann") is not None


def test_a_table_of_somebody_else_is_refused(client: Any, endpoint: str) -> None:
    client.create_table(
        TableName="somebody-else",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    with pytest.raises(ValueError, match="somebody-else is there with another key"):
        create_table(table_url(endpoint, "somebody-else"))


class NoRecovery(BaseHTTPRequestHandler):
    """A server that has a table but refuses point-in-time recovery, with a code of the test's."""

    code: str
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers["X-Amz-Target"].partition(".")[2]
        key = [{"AttributeName": "listener", "KeyType": "HASH"}]
        answers: dict[str, dict[str, Any]] = {
            "CreateTable": {},
            "DescribeTable": {"Table": {"TableStatus": "ACTIVE", "KeySchema": key}},
            "DescribeTimeToLive": {"TimeToLiveDescription": {"TimeToLiveStatus": "ENABLED"}},
        }
        answer = answers.get(operation)
        refusal = {"__type": f"com.amazonaws.dynamodb.v20120810#{self.code}", "message": "no"}
        body = json.dumps(refusal if answer is None else answer).encode()
        self.send_response(400 if answer is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def refusing_recovery(code: str) -> Iterator[str]:
    handler = type("Refusing", (NoRecovery,), {"code": code})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "code",
    [
        "AccessDeniedException",
        "ContinuousBackupsUnavailableException",
        "UnknownOperationException",
    ],
)
def test_where_recovery_is_not_to_be_had_the_operator_is_told(endpoint: str, code: str) -> None:
    with refusing_recovery(code) as address:
        assert create_table(table_url(address)) is False


def test_another_refusal_of_recovery_is_an_error(endpoint: str) -> None:
    with (
        refusing_recovery("TableNotFoundException") as address,
        pytest.raises(ClientError, match="TableNotFoundException"),
    ):
        create_table(table_url(address))


@pytest.fixture
def spoil(client: Any, url: str) -> Callable[[dict[str, Any]], None]:
    """Keep an item for Ann that is whole but for these attributes; None leaves one out."""

    def keep(spoilt: dict[str, Any]) -> None:
        whole = {
            "listener": {"S": "ann"},
            "version": {"N": "7"},
            "saved_ms": {"N": "1"},
            "document": {"S": "{}"},
        }
        item = {name: value for name, value in (whole | spoilt).items() if value is not None}
        client.put_item(TableName=table_of(url), Item=item)

    return keep


@pytest.mark.parametrize(
    "spoilt",
    [
        {"document": {"S": "{not JSON"}},
        {"document": {"S": "[1]"}},
        {"document": {"N": "1"}},
        {"document": None},
        {"saved_ms": None},
        {"saved_ms": {"S": "yesterday"}},
    ],
    ids=str,
)
def test_a_damaged_document_is_an_error_with_its_version_and_the_next_save_mends_it(
    store: Store, spoil: Callable[[dict[str, Any]], None], spoilt: dict[str, Any]
) -> None:
    spoil(spoilt)
    with pytest.raises(DocumentDamaged) as damaged:
        store.load("ann")
    store.save("ann", {}, after=damaged.value.version, now_ms=NOW_MS)
    assert store.load("ann") == Kept({}, version=8, saved_ms=NOW_MS)


@pytest.mark.parametrize("version", [None, {"N": "1.5"}, {"S": "one"}], ids=str)
def test_an_item_without_a_version_is_an_error_until_it_is_forgotten(
    store: Store, spoil: Callable[[dict[str, Any]], None], version: dict[str, str] | None
) -> None:
    spoil({"version": version})
    with pytest.raises(ItemDamaged, match="forget them"):
        store.load("ann")
    store.forget("ann")
    assert store.load("ann") is None


# Failing


CALLS: dict[str, Callable[[Store], object]] = {
    "load": lambda store: store.load("ann"),
    "save": lambda store: store.save("ann", {}, after=0, now_ms=NOW_MS),
    "forget": lambda store: store.forget("ann"),
    "prune": lambda store: store.prune(NOW_MS),
}
EVERY_CALL = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())


def outcome_within_2_seconds(call: Callable[[Store], object], store: Store) -> BaseException | None:
    """Return what a call raised; a call still going on after two seconds is a TimeoutError."""
    threads = ThreadPoolExecutor(1)
    try:
        return threads.submit(call, store).exception(timeout=2)
    finally:
        threads.shutdown(wait=False)


@EVERY_CALL
def test_a_dead_server_is_an_error_in_time(call: Callable[[Store], object], endpoint: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = f"http://127.0.0.1:{gone.getsockname()[1]}"
    store = open_dynamodb(table_url(nobody))
    assert isinstance(outcome_within_2_seconds(call, store), EndpointConnectionError)


@EVERY_CALL
def test_a_server_that_never_answers_is_an_error_in_time_and_asked_once(
    call: Callable[[Store], object], endpoint: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        store = open_dynamodb(table_url(f"http://127.0.0.1:{hanging.getsockname()[1]}"))
        assert isinstance(outcome_within_2_seconds(call, store), ReadTimeoutError)
        hanging.setblocking(False)
        hanging.accept()[0].close()
        with pytest.raises(BlockingIOError):
            hanging.accept()


def test_a_table_that_is_not_there_is_an_error(endpoint: str) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        open_dynamodb(table_url(endpoint, "never-made")).load("ann")


# The URL


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///memory.db", "begins with dynamodb://"),
        ("dynamodb://?region=eu-west-1", "no name for a table"),
        ("dynamodb://ab?region=eu-west-1", "3 to 255"),
        ("dynamodb://hip workout?region=eu-west-1", "no name for a table"),
        ("dynamodb://key:secret@hip?region=eu-west-1", "holds no credentials"),
        ("dynamodb://hip/other?region=eu-west-1", "nothing but"),
        ("dynamodb://hip", "a region is missing"),
        ("dynamodb://hip?region=", "no region"),
        ("dynamodb://hip?region=Ireland", "no region"),
        ("dynamodb://hip?region=eu-west-1&region=eu-west-2", "one region, not 2"),
        ("dynamodb://hip?region=eu-west-1&colour=red", "not 'colour'"),
        ("dynamodb://hip?region=eu-west-1&endpoint=127.0.0.1", "is not like http://"),
        ("dynamodb://hip?region=eu-west-1&endpoint=http://a:b", "is not like http://"),
        ("dynamodb://hip?region=eu-west-1&endpoint=ftp://127.0.0.1", "is not like http://"),
    ],
)
def test_a_wrong_url_is_an_error_that_says_what_is_wrong(endpoint: str, url: str, why: str) -> None:
    for wants_a_url in (open_dynamodb, create_table):
        with pytest.raises(ValueError, match=why) as error:
            wants_a_url(url)
        assert "secret" not in str(error.value)


def test_the_name_of_a_table_keeps_its_capitals(endpoint: str) -> None:
    create_table(table_url(endpoint, "Hip.Workout_1"))
    store = open_dynamodb(table_url(endpoint, "Hip.Workout_1"))
    assert store.save("ann", {}, after=0, now_ms=NOW_MS) == 1


def test_a_region_left_out_is_the_environments(
    endpoint: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    store = open_dynamodb(f"dynamodb://{table_of(url)}?endpoint={endpoint}")
    assert store.save("ann", {}, after=0, now_ms=NOW_MS) == 1
    assert open_dynamodb(url).load("ann") is not None


# Being imported


def test_importing_the_store_does_not_import_boto3() -> None:
    program = "import sys, skill.store.dynamodb; sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_boto3_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3.session", None)
    with pytest.raises(ModuleNotFoundError, match=r"hip-workout\[dynamodb\]"):
        open_dynamodb("dynamodb://hip?region=eu-west-1")
