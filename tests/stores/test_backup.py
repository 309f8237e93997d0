"""A copy of the memory, taken while it is written to, and put back."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.store.backup import FORMAT, BackupRefused, back_up, read_about, restore
from skill.store.errors import SchemaTooNew
from skill.store.open import open_store
from skill.store.sql import SqlStore

NOW = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
SECRET = bytes(range(32))
OTHER_SECRET = bytes(32)


class Folder:
    """A data folder, with a store that can be let go of, and backups beside it."""

    def __init__(self, path: Path, secret: bytes = SECRET) -> None:
        path.mkdir(mode=0o700)
        self.path, self.database, self.secret = path, path / "listeners.db", path / "secret"
        self.secret.write_bytes(secret)
        store = open_store(f"sqlite:///{self.database}")
        assert isinstance(store, SqlStore)
        self.store = store

    def remember(self, listener: str, step: int = 0) -> None:
        self.store.save(listener, {"step": step}, after=0, now_ms=1)

    def back_up(self, name: str = "backup.tar", secret: bytes | None = SECRET) -> Path:
        file = self.path.parent / name
        back_up(self.database, file, keyed_by="ours", secret=secret, now=NOW)
        return file

    def restore(self, file: Path, **how: str | bool) -> None:
        self.store.close()
        restore(file, self.database, self.secret, **how)  # type: ignore[arg-type]

    def names(self) -> list[str]:
        return sorted(path.name for path in self.path.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


def repacked(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Take a backup apart, change its members, and put it together again."""
    with tarfile.open(file) as tar:
        members = {m.name: (tar.extractfile(m) or io.BytesIO()).read() for m in tar}
    change(members)
    with tarfile.open(file, "w") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return file


def saying(**other: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        about = json.loads(members["backup.json"]) | other
        members["backup.json"] = json.dumps(about).encode()

    return change


def test_what_is_restored_is_what_was_backed_up_and_what_was_there_stays(folder: Folder) -> None:
    folder.remember("ann", 7)
    file = folder.back_up()
    folder.store.forget("ann")
    folder.remember("bob")
    folder.secret.write_bytes(OTHER_SECRET)
    folder.restore(file)
    kept = folder.store.load("ann")
    assert kept is not None
    assert kept.document == {"step": 7}
    assert folder.store.load("bob") is None
    assert folder.secret.read_bytes() == SECRET
    (before,) = folder.path.glob("listeners.db.before-*")
    with closing(sqlite3.connect(before)) as old:
        assert old.execute("SELECT listener FROM listeners").fetchall() == [("bob",)]
    (secret,) = folder.path.glob("secret.before-*")
    assert secret.read_bytes() == OTHER_SECRET


def test_a_backup_goes_to_an_empty_folder_of_another_machine(
    folder: Folder, tmp_path: Path
) -> None:
    folder.remember("ann")
    file = folder.back_up()
    other = Folder(tmp_path / "other")
    other.secret.unlink()
    other.restore(file)
    assert other.names() == ["listeners.db", "secret"]
    assert other.store.load("ann") is not None


def test_only_its_owner_can_read_a_backup_and_what_is_restored(folder: Folder) -> None:
    folder.remember("ann")
    file = folder.back_up()
    folder.restore(file)
    for path in (file, folder.database, folder.secret):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_backups_taken_while_somebody_saves_are_each_whole_and_as_of_one_moment(
    folder: Folder,
) -> None:
    """The writer saves two listeners in turn: a copy of one moment has them at most one apart."""
    versions = {"ann": 0, "bob": 0}
    ended, saved = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        for step in count(1):
            for name, version in versions.items():
                versions[name] = folder.store.save(
                    name, {"step": step, "also": [step] * 500}, after=version, now_ms=step
                )
            saved.release()
            if ended.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = []
        for number in range(12):
            assert saved.acquire(timeout=30)
            files.append(folder.back_up(f"{number}.tar"))
    finally:
        ended.set()
        writer.join()
    steps = []
    for file in files:
        restored = Folder(folder.path.parent / f"from-{file.stem}")
        restored.restore(file)
        found = [restored.store.load(name) for name in versions]
        assert all(kept and set(kept.document["also"]) == {kept.version} for kept in found)
        ann, bob = (kept.version for kept in found if kept)
        assert ann - bob in (0, 1)
        steps.append(ann)
    assert steps == sorted(steps)
    assert steps[-1] > steps[0]


def test_a_server_that_still_runs_keeps_its_memory(folder: Folder) -> None:
    folder.remember("ann")
    file = folder.back_up()
    folder.remember("bob")
    before = folder.names()
    with pytest.raises(BackupRefused, match="stop the server"):
        restore(file, folder.database, folder.secret)
    assert folder.names() == before
    assert folder.store.load("bob") is not None


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"no tar" * 400),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: repacked(file, lambda members: members.pop("backup.json")),
        lambda file: repacked(file, lambda members: members.pop("listeners.db")),
        lambda file: repacked(file, lambda members: members.pop("secret")),
        lambda file: repacked(file, lambda members: members.update({"secret": bytes(32)})),
        lambda file: repacked(file, lambda members: members.update({"backup.json": b"[]"})),
        lambda file: repacked(file, saying(listeners=2)),
        lambda file: repacked(file, saying(sha256={})),
        lambda file: repacked(file, saying(schema="1")),
        lambda file: repacked(file, saying(made="yesterday")),
        lambda file: repacked(file, saying(format=FORMAT + 1)),
    ],
)
def test_a_broken_backup_changes_nothing(folder: Folder, damage: Callable[[Path], object]) -> None:
    folder.remember("ann")
    file = folder.back_up()
    damage(file)
    folder.store.close()
    before = folder.database.read_bytes()
    with pytest.raises(BackupRefused):
        folder.restore(file)
    with pytest.raises(BackupRefused):
        read_about(file)
    assert folder.database.read_bytes() == before
    assert folder.names() == ["listeners.db", "secret"]


