"""From nothing to the goodbye, by "ready" alone: every kind of workout reaches its end."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product

import pytest

from skill.coach.exercise import Kind, Level
from skill.coach.planning import plan_seconds
from skill.coach.session import Phase, Place, Preferences, Session, TalkLevel
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words

MINUTES = (5, 8, 10, 15, 20, 25, 30, 45)
EQUIPMENT: tuple[tuple[str, ...] | None, ...] = (
    None,
    ("box",),
    ("barbell", "bench", "mat", "stability_ball"),
)


@cache
def walked(minutes: int, preferences: Preferences, met: tuple[str, ...] = ()) -> Listener:
    """Return a listener who did a whole workout, saying "ready" once after each turn."""
    listener = Listener(Session(cleared=True, preferences=preferences, met=met))
    listener.say("StartWorkoutIntent", minutes=minutes)
    while listener.reply.listens:
        assert len(listener.heard) < 60, "the workout does not end"
        listener.hear_out().say("ReadyIntent")
    listener.hear_out()
    return listener


def all_known() -> tuple[str, ...]:
    """Return the ids of everything, as met by who has done it all before."""
    return (*the_catalogue().exercises, *the_catalogue().moves)


WISHES = [
    pytest.param(
        minutes,
        Preferences(place=place, equipment=equipment, level=level),
        id=f"{minutes}-{place}-{level}-{equipment}",
    )
    for minutes, place, equipment, level in product(MINUTES, Place, EQUIPMENT, Level)
]


@pytest.mark.parametrize(("minutes", "preferences"), WISHES)
def test_ready_alone_leads_through_every_workout_to_its_end(
    minutes: int, preferences: Preferences
) -> None:
    listener = walked(minutes, preferences)
    there, plan = listener.place, listener.heard[0].session.plan
    assert there.phase is Phase.DONE
    assert len(listener.heard) <= 50
    phases = [reply.session.phase for reply in listener.heard]
    assert phases[1] is Phase.WARM_UP
    assert phases[-1] is Phase.COOL_DOWN
    assert 1 <= len(plan.blocks) <= 3
    done = Counter(each.block for each in there.done)
    assert done == {index: block.sets for index, block in enumerate(plan.blocks)}
    assert all(each.reps == plan.blocks[each.block].reps for each in there.done)
    assert set(there.lately) == {block.exercise for block in plan.blocks}


@pytest.mark.parametrize(("minutes", "preferences"), WISHES[:: len(WISHES) // 40])
def test_every_turn_of_a_workout_asks_and_listens_or_says_goodbye_and_does_not(
    minutes: int, preferences: Preferences
) -> None:
    for reply in walked(minutes, preferences).heard:
        last = the_words().sentence(lines_of(reply.script)[-1])
        assert reply.listens is last.endswith("?")
    assert not reply.listens


@pytest.mark.parametrize(("minutes", "preferences"), WISHES[:: len(WISHES) // 40])
def test_every_move_and_every_set_of_the_plan_is_heard_in_its_order(
    minutes: int, preferences: Preferences
) -> None:
    listener = walked(minutes, preferences)
    plan = listener.heard[0].session.plan
    said = [line for reply in listener.heard for line in lines_of(reply.script)]
    moves = [
        dict(line.values)["move"]
        for line in said
        if line.id in ("pacing-first-move", "pacing-move")
    ]
    names = [str(getattr(move, "ids", ("",))[0]).removesuffix("-name") for move in moves]
    assert names == [*plan.warm_up, *plan.cool_down]
    sets = [line.values for line in said if line.id == "pacing-set"]
    begun = [dict(values)["set"] for values in dict.fromkeys(sets)]
    assert begun == [n for block in plan.blocks for n in range(1, block.sets + 1)]


@pytest.mark.parametrize(("minutes", "preferences"), WISHES[::5])
@pytest.mark.parametrize("known", [False, True], ids=["first", "returning"])
def test_a_workout_lasts_about_as_long_as_the_coach_says(
    minutes: int, preferences: Preferences, known: bool
) -> None:
    listener = walked(minutes, preferences, all_known() if known else ())
    begun = listener.heard[0].session
    said_s = plan_seconds(begun.plan, the_catalogue(), preferences, begun.met)
    lasted_s = sum(reply_s(listener, index) for index in range(1, len(listener.heard)))
    assert abs(lasted_s - said_s) <= 0.25 * lasted_s


def reply_s(listener: Listener, index: int) -> float:
    """Return how long a reply lasts, with three seconds for the answer to it."""
    return Listener.length_ms(listener.heard[index]) / 1000 + 3


@pytest.mark.parametrize("talk", [None, *TalkLevel])
def test_the_first_workout_ever_begins_with_one_question_about_safety(
    talk: TalkLevel | None,
) -> None:
    listener = Listener(Session(preferences=Preferences(talk=talk)))
    listener.launch()
    assert listener.session.phase is Phase.SAFETY
    assert "safety-not-medical" in listener.ids()
    listener.say("AMAZON.YesIntent")
    while listener.reply.listens:
        assert "safety-not-medical" not in listener.ids()
        assert len(listener.heard) < 60, "the workout does not end"
        listener.hear_out().say("ReadyIntent")
    assert listener.hear_out().place.phase is Phase.DONE


def test_who_cannot_get_down_to_the_floor_is_never_sent_there() -> None:
    listener = Listener()
    listener.launch()
    listener.say("AMAZON.NoIntent")
    plan, catalogue = listener.session.plan, the_catalogue()
    assert not [b for b in plan.blocks if catalogue.exercises[b.exercise].on_floor]
    moves = [catalogue.moves[id_] for id_ in (*plan.warm_up, *plan.cool_down)]
    assert all(move.bed_or_chair for move in moves)


def test_the_second_workout_explains_less() -> None:
    preferences = Preferences(place=Place.FLOOR)
    first = walked(20, preferences)
    again = walked(20, preferences, first.place.met)
    phases = [reply.session.phase for reply in again.heard]
    assert Phase.TEACHING not in phases
    assert Phase.TEACHING in [reply.session.phase for reply in first.heard]


def test_the_goodbye_says_what_was_done_and_nothing_is_asked() -> None:
    listener = walked(20, Preferences(place=Place.FLOOR))
    plan = listener.heard[0].session.plan
    summary = next(line for line in lines_of(listener.reply.script) if line.id == "done-summary")
    values = dict(summary.values)
    assert values["sets"] == sum(block.sets for block in plan.blocks)
    assert values["reps"] == sum(block.sets * block.reps for block in plan.blocks)


def test_a_workout_may_be_left_and_taken_up_after_any_turn() -> None:
    straight = walked(10, Preferences(place=Place.FLOOR))
    listener = Listener(Session(cleared=True, preferences=Preferences(place=Place.FLOOR)))
    listener.say("StartWorkoutIntent", minutes=10)
    for _ in range(60):
        if listener.hear_out().place.phase is Phase.DONE:
            break
        listener.say("AMAZON.StopIntent")
        assert not listener.reply.listens
        listener.wait(10**8).launch()
        listener.say("AMAZON.YesIntent")
        if listener.session.phase not in (Phase.SET, Phase.WARM_UP, Phase.COOL_DOWN):
            listener.hear_out().say("ReadyIntent")
    assert listener.place.phase is Phase.DONE
    assert listener.place.done == straight.place.done


def test_the_warm_up_and_cool_down_are_made_of_their_own_moves() -> None:
    catalogue = the_catalogue()
    for minutes, place in product(MINUTES, Place):
        plan = walked(minutes, Preferences(place=place)).heard[0].session.plan
        assert {catalogue.moves[id_].kind for id_ in plan.warm_up} == {Kind.WARM_UP}
        assert {catalogue.moves[id_].kind for id_ in plan.cool_down} == {Kind.COOL_DOWN}
