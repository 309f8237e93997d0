"""What is heard: the voice speaks, and devices get the sound they can play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audio.frames import FRAME_BYTES, NotOurMp3, check
from audio.voices.voice import VoiceError
from skill.doctor.finding import Finding, ok, reason, warning, wrong
from skill.doctor.public import trouble
from skill.doctor.web import Line, Reply, Unreachable, path_of
from skill.endpoint import BadEndpoint, public_host
from skill.render.audio_url import AudioUrls
from skill.sound import LOCALE, EnglishSound

if TYPE_CHECKING:
    from skill.settings import Settings

GUIDE = "cool-down"
"""A short one, which is there in every version."""

FRAMES = 10
COMPOSING_S = 30.0
"""The first to ask for a guide waits until it is put together."""

PROBE = "Ready."
QUIETEST = 0.01
"""Of full scale; a voice that stays under it says nothing."""


def voice(settings: Settings) -> Iterator[Finding]:
    """Have the voice say a word."""
    try:
        choice = EnglishSound(settings).choice
        if choice.online:
            do = "Install a local one: pip install 'hip-workout[neural]' or 'hip-workout[pico]'"
            yield warning("Voice", choice.why, do)
            return
        spoken = choice.voice.speak(PROBE, LOCALE)
    except VoiceError as fault:
        do = "pip install 'hip-workout[neural]', or choose another by HIP_WORKOUT_VOICE."
        state = wrong if settings.audio_url is not None else warning
        yield state("Voice", reason(fault), do)
        return
    if not spoken.samples.size or float(np.abs(spoken.samples).max()) < QUIETEST:
        yield wrong("Voice", f"{choice.voice.name} says nothing", "Choose another voice.")
    else:
        yield ok("Voice", choice.why)


def streams(settings: Settings, roots: Path) -> Iterator[Finding]:
    """Fetch the beginning of a guide as a device does."""
    if settings.audio_url is None:
        yield ok("Sound", "HIP_WORKOUT_AUDIO_URL is not set: nothing plays hands free")
        return
    url = AudioUrls(settings.audio_url, b"").guide(LOCALE, GUIDE)
    try:
        line = Line(public_host(url), roots, COMPOSING_S)
    except BadEndpoint as bad:
        yield wrong("Sound", str(bad), "Set HIP_WORKOUT_AUDIO_URL to what devices can reach.")
        return
    last = FRAMES * FRAME_BYTES - 1
    try:
        reply = line.ask(path_of(url), headers={"Range": f"bytes=0-{last}"})
    except Unreachable as fault:
        yield trouble("Sound", line.host, fault)
        return
    yield _playable(url, reply)


def _playable(url: str, reply: Reply) -> Finding:
    """Look whether a device would play what came."""
    if reply.status not in (200, 206):
        do = "Let /audio through to hip-workout serve, or export the guides with --for-alexa."
        return wrong("Sound", f"{url} answers {reply.status}", do)
    kind = reply.headers.get("content-type", "none")
    if kind.partition(";")[0].strip() != "audio/mpeg":
        return wrong("Sound", f"{url} is {kind}", "Have the host say audio/mpeg for .mp3.")
    if reply.status == 200:
        do = "Let Range headers through: without them a device cannot go on where it was."
        return wrong("Sound", f"{url} is sent whole when a part is asked for", do)
    whole = FRAMES * FRAME_BYTES
    if not re.fullmatch(rf"bytes 0-{whole - 1}/[0-9]+", reply.headers.get("content-range", "")):
        return wrong("Sound", f"{url} sends another part than was asked for", "Mend its ranges.")
    try:
        check(reply.body)
    except NotOurMp3 as fault:
        do = "Export without tags (--for-alexa), and let nothing on the way change the sound."
        return wrong("Sound", f"{url}: {fault}", do)
    return ok("Sound", f"{url}: MPEG-2, 24 kHz, 48 kbit/s, in parts")
