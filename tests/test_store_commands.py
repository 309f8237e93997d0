from __future__ import annotations

import gc
import json
import stat
from pathlib import Path

import pytest
from ask_sdk_core.skill import CustomSkill
from click.testing import CliRunner, Result

from skill.alexa.memory import listener_key
from skill.cli import Parts, main
from skill.coach_skill import remembering_skill, secret_of, store_of
from skill.data_folder import DataFolderError, data_folder, kept_secret
from skill.settings import Settings
from tests.serving import eventually

USER = "amzn1.ask.account.ANN"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "data")}


def run(environ: dict[str, str], *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["store", *arguments], obj=Parts(environ=environ))
    gc.collect()  # what a command left open ends with its process
    return result


def remember_ann(environ: dict[str, str], saved_ms: int = 1_800_000_000_000) -> str:
    settings = Settings.from_environment(environ)
    key = listener_key(USER, secret_of(settings))
    store_of(settings).save(key, {"session": {"version": 1}}, after=0, now_ms=saved_ms)
    gc.collect()
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
    eventually(lambda: run(environ, "export", "--user", USER).exit_code == 2)


def test_a_dead_store_does_not_keep_the_coach_from_starting(environ: dict[str, str]) -> None:
    dead = environ | {"HIP_WORKOUT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    skill = remembering_skill(Settings.from_environment(dead))
    assert isinstance(skill, CustomSkill)


def test_a_backup_in_a_folder_is_named_by_the_time_and_restored_whole(
    environ: dict[str, str], tmp_path: Path
) -> None:
    remember_ann(environ)
    made = run(environ, "backup", str(tmp_path))
    assert made.exit_code == 0
    assert "listeners: 1" in made.output
    (file,) = tmp_path.glob("hip-workout-*.tar")
    run(environ, "forget", "--user", USER)
    assert "is sound" in run(environ, "restore", "--check", str(file)).output
    assert run(environ, "restore", str(file)).exit_code == 0
    assert run(environ, "export", "--user", USER).exit_code == 0


def test_a_listener_is_found_again_on_a_machine_that_had_another_secret(
    environ: dict[str, str], tmp_path: Path
) -> None:
    remember_ann(environ)
    file = tmp_path / "ann.tar"
    run(environ, "backup", str(file))
    elsewhere = {"HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "elsewhere")}
    assert run(elsewhere, "check").exit_code == 0
    remember_ann(elsewhere)
    assert run(elsewhere, "restore", str(file)).exit_code == 0
    exported = run(elsewhere, "export", "--user", USER).output
    assert json.loads(exported)["kept"] == {"session": {"version": 1}}


def test_a_secret_that_is_a_setting_is_kept_out_of_the_backup_and_asked_for(
    environ: dict[str, str], tmp_path: Path
) -> None:
    own = environ | {"HIP_WORKOUT_SECRET": "a secret of the operator's"}
    remember_ann(own)
    file = tmp_path / "ann.tar"
    assert "HIP_WORKOUT_SECRET is not in it" in run(own, "backup", str(file)).output
    assert b"of the operator" not in file.read_bytes()
    for wrong in (environ, environ | {"HIP_WORKOUT_SECRET": "another of the operator's"}):
        refused = run(wrong, "restore", str(file))
        assert refused.exit_code == 2
        assert "Nothing was restored" in refused.output
    assert run(own, "restore", str(file)).exit_code == 0
    assert run(own, "export", "--user", USER).exit_code == 0


def test_the_oldest_backups_go_when_a_new_one_is_there(
    environ: dict[str, str], tmp_path: Path
) -> None:
    remember_ann(environ)
    old = [tmp_path / f"hip-workout-2026010{day}T000000Z.tar" for day in range(1, 5)]
    for path in [*old, tmp_path / "of-somebody-else.tar"]:
        path.touch()
    assert run(environ, "backup", str(tmp_path), "--keep", "3").exit_code == 0
    assert [path.exists() for path in old] == [False, False, True, True]
    assert (tmp_path / "of-somebody-else.tar").exists()
    assert len(list(tmp_path.glob("hip-workout-*.tar"))) == 3


def test_no_backup_goes_when_there_is_no_new_one(environ: dict[str, str], tmp_path: Path) -> None:
    old = [tmp_path / f"hip-workout-2026010{day}T000000Z.tar" for day in range(1, 4)]
    for path in old:
        path.touch()
    failed = run(environ, "backup", str(tmp_path), "--keep", "1")
    assert failed.exit_code == 2
    assert "No backup was made" in failed.output
    assert all(path.exists() for path in old)


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing", "memory:"])
def test_a_memory_that_is_no_file_says_so(
    environ: dict[str, str], tmp_path: Path, url: str
) -> None:
    elsewhere = environ | {"HIP_WORKOUT_DATABASE_URL": url}
    result = run(elsewhere, "backup", str(tmp_path / "x.tar"))
    assert result.exit_code == 2
    assert "Only SQLite's memory" in result.output
