from __future__ import annotations

import json

import pytest

from skill.store.memory import MemoryStore
from tests.conversations.listener import Listener, kept_of
from tests.conversations.test_pacing import in_a_set


@pytest.mark.parametrize("words", ["my back hurts", "ow my thigh", "ouch", "that's painful"])
def test_pain_changes_the_very_next_thing_said(ann: Listener, words: str) -> None:
    in_a_set(ann)
    text = ann.cuts_in(50, words)
    assert text.startswith("Stop there")
    assert text.endswith("Skip, easier, or carry on?")


@pytest.mark.parametrize("words", ["ow my knee", "I've got a sharp pain in my back"])
def test_sharp_or_joint_pain_leaves_the_exercise(ann: Listener, words: str) -> None:
    ann.says("start my hip workout", "yes", "do quadruped kickbacks", "ready", "ready")
    text = ann.cuts_in(50, words)
    assert text.startswith("Stop there")
    assert "leave" in text
    assert ann.phase != "set"


def test_yes_does_not_answer_the_question_after_pain(ann: Listener) -> None:
    in_a_set(ann)
    ann.cuts_in(50, "ouch")
    assert ann.says("yes").lower().endswith("skip, easier, or carry on?")


def test_four_out_of_ten_eases_off(ann: Listener) -> None:
    in_a_set(ann)
    ann.cuts_in(50, "ouch")
    text = ann.says("it's a four")
    assert "fewer reps" in text
    assert ann.session["plan"][1] == [["glute_bridge", 2, 7]]


def test_six_out_of_ten_leaves_the_exercise(ann: Listener) -> None:
    in_a_set(ann)
    ann.cuts_in(50, "ouch")
    text = ann.says("six out of ten")
    assert "At six or more we leave it" in text
    assert "joint" not in text


@pytest.mark.parametrize(
    "words",
    ["my chest hurts", "I feel dizzy", "I can't breathe", "I think I'm going to faint"],
)
def test_a_stop_sign_ends_the_workout_and_says_whom_to_call(ann: Listener, words: str) -> None:
    in_a_set(ann)
    text = ann.cuts_in(50, words)
    assert text.startswith("Stop now")
    assert "emergency" in text
    assert not ann.device.in_session
    assert "Carry on" not in ann.says("open my hip workout")


def test_pain_leaves_no_trace_in_what_is_kept(ann: Listener, store: MemoryStore) -> None:
    in_a_set(ann)
    ann.cuts_in(50, "my left thigh hurts a lot")
    kept = json.dumps(kept_of(store))
    assert not any(word in kept for word in ("pain", "hurt", "thigh", "safety", "choos"))
    assert ann.phase == "paused"


@pytest.mark.parametrize(
    ("answer", "then"),
    [("skip", "cool"), ("easier", "easier"), ("carry on", "rep")],
)
def test_after_pain_the_three_ways_lead_where_they_say(
    ann: Listener, answer: str, then: str
) -> None:
    ann.says("start my hip workout", "yes", "skip", "skip", "skip", "skip", "skip", "skip")
    while "3 2 1" not in " ".join((ann.last.playback.text if ann.last else "").split()):
        ann.says("ready")
    ann.cuts_in(40, "it hurts")
    text = ann.says(answer)
    assert text
    assert ann.device.in_session or then == "cool"


def test_a_listener_who_cannot_get_to_the_floor_gets_standing_exercises(ann: Listener) -> None:
    ann.says("start my hip workout")
    text = ann.says("no")
    assert "standing kickbacks" in text
    assert "bridges" not in text


def test_a_bed_is_offered_and_taken(ann: Listener) -> None:
    ann.says("start my hip workout", "no")
    text = ann.says("I'm on the bed")
    assert "glute bridges" in text


def test_it_is_said_once_that_this_is_no_medical_advice(ann: Listener) -> None:
    assert "no medical advice" in ann.says("open my hip workout")
    ann.says("stop")
    assert "medical" not in ann.says("open my hip workout")
