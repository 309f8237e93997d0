from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import structlog
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.plain import to_plain
from skill.coach.session import Session
from skill.simulator.speaker import MOST_EVENTS, MOST_ROWS
from tests.coach.listener import the_catalogue
from tests.simulator.jukebox import play
from tests.simulator.parrot import Parrot, reply, ssml
from tests.simulator.visitor import Blip, Visitor, app_of
from tests.strategies import JSON, sessions

Json = dict[str, Any]

_LIFTED = ("lift", "hold", "lower")


def test_before_the_first_word_there_are_ways_to_begin(ann: Visitor) -> None:
    state = ann.state
    assert state["sound"] == {"number": 0, "url": None, "ms": 0, "played_ms": 0, "captions": []}
    assert (state["in_session"], state["stream"], state["next_ms"]) == (False, None, None)
    assert (state["transcript"], state["last"], state["attributes"]) == ([], None, {})
    assert ann.place == ("idle", "", 0, 0)
    assert "start my hip workout" in ann.chips


def test_a_whole_workout_by_the_first_chip_each_time(ann: Visitor) -> None:
    figures, phases = set(), set()
    ann.does("say", 0, words=ann.chips[0])
    for _ in range(80):
        if not ann.state["in_session"]:
            break
        figures.add(ann.state["scene"]["figure"])
        phases.add(ann.state["scene"]["phase"])
        ann.says(ann.chips[0] if ann.chips[0] not in ("pause", "easy") else _answer(ann))
    assert ann.state["transcript"][-1]["text"] == "The session has ended."
    assert "That was" in ann.heard
    assert {"safety", "warm_up", "set_up", "set", "cool_down"} <= phases
    assert len(figures) > 4
    assert not any("problem" in row["text"] for row in ann.state["transcript"])


def _answer(ann: Visitor) -> str:
    return next(chip for chip in ("about right", "ready", "yes") if chip in [*ann.chips, "yes"])


def test_a_set_shows_every_rep_at_its_time(exercising: Visitor) -> None:
    marks = exercising.state["scene"]["marks"]
    lifts = [mark for mark in marks if mark["phase"] == "lift"]
    assert [mark["rep"] for mark in lifts] == list(range(1, 11))
    assert {mark["figure"] for mark in marks} == {"glute_bridge"}
    assert all(a["until_ms"] == b["at_ms"] for a, b in itertools.pairwise(marks))
    counts = {c["text"]: c["at_ms"] for c in exercising.state["sound"]["captions"]}
    for mark in lifts[:3]:
        lowers = [m for m in marks if m["rep"] == mark["rep"] and m["phase"] in _LIFTED]
        assert any(
            start["at_ms"] <= counts[str(mark["rep"])] <= start["until_ms"] for start in lowers
        )


@pytest.mark.parametrize("ms", [9_000, 20_000, 33_300, 46_000])
def test_a_pause_in_mid_set_is_carried_on_at_the_rep_that_was_shown(
    exercising: Visitor, ms: int
) -> None:
    shown = max(m["rep"] for m in exercising.state["scene"]["marks"] if m["at_ms"] <= ms)
    exercising.cuts_in(ms, "pause")
    paused = exercising.place
    assert paused[:3] == ("paused", "glute_bridge", 1)
    assert paused[3] in (shown, max(1, shown - 1))  # a rep that was broken off is done again
    exercising.says("carry on")
    assert exercising.place == ("set", "glute_bridge", 1, paused[3])
    lifts = [m["rep"] for m in exercising.state["scene"]["marks"] if m["phase"] == "lift"]
    assert lifts == list(range(paused[3], 11))


def test_what_was_not_heard_any_more_is_not_in_the_transcript(exercising: Visitor) -> None:
    exercising.cuts_in(20_000, "pause")
    texts = [row["text"] for row in exercising.state["transcript"]]
    assert "3" not in texts or "9" not in texts
    assert not any("set 2" in text for text in texts)


