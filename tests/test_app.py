from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog
from ask_sdk_core.skill_builder import SkillBuilder

from skill.app import create_app
from skill.log import configure_logging
from skill.settings import Settings, SettingsError
from tests.amazon import SKILL_ID


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_there_is_no_app_without_a_skill_id() -> None:
    with pytest.raises(SettingsError, match="HIP_WORKOUT_SKILL_ID"):
        create_app(Settings(), skill=SkillBuilder().create())


def test_the_app_has_its_addresses_and_no_secret() -> None:
    app = create_app(Settings(skill_ids=frozenset({SKILL_ID})), skill=SkillBuilder().create())
    assert {str(rule) for rule in app.url_map.iter_rules()} == {
        "/alexa",
        "/healthz",
        "/livez",
        "/readyz",
        "/privacy",
        "/terms",
        "/legal.css",
    }
    assert app.secret_key is None


def test_a_fault_outside_of_a_turn_is_json_too() -> None:
    app = create_app(Settings(skill_ids=frozenset({SKILL_ID})), skill=SkillBuilder().create())

    @app.get("/breaks")
    def breaks() -> str:
        raise ZeroDivisionError

    with structlog.testing.capture_logs() as events:
        answer = app.test_client().get("/breaks")
    assert (answer.status_code, answer.get_json()) == (500, {"error": "fault"})
    assert [event["event"] for event in events] == ["request_failed"]


def test_the_log_is_a_line_of_json_an_event_from_its_level_up(
    capsys: pytest.CaptureFixture[str], logging_as_before: None
) -> None:
    configure_logging("warning")
    log = structlog.get_logger()
    log.info("not worth a line")
    log.warning("request_refused", reason="signature-mismatch")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        log.exception("turn_failed")
    refused, failed = map(json.loads, capsys.readouterr().err.splitlines())
    assert refused["event"] == "request_refused"
    assert refused["level"] == "warning"
    assert refused["timestamp"].endswith("Z")
    assert "ZeroDivisionError" in failed["exception"]
