"""Reads the facts of exercises, moves, equipment and knowledge from the text of their files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from skill.catalogue.entry import Entry, read_yaml
from skill.coach.exercise import Catalogue, Exercise, Kind, Level, Move, Posture

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EQUIPMENT, KNOWLEDGE, EXERCISES = "equipment.yaml", "knowledge.yaml", "exercises.yaml"
MOVES = {"warm_up.yaml": Kind.WARM_UP, "cool_down.yaml": Kind.COOL_DOWN}
FILES = (EQUIPMENT, KNOWLEDGE, EXERCISES, *MOVES)
"""The files whose text ``read_facts`` wants."""

ID = re.compile(r"[a-z]+(_[a-z]+)*")


def read_facts(texts: Mapping[str, str]) -> tuple[Catalogue, list[str]]:
    """Return the catalogue and the faults found; with faults the catalogue must not be used."""
    faults: list[str] = []
    data = {file: read_yaml(file, texts[file], faults) for file in FILES}
    _check_ids(data, faults)
    implied = _read_implied(data[EQUIPMENT], faults)
    knowledge = Entry(KNOWLEDGE, data[KNOWLEDGE], faults)
    muscles = _read_ids(knowledge, "muscles")
    topics = _read_ids(knowledge, "topics")
    knowledge.finish()
    exercises = {
        id_: _read_exercise(Entry(f"{EXERCISES}: {id_}", raw, faults), id_, implied, muscles)
        for id_, raw in data[EXERCISES].items()
    }
    _check_ladders(exercises, faults)
    moves = {
        id_: _read_move(Entry(f"{file}: {id_}", raw, faults), id_, kind)
        for file, kind in MOVES.items()
        for id_, raw in data[file].items()
    }
    stands_in = {id_: others for id_, others in implied.items() if others}
    catalogue = Catalogue(exercises, moves, tuple(implied), stands_in, muscles, topics)
    return catalogue, faults


def _check_ids(data: Mapping[str, Mapping[str, Any]], faults: list[str]) -> None:
    """An id names one thing in one file, since the words of all are in one place."""
    owner: dict[str, str] = {}
    for file in (EXERCISES, *MOVES):
        if not data[file]:
            faults.append(f"{file}: is empty")
        for id_ in data[file]:
            if id_ in owner:
                faults.append(f"{file}: {id_}: is in {owner[id_]} too")
            owner[id_] = file
    for file in (EQUIPMENT, EXERCISES, *MOVES):
        faults += [
            f"{file}: {id_}: an id is lower-case words joined by underscores"
            for id_ in data[file]
            if not ID.fullmatch(id_)
        ]


def _read_ids(entry: Entry, key: str) -> tuple[str, ...]:
    value = entry.value(key)
    known = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    for id_ in known:
        if not ID.fullmatch(id_):
            entry.fault(f"{key} has {id_!r}; an id is lower-case words joined by underscores")
    return entry.names(key, known)


def _read_implied(raw: Mapping[str, Any], faults: list[str]) -> dict[str, tuple[str, ...]]:
    implied: dict[str, tuple[str, ...]] = {}
    for id_, value in raw.items():
        entry = Entry(f"{EQUIPMENT}: {id_}", value, faults)
        others = entry.names("stands_in_for", raw.keys()) if value else ()
        entry.finish()
        implied[id_] = others
        if id_ in others:
            entry.fault("stands in for itself")
    return implied


def _read_exercise(
    entry: Entry, id_: str, equipment: Collection[str], muscles: Collection[str]
) -> Exercise:
    exercise = Exercise(
        id=id_,
        level=entry.choice("level", Level),
        posture=entry.choice("posture", Posture),
        needs=entry.alternatives("needs", equipment),
        optional=entry.names("optional", equipment),
        sets=entry.span("sets", 5),
        reps=entry.span("reps", 30),
        one_sided=entry.flag("one_sided"),
        tempo=entry.tempo("tempo"),
        rest_s=entry.whole("rest_s", 15, 300),
        set_up_s=entry.whole("set_up_s", 5, 120),
        easier=_neighbour(entry, "easier"),
        harder=_neighbour(entry, "harder"),
        muscles=entry.names("muscles", muscles),
        position_lines=entry.whole("position_lines", 1, 8),
        step_lines=entry.whole("step_lines", 1, 8),
        bed_lines=entry.whole("bed_lines", 0, 8),
        tip_lines=entry.whole("tip_lines", 2, 8),
        fault_lines=entry.whole("fault_lines", 1, 8),
        safety=entry.flag("safety"),
    )
    entry.finish()
    if not exercise.muscles:
        entry.fault("muscles is empty")
    needed = {item for choice in exercise.needs for item in choice}
    for item in sorted(needed & set(exercise.optional)):
        entry.fault(f"{item!r} is both needed and optional")
    return exercise


def _neighbour(entry: Entry, key: str) -> str | None:
    value = entry.value(key)
    if value is None or isinstance(value, str):
        return value
    entry.wrong(key, "an exercise id or null")
    return None


def _read_move(entry: Entry, id_: str, kind: Kind) -> Move:
    move = Move(
        id=id_,
        kind=kind,
        posture=entry.choice("posture", Posture),
        seconds=entry.whole("seconds", 15, 120),
        one_sided=entry.flag("one_sided"),
        step_lines=entry.whole("step_lines", 1, 8),
        cue_lines=entry.whole("cue_lines", 1, 8),
        bed_or_chair=entry.flag("bed_or_chair"),
    )
    entry.finish()
    return move


def _check_ladders(exercises: Mapping[str, Exercise], faults: list[str]) -> None:
    """Every step up must have the same step down, be no easier, and never come round again."""
    levels = list(Level)
    for id_, exercise in exercises.items():
        where = f"{EXERCISES}: {id_}"
        for way, back in (("easier", "harder"), ("harder", "easier")):
            other = getattr(exercise, way)
            if other is None:
                continue
            if other not in exercises:
                faults.append(f"{where}: {way} has an unknown {other!r}")
            elif getattr(exercises[other], back) != id_:
                faults.append(f"{where}: {way} is {other!r}, which does not point back")
        harder = exercises.get(exercise.harder or "")
        if harder and levels.index(harder.level) < levels.index(exercise.level):
            faults.append(f"{where}: harder is {harder.id!r}, which is of a lower level")
        if _comes_round(exercises, id_):
            faults.append(f"{where}: the ladder of harder exercises loops")


def _comes_round(exercises: Mapping[str, Exercise], start: str) -> bool:
    """Say whether climbing from ``start`` leads back to it."""
    at = exercises[start].harder
    for _ in exercises:
        if at is None or at == start or at not in exercises:
            break
        at = exercises[at].harder
    return at == start