def test_silence_brings_the_question_again_and_then_the_end(exercising: Visitor) -> None:
    exercising.keeps_silent()
    assert exercising.state["in_session"]
    assert exercising.state["sound"]["number"] == exercising.state["steps"]
    assert exercising.state["scene"]["marks"] == []
    assert exercising.place == ("rest", "glute_bridge", 1, 1)
    exercising.keeps_silent()
    assert not exercising.state["in_session"]
    assert exercising.state["transcript"][-1]["text"] == "The session has ended."
    assert exercising.does("silence")["in_session"] is False


@pytest.mark.parametrize("do", ["hang_up", "disable"])
def test_who_leaves_in_mid_sentence_hears_no_more_of_it(exercising: Visitor, do: str) -> None:
    state = exercising.does(do, 5_000)
    assert (state["sound"]["ms"], state["sound"]["url"], state["in_session"]) == (0, None, False)
    assert all(row["at_ms"] <= state["now_ms"] for row in state["transcript"])


def test_a_key_without_a_stream_leaves_the_sound_as_it_is(exercising: Visitor) -> None:
    before = exercising.state["sound"]
    for do in ({"do": "press", "key": "Pause"}, {"do": "wait"}, {"do": "enable"}):
        exercising.does(**do, after_ms=0)
    assert exercising.state["sound"] == before


def test_a_step_that_comes_again_is_taken_once(exercising: Visitor) -> None:
    number = exercising.state["steps"]
    exercising.cuts_in(20_000, "pause")
    again = {"number": number, "after_ms": 20_000, "do": "say", "words": "pause"}
    answer = exercising.client.post(f"{exercising.path}/steps", json=again)
    assert answer.status_code == 200
    assert answer.get_json() == exercising.state
    assert exercising.client.get(exercising.path).get_json() == exercising.state


def test_a_step_ahead_of_its_time_is_refused(ann: Visitor) -> None:
    step = {"number": 1, "after_ms": 0, "do": "wait"}
    answer = ann.client.post(f"{ann.path}/steps", json=step)
    assert (answer.status_code, answer.get_json()) == (409, {"error": "ahead"})
    assert ann.client.get(ann.path).get_json() == ann.state


def test_two_threads_with_the_same_step_take_it_once(page: Flask, exercising: Visitor) -> None:
    step = {"number": exercising.state["steps"], "after_ms": 15_000, "do": "say", "words": "pause"}

    def send(_: int) -> Json:
        got: Json = page.test_client().post(f"{exercising.path}/steps", json=step).get_json()
        return got

    with ThreadPoolExecutor(8) as threads:
        first, *others = threads.map(send, range(8))
    assert first["steps"] == step["number"] + 1
    assert all(other == first for other in others)
    assert sum(row["text"] == "pause" for row in first["transcript"]) == 1


def test_another_speaker_of_the_same_listener_knows_the_workout(
    page: Flask, exercising: Visitor
) -> None:
    exercising.cuts_in(20_000, "pause")
    there = Visitor(page.test_client(), exercising.listener)
    assert there.state["speaker"] != exercising.state["speaker"]
    there.does("say", 0, words="open my hip workout")
    assert "You stopped after rep 1 of set 1 of the glute bridge" in there.heard
    there.says("carry on")
    assert there.place[:3] == ("set", "glute_bridge", 1)


def test_someone_else_knows_nothing_of_it(page: Flask, exercising: Visitor) -> None:
    other = Visitor(page.test_client())
    other.does("say", 0, words="open my hip workout")
    assert other.place[0] == "safety"


def test_a_word_for_nobody_is_not_sent_to_the_skill(ann: Visitor) -> None:
    for words in ("purple elephants", "stop"):
        ann.says(words)
        assert ann.state["last"]["exchanges"] == []
        assert ann.state["transcript"][-1]["who"] == "note"
        assert not ann.state["in_session"]


