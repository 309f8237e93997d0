"""Requests that come twice, late or from two devices, and states of other releases."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from skill.simulator.request import Json
from skill.store.open import open_store
from tests.amazon import as_body
from tests.faults.listener import Listener, kept_at, kept_session
from tests.faults.row import Row, short
from tests.faults.stage import Service, Stage, sqlite_url

TURNS = 20


def requests(stage: Stage) -> list[Row]:
    """Send requests twice, in the wrong order, and by two devices at once."""
    with stage.service() as served:
        return [_twice(stage, served), _late(stage, served), _two_devices(stage, served)]


def _twice(stage: Stage, served: Service) -> Row:
    url, ann = sqlite_url(stage.folder), _paused(stage, served, "twice")
    heard = ann.says("AMAZON.ResumeIntent")
    once = kept_session(url, ann)
    status, again = ann.alexa.post(ann.alexa.last_body)
    assert status == 200
    assert json.loads(again)["sessionAttributes"] == ann.device.attributes
    assert kept_session(url, ann) == once == ann.session
    return Row(
        "duplicate request",
        "the same signed request posted twice",
        f"the same again: {short(heard, 60)}",
        "The second answer carries the same state, and the same is kept.",
    )


def _late(stage: Stage, served: Service) -> Row:
    url, ann = sqlite_url(stage.folder), _paused(stage, served, "late")
    late = ann.alexa.last_body
    heard = ann.says("AMAZON.ResumeIntent", after_s=5)
    newest = kept_session(url, ann)
    assert newest == ann.session
    assert ann.alexa.post(late)[0] == 200
    assert kept_session(url, ann) == newest
    ann.says("AMAZON.PauseIntent")
    assert kept_session(url, ann) == ann.session != newest
    return Row(
        "re-ordered requests",
        "a request arrives after the one that followed it",
        short(heard, 60),
        "The older step is answered but not kept; the newer one stays and is followed.",
    )


def _two_devices(stage: Stage, served: Service) -> Row:
    url, kitchen = sqlite_url(stage.folder), _paused(stage, served, "devices")
    bedroom = Listener(stage.amazon, served.port, "devices", device_id="amzn1.ask.device.BEDROOM")
    bedroom.clock.ahead = kitchen.clock.ahead
    heard = bedroom.launches()
    assert "of set 1" in heard

    def talk(listener: Listener) -> None:
        for _ in range(TURNS):
            listener.says("AMAZON.HelpIntent", after_s=0.5)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(talk, (kitchen, bedroom)))
    bedroom.clock.forward(5)
    bedroom.says("AMAZON.HelpIntent")
    kitchen.says("AMAZON.HelpIntent")
    kept = kept_session(url, bedroom)
    assert kept == bedroom.session
    assert kept["rep"] == kitchen.session["rep"]
    return Row(
        "two devices at once",
        f"{2 * TURNS} turns of one listener on two devices, interleaved",
        short(heard, 70),
        "Every turn is answered; of two steps the newer one is kept, whichever came last.",
    )


Change = Callable[[Json], Json]

SINCE_THE_FIRST_RELEASE = ("version", "phase", "returns_to", "plan", "rep", "said", "cleared")

UNREADABLE: dict[str, Change] = {
    "a release before all others": lambda plain: plain | {"version": 0},
    "the next release": lambda plain: plain | {"version": 2, "places": []},
    "a release with one field more": lambda plain: plain | {"breathing": "deep"},
    "nobody, for it is damaged": lambda plain: plain | {"rep": -7},
}


def other_releases(stage: Stage) -> list[Row]:
    """Let other releases have written the session attributes, and what is kept."""
    with stage.service() as served:
        before = _of_the_previous(stage, served)
        for written_by, change in UNREADABLE.items():
            _in_attributes(stage, served, written_by, change)
            heard = _in_store(stage, served, written_by, change)
    return [
        before,
        Row(
            "state of the next release in a conversation",
            "session attributes of another version, with a field more, with a rep that cannot be",
            "the workout goes on from the same rep",
            "What cannot be read is passed over for what is kept, which is the same place.",
        ),
        Row(
            "state of the next release in the store",
            "the same, kept: as after a return to the release before",
            short(heard, 60),
            "A fresh start; history, reminders and parts that this release does not know stay, and "
            "the session is set aside. Whoever can read it takes it back: set and rep.",
        ),
    ]


def _of_the_previous(stage: Stage, served: Service) -> Row:
    url, ann = sqlite_url(stage.folder), _paused(stage, served, "previous")
    kept = kept_at(url, ann)
    assert kept is not None
    session = {name: kept.document["session"][name] for name in SINCE_THE_FIRST_RELEASE}
    open_store(url).save(ann.key, {"session": session}, after=kept.version, now_ms=kept.saved_ms)
    ann.gives_up()
    heard = ann.launches()
    assert "rep 3 of set 1" in heard
    return Row(
        "state of the previous release",
        "what is kept has none of the later fields",
        short(heard),
        "Read as it is; what is missing is as for who never said anything of it.",
    )


def _in_attributes(stage: Stage, served: Service, written_by: str, change: Change) -> None:
    url, ann = sqlite_url(stage.folder), _paused(stage, served, f"attributes of {written_by}")
    body = json.loads(ann.alexa.last_body)
    attributes = ann.device.attributes
    body["session"]["attributes"] = attributes | {"session": change(attributes["session"])}
    body["request"]["intent"]["name"] = "AMAZON.ResumeIntent"
    status, answer = ann.alexa.post(as_body(body))
    assert status == 200
    assert json.loads(answer)["sessionAttributes"]["session"]["phase"] == "set"
    assert kept_session(url, ann)["rep"] == ann.session["rep"]


def _in_store(stage: Stage, served: Service, written_by: str, change: Change) -> str:
    """Prove that what cannot be read is not lost; return what is heard at the launch."""
    url, ann = sqlite_url(stage.folder), _paused(stage, served, f"kept by {written_by}")
    mine = kept_session(url, ann)
    theirs = change(mine)
    _rewrite(url, ann, session=theirs, of_tomorrow={"b": 2})
    ann.gives_up()
    heard = ann.launches()
    assert "Welcome to My Hip Workout" in heard
    now = kept_at(url, ann)
    assert now is not None
    assert now.document["session"] == ann.session
    assert now.document["of_tomorrow"] == {"b": 2}
    aside = now.document["session_set_aside"]
    assert aside["session"] == theirs
    _rewrite(url, ann, session_set_aside=aside | {"session": mine})  # it can be read by now
    ann.gives_up()
    assert f"rep {mine['rep'] - 1} of set 1" in ann.launches()
    assert kept_session(url, ann) == ann.session
    return heard


def _rewrite(url: str, listener: Listener, **parts: Json) -> None:
    """Change what is kept of a listener, past the skill."""
    kept = kept_at(url, listener)
    assert kept is not None
    document = kept.document | parts
    open_store(url).save(listener.key, document, after=kept.version, now_ms=kept.saved_ms)


def _paused(stage: Stage, served: Service, name: str) -> Listener:
    """Return somebody who has paused in a set, with all of it kept."""
    listener = Listener(stage.amazon, served.port, name)
    listener.goes_into_a_set()
    listener.says("AMAZON.PauseIntent", after_s=30)
    assert kept_session(sqlite_url(stage.folder), listener) == listener.session
    assert listener.session["rep"] > 1
    return listener
