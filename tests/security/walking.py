"""Walks every route of an application: addresses that are there, and requests that are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from audio.guides import Guide, lines_of
from skill.alexa.verify import utc_now
from skill.coach.exercise import Block, Plan
from skill.coach.session import Phase, Session
from skill.render.audio_url import AudioUrls, Played
from skill.sound import EnglishSound
from tests.amazon import as_body, envelope
from tests.simulator.visitor import Visitor

SESSION = Session(phase=Phase.SET, plan=Plan(blocks=(Block("glute_bridge", 2, 8),)), rep=3)


@dataclass(frozen=True)
class Asked:
    """One request and its answer."""

    method: str
    path: str
    answer: TestResponse

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.answer.status_code}"


def walk(app: Flask, urls: AudioUrls, sound: EnglishSound) -> Iterator[Asked]:
    """Ask for everything there is, then for what is not, and in every wrong way."""
    client, values = app.test_client(), _values(app, urls, sound)

    def ask(method: str, path: str, **how: Any) -> Asked:
        return Asked(method, path, client.open(path, method=method, **how))

    for rule in app.url_map.iter_rules():
        path = _path(rule, values)
        for method in sorted(rule.methods or ()):
            yield ask(method, path, **_body(method, path))
        yield ask("PATCH", path)
        yield ask("GET", path + ".not-there")
        if "POST" in (rule.methods or ()):
            yield ask("POST", path, json=AHEAD)
            yield ask("POST", path, data=b"{", content_type="application/json")
            yield ask("POST", path, data=b" " * 400_000, content_type="application/json")
        else:
            yield ask("GET", path, headers={"If-None-Match": "*"})
            yield ask("GET", path, headers={"Range": "bytes=99999999-"})
    yield ask("GET", "/audio//en-US/guides.json")
    for path in ("/", "/audio/en-US/feed.xml", "/alexa"):
        yield ask("GET", path, headers={"Host": "rebound.example"})
        yield ask("POST", path, headers={"Origin": "https://rebound.example"})
    forged = urls.personal("en-US", Played.TRACK, SESSION).removeprefix("https://coach.example")
    yield ask("GET", forged.replace("/track/", "/part/"))


def _body(method: str, path: str) -> dict[str, Any]:
    if method != "POST":
        return {}
    if path == "/alexa":
        body = as_body(envelope("echo_dot_launch", utc_now))
        return {"data": body, "content_type": "application/json"}
    if path == "/speakers":
        wish = {"device": "speaker", "locale": "en-US", "listener": "somebody000000001"}
        return {"json": wish}
    return {"json": {"number": 1, "after_ms": 0, "do": "say", "words": "stop"}}


AHEAD = {"number": 99, "after_ms": 0, "do": "say", "words": "stop"}
"""A step of a page that knows more than its speaker."""


def _values(app: Flask, urls: AudioUrls, sound: EnglishSound) -> dict[str, str]:
    """Return something that is there for each name in the addresses of an application."""
    plan, signature = urls.signed("en-US", Played.PART, SESSION).split("/")[2].split(".")
    guide = _guide(sound)
    there = {
        "locale": "en-US",
        "guide": guide.id,
        "played": "part",
        "plan": plan,
        "signature": signature,
        "clip": sound.all_clips.of(next(lines_of(guide.script))).name,
        "number": "0",
    }
    if "simulator" in app.blueprints:
        somebody = Visitor(app.test_client())
        there["id_"] = somebody.path.removeprefix("/speakers/")
        if "alexa" in app.blueprints:  # once is enough: ears take a second to learn
            somebody.does("say", 0, words="open my hip workout")
            there["number"] = somebody.state["sound"]["url"].rpartition("/")[2].partition(".")[0]
    return there


def _guide(sound: EnglishSound) -> Guide:
    """Return a guide that has a picture too."""
    return next(each for each in sound.guides.values() if each.exercise)


def _path(rule: Rule, values: dict[str, str]) -> str:
    own = {
        "simulator.file": {"name": "house.css"},
        "simulator.module": {"name": "document.js"},
        "audio.clip": {"name": values["clip"]},
    }.get(rule.endpoint, {})
    path = rule.rule
    for name in rule.arguments:
        value = (values | own)[name]
        for form in (f"<{name}>", f"<int:{name}>", f"<any(part,track):{name}>"):
            path = path.replace(form, value)
    return path
