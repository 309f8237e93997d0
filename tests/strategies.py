"""Hypothesis strategies shared by tests: what may be said, remembered and asked of the coach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from skill.alexa.intents import ANSWERS
from skill.coach.exercise import Block, Catalogue, Level, Plan
from skill.coach.session import (
    IN_BLOCK,
    IN_WORKOUT,
    MOST_BLOCKS,
    MOST_MOVES,
    MOST_REPS,
    MOST_SAID,
    MOST_SETS,
    PLAYING,
    Counting,
    Felt,
    Phase,
    Place,
    Preferences,
    Session,
    SetDone,
    TalkLevel,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)
"""Anything that JSON can carry, NaN and Infinity included."""


def preferences(catalogue: Catalogue) -> st.SearchStrategy[Preferences]:
    """Every way of being coached."""
    equipment = st.sets(st.sampled_from(catalogue.equipment)).map(lambda s: tuple(sorted(s)))
    return st.builds(
        Preferences,
        talk=st.none() | st.sampled_from(TalkLevel),
        counting=st.sampled_from(Counting),
        pace=st.integers(75, 160),
        rest=st.integers(25, 300),
        place=st.none() | st.sampled_from(Place),
        equipment=st.none() | equipment,
        level=st.none() | st.sampled_from(Level),
    )


def plans(catalogue: Catalogue) -> st.SearchStrategy[Plan]:
    """Every plan of known exercises and moves, with at least one of each."""
    exercises, moves = st.sampled_from(list(catalogue.exercises)), list(catalogue.moves)
    some_moves = st.lists(st.sampled_from(moves), min_size=1, max_size=MOST_MOVES).map(tuple)
    block = st.builds(
        Block, exercises, sets=st.integers(1, MOST_SETS), reps=st.integers(1, MOST_REPS)
    )
    return st.builds(
        Plan,
        warm_up=some_moves,
        blocks=st.lists(block, min_size=1, max_size=MOST_BLOCKS).map(tuple),
        cool_down=some_moves,
        moves_percent=st.integers(25, 200),
        minutes=st.integers(0, 120),
    )


@st.composite
def sessions(
    draw: st.DrawFn, catalogue: Catalogue, phases: Collection[Phase] = tuple(Phase)
) -> Session:
    """Any session a conversation could lead to, extreme values included, in one of ``phases``."""
    plan = draw(plans(catalogue))
    phase = draw(st.sampled_from([each for each in Phase if each in phases]))
    front = phase in (Phase.PAUSED, Phase.HOW_TO)
    back: Phase | None = None
    if front:
        choices = st.sampled_from(sorted(IN_WORKOUT))
        back = draw(choices if phase is Phase.PAUSED else st.none() | choices)
    block = draw(st.integers(0, len(plan.blocks) - 1))
    if Phase.REST in (phase, back):
        plan = _with_two_sets(plan, block)
    now, exercise = plan.blocks[block], catalogue.exercises[plan.blocks[block].exercise]
    place: dict[str, Any] = {
        "block": block,
        "set": draw(st.integers(1, now.sets)),
        "side": draw(st.integers(0, len(exercise.sides) - 1)),
        "rep": draw(st.integers(1, now.reps)),
    }
    within = back if front else phase
    if within is Phase.REST:
        place["set"] = draw(st.integers(1, now.sets - 1))
    if within in (Phase.WARM_UP, Phase.COOL_DOWN):
        ids = plan.warm_up if within is Phase.WARM_UP else plan.cool_down
        move = draw(st.integers(0, len(ids) - 1))
        sides = len(catalogue.moves[ids[move]].sides)
        place |= {"move": move, "side": draw(st.integers(0, sides - 1))}
        place["seconds"] = draw(st.integers(0, 600))
    exercises, everything = list(catalogue.exercises), [*catalogue.exercises, *catalogue.moves]
    felt = st.dictionaries(st.integers(0, len(plan.blocks) - 1), st.sampled_from(Felt))
    return Session(
        phase=phase,
        returns_to=back,
        told=draw(st.booleans()),
        since=draw(st.integers(0, 2**52)) if phase in PLAYING else 0,
        said=draw(st.integers(0, MOST_SAID - 1)),
        plan=plan,
        first_side_reps=draw(st.integers(0, MOST_REPS)),
        done=draw(_sets_done(plan, block, place["set"], within)),
        felt=tuple(draw(felt).items()),
        how_to=draw(st.sampled_from(exercises)) if phase is Phase.HOW_TO else "",
        how_step=draw(st.integers(0, 60)) if phase is Phase.HOW_TO else 0,
        met=tuple(draw(st.lists(st.sampled_from(everything), max_size=40, unique=True))),
        lately=tuple(draw(st.lists(st.sampled_from(exercises), max_size=8, unique=True))),
        cleared=draw(st.booleans()),
        welcomed_back=phase is Phase.PAUSED and draw(st.booleans()),
        preferences=draw(preferences(catalogue)),
        **place,
    )


@st.composite
def _sets_done(
    draw: st.DrawFn, plan: Plan, block: int, set_: int, phase: Phase | None
) -> tuple[SetDone, ...]:
    """Some or all sets of earlier blocks, and those of this block before the one going on."""
    over = phase in (Phase.REST, Phase.FEEDBACK)
    most = [each.sets for each in plan.blocks]
    if phase in IN_BLOCK:
        most = [*most[:block], set_ if over else set_ - 1]
    return tuple(
        SetDone(index, draw(st.integers(0, plan.blocks[index].reps)))
        for index, sets in enumerate(most)
        for _ in range(draw(st.integers(0, sets)))
    )


def _with_two_sets(plan: Plan, at: int) -> Plan:
    """Nobody rests after the last set, so a rest needs a block of two or more."""
    blocks = list(plan.blocks)
    blocks[at] = replace(blocks[at], sets=max(2, blocks[at].sets))
    return replace(plan, blocks=tuple(blocks))


@st.composite
def utterances(
    draw: st.DrawFn, catalogue: Catalogue
) -> tuple[str, dict[str, str | int | tuple[str, ...]]]:
    """Any intent of the table, with slots that are known, unknown, several or not there."""
    intent = draw(st.sampled_from(sorted(ANSWERS)))
    ids: dict[str, list[str]] = {
        "exercise": list(catalogue.exercises),
        "equipment": [*catalogue.equipment, "none"],
        "equipment_b": [*catalogue.equipment, "none"],
        "equipment_c": [*catalogue.equipment, "none"],
        "place": [p.value for p in Place],
        "level": [v.value for v in Level],
        "talk_level": [v.value for v in TalkLevel],
        "counting": [v.value for v in Counting],
        "pace": ["slower", "faster", "normal"],
        "body_part": ["back", "knee", "chest", "hip", "arm"],
        "quality": ["sharp"],
        "topic": [*catalogue.topics, *catalogue.muscles],
    }
    said: dict[str, str | int | tuple[str, ...]] = {}
    value: str | int | tuple[str, ...] | None
    for name in _SLOTS.get(intent, ()):
        if name in ids:
            known = st.sampled_from([*ids[name], "nobody_knows_it"])
            several = st.lists(known, max_size=3).map(tuple)
            value = draw(st.none() | known | known | several)
        else:
            value = draw(st.none() | st.integers(0, 999) | st.integers(1, 30))
        if value is not None:
            said[name] = value
    return intent, said


_ABOUT = ("exercise",)
_SLOTS: dict[str, tuple[str, ...]] = {
    "StartWorkoutIntent": ("minutes", "equipment", "place", "level"),
    "StartExerciseIntent": ("exercise", "sets", "reps"),
    "WhatIHaveIntent": ("equipment", "equipment_b", "equipment_c"),
    "PlaceIntent": ("place",),
    "NumberIntent": ("number",),
    "TalkLevelIntent": ("talk_level",),
    "CountingIntent": ("counting",),
    "PaceIntent": ("pace",),
    "EasierIntent": _ABOUT,
    "HarderIntent": _ABOUT,
    "PainIntent": ("body_part", "quality"),
    "HowToIntent": _ABOUT,
    "ListExercisesIntent": ("equipment", "level", "place"),
    "WhatDoINeedIntent": _ABOUT,
    "MusclesIntent": _ABOUT,
    "TipIntent": _ABOUT,
    "FaultsIntent": _ABOUT,
    "BreathingIntent": _ABOUT,
    "SelfCheckIntent": _ABOUT,
    "WhyIntent": _ABOUT,
    "ExplainIntent": ("topic",),
}
