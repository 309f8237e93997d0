"""What a listener allows the skill: asked for by Alexa herself, changed in the app, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

Json = dict[str, Any]

Consent = Literal["ACCEPTED", "DENIED", "NOT_ANSWERED"]
"""How Alexa's question ended."""

ASK_FOR = "AskFor"
"""Name of the connection that asks for permission."""

SEND_REQUEST = "Connections.SendRequest"

TOKEN_CHARACTERS = 1_024
"""What may be in the token of a request to Alexa. Amazon names no figure; this is AudioPlayer's."""

SKILL_NAME = "My Hip Workout"
"""What Alexa calls the skill."""

PURPOSES = {
    "alexa::alerts:reminders:skill:readwrite": "update your reminders",
    "alexa::alerts:timers:skill:readwrite": "update your timers",
}
"""What Alexa says a scope is for, where Amazon's pages on voice permissions tell."""

BY_INTENT: dict[str, Consent] = {"AMAZON.YesIntent": "ACCEPTED", "AMAZON.NoIntent": "DENIED"}
"""What an intent means while Alexa asks; any other is no answer to her question."""

_SCOPE = re.compile(r"(?:alexa::|(?:read|write)::alexa:)[a-z_]+(?::[a-z_]+)+|payments:[a-z_]+")
_YES = re.compile(
    r"(?:yes|yeah|yep|sure|ok|okay|i do|go ahead)(?: please)?"
    r"|(?:yes )?(?:i )?(?:approve|allow)(?: it)?"
)
_NO = re.compile(
    r"(?:no|nope)(?: thanks| thank you)?|(?:no )?(?:i )?(?:do not|don't) (?:approve|allow)(?: it)?"
)


def understood(words: str) -> Consent | None:
    """Return what Alexa makes of an answer to her question; None if it is neither yes nor no."""
    plain = " ".join(re.sub(r"[^a-z' ]", " ", words.lower().replace("’", "'")).split())
    if _YES.fullmatch(plain):
        return "ACCEPTED"
    return "DENIED" if _NO.fullmatch(plain) else None


def purpose(scopes: Iterable[str]) -> str:
    """Say what scopes allow, as it goes on after "permission to"."""
    return " and ".join(PURPOSES.get(scope, f"use {scope}") for scope in scopes)


class Account:
    """Whom Amazon names in each request, and what they allow the skill at the moment."""

    def __init__(self, user_id: str, granted: Iterable[str] = ()) -> None:
        self.user_id = user_id
        self.enabled = True
        self._status = dict.fromkeys(sorted(granted), True)
        self._first_id = user_id
        self._times_enabled = 1

    @property
    def granted(self) -> frozenset[str]:
        """The scopes that are granted now."""
        return frozenset(scope for scope, granted in self._status.items() if granted)

    def decide(self, scopes: Iterable[str], *, granted: bool) -> None:
        """Take over a decision about scopes."""
        self._status |= dict.fromkeys(scopes, granted)

    def answer(self, scopes: Iterable[str], consent: Consent) -> None:
        """Take over what was said to Alexa's question; only the app withdraws what was granted."""
        for scope in scopes:
            self._status[scope] = consent == "ACCEPTED" or scope in self.granted

    def disable(self) -> None:
        """Forget what was granted. The id stays until the skill is enabled again."""
        self.enabled = False
        self._status = {}

    def enable(self) -> None:
        """Be somebody new to the skill, if it had been disabled."""
        if not self.enabled:
            self._times_enabled += 1
            self.user_id = f"{self._first_id}-{self._times_enabled}"
        self.enabled = True

    def user(self) -> Json:
        """Return the ``user`` of a request, with every scope that was asked for or granted."""
        user: Json = {"userId": self.user_id}
        if self._status:
            status = {True: "GRANTED", False: "DENIED"}
            scopes = {scope: {"status": status[yes]} for scope, yes in self._status.items()}
            user["permissions"] = {"scopes": scopes}
            if self.granted:
                user["permissions"]["consentToken"] = "pretend"
        return user


