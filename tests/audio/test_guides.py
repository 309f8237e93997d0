"""The fixed guides: there is one for all that was promised, each whole and of its length."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest

from audio.compose import compose
from audio.guides import Guide, guides, lines_of
from audio.repertoire import every_line
from skill.coach.exercise import Exercise, Level
from skill.coach.part import Room
from skill.coach.planning import plan_workout
from skill.coach.reply import Line, Mark
from skill.coach.session import LONGEST_ID, Phase, Place, Preferences, Session
from skill.coach.timeline import length_ms
from skill.coach.tracks import tracks
from tests.audio.quiet_clips import QuietClips, guide_of, the_guides
from tests.coach.listener import the_catalogue, the_words

EXERCISES = list(the_catalogue().exercises.values())
WORKOUTS = ("workout-10", "workout-20", "workout-30", "sitting-break")


def reps_in(guide: Guide) -> list[Mark]:
    return [e for e in guide.script if isinstance(e, Mark) and e.phase == "lift"]


def ids_in(guide: Guide) -> list[str]:
    return [line.id for line in lines_of(guide.script)]


def test_there_is_a_guide_for_all_that_was_promised_and_each_has_an_id_of_its_own() -> None:
    ids = [guide.id for guide in the_guides()]
    wanted = [*WORKOUTS, "warm-up", "cool-down"]
    wanted += [f"how-to-{exercise.id}" for exercise in EXERCISES]
    wanted += [f"set-{e.id}-{reps}" for e in EXERCISES for reps in (e.reps.low, e.reps.high)]
    assert ids == list(dict.fromkeys(ids))
    assert set(ids) == set(wanted)
    assert all(re.fullmatch(r"[a-z0-9_-]+", id_) for id_ in ids)
    assert all(len(id_) <= LONGEST_ID + 10 for id_ in ids)


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_every_guide_can_be_said_and_its_chapters_are_in_order(guide: Guide) -> None:
    words = the_words()
    timeline = compose(guide.script, QuietClips(words)).timeline
    marks = [mark for _, mark in timeline.marks]
    assert words.sentence(guide.title)
    assert all(words.sentence(line) for line in lines_of(guide.script))
    assert isinstance(guide.script[0], Mark)
    assert guide.chapters[0].mark == 0
    assert all(chapter.mark < len(marks) for chapter in guide.chapters)
    starts = [timeline.marks[chapter.mark][0] for chapter in guide.chapters]
    assert starts[0] == 0
    assert all(earlier < later for earlier, later in itertools.pairwise(starts))
    titles = [words.sentence(chapter.title) for chapter in guide.chapters]
    assert titles == list(dict.fromkeys(titles))


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_a_guide_asks_nothing_because_nobody_listens_to_the_answer(guide: Guide) -> None:
    assert not [id_ for id_ in ids_in(guide) if id_.startswith(("ask-", "reprompt-"))]
    assert "pacing-rest-freely" not in ids_in(guide)
    assert not any(isinstance(e, Mark) and e.phase == "ask" for e in guide.script)


@pytest.mark.parametrize(
    ("id_", "minutes"),
    [("workout-10", 10), ("workout-20", 20), ("workout-30", 30), ("sitting-break", 5)],
)
def test_a_workout_lasts_what_it_says_within_half_a_minute(id_: str, minutes: int) -> None:
    guide = guide_of(id_)
    lasts = length_ms(guide.script, the_words().length_ms) / 60_000
    assert guide.minutes == minutes
    assert lasts == pytest.approx(minutes, abs=0.5)


@pytest.mark.parametrize("id_", WORKOUTS)
def test_a_workout_begins_with_when_to_stop_and_ends_with_goodbye(id_: str) -> None:
    said = ids_in(guide_of(id_))
    assert said[:2] == ["safety-not-medical", "safety-when-to-stop"]
    assert said[-1] == "done-bye"
    assert "done-summary" in said
    assert "pacing-cool-down-start" in said
    titles = [chapter.title.id for chapter in guide_of(id_).chapters]
    assert titles[0] == "guide-warm-up"
    assert titles[-1] == "guide-cool-down"
    assert "pacing-set" in titles


@pytest.mark.parametrize("id_", WORKOUTS)
def test_a_workout_names_what_to_set_out_before_it_begins(id_: str) -> None:
    said = ids_in(guide_of(id_))
    assert said.index("planning-needs") < said.index("pacing-warm-up-start")


def test_every_exercise_and_every_set_of_a_workout_is_a_chapter() -> None:
    guide = guide_of("workout-30")
    titles = [chapter.title.id for chapter in guide.chapters]
    said = ids_in(guide)
    assert titles.count("pacing-exercise") == said.count("pacing-exercise") == 2
    assert titles.count("pacing-set") == said.count("pacing-set") == 4


def test_a_sitting_break_is_done_on_the_feet_and_needs_what_every_room_has() -> None:
    guide = guide_of("sitting-break")
    catalogue = the_catalogue()
    named = {id_.rpartition("-")[0] for id_ in ids_in(guide) if id_.endswith("-remind")}
    assert named
    assert not any(catalogue.exercises[id_].on_floor for id_ in named)
    assert set(guide.equipment) == {"chair", "wall"}
    assert "pacing-get-down" not in ids_in(guide)


@pytest.mark.parametrize("known", EXERCISES, ids=lambda e: e.id)
def test_how_to_says_position_movement_breath_faults_and_the_way_out(known: Exercise) -> None:
    said = ids_in(guide_of(f"how-to-{known.id}"))
    expected = [f"{known.id}-position-{n}" for n in range(1, known.position_lines + 1)]
    expected += [f"{known.id}-step-{n}" for n in range(1, known.step_lines + 1)]
    expected += [f"{known.id}-breath", f"{known.id}-check"]
    expected += [f"{known.id}-fault-{n}" for n in range(1, known.fault_lines + 1)]
    assert [id_ for id_ in said if id_ in expected] == expected
    assert said[-1] == f"{known.id}-out"
    assert (f"{known.id}-safety" in said) == known.safety


@pytest.mark.parametrize(
    "guide", [g for g in the_guides() if g.id.startswith("set-")], ids=lambda g: g.id
)
def test_a_set_is_counted_on_all_its_sides_after_the_time_to_get_there(guide: Guide) -> None:
    exercise = the_catalogue().exercises[guide.exercise]
    reps = int(guide.id.rpartition("-")[2])
    done = [(mark.side, mark.rep) for mark in reps_in(guide)]
    assert done == [(side, rep) for side in exercise.sides for rep in range(1, reps + 1)]
    before = itertools.takewhile(lambda e: e != reps_in(guide)[0], guide.script)
    assert length_ms(before, the_words().length_ms) >= exercise.set_up_s * 1000
    assert ids_in(guide)[-1] == f"{exercise.id}-out"
    assert "done-bye" not in ids_in(guide)


@pytest.mark.parametrize(
    ("id_", "level", "equipment"),
    [
        ("how-to-glute_bridge", Level.BEGINNER, ()),
        ("how-to-step_up", Level.BEGINNER, ("box",)),
        ("set-quadruped_kickback-8", Level.BEGINNER, ("padding",)),
        ("how-to-ball_bridge_curl", Level.ADVANCED, ("stability_ball",)),
        ("workout-10", Level.BEGINNER, ("chair", "padding")),
        ("warm-up", Level.BEGINNER, ("chair", "wall")),
    ],
)
def test_a_guide_tells_its_level_and_what_it_needs(
    id_: str, level: Level, equipment: tuple[str, ...]
) -> None:
    guide = guide_of(id_)
    assert (guide.level, guide.equipment) == (level, equipment)


@pytest.mark.parametrize("id_", WORKOUTS)
def test_a_workout_is_listed_with_what_its_voice_asks_to_set_out(id_: str) -> None:
    guide = guide_of(id_)
    (asked,) = (line for line in lines_of(guide.script) if line.id == "planning-needs")
    words = the_words().say(asked)
    assert guide.equipment
    for thing in guide.equipment:
        assert the_words().say(Line(f"equipment-{thing}")) in words


def test_a_guide_of_one_exercise_has_it_in_its_name() -> None:
    for guide in the_guides():
        assert guide.exercise in guide.id


def test_guides_are_the_same_every_time() -> None:
    assert guides(the_catalogue(), the_words().length_ms) == the_guides()


@cache
def repertoire() -> tuple[Line, ...]:
    return every_line(the_catalogue(), the_words())


@cache
def texts() -> frozenset[str]:
    return frozenset(the_words().sentence(line) for line in repertoire())


def test_the_repertoire_holds_every_text_once_and_is_no_larger_than_a_first_start_may_render() -> (
    None
):
    assert len(texts()) == len(repertoire())
    assert len(texts()) <= 1_500


def test_the_repertoire_holds_all_that_the_guides_say() -> None:
    said = {the_words().sentence(line) for guide in the_guides() for line in lines_of(guide.script)}
    assert said <= texts()


def test_numbers_to_thirty_are_in_the_repertoire() -> None:
    assert {str(n) for n in range(1, 31)} <= texts()


@pytest.mark.parametrize("minutes", [20, 30])
def test_a_planned_workout_needs_hardly_anything_beyond_the_repertoire(minutes: int) -> None:
    wishes = Preferences(place=Place.FLOOR, level=Level.ADVANCED, equipment=("box", "mat"))
    plan = plan_workout(the_catalogue(), minutes, wishes)
    room = Room(the_catalogue(), the_words().length_ms)
    session = Session(phase=Phase.WARM_UP, plan=plan, preferences=wishes)
    said = [
        the_words().sentence(line) for one in tracks(session, room) for line in lines_of(one.script)
    ]
    missing = [text for text in said if text not in texts()]
    assert len(said) > 100
    assert len(missing) <= 4, missing
