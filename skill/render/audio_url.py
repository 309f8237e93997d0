"""Addresses of composed sound: a whole script in a signed line, so that nobody composes at will."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum

from skill.coach.errors import UnreadableSession
from skill.coach.plain import from_plain, to_plain
from skill.coach.session import Session

SIGNATURE_BYTES = 12
"""96 bits: more than anybody can try at a web server."""

LONGEST_PLAN = 2_000
"""Characters of an address that are read at all; a plan takes about 300."""

LARGEST_PLAN = 8_192
"""Bytes of a plan once it is unpacked."""


class Played(StrEnum):
    """What is played from a session on."""

    PART = "part"
    """The script of one turn, as in a conversation: a question follows it."""

    TRACK = "track"
    """A piece of a workout without questions, with the time that the answers would take."""


class NotSigned(ValueError):
    """An address that this house did not make."""


@dataclass(frozen=True)
class AudioUrls:
    """Makes and reads the addresses of composed sound below ``base``, which ends without a slash.

    ``secret`` signs them: 16 bytes or more, the same in every process and after a restart.
    """

    base: str
    secret: bytes

    def personal(self, locale: str, played: Played, session: Session) -> str:
        """Return the address of what is played from a session on."""
        return f"{self.base}/{self.signed(locale, played, session)}.mp3"

    def signed(self, locale: str, played: str, session: Session) -> str:
        """Return a session as signed text of three parts: locale, what it is for, and itself."""
        plain = json.dumps(to_plain(session), separators=(",", ":")).encode()
        plan = _text(zlib.compress(plain, 9))
        return f"{locale}/{played}/{plan}.{self._signature(locale, played, plan)}"

    def guide(self, locale: str, guide: str) -> str:
        """Return the address of a fixed guide, by its id."""
        return f"{self.base}/{locale}/guides/{guide}.mp3"

    def read(self, locale: str, played: str, plan: str, signature: str) -> Session:
        """Return the session of a personal address, or of any other signed text.

        Raises:
            NotSigned: the signature is not ours, or what it signs cannot be read any more.
        """
        if len(plan) > LONGEST_PLAN or not hmac.compare_digest(
            signature.encode(), self._signature(locale, played, plan).encode()
        ):
            raise NotSigned("the signature is not ours")
        try:
            unpacked = zlib.decompressobj()
            plain = unpacked.decompress(_bytes(plan), LARGEST_PLAN)
            return from_plain(json.loads(plain))
        except (ValueError, zlib.error, UnreadableSession) as fault:
            raise NotSigned(f"the plan cannot be read: {fault}") from fault

    def _signature(self, locale: str, played: str, plan: str) -> str:
        said = f"{locale}/{played}/{plan}".encode()
        digest = hmac.new(self.secret, b"audio:" + said, hashlib.sha256).digest()
        return _text(digest[:SIGNATURE_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError(str(fault)) from fault