@settings(max_examples=40)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_bit_of_what_is_kept_changes_unseen(
    tmp_path_factory: pytest.TempPathFactory, where: float, bit: int
) -> None:
    folder = Folder(tmp_path_factory.mktemp("bits") / "data")
    folder.remember("ann", 7)
    file = folder.back_up()
    data = bytearray(file.read_bytes())
    data[int(where * len(data))] ^= 1 << bit
    file.write_bytes(data)
    try:
        folder.restore(file)
    except (BackupRefused, SchemaTooNew):
        pass  # seen
    else:  # padding, or what the tar says of dates and owners
        kept = folder.store.load("ann")
        assert kept is not None
        assert kept.document == {"step": 7}
        assert folder.secret.read_bytes() == SECRET
    folder.store.close()


def prepared_by_a_later_release(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")
        connection.commit()


def test_a_backup_of_a_later_release_is_left_alone(folder: Folder) -> None:
    folder.remember("ann")
    prepared_by_a_later_release(folder.database)
    file = folder.back_up()
    with pytest.raises(SchemaTooNew):
        folder.restore(file, over_newer=True)


def test_the_memory_of_a_later_release_is_replaced_only_when_that_is_wanted(
    folder: Folder,
) -> None:
    folder.remember("ann")
    file = folder.back_up()
    folder.store.close()
    prepared_by_a_later_release(folder.database)
    with pytest.raises(SchemaTooNew):
        folder.restore(file)
    folder.restore(file, over_newer=True)
    assert folder.store.load("ann") is not None


def test_a_damaged_memory_is_replaced_and_its_log_does_not_harm_the_new_one(
    folder: Folder,
) -> None:
    folder.remember("ann")
    file = folder.back_up()
    folder.store.close()
    folder.database.write_bytes(b"not a database at all" * 100)
    log = folder.path / "listeners.db-wal"
    log.write_bytes(b"of another one" * 100)
    folder.restore(file)
    assert not log.exists()
    assert folder.store.load("ann") is not None
    (before,) = folder.path.glob("listeners.db.before-*")
    assert before.read_bytes().startswith(b"not a database")


def test_a_damaged_memory_is_not_backed_up(folder: Folder) -> None:
    for name in range(200):
        folder.remember(f"listener-{name}")
    folder.store.close()
    data = bytearray(folder.database.read_bytes())
    data[5_000:9_000] = bytes(4_000)
    folder.database.write_bytes(data)
    with pytest.raises(BackupRefused):
        folder.back_up()
    assert not (folder.path.parent / "backup.tar").exists()


def test_where_no_memory_is_none_is_made(folder: Folder) -> None:
    with pytest.raises(BackupRefused):
        folder.back_up()
    assert folder.names() == ["secret"]


def test_a_backup_never_replaces_another(folder: Folder) -> None:
    folder.remember("ann")
    first = folder.back_up().read_bytes()
    with pytest.raises(BackupRefused, match="exists already"):
        folder.back_up()
    assert (folder.path.parent / "backup.tar").read_bytes() == first


def test_a_secret_that_is_a_setting_must_be_the_one_of_the_backup(folder: Folder) -> None:
    folder.remember("ann")
    file = folder.back_up(secret=None)
    assert not read_about(file).holds_secret
    with pytest.raises(BackupRefused, match="HIP_WORKOUT_SECRET"):
        folder.restore(file)
    with pytest.raises(BackupRefused, match="another"):
        folder.restore(file, keyed_by="theirs")
    folder.restore(file, keyed_by="ours")
    assert folder.secret.read_bytes() == SECRET
