"""The host of composed sound dead while a workout plays hands free."""

from __future__ import annotations

from pathlib import Path

from skill.coach.session import Phase
from skill.settings import Settings
from skill.simulator.ears import Ears
from tests.amazon import FrozenClock
from tests.conversations.listener import Listener
from tests.conversations.test_playing import Gym, SilentSound, begins, plays_until
from tests.faults.row import Row, short
from tests.faults.stage import Stage


def host_dead(stage: Stage) -> Row:
    """Let no track be had from the middle of a set on, and launch once the host is back."""
    folder = stage.folder / "sound"
    sound = SilentSound(Settings.from_environment({"HIP_WORKOUT_DATA_FOLDER": str(folder)}))
    with stage.amazon.named():
        gym = Gym(Path(stage.folder), stage.amazon, FrozenClock(), Ears(), sound)
        ann = begins(gym)
        plays_until(ann, gym, Phase.SET)
        ann.device.run(40_000)
        before = gym.session
        gym.dead = True
        ann.device.fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", "no")
        ann.device.play_on()
        stopped = gym.session
        assert stopped.phase is Phase.PAUSED
        assert (stopped.block, stopped.set) == (before.block, before.set)
        assert stopped.rep >= before.rep
        bob = Listener(gym.answer, gym.clock, gym.ears, "bob")
        assert "no medical advice" in bob.says("open my hip workout")
        gym.dead = False
        heard = ann.device.launch().playback.text
        assert "could not be played" in heard
    return Row(
        "audio host dead",
        "no track can be had from the middle of a set on",
        f"silence; at the next launch: {short(heard)}",
        "The track is tried once more, then the workout pauses where it was heard to, in the same "
        "set; it goes on step by step, by Alexa's own voice, which needs no host of ours.",
    )
