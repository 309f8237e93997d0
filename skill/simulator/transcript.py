"""A conversation as plain lines of text: what the coach says, its pauses, the reps in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rich.cells import cell_len
from rich.console import Console

from skill.simulator.playback import Playback, Sound

IN_ONE_BREATH_MS = 500
"""Less silence than this between two sentences is not shown."""

BEAT_MS = 4_000
"""Short words with less silence than this between them are beats of one rep, or of a count."""

SHOWN_MS = 1_000
"""Silence from here on is shown at the end of a line."""

LONG_MS = 10_000
"""Silence from here on has a line of its own."""

SHORT_WORDS = 3
"""A beat has no more words than this."""


@dataclass(frozen=True)
class Row:
    """What is shown on one line, wrapped if need be, and the silence after it."""

    sounds: tuple[Sound, ...]
    quiet_ms: int

    @property
    def of_beats(self) -> bool:
        """Whether it is a rep or a count rather than sentences."""
        return len(self.sounds) > 1 and all(_is_short(sound) for sound in self.sounds)


def shown(sound: Sound) -> str:
    """Return the words of a sound, or the name of a clip in brackets."""
    return sound.text or f"[sound: {PurePosixPath(sound.source).stem}]"


def rows(playback: Playback) -> list[Row]:
    """Put sounds together that are read best on one line."""
    found: list[Row] = []
    row: list[Sound] = []
    end_ms = 0
    for sound in playback.sounds:
        gap_ms = sound.at_ms - end_ms
        if row and not _continues(row, gap_ms, sound):
            found.append(Row(tuple(row), gap_ms))
            row = []
        elif not row and gap_ms >= SHOWN_MS:
            found.append(Row((), gap_ms))
        row.append(sound)
        end_ms = max(end_ms, sound.end_ms)
    if row or playback.ms > end_ms:
        found.append(Row(tuple(row), playback.ms - end_ms))
    return found


def quiet(ms: int) -> str:
    """Tell how long a silence lasts; empty for one that is not worth a word."""
    if ms >= LONG_MS:
        return f"(quiet, {ms / 1000:.0f} s)"
    return f"… {round(ms / 1000, 1):g} s" if ms >= SHOWN_MS else ""


def minutes(ms: int) -> str:
    """Write a length or a place in a stream as minutes and seconds, such as 2:05."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _is_short(sound: Sound) -> bool:
    return len(sound.text.split()) <= SHORT_WORDS


def _is_number(sound: Sound) -> bool:
    return sound.text.rstrip(".!,").isdigit()


def _continues(row: Sequence[Sound], gap_ms: int, sound: Sound) -> bool:
    if _starts_over(row, sound) or gap_ms >= BEAT_MS:
        return False
    return gap_ms < IN_ONE_BREATH_MS or all(_is_short(one) for one in [*row, sound])


def _starts_over(row: Sequence[Sound], sound: Sound) -> bool:
    """Say whether ``sound`` begins the next rep, given what the row holds."""
    if _is_short(sound) and sound.text and sound.text == row[0].text:
        return True
    numbers = [one for one in row if _is_number(one)]
    return _is_number(sound) and 0 < len(numbers) < len(row)


class Transcript:
    """Writes to a terminal or a file; nothing that was written is ever drawn over."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, 80)
        self._column = 0
        self._row: list[Sound] = []

    def note(self, text: str) -> None:
        """Say something that nobody in the conversation says."""
        self._new_line()
        self._write(text, "dim")
        self._new_line()

    def trouble(self, text: str) -> None:
        """Report a fault of the skill."""
        self._new_line()
        self._write(text, "bold red")
        self._new_line()

    def prompt(self) -> None:
        """Invite the listener to type."""
        self._new_line()
        self._console.print("\nYou: ", end="", style="bold green")
        self._column = 0  # the listener's own Enter ends this line

    def meanwhile(self, text: str) -> None:
        """Say something while the listener is invited to type, and invite them again."""
        self._console.print()
        self.note(text)
        self.prompt()

    def you(self, text: str, at_ms: int | None) -> None:
        """Write down what the listener said, and when, if it cut the coach short."""
        self._new_line()
        self._console.print()
        who = "You:" if at_ms is None else f"You, cutting in at {round(at_ms / 1000, 1):g} s:"
        self._write(who, "bold")
        self._write(text or "(silence)", "green")
        self._new_line()

    def coach(self) -> None:
        """Begin what the coach says."""
        self._new_line()
        self._write("Coach:", "bold cyan")

    def alexa(self) -> None:
        """Begin what Alexa says in her own words."""
        self._new_line()
        self._write("Alexa:", "bold magenta")

    def sound(self, sound: Sound) -> None:
        """Write one sentence, beat or clip behind what stands on the line."""
        if self._row and sound.at_ms - self._row[-1].end_ms >= IN_ONE_BREATH_MS:
            self._write("…", "dim")
        self._write(shown(sound), "")
        self._row.append(sound)

    def end_row(self, row: Row) -> None:
        """End the line of a row with the silence after it."""
        words = quiet(row.quiet_ms)
        if row.quiet_ms >= LONG_MS and row.sounds:
            self._new_line()
        if words and (row.quiet_ms >= BEAT_MS or not row.of_beats):
            self._write(words, "dim")
        self._new_line()

    def _new_line(self) -> None:
        if self._column:
            self._console.print()
        self._column = 0
        self._row = []

    def _write(self, text: str, style: str) -> None:
        written: list[str] = []
        for word in text.split():
            length = cell_len(word)
            if self._column and self._column + 1 + length > self._width:
                written.append("\n")
                self._column = 0
            elif self._column:
                written.append(" ")
                self._column += 1
            written.append(word)
            self._column += length
        self._console.print("".join(written), end="", style=style, soft_wrap=True)
        self._console.file.flush()