def test_what_was_understood_is_shown_with_all_that_was_exchanged(exercising: Visitor) -> None:
    last = exercising.state["last"]
    assert last["heard"]["words"] == "ready"
    assert last["heard"]["intent"] == "ReadyIntent"
    (exchange,) = last["exchanges"]
    assert exchange["request"]["request"]["intent"]["name"] == "ReadyIntent"
    assert exchange["response"]["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert exchange["bytes"] > 100
    assert {"name", "used", "most", "unit"} == set(exchange["limits"][0])
    seconds = [each["used"] for each in exchange["limits"] if each["unit"] == "seconds"]
    assert max(seconds) > 60  # the recorded set
    assert last["refused"] is None


def begins_to_play(ann: Visitor) -> None:
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "stop")
    ann.says("open my hip workout", "no", "play a ten minute workout", "yes")
    assert (ann.state["stream"], ann.state["in_session"]) == (None, False)
    assert "pause" in ann.chips
    ann.waits()


def test_a_stream_is_at_an_address_that_is_answered_here(ann: Visitor) -> None:
    begins_to_play(ann)
    stream = ann.state["stream"]
    answer = ann.client.get(stream["url"])
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    assert len(answer.get_data()) // 144 * 24 == stream["length_ms"]
    assert stream["sounding"]
    assert stream["offset_ms"] == 0


def test_marks_and_captions_of_a_stream_are_in_its_time(ann: Visitor) -> None:
    begins_to_play(ann)
    ann.does("wait", 30_000)
    stream, marks = ann.state["stream"], ann.state["scene"]["marks"]
    assert stream["offset_ms"] == 30_000
    assert all(a["until_ms"] <= b["at_ms"] for a, b in itertools.pairwise(marks))
    assert stream["length_ms"] - 10_000 < marks[-1]["until_ms"] < stream["length_ms"] + 24
    assert stream["captions"][-1]["at_ms"] > 60_000
    assert max(c["at_ms"] + c["ms"] for c in stream["captions"]) <= stream["length_ms"] + 24


def test_waiting_moves_on_from_track_to_track_to_the_end(ann: Visitor) -> None:
    begins_to_play(ann)
    titles: dict[str, None] = {}
    for _ in range(80):
        if ann.state["next_ms"] is None:
            break
        titles[ann.state["stream"]["title"]] = None
        ann.waits()
    assert ann.state["stream"] is None
    assert list(titles) == ["Warm-up", "Glute bridges, set 1 of 1", "Cool-down"]
    assert ann.state["transcript"][-1]["text"] == "All is played."


def test_a_key_pauses_the_stream_and_another_plays_it_on(ann: Visitor) -> None:
    begins_to_play(ann)
    ann.does("press", 40_000, key="Pause")
    stream = ann.state["stream"]
    assert (stream["sounding"], stream["starts_in_ms"], ann.state["next_ms"]) == (False, None, None)
    assert stream["offset_ms"] == 40_000
    assert "carry on" in ann.chips
    ann.does("press", 60_000, key="Play")
    assert ann.state["next_ms"] is not None
    ann.waits()
    assert ann.state["stream"]["sounding"]


@pytest.mark.parametrize("words", ["exit", "stop", "pause"])
def test_a_word_to_end_holds_a_stream(ann: Visitor, words: str) -> None:
    begins_to_play(ann)
    ann.cuts_in(40_000, words)
    assert ann.state["stream"]["sounding"] is False
    assert ann.state["next_ms"] is None
    assert not ann.state["in_session"]


def test_the_scene_is_of_the_words_first_and_then_of_the_stream(ann: Visitor) -> None:
    begins_to_play(ann)
    ann.cuts_in(40_000, "where am i")
    assert ann.state["scene"]["marks"] == []
    assert ann.state["stream"]["starts_in_ms"] == ann.state["sound"]["ms"]
    ann.waits()
    assert ann.state["stream"]["sounding"]
    assert {mark["figure"] for mark in ann.state["scene"]["marks"]} == {"march", "hip_circles"}


def test_a_guide_that_plays_has_captions_and_its_figure(ann: Visitor) -> None:
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "play the glute bridge guide")
    ann.waits()
    assert ann.state["scene"]["figure"] == "glute_bridge"
    stream = ann.state["stream"]
    assert len(stream["captions"]) > 10
    assert max(c["at_ms"] + c["ms"] for c in stream["captions"]) <= stream["length_ms"] + 24
    assert ann.state["scene"]["marks"]


