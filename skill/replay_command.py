"""``hip-workout replay``: have saved conversations again, and tell where the coach differs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.simulator.conversation import Conversation
    from skill.simulator.device import Answer
    from skill.simulator.meaning import Ears
    from skill.simulator.replay import Difference


class ReplayTrouble(click.ClickException):
    """A file that is no conversation: exit code 2, as for other mistakes of the user's."""

    exit_code = 2


class _HasEars(Protocol):
    """What this command needs of the command line's parts."""

    @property
    def ears(self) -> Callable[[], Ears]:
        """Makes the ears."""


@click.command("replay")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_obj
def replay_command(parts: _HasEars, files: tuple[Path, ...]) -> None:
    """Have saved conversations again, in no time, and compare what the coach says.

    A FILE is what `hip-workout chat` takes from a pipe, with what the coach said then in lines that
    begin with ">". Each is had with a coach who has never met the listener, at the time at which it
    began. The exit code is 1 if the coach says something else, and 2 for a file that is no
    conversation.
    """
    from skill.log import configure_logging

    configure_logging("warning")  # to standard error: standard output is for what differs
    conversations = {file: _read(file) for file in files}
    ears = parts.ears()
    differ = False
    for file, conversation in conversations.items():
        found = _differences(conversation, ears)
        differ = differ or bool(found)
        click.echo(f"{file}: {_outcome(conversation, found)}")
        for difference in found:
            click.echo(told(difference))
    sys.exit(1 if differ else 0)


def _read(file: Path) -> Conversation:
    from skill.simulator.conversation import BadConversation, read

    try:
        return read(file.read_text("utf-8"))
    except (BadConversation, UnicodeDecodeError, OSError) as fault:
        raise ReplayTrouble(f"{file}: {fault}") from fault


def new_coach() -> Answer:
    """Return a coach who has never met anybody, and remembers as long as the process lives."""
    from skill.coach_skill import coach_skill
    from skill.simulator.local import local_answer

    return local_answer(coach_skill())


def _differences(conversation: Conversation, ears: Ears) -> tuple[Difference, ...]:
    from skill.simulator.expected import expected
    from skill.simulator.replay import differences, replayed

    return differences(conversation, replayed(conversation, new_coach(), ears, expected))


def _outcome(conversation: Conversation, found: tuple[Difference, ...]) -> str:
    compared = sum(step.said is not None for step in conversation.steps)
    if not found:
        return f"the same ({compared} answers)"
    return f"{len(found)} of {compared} answers differ"


def told(difference: Difference) -> str:
    """Return a difference as lines: what was said or done, and both answers by the sentence."""
    step = difference.step
    before, now = step.said or "", difference.said
    return "\n".join(
        [
            f"  step {difference.number}: {str(step) or '(silence)'}",
            *(f"    {sign} {words}" for sign, words in _parted(before, now)),
        ]
    )


def _parted(before: str, now: str) -> list[tuple[str, str]]:
    """Part two answers into sentences that are gone (-), new (+) or the same (space)."""
    import difflib
    import re

    first, second = (re.split(r"(?<=[.!?]) ", text) if text else [] for text in (before, now))
    lines = difflib.ndiff(first, second)
    return [(line[0], line[2:]) for line in lines if line[0] != "?"]
