"""The parts of the fallback voice together: what is known of the guides without rendering them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.guides import lines_of
from skill.settings import Settings
from skill.sound import LOCALE, EnglishSound


@pytest.fixture
def sound(tmp_path: Path) -> EnglishSound:
    return EnglishSound(Settings(voice="silent", data_folder=tmp_path))


def test_guides_are_known_before_any_clip_is_there(sound: EnglishSound) -> None:
    known = sound.collection(LOCALE)
    assert known is not None
    assert [listed.guide for listed in known.listed] == list(sound.guides.values())
    assert known.changed is None
    assert not sound.folder.exists()


def test_the_guides_are_the_same_ones_until_a_clip_comes(sound: EnglishSound) -> None:
    before = sound.collection(LOCALE)
    assert sound.collection(LOCALE) is before
    sound.all_clips.of(next(lines_of(sound.guides["cool-down"].script)))
    after = sound.collection(LOCALE)
    assert after is not before
    assert after is not None
    assert after.changed is not None
    assert sound.collection(LOCALE) is after


def test_a_rendered_line_is_listed_with_its_true_length(sound: EnglishSound) -> None:
    line = next(lines_of(sound.guides["cool-down"].script))
    clip = sound.all_clips.of(line)
    known = sound.collection(LOCALE)
    assert known is not None
    assert known.length_of(line) == clip.ms


def test_a_locale_that_is_not_recorded_has_no_guides(sound: EnglishSound) -> None:
    assert sound.collection("tlh") is None
