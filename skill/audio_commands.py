"""``hip-workout audio``: render what the coach says as clips, look them over, tidy up."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from audio.clip_folder import ClipFolder
    from audio.rendering import MakeVoice, Outcome, Progress
    from audio.voices.choose import Choice
    from audio.voices.voice import Voice
    from skill.coach.exercise import Catalogue
    from skill.coach.reply import Line
    from skill.render.words import Words


class AudioTrouble(click.ClickException):
    """A voice, or the folder of clips, cannot be used: one clear message, exit code 2."""

    exit_code = 2


def _choose(locale: str, wanted: str | None, piper_voice: Path | None) -> Choice:
    from audio.voices.choose import choose

    return choose(locale, wanted, piper_voice=piper_voice)


def _every_line(catalogue: Catalogue, words: Words) -> tuple[Line, ...]:
    from audio.repertoire import every_line

    return every_line(catalogue, words)


@dataclass(frozen=True)
class AudioParts:
    """What these commands work with; a test hands over its own."""

    environ: Mapping[str, str]

    choose: Callable[[str, str | None, Path | None], Choice] = _choose
    """Voice by locale, name and Piper's file; a function that can be pickled."""

    every_line: Callable[[Catalogue, Words], tuple[Line, ...]] = _every_line


@dataclass(frozen=True)
class Opened:
    """The clips that a command is about."""

    clips: ClipFolder
    lines: tuple[Line, ...]
    why: str
    """Why it is this voice."""

    make_voice: MakeVoice


@click.group("audio")
@click.pass_context
def audio_commands(context: click.Context) -> None:
    """Render, check and tidy the clips: what the coach says, as sound."""
    if not isinstance(context.obj, AudioParts):
        context.obj = AudioParts(context.obj.environ)


def _chosen(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option(
            "--voice",
            metavar="NAME",
            help="Who speaks.  [default: HIP_WORKOUT_VOICE or the best local voice]",
        ),
        click.option("--locale", default="en-US", show_default=True, help="Language and region."),
    ):
        command = option(command)
    return command


@audio_commands.command()
@_chosen
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes that render.  [default: one for each processor]",
)
@click.pass_obj
def render(parts: AudioParts, locale: str, voice: str | None, jobs: int | None) -> None:
    """Render every line that has no clip yet.

    Only what changed is rendered. Stop it at any time: what is done stays, and the next run goes
    on from there. The exit code is 1 if a line could not be said.
    """
    opened = open_clips(parts, locale, voice)
    click.echo(f"Voice: {opened.why}")
    outcome = rendered(opened.clips, opened.lines, opened.make_voice, jobs or os.cpu_count() or 1)
    for text, why in outcome.errors.items():
        click.echo(f"{text!r}: {why}", err=True)
    click.echo(
        f"{outcome.rendered} clips rendered, {outcome.there} were there, "
        f"{len(outcome.errors)} could not be. They are in {opened.clips.texts.folder}"
    )
    if outcome.errors:
        raise click.exceptions.Exit(1)


