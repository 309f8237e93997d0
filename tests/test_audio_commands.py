from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio.frames import FRAME_BYTES
from audio.voices.choose import Choice
from audio.voices.voice import VoiceError
from skill.audio_commands import AudioParts, audio_commands
from skill.coach.exercise import Catalogue
from skill.coach.reply import Line
from skill.render.words import Words
from tests.audio.murmur import Murmur

PHRASES = ("glute_bridge-name", "glute_bridge-step-1", "hip_thrust-name")


def some_lines(catalogue: Catalogue, words: Words) -> tuple[Line, ...]:
    return tuple(Line(phrase) for phrase in PHRASES)


def choose(locale: str, wanted: str | None, piper_voice: Path | None) -> Choice:
    if wanted == "mute":
        raise VoiceError("there is no voice 'mute'")
    fails_at = "thrust" if wanted == "hoarse" else "nothing"
    return Choice(Murmur(name=wanted or "murmur", fails_at=fails_at), f"{wanted} is as good as any")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "data")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "audio" / "en-US" / "murmur"


def run(environ: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(
        audio_commands, list(arguments), obj=AudioParts(environ, choose, some_lines)
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_render_says_who_speaks_and_why_and_where(
    environ: dict[str, str], folder: Path, jobs: str
) -> None:
    done = run(environ, "render", "--jobs", jobs)
    assert done.exit_code == 0, done.output
    assert "Voice: None is as good as any" in done.output
    assert "3 clips rendered, 0 were there, 0 could not be" in done.output
    assert str(folder) in done.output
    assert len(list(folder.glob("*.mp3"))) == 3
    assert "0 clips rendered, 3 were there" in run(environ, "render").output


def test_the_voice_is_the_one_asked_for_or_else_the_one_set(
    environ: dict[str, str], tmp_path: Path
) -> None:
    environ["HIP_WORKOUT_VOICE"] = "alto"
    assert "alto is as good" in run(environ, "render").output
    assert "bass is as good" in run(environ, "render", "--voice", "bass").output
    assert {path.name for path in (tmp_path / "data/audio/en-US").iterdir()} == {"alto", "bass"}


def test_lines_that_cannot_be_said_are_listed_and_the_exit_code_is_1(
    environ: dict[str, str],
) -> None:
    done = run(environ, "render", "--voice", "hoarse", "--jobs", "1")
    assert done.exit_code == 1
    assert "2 clips rendered, 0 were there, 1 could not be" in done.output
    assert "cannot say 'Hip thrust'" in done.output


def test_check_is_content_with_what_was_rendered_and_with_nothing_less(
    environ: dict[str, str], folder: Path
) -> None:
    assert run(environ, "check").exit_code == 1
    run(environ, "render")
    right = run(environ, "check")
    assert right.exit_code == 0, right.output
    assert right.output == "3 clips are right.\n"
    damaged = next(folder.glob("*.mp3"))
    damaged.write_bytes(damaged.read_bytes()[FRAME_BYTES:])
    wrong = run(environ, "check")
    assert wrong.exit_code == 1
    assert "1 of 3 are not right" in wrong.output


def test_prune_removes_only_when_told_to(environ: dict[str, str], folder: Path) -> None:
    run(environ, "render")
    (folder / ("0" * 32 + ".mp3")).write_bytes(bytes(1440))
    listed = run(environ, "prune")
    assert "1 unused files, 1,440 bytes" in listed.output
    assert len(list(folder.glob("*.mp3"))) == 4
    assert "1,440 bytes: removed" in run(environ, "prune", "--yes").output
    assert len(list(folder.glob("*.mp3"))) == 3
    assert "0 unused files" in run(environ, "prune").output
    assert run(environ, "check").exit_code == 0


def test_list_tells_ms_voice_and_words(environ: dict[str, str]) -> None:
    assert run(environ, "list").output.splitlines()[0].split() == [
        "-", "murmur", "glute_bridge-name", "Glute", "bridge",
    ]  # fmt: skip
    run(environ, "render")
    first, *others = run(environ, "list").output.splitlines()
    ms, voice, phrase, *_ = first.split()
    assert (int(ms) % 24, voice, phrase) == (0, "murmur", "glute_bridge-name")
    assert int(ms) > 200
    assert len(others) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["render", "--voice", "mute"], "there is no voice 'mute'"),
        (["check", "--locale", "xx-XX"], "xx"),
        (["list", "--locale", "en-../.."], "not like en-US"),
    ],
)
def test_what_cannot_be_is_one_clear_message(
    environ: dict[str, str], arguments: list[str], message: str
) -> None:
    failed = run(environ, *arguments)
    assert failed.exit_code == 2
    assert message in failed.output
    assert "Traceback" not in failed.output


def test_settings_that_are_wrong_are_told(environ: dict[str, str]) -> None:
    failed = run({**environ, "HIP_WORKOUT_VOICES": "x"}, "list")
    assert failed.exit_code == 2
    assert "HIP_WORKOUT_VOICES" in failed.output


def test_a_folder_that_cannot_be_written_to_is_one_clear_message(
    environ: dict[str, str], folder: Path
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    for command in ("render", "check"):
        failed = run(environ, command)
        assert failed.exit_code == 2
        assert "Not a directory" in failed.output


def test_the_real_voices_and_lines_are_used_unless_told_otherwise(tmp_path: Path) -> None:
    environ = {"HIP_WORKOUT_DATA_FOLDER": str(tmp_path), "HIP_WORKOUT_VOICE": "silent"}
    listed = CliRunner().invoke(audio_commands, ["list"], obj=AudioParts(environ))
    assert listed.exit_code == 0, listed.output
    assert len(listed.output.splitlines()) > 500
    assert "  silent  " in listed.output
