"""A conversation with the coach in a terminal, through a pretend smart speaker."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any, TextIO

from rich.console import Console

from skill.simulator.deeds import UnknownDeed, perform, read_deed
from skill.simulator.device import Answer, PretendDevice, Turn, VirtualClock
from skill.simulator.keyboard import Lines, Said
from skill.simulator.limits import ResponseRefused
from skill.simulator.meaning import Ears, Expects, meant
from skill.simulator.permissions import purpose
from skill.simulator.playback import Playback
from skill.simulator.request import Json
from skill.simulator.stream_news import HELD, News
from skill.simulator.transcript import Transcript, rows

HINT = "Say: start my hip workout"

MOST_EVENTS = 1_000
"""After so many a queue of streams is taken to go round for ever."""

AHEAD_S = 0.5
"""How long a pipe may take to show whether its next line cuts in; a later one still counts."""


def expects_anything(attributes: Json) -> frozenset[str]:  # noqa: ARG001 - an Expects
    """Expect no intent more than another."""
    return frozenset()


def tapped(answer: Answer, stream: TextIO) -> Answer:
    """Return ``answer``, writing each request and response to ``stream``, one JSON line each."""

    def write(what: str, envelope: Json) -> None:
        stream.write(json.dumps({what: envelope}, ensure_ascii=False) + "\n")
        stream.flush()

    def tap(request: Json) -> Json:
        write("request", request)
        response = answer(request)
        write("response", response)
        return response

    return tap


def plain_console(stream: TextIO) -> Console:
    """Return a console without markup; colours only on a terminal and never with NO_COLOR."""
    return Console(file=stream, markup=False, highlight=False, emoji=False)


class Chat:
    """Takes the listener's lines to the device and writes down what is heard."""

    def __init__(
        self,
        device: PretendDevice,
        ears: Ears,
        lines: Lines,
        transcript: Transcript,
        *,
        skip: VirtualClock | None = None,
        expects: Expects = expects_anything,
    ) -> None:
        """Talk in real time, or, with ``skip``, push this clock of the device's forward instead."""
        self._device = device
        self._ears = ears
        self._lines = lines
        self._transcript = transcript
        self._skip = skip
        self._expects = expects
        self._refused = 0
        self._news = News(device)

    def run(self) -> int:
        """Converse until the lines end, or Ctrl-C; return how many answers Amazon would refuse."""
        try:
            self._transcript.note(HINT)
            self._converse()
        except KeyboardInterrupt:
            pass
        finally:
            self._try(self._device.hang_up)
        self._transcript.note("Goodbye.")
        return self._refused

    def _converse(self) -> None:
        while True:
            if self._lines.live and self._lines.peek() is None:
                self._transcript.prompt()
            if self._skip is None:
                self._stream()
            said = self._lines.next()
            if said is None:
                if self._skip is not None and not self._lines.live and self._device.next_audio_at:
                    self._let_pass(None)
                return
            if not self._hear(said):
                return

    def _hear(self, said: Said) -> bool:
        """Take one line to the device; say whether the conversation goes on."""
        cut_in_ms = self._cut_in(said)
        if not self._lines.live:
            self._transcript.you(said.text, cut_in_ms)
        if said.is_deed:
            self._do(said.text)
            return True
        if not said.text:
            self._be_silent()
            return True
        what = meant(self._device, self._ears, self._expects, said.text)
        if what.leaves:
            return False
        if what.act is None:
            self._transcript.note(f"(Alexa would not know whom that is for. {HINT})")
        else:
            self._try(what.act)
        return True

    def _cut_in(self, said: Said) -> int | None:
        """Let the clock show when it was said; return it where it was before the end."""
        if self._skip is not None:
            self._let_pass(said.cut_in_ms)
        device = self._device
        before_the_end = device.played_ms < device.playing.ms or device.audio.sounding
        return device.passed_ms if said.cut_in_ms is not None and before_the_end else None

    def _let_pass(self, at_ms: int | None) -> None:
        """Push the clock to ``at_ms`` into what is played; to the end of it all without that."""
        device = self._device
        left_ms = device.playing.ms - device.played_ms
        if at_ms is not None and device.next_audio_at is None:
            left_ms = min(at_ms, left_ms)
        elif at_ms is not None:
            left_ms = at_ms - device.passed_ms
        self._hear_of_streams(lambda: device.run(max(left_ms, 0)))
        for _ in range(MOST_EVENTS if at_ms is None else 0):
            if device.next_audio_at is None:
                return
            self._hear_of_streams(device.next_audio_event)

    def _stream(self) -> None:
        """In real time, let streams play until somebody speaks, or all is played."""
        device = self._device
        while (at := device.next_audio_at) is not None:
            left_s = (at - device.now).total_seconds()
            ahead = None if self._lines.live else self._lines.peek(AHEAD_S)
            if ahead is not None and ahead.cut_in_ms is not None:
                said_s = (ahead.cut_in_ms - device.passed_ms) / 1000
                if said_s <= left_s:
                    self._lines.pass_time(said_s)
                    return
            if self._lines.pass_time(left_s):
                return
            self._hear_of_streams(device.catch_up)

    def _hear_of_streams(self, action: Callable[[], object]) -> None:
        """Do something in which streams play, and write down what becomes of them."""
        try:
            action()
        except ResponseRefused as refused:
            self._report(refused)
        waits = self._skip is None and self._lines.live and self._lines.peek() is None
        for news in self._news.latest():
            (self._transcript.meanwhile if waits else self._transcript.note)(news)

    def _report(self, refused: ResponseRefused) -> None:
        self._refused += 1
        self._transcript.trouble(f"(Amazon would refuse this answer: {refused.reason})")

    def _do(self, text: str) -> None:
        """Do what a line of a pipe says that is not said."""
        try:
            deed = read_deed(text)
        except UnknownDeed as fault:
            self._transcript.note(f"({fault})")
            return
        if deed.do == "wait" and self._skip is None:
            self._lines.pass_time(deed.ms / 1000)
        elif deed.do == "wait":
            self._hear_of_streams(lambda: perform(self._device, deed))
        else:
            self._try(lambda: perform(self._device, deed))

    def _be_silent(self) -> None:
        if not self._device.in_session:
            return
        patience_s = self._device.patience_s
        if self._skip is not None:
            self._skip.advance(patience_s * 1000)
        elif not self._lines.live:
            self._lines.pass_time(patience_s)
        self._try(self._device.silence)

    def _try(self, action: Callable[[], Turn | None]) -> None:
        try:
            turn = action()
        except ResponseRefused as refused:
            self._report(refused)
            turn = None
        news = self._news.latest()
        held = list(takewhile(lambda line: line.startswith(HELD), news))  # before the coach speaks
        for line in held:
            self._transcript.note(line)
        if turn is not None:
            self._show(turn)
        for line in news[len(held) :]:
            self._transcript.note(line)

    def _show(self, turn: Turn) -> None:
        began_ms = 0
        voices = (self._transcript.coach, turn.playback), (self._transcript.alexa, turn.question)
        for begin, playback in voices:
            if playback.ms:
                begin()
                if self._play(playback, began_ms):
                    break
            began_ms += playback.ms
        card = _card(turn.response["response"].get("card") or {})
        if turn.request is not None and card:
            self._transcript.note(f"(Card in the app: {card})")
        for warning in turn.warnings:
            self._transcript.trouble(f"(Amazon accepts, but: {warning})")
        if turn.ended:
            self._transcript.note("(The session has ended.)")

    def _play(self, playback: Playback, began_ms: int) -> bool:
        """Write down a playback as it is heard; say whether somebody cut in before its end.

        ``began_ms`` is where it begins in all that the device is playing.
        """
        ahead = None if self._lines.live else self._lines.peek(AHEAD_S)
        end_ms = began_ms + playback.ms
        cut_in = ahead is not None and ahead.cut_in_ms is not None and ahead.cut_in_ms <= end_ms
        if ahead is not None and ahead.cut_in_ms is not None:
            playback = playback.heard_until(ahead.cut_in_ms - began_ms)
        for row in rows(playback):
            for sound in row.sounds:
                if self._cut_short_before(began_ms + sound.at_ms):
                    return True
                self._transcript.sound(sound)
            if row.sounds and self._cut_short_before(began_ms + row.sounds[-1].end_ms):
                return True
            self._transcript.end_row(row)
        return self._cut_short_before(began_ms + playback.ms) or cut_in

    def _cut_short_before(self, ms: int) -> bool:
        """Wait until ``ms`` into what is being played; say whether somebody spoke before that."""
        if self._skip is not None:
            return False
        return self._lines.pass_time((ms - self._device.played_ms) / 1000)


def _card(card: Mapping[str, Any]) -> str:
    """Return the title of a card, or what a card without one asks for; empty for no card."""
    if card.get("type") == "AskForPermissionsConsent":
        return f"permission to {purpose(card['permissions'])}"
    return str(card.get("title") or "")
