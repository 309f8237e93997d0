"""The pretend Amazon of the benchmark, and the signed workout turns that it sends."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from skill.alexa.envelope import epoch_ms
from skill.catalogue.load import load_whole
from skill.coach import pacing
from skill.coach.exercise import Block, Catalogue, Plan
from skill.coach.plain import to_plain
from skill.coach.session import Phase, Place, Preferences, Session, SetDone
from skill.coach.timeline import LengthOf
from skill.coach.turn import Turn
from skill.render.words import Words
from tests.amazon import PretendAmazon, as_body, envelope
from tests.certificates import Wanted, certify, rsa_key

LISTENERS = 400
"""How many people are in mid-workout. With their turns there are more scripts than the coach keeps
at hand, so that going through the pool again finds nothing that a first time would not."""

SET_AND_SOME_REST = timedelta(seconds=85)
"""From the start of a set of eight glute bridges to a "ready" in its rest. Three of these turns lie
within the 150 s either way that a request may be old."""


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
    """Return the session of a listener who rests after the first of five sets of glute bridges."""
    moves = ("march", "hip_circles", "pelvic_tilts", "chair_squats", "step_backs", "leg_swings")
    stretches = ("kneeling_flexor_stretch", "lying_hamstring_stretch")
    blocks = (Block("standing_kickback", 2, 8), Block("glute_bridge", 5, 8))
    return Session(
        phase=Phase.SET,
        since=epoch_ms(now - SET_AND_SOME_REST),
        said=number % 12,
        plan=Plan(moves, blocks, stretches, 90, 20),
        block=1,
        done=(SetDone(0, 8), SetDone(0, 8)),
        met=(*moves, "standing_kickback"),
        cleared=True,
        preferences=Preferences(place=Place.FLOOR),
    )


@cache
def coaching() -> tuple[Catalogue, LengthOf]:
    """Return what a turn of the coach needs."""
    catalogue, text = load_whole()
    return catalogue, Words("en", text).length_ms


def three_sets(number: int, now: datetime, *, screen: bool = False) -> Iterator[bytes]:
    """Yield the bodies of three "ready"s of one listener, each with what the coach said before."""
    catalogue, length_of = coaching()
    at = now - SET_AND_SOME_REST
    session = in_a_workout(number, at)
    for _ in range(3):
        yield ready(number, at, session, screen=screen)
        turn = Turn.begin(session, epoch_ms(at), catalogue, length_of)
        session, at = pacing.ready(turn).session, at + SET_AND_SOME_REST


def ready(
    number: int, now: datetime, session: Session | None = None, *, screen: bool = False
) -> bytes:
    """Return the body of "ready" in mid-workout, by listener ``number``.

    It is an Echo Show's; without ``screen`` one whose screen nobody tells of, as of other speakers.
    """
    plain = envelope("echo_show_intent", lambda: now)
    if not screen:
        device = plain["context"]["System"]["device"]
        device["supportedInterfaces"].pop("Alexa.Presentation.APL")
        for of_a_screen in ("Viewport", "Viewports"):
            plain["context"].pop(of_a_screen, None)
    here = in_a_workout(number, now) if session is None else session
    plain["session"]["attributes"] = {"session": to_plain(here)}
    plain["request"]["requestId"] = f"amzn1.echo-api.request.{uuid.uuid4()}"
    plain["request"]["intent"] = {"name": "ReadyIntent", "confirmationStatus": "NONE"}
    for holder in (plain["session"], plain["context"]["System"]):
        holder["user"]["userId"] += f"{number:04d}"
    return as_body(plain)


def posted(body: bytes, signed: dict[str, str], host: str = "coach.example.org") -> bytes:
    """Return a whole HTTP request with the headers that Amazon sends."""
    headers = {
        "Host": host,
        "User-Agent": "Apache-HttpClient/UNAVAILABLE (Java/17)",
        "Accept": "application/json",
        "Accept-Charset": "utf-8",
        **signed,
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"POST /alexa HTTP/1.1\r\n" + head.encode() + b"\r\n" + body


def genuine(
    amazon: PretendAmazon, listeners: int = LISTENERS, *, screen: bool = False
) -> list[bytes]:
    """Return different whole requests, signed now: three turns of each listener in their order."""
    now = utc_now().replace(microsecond=0)
    numbers = range(listeners)
    bodies = [body for number in numbers for body in three_sets(number, now, screen=screen)]
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
