"""Scripts composed of frames: every rep on its beat, and any stretch read without the rest."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import miniaudio
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.compose import CHUNK_BYTES, Composition, DamagedClip, compose, frame_at
from audio.frames import FRAME_MS, FRAME_SAMPLES, RATE, Samples, check, decode, encode
from audio.sounds import Signal, frames_of, samples_of
from audio.voices.voice import VoiceError
from skill.coach.exercise import Side
from skill.coach.reply import Beat, Element, Line, Mark, Pause, Script
from skill.coach.timeline import lay_out
from tests.audio.tones import LEAD_SAMPLES, Tones, tone

REST_MS = frames_of(Signal.REST) * FRAME_MS

LENGTHS = st.integers(0, 3_000)
LINES = st.builds(Line, st.sampled_from(("3", "8", "20", "41", "90")), variant=st.integers(0, 3))
FEWER = 50
"""Examples of a law whose examples are costly, for their sound is put together and read."""

PHASES = ("set_up", "ready", "lift", "hold", "lower", "side_change", "rest", "move", "ask")
SCRIPTS = st.lists(
    LINES
    | LENGTHS.map(Pause)
    | st.builds(Beat, LENGTHS, st.none() | LINES)
    | st.builds(
        Mark, st.sampled_from(PHASES), st.integers(0, 3), st.integers(1, 3), rep=st.integers(0, 30)
    ),
    max_size=20,
).map(tuple)


def length_of(line: Line) -> int:
    return int(line.id) * FRAME_MS


def signals(composition: Composition) -> list[tuple[int, Signal]]:
    """Return the signals of a composition with their times in milliseconds."""
    placed = composition.segments
    return [(s.start * FRAME_MS, s.sound) for s in placed if isinstance(s.sound, Signal)]


def a_set(reps: int, lift: int, hold: int, lower: int) -> Script:
    """Return a set whose reps are counted at the top, with a rest behind it."""
    script: list[Element] = [
        Mark("set_up", 0, 1),
        Line("50"),
        Pause(2_000),
        Mark("ready", 0, 1, Side.BOTH, 1),
    ]
    script += [Beat(1_000, Line("20", variant=n)) for n in (3, 2, 1)]
    for rep in range(1, reps + 1):
        script += [Mark("lift", 0, 1, Side.BOTH, rep), Beat(lift)]
        script += [Mark("hold", 0, 1, Side.BOTH, rep), Beat(hold, Line("18", variant=rep))]
        script += [Mark("lower", 0, 1, Side.BOTH, rep), Beat(lower)]
    return (*script, Mark("rest", 0, 1), Beat(20_000, Line("90")), Beat(10_000, Line("80")))


def onsets(samples: Samples) -> list[int]:
    """Return the samples at which sound begins after 40 ms of silence or more."""
    loud = np.flatnonzero(np.abs(samples) > 0.03)
    begins = np.flatnonzero(np.diff(loud, prepend=-RATE) > RATE * 40 // 1000)
    return [int(loud[i]) for i in begins]


# The laws


@given(SCRIPTS, st.booleans())
def test_a_composition_lasts_as_long_as_its_script_to_half_a_frame(
    script: Script, ticks: bool
) -> None:
    composed = compose(script, Tones(), ticks=ticks)
    total = lay_out(script, length_of).total_ms
    assert abs(composed.ms - total) <= FRAME_MS // 2
    assert composed.timeline.total_ms == total
    assert composed.size == composed.frames * 144 == len(composed.read())


@given(SCRIPTS)
def test_every_line_starts_within_half_a_frame_of_its_time_and_none_is_lost(script: Script) -> None:
    composed = compose(script, Tones(), ticks=False)
    assert composed.timeline == lay_out(script, length_of)
    for segment, spoken in zip(composed.segments, composed.timeline.spoken, strict=True):
        assert abs(segment.start * FRAME_MS - spoken.start_ms) <= FRAME_MS // 2
        assert segment.frames * FRAME_MS == spoken.ms


@given(SCRIPTS)
def test_signals_move_nothing_but_the_words_of_a_rest(script: Script) -> None:
    composed = compose(script, Tones())
    plain = lay_out(script, length_of)
    assert composed.timeline.marks == plain.marks
    assert composed.timeline.total_ms == plain.total_ms
    resting = {
        at
        for (at, mark), element in zip(plain.marks, _behind_marks(script), strict=True)
        if mark.phase == "rest" and isinstance(element, Beat)
    }
    for before, after in zip(plain.spoken, composed.timeline.spoken, strict=True):
        later = after.start_ms - before.start_ms
        assert (after.line, after.ms) == (before.line, before.ms)
        assert later == 0 or (later == REST_MS and any(at <= before.start_ms for at in resting))


def _behind_marks(script: Script) -> list[object]:

    return [after for mark, after in pairwise((*script, None)) if isinstance(mark, Mark)]


@given(SCRIPTS, st.booleans())
def test_nothing_sounds_over_anything_else_or_past_the_end(script: Script, ticks: bool) -> None:
    composed = compose(script, Tones(), ticks=ticks)
    for earlier, later in pairwise(composed.segments):
        assert earlier.start + earlier.frames <= later.start
    assert all(0 <= s.start <= composed.frames - s.frames for s in composed.segments)


@given(SCRIPTS, st.data())
@settings(max_examples=FEWER)
def test_any_stretch_is_that_stretch_of_the_whole(script: Script, data: st.DataObject) -> None:
    composed = compose(script, Tones())
    whole = composed.read()
    start = data.draw(st.integers(0, composed.size))
    stop = data.draw(st.integers(start, composed.size))
    assert composed.read(start, stop) == whole[start:stop]
    assert b"".join(composed.chunks(start, stop)) == whole[start:stop]
    assert composed.read(start) == whole[start:]


@given(SCRIPTS)
@settings(max_examples=FEWER)
def test_every_frame_of_a_composition_is_one_of_ours(script: Script) -> None:
    composed = compose(script, Tones())
    if composed.frames:
        check(composed.read())
    else:
        assert composed.read() == b""


@given(SCRIPTS, SCRIPTS)
@settings(max_examples=FEWER)
def test_the_etag_is_the_same_only_for_the_same_sound(one: Script, other: Script) -> None:
    a, b = compose(one, Tones()), compose(other, Tones())
    alike = (a.frames, a.segments) == (b.frames, b.segments)
    assert (a.etag == b.etag) == alike
    assert compose(one, Tones()).etag == a.etag


@given(st.integers(0, 10**7), st.integers(0, 10**5))
def test_frames_are_counted_alike_everywhere(ms: int, frames: int) -> None:
    assert frame_at(ms + frames * FRAME_MS) == frame_at(ms) + frames
    assert abs(frame_at(ms) * FRAME_MS - ms) <= FRAME_MS // 2


# What is heard


@pytest.mark.parametrize(
    ("lift", "hold", "lower"),
    [(1_000, 2_000, 2_000), (1_300, 1_010, 1_317), (725, 1_087, 1_451), (2_001, 1_003, 1_999)],
)
def test_every_count_is_heard_on_its_beat_and_no_error_adds_up(
    lift: int, hold: int, lower: int
) -> None:
    composed = compose(a_set(30, lift, hold, lower), Tones(), ticks=False)
    heard = onsets(decode(composed.read()))
    wanted = [spoken.start_ms for spoken in composed.timeline.spoken]
    assert len(heard) == len(wanted)
    late = [at - LEAD_SAMPLES - ms * RATE // 1000 for at, ms in zip(heard, wanted, strict=True)]
    assert max(abs(samples) for samples in late) <= FRAME_SAMPLES
    reps = [at for at, mark in composed.timeline.marks if mark.phase == "hold"]
    assert [b - a for a, b in pairwise(reps)] == [lift + hold + lower] * 29


def test_ticks_are_heard_on_their_beats_too() -> None:
    composed = compose(a_set(12, 1_300, 1_010, 1_317), Tones())
    heard = onsets(decode(composed.read()))
    lifts = [at for at, mark in composed.timeline.marks if mark.phase == "lift"]
    ticks = [at for at, signal in signals(composed) if signal is Signal.WORK]
    assert len(ticks) == 12
    for tick, lift in zip(ticks, lifts, strict=True):
        beat = LEAD_SAMPLES + lift * RATE // 1000
        assert abs(tick - lift) <= FRAME_MS // 2
        assert min(abs(at - beat) for at in heard) <= FRAME_SAMPLES


def in_one_piece(composed: Composition) -> Samples:
    """Return the same sound mixed as samples and encoded once, decoded."""
    mixed = np.zeros(composed.frames * FRAME_SAMPLES, np.float32)
    for start, frames, sound in composed.segments:
        samples = samples_of(sound) if isinstance(sound, Signal) else tone(frames)
        mixed[start * FRAME_SAMPLES :][: len(samples)] += samples
    return decode(encode(mixed))


@pytest.mark.parametrize("ticks", [False, True])
def test_a_composition_sounds_as_if_it_had_been_encoded_in_one_piece(ticks: bool) -> None:
    composed = compose(a_set(8, 1_300, 1_010, 1_317), Tones(), ticks=ticks)
    ours, whole = decode(composed.read()), in_one_piece(composed)
    assert len(ours) == len(whole) == composed.frames * FRAME_SAMPLES
    noise_db = 10 * np.log10(np.mean((ours - whole) ** 2) / np.mean(whole**2))
    assert noise_db < -50


def test_there_is_no_click_at_any_join() -> None:
    composed = compose(a_set(8, 1_300, 1_010, 1_317), Tones())
    ours, whole = decode(composed.read()), in_one_piece(composed)
    for segment in composed.segments:
        for frame in (segment.start, segment.start + segment.frames):
            around = slice(max(0, (frame - 1) * FRAME_SAMPLES), (frame + 1) * FRAME_SAMPLES)
            here, there = np.abs(np.diff(ours[around])), np.abs(np.diff(whole[around]))
            assert here.max() <= there.max() + 0.003, frame


def test_two_clips_side_by_side_join_without_a_click() -> None:
    composed = compose((Line("8"), Line("20"), Line("41"), Line("8")), Tones())
    ours, whole = decode(composed.read()), in_one_piece(composed)
    assert np.abs(np.diff(ours)).max() <= np.abs(np.diff(whole)).max() * 1.1


def test_two_decoders_hear_the_same() -> None:
    mp3 = compose(a_set(5, 1_300, 1_010, 1_317), Tones()).read()
    one, rate = soundfile.read(BytesIO(mp3), dtype="float32")
    other = miniaudio.decode(
        mp3, output_format=miniaudio.SampleFormat.FLOAT32, nchannels=1, sample_rate=RATE
    )
    assert (rate, other.sample_rate) == (RATE, RATE)
    theirs = np.frombuffer(other.samples, np.float32)
    assert len(one) == len(theirs) == len(mp3) // 144 * FRAME_SAMPLES
    assert np.abs(one - theirs).max() < 1e-3


# Where signals stand


SILENT_REP = (
    Mark("lift", rep=1),
    Beat(1_000),
    Mark("hold", rep=1),
    Beat(1_000),
    Mark("lower", rep=1),
    Beat(1_000),
)


def test_a_silent_rep_has_a_tick_to_lift_and_one_to_hold_and_the_end_is_told() -> None:
    placed = signals(compose(SILENT_REP, Tones()))
    end = 3_000 - frames_of(Signal.END) * FRAME_MS
    assert placed == [(0, Signal.WORK), (1_008, Signal.HOLD), (end, Signal.END)]


def test_without_ticks_a_silent_rep_is_silent() -> None:
    assert compose(SILENT_REP, Tones(), ticks=False).segments == ()


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        pytest.param((Mark("lift"), Beat(1_000, Line("20"))), [], id="words say it"),
        pytest.param((Mark("lift"), Beat(100), Line("20")), [], id="too short for a tick"),
        pytest.param((Mark("lift"), Pause(1_000)), [], id="no beat"),
        pytest.param((Beat(500, Line("41")), Mark("lift"), Beat(2_000)), [], id="a tip runs on"),
        pytest.param((Mark("set_up"), Line("8"), Pause(5_000)), [], id="a wait is no end"),
        pytest.param((Mark("move"), Line("8"), Pause(100)), [], id="too short for the end"),
        pytest.param((Line("8"), Pause(5_000)), [], id="nothing is done"),
        pytest.param((), [], id="nothing at all"),
        pytest.param(
            (Mark("move"), Line("10"), Pause(1_488)),
            [(1_728 - frames_of(Signal.END) * FRAME_MS, Signal.END)],
            id="the last move is over",
        ),
        pytest.param(
            (Mark("move"), Beat(9_600, Line("8")), Line("8"), Pause(1_488), Line("8"), Line("8")),
            [(11_280 - frames_of(Signal.END) * FRAME_MS, Signal.END)],
            id="the last move is over, and goodbye",
        ),
        pytest.param(
            (Mark("move"), Beat(9_600, Line("8")), Line("8"), Line("8")),
            [(9_600 - frames_of(Signal.END) * FRAME_MS, Signal.END)],
            id="goodbye at once",
        ),
        pytest.param(
            (Pause(5_000), Mark("move"), Beat(400, Line("8")), Line("8")),
            [],
            id="no silence since it was begun",
        ),
        pytest.param(
            (Mark("lower"), Beat(1_200, Line("10")), Mark("rest"), Line("20")),
            [(1_200 - frames_of(Signal.END) * FRAME_MS, Signal.END)],
            id="an exercise is done",
        ),
        pytest.param((Mark("rest"), Beat(2_400)), [(0, Signal.REST)], id="a rest without words"),
    ],
)
def test_a_signal_stands_only_where_it_is_silent(
    script: Script, wanted: list[tuple[int, Signal]]
) -> None:
    assert signals(compose(script, Tones())) == wanted


def test_the_words_of_a_rest_wait_for_its_chime() -> None:
    script = (Beat(2_400), Mark("rest"), Beat(20_000, Line("41")), Beat(1_000, Line("8")))
    composed = compose(script, Tones())
    assert signals(composed) == [(2_400, Signal.REST)]
    assert [s.start_ms for s in composed.timeline.spoken] == [2_400 + REST_MS, 22_400]


def test_a_rest_without_room_for_the_chime_keeps_its_words_where_they_are() -> None:
    script = (Mark("rest"), Beat(41 * FRAME_MS + REST_MS - 1, Line("41")), Line("8"))
    composed = compose(script, Tones())
    assert signals(composed) == []
    assert composed.timeline == lay_out(script, length_of)


# What a composition tells


def test_the_place_at_any_time_is_the_rep_going_on() -> None:
    composed = compose(a_set(10, 1_300, 1_010, 1_317), Tones())
    for at, mark in composed.timeline.marks:
        there = composed.timeline.position_at(at + 5)
        assert there is not None
        assert (there.mark, there.since_ms) == (mark, 5)


# What reading costs and what goes wrong


def test_a_stretch_fetches_the_clips_in_it_and_no_other() -> None:
    tones = Tones()
    composed = compose((Line("8"), Line("20"), Line("41"), Line("90")), tones)
    assert tones.read == []
    composed.read(10 * 144, 29 * 144)
    assert tones.read == ["tone-20-0", "tone-41-0"]


def test_a_clip_that_is_said_often_is_asked_for_and_fetched_once() -> None:
    tones = Tones()
    composed = compose((Line("8"), Line("20")) * 50, tones)
    composed.read()
    assert tones.asked == 2
    assert sorted(tones.read) == ["tone-20-0", "tone-8-0"]


def test_chunks_of_a_long_file_are_large_enough_to_send_and_small_enough_to_hold() -> None:
    chunks = list(compose(a_set(30, 2_000, 2_000, 2_000), Tones()).chunks())
    assert all(CHUNK_BYTES <= len(chunk) <= 2 * CHUNK_BYTES for chunk in chunks[:-1])
    assert len(chunks) > 10


def test_a_line_that_cannot_be_said_stops_the_composition() -> None:
    tones = Tones()
    tones.missing.add("41")
    with pytest.raises(VoiceError, match="41"):
        compose((Line("8"), Beat(100, Line("41"))), tones)


def test_a_damaged_clip_is_told_before_the_first_chunk() -> None:
    tones = Tones()
    tones.damaged.add("tone-90-0")
    composed = compose((Line("8"), Pause(60_000), Line("90")), tones)
    with pytest.raises(DamagedClip, match="tone-90-0"):
        composed.chunks()
    assert composed.read(0, 8 * 144) == tones.sound(tones.of(Line("8")))


@pytest.mark.parametrize(("start", "stop"), [(-1, 5), (5, 4), (0, 10**6)])
def test_what_is_not_in_the_file_cannot_be_read(start: int, stop: int) -> None:
    composed = compose((Line("8"),), Tones())
    with pytest.raises(ValueError, match="not within"):
        composed.read(start, stop)
