from __future__ import annotations

from skill.alexa.memory import listener_key
from skill.store.memory import MemoryStore
from tests.amazon import FrozenClock
from tests.conversations.listener import SECRET, Listener, kept_of


def works_out(listener: Listener, clock: FrozenClock, what: str = "start a workout") -> str:
    """Do a whole workout, and let two days pass; return how it was announced."""
    listener.says("open my hip workout")
    if "floor" in (listener.last.playback.text if listener.last else ""):
        listener.says("yes")
    announced = listener.says(what)
    listener.walks()
    clock.forward(days=2)
    return announced


def test_before_the_first_workout_there_is_nothing_to_tell(ann: Listener) -> None:
    ann.says("open my hip workout", "yes")
    text = ann.says("how am I doing").lower()
    assert "first" in text or "no finished workout yet" in text


def test_what_was_done_last_time_is_told_exercise_by_exercise(
    ann: Listener, clock: FrozenClock
) -> None:
    works_out(ann, clock)
    ann.says("open my hip workout")
    text = ann.says("what did I do last time")
    assert "2 days ago" in text
    assert "glute bridges" in text


def test_a_finished_workout_is_kept_with_its_sets(
    ann: Listener, clock: FrozenClock, store: MemoryStore
) -> None:
    works_out(ann, clock)
    ann.says("open my hip workout")
    [workout] = kept_of(store)["history"]
    exercises = [row[0] for row in workout["blocks"]]
    assert exercises == ["standing_kickback", "glute_bridge"]


def test_the_week_is_counted(ann: Listener, clock: FrozenClock) -> None:
    works_out(ann, clock)
    ann.says("open my hip workout")
    assert "week" in ann.says("how many workouts this week")


def test_the_next_workout_asks_a_little_more_and_says_why(
    ann: Listener, clock: FrozenClock
) -> None:
    works_out(ann, clock)
    announced = works_out(ann, clock)
    assert "9" in announced or "more" in announced


def test_forgetting_asks_first_and_then_leaves_nothing(
    ann: Listener, store: MemoryStore, clock: FrozenClock
) -> None:
    works_out(ann, clock)
    ann.says("open my hip workout")
    assert ann.says("forget everything about me").endswith("forget everything about you?")
    ann.says("no")
    assert store.load(listener_key("amzn1.ask.account.ann", SECRET)) is not None
    ann.says("forget everything about me")
    assert "forgotten" in ann.says("yes")
    assert not ann.device.in_session
    assert store.load(listener_key("amzn1.ask.account.ann", SECRET)) is None
    assert "no medical advice" in ann.says("open my hip workout")
