from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.services import ApiClient, ApiClientRequest, ServiceException
from ask_sdk_model.services.reminder_management import (
    ReminderManagementServiceClient,
    ReminderRequest,
)
from ask_sdk_model.services.ups import UpsServiceClient

from skill.alexa.amazon_api import HOSTS, AmazonApi, NoAnswer, UnreadSerializer
from skill.simulator.alerts import PATH
from tests.alexa.reminder_turns import request_of
from tests.amazon import FrozenClock
from tests.reminder_faults import ELSEWHERE, LARGE
from tests.reminders_api import TOKEN, RemindersApi


@pytest.fixture
def server(tmp_path: Path, clock: FrozenClock) -> Iterator[RemindersApi]:
    with RemindersApi(tmp_path, clock) as pretend:
        yield pretend


@pytest.fixture
def api(server: RemindersApi) -> AmazonApi:
    return AmazonApi(server.ca_bundle, test_host=server.host, seconds=10)


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return the hosts and ports that were to be connected to; none can be."""
    names: list[tuple[str, int]] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> Any:
        names.append((host, port))
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


def getting(url: str) -> ApiClientRequest:
    return ApiClientRequest(method="GET", url=url, headers=[("Authorization", f"Bearer {TOKEN}")])


def client_of(api: AmazonApi, server: RemindersApi) -> ReminderManagementServiceClient:
    access = api.access(request_of(server))
    return ReminderManagementServiceClient(api.configuration(access, UnreadSerializer()))


def test_it_is_what_the_clients_of_the_sdk_are_made_with(
    api: AmazonApi, server: RemindersApi
) -> None:
    assert isinstance(api, ApiClient)
    listed: Any = client_of(api, server).get_reminders(full_response=True)
    assert listed.status_code == 200
    assert json.loads(listed.body) == {"totalCount": "0", "alerts": [], "links": None}


def test_another_client_of_the_sdk_reads_the_time_zone(
    api: AmazonApi, server: RemindersApi
) -> None:
    access = api.access(request_of(server))
    client = UpsServiceClient(api.configuration(access, UnreadSerializer()))
    assert client.get_system_time_zone("a device/../id") == '"Europe/London"'
    assert server.asked == [
        ("GET", "/v2/devices/a%20device%2F..%2Fid/settings/System.timeZone"),
    ]


def test_each_method_goes_to_its_path(api: AmazonApi, server: RemindersApi) -> None:
    client = client_of(api, server)
    body = ReminderRequest()
    asks: list[Callable[[], object]] = [
        lambda: client.get_reminder("a/b"),
        lambda: client.delete_reminder("a/b"),
        lambda: client.update_reminder("a/b", body),
        lambda: client.create_reminder(body),
    ]
    statuses = []
    for ask in asks:
        with pytest.raises(ServiceException) as refused:
            ask()
        statuses.append(refused.value.status_code)
    assert statuses == [404, 404, 404, 400]
    one = f"{PATH}/a%2Fb"
    assert server.asked == [("GET", one), ("DELETE", one), ("PUT", one), ("POST", PATH)]


def test_a_refusal_of_amazons_is_passed_on_with_its_words_unread(
    api: AmazonApi, server: RemindersApi
) -> None:
    server.fail_next(403, code="NO_DEVICE", message="None.")
    with pytest.raises(ServiceException) as refused:
        client_of(api, server).get_reminders()
    assert refused.value.status_code == 403
    assert json.loads(str(refused.value.body)) == {"code": "NO_DEVICE", "message": "None."}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("hang", "too-late"),
        ("drip", "too-late"),
        ("hang up", "unreachable"),
        ("half an answer", "unreachable"),
        ("no HTTP", "unreachable"),
    ],
)
def test_the_reason_why_there_was_no_answer_is_behind_the_sdks_own_error(
    api: AmazonApi, server: RemindersApi, fault: str, reason: str
) -> None:
    server.fail_next(fault)
    hurried = api.within(0.4) if reason == "too-late" else api
    with pytest.raises(ServiceException) as failed:
        client_of(hurried, server).get_reminders()
    behind = failed.value.__context__
    assert isinstance(behind, NoAnswer)
    assert behind.reason == reason


def test_a_redirect_is_an_answer_like_any_other(api: AmazonApi, server: RemindersApi) -> None:
    server.fail_next("redirect")
    assert api.invoke(getting(server.endpoint + PATH)).status_code == 307
    assert ("GET", ELSEWHERE) not in server.asked


@pytest.mark.parametrize("fault", ["garbage", "huge"])
def test_an_answer_that_is_no_text_or_too_large_is_an_empty_one(
    api: AmazonApi, server: RemindersApi, fault: str
) -> None:
    server.fail_next(fault)
    answer = api.invoke(getting(server.endpoint + PATH))
    assert (answer.status_code, answer.body) == (200, "")


def test_an_answer_may_be_as_large_as_it_may_be(api: AmazonApi, server: RemindersApi) -> None:
    server.fail_next("huge", times=2)
    for largest, length in ((LARGE + 2, LARGE + 2), (LARGE + 1, 0)):
        answer = api.within(10, largest).invoke(getting(server.endpoint + PATH))
        assert len(answer.body) == length


def test_other_limits_leave_the_way_as_it_was(api: AmazonApi) -> None:
    assert api.within(0.5, 10).seconds == 0.5
    assert api.seconds == 10


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost{port}/v1",
        "https://localhost.example.org{port}/v1",
        "https://me@localhost{port}/v1",
        "https://127.0.0.1{port}/v1",
        "https://localhost{port}/v1 /x",
        "https://localhost{port}/v1\r\nX-Other: b",
        "https://localhost{port}?query",
        "https://api.amazonalexa.com:8443/v1",
        "https://example.org/v1",
        "",
    ],
)
def test_whatever_asks_for_it_nobody_else_is_asked(
    api: AmazonApi, looked_up: list[tuple[str, int]], server: RemindersApi, url: str
) -> None:
    with pytest.raises(NoAnswer) as refused:
        api.invoke(getting(url.format(port=f":{server.port}")))
    assert refused.value.reason == "endpoint"
    assert looked_up == []


def test_without_an_address_or_a_method_nobody_is_asked(
    api: AmazonApi, looked_up: list[tuple[str, int]], server: RemindersApi
) -> None:
    with pytest.raises(NoAnswer):
        api.invoke(ApiClientRequest(method="GET"))
    with pytest.raises(ValueError, match="without a method"):
        api.invoke(ApiClientRequest(url=server.endpoint))
    assert looked_up == []


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_the_hosts_of_amazon_are_asked_at_the_port_of_https(
    looked_up: list[tuple[str, int]], host: str
) -> None:
    with pytest.raises(NoAnswer) as failed:
        AmazonApi().invoke(getting(f"https://{host.upper()}/v1/alerts/reminders"))
    assert failed.value.reason == "unreachable"
    assert looked_up == [(host, 443)]


@pytest.mark.parametrize(
    ("system", "reason"),
    [
        ({"apiEndpoint": "https://api.amazonalexa.com/v1"}, "endpoint"),
        ({"apiEndpoint": "https://api.amazonalexa.com?a"}, "endpoint"),
        ({"apiEndpoint": None}, "endpoint"),
        ({"apiEndpoint": "https://api.amazonalexa.com", "apiAccessToken": None}, "token"),
        ({"apiEndpoint": "https://api.amazonalexa.com", "apiAccessToken": "a b"}, "token"),
    ],
)
def test_a_request_that_leads_nowhere_gives_no_access(
    api: AmazonApi, server: RemindersApi, system: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NoAnswer) as refused:
        api.access(request_of(server, **system))
    assert refused.value.reason == reason


def test_an_empty_request_gives_no_access(api: AmazonApi) -> None:
    with pytest.raises(NoAnswer):
        api.access(RequestEnvelope())


def test_nothing_shows_the_token(api: AmazonApi, server: RemindersApi) -> None:
    access = api.access(request_of(server))
    configuration = api.configuration(access, UnreadSerializer())
    server.fail_next("hang up")
    with pytest.raises(ServiceException) as failed:
        ReminderManagementServiceClient(configuration).get_reminders()
    shown = repr((access, api, configuration, failed.value, failed.value.__context__))
    assert "localhost" in shown
    assert TOKEN not in shown


def test_a_server_without_a_trusted_certificate_is_shown_nothing(server: RemindersApi) -> None:
    with pytest.raises(NoAnswer) as failed:
        AmazonApi(test_host=server.host).invoke(getting(server.endpoint + PATH))  # certifi's roots
    assert failed.value.reason == "unreachable"
    assert server.asked == []


def test_a_proxy_of_the_machines_is_not_used(
    api: AmazonApi, server: RemindersApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert api.invoke(getting(server.endpoint + PATH)).status_code == 200


def test_an_answer_stays_the_text_that_it_was() -> None:
    assert UnreadSerializer().deserialize('{"status": "SNOOZED"', "any.Model") == (
        '{"status": "SNOOZED"'
    )
