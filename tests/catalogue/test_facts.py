"""The facts of the eight exercises and of the moves are those of the source and of the field."""

from __future__ import annotations

import pytest

from skill.catalogue.check import expected
from skill.coach.exercise import Catalogue, Kind, Level, Posture, Span, Tempo

#   id, level, needs, optional, sets, reps, one-sided, hold in ms, safety
Row = tuple[str, str, str, str, tuple[int, int], tuple[int, int], bool, int, bool]
TABLE: list[Row] = [
    ("glute_bridge", "beginner", "", "dumbbell mini_band", (2, 3), (8, 12), False, 2000, False),
    ("standing_kickback", "beginner", "", "wall counter box", (2, 3), (8, 12), True, 1000, True),
    ("quadruped_kickback", "beginner", "mat/padding", "", (2, 3), (8, 12), True, 1000, True),
    ("step_up", "beginner", "box/bench", "", (2, 2), (15, 20), True, 0, True),
    (
        "upright_hip_thrust",
        "intermediate",
        "mat/padding",
        "resistance_band pole",
        (2, 3),
        (8, 12),
        False,
        1000,
        False,
    ),
    (
        "prone_ball_extension",
        "intermediate",
        "stability_ball",
        "",
        (3, 3),
        (10, 10),
        False,
        1000,
        True,
    ),
    (
        "hip_thrust",
        "intermediate",
        "bench barbell/dumbbell",
        "barbell_pad",
        (2, 3),
        (8, 12),
        False,
        1000,
        True,
    ),
    ("ball_bridge_curl", "advanced", "stability_ball", "", (3, 3), (10, 10), False, 1000, True),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_an_exercise_has_the_facts_of_the_source(catalogue: Catalogue, row: Row) -> None:
    id_, level, needs, optional, sets, reps, one_sided, hold_ms, safety = row
    exercise = catalogue.exercises[id_]
    assert exercise.id == id_
    assert exercise.level == level
    assert exercise.needs == tuple(tuple(choice.split("/")) for choice in needs.split())
    assert exercise.optional == tuple(optional.split())
    assert (exercise.sets, exercise.reps) == (Span(*sets), Span(*reps))
    assert exercise.one_sided is one_sided
    assert exercise.tempo.hold_ms == hold_ms
    assert exercise.safety is safety


def test_the_eight_are_listed_easiest_first(catalogue: Catalogue) -> None:
    assert list(catalogue.exercises) == [row[0] for row in TABLE]
    levels = [list(Level).index(exercise.level) for exercise in catalogue.exercises.values()]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("id_", "tempo", "rest_s"),
    [
        ("glute_bridge", Tempo(2000, 2000, 3000), 60),
        ("standing_kickback", Tempo(2000, 1000, 2000), 90),
        ("quadruped_kickback", Tempo(2000, 1000, 2000), 90),
        ("step_up", Tempo(2000, 0, 2000), 90),
        ("upright_hip_thrust", Tempo(2000, 1000, 2000), 60),
        ("prone_ball_extension", Tempo(2000, 1000, 3000), 60),
        ("hip_thrust", Tempo(2000, 1000, 3000), 90),
        ("ball_bridge_curl", Tempo(2000, 1000, 3000), 90),
    ],
)
def test_tempo_and_rest_are_the_coaching_numbers(
    catalogue: Catalogue, id_: str, tempo: Tempo, rest_s: int
) -> None:
    exercise = catalogue.exercises[id_]
    assert (exercise.tempo, exercise.rest_s) == (tempo, rest_s)


@pytest.mark.parametrize(
    "ladder",
    [
        ["glute_bridge", "hip_thrust"],
        ["quadruped_kickback", "prone_ball_extension"],
        ["standing_kickback", "step_up"],
    ],
)
def test_a_ladder_is_climbed_and_descended_by_the_same_steps(
    catalogue: Catalogue, ladder: list[str]
) -> None:
    exercises = catalogue.exercises
    assert [exercises[id_].harder for id_ in ladder] == [*ladder[1:], None]
    assert [exercises[id_].easier for id_ in ladder] == [None, *ladder[:-1]]


def test_every_exercise_trains_the_main_extensors(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        assert {"gluteus_maximus", "hamstrings"} == set(exercise.muscles[:2]), exercise.id
        assert set(exercise.muscles) <= set(catalogue.muscles[:7]), "a flexor extends no hip"


@pytest.mark.parametrize(
    ("have", "can"),
    [
        ("", "glute_bridge standing_kickback"),
        ("mat", "glute_bridge standing_kickback quadruped_kickback upright_hip_thrust"),
        ("bench", "glute_bridge standing_kickback step_up"),
        ("bench dumbbell", "glute_bridge standing_kickback step_up hip_thrust"),
        (
            "stability_ball",
            "glute_bridge standing_kickback prone_ball_extension ball_bridge_curl",
        ),
        ("chair", "glute_bridge standing_kickback"),
    ],
)
def test_what_can_be_done_follows_from_what_is_there(
    catalogue: Catalogue, have: str, can: str
) -> None:
    there = catalogue.with_implied(frozenset(have.split()))
    assert [e.id for e in catalogue.exercises.values() if e.can_be_done_with(there)] == can.split()


def test_a_chair_is_never_taken_for_a_box(catalogue: Catalogue) -> None:
    assert catalogue.with_implied(frozenset({"chair"})) == {"chair"}
    assert catalogue.with_implied(frozenset({"bench", "mat"})) == {"bench", "box", "mat", "padding"}


@pytest.mark.parametrize(
    ("kind", "postures", "low_s", "high_s"),
    [
        (Kind.WARM_UP, {Posture.STANDING}, 300, 360),
        (Kind.WARM_UP, {Posture.SEATED}, 150, 360),
        (Kind.COOL_DOWN, {Posture.STANDING, Posture.SEATED}, 180, 300),
        (Kind.COOL_DOWN, {Posture.LYING, Posture.KNEELING}, 180, 300),
    ],
)
def test_each_way_through_warm_up_and_cool_down_is_long_enough_and_not_too_long(
    catalogue: Catalogue, kind: Kind, postures: set[Posture], low_s: int, high_s: int
) -> None:
    moves = [move for move in catalogue.moves_of(kind) if move.posture in postures]
    assert low_s <= sum(move.total_s for move in moves) <= high_s


def test_whoever_stays_off_the_floor_is_offered_no_floor_move(catalogue: Catalogue) -> None:
    for move in catalogue.moves.values():
        assert move.bed_or_chair is (move.posture in (Posture.STANDING, Posture.SEATED)), move.id


def test_stretches_are_done_on_both_sides(catalogue: Catalogue) -> None:
    stretches = [move for move in catalogue.moves.values() if move.id.endswith("_stretch")]
    assert len(stretches) == 4
    assert all(move.one_sided for move in stretches)


def test_the_knowledge_covers_muscles_and_topics(catalogue: Catalogue) -> None:
    assert {"iliacus", "psoas_major", "rectus_femoris"} == set(catalogue.muscles[7:])
    for topic in ("hip_extension", "pelvic_tilt", "sitting", "getting_down", "getting_up"):
        assert f"topic-{topic}" in expected(catalogue)