def test_a_listener_who_disabled_the_skill_is_somebody_new(exercising: Visitor) -> None:
    exercising.does("disable", 1_000)
    assert exercising.state["attributes"] == {}
    exercising.says("open my hip workout")
    assert exercising.place[0] == "safety"


def test_a_day_of_silence_in_one_step_does_no_harm(ann: Visitor) -> None:
    begins_to_play(ann)
    day_ms = 24 * 3_600_000
    for number in range(1, 4):
        ann.does("wait", day_ms)
        assert ann.state["now_ms"] > number * day_ms
    assert ann.state["stream"] is None
    ann.says("open my hip workout")
    assert ann.state["in_session"]


def test_a_skill_whose_streams_go_round_for_ever_ends_no_step() -> None:
    asked: list[str] = []

    def round_and_round(envelope: Json) -> Json:
        kind, answer = envelope["request"]["type"], {}
        asked.append(kind)
        if kind == "LaunchRequest":
            answer = {"directives": [play("1")]}
        elif kind == "AudioPlayer.PlaybackNearlyFinished":
            before = envelope["request"]["token"]
            answer = {"directives": [play(str(len(asked)), "ENQUEUE", before)]}
        return {"version": "1.0", "response": answer}

    ann = Visitor(app_of(round_and_round, voice=Blip()).test_client())
    ann.does("say", 0, words="start my hip workout")
    ann.does("wait", 24 * 3_600_000)
    assert MOST_EVENTS <= len(asked) <= 4 * MOST_EVENTS
    assert 0 < ann.state["now_ms"] < 3_600_000
    assert len(ann.state["transcript"]) == MOST_ROWS
    assert ann.state["next_ms"] is not None


def test_a_speaker_keeps_no_more_however_long_it_is_used() -> None:
    app = app_of()
    ann = Visitor(app.test_client())
    for _ in range(MOST_ROWS):
        ann.does("say", 0, words="start my hip workout")
    assert len(ann.state["transcript"]) == MOST_ROWS
    assert ann.state["transcript"][-1]["at_ms"] >= ann.state["now_ms"]


REFUSED = [
    ("not the shape of a response", lambda _: {"response": {}}),
    ("a list", lambda _: []),
    ("nothing", lambda _: None),
    ("no JSON", lambda _: {"version": "1.0", "response": {"card": {1, 2}}}),
    ("not a number", lambda _: {"version": "1.0", "response": {"x": float("nan")}}),
    (
        "attributes as a list",
        lambda _: {**reply(outputSpeech=ssml("Hi.")), "sessionAttributes": [1]},
    ),
    ("broken markup", lambda _: reply(outputSpeech=ssml("<b>"), shouldEndSession=False)),
    ("too long", lambda _: reply(outputSpeech=ssml("word " * 2_000), shouldEndSession=False)),
    ("two streams", lambda _: reply(directives=[play("a"), play("b")])),
    ("a fault", lambda envelope: envelope["nothing"]),
]


@pytest.mark.parametrize(
    "skill", [skill for _, skill in REFUSED], ids=[name for name, _ in REFUSED]
)
def test_an_answer_that_amazon_refuses_is_shown_and_breaks_nothing(skill: Any) -> None:
    healthy = Parrot()
    broken = [skill, skill, healthy]

    def answer(envelope: Json) -> Any:
        return broken[0](envelope)

    ann = Visitor(app_of(answer).test_client())
    with structlog.testing.capture_logs():
        ann.does("say", 0, words="start my hip workout")
    last = ann.state["last"]
    assert last["refused"]["type"] == "INVALID_RESPONSE"
    assert last["refused"]["reason"]
    assert last["exchanges"][0]["request"]["request"]["type"] == "LaunchRequest"
    assert ann.state["in_session"] is False
    assert "problem" in ann.state["transcript"][-1]["text"]
    assert ann.client.get(ann.path).get_json() == ann.state
    broken[0] = healthy
    well = ann.says("start my hip workout")
    assert (well["in_session"], well["last"]["refused"]) == (True, None)


