"""``hip-workout audio export``: the guides as files for any player, host or podcast app."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skill.audio_commands import AudioParts, AudioTrouble

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from audio.export import Exported
    from skill.sound import EnglishSound


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--url",
    required=True,
    help="Where the folder is to be served, such as https://example.org/guides: for the feed.",
)
@click.option(
    "--for-alexa",
    is_flag=True,
    help="Write the sound without tags too, where HIP_WORKOUT_AUDIO_URL may point.",
)
@click.pass_obj
def export_command(parts: AudioParts, folder: Path, url: str, *, for_alexa: bool) -> None:
    """Write every guide as an MP3 with title, cover, chapters and words into FOLDER.

    Beside them: captions, a playlist, a podcast feed, and a page that plays them. Only what changed
    is written. Needs the extra ``export``.
    """
    from skill.settings import Settings, SettingsError
    from skill.sound import EnglishSound

    try:
        sound = EnglishSound(Settings.from_environment(parts.environ))
    except SettingsError as fault:
        raise AudioTrouble(str(fault)) from fault
    done = exported(sound, folder, url, for_alexa=for_alexa)
    click.echo(
        f"{len(done.written)} files written, {len(done.unchanged)} unchanged, "
        f"{len(done.removed)} removed. Open {folder / 'index.html'}"
    )


def exported(sound: EnglishSound, folder: Path, url: str, *, for_alexa: bool = False) -> Exported:
    """Export the guides under a progress bar on standard error.

    Raises:
        AudioTrouble: the extra is not installed, or the voice, the folder or the address is wrong.
    """
    from rich.console import Console
    from rich.progress import Progress

    from audio.manifest import ClipFolderError
    from audio.voices.voice import VoiceError

    try:
        from audio.export import NotAnAddress, Site, export
    except ModuleNotFoundError as missing:
        raise AudioTrouble(
            f"{missing.name} is not installed: pip install 'hip-workout[export]'"
        ) from missing
    site = Site(url, datetime.now(UTC), for_alexa=for_alexa)
    with Progress(console=Console(stderr=True)) as bar:
        try:
            guides = tuple(sound.guides.values())
            task = bar.add_task("Guides", total=len(guides))
            return export(
                folder, guides, sound.all_clips, sound.words, site, lambda _: bar.advance(task)
            )
        except (NotAnAddress, VoiceError, ClipFolderError, OSError) as fault:
            raise AudioTrouble(str(fault)) from fault
