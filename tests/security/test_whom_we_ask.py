"""Whom a request can make us ask: Amazon, at its own names, and only if it proves to be Amazon."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import certifi
import pytest
from ask_sdk_model.services import ApiClientRequest

from skill.alexa.amazon_api import AmazonApi, NoAnswer
from skill.alexa.certificate_download import HttpsDownload
from skill.alexa.certificate_url import canonical
from skill.alexa.refusal import RequestRefused
from tests.alexa.reminder_turns import request_of
from tests.amazon import FrozenClock, PretendAmazon
from tests.reminders_api import TOKEN, RemindersApi

NOT_AMAZON = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "169.254.169.254",
    "metadata.google.internal",
    "{name}.",
    "{name}.evil.example",
    "evil.{name}",
    "{name}@evil.example",
    "evil.example@{name}",
    "evil.example:443@{name}",
    "{name}:443@evil.example",
    "{name}:444",
    "{name}:0",
    "{name}:65979",
    "{name}:-443",
    "{name}\\@evil.example",
    "evil.example#@{name}",
    "evil.example?@{name}",
    "{name}%2eevil.example",
    "{name}\t.evil.example",
    "{name}\r\n.evil.example",
    "{name}\u3002evil.example",
    "\uff41pi.amazonalexa.com",
    "ap\u0131.amazonalexa.com",
    "xn--pi-8ia.amazonalexa.com",
    "\u212aapi.amazonalexa.com",
    "\u017f3.amazonaws.com",
    "",
)
"""Hosts that are not Amazon's, or not at its port, however much they look so."""

SCHEMES = ("http", "ftp", "file", "gopher", "HTTPS ", "")


@pytest.fixture
def server(tmp_path: Path, clock: FrozenClock) -> Iterator[RemindersApi]:
    with RemindersApi(tmp_path, clock) as pretend:
        yield pretend


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that somebody asked for."""
    names: list[str] = []

    def look_up(host: str, *_: Any, **__: Any) -> Any:
        names.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


def shown_the_token(url: str) -> ApiClientRequest:
    return ApiClientRequest(method="GET", url=url, headers=[("Authorization", f"Bearer {TOKEN}")])


def endpoints() -> Iterator[str]:
    name = "api.amazonalexa.com"
    yield from (f"https://{host.format(name=name)}" for host in NOT_AMAZON)
    yield from (f"{scheme}://{name}" for scheme in SCHEMES)


@pytest.mark.parametrize("endpoint", list(endpoints()))
def test_no_token_goes_where_an_api_endpoint_only_looks_like_amazon(
    server: RemindersApi, looked_up: list[str], endpoint: str
) -> None:
    api = AmazonApi()
    with pytest.raises(NoAnswer) as refused:
        api.access(request_of(server, apiEndpoint=endpoint))
    assert refused.value.reason == "endpoint"
    with pytest.raises(NoAnswer):
        api.invoke(shown_the_token(f"{endpoint}/v1/alerts/reminders"))
    assert looked_up == []


def certificates() -> Iterator[str]:
    name = "s3.amazonaws.com"
    yield from (f"https://{host.format(name=name)}/echo.api/x.pem" for host in NOT_AMAZON)
    yield from (f"{scheme}://{name}/echo.api/x.pem" for scheme in SCHEMES)
    yield "https://s3.amazonaws.com//evil/../../echo.api/../bucket/x.pem"
    yield "https://s3.amazonaws.com/echo.api\\..\\bucket/x.pem"
    yield "https://s3.amazonaws.com/echo.api/%2e%2e/bucket/x.pem"


@pytest.mark.parametrize("url", list(certificates()))
def test_no_certificate_is_fetched_where_an_address_only_looks_like_amazon(url: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        canonical(url)
    assert refused.value.reason.startswith("certificate-url")


@pytest.mark.parametrize("host", ["api.amazonalexa.com", "api.eu.amazonalexa.com"])
def test_a_name_server_that_lies_is_shown_no_token(
    server: RemindersApi, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """Amazon's name leads to this machine, to one whose certificate is for another name."""
    really = socket.getaddrinfo
    led: list[str] = []

    def lead(name: str, _: int, *more: Any, **named: Any) -> Any:
        led.append(name)
        return really("127.0.0.1", server.port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lead)
    for roots in (None, server.ca_bundle):
        with pytest.raises(NoAnswer) as failed:
            AmazonApi(roots, seconds=10).invoke(shown_the_token(f"https://{host}/v1/x"))
        assert failed.value.reason == "unreachable"
    assert led == [host, host]
    assert server.asked == []


def test_a_name_server_that_lies_brings_no_certificates(amazon: PretendAmazon) -> None:
    """The certificates' host leads to this machine, which no known root vouches for."""
    url = amazon.serve(amazon.new_url(), amazon.bundle())
    with pytest.raises(RequestRefused) as refused:
        HttpsDownload(Path(certifi.where()), 10)(url)
    assert refused.value.reason == "certificate-unreachable"
    assert amazon.downloads[url] == 0
    assert HttpsDownload(amazon.ca_bundle, 10)(url) == amazon.bundle()