def test_a_skill_that_fails_in_mid_conversation_leaves_a_quiet_speaker() -> None:
    parrot = Parrot()

    def fails_at_a_set(envelope: Json) -> Json:
        if envelope["request"].get("intent", {}).get("name") == "StartIntent":
            raise RuntimeError("my secret words")
        return parrot(envelope)

    ann = Visitor(app_of(fails_at_a_set).test_client())
    ann.does("say", 0, words="start my hip workout")
    with structlog.testing.capture_logs() as events:
        ann.cuts_in(300, "go")
    assert (ann.state["sound"]["ms"], ann.state["in_session"]) == (0, False)
    assert [event["event"] for event in events] == ["skill_failed"]
    assert "secret" not in str(ann.state["last"]["refused"])


@given(JSON)
@settings(max_examples=60)
def test_whatever_a_skill_keeps_in_its_attributes_the_page_has_a_state(kept: object) -> None:
    def answer(_: Json) -> Json:
        said = ssml("Well, hello there.")
        return reply({"session": kept}, outputSpeech=said, shouldEndSession=False)

    ann = Visitor(app_of(answer).test_client())
    with structlog.testing.capture_logs():
        ann.does("say", 0, words="start my hip workout")
    assert ann.state["steps"] == 1


@given(sessions(the_catalogue()), st.integers(0, 400_000))
@settings(max_examples=150)
def test_every_situation_of_a_workout_can_be_shown(session: Session, after_ms: int) -> None:
    def answer(_: Json) -> Json:
        words = ssml("Well, hello there.")
        return reply({"session": to_plain(session)}, outputSpeech=words, shouldEndSession=False)

    ann = Visitor(app_of(answer).test_client())
    ann.does("say", 0, words="start my hip workout")
    assert ann.state["last"]["refused"] is None
    ann.does("wait", after_ms)
    assert ann.state["scene"]["phase"]


def test_words_that_cannot_be_written_down_do_no_harm(ann: Visitor) -> None:
    body = b'{"number":0,"after_ms":0,"do":"say","words":"open \\ud800my\\u0000 hip workout"}'
    answer = ann.client.post(f"{ann.path}/steps", data=body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.get_json()["in_session"]
    assert ann.client.get(ann.path).status_code == 200


def asked_for_permission(ann: Visitor) -> None:
    ann.does("say", 0, words="open my hip workout")
    ann.says("yes", "remind me every day at seven in the morning")
    if not ann.state["asks_permission"]:
        ann.says("yes")
    assert ann.state["asks_permission"] == "alexa::alerts:reminders:skill:readwrite"
    assert ann.chips == ["yes", "no"]
    assert ann.state["sound"]["captions"][-1]["voice"] == "alexa"


ANSWERS_TO_ALEXA: list[dict[str, Any]] = [
    {"do": "permit", "consent": "ACCEPTED"},
    {"do": "permit", "consent": "DENIED"},
    {"do": "permit", "consent": "NOT_ANSWERED"},
    {"do": "say", "words": "yes"},
    {"do": "say", "words": "no"},
    {"do": "silence", "after_ms": 30_000},
]


@pytest.mark.parametrize("answer", ANSWERS_TO_ALEXA, ids=str)
def test_alexas_question_for_permission_is_answered_once(
    ann: Visitor, answer: dict[str, Any]
) -> None:
    asked_for_permission(ann)
    ann.does(**answer)
    assert ann.state["asks_permission"] == ""
    result = ann.state["last"]["exchanges"][0]["request"]["request"]
    assert (result["type"], result["name"]) == ("Connections.Response", "AskFor")
    assert ann.heard


def test_a_consent_that_nobody_asked_for_changes_nothing(exercising: Visitor) -> None:
    before = exercising.state["sound"]
    exercising.does("permit", 0, consent="ACCEPTED")
    assert exercising.state["sound"] == before
    assert exercising.state["last"]["exchanges"] == []
