"""Warm-up and cool-down as scripts: timed moves with cues, as many as fit in one turn."""

from __future__ import annotations

from skill.coach.course import after_moves, with_met
from skill.coach.exercise import Move, Posture, Side
from skill.coach.part import BUDGET_MS, CLOSING_MS, Part, Room, measured, talk_level
from skill.coach.reply import Beat, Element, Line, Mark, Pause, Script, line, name_of
from skill.coach.session import Phase, Session, TalkLevel
from skill.coach.timeline import length_ms

SETTLE_MS = 2_500
"""Between the words of a standing move and its start."""

GET_THERE_MS = 12_000
"""To get down, or to kneel, for a move in another position than the one before."""

CHANGE_LEG_MS = 8_000

APART_S = 8
"""Calls closer together than this would fall over each other."""


def moves_part(session: Session, room: Room) -> Part:
    """Return the moves from the session's move and side on, as many as fit in one turn."""
    warming = session.phase is Phase.WARM_UP
    ids = session.plan.warm_up if warming else session.plan.cool_down
    script: list[Element] = [*_opening(session)]
    used = length_ms(script, room.length_of)
    for index in range(session.move, len(ids)):
        move = room.catalogue.moves[ids[index]]
        here = _move(session, move, index)
        ms = length_ms(here, room.length_of)
        if index > session.move and used + ms > BUDGET_MS - CLOSING_MS:
            met = with_met(session.met, *ids[session.move : index])
            after = session.at(session.phase, move=index, side=0, seconds=0, met=met)
            return measured(tuple(script), after, room)
        script += here
        used += ms
    met = with_met(session.met, *ids[session.move :])
    if warming:
        script.append(line("pacing-warm-up-done", session.said))
    elif room.catalogue.moves[ids[-1]].posture not in (Posture.STANDING, Posture.SEATED):
        script.append(line(f"{ids[-1]}-out"))
    return measured(tuple(script), after_moves(session.at(session.phase, met=met)), room)


def move_seconds(session: Session, move: Move) -> int:
    """Return how long one side of a move lasts in this workout, in seconds."""
    return max(15, move.seconds * session.plan.moves_percent // 100)


def _opening(session: Session) -> Script:
    if session.seconds:
        return (line("pacing-move-pick-up", session.said),)
    if session.move or session.side:
        return ()
    if session.phase is Phase.WARM_UP:
        return (line("pacing-warm-up-start", session.said),)
    last = session.plan.blocks[-1].exercise if session.plan.blocks else None
    out = () if last is None else (line(f"{last}-out"), Pause(5_000))
    return (*out, line("pacing-cool-down-start", session.said))


def _move(session: Session, move: Move, index: int) -> Script:
    """Return one move with all its sides that are still to do."""
    resumed = index == session.move
    first = session.side if resumed else 0
    script: list[Element] = []
    for side in range(first, len(move.sides)):
        done_s = session.seconds if resumed and side == first else 0
        script += _introduction(session, move, index, side)
        script += _timed(session, move, index, side, done_s)
    return tuple(script)


def _introduction(session: Session, move: Move, index: int, side: int) -> Script:
    leg = move.sides[side]
    mark = Mark("set_up", index, 1, leg)
    if side:
        return (mark, line(f"pacing-change-{leg}", session.said + index), Pause(CHANGE_LEG_MS))
    words: list[Element] = [mark]
    first = not index and session.phase is Phase.WARM_UP
    phrase = "pacing-first-move" if first else "pacing-move"
    words.append(line(phrase, session.said + index, move=name_of(move.id)))
    if talk_level(session, move.id) is TalkLevel.FULL:
        for step in range(1, move.step_lines + 1):
            words += [line(f"{move.id}-step-{step}"), Pause(700)]
    if leg is not Side.BOTH:
        words.append(line(f"pacing-side-{leg}", session.said))
    there = move.posture in (Posture.STANDING, Posture.SEATED)
    return (*words, Pause(SETTLE_MS if there else GET_THERE_MS))


def _timed(session: Session, move: Move, index: int, side: int, done_s: int) -> Script:
    """Return the time of the move itself, with its cues and the last ten seconds called out."""
    total = max(10, move_seconds(session, move) - done_s)
    variant = session.said + index
    calls: list[tuple[int, Line]] = [(0, line("pacing-go", variant))]
    if talk_level(session, move.id) is not TalkLevel.COUNTS:
        wanted = [
            (total * n // (move.cue_lines + 1), line(f"{move.id}-cue-{n}", session.said))
            for n in range(1, move.cue_lines + 1)
        ]
        if total >= 25:
            wanted.append((total - 10, line("pacing-ten-left", variant)))
        for at, said in wanted:
            if at - calls[-1][0] >= APART_S and (total - at >= APART_S):
                calls.append((at, said))
    ends = [at for at, _ in calls[1:]] + [total]
    beats = [Beat((end - at) * 1000, said) for (at, said), end in zip(calls, ends, strict=True)]
    return (
        Mark("move", index, 1, move.sides[side]),
        *beats,
        line("pacing-move-over", variant),
        Pause(1_500),
    )
