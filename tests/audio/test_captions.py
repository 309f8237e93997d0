"""Captions: what is said when, readable by others, and never taken for markup."""

from __future__ import annotations

import itertools

import pytest

from audio.captions import Cue, cues, webvtt
from audio.compose import compose
from audio.guides import Guide
from skill.coach.reply import Beat, Line
from skill.coach.timeline import lay_out
from skill.render.words import Words
from tests.audio.quiet_clips import QuietClips, the_guides
from tests.audio.readers import captions_of
from tests.coach.listener import the_words


def read(text: str) -> list[tuple[str, str, str]]:
    return [(c.start, c.end, c.text) for c in captions_of(text)]


def milliseconds(time: str) -> int:
    hours, minutes, seconds = time.split(":")
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_another_reader_finds_every_line_at_its_time(guide: Guide) -> None:
    timeline = compose(guide.script, QuietClips(the_words())).timeline
    shown = cues(timeline, the_words())
    captions = captions_of(webvtt(shown))
    assert [c.text for c in captions] == [cue.text for cue in shown]
    assert [milliseconds(c.start) for c in captions] == [cue.start_ms for cue in shown]
    assert [milliseconds(c.end) for c in captions] == [cue.end_ms for cue in shown]
    assert len(shown) == len(timeline.spoken)


@pytest.mark.parametrize("guide", the_guides(), ids=lambda g: g.id)
def test_no_caption_stands_over_the_next(guide: Guide) -> None:
    shown = cues(compose(guide.script, QuietClips(the_words())).timeline, the_words())
    assert all(cue.start_ms < cue.end_ms for cue in shown)
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(shown))


@pytest.mark.parametrize(
    ("ms", "written"),
    [
        (0, "00:00:00.000"),
        (999, "00:00:00.999"),
        (61_001, "00:01:01.001"),
        (3_600_000, "01:00:00.000"),
        (36_061_024, "10:01:01.024"),
    ],
)
def test_times_are_written_with_hours_and_milliseconds(ms: int, written: str) -> None:
    assert f"{written} --> " in webvtt([Cue(ms, ms + 1, "x")])


def test_markup_in_a_text_is_escaped() -> None:
    words = Words("en", "odd = <b>Salt</b> & pepper --> now")
    (cue,) = cues(lay_out((Line("odd"),), words.length_ms), words)
    text = webvtt([cue])
    assert "&lt;b&gt;Salt&lt;/b&gt; &amp; pepper --&gt; now" in text
    assert text.count("-->") == 1
    assert len(read(text)) == 1


def test_a_line_that_is_cut_short_by_the_next_ends_there() -> None:
    words = Words("en", "long = one two three four five six seven\nshort = stop")
    script = (Beat(100, Line("long")), Line("short"))
    timeline = lay_out(script, words.length_ms)
    first, second = cues(timeline, words)
    assert first.end_ms <= second.start_ms


def test_a_file_without_words_is_a_file_all_the_same() -> None:
    assert webvtt([]).startswith("WEBVTT\n")