@dataclass(frozen=True)
class AskedFor:
    """A skill's wish that Alexa ask the listener for permission."""

    scopes: tuple[str, ...]

    wish: Json
    """The part of the directive's payload that names the scopes: one, or a list with levels."""

    token: str | None
    """What the skill wants back as it is."""

    def question(self) -> str:
        """Return Alexa's own words, as in Amazon's pages on permissions by voice."""
        wish = f"Do you give {SKILL_NAME} permission to {purpose(self.scopes)}?"
        return f"{wish} You can say I approve, or no."

    def answered(self, consent: Consent) -> Json:
        """Return the ``request`` that tells the skill what the listener said."""
        payload = {**self.wish, "status": consent, "isCardThrown": False}
        return {**self._response("200", "OK"), "payload": payload}

    def failed(self, code: str) -> Json:
        """Return the ``request`` that tells the skill that nobody was asked, and why: 400 or 500.

        What is in its payload is documented nowhere, so nothing is.
        """
        return self._response(code, HTTPStatus(int(code)).phrase)

    def _response(self, code: str, message: str) -> Json:
        status = {"code": code, "message": message}
        request: Json = {"type": "Connections.Response", "name": ASK_FOR, "status": status}
        return request if self.token is None else {**request, "token": self.token}


def asked_for(response: Mapping[str, Any]) -> AskedFor | None:
    """Return what a response without faults wants Alexa to ask for, if it wants that."""
    for directive in response.get("directives") or ():
        if directive["type"] == SEND_REQUEST:
            payload = directive["payload"]
            wish = {name: payload[name] for name in payload if not name.startswith("@")}
            scopes = tuple(one["permissionScope"] for one in _wishes(payload))
            return AskedFor(scopes, wish, directive.get("token"))
    return None


def scope_faults(scopes: object, where: str) -> Iterator[str]:
    """Say what is wrong with a list of scopes, called ``where`` in the messages."""
    if not isinstance(scopes, list) or not scopes:
        yield f"{where} names no permissions"
        return
    for scope in scopes:
        if not isinstance(scope, str) or not _SCOPE.fullmatch(scope):
            yield f"{where} names {scope!r}, which is no permission of Amazon's"


def request_faults(directive: Mapping[str, Any]) -> Iterator[str]:
    """Say what Alexa would object to in a Connections.SendRequest by itself."""
    if directive.get("name") != ASK_FOR:
        yield f"Alexa has no connection {directive.get('name')!r}"
        return
    token = directive.get("token")
    if not isinstance(token, str | None):
        yield f"the token of {SEND_REQUEST} is not text"
    elif token is not None and len(token) > TOKEN_CHARACTERS:
        count = f"{len(token):,} characters, more than {TOKEN_CHARACTERS:,}"
        yield f"the token of {SEND_REQUEST} has {count}"
    yield from _payload_faults(directive.get("payload"))


def _payload_faults(payload: object) -> Iterator[str]:
    where = f"the payload of {SEND_REQUEST}"
    if not isinstance(payload, Mapping):
        yield f"{where} is not an object"
        return
    if payload.get("@type") != "AskForPermissionsConsentRequest":
        yield f"{where} is no AskForPermissionsConsentRequest"
    version = payload.get("@version")
    if version not in ("1", "2"):
        yield f'{where} says neither version "1" nor version "2"'
        return
    expected = {"@type", "@version", "permissionScope" if version == "1" else "permissionScopes"}
    if set(payload) != expected:
        yield f"{where} of version {version} has {sorted(payload)}, not {sorted(expected)}"
        return
    wishes = _wishes(payload)
    if not isinstance(wishes, list) or not all(isinstance(wish, Mapping) for wish in wishes):
        yield f"in {where} permissionScopes is not a list of objects"
        return
    yield from scope_faults([wish.get("permissionScope") for wish in wishes], where)
    for wish in wishes:
        if wish.get("consentLevel") not in ("ACCOUNT", "PERSON"):
            yield f"{where} has the consentLevel {wish.get('consentLevel')!r}"


def _wishes(payload: Mapping[str, Any]) -> Any:
    """Return the scopes of a payload as version 2 gives them; of version 1 there is one."""
    if payload["@version"] == "1":
        return [{"permissionScope": payload["permissionScope"], "consentLevel": "ACCOUNT"}]
    return payload["permissionScopes"]
