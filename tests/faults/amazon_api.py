"""Amazon's own API, which keeps the reminders, dead or slow in mid-workout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from skill.alexa.respond import REMINDERS_SCOPE
from skill.simulator.request import Slot
from tests.amazon import PretendAmazon
from tests.certificates import Wanted, certify
from tests.faults.listener import Listener, kept_at
from tests.faults.proxy import Wire
from tests.faults.row import Row, short
from tests.faults.stage import Service, Stage, sqlite_url
from tests.reminders_api import TOKEN, RemindersApi

API_NAME = "api.amazonalexa.com"

MONDAY_AT_SEVEN = {"day": Slot("monday", ("monday",)), "time": Slot("07:00")}

PROOF = (
    "No reminder is kept that is not set, and none is set twice; set and rep stay; another "
    "listener is answered meanwhile; once the API is back the same words set it."
)


class NamedRemindersApi(RemindersApi):
    """The pretend API under the name of Amazon's, vouched for by the pretend Amazon's root."""

    def __init__(self, folder: Path, amazon: PretendAmazon) -> None:
        super().__init__(folder)
        self._server.server_close()
        self._site = certify(Wanted(API_NAME, names=(API_NAME,)), amazon.root)
        self._server = self._https()


def reminders(stage: Stage) -> list[Row]:
    """Have a listener ask for a reminder in mid-set while the API is away, and while it hangs."""
    with (
        NamedRemindersApi(stage.folder, stage.amazon) as api,
        Wire(api.port) as wire,
        stage.service(names={API_NAME: wire.port}) as served,
    ):
        return [
            _asked_in_vain(stage, served, api, wire, slow=False),
            _asked_in_vain(stage, served, api, wire, slow=True),
        ]


def _asked_in_vain(
    stage: Stage, served: Service, api: RemindersApi, wire: Wire, *, slow: bool
) -> Row:
    name = "slow" if slow else "dead"
    ann = Listener(
        stage.amazon,
        served.port,
        f"api-{name}",
        api_access_token=TOKEN,
        granted=frozenset({REMINDERS_SCOPE}),
    )
    bob = Listener(stage.amazon, served.port, f"api-{name}-bob")
    ann.goes_into_a_set()
    ann.says("AMAZON.PauseIntent", after_s=30)
    rep, there = ann.session["rep"], len(api.reminders)
    ann.asks("RemindWorkoutIntent", **MONDAY_AT_SEVEN)
    with wire.held() if slow else wire.gone():
        heard = ann.says("AMAZON.YesIntent")
        assert "no medical advice" in bob.launches()
    assert ("did not answer in time" if slow else "could not reach") in heard
    assert (len(api.reminders), _kept_reminders(stage, ann)) == (there, [])
    assert ann.session["rep"] == rep
    ann.asks("RemindWorkoutIntent", **MONDAY_AT_SEVEN)
    assert "I remind you" in ann.says("AMAZON.YesIntent")
    assert len(api.reminders) == there + 1
    assert len(_kept_reminders(stage, ann)) == 1
    assert f"rep {rep}" in ann.says("AMAZON.ResumeIntent")
    done = "takes the connection and answers no byte" if slow else "cannot be connected to"
    return Row(f"Amazon's API {name}", f"it {done} at a “yes” to a reminder", short(heard), PROOF)


def _kept_reminders(stage: Stage, listener: Listener) -> list[Any]:
    kept = kept_at(sqlite_url(stage.folder), listener)
    found: list[Any] = kept.document.get("reminders", []) if kept else []
    return found
