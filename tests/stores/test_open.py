"""One URL says which memory is used; a wrong one is told apart at once."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.store.open import FORMS, open_store
from skill.store.port import Store

Opener = Callable[[str], Store]


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("", "no scheme"),
        ("listeners.db", "no scheme"),
        ("postgres://u:pass-word@h/d", "no store postgres:"),
        ("mysql://u:pass-word@h/d", "no store mysql:"),
        ("memory:x", "nothing may stand after"),
        ("sqlite:", "three slashes"),
        ("sqlite://listeners.db", "three slashes"),
        ("sqlite:///", "path of a file is missing"),
        ("sqlite:///folder/", "path of a file is missing"),
        ("sqlite:///:memory:", "use memory: instead"),
        ("sqlite:///a.db?mode=ro", "nothing to choose"),
        ("sqlite:////", "path of a file is missing"),
        ("postgresql:", "cannot be read"),
        ("postgresql://u:pass-word@host:port/d", "cannot be read"),
        ("postgresql://u:pass-word@host:5432/", "name of the database"),
        ("postgresql://u:pass-word@host/d?colour=red", "colour"),
        ("dynamodb://", "dynamodb://"),
    ],
)
def test_a_wrong_url_is_told_with_the_forms_there_are_and_never_with_its_password(
    url: str, wrong: str
) -> None:
    with pytest.raises(ValueError, match=wrong) as raised:
        open_store(url)
    assert FORMS in str(raised.value)
    assert "pass-word" not in str(raised.value)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}")


def test_nothing_is_made_before_the_first_use(opened: Opener, tmp_path: Path) -> None:
    store = opened(f"sqlite:///{tmp_path}/new/listeners.db")
    assert list(tmp_path.iterdir()) == []
    store.load("ann")
    assert (tmp_path / "new" / "listeners.db").is_file()


def test_what_sqlite_keeps_is_for_its_owner_only(opened: Opener, tmp_path: Path) -> None:
    store = opened(f"sqlite:///{tmp_path}/deep/down/listeners.db")
    store.save("ann", {}, after=0, now_ms=1)
    modes = {
        str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode)
        for path in tmp_path.rglob("*")
    }
    assert modes == {
        "deep": 0o700,
        "deep/down": 0o700,
        "deep/down/listeners.db": 0o600,
        "deep/down/listeners.db-wal": 0o600,
        "deep/down/listeners.db-shm": 0o600,
    }


def test_a_path_may_begin_at_home_or_at_the_working_folder(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///~/home.db", "sqlite:///here.db"):
        opened(url).save("ann", {}, after=0, now_ms=1)
    assert {"home.db", "here.db"} <= {path.name for path in tmp_path.iterdir()}


def test_no_database_library_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, skill.store.port, skill.store.open; skill.store.open.open_store('memory:');"
        "print(sorted({'sqlalchemy', 'psycopg', 'sqlite3', 'boto3'} & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert output.decode().strip() == "[]"
