"""A clock that is off by minutes: the machine's, or Amazon's, which is the same thing here."""

from __future__ import annotations

from datetime import timedelta

from tests.faults.certificates import refusal
from tests.faults.listener import Listener, kept_session
from tests.faults.row import ALEXA_HERSELF, Row
from tests.faults.stage import Stage, sqlite_url

FINE = (timedelta(seconds=-140), timedelta(seconds=140))
TOO_MUCH = (
    timedelta(minutes=-10),
    timedelta(minutes=-3),
    timedelta(minutes=3),
    timedelta(minutes=10),
)


def off_by_minutes(stage: Stage) -> list[Row]:
    """Send requests whose time is minutes before and after the machine's."""
    url = sqlite_url(stage.folder)
    with stage.service() as served:
        ann = Listener(stage.amazon, served.port, "clock")
        bob = Listener(stage.amazon, served.port, "clock-bob")
        ann.goes_into_a_set()
        ann.says("AMAZON.PauseIntent", after_s=30)
        before, then = ann.session, ann.clock.ahead
        for off in TOO_MUCH:
            ann.clock.ahead = off
            assert "timestamp-stale" in refusal(ann, "AMAZON.ResumeIntent")
            assert kept_session(url, ann) == before
            bob.launches()
        for off in FINE:
            ann.clock.ahead = off
            assert "glute bridge" in ann.says("WhereAmIIntent")
            assert ann.session["rep"] == before["rep"]
        ann.clock.ahead = then
        ann.says("AMAZON.ResumeIntent", after_s=60)
        assert ann.session["rep"] == before["rep"]
    return [
        Row(
            "clock off by more than 150 s",
            "requests stamped 3 and 10 minutes before and after the machine's time",
            ALEXA_HERSELF,
            "Refused before anything is read of the state, which is as before; when the clock is "
            "right again the workout goes on at the same rep. `hip-workout doctor` tells of it.",
        ),
        Row(
            "clock off by up to 150 s",
            "the same by 140 s, forward and back in one conversation",
            "no difference",
            "Set and rep stay, though time goes back by minutes between two turns.",
        ),
    ]
