"""What thousands of listeners say in the same minute: turns of real conversations, signed now."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from skill.alexa.envelope import epoch_ms
from skill.coach_skill import coach_skill
from skill.simulator.conversation import read
from skill.simulator.ears import Ears
from skill.simulator.expected import expected
from skill.simulator.local import local_answer
from skill.simulator.replay import replayed
from skill.simulator.request import SHOW, SPEAKER, Profile
from tests.amazon import SKILL_ID, PretendAmazon, as_body
from tests.benchmarks.signing import posted

WEEK = Path(__file__).with_name("week.txt")
"""Three workouts with interruptions, one how-to, and some questions."""

HOST = "localhost"
"""By this name Caddy knows the site; for another it answers nothing, and that very fast."""

WITH_SCREEN = 0.3
"""The share of listeners with a screen. Nobody tells the true one: this is an assumption."""

_TIMES = ("since", "started", "ended", "level_since", "declined")
"""Moments in a session, which move with the turn."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Week:
    """The requests of one listener's week, and how long their conversations lasted."""

    requests: tuple[Json, ...]
    in_session_s: float
    """From the first to the last turn of each session, in seconds, all together."""

    @property
    def seconds_between_turns(self) -> float:
        """How long one listener, in the middle of a conversation, lets the coach alone."""
        return self.in_session_s / len(self.requests)


def week(profile: Profile) -> Week:
    """Have the conversations of a week, in no time, and keep what was sent."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    sent: list[Json] = []
    coach = local_answer(coach_skill())

    def keeps(request: Json) -> Json:
        sent.append(copy.deepcopy(request))
        return coach(request)

    began = "# began 2026-01-05T07:00:00Z\n"
    replayed(read(began + WEEK.read_text("utf-8")), keeps, Ears().hear, expected, profile=profile)
    moments = [datetime.fromisoformat(each["request"]["timestamp"]) for each in sent]
    pauses = [
        (after - before).total_seconds()
        for before, after, request in zip(moments, moments[1:], sent[1:], strict=False)
        if not request.get("session", {}).get("new")
    ]
    return Week(tuple(sent), sum(pauses))


def turns(amazon: PretendAmazon, listeners: int, seed: int = 7) -> tuple[list[bytes], float]:
    """Return one signed turn of each of so many listeners, and the seconds between two of one's.

    They are good for two minutes: Amazon's requests may be 150 s old.
    """
    chance = random.Random(seed)  # noqa: S311 - the same mixture in every run
    weeks = {profile.has_screen: week(profile) for profile in (SPEAKER, SHOW)}
    now = datetime.now(UTC).replace(microsecond=0)
    signed = []
    for number in range(listeners):
        said = chance.choice(weeks[chance.random() < WITH_SCREEN].requests)
        body = as_body(_said_now(said, number, now))
        signed.append(posted(body, amazon.sign(body), HOST))
    return signed, weeks[False].seconds_between_turns


def _said_now(said: Json, number: int, now: datetime) -> Json:
    """Return a request as listener ``number`` would send it now."""
    request = copy.deepcopy(said)
    then = datetime.fromisoformat(request["request"]["timestamp"])
    request["request"]["timestamp"] = now.isoformat().replace("+00:00", "Z")
    request["request"]["requestId"] += f".{number}"
    for holder in (request.get("session", {}), request["context"]["System"]):
        for named in (holder.get("user"), holder.get("application")):
            if named and "userId" in named:
                named["userId"] += f".{number}"
            if named and "applicationId" in named:
                named["applicationId"] = SKILL_ID
    kept = request.get("session", {}).get("attributes", {}).get("session", {})
    later_ms = epoch_ms(now) - epoch_ms(then)
    kept.update({name: kept[name] + later_ms for name in _TIMES if kept.get(name)})
    return request


def listeners_at_once(per_second: float, seconds_between_turns: float) -> int:
    """Return how many conversations make so many turns a second."""
    return int(timedelta(seconds=per_second * seconds_between_turns).total_seconds())
