"""``hip-workout package``: the skill as a folder that Amazon's ASK CLI deploys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.endpoint import Endpoint

OUT = Path("dist/skill-package")


class PackageTrouble(click.ClickException):
    """The package cannot be made like this: one clear message, exit code 2."""

    exit_code = 2


@click.command("package")
@click.option(
    "--endpoint",
    required=True,
    metavar="URL|ARN",
    help="Where Amazon posts to: https://coach.example/alexa, or the ARN of a Lambda function.",
)
@click.option(
    "--region",
    "regions",
    multiple=True,
    metavar="NA|EU|FE=URL|ARN",
    help="A nearer endpoint for a part of the world; may be given several times.",
)
@click.option(
    "--site",
    metavar="URL",
    help="Below which /privacy and /terms are.  [default: the endpoint's host]",
)
@click.option(
    "--certificate",
    type=click.Choice(["Trusted", "Wildcard"], case_sensitive=False),
    default="Trusted",
    show_default=True,
    help="Of the endpoint: its own, or a wildcard of the parent domain, as tunnels have.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=OUT,
    show_default=True,
    help="The folder to write; ask-resources.json goes beside it.",
)
def package_command(
    endpoint: str, regions: tuple[str, ...], site: str | None, certificate: str, out: Path
) -> None:
    """Write the skill as a folder that `ask deploy` takes.

    The folder can be written over as often as you like: the id that ASK CLI gave your skill stays.
    """
    from skill.endpoint import BadEndpoint, read_endpoint, read_site
    from skill.skill_package import NotPackaged, Where, package_files, write_package

    try:
        main = read_endpoint(endpoint)
        near = dict(_region(text) for text in regions)
        pages = read_site(site) if site is not None else main.site
        if pages is None:
            raise PackageTrouble(
                "A Lambda function serves no pages. Say by --site where /privacy and /terms are, "
                "such as --site https://coach.example"
            )
        files = package_files(Where(main, pages, certificate.title(), near))
        write_package(files, out)
    except (BadEndpoint, NotPackaged) as fault:
        raise PackageTrouble(str(fault)) from fault
    except OSError as fault:
        raise PackageTrouble(f"{fault.filename}: {fault.strerror}") from fault
    click.echo(f"{out} is there: {len(files)} files for {main.uri}")
    click.echo(f"Amazon's reviewers will look at {pages}/privacy and {pages}/terms")
    click.echo(f"Now: cd {out.parent} && ask deploy --target skill-metadata")


def _region(text: str) -> tuple[str, Endpoint]:
    from skill.endpoint import read_endpoint
    from skill.skill_package import REGIONS

    region, equals, endpoint = text.partition("=")
    if region not in REGIONS or not equals:
        raise PackageTrouble(f"{text} is not like EU=https://coach.example/alexa ({REGIONS})")
    return region, read_endpoint(endpoint)
