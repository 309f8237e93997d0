"""What the operator did wrong and can put right, told in one clear message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

# Settings are imported by the command that needs them, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skill.settings import Settings


class Mistake(click.ClickException):
    """Something the user can put right: one clear message, no traceback, exit code 2."""

    exit_code = 2


def settings_of(environ: Mapping[str, str]) -> Settings:
    """Return the settings of the environment. Raises Mistake, with every fault."""
    from skill.settings import Settings, SettingsError

    try:
        return Settings.from_environment(environ)
    except SettingsError as error:
        raise Mistake(str(error)) from error
