"""What was said at a page can be saved, and the same is heard when it is had again."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.app import with_routes
from skill.page import page_blueprints
from skill.replay_command import new_coach
from skill.settings import Settings
from skill.simulator.conversation import Conversation, read
from skill.simulator.expected import expected
from skill.simulator.guard import Guard
from skill.simulator.replay import differences, replayed
from skill.sound import EnglishSound
from tests.hearing import the_ears
from tests.simulator.visitor import Visitor


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = str(tmp_path_factory.mktemp("page"))
    settings = Settings.from_environment({"HIP_WORKOUT_DATA_FOLDER": folder})
    app = Flask(__name__, static_folder=None, template_folder=None)
    return with_routes(
        app, page_blueprints(settings, Guard(), EnglishSound(settings), speaks=False)
    ).test_client()


def saved(visitor: Visitor) -> Conversation:
    answer = visitor.client.get(f"{visitor.path}/conversation.txt")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert "attachment" in answer.headers["Content-Disposition"]
    return read(answer.get_data(as_text=True))


def test_a_conversation_at_the_page_is_the_same_when_it_is_replayed(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.says("start my hip workout", "yes", "five glute bridges", "ready", "ready")
    visitor.cuts_in(31_500, "hang on")
    visitor.does("silence", visitor.left_ms + 8_000)
    visitor.says("carry on")
    visitor.cuts_in(12_000, "stop")
    kept = saved(visitor)
    assert [step.words for step in kept.steps][:2] == ["start my hip workout", "yes"]
    again = replayed(kept, new_coach(), the_ears().hear, expected)
    assert not differences(kept, again)


def test_what_was_said_in_mid_sound_is_saved_with_its_time(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.says("start my hip workout")
    visitor.cuts_in(2_500, "yes")
    assert [(step.words, step.at_ms) for step in saved(visitor).steps] == [
        ("start my hip workout", None),
        ("yes", 2_500),
    ]


def test_hours_between_two_talks_are_saved_and_seconds_of_thinking_are_not(
    client: FlaskClient,
) -> None:
    visitor = Visitor(client)
    visitor.says("start my hip workout")
    visitor.does("say", visitor.left_ms + 3_000, words="stop")
    visitor.does("say", visitor.left_ms + 7_200_000, words="start my hip workout")
    assert [str(step) for step in saved(visitor).steps] == [
        "start my hip workout",
        "stop",
        "!wait 7200",
        "start my hip workout",
    ]


def test_what_is_done_without_a_voice_is_saved_too(client: FlaskClient) -> None:
    visitor = Visitor(client)
    visitor.says("start my hip workout")
    visitor.does("hang_up", 1_000)
    visitor.does("disable", 0)
    assert [str(step) for step in saved(visitor).steps][1:] == ["+1 !hang_up", "!disable"]


def test_nothing_said_is_an_empty_conversation(client: FlaskClient) -> None:
    assert not saved(Visitor(client)).steps
