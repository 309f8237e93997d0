from __future__ import annotations

from typing import Any

import pytest

from skill.simulator.limits import faults
from skill.simulator.playback import Player
from skill.simulator.request import SPEAKER
from tests.simulator.parrot import document, reply, ssml
from tests.simulator.permission_seeker import CARD, ONE, REMINDERS, SEVERAL, asking


def found(response: dict[str, Any], request_type: str = "IntentRequest") -> list[str]:
    return list(faults(response, request_type, SPEAKER.interfaces, Player()))


def wished(scope: Any = REMINDERS, level: Any = "ACCOUNT") -> dict[str, Any]:
    return {**SEVERAL, "permissionScopes": [{"permissionScope": scope, "consentLevel": level}]}


@pytest.mark.parametrize(
    "response",
    [
        reply(directives=[asking()]),
        reply(directives=[asking()], shouldEndSession=True),
        reply(directives=[asking()], outputSpeech=ssml("One moment."), shouldEndSession=True),
        reply(directives=[asking(SEVERAL)], shouldEndSession=True),
        reply(directives=[asking(token="a" * 1024)]),
        reply(directives=[asking(token="")]),
    ],
)
def test_alexa_can_be_asked_to_ask(response: dict[str, Any]) -> None:
    assert found(response) == []


@pytest.mark.parametrize(
    ("directive", "fault"),
    [
        (asking(name="Buy"), "no connection 'Buy'"),
        (asking(name=None), "no connection None"),
        (asking(token="a" * 1025), "1,025 characters"),
        (asking(token={"at": 7}), "token of Connections.SendRequest is not text"),
        (asking(None), "not an object"),
        (asking({**ONE, "@type": "AskForMoney"}), "no AskForPermissionsConsentRequest"),
        (asking({**ONE, "@version": 1}), "neither version"),
        (asking({**ONE, "@version": "3"}), "neither version"),
        (asking({**ONE, "@version": "2"}), "of version 2 has"),
        (asking({**SEVERAL, "@version": "1"}), "of version 1 has"),
        (asking({**ONE, "because": "please"}), "because"),
        (asking({**ONE, "permissionScope": "reminders"}), "'reminders'"),
        (asking({**ONE, "permissionScope": [REMINDERS]}), "no permission of Amazon's"),
        (asking({**SEVERAL, "permissionScopes": []}), "names no permissions"),
        (asking({**SEVERAL, "permissionScopes": REMINDERS}), "not a list of objects"),
        (asking({**SEVERAL, "permissionScopes": [REMINDERS]}), "not a list of objects"),
        (asking(wished("alexa::")), "'alexa::'"),
        (asking(wished(level="HOUSE")), "'HOUSE'"),
    ],
)
def test_a_request_of_the_wrong_shape_is_refused(directive: dict[str, Any], fault: str) -> None:
    told = found(reply(directives=[directive], shouldEndSession=True))
    assert any(fault in one for one in told), told


@pytest.mark.parametrize("ending", [False, None])
def test_whoever_hands_over_to_alexa_cannot_listen_too(ending: bool | None) -> None:
    words = ssml("Shall I remind you?")
    told = found(reply(directives=[asking()], outputSpeech=words, shouldEndSession=ending))
    assert told == [
        "Connections.SendRequest hands the listener over, but shouldEndSession is not true"
    ]


@pytest.mark.parametrize(
    "other",
    [{"type": "Dialog.Delegate"}, document({"type": "Speech", "content": "Wait."}), asking()],
)
def test_a_request_to_alexa_stands_alone(other: dict[str, Any]) -> None:
    told = found(reply(directives=[asking(), other], shouldEndSession=True))
    assert "Connections.SendRequest stands beside another directive" in told


def test_the_answer_to_her_result_may_speak_and_listen_on() -> None:
    on = reply(outputSpeech=ssml("Done. Shall we go on?"), shouldEndSession=False)
    assert found(on, "Connections.Response") == []


def test_the_answer_to_her_result_asks_for_nothing_again() -> None:
    again = found(reply(directives=[asking()]), "Connections.Response")
    assert any("asks again" in fault for fault in again)


@pytest.mark.parametrize(
    "scope",
    [
        REMINDERS,
        "alexa::devices:all:geolocation:read",
        "alexa::profile:email:read",
        "read::alexa:device:all:address:country_and_postal_code",
        "payments:autopay_consent",
    ],
)
def test_a_card_can_ask_for_any_permission_of_amazons(scope: str) -> None:
    assert found(reply(outputSpeech=ssml("Look."), card={**CARD, "permissions": [scope]})) == []


@pytest.mark.parametrize(
    ("permissions", "fault"),
    [
        (None, "names no permissions"),
        ([], "names no permissions"),
        (REMINDERS, "names no permissions"),
        (["reminders"], "'reminders'"),
        ([REMINDERS, "alexa:alerts:reminders"], "'alexa:alerts:reminders'"),
        ([{"scope": REMINDERS}], "no permission of Amazon's"),
    ],
)
def test_a_card_that_asks_for_no_permission_is_refused(permissions: Any, fault: str) -> None:
    told = found(reply(outputSpeech=ssml("Look."), card={**CARD, "permissions": permissions}))
    assert len(told) == 1
    assert "the permission card" in told[0]
    assert fault in told[0]
