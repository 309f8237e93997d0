"""Which screen belongs to a reply, and what is on it; the documents draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from skill.coach.course import back_to_workout
from skill.coach.history import Week
from skill.coach.replace import replace
from skill.coach.reply import Line, Reply, line, names_of
from skill.coach.session import IN_BLOCK, Phase, Session
from skill.coach.teaching import how_to_lines
from skill.coach.timeline import LengthOf, lay_out, length_ms
from skill.coach.whereabouts import not_begun
from skill.render.figure_graphic import Drawing
from skill.render.scene import Scenes
from skill.render.stretches import Stretch, Stretches, last_line

FIRST_FIGURE = "glute_bridge"
"""What is drawn where no exercise is meant."""

SHORTEST_MS = 1
_UNTIL_THE_NEXT_MS = 3_600_000
"""Without a sound, things stay as they are until somebody says something."""

_SUMMARIES = ("done-summary", "done-short")


class Chip(NamedTuple):
    """Something to touch, with the words that would do the same."""

    text: str
    arguments: tuple[object, ...]
    """What the device sends when it is touched."""


@dataclass(frozen=True)
class Chips:
    """What can be said or touched: while the coach speaks, and once it has asked."""

    speaking: tuple[Chip, ...] = ()
    asked: tuple[Chip, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a list, which can be touched where it has arguments."""

    text: str
    detail: str = ""
    figure: str = ""
    arguments: tuple[object, ...] = ()
    spoken: str = ""
    """What says the same as touching it; empty: the text."""


@dataclass(frozen=True)
class Screen:
    """What is on a screen."""

    document: str
    """``welcome``, ``plan``, ``steps``, ``moving``, ``waiting``, ``exercises``, ``progress`` or
    ``finished``."""

    stretches: tuple[Stretch, ...]
    """One at least."""

    asks_ms: int = 0
    """When the question comes, from the start of the sound."""

    moves: bool = False
    """Whether anything on it changes with time."""

    rows: tuple[Row, ...] = ()
    chips: Chips = field(default_factory=Chips)
    week: Week | None = None


