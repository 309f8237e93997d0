"""SECURITY.md is true as far as a test can tell: files, settings, commands and numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import click
import pytest
from ask_sdk_webservice_support.verifier_constants import (
    MAX_NORMAL_REQUEST_TOLERANCE_IN_MILLIS as NORMAL_MS,
)

from skill.alexa.certificate_download import LARGEST_BUNDLE, SECONDS_IN_ALL
from skill.alexa.signing_keys import (
    SECONDS_PER_STRANGER,
    STRANGERS_AT_ONCE,
    STRANGERS_IN_A_BURST,
)
from skill.alexa.webhook import LARGEST_BODY
from skill.cli import main
from skill.data_folder import SECRET_BYTES
from skill.render.audio_url import SIGNATURE_BYTES
from skill.settings import _READERS, Settings
from skill.store.dynamodb import EXPIRES_AFTER_DAYS
from tests.security.third_party import ROOT

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
MARKED = re.findall(r"`([^`\n]+)`", TEXT)
FILES = sorted({each for each in MARKED if re.fullmatch(r"[\w.-]+(/[\w.-]+)*(/|\.\w+)", each)})


@pytest.mark.parametrize("file", FILES)
def test_every_file_that_is_named_is_there(file: str) -> None:
    path = ROOT / file
    assert path.is_dir() if file.endswith("/") else path.is_file()


def test_files_are_found_in_the_text_at_all() -> None:
    assert {"skill/alexa/verify.py", "tests/faults/", "requirements.lock"} <= set(FILES)
    assert len(FILES) > 30


def test_every_setting_that_is_named_is_one() -> None:
    named = set(re.findall(r"HIP_WORKOUT_\w+", TEXT))
    assert len(named) >= 3
    assert named <= set(_READERS)


def test_every_command_that_is_named_is_one() -> None:
    named = re.findall(r"`hip-workout ((?:[a-z]+ ?)+)`", TEXT)
    assert {"store prune", "doctor"} <= set(named)
    for command in named:
        found: click.Command = main
        for word in command.split():
            assert isinstance(found, click.Group)
            found = found.commands[word]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (f"at most {LARGEST_BODY // 1024} KB", True),
        (f"{SECONDS_IN_ALL:.0f} s, {LARGEST_BUNDLE // 1024} KB", True),
        ("four downloads at a time", STRANGERS_AT_ONCE == 4),
        ("thirty in a burst", STRANGERS_IN_A_BURST == 30),
        ("one a second", SECONDS_PER_STRANGER == 1),
        (f"{SIGNATURE_BYTES * 8} bits of HMAC-SHA-256", True),
        (f"{timedelta(milliseconds=NORMAL_MS).seconds} s of age", True),
        (f"`HIP_WORKOUT_FORGET_AFTER_DAYS` ({Settings().forget_after_days})", True),
        (f"by itself after {EXPIRES_AFTER_DAYS} days", True),
        (f"its own secret, {SECRET_BYTES} bytes", True),
    ],
)
def test_the_numbers_are_those_of_the_code(said: str, meant: bool) -> None:
    assert said in " ".join(TEXT.split())
    assert meant
