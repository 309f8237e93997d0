from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

from skill.store.memory import MemoryStore
from tests.amazon import FrozenClock
from tests.conversations.listener import Listener, kept_of

BRIDGES = "do glute bridges two sets of ten"


def in_a_set(listener: Listener) -> Listener:
    """Bring a listener to the first set of glute bridges, ten reps of 7 seconds."""
    listener.says("open my hip workout", "yes", BRIDGES, "ready", "ready")
    assert "3 2 1 Lift 1" in spoken(listener)
    return listener


def spoken(listener: Listener) -> str:
    assert listener.last is not None
    return re.sub(r"\s+", " ", listener.last.playback.text)


@pytest.mark.parametrize("talk", ["talk more", "talk less", "counts only"])
def test_a_workout_goes_from_the_greeting_to_the_goodbye(ann: Listener, talk: str) -> None:
    assert "no medical advice" in ann.says("start my hip workout")
    assert "warm" in ann.says("yes")
    ann.says(talk)
    heard = ann.walks()
    assert "That counts" in heard[-1] or "reps of" in heard[-1]
    assert ann.device.in_session is False
    counted = " ".join(heard)
    assert all(f" {rep} " in counted for rep in range(1, 9))


def test_a_returning_listener_gets_fewer_words_and_no_questions_twice(ann: Listener) -> None:
    first = " ".join([ann.says("start my hip workout"), ann.says("yes"), *ann.walks()])
    again = " ".join([ann.says("start my hip workout"), ann.says("yes"), *ann.walks()])
    assert "medical" in first
    assert "medical" not in again
    assert "get down to the floor" not in again
    assert len(again.split()) < len(first.split()) * 3 // 4


def test_every_rep_is_counted_at_the_top_of_its_lift(ann: Listener) -> None:
    in_a_set(ann)
    assert ann.last is not None
    sounds = [s for s in ann.last.playback.sounds if s.text.isdigit()]
    reps = sounds[3:]  # behind the get-ready count
    assert [int(s.text) for s in reps] == list(range(1, 11))
    starts = [s.at_ms for s in reps]
    assert {b - a for a, b in itertools.pairwise(starts)} == {7000}


def test_a_set_and_its_rest_are_one_turn_that_ends_in_a_question(ann: Listener) -> None:
    in_a_set(ann)
    text = spoken(ann)
    assert "60 seconds" in text
    assert text.endswith("?")
    assert ann.device.listening


def test_pause_in_mid_set_says_the_rep_and_resumes_there(ann: Listener) -> None:
    in_a_set(ann)
    text = ann.cuts_in(60, "hang on I have to get the door")
    said = re.search(r"rep (\d+) of set 1", text)
    assert said is not None
    done = int(said[1])
    assert 3 <= done <= 9
    ann.hears_it_all()
    resumed = ann.says("carry on")
    numbers = [int(n) for n in re.findall(r"\b\d+\b", resumed.split("3 2 1")[1].split("Set")[0])]
    assert numbers[0] == done + 1


def test_a_pause_holds_for_any_length(ann: Listener, clock: FrozenClock) -> None:
    in_a_set(ann)
    ann.cuts_in(60, "pause")
    place = ann.session["rep"]
    ann.keeps_silent()
    assert not ann.device.in_session
    clock.forward(days=3)
    assert "arry on, or start over?" in ann.says("open my hip workout")
    ann.says("carry on")
    assert ann.session["rep"] == place


def test_silence_in_mid_set_loses_nothing(ann: Listener) -> None:
    in_a_set(ann)
    ann.keeps_silent()
    assert not ann.device.in_session
    assert "set 1" in ann.says("open my hip workout")
    assert "set 2 of 2" in ann.says("carry on").lower()


def test_stop_in_mid_set_says_where_and_ends(ann: Listener) -> None:
    in_a_set(ann)
    text = ann.cuts_in(60, "stop")
    assert re.search(r"rep \d+ of set 1", text)
    assert not ann.device.in_session


def test_exit_in_mid_set_keeps_the_place_too(ann: Listener) -> None:
    in_a_set(ann)
    ann.cuts_in(60, "exit")
    assert re.search(r"rep \d+ of set 1", ann.says("open my hip workout"))


def test_another_device_carries_on_the_same_workout(
    ann: Listener, listener: Callable[[str], Listener]
) -> None:
    in_a_set(ann)
    ann.cuts_in(60, "stop")
    elsewhere = listener("ann")
    assert "arry on, or start over?" in elsewhere.says("open my hip workout")


def test_how_many_more_is_answered_and_the_set_goes_on(ann: Listener) -> None:
    in_a_set(ann)
    text = ann.cuts_in(60, "how many more")
    assert "more reps" in text
    assert "3 2 1" in text


def test_done_in_mid_set_counts_what_was_done(ann: Listener) -> None:
    in_a_set(ann)
    text = ann.cuts_in(60, "done")
    assert re.search(r"\d reps", text)
    [[block, reps]] = ann.session["done"]
    assert block == 0
    assert 3 <= reps <= 9


def test_one_sided_exercises_change_sides_within_the_turn(ann: Listener) -> None:
    ann.says("open my hip workout", "yes", "do standing kickbacks one set of eight")
    text = ann.says("ready", "ready")
    assert text.lower().index("right leg") < text.lower().index("left leg")
    assert spoken(ann).count("3 2 1") == 2


def test_a_set_too_long_for_one_turn_is_split_and_loses_no_rep(ann: Listener) -> None:
    ann.says("open my hip workout", "yes", "do quadruped kickbacks one set of twenty")
    ann.says("ready")
    counted: list[int] = []
    for _ in range(6):
        text = re.sub(r"\s+", " ", ann.says("ready"))
        for part in text.split("3 2 1 ")[1:]:
            counted += [int(n) for n in re.findall(r"(?<![\w-])\d+(?![\w-])", part.split("set")[0])]
        if "about right" in text:
            break
    assert counted.count(20) == 2
    assert [n for n in counted if n <= 20][:20] == list(range(1, 21))


def test_slower_in_mid_set_stretches_the_reps_and_goes_on(ann: Listener) -> None:
    in_a_set(ann)
    ann.cuts_in(60, "slower")
    assert ann.last is not None
    numbers = [s for s in ann.last.playback.sounds if s.text.isdigit()]
    assert numbers[-1].at_ms - numbers[-2].at_ms > 7000


def test_nothing_of_a_workout_is_kept_that_the_plain_session_does_not_show(
    ann: Listener, store: MemoryStore
) -> None:
    in_a_set(ann)
    assert kept_of(store) == {"session": ann.session}


def test_only_what_was_done_counts_as_done_lately(ann: Listener) -> None:
    ann.says("start my hip workout", "yes", "skip the warm up", "skip", "skip", "skip", "skip")
    ann.hears_it_all()
    ann.says("open my hip workout")
    assert ann.session.get("lately", []) == []
