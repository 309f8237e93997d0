from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from skill.coach.exercise import Block, Plan
from skill.coach.part import Room
from skill.coach.reply import line
from skill.coach.session import IN_BLOCK, PLAYING, Phase, Session
from skill.coach.timeline import lay_out
from skill.coach.tracks import track
from skill.coach.turn import part_of
from skill.render.figures import load_figures
from skill.render.scene import Scene, Scenes
from tests.coach.listener import the_catalogue, the_words
from tests.strategies import sessions

ROOM = Room(the_catalogue(), the_words().length_ms)
FIGURES = frozenset(load_figures())
SCENES = Scenes(ROOM, the_words())
PLAN = Plan(
    warm_up=("march", "hip_circles"),
    blocks=(Block("glute_bridge", 2, 10), Block("standing_kickback", 3, 12)),
    cool_down=("lying_breathing",),
)


def session(phase: Phase, **place: Any) -> Session:
    return replace(Session(plan=PLAN, phase=phase), **place)


def test_nothing_is_shown_of_nothing() -> None:
    assert SCENES.of(Session()) == Scene("idle")
    assert SCENES.of(Session(phase=Phase.SAFETY)) == Scene("safety")


def test_a_set_shows_the_exercise_and_where_in_it_the_listener_is() -> None:
    scene = SCENES.of(session(Phase.SET, rep=4))
    assert (scene.phase, scene.title, scene.figure) == ("set", "Glute bridge", "glute_bridge")
    assert (scene.block, scene.blocks, scene.set, scene.sets) == (1, 2, 1, 2)
    assert (scene.rep, scene.reps) == (4, 10)
    assert scene.muscles[0] == ("gluteus_maximus", "gluteus maximus")
    assert len(scene.steps) > 3


@pytest.mark.parametrize(
    ("here", "coming"),
    [
        (session(Phase.SET), "Set 2 of 2"),
        (session(Phase.REST), "Set 2 of 2"),
        (session(Phase.SET, set=2), "Standing kickback: 3 sets of 12"),
        (session(Phase.FEEDBACK, set=2), "Standing kickback: 3 sets of 12"),
        (session(Phase.SET, block=1, set=2), "Set 3 of 3"),
        (session(Phase.WARM_UP), "Hip circles"),
        (session(Phase.WARM_UP, move=1), "Glute bridge: 2 sets of 10"),
        (session(Phase.COOL_DOWN), ""),
        (session(Phase.DONE), ""),
    ],
)
def test_what_comes_next(here: Session, coming: str) -> None:
    assert SCENES.of(here).next == coming


def test_behind_the_last_set_comes_the_cool_down() -> None:
    name = the_words().sentence(line(f"{PLAN.cool_down[0]}-name"))
    assert SCENES.of(session(Phase.SET, block=1, set=3)).next == name
    alone = replace(PLAN, cool_down=())
    assert SCENES.of(replace(session(Phase.SET, block=1, set=3), plan=alone)).next == ""


def test_a_rest_shows_the_set_that_is_over_and_the_one_that_comes() -> None:
    scene = SCENES.of(session(Phase.REST))
    assert (scene.phase, scene.set) == ("rest", 1)
    assert scene.next == f"Set 2 of {scene.sets}"


def test_a_pause_shows_what_it_goes_back_to() -> None:
    paused = session(Phase.PAUSED, returns_to=Phase.SET, rep=6)
    assert SCENES.of(paused) == replace(SCENES.of(session(Phase.SET, rep=6)), phase="paused")


def test_an_explanation_shows_its_own_exercise() -> None:
    scene = SCENES.of(session(Phase.HOW_TO, returns_to=Phase.SET, how_to="step_up"))
    assert (scene.phase, scene.figure, scene.reps) == ("how_to", "step_up", 0)


def test_an_exercise_of_one_side_says_which() -> None:
    here = session(Phase.SET, block=1)
    assert {SCENES.of(replace(here, side=side)).side for side in (0, 1)} == {"left", "right"}
    assert SCENES.of(session(Phase.SET)).side == ""


@given(sessions(the_catalogue()))
@settings(max_examples=80)
def test_every_situation_has_a_scene_of_whole_numbers_in_their_ranges(here: Session) -> None:
    scene = SCENES.of(here)
    assert scene.phase == here.phase.value
    assert bool(scene.title) == bool(scene.figure)
    assert 0 <= scene.set <= scene.sets
    assert 0 <= scene.rep <= scene.reps
    assert 0 <= scene.block <= scene.blocks
    if here.phase in IN_BLOCK:
        assert scene.rep >= 1
        assert scene.steps
    if scene.figure:
        assert scene.figure in FIGURES


@given(sessions(the_catalogue()).filter(lambda session: session.phase in PLAYING))
@settings(max_examples=40)
def test_moments_fill_a_part_from_its_first_mark_to_its_end(here: Session) -> None:
    script, length_of = part_of(here, ROOM).script, the_words().length_ms
    moments = SCENES.moments(here, script, length_of)
    timeline = lay_out(script, length_of)
    assert [each.at_ms for each in moments] == [at for at, _ in timeline.marks]
    assert all(a.until_ms == b.at_ms for a, b in itertools.pairwise(moments))
    if moments:
        assert moments[-1].until_ms == timeline.total_ms
    assert all(each.figure == "" or each.figure in FIGURES for each in moments)


@given(sessions(the_catalogue()).filter(lambda session: session.workout_phase is not None))
@settings(max_examples=20)
def test_moments_of_a_track_are_in_order_and_within_it(here: Session) -> None:
    playing = track(here, ROOM)
    moments = SCENES.track(playing, the_words().length_ms)
    total_ms = lay_out(playing.script, the_words().length_ms).total_ms
    spoken = SCENES.captions(playing.script, the_words().length_ms)
    assert all(a.until_ms <= b.at_ms for a, b in itertools.pairwise(moments))
    assert all(0 <= each.at_ms <= each.until_ms <= total_ms for each in moments)
    assert all(each.start_ms + each.ms <= total_ms for each in spoken)


def test_a_set_moves_up_holds_and_goes_down_rep_by_rep() -> None:
    here = session(Phase.SET, told=True)
    moments = SCENES.moments(here, part_of(here, ROOM).script, the_words().length_ms)
    lifts = [each.rep for each in moments if each.phase == "lift"]
    assert lifts == list(range(1, 11))
    after = {a.phase: b.phase for a, b in itertools.pairwise(moments) if a.rep == 3 == b.rep}
    assert after["lift"] in ("hold", "lower")
