"""A workout hands free: streams composed by the skill's own routes, for a scripted player."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from audio.serving import audio_blueprint
from audio.voices.choose import Choice
from audio.voices.silent import Silent
from skill.alexa.verify import SignatureVerifier
from skill.app import create_app
from skill.coach.history import read_history
from skill.coach.plain import from_plain
from skill.coach.session import Phase, Session
from skill.coach_skill import coach_skill
from skill.settings import Settings
from skill.simulator.audio_stream import Habits
from skill.simulator.ears import Ears
from skill.simulator.expected import expected
from skill.simulator.request import SPEAKER, Profile, Slot
from skill.simulator.streams import Streams
from skill.sound import EnglishSound, recordings_of
from skill.store.memory import MemoryStore
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon
from tests.coach.listener import the_words
from tests.conversations.listener import SECRET, Listener, kept_of, signed_answer

BASE = "https://coach.example/audio"
HABITS = [
    Habits(interrupted="PAUSED"),
    Habits(interrupted="PAUSED", enqueue_behind="last"),
    Habits(interrupted="STOPPED"),
    Habits(interrupted="STOPPED", enqueue_behind="last"),
    Habits(tells_of_interruptions=False),
    Habits(tells_of_interruptions=False, enqueue_behind="last"),
]


class SilentSound(EnglishSound):
    """The guides and clips of English, said by a voice of silence."""

    choice = Choice(Silent(), "for tests")


class Gym:
    """A skill with its sound, and a device whose player fetches it."""

    def __init__(
        self,
        folder: Path,
        amazon: PretendAmazon,
        clock: FrozenClock,
        ears: Ears,
        sound: SilentSound,
        *,
        composes: bool = True,
    ) -> None:
        self.store = MemoryStore()
        self.clock, self.ears = clock, ears
        settings = Settings.from_environment(
            {"HIP_WORKOUT_SKILL_ID": SKILL_ID, "HIP_WORKOUT_DATA_FOLDER": str(folder)}
        )
        recordings = recordings_of(BASE, SECRET, sound, composes=composes)
        routes = audio_blueprint(sound, recordings.urls)
        skill = coach_skill(self.store, SECRET, recordings=recordings, words=the_words())
        verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
        app = create_app(settings, skill=skill, verifier=verifier, clock=clock, beside=[routes])
        self.client: FlaskClient = app.test_client()
        self.answer = signed_answer(self.client, amazon)
        self.streams = Streams(self._get)
        self.dead = False

    def listener(self, habits: Habits | None = None, profile: Profile = SPEAKER) -> Listener:
        return Listener(
            self.answer,
            self.clock,
            self.ears,
            profile=profile,
            length_of=self.streams.length_of,
            fetch=self.streams.fetch,
            habits=habits or Habits(),
            pass_time=lambda ms: self.clock.forward(seconds=ms / 1000),
        )

    def _get(self, url: str) -> bytes | None:
        assert url.startswith(BASE)
        if self.dead:
            return None
        got = self.client.get(urlsplit(url).path)
        return got.get_data() if got.status_code == 200 else None

    @property
    def session(self) -> Session:
        """What the store keeps of the session."""
        return from_plain(kept_of(self.store)["session"])


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SilentSound:
    folder = str(tmp_path_factory.mktemp("sound"))
    return SilentSound(Settings.from_environment({"HIP_WORKOUT_DATA_FOLDER": folder}))


@pytest.fixture
def gym(
    tmp_path: Path, amazon: PretendAmazon, clock: FrozenClock, ears: Ears, sound: SilentSound
) -> Gym:
    return Gym(tmp_path, amazon, clock, ears, sound)


def speaks(ann: Listener, utterance: str) -> str:
    """Say something at this very moment, into whatever plays."""
    heard = ann.ears.hear(utterance, expected(ann.device.attributes))
    slots = {n: Slot(s.value, (s.id,) if s.id else ()) for n, s in heard.slots.items()}
    return ann.device.say(heard.intent, slots).playback.text


def begins(gym: Gym, habits: Habits | None = None) -> Listener:
    """Somebody who is cleared, and has a workout playing."""
    ann = gym.listener(habits)
    ann.says("open my hip workout", "yes", "stop")
    ann.says("open my hip workout", "no", "play a twenty minute workout", "yes")
    begun = ann.device.next_audio_event()
    assert begun is not None
    assert begun.request is not None
    assert begun.request["request"]["type"] == "AudioPlayer.PlaybackStarted"
    return ann


def plays_until(ann: Listener, gym: Gym, phase: Phase) -> None:
    """Let it play until the track of this phase has begun."""
    for _ in range(60):
        if gym.session.phase is phase:
            return
        assert ann.device.next_audio_event() is not None, "the queue ended"
    raise AssertionError(f"never in {phase}")


def test_a_whole_workout_plays_without_a_word_from_the_listener(gym: Gym) -> None:
    ann = begins(gym)
    events = ann.device.play_on()
    assert gym.session.phase is Phase.DONE
    (done,) = read_history(kept_of(gym.store)["history"])[0]
    assert done.blocks
    assert all(block.reps for block in done.blocks)
    kinds = [turn.request["request"]["type"] for turn in events if turn.request]
    assert kinds[-1] == "AudioPlayer.PlaybackFinished"
    assert len(ann.device.audio.heard) >= 4


def test_tracks_follow_each_other_without_a_gap(gym: Gym) -> None:
    ann = begins(gym)
    ann.device.play_on()
    heard = ann.device.audio.heard
    assert all(stretch.from_ms == 0 for stretch in heard)
    assert len({stretch.stream.token for stretch in heard}) == len(heard)


@pytest.mark.parametrize("habits", HABITS, ids=str)
def test_pause_in_mid_set_and_resume_goes_on_at_that_rep(gym: Gym, habits: Habits) -> None:
    ann = begins(gym, habits)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(45_000)
    speaks(ann, "pause")
    paused = gym.session
    assert paused.phase is Phase.PAUSED
    assert paused.hands_free
    gym.clock.forward(minutes=20)
    speaks(ann, "resume")
    here = gym.session
    assert (here.block, here.set, here.side) == (paused.block, paused.set, paused.side)
    assert here.rep == paused.rep
    ann.device.play_on()
    assert gym.session.phase is Phase.DONE


@pytest.mark.parametrize("habits", HABITS, ids=str)
def test_where_am_i_is_answered_in_mid_set_and_the_sound_goes_on(gym: Gym, habits: Habits) -> None:
    ann = begins(gym, habits)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(40_000)
    heard = speaks(ann, "where am i")
    assert "set" in heard
    assert not ann.device.in_session
    ann.device.play_on()
    assert gym.session.phase is Phase.DONE


def test_next_goes_to_the_next_set_and_previous_back_to_this_one(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    first = gym.session
    speaks(ann, "next")
    then = gym.session
    assert (then.block, then.set) > (first.block, first.set)
    speaks(ann, "go back")
    back = gym.session
    assert (back.block, back.set) == (first.block, first.set)


def test_the_keys_of_a_remote_control_do_the_same(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(30_000)
    ann.device.press("Pause")
    paused = gym.session
    assert paused.phase is Phase.PAUSED
    ann.device.press("Play")
    assert gym.session.rep == paused.rep
    first = gym.session
    ann.device.press("Next")
    assert (gym.session.block, gym.session.set) != (first.block, first.set)


def test_shuffle_and_loop_are_declined_politely_and_nothing_stops(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    for intent in ("AMAZON.ShuffleOnIntent", "AMAZON.LoopOnIntent"):
        heard = ann.device.say(intent).playback.text
        assert "order" in heard
    ann.device.play_on()
    assert gym.session.phase is Phase.DONE


def test_a_question_stops_the_stream_and_the_conversation_carries_on_from_that_rep(
    gym: Gym,
) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(45_000)
    speaks(ann, "give me a tip")
    place = gym.session
    assert ann.device.in_session
    assert ann.device.audio.stream is None or not ann.device.audio.sounding
    ann.says("carry on")
    here = gym.session
    assert (here.block, here.set, here.rep) == (place.block, place.set, place.rep)


def test_a_track_that_fails_once_is_played_again(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(40_000)
    ann.device.fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", "no")
    ann.device.play_on()
    assert gym.session.phase is Phase.DONE


def test_sound_that_cannot_be_had_is_told_of_at_the_next_launch(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    ann.device.run(40_000)
    gym.dead = True
    ann.device.fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", "no")
    ann.device.play_on()
    assert gym.session.phase is Phase.PAUSED
    gym.dead = False
    heard = ann.device.launch().playback.text
    assert "could not be played" in heard
    assert not gym.session.hands_free


def test_a_next_track_that_cannot_be_had_does_not_cut_this_one_short(gym: Gym) -> None:
    ann = begins(gym)
    plays_until(ann, gym, Phase.SET)
    gym.dead = True
    playing = ann.device.audio.stream
    ann.device.play_on()
    assert ann.device.audio.heard[-1].stream == playing
    assert ann.device.audio.heard[-1].ended is not None
    gym.dead = False
    assert "could not be played" in ann.device.launch().playback.text


def test_events_that_come_twice_or_late_lose_nothing(gym: Gym) -> None:
    ann = begins(gym)
    events = []
    while (turn := ann.device.next_audio_event()) is not None:
        events.append(turn)
        ann.device.repeat(turn)
        late = events[max(0, len(events) - 4)].request
        assert late is not None
        told = late["request"]
        kind = told["type"].removeprefix("AudioPlayer.")
        ann.device.send_event(kind, told["token"], told["offsetInMilliseconds"])
        assert len(events) < 100
    assert gym.session.phase is Phase.DONE
    assert len(read_history(kept_of(gym.store)["history"])[0]) == 1


def test_a_guide_plays_and_is_no_workout(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes")
    heard = ann.says("play the glute bridge guide")
    assert "glute bridge" in heard
    ann.device.next_audio_event()
    stream = ann.device.audio.stream
    assert stream is not None
    assert stream.url == f"{BASE}/en-US/guides/how-to-glute_bridge.mp3"
    ann.device.play_on()
    assert gym.session.hands_free is False


def test_a_set_in_conversation_is_played_from_its_recording(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes", "do ten glute bridges")
    ann.says("ready", "ready")
    assert ann.last is not None
    speech = ann.last.response["response"]["outputSpeech"]["ssml"]
    assert f'<audio src="{BASE}/en-US/part/' in speech
    assert ann.device.listening
    ann.cuts_in(60, "pause")
    assert gym.session.rep > 1


def test_a_device_without_a_player_is_coached_step_by_step(gym: Gym) -> None:
    ann = gym.listener(profile=Profile(interfaces={}))
    ann.says("open my hip workout", "yes")
    heard = ann.says("play the whole workout")
    assert "step by step" in heard
    assert ann.device.audio.stream is None


def test_a_guide_is_paused_and_goes_on_where_it_was(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes", "play the glute bridge guide")
    ann.device.next_audio_event()
    ann.device.run(30_000)
    speaks(ann, "pause")
    assert not ann.device.audio.sounding
    speaks(ann, "resume")
    ann.device.play_on()
    before, after = ann.device.audio.heard[-2:]
    assert after.from_ms == before.to_ms >= 28_000


def test_a_host_of_files_plays_the_guides_and_the_nearest_whole_workout(
    tmp_path: Path, amazon: PretendAmazon, clock: FrozenClock, ears: Ears, sound: SilentSound
) -> None:
    gym = Gym(tmp_path, amazon, clock, ears, sound, composes=False)
    ann = gym.listener()
    heard = ann.says("open my hip workout", "yes", "play a fifteen minute workout")
    assert "minute workout" in heard or "workout of" in heard
    ann.device.next_audio_event()
    stream = ann.device.audio.stream
    assert stream is not None
    assert stream.url.endswith(("/guides/workout-10.mp3", "/guides/workout-20.mp3"))
    ann.says("open my hip workout", "no", "do ten glute bridges", "ready", "ready")
    assert ann.last is not None
    directives = ann.last.response["response"].get("directives", ())
    assert any(each["type"].startswith("Alexa.Presentation.APLA") for each in directives)


def test_the_art_that_is_named_is_there(gym: Gym) -> None:
    begins(gym)
    got = gym.client.get("/audio/cover.png")
    assert got.status_code == 200
    assert got.mimetype == "image/png"
    assert got.get_data().startswith(b"\x89PNG")


def test_the_offer_says_how_long_it_really_plays(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes", "stop")
    offer = ann.says("open my hip workout", "no", "play a twenty minute workout")
    told = re.search(r"(\d+) minutes", offer)
    assert told is not None
    ann.says("yes")
    ann.device.play_on()
    played_ms = sum(each.to_ms - each.from_ms for each in ann.device.audio.heard)
    assert abs(played_ms / 60_000 - int(told[1])) < 2


def test_a_question_into_a_guide_leaves_a_session_that_can_be_read(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes", "stop")
    ann.says("open my hip workout", "no", "play the glute bridge guide")
    ann.device.next_audio_event()
    ann.device.run(20_000)
    speaks(ann, "how am i doing")
    assert gym.session.phase is Phase.IDLE
    assert gym.session.cleared


def test_shuffle_in_a_conversation_does_not_end_it(gym: Gym) -> None:
    ann = gym.listener()
    ann.says("open my hip workout", "yes")
    ann.device.say("AMAZON.ShuffleOnIntent")
    assert ann.device.in_session


def test_a_question_into_a_stream_stops_it_so_that_it_does_not_go_on_by_itself(gym: Gym) -> None:
    ann = begins(gym)
    ann.device.run(20_000)
    assert speaks(ann, "play a ten minute workout").endswith("?")
    assert speaks(ann, "cancel").endswith("Goodbye.")
    assert not ann.device.audio.goes_on
