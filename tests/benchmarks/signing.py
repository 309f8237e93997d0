"""The pretend Amazon of the benchmark, and the signed workout turns that it sends."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from skill.coach.exercise import Block, Plan
from skill.coach.plain import to_plain
from skill.coach.session import Phase, Place, Preferences, Session, SetDone
from tests.amazon import PretendAmazon, Wanted, as_body, certify, envelope, rsa_key

DIFFERENT = 64
"""How many different requests there are to send. More only make the signing longer."""

_LONGER_THAN_ANY_SET = timedelta(seconds=235)


class RsaAmazon(PretendAmazon):
    """A pretend Amazon whose chain is RSA up to the root, as the real one's is.

    The Node adapter can read no other, and a chain on elliptic curves would be dearer for the
    Python verifier, which validates it with every request.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._server.server_close()
        root = Wanted("Pretend Root", authority=True, key=lambda: rsa_key(1))
        authority = Wanted("Pretend Authority", authority=True, key=lambda: rsa_key(2))
        self.root = certify(root)
        self.intermediate = certify(authority, self.root)
        self.signer = self.new_signer()
        self.ca_bundle.write_bytes(self.root.pem)
        self.serve(self.url, self.bundle())
        self._server = self._https(folder)


def utc_now() -> datetime:
    return datetime.now(UTC)


def in_a_workout(number: int, now: datetime) -> Session:
    """Return a session whose first set of glute bridges was heard to the end of its rest."""
    began = now - _LONGER_THAN_ANY_SET
    moves = ("march", "hip_circles", "pelvic_tilts", "chair_squats", "step_backs", "leg_swings")
    stretches = ("kneeling_flexor_stretch", "lying_hamstring_stretch")
    blocks = (Block("standing_kickback", 2, 8), Block("glute_bridge", 3, 10))
    return Session(
        phase=Phase.SET,
        since=int(began.timestamp()) * 1000 + number,
        said=12 + 7 * number,
        plan=Plan(moves, blocks, stretches, 90, 20),
        block=1,
        done=(SetDone(0, 8), SetDone(0, 8)),
        met=(*moves, "standing_kickback"),
        cleared=True,
        preferences=Preferences(place=Place.FLOOR),
    )


def ready(number: int, now: datetime) -> bytes:
    """Return the body of "ready" from an Echo Show, in mid-workout, by listener ``number``."""
    plain = envelope("echo_show_intent", lambda: now)
    plain["session"]["attributes"] = {"session": to_plain(in_a_workout(number, now))}
    plain["request"]["requestId"] = f"amzn1.echo-api.request.{uuid.uuid4()}"
    plain["request"]["intent"] = {"name": "ReadyIntent", "confirmationStatus": "NONE"}
    for holder in (plain["session"], plain["context"]["System"]):
        holder["user"]["userId"] += f"{number:04d}"
    return as_body(plain)


def posted(body: bytes, signed: dict[str, str]) -> bytes:
    """Return a whole HTTP request with the headers that Amazon sends."""
    headers = {
        "Host": "coach.example.org",
        "User-Agent": "Apache-HttpClient/UNAVAILABLE (Java/17)",
        "Accept": "application/json",
        "Accept-Charset": "utf-8",
        **signed,
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"POST /alexa HTTP/1.1\r\n" + head.encode() + b"\r\n" + body


def genuine(amazon: PretendAmazon, how_many: int = DIFFERENT) -> list[bytes]:
    """Return different whole requests, signed now."""
    bodies = [ready(number, utc_now()) for number in range(how_many)]
    return [posted(body, amazon.sign(body)) for body in bodies]


def forged(amazon: PretendAmazon) -> dict[str, bytes]:
    """Return requests that everybody who verifies must refuse, by what is wrong with them."""
    body = ready(0, utc_now())
    stale = ready(0, utc_now() - timedelta(minutes=10))
    stranger = certify(Wanted("Nobody's Root", authority=True, key=lambda: rsa_key(3)))
    names = ("echo-api.amazon.com",)
    his = certify(Wanted(names[0], names=names, key=lambda: rsa_key(4)), stranger)
    his_url = amazon.serve(amazon.new_url(), his.pem + stranger.pem)
    return {
        "another body than the one signed": posted(body + b" ", amazon.sign(body)),
        "signed by another key": posted(body, amazon.sign(body, signer=his)),
        "a chain to a root nobody trusts": posted(body, amazon.sign(body, url=his_url, signer=his)),
        "ten minutes old": posted(stale, amazon.sign(stale)),
    }
