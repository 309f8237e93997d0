from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from ask_sdk_core.skill import CustomSkill
from click.testing import CliRunner, Result

from skill.alexa.memory import listener_key
from skill.app import remembering_skill, secret_of, store_of
from skill.cli import Parts, main
from skill.data_folder import DataFolderError, data_folder, kept_secret
from skill.settings import Settings

USER = "amzn1.ask.account.ANN"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "data")}


def run(environ: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(main, ["store", *arguments], obj=Parts(environ=environ))


def remember_ann(environ: dict[str, str], saved_ms: int = 1_800_000_000_000) -> str:
    settings = Settings.from_environment(environ)
    key = listener_key(USER, secret_of(settings))
    store_of(settings).save(key, {"session": {"version": 1}}, after=0, now_ms=saved_ms)
    return key


def test_the_store_is_made_and_checked_in_the_data_folder(environ: dict[str, str]) -> None:
    assert run(environ, "migrate").exit_code == 0
    checked = run(environ, "check")
    assert checked.exit_code == 0
    assert "The store works" in checked.output
    assert (Path(environ["HIP_WORKOUT_DATA_FOLDER"]) / "listeners.db").exists()


def test_everything_kept_of_a_listener_is_exported_as_json(environ: dict[str, str]) -> None:
    key = remember_ann(environ)
    by_user = run(environ, "export", "--user", USER)
    assert json.loads(by_user.output)["kept"] == {"session": {"version": 1}}
    assert run(environ, "export", "--listener", key).output == by_user.output


def test_a_listener_is_forgotten_however_often_it_is_asked(environ: dict[str, str]) -> None:
    remember_ann(environ)
    for _ in range(2):
        assert run(environ, "forget", "--user", USER).exit_code == 0
    assert run(environ, "export", "--user", USER).exit_code == 2


def test_those_unheard_for_too_long_are_forgotten(environ: dict[str, str]) -> None:
    remember_ann(environ, saved_ms=1_000_000_000_000)
    assert "Listeners forgotten: 1" in run(environ, "prune").output


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("HIP_WORKOUT_DATABASE_URL", "mysql://nowhere"),
        ("HIP_WORKOUT_DATABASE_URL", "sqlite:///"),
        ("HIP_WORKOUT_SECRET", "short"),
        ("HIP_WORKOUT_DATA_FOLDER", "/dev/null/nothing"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    environ: dict[str, str], setting: str, value: str
) -> None:
    result = run(environ | {setting: value}, "check")
    assert result.exit_code == 2
    assert "Error:" in result.output
    assert "Traceback" not in result.output


def test_neither_or_both_ways_to_name_a_listener_is_a_mistake(environ: dict[str, str]) -> None:
    assert run(environ, "forget").exit_code == 2
    assert run(environ, "forget", "--user", "a", "--listener", "b").exit_code == 2


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    first = kept_secret(folder)
    assert len(first) == 32
    assert kept_secret(folder) == first
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["secret"]


def test_a_damaged_secret_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"half")
    with pytest.raises(DataFolderError, match="damaged"):
        kept_secret(tmp_path)


def test_each_start_forgets_those_unheard_for_too_long(environ: dict[str, str]) -> None:
    remember_ann(environ, saved_ms=1_000_000_000_000)
    remembering_skill(Settings.from_environment(environ))
    assert run(environ, "export", "--user", USER).exit_code == 2


def test_a_dead_store_does_not_keep_the_coach_from_starting(environ: dict[str, str]) -> None:
    dead = environ | {"HIP_WORKOUT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    skill = remembering_skill(Settings.from_environment(dead))
    assert isinstance(skill, CustomSkill)
