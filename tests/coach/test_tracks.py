"""Hands free: a whole workout in tracks, no rep lost, no question asked, any place found again."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.coach.course import advance
from skill.coach.exercise import Block, Exercise, Plan
from skill.coach.part import Room
from skill.coach.plain import from_plain, to_plain
from skill.coach.planning import plan_workout
from skill.coach.reply import Beat, Element, Line, Mark, Pause, Script
from skill.coach.session import (
    IN_WORKOUT,
    PLAYING,
    Phase,
    Place,
    Preferences,
    Session,
    SetDone,
    TalkLevel,
    check,
)
from skill.coach.sets import SAME_PLACE_MS
from skill.coach.timeline import lay_out, length_ms
from skill.coach.tracks import (
    BETWEEN_EXERCISES_MS,
    NothingToPlay,
    Track,
    alike,
    place_in,
    track,
    tracks,
)
from skill.coach.turn import part_of
from skill.coach.unhurried import (
    CHANGE_POSTURE_MS,
    FETCH_MS,
    GET_OUT_MS,
    SET_OUT_MS,
    THINGS,
)
from tests.coach.listener import lines_of, the_catalogue, the_words
from tests.strategies import sessions

EXERCISES = list(the_catalogue().exercises.values())

WORKOUTS = sessions(the_catalogue()).filter(lambda session: session.workout_phase is not None)

Key = tuple[int, ...]


@cache
def room() -> Room:
    return Room(the_catalogue(), the_words().length_ms)


def begun(minutes: int = 20, **wishes: object) -> Session:
    """Return a session at the start of a planned workout."""
    preferences = replace(Preferences(place=Place.FLOOR), **wishes)  # type: ignore[arg-type]  # by name
    plan = plan_workout(the_catalogue(), minutes, preferences)
    return Session(phase=Phase.WARM_UP, plan=plan, preferences=preferences)


def a_set(exercise: str, sets: int = 2, reps: int = 8, **wishes: object) -> Session:
    """Return a session before a set of an exercise that the listener knows."""
    plan = Plan(blocks=(Block(exercise, sets, reps),), cool_down=("lying_breathing",))
    return Session(phase=Phase.SET, plan=plan, met=(exercise,)).with_preferences(**wishes)


def reps_in(script: Script) -> list[tuple[object, int]]:
    return [(e.side, e.rep) for e in script if isinstance(e, Mark) and e.phase == "lift"]


def ids_in(script: Script) -> list[str]:
    return [line.id for line in lines_of(script)]


def key(session: Session) -> Key:
    """Return how far in a workout a session is, so that later is greater."""
    phase = session.phase
    if phase is Phase.WARM_UP:
        return (0, session.move, session.side, session.seconds)
    if phase is Phase.COOL_DOWN:
        return (2, session.move, session.side, session.seconds)
    if phase is Phase.DONE:
        return (3,)
    stage = {Phase.SET_UP: 0, Phase.TEACHING: 1, Phase.FEEDBACK: 3}.get(phase, 2)
    rested = phase is Phase.REST
    done = (session.set + rested, -1 if rested else 0, session.side, session.rep)
    left = -session.seconds if rested else 0
    return (1, session.block, stage, session.told if stage < 2 else 0, *done, left)


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("talk", [None, *TalkLevel])
@pytest.mark.parametrize("minutes", [5, 10, 20, 45])
def test_a_whole_workout_ends_done_with_every_set_of_the_plan(
    place: Place, talk: TalkLevel | None, minutes: int
) -> None:
    session = begun(minutes, place=place, talk=talk, equipment=("box", "stability_ball"))
    played = tracks(session, room())
    expected = [
        SetDone(index, block.reps)
        for index, block in enumerate(session.plan.blocks)
        for _ in range(block.sets)
    ]
    assert played[-1].after.phase is Phase.DONE
    assert list(played[-1].after.done) == expected
    assert set(played[-1].after.lately) == {block.exercise for block in session.plan.blocks}
    assert "done-bye" in ids_in(played[-1].script)


@given(session=WORKOUTS)
@settings(max_examples=60, deadline=None)
def test_from_anywhere_in_any_workout_the_tracks_lead_to_its_end(session: Session) -> None:
    played = tracks(replace(session, since=0), room())
    assert len(played) < 60
    assert not played or played[-1].after.phase is Phase.DONE
    for one in played:
        assert one.legs
        assert one.after.since == 0
        assert from_plain(to_plain(one.after)) == one.after


def test_the_tracks_are_warm_up_every_set_and_cool_down() -> None:
    session = begun(20)
    sets = sum(block.sets for block in session.plan.blocks)
    played = tracks(session, room())
    assert len(played) == 1 + sets + 1
    assert {leg.at.phase for leg in played[0].legs[:-1]} == {Phase.WARM_UP}
    assert played[0].legs[-1].script == (Pause(SAME_PLACE_MS),)
    first = [leg.at.phase for leg in played[1].legs]
    assert first[0] is Phase.SET_UP
    assert Phase.TEACHING in first
    assert Phase.SET in first
    assert {leg.at.phase for leg in played[-1].legs[:-1]} == {Phase.COOL_DOWN}
    assert played[-1].legs[-1].at.phase is Phase.DONE


def test_a_workout_without_a_cool_down_says_goodbye_behind_its_last_set() -> None:
    session = replace(
        a_set("glute_bridge", sets=1), plan=Plan(blocks=(Block("glute_bridge", 1, 8),))
    )
    (only,) = tracks(session, room())
    assert ids_in(only.script)[-1] == "done-bye"
    assert "done-summary" in ids_in(only.script)
    assert only.after.done == (SetDone(0, 8),)


@pytest.mark.parametrize("talk", [None, *TalkLevel])
def test_nothing_is_asked_and_nothing_is_left_to_the_listener(talk: TalkLevel | None) -> None:
    session = begun(30, talk=talk, rest=300)
    for one in tracks(session, room()):
        asked = [id_ for id_ in ids_in(one.script) if id_.startswith(("ask-", "reprompt-"))]
        assert asked == []
        assert "pacing-rest-freely" not in ids_in(one.script)
        assert not any(isinstance(e, Mark) and e.phase == "ask" for e in one.script)


@pytest.mark.parametrize("rest", [25, 100, 300])
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_between_two_sets_is_the_written_rest(exercise: Exercise, rest: int) -> None:
    session = a_set(exercise.id, rest=rest, reps=exercise.reps.high)
    timeline = lay_out(track(session, room()).script, room().length_of)
    begins = [at for at, mark in timeline.marks if mark.phase == "rest"]
    wanted_s = exercise.rest_s * rest // 100
    assert timeline.total_ms - begins[0] == wanted_s * 1000
    assert timeline.overrun_ms == 0


@pytest.mark.parametrize("talk", [None, *TalkLevel])
@pytest.mark.parametrize("known", [False, True])
def test_between_two_exercises_is_a_minute_at_least(known: bool, talk: TalkLevel | None) -> None:
    session = begun(20, talk=talk)
    session = replace(session, met=tuple(the_catalogue().exercises) if known else ())
    script = tuple(e for one in tracks(session, room()) for e in one.script)
    timeline = lay_out(script, room().length_of)
    ended = [at for at, mark in timeline.marks if mark.phase == "lower"]
    starts = [at for at, mark in timeline.marks if mark.phase == "ready"]
    over = [s.start_ms for s in timeline.spoken if s.line.id == "pacing-exercise-done"]
    assert len(over) == len(session.plan.blocks)
    for end in over[:-1]:
        assert max(at for at in ended if at <= end) <= end
        assert min(at for at in starts if at > end) - end >= BETWEEN_EXERCISES_MS


@given(session=WORKOUTS)
@settings(max_examples=40, deadline=None)
def test_no_cue_comes_sooner_than_in_a_conversation_that_answers_at_once(session: Session) -> None:
    for one in tracks(replace(session, since=0), room())[:3]:
        for leg in one.legs:
            plays = leg.at.phase is Phase.SET or not leg.at.told
            if leg.at.phase in PLAYING and plays and len(leg.script) > 1:
                asked = part_of(leg.at, room()).script
                kept = _without_additions(leg.script, asked)
                shortest = [e.ms if isinstance(e, Pause) else e for e in asked[: len(kept)]]
                assert len(asked) - len(kept) <= 1
                for heard, least in zip(kept, shortest, strict=True):
                    if isinstance(heard, Pause):
                        assert isinstance(least, int)
                        assert heard.ms >= least
                    else:
                        assert heard == least
        silent = sum(e.ms for e in one.script if isinstance(e, Pause | Beat))
        talked = sum(
            e.ms
            for leg in one.legs
            if leg.at.phase is not Phase.DONE and leg.at.phase in (Phase.WARM_UP, Phase.SET)
            for e in part_of(leg.at, room()).script
            if isinstance(e, Pause | Beat)
        )
        assert silent >= talked


def _without_additions(script: Script, asked: Script) -> Script:
    """Return the elements of a script that another one has too, in its order; longer pauses too."""
    kept: list[Element] = []
    for element in script:
        if len(kept) == len(asked):
            break
        wanted = asked[len(kept)]
        if element == wanted or (isinstance(element, Pause) and isinstance(wanted, Pause)):
            kept.append(element)
    return tuple(kept)


def _silence_behind(script: Script, id_: str) -> int:
    """Return how long the pause is that follows a line, 0 where something else does."""
    at = next(n for n, e in enumerate(script) if isinstance(e, Line) and e.id == id_)
    behind = script[at + 1]
    return behind.ms if isinstance(behind, Pause) else 0


def _script(session: Session) -> Script:
    return tuple(element for one in tracks(session, room()) for element in one.script)


def _cooling(*moves: str, block: str = "glute_bridge", **wishes: object) -> Session:
    plan = Plan(blocks=(Block(block, 1, 8),), cool_down=moves)
    return Session(phase=Phase.COOL_DOWN, plan=plan).with_preferences(**wishes)


def test_every_move_that_speaks_of_a_chair_counts_among_those_that_need_one() -> None:
    said = {
        move.id
        for move in the_catalogue().moves.values()
        for n in range(1, move.step_lines + 1)
        if "chair" in the_words().sentence(Line(f"{move.id}-step-{n}"))
    }
    assert said <= {id_ for id_, things in THINGS.items() if "chair" in things}


def test_things_are_of_the_catalogue() -> None:
    catalogue = the_catalogue()
    assert set(THINGS) <= catalogue.moves.keys() | catalogue.exercises.keys()
    assert {item for things in THINGS.values() for item in things} <= set(catalogue.equipment)


@pytest.mark.parametrize("talk", [None, *TalkLevel])
def test_a_whole_workout_begins_with_what_it_needs_and_the_time_to_set_it_out(
    talk: TalkLevel | None,
) -> None:
    brief = talk in (TalkLevel.SHORT, TalkLevel.COUNTS)
    script = track(begun(20, talk=talk), room()).script
    needs, *_ = lines_of(script)
    assert needs.id == "planning-needs"
    assert "a sturdy chair" in the_words().sentence(needs)
    last, wanted = ("planning-needs", 2) if brief else ("stream-set-out", 1)
    assert _silence_behind(script, last) == SET_OUT_MS // wanted
    assert ids_in(_script(begun(20, talk=talk))).count("planning-needs") == 1


def test_a_warm_up_gone_on_with_does_not_name_the_things_again() -> None:
    one = track(begun(20), room())
    moving = next(at for at, m in lay_out(one.script, room().length_of).marks if m.phase == "move")
    here = place_in(one, moving + 12_500, room())
    assert "planning-needs" not in ids_in(track(here, room()).script)
    assert place_in(one, 10_000, room()).seconds == 0


def test_where_one_of_two_things_will_do_both_are_named() -> None:
    plan = Plan(warm_up=("march",), blocks=(Block("step_up", 1, 8),))
    needs, *_ = lines_of(track(Session(phase=Phase.WARM_UP, plan=plan), room()).script)
    said = the_words().sentence(needs)
    assert "a box that cannot move or a bench that cannot move" in said
    assert "a sturdy chair" in said


@pytest.mark.parametrize("move", ["chair_squats", "step_backs", "leg_swings"])
def test_there_is_time_to_fetch_the_chair_before_a_move_is_explained(move: str) -> None:
    plan = Plan(warm_up=("march", move), blocks=(Block("glute_bridge", 1, 8),))
    script = track(Session(phase=Phase.WARM_UP, plan=plan), room()).script
    assert _silence_behind(script, f"{move}-step-1") >= FETCH_MS


def test_on_the_chair_already_nothing_is_fetched() -> None:
    session = _cooling("seated_hamstring_stretch", "seated_breathing")
    assert _silence_behind(track(session, room()).script, "seated_breathing-step-1") < FETCH_MS


def test_from_lying_to_kneeling_the_way_up_is_told_and_there_is_time_for_both() -> None:
    script = track(_cooling("lying_hamstring_stretch", "kneeling_flexor_stretch"), room()).script
    assert _silence_behind(script, "lying_hamstring_stretch-out") == GET_OUT_MS
    assert _silence_behind(script, "kneeling_flexor_stretch-step-1") == CHANGE_POSTURE_MS
    assert _silence_behind(script, "glute_bridge-out") == GET_OUT_MS


def test_help_up_from_lying_is_not_said_again_to_who_goes_on_in_the_midst_of_the_next_move() -> (
    None
):
    session = _cooling("lying_hamstring_stretch", "kneeling_flexor_stretch")
    resumed = replace(session, move=1, seconds=12)
    assert "lying_hamstring_stretch-out" not in ids_in(track(resumed, room()).script)
    again = track(replace(session, move=1), room()).script
    assert "lying_hamstring_stretch-out" in ids_in(again)


@pytest.mark.parametrize("talk", TalkLevel)
def test_however_few_the_words_a_change_of_posture_has_its_time(talk: TalkLevel) -> None:
    moves = ("seated_hamstring_stretch", "standing_flexor_stretch")
    script = track(_cooling(*moves, talk=talk), room()).script
    standing = script[next(n for n, e in enumerate(script) if _second_move(e)) :]
    moving = itertools.takewhile(lambda e: not _is_mark(e, "move"), standing)
    assert max(e.ms for e in moving if isinstance(e, Pause)) == CHANGE_POSTURE_MS


def _is_mark(element: Element, phase: str) -> bool:
    return isinstance(element, Mark) and element.phase == phase


def test_there_is_time_to_fetch_what_an_exercise_needs_and_to_get_down() -> None:
    session = replace(a_set("quadruped_kickback"), phase=Phase.SET_UP, met=())
    script = track(session, room()).script
    assert _silence_behind(script, "quadruped_kickback-needs") == FETCH_MS
    down = next(id_ for id_ in ids_in(script) if id_ == "pacing-get-down")
    assert _silence_behind(script, down) == CHANGE_POSTURE_MS


@pytest.mark.parametrize("talk", TalkLevel)
def test_before_the_floor_it_is_said_once_how_to_stop(talk: TalkLevel) -> None:
    blocks = (Block("standing_kickback", 1, 8), *(Block("glute_bridge", 1, 8),) * 2)
    plan = Plan(blocks=blocks, cool_down=("lying_breathing",))
    said = ids_in(_script(Session(phase=Phase.SET_UP, plan=plan).with_preferences(talk=talk)))
    assert said.count("stream-before-floor") == 1
    named = [n for n, id_ in enumerate(said) if id_ == "pacing-exercise"]
    assert said[named[1] + 1] == "stream-before-floor"


def test_a_cool_down_that_first_goes_to_the_floor_says_how_to_stop_too() -> None:
    session = _cooling("standing_flexor_stretch", "lying_breathing", block="standing_kickback")
    said = ids_in(track(session, room()).script)
    assert said.count("stream-before-floor") == 1
    on_floor = _cooling("standing_flexor_stretch", "lying_breathing")
    assert "stream-before-floor" not in ids_in(track(on_floor, room()).script)


def test_on_a_bed_nobody_is_told_of_the_floor() -> None:
    session = replace(a_set("glute_bridge", place=Place.BED), phase=Phase.SET_UP)
    assert "stream-before-floor" not in ids_in(_script(session))


@pytest.mark.parametrize("talk", [None, *TalkLevel])
def test_before_the_second_set_it_is_said_when_the_number_comes(talk: TalkLevel | None) -> None:
    session = a_set("glute_bridge", sets=3, talk=talk)
    told = [ids_in(one.script).count("stream-number-at-top") for one in tracks(session, room())]
    assert told[:3] == [0, int(talk is not TalkLevel.COUNTS), 0]


def test_there_is_time_to_get_into_position_before_the_movement_is_explained() -> None:
    session = replace(a_set("hip_thrust"), phase=Phase.SET_UP, met=())
    set_up, wait, *_ = track(session, room()).legs
    exercise = the_catalogue().exercises["hip_thrust"]
    pauses = [e.ms for e in (*set_up.script, *wait.script) if isinstance(e, Pause)]
    assert sum(pauses) >= exercise.set_up_s * 1000
    assert wait.at.told


def test_between_the_movement_explained_and_the_first_set_is_a_moment_to_get_ready() -> None:
    session = replace(a_set("hip_thrust"), phase=Phase.TEACHING, met=())
    teaching, wait, first_set = track(session, room()).legs
    assert teaching.at.phase is Phase.TEACHING
    assert wait.script == (Pause(SAME_PLACE_MS),)
    assert first_set.at.phase is Phase.SET


def test_both_legs_are_in_the_track_of_a_set() -> None:
    script = track(a_set("standing_kickback", reps=10), room()).script
    kickback = the_catalogue().exercises["standing_kickback"]
    assert reps_in(script) == [(side, rep) for side in kickback.sides for rep in range(1, 11)]


def test_a_set_too_long_for_one_turn_is_one_track_all_the_same() -> None:
    session = a_set("step_up", reps=30, pace=160)
    one = track(session, room())
    step_up = the_catalogue().exercises["step_up"]
    assert len(one.legs) > 2
    assert reps_in(one.script) == [(side, rep) for side in step_up.sides for rep in range(1, 31)]
    assert one.after.done == (SetDone(0, 30),)


@cache
def played_tracks() -> tuple[Track, ...]:
    """Return tracks of every kind: short and long, one leg and two, explained and not."""
    long = a_set("step_up", reps=30, pace=160, rest=300)
    resting = replace(a_set("glute_bridge", sets=3), phase=Phase.REST, told=True, seconds=48)
    alone = Plan(blocks=(Block("glute_bridge", 1, 3),))
    workouts = (begun(20), begun(10, place=Place.STANDING), long, resting, a_set("hip_thrust"))
    last = replace(a_set("glute_bridge"), plan=alone)
    return tuple(one for session in (*workouts, last) for one in tracks(session, room()))


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_any_moment_of_any_track_is_a_place_from_which_a_conversation_goes_on(
    data: st.DataObject,
) -> None:
    one = data.draw(st.sampled_from(played_tracks()))
    offset = data.draw(st.integers(-1_000, length_ms(one.script, room().length_of) + 1_000))
    here = place_in(one, offset, room())
    check(here)
    assert here.phase in IN_WORKOUT | {Phase.DONE}
    if here.phase is not Phase.DONE:
        going_on = advance(here) if here.told else here
        assert going_on.phase in IN_WORKOUT | {Phase.DONE}


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_later_in_a_track_is_never_an_earlier_place(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(played_tracks()))
    total = length_ms(one.script, room().length_of)
    offsets = sorted(data.draw(st.lists(st.integers(0, total), min_size=2, max_size=40)))
    places = [place_in(one, at, room()) for at in offsets]
    for earlier, later in itertools.pairwise(places):
        assert key(earlier) <= key(later)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_going_on_from_a_place_in_a_set_begins_at_that_rep_and_loses_none(
    data: st.DataObject,
) -> None:
    one = data.draw(st.sampled_from([one for one in played_tracks() if reps_in(one.script)]))
    marks = lay_out(one.script, room().length_of).marks
    later_reps = [
        (at, mark) for at, mark in marks if mark.phase in ("lift", "hold") and mark.rep > 1
    ]
    at, mark = data.draw(st.sampled_from(later_reps))
    here = place_in(one, at + data.draw(st.integers(0, 700)), room())
    assert (here.phase, here.rep) == (Phase.SET, mark.rep)
    resumed = track(here, room())
    side = the_catalogue().exercises[here.now.exercise].sides[here.side]
    assert reps_in(resumed.script)[0] == (side, here.rep)
    assert reps_in(resumed.script) == reps_in(one.script)[-len(reps_in(resumed.script)) :]
    assert resumed.after.done == one.after.done


@pytest.mark.parametrize("rep", range(1, 9))
def test_a_rep_is_done_once_its_way_down_has_begun(rep: int) -> None:
    one = track(a_set("glute_bridge"), room())
    marks = {
        mark.phase: at
        for at, mark in lay_out(one.script, room().length_of).marks
        if mark.rep == rep and mark.phase in ("lift", "lower")
    }
    assert place_in(one, marks["lower"] - 1, room()).rep == rep
    after = place_in(one, marks["lower"], room())
    assert after.rep == rep + 1 if rep < 8 else after.phase is Phase.REST


def test_what_is_left_of_a_rest_is_rested_before_the_next_set() -> None:
    session = a_set("glute_bridge", sets=3)
    one = track(session, room())
    total = length_ms(one.script, room().length_of)
    here = place_in(one, total - 40_000, room())
    assert (here.phase, here.set, here.seconds) == (Phase.REST, 1, 40)
    resumed = track(here, room())
    assert length_ms(resumed.legs[0].script, room().length_of) == 40_000
    assert resumed.legs[1].at.set == 2
    again = place_in(resumed, 15_000, room())
    assert (again.phase, again.seconds) == (Phase.REST, 25)


@pytest.mark.parametrize("seconds", [0, 4])
def test_a_rest_that_is_all_but_over_is_over(seconds: int) -> None:
    resting = replace(a_set("glute_bridge"), phase=Phase.REST, told=True, seconds=seconds)
    assert track(resting, room()).legs[0].at.phase is Phase.SET


def test_a_pause_in_a_rest_keeps_what_is_left_of_it() -> None:
    resting = replace(a_set("glute_bridge"), phase=Phase.REST, told=True, seconds=40)
    paused = resting.at(Phase.PAUSED, returns_to=Phase.REST)
    assert track(paused, room()).script == track(resting, room()).script


def test_a_move_goes_on_for_the_seconds_that_are_left_of_it() -> None:
    one = track(begun(20), room())
    marks = lay_out(one.script, room().length_of).marks
    moving = next(at for at, mark in marks if mark.phase == "move")
    here = place_in(one, moving + 12_500, room())
    assert (here.phase, here.move, here.seconds) == (Phase.WARM_UP, 0, 12)
    whole, rest = (
        sum(
            e.ms
            for e in itertools.takewhile(lambda e: not _second_move(e), each.script)
            if isinstance(e, Beat)
        )
        for each in (one, track(here, room()))
    )
    assert whole - rest == 12_000


def _second_move(element: Element) -> bool:
    return isinstance(element, Mark) and element.block == 1


def test_a_warm_up_on_the_floor_says_how_to_pause_though_the_floor_comes_back_later() -> None:
    plan = Plan(warm_up=("kneeling_flexor_stretch",), blocks=(Block("glute_bridge", 1, 1),))
    script = track(Session(phase=Phase.WARM_UP, plan=plan), room()).script
    assert "stream-before-floor" in [each.id for each in script if isinstance(each, Line)]


def test_in_the_goodbye_the_workout_is_over() -> None:
    last = tracks(begun(10), room())[-1]
    total = length_ms(last.script, room().length_of)
    goodbye = length_ms(last.legs[-1].script, room().length_of)
    assert place_in(last, total - goodbye, room()).phase is Phase.DONE
    assert place_in(last, total - goodbye - 1, room()).phase is Phase.COOL_DOWN


def test_a_slower_voice_is_followed_by_its_own_lengths() -> None:
    one = track(a_set("glute_bridge"), room())

    def slow(line: Line) -> int:
        return 2_000 + room().length_of(line)

    at = next(at for at, mark in lay_out(one.script, slow).marks if mark.rep == 5)
    assert place_in(one, at, room(), slow).rep == 5
    assert place_in(one, at, room()).rep != 5


@given(session=WORKOUTS)
@settings(max_examples=120, deadline=None)
def test_what_a_track_depends_on_is_all_that_is_kept_and_it_sounds_the_same(
    session: Session,
) -> None:
    session = replace(session, since=0)
    bare = alike(session)
    assert track(bare, room()).script == track(session, room()).script
    assert alike(bare) == bare
    assert from_plain(to_plain(bare)) == bare
    assert len(str(to_plain(bare))) <= len(str(to_plain(session)))


PARTS = WORKOUTS.filter(
    lambda session: session.phase in PLAYING and (session.phase is Phase.SET or not session.told)
)


@given(session=PARTS)
@settings(max_examples=80, deadline=None)
def test_what_one_turn_of_a_conversation_plays_is_kept_too(session: Session) -> None:
    session = replace(session, since=0)
    assert part_of(alike(session), room()).script == part_of(session, room()).script


def test_listeners_with_other_histories_and_plans_share_the_track_of_a_set() -> None:
    one = a_set("glute_bridge", sets=3)
    other = replace(
        one,
        plan=Plan(blocks=(Block("step_up", 2, 15), *one.plan.blocks), minutes=20),
        block=1,
        met=("glute_bridge", "step_up", "march"),
        done=(SetDone(0, 15), SetDone(0, 15)),
        lately=("step_up",),
        started=5,
    )
    assert alike(one) == alike(other)
    assert alike(one) != alike(replace(one, set=2))


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.SAFETY])
def test_outside_a_workout_there_is_nothing_to_play(phase: Phase) -> None:
    with pytest.raises(NothingToPlay):
        track(Session(phase=phase), room())
    with pytest.raises(NothingToPlay):
        alike(Session(phase=phase))
