from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from flask import Flask

from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.data_folder import DataFolderError
from skill.page import page_blueprints
from skill.run_command import page_app
from skill.settings import Settings
from skill.simulator.guard import HEADERS, Guard
from skill.sound import EnglishSound
from tests.amazon import SKILL_ID
from tests.simulator.visitor import Visitor, silent_page


def settings_of(folder: Path, **environ: str) -> Settings:
    settings = {"HIP_WORKOUT_DATA_FOLDER": str(folder), "HIP_WORKOUT_VOICE": "silent", **environ}
    return Settings.from_environment(settings)


@pytest.fixture
def quiet_log() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The webhook with the page beside it, as ``serve --simulator`` has it."""
    settings = settings_of(tmp_path_factory.mktemp("beside"), HIP_WORKOUT_SKILL_ID=SKILL_ID)
    beside = page_blueprints(settings, Guard(), EnglishSound(settings))
    return create_app(settings, skill=coach_skill(), beside=beside)


@pytest.mark.parametrize("host", ["localhost", "rebound.example"])
def test_the_webhook_is_no_weaker_beside_the_page(beside: Flask, host: str) -> None:
    client = beside.test_client()
    unsigned = client.post("/alexa", json={"version": "1.0"}, headers={"Host": host})
    assert (unsigned.status_code, unsigned.get_json()["error"]) == (400, "signature-headers")
    assert not set(HEADERS) & set(unsigned.headers.keys()) - {"X-Content-Type-Options"}


@pytest.mark.parametrize(("size", "status"), [(9_000, 400), (60_000, 400), (2_000_000, 413)])
def test_the_webhook_keeps_its_own_limit_of_size(beside: Flask, size: int, status: int) -> None:
    answer = beside.test_client().post("/alexa", data=b" " * size, content_type="application/json")
    alone = create_app(Settings(skill_ids=frozenset({SKILL_ID})), skill=coach_skill()).test_client()
    without = alone.post("/alexa", data=b" " * size, content_type="application/json")
    assert answer.status_code == without.status_code == status
    assert answer.get_json() == without.get_json()


def test_a_page_cannot_speak_through_the_webhook(beside: Flask) -> None:
    ann = Visitor(beside.test_client())
    ann.does("say", 0, words="open my hip workout")
    (exchange,) = ann.state["last"]["exchanges"]
    answer = beside.test_client().post("/alexa", json=exchange["request"])
    assert answer.status_code == 400


def test_the_page_of_run_has_its_sound_and_no_webhook(tmp_path: Path) -> None:
    client = page_app(settings_of(tmp_path), speaks=True).test_client()
    for path in ("/", "/guides", "/page/house.css", "/audio/en-US/guides.json"):
        assert client.get(path).status_code == 200, path
    head = client.head("/audio/en-US/guides/how-to-step_up.mp3")
    assert (head.status_code, head.mimetype) == (200, "audio/mpeg")
    assert client.post("/alexa", json={}).status_code == 404


def test_the_page_of_run_without_sound_speaks_by_itself(tmp_path: Path) -> None:
    client = page_app(settings_of(tmp_path), speaks=False).test_client()
    for path in ("/", "/guides", "/page/figures.json"):
        assert client.get(path).status_code == 200, path
    assert client.get("/audio/en-US/guides/cool-down.mp3").status_code == 404
    ann = Visitor(client)
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "do ten glute bridges", "ready", "ready")
    assert ann.state["sound"]["url"] is None
    assert ann.place == ("set", "glute_bridge", 1, 1)
    counts = {c["text"]: c["at_ms"] for c in ann.state["sound"]["captions"]}
    lowers = {m["rep"]: m for m in ann.state["scene"]["marks"] if m["phase"] in ("lift", "lower")}
    assert abs(counts["3"] - lowers[3]["at_ms"]) < 3_000
    ann.cuts_in(30_000, "pause")
    paused = ann.place[3]
    ann.says("carry on")
    assert ann.place == ("set", "glute_bridge", 1, paused)


def test_a_voice_that_cannot_be_had_leaves_a_page_that_speaks_by_itself(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as events:
        app = silent_page(tmp_path, HIP_WORKOUT_VOICE="nobody")
    assert [event["event"] for event in events] == ["voice_missing"]
    ann = Visitor(app.test_client())
    ann.does("say", 0, words="open my hip workout")
    assert ann.state["sound"]["url"] is None
    assert ann.heard


def test_addresses_of_the_settings_are_found_at_this_server(tmp_path: Path) -> None:
    app = silent_page(tmp_path, HIP_WORKOUT_AUDIO_URL="https://coach.example/sound")
    ann = Visitor(app.test_client())
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "play the glute bridge guide")
    response = ann.state["last"]["exchanges"][0]["response"]["response"]
    url = response["directives"][0]["audioItem"]["stream"]["url"]
    assert url == "https://coach.example/sound/en-US/guides/how-to-glute_bridge.mp3"
    ann.waits()
    assert ann.state["stream"]["url"] == "/audio/en-US/guides/how-to-glute_bridge.mp3"
    assert ann.client.head(ann.state["stream"]["url"]).status_code == 200


def test_a_store_that_dies_in_mid_workout_costs_no_step(tmp_path: Path, quiet_log: None) -> None:
    ann = Visitor(silent_page(tmp_path).test_client())
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "do ten glute bridges")
    with sqlite3.connect(tmp_path / "listeners.db") as database:
        tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (table,) in tables:
            database.execute(f'drop table "{table}"')
    ann.says("ready", "ready")
    assert ann.place == ("set", "glute_bridge", 1, 1)
    assert ann.state["last"]["refused"] is None
    ann.cuts_in(20_000, "pause")
    ann.says("carry on")
    assert ann.place[0] == "set"
    ann.does("disable")
    assert ann.state["in_session"] is False


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("no folder")
    settings = settings_of(taken)
    with pytest.raises(DataFolderError):
        tuple(page_blueprints(settings, Guard(), EnglishSound(settings)))


def test_a_voice_that_dies_in_mid_workout_costs_no_step(tmp_path: Path, quiet_log: None) -> None:
    ann = Visitor(silent_page(tmp_path).test_client())
    ann.does("say", 0, words="open my hip workout")
    folder = tmp_path / "audio" / "en-US" / "silent"
    for clip in folder.iterdir():
        clip.unlink()
    folder.rmdir()
    folder.write_text("the disk is full")
    wants = {"number": ann.state["steps"], "after_ms": 40_000, "do": "say", "words": "yes"}
    answer = ann.client.post(f"{ann.path}/steps", json=wants)
    assert answer.status_code == 200
    state = answer.get_json()
    assert state["steps"] == 2
    assert state["sound"]["ms"] > 5_000
    assert state["sound"]["captions"][-1]["text"]
    assert ann.client.get(state["sound"]["url"]).status_code == 503
    assert ann.client.get(ann.path).get_json() == state


def test_a_host_of_files_alone_plays_no_recorded_set_at_the_page_either(tmp_path: Path) -> None:
    app = silent_page(
        tmp_path,
        HIP_WORKOUT_AUDIO_URL="https://coach.example/audio",
        HIP_WORKOUT_AUDIO_FILES_ONLY="yes",
    )
    ann = Visitor(app.test_client())
    ann.says("open my hip workout", "yes", "do ten glute bridges", "ready", "ready")
    (exchange,) = ann.state["last"]["exchanges"]
    kinds = [each["type"] for each in exchange["response"]["response"]["directives"]]
    assert kinds == ["Alexa.Presentation.APLA.RenderDocument"]
    assert ann.place == ("set", "glute_bridge", 1, 1)