@dataclass(frozen=True)
class Screens:
    """Makes screens of replies."""

    scenes: Scenes
    drawings: Mapping[str, Drawing]
    """Of every figure, by its id."""

    def of(self, reply: Reply, length_of: LengthOf, chips: Chips) -> Screen:
        """Return the screen of a reply, whose lines take as long as ``length_of`` tells."""
        if reply.part is not None:
            return replace(self._playing(reply, length_of), chips=chips)
        document = self._document(reply)
        rows = self._rows(document, reply)
        shown = self._asking(document, reply)
        moves = bool(shown.way_ms)
        return Screen(document, (shown,), moves=moves, rows=rows, chips=chips, week=reply.week)

    @property
    def _stretches(self) -> Stretches:
        return Stretches(self.scenes.words, self.drawings)

    def _document(self, reply: Reply) -> str:
        if reply.week is not None:
            return "progress"
        if reply.choice:
            return "exercises"
        session = reply.session
        if session.phase in (Phase.IDLE, Phase.SAFETY):
            return "welcome"
        if session.phase is Phase.WARM_UP and not_begun(session):
            return "plan"
        return {Phase.HOW_TO: "steps", Phase.DONE: "finished"}.get(session.phase, "waiting")

    def _playing(self, reply: Reply, length_of: LengthOf) -> Screen:
        part = reply.part
        assert part is not None, "asked only of what plays"  # noqa: S101 - for the type checker
        timeline = lay_out(reply.script, length_of)
        over_ms = length_ms(reply.script[: part.stop], length_of)
        scene = self.scenes.of(part.session)
        asks_ms = next((at for at, mark in timeline.marks if mark.phase == "ask"), over_ms)
        question = self._question(reply)
        if part.session.phase in (Phase.SET_UP, Phase.TEACHING):
            document = "steps"
            note = self._say("screen-block", block=scene.block, blocks=scene.blocks)
            found = self._stretches.steps(scene, timeline.spoken, asks_ms, note)
            asked = Stretch(
                asks_ms, timeline.total_ms, scene.title, scene.figure, note, cue=question
            )
        else:
            document = "moving"
            moments = self.scenes.moments_in(part.session, timeline)
            found = self._stretches.working(scene, moments, question)
            asked = self._finished(reply, over_ms, timeline.total_ms)
        if document == "steps" or not reply.listens:
            found = (*(_cut(each, asked.at) for each in found if each.at < asked.at), asked)
        found = _up_to_the_end(found or (asked,), timeline.total_ms)
        return Screen(document, found, asks_ms, moves=True)

    def _finished(self, reply: Reply, over_ms: int, total_ms: int) -> Stretch:
        """Return the last stretch of a workout: its summary, while goodbye is said."""
        said = [each for each in reply.script if isinstance(each, Line)]
        summary = next(
            (each for each in said if each.id.startswith(("done-summary", "done-short"))), None
        )
        cue = self.scenes.words.sentence(summary) if summary is not None else ""
        title = self._say("screen-heading-done")
        return Stretch(
            over_ms, max(total_ms, over_ms + 1), title, FIRST_FIGURE, cue=cue, ring=1, ring_end=1
        )

    def _asking(self, document: str, reply: Reply) -> Stretch:
        """Return the one stretch of a screen on which nothing is timed."""
        session = reply.session
        scene = self.scenes.of(session)
        shown = Stretch(0, _UNTIL_THE_NEXT_MS, *self._heading(document, session))
        figure = scene.figure or FIRST_FIGURE
        if document == "finished":
            return replace(self._finished(reply, 0, _UNTIL_THE_NEXT_MS), figure=figure)
        cue = self._question(reply)
        if document == "steps":
            return self._how_to(replace(shown, figure=figure), session)
        way = self._stretches.way(figure) if document == "welcome" else {}
        note = self._note(document, session)
        return replace(shown, figure=figure, cue=cue, note=note, **way)

    def _heading(self, document: str, session: Session) -> tuple[str]:
        if document == "plan":
            return (self._say("screen-plan", minutes=session.plan.minutes),)
        named = {"exercises": "choice", "progress": "week", "finished": "done"}.get(document)
        if document == "waiting" and session.phase in _HEADED:
            named = session.phase.value.replace("_", "-")
        if session.phase is Phase.SAFETY and document == "welcome":
            named = "safety"
        if named is not None:
            return (self._say(f"screen-heading-{named}"),)
        return (self.scenes.of(session).title or self._say("stream-title"),)

    def _note(self, document: str, session: Session) -> str:
        """Return where in the workout a screen without sound waits."""
        if document != "waiting":
            return ""
        scene, here = self.scenes.of(session), back_to_workout(session)
        place = self._stretches.place(scene, scene.set, scene.side)
        title = scene.title if session.phase in _HEADED else ""
        following = self._stretches.next(scene) if here.phase is Phase.REST else ""
        if here.phase not in IN_BLOCK:
            following = ""
        return " · ".join(part for part in (title, place, following) if part)

    def _how_to(self, shown: Stretch, session: Session) -> Stretch:
        exercise = self.scenes.room.catalogue.exercises[session.how_to]
        lines = how_to_lines(exercise, session.preferences.place)
        at = min(session.how_step, len(lines) - 1)
        moves = self._stretches.way(shown.figure) if "-step-" in lines[at].id else {}
        ring = round((at + 1) / len(lines), 3)
        note = self._say("screen-step", step=at + 1, steps=len(lines))
        cue = self.scenes.words.sentence(lines[at])
        return replace(shown, note=note, cue=cue, ring=ring, ring_end=ring, **moves)

    def _rows(self, document: str, reply: Reply) -> tuple[Row, ...]:
        if document == "exercises":
            return tuple(
                Row(self._say(f"{id_}-name"), "", id_, ("StartExerciseIntent", {"exercise": id_}))
                for id_ in reply.choice
            )
        return self._plan(reply.session) if document == "plan" else ()

    def _plan(self, session: Session) -> tuple[Row, ...]:
        plan = session.plan
        before, after = (
            (Row(self._say(f"screen-heading-{name}"), self._say("screen-moves", moves=len(moves))),)
            if moves
            else ()
            for name, moves in (("warm-up", plan.warm_up), ("cool-down", plan.cool_down))
        )
        blocks = (
            Row(
                self._say(f"{block.exercise}-name"),
                self._say("screen-dose", sets=block.sets, reps=block.reps),
                block.exercise,
                ("HowToIntent", {"exercise": block.exercise}),
                self.scenes.words.sentence(
                    line("suggest-how-to", exercises=names_of(block.exercise))
                ),
            )
            for block in plan.blocks
        )
        return (*before, *blocks, *after)

    def _question(self, reply: Reply) -> str:
        asked = last_line(reply.script) if reply.listens else None
        return self.scenes.words.sentence(asked) if asked is not None else ""

    def _say(self, phrase: str, **values: str | int) -> str:
        return self._stretches.say(phrase, **values)


_HEADED = (Phase.PAUSED, Phase.REST, Phase.SIDE_CHANGE, Phase.FEEDBACK)
"""Phases that have a heading of their own where a question waits."""


def _cut(stretch: Stretch, until: int) -> Stretch:
    return replace(stretch, until=min(stretch.until, until))


def _up_to_the_end(stretches: tuple[Stretch, ...], total_ms: int) -> tuple[Stretch, ...]:
    """Return the stretches with the last one lasting to the end of the sound, and a moment more."""
    last = stretches[-1]
    ends = max(total_ms, last.until, last.at + SHORTEST_MS)
    return (*stretches[:-1], replace(last, until=ends))
