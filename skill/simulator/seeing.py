"""What can be seen of what a pretend device plays: the scene, and who says what at which time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from skill.coach.errors import UnreadableSession
from skill.coach.part import Room
from skill.coach.plain import from_plain
from skill.coach.reply import Line, Script
from skill.coach.session import PLAYING, Session
from skill.coach.timeline import LengthOf, Spoken
from skill.coach.tracks import NothingToPlay, Track, place_in, track
from skill.coach.turn import NOTHING_PAST, Turn, knows, part_of
from skill.render.scene import Moment, Scene, Scenes
from skill.render.words import Words
from skill.simulator.playback import Playback
from skill.simulator.request import Json

ReadToken = Callable[[str, int], Session | None]
"""Returns the session in which a stream begins, from its token; None for one of no workout."""


class Guide(Protocol):
    """A fixed guide."""

    @property
    def title(self) -> Line:
        """What it is called."""

    @property
    def script(self) -> Script:
        """What is heard."""

    @property
    def exercise(self) -> str:
        """Id of the exercise that it is about; empty for several."""


FindGuide = Callable[[str], Guide | None]
"""Returns the fixed guide that a stream is, from its token; None for another stream."""

SHORTEST_LEFT_MS = 1
"""A moment of no length is not shown."""


class Caption(NamedTuple):
    """A sentence at its time, in milliseconds from the start of the sound."""

    at_ms: int
    ms: int
    text: str
    voice: str
    """``coach`` or ``alexa``."""


@dataclass(frozen=True)
class Seen:
    """What is seen while something plays."""

    scene: Scene
    moments: tuple[Moment, ...] = ()
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True)
class Seeing:
    """Tells what belongs to a sound, from the state that the skill keeps."""

    room: Room
    words: Words
    length_of: LengthOf
    """How long a line takes in the voice that is heard."""

    read_token: ReadToken = lambda token, offset_ms: None  # noqa: ARG005 - the shape of it

    find_guide: FindGuide = lambda token: None  # noqa: ARG005 - the shape of it

    @property
    def scenes(self) -> Scenes:
        """What makes scenes."""
        return Scenes(self.room, self.words)

    def session(self, attributes: Mapping[str, Any]) -> Session:
        """Return the coach's session; a new one where the attributes hold none that is known."""
        try:
            session = from_plain(attributes.get("session"))
        except UnreadableSession:
            return Session()
        return session if knows(self.room.catalogue, session) else Session()

    def turn(self, session: Session, began: datetime, heard: Playback, asked: Playback) -> Seen:
        """Return what is seen of one response: ``heard`` of the skill, ``asked`` by Alexa.

        ``began`` is when its sound began.
        """
        here, script, lead_ms = self._part(session, began, heard)
        captions = [*self._captions(heard, script), *_spoken_by_alexa(heard, asked)]
        moments = self.scenes.moments(here, script, self.length_of) if script else ()
        later = tuple(
            replace(one, at_ms=one.at_ms + lead_ms, until_ms=one.until_ms + lead_ms)
            for one in moments
        )
        return Seen(self.scenes.of(here), later, tuple(captions))

    def stream(self, token: str, offset_ms: int) -> Seen | None:
        """Return what is seen of a stream, in its own times; None for one that is not ours."""
        guide = self.find_guide(token)
        if guide is not None:
            return self._guide(guide)
        session = self.read_token(token, offset_ms)
        if session is None or not knows(self.room.catalogue, session):
            return None
        try:
            played = track(session, self.room)
        except NothingToPlay:
            return None
        return self._track(played, offset_ms)

    def _guide(self, guide: Guide) -> Seen:
        return Seen(
            self.scenes.guide(guide.title, guide.exercise),
            self.scenes.moments(Session(), guide.script, self.length_of),
            tuple(self._lines(self.scenes.captions(guide.script, self.length_of), 0)),
        )

    def _track(self, played: Track, offset_ms: int) -> Seen:
        here = place_in(played, offset_ms, self.room, self.length_of)
        spoken = self.scenes.captions(played.script, self.length_of)
        return Seen(
            self.scenes.of(here),
            self.scenes.track(played, self.length_of),
            tuple(self._lines(spoken, 0)),
        )

    def _part(
        self, session: Session, began: datetime, heard: Playback
    ) -> tuple[Session, Script, int]:
        """Return where the listener is, the part that is playing, and when it begins in ``heard``.

        There is no part where the one of the session played before, as when Alexa asks again.
        """
        if not session.since or session.phase not in PLAYING:
            return session, (), 0
        # Amazon tells a skill whole seconds, and since then its session counts.
        began_ms = int(began.timestamp()) * 1000
        if session.since < began_ms:
            room, length_of = self.room, self.length_of
            now = Turn.begin(
                session, began_ms, room.catalogue, room.length_of, NOTHING_PAST, length_of
            )
            return now.session, (), 0
        recorded = next((sound.at_ms for sound in heard.sounds if sound.source), None)
        lead_ms = session.since - began_ms if recorded is None else recorded
        return session, part_of(session, self.room).script, lead_ms

    def _captions(self, heard: Playback, script: Script) -> Iterator[Caption]:
        for sound in heard.sounds:
            if sound.text:
                yield Caption(sound.at_ms, sound.ms, sound.text, "coach")
            elif script:
                yield from self._lines(self.scenes.captions(script, self.length_of), sound.at_ms)

    def _lines(self, spoken: tuple[Spoken, ...], at_ms: int) -> Iterator[Caption]:
        for each in spoken:
            yield Caption(each.start_ms + at_ms, each.ms, self._said(each.line), "coach")

    def _said(self, line: Line) -> str:
        return self.words.sentence(line)


def _spoken_by_alexa(heard: Playback, asked: Playback) -> Iterator[Caption]:
    for sound in asked.sounds:
        yield Caption(sound.at_ms + heard.ms, sound.ms, sound.text, "alexa")


def plain_scene(scene: Scene, moments: tuple[Moment, ...]) -> Json:
    """Return a scene as JSON."""
    return {
        **vars(scene),
        "muscles": [{"id": id_, "name": name} for id_, name in scene.muscles],
        "marks": [vars(one) for one in moments if one.until_ms - one.at_ms >= SHORTEST_LEFT_MS],
    }
