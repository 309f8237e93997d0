"""A conversation at a page, written down so that it can be saved, shared and had again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from skill.simulator import conversation
from skill.simulator.conversation import MOST_STEPS, Conversation
from skill.simulator.deeds import Deed
from skill.simulator.device import PretendDevice
from skill.simulator.step import Step

UNNOTICED_MS = 60_000
"""Silence that changes nothing in what comes: less than this is no pause between two talks."""


class Recording:
    """Notes step by step what a listener says and does, and what they hear."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._steps: list[conversation.Step] = []

    @property
    def conversation(self) -> Conversation:
        """What was said and done until now; of a very long one, its beginning."""
        return Conversation(tuple(self._steps[:MOST_STEPS]), self._began)

    def begin(self, step: Step, device: PretendDevice) -> None:
        """Note a step that is about to be taken, at the time that the device's clock shows."""
        waited_ms = device.passed_ms - device.playing.ms
        cuts_in = waited_ms < 0
        if step.do in ("silence", "wait"):
            if step.do == "silence" and device.in_session:
                self._steps.append(conversation.Step())
            elif step.after_ms and not cuts_in:
                self._wait(step.after_ms)
            return
        if waited_ms >= UNNOTICED_MS and not device.audio.goes_on:
            self._wait(waited_ms)
        at_ms = device.passed_ms if cuts_in else None
        self._steps.append(conversation.Step(step.words, at_ms, _deed(step)))

    def end(self, said: str) -> None:
        """Note what is heard of the step that was noted last."""
        if self._steps:
            self._steps[-1] = replace(self._steps[-1], said=" ".join(said.split()))

    def _wait(self, ms: int) -> None:
        self._steps.append(conversation.Step(deed=Deed("wait", ms=ms)))


def _deed(step: Step) -> Deed | None:
    """Return what is done without a voice; None where something is said."""
    match step.do:
        case "press":
            return Deed("press", step.key)
        case "permit":
            return Deed("permit", step.consent)
        case "hang_up" | "disable" | "enable":
            return Deed(step.do)
    return None
