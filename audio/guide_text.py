"""What is told of a guide besides its sound: its title, its facts, its chapters and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audio.guides import Guide
from skill.coach.reply import Line, line
from skill.coach.timeline import Timeline
from skill.render.figure import Figure
from skill.render.figures import svg
from skill.render.words import Words

_COUNT = "pacing-count"

_SHARE = 1
"""How far into its rep an exercise is shown: at the end, where it looks like itself."""


@dataclass(frozen=True)
class TimedChapter:
    """A stretch of the sound with a title, in milliseconds from its start."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True)
class GuideText:
    """Tells of guides in the words of one language."""

    words: Words

    @property
    def album(self) -> str:
        """What all guides together are called."""
        return self._say(line("guide-album"))

    @property
    def album_about(self) -> str:
        """One sentence on all of them."""
        return self._say(line("guide-album-about"))

    def title(self, guide: Guide) -> str:
        """Return the title of a guide."""
        return self._say(guide.title)

    def level(self, guide: Guide) -> str:
        """Return whom it is for, as one word."""
        return self._say(line(f"level-{guide.level}"))

    def equipment(self, guide: Guide) -> tuple[str, ...]:
        """Return each thing that it needs."""
        return tuple(self._say(line(f"equipment-{each}")) for each in guide.equipment)

    def chapters(self, guide: Guide, timeline: Timeline, end_ms: int) -> tuple[TimedChapter, ...]:
        """Return its chapters on the timeline of its script; the last ends at ``end_ms``."""
        starts = [timeline.marks[chapter.mark][0] for chapter in guide.chapters]
        ends = [*starts[1:], end_ms]
        titles = (self._say(chapter.title).removesuffix(".") for chapter in guide.chapters)
        return tuple(map(TimedChapter, starts, ends, titles))

    def said_in(self, chapter: TimedChapter, timeline: Timeline) -> str:
        """Return what is said in a chapter, without the counting."""
        said = (
            self._say(spoken.line)
            for spoken in timeline.spoken
            if chapter.start_ms <= spoken.start_ms < chapter.end_ms and spoken.line.id != _COUNT
        )
        return " ".join(_sentence(each) for each in said)

    def picture(self, exercise: str, figures: Mapping[str, Figure]) -> str:
        """Return an exercise drawn as SVG, which says its name."""
        return svg(figures[exercise], _SHARE, title=self._say(line(f"{exercise}-name")))

    def _say(self, said: Line) -> str:
        return self.words.sentence(said)


def about(chapters: Iterable[TimedChapter]) -> str:
    """Return what a guide holds, in one line: the titles of its chapters."""
    return " ".join(_sentence(chapter.title) for chapter in chapters)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
