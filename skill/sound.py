"""Where the fallback voice meets the skill: who has the scripts and clips that are served."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from skill.catalogue.load import load_catalogue, load_words
from skill.coach.part import Room
from skill.coach.tracks import NothingToPlay, track
from skill.coach.turn import knows, part_of
from skill.data_folder import data_folder
from skill.render.audio_url import AudioUrls, Played
from skill.render.recorded import MANIFEST, Lengths, Recordings
from skill.render.words import Words

if TYPE_CHECKING:
    from audio.clip_folder import ClipFolder
    from audio.collection import Collection
    from audio.guides import Guide
    from audio.voices.choose import Choice
    from skill.coach.exercise import Catalogue
    from skill.coach.reply import Script
    from skill.coach.session import Session
    from skill.settings import Settings

LOCALE = "en-US"
"""The one locale that is recorded; every English listener hears it."""

LANGUAGE = "en"


class EnglishSound:
    """The guides and clips of English, made when they are first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._collection: Collection | None = None

    @cached_property
    def choice(self) -> Choice:
        """The voice that speaks. Raises VoiceError when it cannot be had."""
        from audio.voices.choose import choose  # noqa: PLC0415 - slow, and only needed by sound

        settings = self._settings
        return choose(LOCALE, settings.voice, piper_voice=settings.piper_voice)

    @cached_property
    def _whole(self) -> tuple[Catalogue, Words]:
        return load_catalogue(), Words(LANGUAGE, load_words(LANGUAGE))

    @property
    def words(self) -> Words:
        """What is said."""
        return self._whole[1]

    @cached_property
    def room(self) -> Room:
        """What scripts are built from."""
        return Room(self._whole[0], self.words.length_ms)

    @cached_property
    def guides(self) -> dict[str, Guide]:
        """The fixed guides by their ids."""
        from audio.guides import guides  # noqa: PLC0415 - slow, and only needed by sound

        return {each.id: each for each in guides(self.room.catalogue, self.room.length_of)}

    @cached_property
    def folder(self) -> Path:
        """Where the clips of this voice are."""
        return clips_folder(self._settings, self.choice.voice.name)

    @cached_property
    def all_clips(self) -> ClipFolder:
        """The clips of the voice."""
        from audio.clip_folder import ClipFolder  # noqa: PLC0415 - slow, and only needed by sound

        return ClipFolder(self.folder, self.choice.voice, self.words, LOCALE)

    def guide(self, locale: str, guide: str) -> Script | None:
        """Return the script of a fixed guide; None when there is no such guide."""
        found = self.guides.get(guide) if locale == LOCALE else None
        return None if found is None else found.script

    def collection(self, locale: str) -> Collection | None:
        """Return the guides of a locale, the same object until a clip changes.

        None: not spoken here. Raises VoiceError when the voice cannot be had.
        """
        if locale != LOCALE:
            return None
        from audio.collection import Collection  # noqa: PLC0415 - slow, and only needed by sound

        changed, kept = _changed(self.folder / MANIFEST), self._collection
        if kept is None or kept.changed != changed:
            lengths = Lengths(self.folder, self.words)
            kept = Collection(LOCALE, self.guides, self.words, lengths, changed)
            self._collection = kept
        return kept

    def personal(self, locale: str, played: Played, session: Session) -> Script | None:
        """Return what is played from a session on; None when there is nothing."""
        if locale != LOCALE or not knows(self.room.catalogue, session):
            return None
        if played is Played.PART:
            return part_of(session, self.room).script
        try:
            return track(session, self.room).script
        except NothingToPlay:
            return None

    def clips(self, locale: str) -> ClipFolder | None:
        """Return the clips of a locale; None: not spoken here."""
        return self.all_clips if locale == LOCALE else None

    def clip(self, locale: str, name: str) -> bytes | None:
        """Return the frames of a clip by its name; None when there is none of that name."""
        return self.all_clips.texts.file_of(name) if locale == LOCALE else None


def _changed(file: Path) -> datetime | None:
    """Return when a file was written last; None if there is none that can be read."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None


def clips_folder(settings: Settings, voice: str) -> Path:
    """Return where the clips of a voice are kept."""
    return data_folder(settings.data_folder) / "audio" / LOCALE / voice


def recordings_of(
    url: str, secret: bytes, sound: EnglishSound, *, composes: bool = True
) -> Recordings:
    """Return what the skill knows of the sound that devices fetch below ``url``."""
    return Recordings(AudioUrls(url, secret), LOCALE, sound.folder, composes)
