"""An explanation goes forth and back, answers what is asked, and returns to where it came from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skill.coach.exercise import Level
from skill.coach.reply import Names
from skill.coach.session import IN_WORKOUT, Phase, Place, Session
from skill.coach.teaching import how_to_lines
from tests.coach.listener import Listener, lines_of, the_catalogue
from tests.coach.test_sets import EXERCISES, a_set, reps_in


def explaining(exercise: str) -> Listener:
    listener = Listener()
    listener.say("HowToIntent", exercise=exercise)
    return listener


def step_of(listener: Listener) -> object:
    """Return the number of the step said last."""
    line = next(line for line in lines_of(listener.reply.script) if line.id == "how-to-step")
    return dict(line.values)["step"]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_next_leads_through_every_step_once_and_then_out(exercise: object) -> None:
    id_ = getattr(exercise, "id", "")
    listener = explaining(id_)
    steps = [line.id for line in how_to_lines(the_catalogue().exercises[id_], None)]
    heard: list[str] = []
    while listener.session.phase is Phase.HOW_TO:
        assert step_of(listener) == len(heard) + 1
        heard.append(listener.ids()[-2])
        listener.say("AMAZON.NextIntent")
    assert heard == steps
    assert listener.session.phase is Phase.IDLE
    assert listener.reply.listens


def test_previous_repeat_and_start_over_move_as_they_say() -> None:
    listener = explaining("hip_thrust")
    steps = [
        ("AMAZON.NextIntent", 2),
        ("AMAZON.NextIntent", 3),
        ("AMAZON.RepeatIntent", 3),
        ("AMAZON.PreviousIntent", 2),
        ("AMAZON.NextIntent", 3),
        ("AMAZON.StartOverIntent", 1),
        ("AMAZON.PreviousIntent", 1),
    ]
    for intent, step in steps:
        listener.say(intent)
        assert step_of(listener) == step, intent


def test_all_of_it_says_every_line_in_one_go() -> None:
    listener = explaining("step_up")
    listener.say("AllOfItIntent")
    steps = [line.id for line in how_to_lines(the_catalogue().exercises["step_up"], None)]
    assert listener.ids()[: len(steps)] == steps
    assert listener.reply.card is not None


def in_phase(phase: Phase) -> Listener:
    """Return a listener in the middle of something, at a place of its own."""
    moves = tuple(the_catalogue().moves)
    session = a_set(the_catalogue().exercises["standing_kickback"], 10)
    plan = replace(session.plan, warm_up=moves[:3], cool_down=moves[-2:])
    there = replace(session, plan=plan, side=1, rep=5, first_side_reps=10, move=1)
    if phase in (Phase.WARM_UP, Phase.COOL_DOWN):
        there = replace(there, seconds=12, side=0)
    return Listener(there.at(phase, told=phase in (Phase.REST, Phase.FEEDBACK)))


@pytest.mark.parametrize("phase", sorted(IN_WORKOUT))
@pytest.mark.parametrize("leaving", ["AMAZON.ResumeIntent", "AMAZON.NoIntent", "AllOfItIntent"])
def test_a_how_to_in_mid_workout_returns_to_the_very_place(phase: Phase, leaving: str) -> None:
    listener = in_phase(phase)
    before = listener.session
    listener.say("HowToIntent", exercise="glute_bridge")
    assert (listener.session.phase, listener.session.returns_to) == (Phase.HOW_TO, phase)
    listener.say("AMAZON.NextIntent")
    listener.say(leaving)
    after = listener.session
    assert after.phase is phase
    for name in ("block", "set", "side", "rep", "move", "seconds", "first_side_reps", "done"):
        assert getattr(after, name) == getattr(before, name), name


def test_a_how_to_in_mid_set_comes_back_to_the_rep() -> None:
    listener = Listener(a_set(EXERCISES[0], 10))
    listener.say("ReadyIntent")
    at = listener.wait(60_000).place.rep
    listener.say("HowToIntent")
    assert listener.session.how_to == EXERCISES[0].id
    listener.say("AMAZON.ResumeIntent")
    assert reps_in(listener.reply.script)[0] == (EXERCISES[0].sides[0], at)


ABOUT = {
    "MusclesIntent": "muscles",
    "BreathingIntent": "breath",
    "SelfCheckIntent": "check",
    "WhyIntent": "good",
    "WhatDoINeedIntent": "needs",
    "EasierIntent": "easier",
    "HarderIntent": "harder",
    "FaultsIntent": "fault-1",
    "TipIntent": "tip-1",
}


@pytest.mark.parametrize("exercise", [e.id for e in EXERCISES])
@pytest.mark.parametrize("intent", ABOUT)
def test_a_question_about_an_exercise_is_answered_about_that_exercise(
    intent: str, exercise: str
) -> None:
    listener = Listener()
    listener.say(intent, exercise=exercise)
    named = "pacing-about" in listener.ids()
    assert listener.ids()[named] == f"{exercise}-{ABOUT[intent]}"


@pytest.mark.parametrize("intent", ABOUT)
def test_in_an_explanation_a_question_is_about_what_is_explained(intent: str) -> None:
    for listener in (Listener(), in_phase(Phase.WARM_UP), in_phase(Phase.REST)):
        listener.say("HowToIntent", exercise="hip_thrust")
        listener.say(intent)
        assert listener.ids()[0].startswith("hip_thrust-")
        assert listener.session.how_to == "hip_thrust"


@pytest.mark.parametrize("intent", [*ABOUT, "HowToIntent", "StartExerciseIntent"])
def test_an_unknown_name_is_answered_with_the_names_there_are(intent: str) -> None:
    listener = Listener()
    listener.say(intent, exercise=())
    assert listener.ids() == ["unknown-exercise", "list", "ask-which"]


def test_a_name_that_means_several_is_asked_back() -> None:
    listener = Listener()
    listener.say("HowToIntent", exercise=("hip_thrust", "upright_hip_thrust"))
    assert listener.ids() == ["ask-which-of"]
    assert "hip thrust and upright hip thrust" in listener.words()


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({}, 8),
        ({"level": "advanced"}, 1),
        ({"place": "standing"}, 2),
        ({"equipment": "stability_ball"}, 2),
        ({"equipment": "none"}, 2),
        ({"level": "advanced", "place": "standing"}, 0),
    ],
)
def test_the_list_is_filtered_by_what_was_asked(said: dict[str, str], count: int) -> None:
    listener = Listener()
    listener.say("ListExercisesIntent", **said)
    line = next(line for line in lines_of(listener.reply.script) if line.id == "list")
    values = dict(line.values)
    assert isinstance(values["exercises"], Names)
    assert values["count"] == len(values["exercises"].ids) == (count or 8)
    assert ("list-none" in listener.ids()) is (count == 0)


def test_every_topic_and_muscle_can_be_explained() -> None:
    listener = Listener()
    for topic in the_catalogue().topics:
        listener.say("ExplainIntent", topic=topic)
        assert listener.ids()[0] == f"topic-{topic}"
    for muscle in the_catalogue().muscles:
        listener.say("ExplainIntent", topic=muscle)
        assert listener.ids()[0] == f"muscle-{muscle}-about"


def test_every_tip_comes_in_its_turn() -> None:
    listener, heard = Listener(), set()
    for _ in range(8):
        listener.say("TipIntent", exercise="standing_kickback")
        heard |= {id_ for id_ in listener.ids() if "-tip-" in id_}
    assert heard == {f"standing_kickback-tip-{n}" for n in range(1, 5)}


@pytest.mark.parametrize(
    ("rep", "set_", "reps_left", "sets_after"), [(8, 1, 3, 1), (2, 1, 9, 1), (10, 2, 1, 0)]
)
def test_how_many_are_left_counts_the_reps_of_this_set_and_the_sets_after_it(
    rep: int, set_: int, reps_left: int, sets_after: int
) -> None:
    listener = Listener(replace(a_set(EXERCISES[0], 10), rep=rep, set=set_))
    listener.say("HowManyLeftIntent")
    values = {line.id: dict(line.values) for line in lines_of(listener.reply.script)}
    assert values["left-reps"] == {"reps": reps_left}
    assert values["left-then-sets"] == {"sets": sets_after}


def test_how_long_is_left_gets_less_on_the_way() -> None:
    listener = Listener(Session(cleared=True).with_preferences(place=Place.FLOOR))
    listener.say("StartWorkoutIntent", minutes=20)
    left: list[int] = []
    while listener.reply.listens:
        asked = Listener(listener.hear_out().place)
        asked.say("HowLongIntent")
        lines = [line for line in lines_of(asked.reply.script) if line.id == "how-long-left"]
        left += [int(str(dict(line.values)["minutes"])) for line in lines]
        listener.say("ReadyIntent")
    assert left == sorted(left, reverse=True)
    assert left[0] >= 15
    assert left[-1] <= 6


def test_a_how_to_on_a_bed_lies_down_on_the_bed() -> None:
    listener = Listener(Session().with_preferences(place=Place.BED, level=Level.BEGINNER))
    listener.say("HowToIntent", exercise="glute_bridge")
    assert "glute_bridge-bed-1" in listener.ids()


@pytest.mark.parametrize(
    ("slots", "named"),
    [
        ({}, len(EXERCISES)),
        ({"equipment": "stability_ball"}, 2),
        ({"level": "beginner", "place": "bed", "equipment": "barbell"}, len(EXERCISES)),
    ],
    ids=["all of them", "those with a ball", "none fits, so all of them"],
)
def test_the_exercises_that_are_named_can_be_chosen_from(slots: dict[str, str], named: int) -> None:
    listener = Listener()
    listener.say("ListExercisesIntent", **slots)
    assert len(listener.reply.choice) == named


def test_who_is_asked_which_exercise_is_given_the_choice() -> None:
    listener = Listener()
    listener.say("HowToIntent", exercise=("hip_thrust", "upright_hip_thrust"))
    assert listener.reply.choice == ("hip_thrust", "upright_hip_thrust")
    listener.say("FaultsIntent")
    assert len(listener.reply.choice) == len(EXERCISES)
