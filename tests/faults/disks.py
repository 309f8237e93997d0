"""The disk full of everything at once: database, log and whatever else the skill writes to."""

from __future__ import annotations

from tests.faults.row import Row, short
from tests.faults.stage import Stage, sqlite_url
from tests.faults.stores import PROOF, disk_full, in_trouble


def full(stage: Stage) -> Row:
    """Let no file grow any more, the one that the log goes to included."""
    with stage.service(logs_to_disk=True) as served:
        heard = in_trouble(stage, served, sqlite_url(stage.folder), disk_full, "disk")
    return Row("disk full", "no file may grow any more, the log's neither", short(heard), PROOF)
