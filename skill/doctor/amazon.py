"""What the skill needs of Amazon: its certificates can be fetched, and clocks agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from skill.alexa.webservice_support import CERT_CHAIN_URL_HOSTNAME
from skill.doctor.finding import Finding, ok, warning, wrong
from skill.doctor.web import Line, Unreachable, path_of
from skill.endpoint import BadEndpoint, public_host

if TYPE_CHECKING:
    from skill.settings import Settings

CLOCK = f"https://{CERT_CHAIN_URL_HOSTNAME}/"
"""Whose time is asked by default: where the certificates of Amazon's signatures are fetched."""

SKEW_S, WORST_SKEW_S = 10.0, 100.0
"""A request is refused when it is 150 s off, and its way here takes time too."""

_NTP = "Have the clock set by the network: timedatectl set-ntp true"


def clock(url: str, roots: Path) -> Iterator[Finding]:
    """Compare this machine's clock with the time that a server tells in its Date header."""
    try:
        host = public_host(url)
        reply = Line(host, roots).ask(path_of(url))
    except (BadEndpoint, Unreachable) as fault:
        do = "Let this machine out to HTTPS"
        if urlsplit(url).hostname == CERT_CHAIN_URL_HOSTNAME:
            do += ": without Amazon's certificates from there, no request can be believed"
        yield wrong("Clock", f"{url}: {fault}", f"{do}; or name another server by --clock.")
        return
    if reply.date is None:
        yield warning("Clock", f"{host} does not tell the time", "Name another server by --clock.")
        return
    skew = (reply.asked - reply.date).total_seconds()
    says = f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} {host}"
    if abs(skew) > WORST_SKEW_S:
        yield wrong("Clock", says, f"Amazon's requests will be refused as stale. {_NTP}")
    elif abs(skew) > SKEW_S:
        yield warning("Clock", says, _NTP)
    else:
        yield ok("Clock", f"agrees with {host}")


def skill_ids(settings: Settings) -> Iterator[Finding]:
    """Look whose requests are answered."""
    ids = sorted(settings.skill_ids)
    do = "Set HIP_WORKOUT_SKILL_ID to the id that the Alexa developer console shows."
    if not ids:
        yield warning("Skill id", "is not set: the webhook cannot be served", do)
    elif any(not id_.rpartition(".")[2].strip("0-") for id_ in ids):
        yield warning("Skill id", "is a stand-in of zeros: Amazon's requests will be refused", do)
    else:
        yield ok("Skill id", ", ".join(ids))


def contact(settings: Settings) -> Iterator[Finding]:
    """Look whether listeners are told whom to write to."""
    if settings.contact is None:
        do = "Set HIP_WORKOUT_CONTACT to an e-mail or web address of yours."
        yield warning("Contact", "/privacy and /terms do not say whom to write to", do)
    else:
        yield ok("Contact", settings.contact)
