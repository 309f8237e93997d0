from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.frames import FRAME_BYTES, FRAME_MS
from audio.voices.choose import Choice
from audio.voices.silent import Silent
from audio.voices.voice import Sound as Spoken
from audio.voices.voice import VoiceError
from skill.coach.reply import line
from skill.coach.session import Session
from skill.render.audio_url import AudioUrls, Played
from skill.settings import Settings
from skill.simulator.playback import Playback, Player, Sound, in_a_row
from skill.simulator.speaker import CannotSpeak
from skill.sound import LOCALE, EnglishSound
from skill.speaker_voice import RETRY_AFTER_S, SpeakerVoice

URLS = AudioUrls("https://coach.invalid/audio", b"sixteen bytes of")
GUIDE = URLS.guide(LOCALE, "how-to-step_up")


class Whispering(Silent):
    """Says nothing, and fails where it is told to."""

    fails = False
    asked = 0

    def speak(self, text: str, locale: str) -> Spoken:
        self.asked += 1
        if self.fails:
            raise VoiceError("no breath")
        return super().speak(text, locale)


class WhisperingSound(EnglishSound):
    """The scripts of English, said by a voice that may fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Settings.from_environment({"HIP_WORKOUT_DATA_FOLDER": str(folder)}))
        self.voice = Whispering()
        self.choice = Choice(self.voice, "for tests")


@pytest.fixture
def sound(tmp_path: Path) -> WhisperingSound:
    return WhisperingSound(tmp_path)


@pytest.fixture
def now() -> list[float]:
    return [1_000.0]


@pytest.fixture
def voice(sound: WhisperingSound, now: list[float]) -> SpeakerVoice:
    return SpeakerVoice(sound, URLS, clock=lambda: now[0])


def test_words_are_said_sentence_by_sentence(voice: SpeakerVoice) -> None:
    phrases = voice.phrases("Hello there. How are you?")
    assert [text for text, _ in phrases] == ["Hello there.", "How are you?"]
    assert all(ms % FRAME_MS == 0 and ms > 300 for _, ms in phrases)


def test_a_line_of_several_sentences_that_was_rendered_is_said_as_it_is(
    sound: WhisperingSound, voice: SpeakerVoice
) -> None:
    whole = "Bend your knees. Feet flat."
    clip = sound.all_clips.texts.say(whole).clip
    assert voice.phrases(f"Hello. {whole} Ready?")[1] == (whole, clip.frames * FRAME_MS)


def test_the_length_of_a_line_is_estimated_until_it_is_rendered(
    sound: WhisperingSound, voice: SpeakerVoice
) -> None:
    goodbye = line("done-bye")
    assert voice.length_of_line(goodbye) == sound.words.length_ms(goodbye)
    assert sound.voice.asked == 0
    clip = sound.all_clips.of(goodbye)
    assert voice.length_of_line(goodbye) == clip.frames * FRAME_MS != sound.words.length_ms(goodbye)


def test_a_recording_is_as_long_as_its_bytes(voice: SpeakerVoice) -> None:
    whole = voice.bytes_of(GUIDE)
    assert whole is not None
    assert voice.length_of(GUIDE) == len(whole) // FRAME_BYTES * FRAME_MS > 10_000


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/en-US/guides/how-to-step_up.mp3",
        f"{URLS.base}/en-US/guides/none.mp3",
        f"{URLS.base}/de-DE/guides/how-to-step_up.mp3",
        f"{URLS.base}/en-US/part/forged.signature.mp3",
        f"{URLS.base}/en-US/clips/{'0' * 32}.mp3",
        URLS.personal(LOCALE, Played.TRACK, Session()),
        AudioUrls(URLS.base, b"another secret..").personal(LOCALE, Played.PART, Session()),
        "soundbank://soundlibrary/x",
        "",
    ],
)
def test_what_is_not_ours_is_silence(voice: SpeakerVoice, url: str) -> None:
    assert voice.length_of(url) == 0
    assert voice.bytes_of(url) is None
    quiet = voice.sound(Playback((Sound(0, 240, "", url or "x"),), 480))
    assert len(quiet) == 20 * FRAME_BYTES


def test_recordings_are_found_at_this_server(voice: SpeakerVoice) -> None:
    assert voice.path_of(GUIDE) == "/audio/en-US/guides/how-to-step_up.mp3"
    assert voice.path_of("https://elsewhere.example/x.mp3") == "https://elsewhere.example/x.mp3"


def test_everything_is_heard_at_its_time(tmp_path: Path) -> None:
    sound = WhisperingSound(tmp_path)
    loud = Silent(tone=0.2)
    sound.choice = Choice(loud, "for tests")
    voice = SpeakerVoice(sound, URLS)
    player = Player(phrases=voice.phrases).with_lengths(voice.length_of)
    playback = player.ssml(
        f'<speak>Hello. <audio src="{GUIDE}"/> <break time="2s"/> Ready?</speak>'
    )
    whole = voice.sound(playback)
    first, recorded, last = playback.sounds
    assert whole[: first.ms // FRAME_MS * FRAME_BYTES] == sound.all_clips.texts.say("Hello.").sound
    start = recorded.at_ms // FRAME_MS * FRAME_BYTES
    assert whole[start : start + 144_000] == (voice.bytes_of(GUIDE) or b"")[:144_000]
    assert last.at_ms == recorded.end_ms + 2_000


PIECES = st.lists(
    st.tuples(st.sampled_from(["Hello.", "One two three.", ""]), st.integers(0, 2_000)), max_size=8
)


@given(PIECES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_sound_is_as_long_as_the_playback_to_a_frame(
    voice: SpeakerVoice, pieces: list[tuple[str, int]]
) -> None:
    player = Player(phrases=voice.phrases)
    parts = itertools.chain.from_iterable((player.words(w), Playback((), ms)) for w, ms in pieces)
    playback = in_a_row(parts)
    frames = len(voice.sound(playback)) / FRAME_BYTES
    assert abs(frames * FRAME_MS - playback.ms) <= FRAME_MS / 2


def test_a_mixed_sound_is_no_longer_than_what_is_played(voice: SpeakerVoice) -> None:
    over_each_other = Playback((Sound(0, 5_000, "", GUIDE), Sound(1_000, 4_000, "", GUIDE)), 6_000)
    assert len(voice.sound(over_each_other)) == 250 * FRAME_BYTES


def test_where_the_voice_fails_everything_takes_about_its_time(
    sound: WhisperingSound, voice: SpeakerVoice
) -> None:
    sound.voice.fails = True
    with structlog.testing.capture_logs() as events:
        assert voice.phrases("Hello there. How are you?") == [
            ("Hello there.", 750),
            ("How are you?", 1_125),
        ]
        assert voice.bytes_of(GUIDE) is None
        assert voice.length_of(GUIDE) > 10_000
        with pytest.raises(CannotSpeak):
            voice.sound(Playback((Sound(0, 750, "Hello there."),), 750))
        with pytest.raises(CannotSpeak):
            voice.sound(Playback((Sound(0, 750, "", GUIDE),), 750))
    assert [event["event"] for event in events] == ["voice_failed"]
    assert "Hello" not in str(events[0].get("fault"))


def test_a_voice_that_failed_is_left_in_peace_for_a_while(
    sound: WhisperingSound, voice: SpeakerVoice, now: list[float]
) -> None:
    voice.phrases("Said before.")
    sound.voice.fails = True
    voice.phrases("Not now.")
    asked = sound.voice.asked
    voice.phrases("Not now. Nor this.")
    voice.length_of(GUIDE)
    assert sound.voice.asked == asked
    said = Playback((Sound(0, 700, "Said before."),), 700)
    assert voice.sound(said)  # for its clip is there
    sound.voice.fails = False
    now[0] += RETRY_AFTER_S
    assert voice.bytes_of(GUIDE) is not None
    assert sound.voice.asked > asked


def test_where_clips_cannot_be_written_everything_takes_about_its_time(tmp_path: Path) -> None:
    (tmp_path / "audio").write_text("a file where the folder has to be")
    voice = SpeakerVoice(WhisperingSound(tmp_path), URLS)
    with structlog.testing.capture_logs():
        assert voice.phrases("Hello there.") == [("Hello there.", 750)]
        assert voice.length_of(GUIDE) > 10_000
        with pytest.raises(CannotSpeak):
            voice.sound(Playback((Sound(0, 750, "Hello there."),), 750))


def test_a_voice_that_takes_another_time_now_is_cut_to_what_was_told(
    sound: WhisperingSound, voice: SpeakerVoice
) -> None:
    sound.voice.fails = True
    with structlog.testing.capture_logs():
        playback = Player(phrases=voice.phrases).words("One two three four five six seven.")
    sound.voice.fails = False
    fresh = SpeakerVoice(sound, URLS)
    assert len(fresh.sound(playback)) // FRAME_BYTES * FRAME_MS == pytest.approx(
        playback.ms, abs=12
    )


def test_clips_are_sound_that_decoders_know(voice: SpeakerVoice) -> None:
    whole = np.frombuffer(voice.sound(Player(phrases=voice.phrases).words("Hello.")), np.uint8)
    assert set(whole[::FRAME_BYTES]) == {0xFF}
