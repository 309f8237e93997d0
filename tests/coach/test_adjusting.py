"""The listener changes how they are coached; the workout keeps its place and what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skill.coach.exercise import Level
from skill.coach.session import Counting, Phase, Place, Preferences, Session, SetDone, TalkLevel
from tests.coach.listener import Listener, the_catalogue
from tests.coach.test_sets import EXERCISES, a_set, reps_in

BRIDGE = the_catalogue().exercises["glute_bridge"]


def in_mid_set() -> Listener:
    listener = Listener(a_set(BRIDGE, 10))
    listener.say("ReadyIntent")
    return listener.wait(60_000)


@pytest.mark.parametrize(
    ("now", "less", "more"),
    [
        (None, TalkLevel.SHORT, TalkLevel.FULL),
        (TalkLevel.FULL, TalkLevel.SHORT, TalkLevel.FULL),
        (TalkLevel.SHORT, TalkLevel.COUNTS, TalkLevel.FULL),
        (TalkLevel.COUNTS, TalkLevel.COUNTS, TalkLevel.SHORT),
    ],
)
def test_talk_less_and_talk_more_climb_one_step(
    now: TalkLevel | None, less: TalkLevel, more: TalkLevel
) -> None:
    for intent, then in (("TalkLessIntent", less), ("TalkMoreIntent", more)):
        listener = Listener(Session().with_preferences(talk=now))
        listener.say(intent)
        assert listener.session.preferences.talk is then
        assert listener.ids()[0] == f"talk-{then}"


@pytest.mark.parametrize("counting", Counting)
def test_counting_is_changed_in_mid_set_and_the_set_goes_on(counting: Counting) -> None:
    listener = in_mid_set()
    at = listener.place.rep
    listener.say("CountingIntent", counting=counting.value)
    assert listener.session.preferences.counting is counting
    assert reps_in(listener.reply.script)[0][1] == at


def test_pace_stays_within_what_does_the_listener_good() -> None:
    for wish in ("slower", "faster"):
        listener = Listener()
        paces = []
        for _ in range(6):
            listener.say("PaceIntent", pace=wish)
            paces.append(listener.session.preferences.pace)
        assert paces == sorted(paces, reverse=wish == "faster")
        assert paces[-1] == paces[-2]
        assert listener.ids()[0] == f"pace-{wish}-limit"
        listener.say("PaceIntent", pace="normal")
        assert listener.session.preferences.pace == 100


def test_rests_stay_between_half_and_three_times_the_prescribed_one() -> None:
    for intent, end in (("MoreRestIntent", 300), ("LessRestIntent", 50)):
        listener = Listener()
        for _ in range(8):
            listener.say(intent)
        assert listener.session.preferences.rest == end
        assert listener.ids()[0].endswith("-limit")


@pytest.mark.parametrize(
    ("intent", "phrase"),
    [
        ("TalkLevelIntent", "not-understood"),
        ("CountingIntent", "not-understood"),
        ("PaceIntent", "not-understood"),
    ],
)
def test_a_wish_without_a_word_that_is_known_changes_nothing(intent: str, phrase: str) -> None:
    listener = Listener()
    listener.say(intent)
    assert listener.ids()[0] == phrase
    assert listener.session.preferences == Preferences()


LADDER = [
    (exercise.id, intent, other)
    for exercise in EXERCISES
    for intent, other in (("HarderIntent", exercise.harder), ("EasierIntent", exercise.easier))
    if other is not None
]


@pytest.mark.parametrize(("exercise", "intent", "other"), LADDER)
def test_an_exchange_keeps_the_sets_that_were_done(exercise: str, intent: str, other: str) -> None:
    everything = tuple(sorted(the_catalogue().equipment))
    session = a_set(the_catalogue().exercises[exercise], 9, equipment=everything)
    reps = the_catalogue().exercises[other].reps.clamp(9)
    listener = Listener(replace(session, done=(SetDone(0, 9),), set=2, rep=4))
    listener.say(intent)
    there = listener.session
    blocks = [(block.exercise, block.sets, block.reps) for block in there.plan.blocks]
    assert blocks == [(exercise, 1, 9), (other, 1, reps)]
    assert there.done == (SetDone(0, 9),)
    assert (there.block, there.set, there.rep, there.phase) == (1, 1, 1, Phase.SET_UP)
    new = Listener(session)
    new.say(intent)
    assert [block.exercise for block in new.session.plan.blocks] == [other]


def test_after_the_last_set_an_exercise_is_not_exchanged_but_its_other_form_told() -> None:
    session = a_set(BRIDGE, 10, equipment=tuple(sorted(the_catalogue().equipment)))
    done = replace(session, set=2, done=(SetDone(0, 10), SetDone(0, 10)))
    listener = Listener(done.at(Phase.FEEDBACK, told=True))
    listener.say("HarderIntent")
    assert listener.session.plan == session.plan
    assert "glute_bridge-harder" in listener.ids()


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_nothing_harder_is_given_that_the_listener_has_no_equipment_or_place_for(
    exercise: object,
) -> None:
    id_ = getattr(exercise, "id", "")
    for place in Place:
        session = a_set(the_catalogue().exercises[id_], 10, equipment=(), place=place)
        listener = Listener(session)
        listener.say("HarderIntent")
        now = the_catalogue().exercises[listener.session.now.exercise]
        has = the_catalogue().with_implied(frozenset({"padding", "wall", "chair", "counter"}))
        assert now.id == id_ or now.can_be_done_with(has)


def test_too_easy_and_too_hard_change_the_dose_by_two_within_the_range() -> None:
    for intent, ends in (("TooEasyIntent", [12, 12]), ("TooHardIntent", [8, 8])):
        listener = Listener(a_set(BRIDGE, 10))
        for reps in ends:
            listener.say(intent)
            assert listener.session.now.reps == reps


@pytest.mark.parametrize("intent", ["TooEasyIntent", "JustRightIntent", "TooHardIntent"])
def test_any_answer_to_how_it_was_leads_on(intent: str) -> None:
    session = replace(a_set(BRIDGE, 10), done=(SetDone(0, 10),))
    listener = Listener(session.at(Phase.FEEDBACK, told=True))
    listener.say(intent)
    assert listener.session.phase is Phase.DONE
    assert len(listener.session.felt) == 1


def test_equipment_adds_up_and_none_means_none() -> None:
    listener = Listener()
    owned: list[tuple[str, ...] | None] = []
    for said in (
        {"equipment": "mat", "equipment_b": "box"},
        {"equipment": "stability_ball"},
        {"equipment": "none"},
    ):
        listener.say("WhatIHaveIntent", **said)
        owned.append(listener.session.preferences.equipment)
    assert owned == [("box", "mat"), ("box", "mat", "stability_ball"), ()]


def test_a_workout_without_equipment_forgets_what_was_there_before() -> None:
    wishes = Preferences(place=Place.FLOOR, level=Level.ADVANCED, equipment=("stability_ball",))
    listener = Listener(Session(cleared=True, preferences=wishes))
    listener.say("StartWorkoutIntent", equipment="none")
    needs = [the_catalogue().exercises[b.exercise].needs for b in listener.session.plan.blocks]
    assert not [choice for need in needs for choice in need if "stability_ball" in choice]


def test_previous_never_moves_forward() -> None:
    listener = Listener(Session().with_preferences(place=Place.FLOOR))
    listener.say("StartExerciseIntent", exercise="glute_bridge")
    for _ in range(3):
        listener.say("AMAZON.PreviousIntent")
        assert listener.session.phase is Phase.SET_UP
