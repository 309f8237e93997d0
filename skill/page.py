"""The page with its pretend speakers, put together: the coach, the ears, the voice."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from flask import Blueprint

from audio.listing import listing_blueprint
from audio.serving import audio_blueprint
from audio.voices.voice import VoiceError
from skill.alexa.streams import GUIDE, Streams
from skill.coach.session import Session
from skill.coach_skill import coach_skill, remembering_skill, secret_of
from skill.render.audio_url import AudioUrls
from skill.render.recorded import Recordings
from skill.simulator.amazon_here import AmazonHere
from skill.simulator.clock import wall_clock
from skill.simulator.declared import declared_slots
from skill.simulator.ears import Ears
from skill.simulator.guard import Guard
from skill.simulator.local import local_answer
from skill.simulator.page_state import plain_state
from skill.simulator.request import SPEAKER
from skill.simulator.routes import simulator_blueprint
from skill.simulator.seeing import ReadToken, Seeing
from skill.simulator.speaker import Speaker, SpeakerParts
from skill.simulator.speakers import LOCALES, Speakers
from skill.simulator.step import Step
from skill.sound import LOCALE, EnglishSound
from skill.speaker_voice import SpeakerVoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skill.settings import Settings

NOWHERE = "https://my-hip-workout.invalid/audio"
"""Begins the addresses of recordings where the settings name none: Amazon wants one, and the page
finds them at this server. Nobody can own this name (RFC 2606)."""

REHEARSED_STEPS = 4
"""Welcome, place, plan, and the first move or exercise."""

_log = structlog.get_logger(__name__)


def page_blueprints(
    settings: Settings,
    guard: Guard,
    sound: EnglishSound,
    *,
    speaks: bool = True,
    rehearses: bool = False,
) -> Iterable[Blueprint]:
    """Return the routes of the page, and those of its sound if there is a voice.

    Its skill is the coach of the settings, with their store. The Amazon that it asks is pretended,
    for nobody has verified what the page says. Without ``speaks`` the page has to speak by itself.
    With ``rehearses`` the first words of a conversation are rendered meanwhile.

    Raises:
        DataFolderError: the data folder cannot be used.
        ValueError: the database's address is of no form known.
    """
    urls = AudioUrls(settings.audio_url or NOWHERE, secret_of(settings))
    voice = _voice(sound, urls) if speaks else None
    recordings = None
    if voice is not None:
        composes = not settings.audio_files_only
        recordings = Recordings(urls, LOCALE, sound.folder, composes, voice.length_of_line)
    amazon = AmazonHere()
    skill = remembering_skill(settings, api=amazon, recordings=recordings)
    seeing = Seeing(
        sound.room,
        sound.words,
        sound.words.length_ms if voice is None else voice.length_of_line,
        _token_reader(urls, sound),
        lambda token: sound.guides.get(token.removeprefix(GUIDE)),
    )
    ears = Ears()
    parts = SpeakerParts(local_answer(skill), ears.hear, seeing, declared_slots(LOCALES[0]), voice)
    if rehearses:
        stranger = replace(parts, answer=local_answer(coach_skill(recordings=recordings)))
        threading.Thread(target=_rehearse, args=(stranger,), name="rehearsal", daemon=True).start()
    yield simulator_blueprint(Speakers(parts, amazon), seeing, guard)
    if voice is not None:
        yield audio_blueprint(sound, urls)
        yield listing_blueprint(sound, settings.audio_url, page="/guides")


def _rehearse(parts: SpeakerParts) -> None:
    """Have the first steps of a stranger, so that nobody else has to wait for ears and voice.

    They take a second or two to learn what is said here.
    """
    speaker = Speaker(parts, SPEAKER, LOCALES[0], wall_clock())
    for number in range(REHEARSED_STEPS):
        state = plain_state("rehearsal", speaker, parts.seeing)
        said = state["answers"][0]["say"]
        speaker.take(Step(number, state["sound"]["ms"], "say", said))


def _voice(sound: EnglishSound, urls: AudioUrls) -> SpeakerVoice | None:
    """Return the voice that is chosen, if it can be had."""
    try:
        chosen = sound.choice
    except VoiceError as fault:
        _log.warning("voice_missing", fault=str(fault))
        return None
    _log.debug("voice_chosen", why=chosen.why)
    return SpeakerVoice(sound, urls)


def _token_reader(urls: AudioUrls, sound: EnglishSound) -> ReadToken:
    streams = Streams(urls, LOCALE, sound.words)

    def read(token: str, offset_ms: int) -> Session | None:
        heard = streams.read(token, offset_ms)
        return None if heard is None else heard.played

    return read
