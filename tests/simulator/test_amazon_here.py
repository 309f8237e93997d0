"""Amazon's APIs for pretend devices keep Amazon's rules and never leave the process."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from ask_sdk_model.services import ApiClientRequest, ApiClientResponse

from skill.simulator.alerts import PATH, Alerts
from skill.simulator.amazon_here import AmazonHere, allows_reminders

MONDAY = datetime(2026, 1, 5, 7, tzinfo=UTC)
ENDPOINT = "https://api.amazonalexa.com"
TOKEN = "pretend-1"
REMINDER: dict[str, Any] = {
    "requestTime": "2026-01-05T07:00:00.000",
    "trigger": {
        "type": "SCHEDULED_ABSOLUTE",
        "scheduledTime": "2026-01-06T07:00:00.000",
        "timeZoneId": "Europe/Rome",
    },
    "alertInfo": {"spokenInfo": {"content": [{"locale": "en-US", "text": "Time to train."}]}},
    "pushNotification": {"status": "ENABLED"},
}


@pytest.fixture
def alerts() -> Alerts:
    kept = Alerts(lambda: MONDAY)
    kept.zone = kept.device_zone = "Europe/Rome"
    return kept


@pytest.fixture
def amazon(alerts: Alerts) -> AmazonHere:
    here = AmazonHere()
    here.add(TOKEN, alerts)
    return here


def ask(
    amazon: AmazonHere, method: str, path: str, body: Any = None, token: str = TOKEN
) -> ApiClientResponse:
    headers = [("Authorization", f"Bearer {token}"), ("Content-Type", "application/json")]
    return amazon.invoke(
        ApiClientRequest(method=method, url=ENDPOINT + path, headers=headers, body=body)
    )


def test_a_device_tells_the_time_zone_of_its_page(amazon: AmazonHere) -> None:
    answer = ask(amazon, "GET", "/v2/devices/any/settings/System.timeZone")
    assert (answer.status_code, json.loads(answer.body)) == (200, "Europe/Rome")


def test_a_page_that_knows_no_time_zone_has_none(amazon: AmazonHere, alerts: Alerts) -> None:
    alerts.zone = None
    answer = ask(amazon, "GET", "/v2/devices/any/settings/System.timeZone")
    assert (answer.status_code, answer.body) == (204, "")


def test_a_reminder_is_kept_and_listed(amazon: AmazonHere, alerts: Alerts) -> None:
    assert ask(amazon, "POST", PATH, REMINDER).status_code == 200
    listed = json.loads(ask(amazon, "GET", PATH).body)
    assert [each["alertToken"] for each in listed["alerts"]] == list(alerts.reminders)


def test_without_the_permission_no_reminder_is_set(amazon: AmazonHere, alerts: Alerts) -> None:
    alerts.granted = False
    assert ask(amazon, "POST", PATH, REMINDER).status_code == 401
    assert not alerts.reminders


def test_a_time_that_amazon_refuses_is_refused_here(amazon: AmazonHere) -> None:
    trigger = {**REMINDER["trigger"], "scheduledTime": "2026-01-06T07:00:00.000Z"}
    answer = ask(amazon, "POST", PATH, {**REMINDER, "trigger": trigger})
    assert answer.status_code == 400


@pytest.mark.parametrize("token", ["pretend-2", "", "eyJ0.real.token"])
def test_a_token_of_no_open_page_opens_nothing(amazon: AmazonHere, token: str) -> None:
    assert ask(amazon, "GET", PATH, token=token).status_code == 401


def test_a_speaker_that_is_forgotten_has_nothing_any_more(amazon: AmazonHere) -> None:
    amazon.drop(TOKEN)
    amazon.drop(TOKEN)
    assert ask(amazon, "GET", PATH).status_code == 401


@pytest.mark.parametrize(
    ("granted", "allowed"),
    [
        ([], False),
        (["alexa::alerts:timers:skill:readwrite"], False),
        (["alexa::alerts:reminders:skill:readwrite"], True),
    ],
)
def test_only_its_own_permission_allows_reminders(granted: list[str], allowed: bool) -> None:
    assert allows_reminders(granted) is allowed
