"""English by the default voice, as a player hears it: clips in range, guides joined and on time."""

from __future__ import annotations

from itertools import pairwise

import miniaudio
import numpy as np
import pytest

from audio.checking import faults
from audio.clip_folder import ClipFolder
from audio.compose import Composition, compose
from audio.frames import FRAME_BYTES, FRAME_MS, FRAME_SAMPLES, RATE, Samples, check, decode, encode
from audio.level import LOUDNESS_LUFS, PEAK_DBTP, TOLERANCE_LU
from audio.loudness import lufs, true_peak_db
from audio.manifest import Manifest, line_key, read
from audio.sounds import Signal
from audio.sounds import sound_of as sound_of_signal
from audio.voices.choose import choose
from skill.coach.reply import Line
from tests.audio.english import BREAK, LOCALE, SET, kind_of, rendered, said_in, spread, the_lines
from tests.audio.quiet_clips import guide_of
from tests.audio.readers import mp3_of

SAMPLE = 90
GUIDES = (SET, BREAK)

WORD_MS = 65
"""Where the sound of a clip begins: 50 ms of silence, then 15 ms before the word."""


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> tuple[ClipFolder, tuple[Line, ...]]:
    """The sample's clips by the default voice, and its lines."""
    lines = (*spread(SAMPLE), *said_in(*GUIDES))
    return rendered(choose(LOCALE, None).voice, lines, tmp_path_factory)


@pytest.fixture(scope="module")
def clips(english: tuple[ClipFolder, tuple[Line, ...]]) -> ClipFolder:
    return english[0]


@pytest.fixture(scope="module")
def files(english: tuple[ClipFolder, tuple[Line, ...]]) -> dict[str, bytes]:
    """What is in the files, by the text that they say."""
    clips, lines = english
    texts = [clips.text_of(line) for line in lines]
    return {text: clips.texts.path_of(clips.texts.name_of(text)).read_bytes() for text in texts}


@pytest.fixture(scope="module")
def manifest(clips: ClipFolder) -> Manifest:
    return read(clips.texts.folder, LOCALE, clips.texts.voice.name)


# The clips


def test_the_sample_has_lines_of_every_kind(english: tuple[ClipFolder, tuple[Line, ...]]) -> None:
    _, lines = english
    assert {kind_of(line) for line in the_lines()} <= {kind_of(line) for line in lines}
    assert len(lines) >= SAMPLE


def test_the_default_voice_of_english_is_the_neural_one(clips: ClipFolder) -> None:
    assert clips.texts.voice.name == "hibari"


def test_every_clip_is_frames_of_one_size_as_another_reader_sees_it_too(
    files: dict[str, bytes],
) -> None:
    for text, file in files.items():
        check(file)
        info = mp3_of(file).info
        told = (info.sample_rate, info.channels, info.bitrate, info.version, info.layer)
        assert told == (RATE, 1, 48_000, 2, 3), text
        assert info.length * 1000 == pytest.approx(len(file) / FRAME_BYTES * FRAME_MS), text


def test_every_clip_lasts_as_long_as_the_manifest_says_in_two_decoders(
    files: dict[str, bytes], manifest: Manifest, clips: ClipFolder
) -> None:
    for text, file in files.items():
        entry = manifest.clips[clips.texts.name_of(text)]
        assert entry.text == text
        samples = len(decode(file))
        assert samples == entry.frames * FRAME_SAMPLES
        assert abs(samples * 1000 / RATE - entry.clip("").ms) <= FRAME_MS
        assert len(by_miniaudio(file)) == samples


def by_miniaudio(file: bytes) -> Samples:
    form = miniaudio.SampleFormat.FLOAT32
    decoded = miniaudio.decode(file, output_format=form, nchannels=1, sample_rate=RATE)
    return np.frombuffer(decoded.samples, np.float32)


def test_every_clip_is_as_loud_as_it_must_be_and_never_over_its_peak(
    files: dict[str, bytes],
) -> None:
    heard = {text: by_miniaudio(file) for text, file in files.items()}
    peaks = {text: true_peak_db(sound) for text, sound in heard.items()}
    assert {text: peak for text, peak in peaks.items() if peak > PEAK_DBTP} == {}
    loudness = {text: lufs(sound) for text, sound in heard.items()}
    out = {t: v for t, v in loudness.items() if abs(v - LOUDNESS_LUFS) > TOLERANCE_LU}
    assert out == {}
    median = float(np.median(list(loudness.values())))
    assert median == pytest.approx(LOUDNESS_LUFS, abs=0.3)


