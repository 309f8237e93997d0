"""A listener, a device and a coach at one moment, from which any step can be tried."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from skill.simulator.alerts import Alerts
from skill.simulator.amazon_here import AmazonHere, allows_reminders
from skill.simulator.clock import VirtualClock
from skill.simulator.conversation import BEGAN, Step
from skill.simulator.device import PretendDevice
from skill.simulator.expected import expected
from skill.simulator.meaning import Ears
from skill.simulator.playback import Player
from skill.simulator.replay import StepByStep
from skill.simulator.request import SPEAKER, Json, Profile
from skill.simulator.turn import Turn


class Coach(Protocol):
    """A skill whose memory can be put back to any moment."""

    def answer(self, request: Json) -> Json:
        """Answer a request envelope."""
        ...

    @property
    def amazon(self) -> AmazonHere:
        """Whom it asks for reminders and time zones."""
        ...

    def remembered(self) -> object:
        """Return all that it keeps of listeners; it changes no more."""
        ...

    def remember(self, kept: object) -> None:
        """Keep nothing but this, which ``remembered`` returned."""
        ...


@dataclass(frozen=True)
class Setting:
    """Who is talked to, and through what."""

    name: str
    """Of the device, such as ``speaker``."""

    coach: Coach
    ears: Ears
    profile: Profile = SPEAKER
    locale: str = "en-US"
    declared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The slots of each intent with their types."""

    player: Player = field(default_factory=Player)


@dataclass(frozen=True)
class Moment:
    """All that what comes next depends on. Nothing of it is changed by trying steps."""

    device: PretendDevice
    alerts: Alerts
    kept: object


class Trial:
    """One try, from one moment on."""

    def __init__(self, setting: Setting, moment: Moment | None = None) -> None:
        """Begin at a moment; without it with a listener who has never been here."""
        self._setting = setting
        if moment is None:
            clock = VirtualClock(BEGAN)
            self.device, self.alerts = _device(setting, clock), Alerts(clock)
            setting.coach.remember(None)
        else:
            self.device, self.alerts = _twins(moment.device, moment.alerts)
            setting.coach.remember(moment.kept)

    def take(self, step: Step) -> Turn | None:
        """Let time pass and take a step; None where nothing comes of it. Raises ResponseRefused."""
        clock = self.alerts.clock
        assert isinstance(clock, VirtualClock)  # noqa: S101 - as it was begun
        setting = self._setting
        self.alerts.granted = allows_reminders(self.device.granted)
        setting.coach.amazon.add(self.device.profile.api_access_token, self.alerts)
        listener = StepByStep(self.device, clock, setting.ears, expected)
        return listener.take(step)

    def moment(self) -> Moment:
        """Return this moment; the trial must not be gone on with."""
        audio = self.device.audio
        for past in (self.device.told, audio.heard, audio.ignored):
            past.clear()
        for token in set(audio.known) - ({audio.stream.token} if audio.stream else set()):
            del audio.known[token]
        return Moment(self.device, self.alerts, self._setting.coach.remembered())


def _device(setting: Setting, clock: VirtualClock) -> PretendDevice:
    return PretendDevice(
        setting.coach.answer,
        clock,
        setting.locale,
        profile=setting.profile,
        player=setting.player,
        declared=setting.declared,
    )


def _twins(device: PretendDevice, alerts: Alerts) -> tuple[PretendDevice, Alerts]:
    """Copy what a step may change, and nothing else: that would take ten times as long."""
    shared: dict[int, object] = {id(each): each for each in _unchanging(device)}
    twins: tuple[PretendDevice, Alerts] = copy.deepcopy((device, alerts), shared)
    return twins


def _unchanging(device: PretendDevice) -> Iterator[object]:
    yield from (device.profile, device.playing, device._player, device._declared, device._answer)
    yield from (device.audio.stream, device.audio.habits, device.audio._length_of)
    yield from device.audio.line
    if device._session is not None:
        session = device._session
        yield from (session.last, session.attributes, session.asked, session.shown)