def rendered(
    clips: ClipFolder, lines: tuple[Line, ...], make_voice: MakeVoice, jobs: int
) -> Outcome:
    """Render lines under a progress bar on standard error.

    Raises:
        AudioTrouble: the folder cannot be written to.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    from audio.manifest import ClipFolderError
    from audio.rendering import render as render_lines

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[news]}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        try:
            return render_lines(lines, clips, make_voice, jobs=jobs, progress=_shown(bar))
        except ClipFolderError as fault:
            raise AudioTrouble(str(fault)) from fault


def _shown(bar: Bar) -> Callable[[Progress], None]:
    """Return what moves a bar."""
    task = bar.add_task("Rendering", total=None, news="")

    def show(progress: Progress) -> None:
        news = f"{progress.left} left, {progress.rate:.0f} a second, {progress.errors} errors"
        done = progress.done + progress.errors
        bar.update(task, completed=done, total=progress.total, news=news)

    return show


@audio_commands.command()
@_chosen
@click.pass_obj
def check(parts: AudioParts, locale: str, voice: str | None) -> None:
    """Decode and measure every clip: there, whole, as long and as loud as it must be.

    The exit code is 1, after a list, if one is not.
    """
    from audio.checking import faults
    from audio.manifest import ClipFolderError

    opened = open_clips(parts, locale, voice)
    try:
        found = list(faults(opened.clips, opened.lines))
    except ClipFolderError as fault:
        raise AudioTrouble(str(fault)) from fault
    for each in found:
        click.echo(f"{each.text!r}: {each.why}")
    if found:
        _end(f"{len(found)} of {len(opened.lines)} are not right: run hip-workout audio render", 1)
    click.echo(f"{len(opened.lines)} clips are right.")


@audio_commands.command()
@_chosen
@click.option("--yes", is_flag=True, help="Remove them; without it they are only listed.")
@click.pass_obj
def prune(parts: AudioParts, locale: str, voice: str | None, *, yes: bool) -> None:
    """Find clips that no line needs any more: of former wordings or versions of the voice.

    Among them are clips of unusual plans; they are rendered again when they are wanted.
    """
    from audio.manifest import ClipFolderError

    opened = open_clips(parts, locale, voice)
    unused = opened.clips.unused(opened.lines)
    for path, size in unused.items():
        entry = opened.clips.texts.entry_of(path.stem)
        click.echo(f"{size:>9,}  {path.name}  {entry.text if entry else ''}".rstrip())
    told = f"{len(unused)} unused files, {sum(unused.values()):,} bytes"
    if not yes:
        click.echo(f"{told}." + (" Remove them with --yes." if unused else ""))
        return
    try:
        opened.clips.remove(unused)
    except ClipFolderError as fault:
        raise AudioTrouble(str(fault)) from fault
    click.echo(f"{told}: removed.")


@audio_commands.command("list")
@_chosen
@click.pass_obj
def list_clips(parts: AudioParts, locale: str, voice: str | None) -> None:
    """List every line with its milliseconds, voice and words."""
    opened = open_clips(parts, locale, voice)
    texts = opened.clips.texts
    for line in opened.lines:
        text = opened.clips.text_of(line)
        entry = texts.entry_of(texts.name_of(text))
        ms = "-" if entry is None else str(entry.clip(texts.name_of(text)).ms)
        click.echo(f"{ms:>6}  {texts.voice.name}  {line.id}  {text}")


def open_clips(parts: AudioParts, locale: str, wanted: str | None) -> Opened:
    """Return the clips of a locale and voice, and the lines that are to be there.

    Raises:
        AudioTrouble: no such language, voice or folder; or the settings are wrong.
    """
    from audio.clip_folder import ClipFolder
    from audio.voices.voice import VoiceError
    from skill.catalogue.load import CatalogueError, load_catalogue, load_words
    from skill.data_folder import DataFolderError, data_folder
    from skill.render.words import Words
    from skill.settings import Settings, SettingsError

    if not re.fullmatch(r"[a-z]{2,3}(-([A-Z]{2}|[0-9]{3}))?", locale):
        raise AudioTrouble(f"{locale!r} is not like en-US.")
    language = locale.partition("-")[0]
    try:
        settings = Settings.from_environment(parts.environ)
        name = wanted or settings.voice
        choice = parts.choose(locale, name, settings.piper_voice)
        catalogue, text = load_catalogue(), load_words(language)
        folder = data_folder(settings.data_folder)
    except (SettingsError, VoiceError, CatalogueError, DataFolderError) as fault:
        raise AudioTrouble(str(fault)) from fault
    words = Words(language, text)
    return Opened(
        ClipFolder(folder_of(folder, locale, choice.voice), choice.voice, words, locale),
        parts.every_line(catalogue, words),
        choice.why,
        functools.partial(_voice, parts.choose, locale, name, settings.piper_voice),
    )


def folder_of(data: Path, locale: str, voice: Voice) -> Path:
    """Return where the clips of a voice in a language are, in the data folder."""
    return data / "audio" / locale / voice.name


def _voice(
    choose: Callable[[str, str | None, Path | None], Choice],
    locale: str,
    wanted: str | None,
    piper_voice: Path | None,
) -> Voice:
    """Make a process its voice."""
    return choose(locale, wanted, piper_voice).voice


def _end(message: str, code: int) -> NoReturn:
    click.echo(message)
    raise click.exceptions.Exit(code)