def test_every_clip_begins_and_ends_in_silence(files: dict[str, bytes]) -> None:
    for text, file in files.items():
        sound = np.abs(decode(file))
        assert sound[: RATE * 45 // 1000].max() < 0.01, text
        assert sound[-FRAME_SAMPLES // 2 :].max() < 0.05, text


def test_what_looks_them_over_finds_nothing(
    english: tuple[ClipFolder, tuple[Line, ...]],
) -> None:
    assert list(faults(*english)) == []


def test_the_manifest_leads_from_lines_to_their_clips(
    english: tuple[ClipFolder, tuple[Line, ...]], manifest: Manifest
) -> None:
    clips, lines = english
    led = [line for line in lines if line_key(line) in manifest.lines]
    assert len(led) >= len(lines) * 0.9  # the others are known by the same words of another line
    for line in led:
        assert manifest.clips[manifest.lines[line_key(line)]].text == clips.text_of(line)


# The guides


@pytest.fixture(scope="module", params=GUIDES)
def composed(request: pytest.FixtureRequest, clips: ClipFolder) -> Composition:
    return compose(guide_of(request.param).script, clips)


@pytest.fixture(scope="module")
def heard(composed: Composition) -> Samples:
    return decode(composed.read())


@pytest.fixture(scope="module")
def laid_out(composed: Composition) -> Samples:
    """Its clips decoded one by one, each laid where it belongs."""
    mixed = np.zeros(composed.frames * FRAME_SAMPLES, np.float32)
    for start, _, sound in composed.segments:
        file = sound_of_signal(sound) if isinstance(sound, Signal) else composed.clips.sound(sound)
        samples = decode(file)
        mixed[start * FRAME_SAMPLES :][: len(samples)] += samples
    return mixed


def test_a_guide_sounds_exactly_like_its_clips_laid_side_by_side(
    heard: Samples, laid_out: Samples
) -> None:
    assert len(heard) == len(laid_out)
    assert np.abs(heard - laid_out).max() < 0.001
    noise_db = 10 * np.log10(np.mean((heard - laid_out) ** 2) / np.mean(laid_out**2))
    assert noise_db < -80


def test_no_join_clicks_more_than_if_the_guide_were_encoded_in_one_piece(
    composed: Composition, heard: Samples, laid_out: Samples
) -> None:
    whole = decode(encode(laid_out))
    assert len(whole) == len(heard)
    for segment in composed.segments:
        for frame in (segment.start, segment.start + segment.frames):
            around = slice(max(0, (frame - 1) * FRAME_SAMPLES), (frame + 1) * FRAME_SAMPLES)
            step = np.abs(np.diff(heard[around])).max(initial=0)
            assert step <= np.abs(np.diff(whole[around])).max(initial=0) + 0.002, frame
            assert step < 0.01, frame
            assert np.abs(heard[around] - whole[around]).max(initial=0) < 0.005, frame


def test_a_guide_lasts_as_long_as_its_timeline_within_a_frame(
    composed: Composition, heard: Samples
) -> None:
    assert abs(len(heard) * 1000 / RATE - composed.timeline.total_ms) <= FRAME_MS
    assert composed.timeline.overrun_ms == 0


def test_a_guide_is_as_loud_as_its_clips_and_never_over_their_peak(heard: Samples) -> None:
    assert true_peak_db(heard) <= PEAK_DBTP
    assert lufs(heard) == pytest.approx(LOUDNESS_LUFS, abs=TOLERANCE_LU)


def test_every_count_is_heard_on_its_beat(composed: Composition, heard: Samples) -> None:
    counts = [said for said in composed.timeline.spoken if said.line.id == "pacing-count"]
    assert len(counts) >= 3 + 8
    for said in counts:
        sound = np.abs(heard[said.start_ms * RATE // 1000 :][: said.ms * RATE // 1000])
        loud = np.flatnonzero(sound > sound.max() / 100)
        assert loud[0] * 1000 / RATE == pytest.approx(WORD_MS, abs=FRAME_MS), said


def test_every_rep_takes_as_long_as_its_tempo_says(composed: Composition) -> None:
    marks = composed.timeline.marks
    lifts = [(at, mark) for at, mark in marks if mark.phase == "lift"]
    assert len(lifts) >= 8
    tempo_ms = {
        later - earlier
        for (earlier, one), (later, other) in pairwise(lifts)
        if (one.block, one.set, one.side) == (other.block, other.set, other.side)
    }
    assert len(tempo_ms) == 1
    counted = [s.start_ms for s in composed.timeline.spoken if s.line.id == "pacing-count"]
    at_the_top = {at for at, mark in marks if mark.phase == "hold"}
    begins = {at for at, mark in marks if mark.phase == "ready"}
    assert len(counted) == len(at_the_top & set(counted)) + 3 * len(begins)
