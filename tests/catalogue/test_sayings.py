"""What is said of each exercise is what the source says of it, and fits somebody who cannot see."""

from __future__ import annotations

import pytest

from skill.catalogue.check import expected
from skill.coach.exercise import Catalogue


@pytest.mark.parametrize(
    ("id_", "facts"),
    [
        ("glute_bridge-name", ["glute bridge"]),
        ("hip_thrust-name", ["hip thrust"]),
        ("quadruped_kickback-name", ["quadruped kickback"]),
        ("step_up-name", ["step-up"]),
        ("standing_kickback-name", ["standing kickback"]),
        ("upright_hip_thrust-name", ["upright hip thrust"]),
        ("ball_bridge_curl-name", ["ball bridge curl"]),
        ("prone_ball_extension-name", ["ball extension"]),
        ("glute_bridge-position-1", ["on your back"]),
        ("glute_bridge-position-2", ["knees", "as far apart as your hips"]),
        ("glute_bridge-position-3", ["twelve to sixteen inches", "thirty to forty centimetres"]),
        ("glute_bridge-position-4", ["arms along your sides"]),
        ("glute_bridge-step-1", ["heels", "brace"]),
        ("glute_bridge-step-3", ["knees, hips and shoulders", "straight line"]),
        ("glute_bridge-step-4", ["two seconds"]),
        ("glute_bridge-harder", ["dumbbell", "crease of your hips", "loop mini-band"]),
        ("hip_thrust-position-1", ["legs straight"]),
        ("hip_thrust-position-2", ["shoulder blades"]),
        ("hip_thrust-position-3", ["padded barbell", "crease of your hips", "dumbbell"]),
        ("hip_thrust-position-4", ["both hands around"]),
        ("hip_thrust-position-5", ["hip-width"]),
        ("hip_thrust-step-3", ["level with the floor", "shins are upright", "ninety degrees"]),
        ("hip_thrust-step-4", ["chest keeps its position"]),
        ("hip_thrust-step-5", ["gently"]),
        (
            "hip_thrust-safety",
            ["fixed to the floor", "against a wall", "dumbbell or glute bridges"],
        ),
        ("hip_thrust-safety", ["Do not push with your lower back"]),
        ("quadruped_kickback-position-2", ["hands under your shoulders", "knees under your hips"]),
        ("quadruped_kickback-step-3", ["heel", "wall behind you", "height of your hips"]),
        ("quadruped_kickback-safety", ["not arch your lower back", "hips or shoulders turn"]),
        ("step_up-position-1", ["six to twelve inches", "fifteen to thirty centimetres"]),
        ("step_up-position-4", ["hip, knee and ankle", "ninety degrees"]),
        ("step_up-step-3", ["other foot", "in the air"]),
        ("step_up-safety", ["cannot slide"]),
        ("standing_kickback-position-2", ["one to two feet", "thirty to sixty centimetres"]),
        ("standing_kickback-position-3", ["palms"]),
        ("standing_kickback-position-4", ["slightly forward", "back straight"]),
        ("standing_kickback-step-1", ["knee slightly bent"]),
        ("standing_kickback-step-2", ["as far as you can without arching"]),
        ("standing_kickback-tip-4", ["knee straight", "hamstrings"]),
        ("standing_kickback-safety", ["back straight"]),
        ("upright_hip_thrust-position-1", ["as far apart as your hips"]),
        ("upright_hip_thrust-position-2", ["shins flat"]),
        ("upright_hip_thrust-position-3", ["back upright", "hands on your hips"]),
        ("upright_hip_thrust-step-4", ["buttocks touch your calves"]),
        (
            "upright_hip_thrust-harder",
            ["resistance band", "upper thighs", "stable pole behind you"],
        ),
        ("ball_bridge_curl-position-2", ["calves and feet", "on the ball", "knees straight"]),
        ("ball_bridge_curl-position-3", ["palms down"]),
        ("ball_bridge_curl-step-1", ["upper back, hips and feet", "straight line"]),
        ("ball_bridge_curl-step-5", ["stays lifted between"]),
        ("ball_bridge_curl-safety", ["only the hip lift", "curl later"]),
        ("prone_ball_extension-position-3", ["lower stomach or your hips"]),
        ("prone_ball_extension-position-4", ["arms straight"]),
        ("prone_ball_extension-position-5", ["straight knees", "toes just touching the floor"]),
        ("prone_ball_extension-step-3", ["in line with your body"]),
        ("prone_ball_extension-step-5", ["slowly"]),
        ("prone_ball_extension-safety", ["not overextend your lower back"]),
        ("topic-warm_up", ["five to ten minutes", "walking"]),
        ("topic-sitting", ["thirty to sixty minutes", "at least five"]),
        ("topic-other_patterns", ["two or three hip extension exercises"]),
        ("topic-flexors", ["iliacus, psoas major and rectus femoris"]),
        ("topic-pelvic_tilt", ["anterior pelvic tilt", "lower back", "hamstrings"]),
        ("topic-how_hard", ["two or three more good reps"]),
        ("topic-how_often", ["Two or three days a week"]),
        ("muscle-hamstrings-about", ["biceps femoris, semitendinosus and semimembranosus"]),
    ],
)
def test_the_words_say_the_facts(said: dict[str, list[str]], id_: str, facts: list[str]) -> None:
    for fact in facts:
        assert fact in said[id_][0]


def test_no_angle_is_spoken_for_the_standing_kickback(said: dict[str, list[str]]) -> None:
    lines = [
        text for id_, texts in said.items() if id_.startswith("standing_kickback") for text in texts
    ]
    assert not [text for text in lines if "degrees" in text]


def test_where_the_voice_is_belongs_to_getting_into_every_position(
    catalogue: Catalogue, said: dict[str, list[str]]
) -> None:
    for exercise in catalogue.exercises.values():
        lines = [
            said[f"{exercise.id}-position-{n}"][0] for n in range(1, exercise.position_lines + 1)
        ]
        assert [line for line in lines if "my voice" in line or "hear me" in line], exercise.id


def test_a_one_sided_exercise_never_names_a_side_because_both_take_turns(
    catalogue: Catalogue, said: dict[str, list[str]]
) -> None:
    for exercise in catalogue.exercises.values():
        if exercise.one_sided:
            lines = [t for id_, texts in said.items() if id_.startswith(exercise.id) for t in texts]
            assert not [t for t in lines if {"left", "right"} & set(t.lower().split())], exercise.id


def test_no_line_of_an_exercise_asks_a_question_that_nobody_waits_to_hear_answered(
    catalogue: Catalogue, said: dict[str, list[str]]
) -> None:
    assert [id_ for id_ in expected(catalogue) for text in said[id_] if "?" in text] == []
