"""What the device's player plays: directives and tokens for tracks, guides and recorded sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from ask_sdk_model import RequestEnvelope
from ask_sdk_model.interfaces.audioplayer import (
    AudioItem,
    AudioItemMetadata,
    PlayBehavior,
    PlayDirective,
    PlayerActivity,
    StopDirective,
)
from ask_sdk_model.interfaces.audioplayer import Stream as AudioStream
from ask_sdk_model.interfaces.display import Image, ImageInstance

from skill.coach import playing
from skill.coach.reply import Line, Reply, Script, Stream
from skill.coach.session import Session
from skill.coach.tracks import alike
from skill.render.audio_url import AudioUrls, NotSigned, Played
from skill.render.ssml import ssml
from skill.render.words import Words

LONGEST_TOKEN = 1_024
"""AudioPlayer interface reference; ours take about 300 characters."""

TOKEN = "token"  # noqa: S105 - what the signature of a token is for, it is no secret

GUIDE = "guide/"
"""What the token of a fixed guide begins with."""


@dataclass(frozen=True)
class Heard:
    """What the player of a device says that it plays, or last played."""

    played: Session
    """The session with which the track begins."""

    offset_ms: int


@dataclass(frozen=True)
class GuideHeard:
    """A fixed guide, and how far it was played."""

    guide: str
    offset_ms: int


_UNDER_WAY = (PlayerActivity.PLAYING, PlayerActivity.PAUSED, PlayerActivity.STOPPED)


@dataclass(frozen=True)
class Streams:
    """Turns what the coach wants played into directives, and tokens back into sessions."""

    urls: AudioUrls
    locale: str
    """Of the recordings, such as ``en-US``."""

    words: Words

    composes: bool = True
    """Whether whoever answers there composes sound; otherwise there are the fixed guides alone."""

    def directives(self, stream: Stream) -> list[Any]:
        """Return what makes the player play, or stop."""
        if stream.guide:
            url = self.urls.guide(self.locale, stream.guide)
            title = self._said(Line("stream-title"))
            return [self._play(url, GUIDE + stream.guide, title, stream.offset_ms)]
        if stream.at is None:
            return [StopDirective()]
        title = self._said(playing.title(stream.at))
        url, token = self._track(stream.at)
        behind = None if stream.behind is None else self._track(stream.behind)[1]
        return [self._play(url, token, title, 0, behind)]

    def recorded(self, reply: Reply) -> str | None:
        """Return the SSML of a reply whose paced part is played from its recording, if it has one.

        Speech, one audio file, and the question behind it. A recording lasts as long as its part,
        which is within the 240 s that Amazon plays.
        """
        part = reply.part
        if part is None or not self.composes:
            return None
        url = self.urls.personal(self.locale, Played.PART, alike(part.session))
        before = self._inner(reply.script[: part.start])
        behind = self._inner(reply.script[part.stop :])
        return f"<speak>{before}<audio src={quoteattr(url)}/>{behind}</speak>"

    def guide_heard(self, envelope: RequestEnvelope) -> GuideHeard | None:
        """Return which fixed guide the player plays or was paused in, and how far it is."""
        player: Any = envelope.context.audio_player if envelope.context else None
        token = player.token if player is not None else None
        if not isinstance(token, str) or not token.startswith(GUIDE):
            return None
        if player.player_activity not in _UNDER_WAY:
            return None
        offset = player.offset_in_milliseconds
        return GuideHeard(token.removeprefix(GUIDE), max(0, offset or 0))

    def _inner(self, script: Script) -> str:
        return ssml(script, self.words).removeprefix("<speak>").removesuffix("</speak>")

    def heard(self, envelope: RequestEnvelope) -> Heard | None:
        """Return what the player plays or last played, if it was a track of ours."""
        player = envelope.context.audio_player if envelope.context else None
        if player is None:
            return None
        return self.read(player.token, player.offset_in_milliseconds)

    def read(self, token: object, offset_ms: object) -> Heard | None:
        """Return what a token and an offset tell; None for a token that is none of ours."""
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN or token.count("/") != 2:
            return None
        locale, played, last = token.split("/")
        plan, _, signature = last.partition(".")
        try:
            session = self.urls.read(locale, played, plan, signature)
        except NotSigned:
            return None
        if played != TOKEN:
            return None
        offset = offset_ms if isinstance(offset_ms, int) else 0
        return Heard(session, max(0, offset))

    def _track(self, at: Session) -> tuple[str, str]:
        url = self.urls.personal(self.locale, Played.TRACK, alike(at))
        return url, self.urls.signed(self.locale, TOKEN, playing.as_played(at))

    def _said(self, line: Line) -> str:
        return self.words.sentence(line)

    def _play(
        self, url: str, token: str, title: str, offset_ms: int, behind: str | None = None
    ) -> PlayDirective:
        stream = AudioStream(
            url=url,
            token=token,
            offset_in_milliseconds=offset_ms,
            expected_previous_token=behind,
        )
        art = Image(sources=[ImageInstance(url=f"{self.urls.base}/cover.png")])
        subtitle = self._said(Line("stream-title"))
        metadata = AudioItemMetadata(title=title, subtitle=subtitle, art=art)
        behavior = PlayBehavior.REPLACE_ALL if behind is None else PlayBehavior.ENQUEUE
        return PlayDirective(behavior, AudioItem(stream, metadata))
