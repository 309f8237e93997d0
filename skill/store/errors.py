"""What can be wrong with a memory; whatever else it raises is its library's."""

from __future__ import annotations


class DocumentDamaged(Exception):
    """A listener is kept, but what is kept cannot be read: not the same as nobody there."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the document kept as version {version} cannot be read")
        self.version = version
        """The version kept: saving ``after`` it replaces what is damaged."""


class SchemaTooNew(Exception):
    """The database was prepared by a later release; this one leaves it alone."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"the database has schema version {found}, this release knows versions up to {known}: "
            "install the release that prepared the database, or a later one"
        )


class DeadlinePassed(TimeoutError):
    """The store did not answer in time; what was asked of it may happen still, or never."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the store did not answer within {seconds} seconds")


class StoreUnavailable(Exception):
    """The store was not asked, since an earlier call hangs: nothing has happened, nor will it."""

    def __init__(self) -> None:
        super().__init__("the store was not asked, it has not answered an earlier call yet")
