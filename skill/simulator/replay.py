"""Has a saved conversation again, in no time, and tells where the coach says something else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from skill.simulator.conversation import Conversation, Step
from skill.simulator.deeds import perform
from skill.simulator.device import Answer, PretendDevice, VirtualClock
from skill.simulator.limits import ResponseRefused
from skill.simulator.meaning import Ears, Expects, meant
from skill.simulator.request import SHOW, SPEAKER, Profile
from skill.simulator.turn import Turn


@dataclass(frozen=True)
class Difference:
    """A step to which the coach said something else than was saved."""

    number: int
    """Of the step, 1 for the first."""

    step: Step
    """With what was saved."""

    said: str
    """What is said now."""


def replayed(
    conversation: Conversation,
    answer: Answer,
    ears: Ears,
    expects: Expects,
    *,
    profile: Profile | None = None,
    declared: dict[str, dict[str, str]] | None = None,
) -> Conversation:
    """Return the same conversation with what is said now.

    ``answer`` is a skill that has never met the listener. The device's clock begins when the
    conversation began, so that the same is said whenever this is done. Without a ``profile`` it is
    a speaker, or one with a screen where something is touched.
    """
    clock = VirtualClock(conversation.began)
    touches = any(step.deed is not None and step.deed.do == "touch" for step in conversation.steps)
    profile = profile or (SHOW if touches else SPEAKER)
    device = PretendDevice(answer, clock, profile=profile, declared=declared)
    listener = StepByStep(device, clock, ears, expects)
    steps = tuple(replace(step, said=_said(listener, step)) for step in conversation.steps)
    return replace(conversation, steps=steps)


def differences(saved: Conversation, now: Conversation) -> tuple[Difference, ...]:
    """Return where two conversations of the same steps differ, of what was saved."""
    pairs = enumerate(zip(saved.steps, now.steps, strict=True), 1)
    return tuple(
        Difference(number, before, after.said or "")
        for number, (before, after) in pairs
        if before.said is not None and before.said != after.said
    )


def _said(listener: StepByStep, step: Step) -> str:
    """Return what is heard of a step; in brackets where Amazon would refuse the answer."""
    try:
        turn = listener.take(step)
    except ResponseRefused as refused:
        return " ".join(f"(Amazon would refuse this answer: {refused.reason})".split())
    return heard_of(turn)


def heard_of(turn: Turn | None) -> str:
    """Return all that is heard of a turn, as it stands in a conversation."""
    heard = (turn.playback.text, turn.question.text) if turn else ()
    return " ".join(" ".join(heard).split())


class StepByStep:
    """Says and does step by step what stands in a conversation."""

    def __init__(
        self, device: PretendDevice, clock: VirtualClock, ears: Ears, expects: Expects
    ) -> None:
        self._device = device
        self._clock = clock
        self._ears = ears
        self._expects = expects

    def take(self, step: Step) -> Turn | None:
        """Let time pass, and do the step; None where nothing comes of it.

        Raises ResponseRefused.
        """
        self._let_pass(step.at_ms)
        return self._act(step)

    def _let_pass(self, at_ms: int | None) -> None:
        """Push the clock to ``at_ms`` into what is played; to the end of it all without that."""
        device = self._device
        left_ms = device.playing.ms - device.played_ms
        if at_ms is not None:
            later_ms = at_ms - device.passed_ms
            left_ms = min(later_ms, left_ms) if device.next_audio_at is None else later_ms
        device.run(max(left_ms, 0))
        if at_ms is None:
            device.play_on()

    def _act(self, step: Step) -> Turn | None:
        device = self._device
        if step.deed is not None:
            return perform(device, step.deed)
        if not step.words:
            return self._be_silent()
        action = meant(device, self._ears, self._expects, step.words).act
        return action() if action else None

    def _be_silent(self) -> Turn | None:
        if not self._device.in_session:
            return None
        self._clock.advance(self._device.patience_s * 1000)
        return self._device.silence()
