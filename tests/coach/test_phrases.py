"""What is heard more than once in a workout has three ways of being said, and each works."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

from fluent.syntax import FluentParser, ast

from skill.alexa.intents import ANSWERS
from skill.catalogue.load import load_words
from skill.coach.exercise import Level
from skill.coach.reply import Line
from skill.coach.session import Place, Preferences, Session, TalkLevel
from tests.coach.listener import Listener, lines_of, the_catalogue, the_words

ALWAYS_THE_SAME = {
    "pacing-count": "a number is a number",
    "pacing-set-short": "who wants only counts wants no variety",
}
"""Phrases without variants though they come up again, and why."""


@cache
def workouts() -> tuple[Listener, ...]:
    """Return listeners who did whole workouts of every kind, new to it and not."""
    catalogue = the_catalogue()
    known = (*catalogue.exercises, *catalogue.moves)
    done: list[Listener] = []
    for place in Place:
        for talk in (None, *TalkLevel):
            for met in ((), known):
                wishes = Preferences(
                    place=place, talk=talk, level=Level.ADVANCED, equipment=catalogue.equipment
                )
                listener = Listener(Session(cleared=True, preferences=wishes, met=met))
                listener.say("StartWorkoutIntent", minutes=30)
                while listener.reply.listens:
                    assert len(listener.heard) < 60, "the workout does not end"
                    listener.hear_out().say("ReadyIntent")
                done.append(listener)
    return tuple(done)


@cache
def lines_of_random_talk() -> frozenset[Line]:
    """Return everything said in walks through all intents at random, from one fixed start."""
    chance = random.Random(7)  # noqa: S311 - the same walks every time, no secret
    catalogue = the_catalogue()
    heard: set[Line] = set()
    exercises = list(catalogue.exercises)
    intents = sorted(ANSWERS)
    for _ in range(40):
        listener = Listener()
        listener.launch()
        for _ in range(50):
            intent = chance.choice([*intents, *["ReadyIntent"] * 12])
            listener.say(
                intent,
                exercise=chance.choice(exercises),
                place="floor",
                pace="slower",
                talk_level="full",
                counting="down",
                equipment="box",
                topic="why",
            )
            shown = listener.reply.card
            heard |= {*lines_of(listener.reply.script), *listener.reply.reprompt}
            heard |= {shown.title, *shown.lines} if shown else set()
            listener.wait(chance.choice([0, 5_000, 60_000, 10**6]))
    return frozenset(heard)


def test_what_is_said_more_than_once_in_a_workout_has_three_ways_of_being_said() -> None:
    repeated: set[str] = set()
    for listener in workouts():
        told = Counter(line.id for reply in listener.heard for line in lines_of(reply.script))
        repeated |= {phrase for phrase, times in told.items() if times > 1}
    poor = {phrase for phrase in repeated if variants()[phrase] < 3}
    assert poor == set(ALWAYS_THE_SAME)


@cache
def variants() -> dict[str, int]:
    """Return how many ways of saying there are of every phrase."""
    return {
        entry.id.name: 1 + len(entry.attributes)
        for entry in FluentParser().parse(load_words("en")).body
        if isinstance(entry, ast.Message)
    }


def test_every_way_of_saying_everything_can_be_spoken_with_the_values_it_is_given() -> None:
    said = {line for listener in workouts() for r in listener.heard for line in lines_of(r.script)}
    lines = said | lines_of_random_talk()
    assert len({line.id for line in lines}) > 300
    for line in lines:
        for variant in range(variants()[line.id]):
            spoken = the_words().sentence(Line(line.id, line.values, variant))
            assert spoken
            assert "{" not in spoken


def test_repeated_lines_take_turns_with_their_variants() -> None:
    listener = workouts()[0]
    used = {
        line.variant % 3
        for reply in listener.heard
        for line in lines_of(reply.script)
        if line.id == "pacing-move"
    }
    assert used == {0, 1, 2}
