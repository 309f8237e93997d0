from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.limits import ResponseRefused
from skill.simulator.request import SPEAKER
from tests.simulator.parrot import reply, ssml
from tests.simulator.permission_seeker import CARD, REMINDERS, TIMERS, Seeker, asking


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 1, 1, 8, 0, 0, tzinfo=UTC))


@pytest.fixture
def seeker() -> Seeker:
    return Seeker()


@pytest.fixture
def device(seeker: Seeker, clock: VirtualClock) -> PretendDevice:
    return PretendDevice(seeker, clock, profile=replace(SPEAKER, granted=frozenset({REMINDERS})))


def test_disabling_is_told_without_a_session_and_from_no_device(
    device: PretendDevice, seeker: Seeker
) -> None:
    device.disable_skill()
    envelope = seeker.requests[0]
    assert "session" not in envelope
    assert set(envelope["context"]) == {"System"}
    system = envelope["context"]["System"]
    assert set(system) == {"application", "user", "apiEndpoint", "apiAccessToken"}
    assert system["user"] == {"userId": SPEAKER.user_id}
    assert {n: v for n, v in envelope["request"].items() if n != "requestId"} == {
        "type": "AlexaSkillEvent.SkillDisabled",
        "timestamp": "2026-01-01T08:00:00Z",
        "eventCreationTime": "2026-01-01T08:00:00Z",
        "eventPublishingTime": "2026-01-01T08:00:00Z",
        "body": {"userInformationPersistenceStatus": "NOT_PERSISTED"},
    }


def test_disabling_takes_session_and_permissions_away(device: PretendDevice) -> None:
    device.say("TipIntent")
    turn = device.disable_skill()
    assert turn.ended
    assert not device.in_session
    assert device.granted == frozenset()
    assert device.playing.ms == 0


def test_disabling_may_be_told_twice_for_the_same_user(
    device: PretendDevice, seeker: Seeker
) -> None:
    device.disable_skill()
    device.disable_skill()
    first, again = (envelope["context"]["System"]["user"] for envelope in seeker.requests)
    assert first == again


def test_enabling_again_makes_a_new_user(device: PretendDevice, seeker: Seeker) -> None:
    device.disable_skill()
    device.enable_skill()
    device.launch()
    assert seeker.types[1:] == ["AlexaSkillEvent.SkillEnabled", "LaunchRequest"]
    old, new, then = (e["context"]["System"]["user"]["userId"] for e in seeker.requests)
    assert old == SPEAKER.user_id
    assert new == then == device.user_id
    assert new != old
    assert "permissions" not in seeker.requests[-1]["context"]["System"]["user"]


def test_enabling_what_is_enabled_makes_nobody_new(device: PretendDevice) -> None:
    device.enable_skill()
    assert device.user_id == SPEAKER.user_id


def test_nobody_is_given_an_id_twice(device: PretendDevice) -> None:
    ids = {device.user_id}
    for _ in range(3):
        device.disable_skill()
        device.enable_skill()
        ids.add(device.user_id)
    assert len(ids) == 4


def test_asking_for_a_disabled_skill_by_name_enables_it(
    device: PretendDevice, seeker: Seeker
) -> None:
    device.disable_skill()
    device.launch()
    assert seeker.types[1:] == ["AlexaSkillEvent.SkillEnabled", "LaunchRequest"]


@pytest.mark.parametrize(
    ("before", "scope", "granted", "kind", "accepted"),
    [
        ([], REMINDERS, True, "SkillPermissionAccepted", [REMINDERS]),
        ([REMINDERS], TIMERS, True, "SkillPermissionChanged", [REMINDERS, TIMERS]),
        ([REMINDERS, TIMERS], TIMERS, False, "SkillPermissionChanged", [REMINDERS]),
        ([REMINDERS], REMINDERS, False, "SkillPermissionChanged", []),
    ],
)
def test_a_decision_in_the_app_is_told_with_all_that_is_granted(
    clock: VirtualClock, before: list[str], scope: str, granted: bool, kind: str, accepted: Any
) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock, profile=replace(SPEAKER, granted=frozenset(before)))
    device.change_permission(scope, granted)
    assert seeker.types == [f"AlexaSkillEvent.{kind}"]
    body = seeker.requests[0]["request"]["body"]
    assert body == {"acceptedPermissions": [{"scope": one} for one in accepted]}
    assert device.granted == set(accepted)


def test_a_session_goes_on_under_a_decision_in_the_app(
    device: PretendDevice, seeker: Seeker
) -> None:
    device.launch()
    turn = device.change_permission(REMINDERS, False)
    assert not turn.ended
    device.say("TipIntent")
    user = seeker.requests[-1]["context"]["System"]["user"]
    assert user["permissions"] == {"scopes": {REMINDERS: {"status": "DENIED"}}}
    assert seeker.requests[-1]["session"]["new"] is False


@pytest.mark.parametrize(
    "response",
    [
        {"outputSpeech": ssml("Goodbye.")},
        {"reprompt": {"outputSpeech": ssml("Are you there?")}},
        {"card": CARD},
        {"directives": [asking()]},
        {"shouldEndSession": False},
    ],
)
def test_an_event_can_be_answered_with_nothing_only(
    clock: VirtualClock, response: dict[str, Any]
) -> None:
    def skill(envelope: dict[str, Any]) -> dict[str, Any]:
        if envelope["request"]["type"] == "AlexaSkillEvent.SkillPermissionChanged":
            return reply(**response)
        return reply(outputSpeech=ssml("Hello."), shouldEndSession=False)

    device = PretendDevice(skill, clock)
    device.launch()
    with pytest.raises(ResponseRefused, match=r"AlexaSkillEvent\.SkillPermissionChanged"):
        device.change_permission(REMINDERS, False)
    assert device.in_session
