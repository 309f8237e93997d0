"""What is kept of listeners: the store works, and the secret that keys their names is one."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from skill.coach_skill import store_of
from skill.data_folder import SECRET_BYTES, DataFolderError, data_folder
from skill.doctor.finding import Finding, ok, reason, warning, wrong
from skill.store.open import with_deadline

if TYPE_CHECKING:
    from skill.settings import Settings
    from skill.store.port import Store

SLOW_MS = 200.0
"""Three questions to a store that is near take a tenth of it, and Alexa waits for every one."""

FEWEST_KINDS = 8
"""A secret with fewer different bytes was not thrown by dice."""

_FORGETS = "Set HIP_WORKOUT_DATABASE_URL to a database, or leave it out: SQLite needs nothing."


def store(settings: Settings) -> Iterator[Finding]:
    """Write, read and remove a listener of nobody's, as a turn would."""
    if settings.database_url == "memory:":
        yield warning("Store", "memory: everything is forgotten with the process", _FORGETS)
        return
    do = (
        "See that the database runs and that HIP_WORKOUT_DATABASE_URL names it; then run "
        "hip-workout store migrate."
    )
    try:
        ms = _probed(with_deadline(store_of(settings)))
    except Exception as fault:  # whatever a database may say
        kind = type(fault).__name__
        yield wrong("Store", f"does not work: {kind}: {reason(fault)}", do)
        return
    if ms is None:
        yield wrong("Store", "does not give back what it was given", do)
    elif ms > SLOW_MS:
        near = "Alexa waits for it at every sentence: bring the database nearer."
        yield warning("Store", f"works, in {ms:.0f} ms", near)
    else:
        yield ok("Store", f"works, in {ms:.1f} ms")


def _probed(store: Store) -> float | None:
    """Return how many milliseconds it took; None if something else came back."""
    probe, document = f"doctor-{time.time_ns()}", {"doctor": True}
    store.load(probe)  # the first question also connects, which a turn seldom has to wait for
    began = time.perf_counter()
    store.save(probe, document, after=0, now_ms=time.time_ns() // 1_000_000)
    try:
        kept = store.load(probe)
    finally:
        store.forget(probe)
    ms = (time.perf_counter() - began) * 1000
    return ms if kept is not None and kept.document == document else None


def secret(settings: Settings) -> Iterator[Finding]:
    """Look at the secret, without making one."""
    if settings.secret is not None:
        if len(set(settings.secret)) < FEWEST_KINDS:
            do = "Throw one: python -c 'import secrets; print(secrets.token_hex(24))'"
            yield warning("Secret", "HIP_WORKOUT_SECRET is easy to guess", do)
        else:
            yield ok("Secret", f"HIP_WORKOUT_SECRET, {len(settings.secret)} bytes")
        return
    try:
        path = data_folder(settings.data_folder) / "secret"
        if not path.exists():
            yield ok("Secret", "is made at the first start")
            return
        kept, mode = path.read_bytes(), path.stat().st_mode
    except (DataFolderError, OSError) as fault:
        do = "Set HIP_WORKOUT_SECRET, or a data folder that can be read."
        yield wrong("Secret", f"cannot be read: {reason(fault)}", do)
        return
    if len(kept) < SECRET_BYTES:
        do = "Restore it from a backup. With another one every listener is a new one."
        yield wrong("Secret", f"{path} is damaged: {len(kept)} bytes", do)
    elif mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield warning("Secret", f"others on this machine can read {path}", f"chmod 600 {path}")
    else:
        yield ok("Secret", f"{path}, {len(kept)} bytes")
