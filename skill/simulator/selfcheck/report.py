"""What a self-check has found, to be read by a person or by a machine."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from skill.simulator.conversation import written
from skill.simulator.selfcheck.coverage import Coverage
from skill.simulator.selfcheck.walk import Fault, Walked

WIDTH = 98


@dataclass(frozen=True)
class Report:
    """What came of all walks together."""

    walks: tuple[Walked, ...]
    coverage: Coverage
    seconds: float
    """How long it took."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault once, by rule, each with the shortest conversation that shows it."""
        shortest: dict[tuple[str, str], Fault] = {}
        for fault in (fault for walk in self.walks for fault in walk.faults.values()):
            known = shortest.get((fault.rule, fault.message))
            if known is None or len(fault.conversation.steps) < len(known.conversation.steps):
                shortest[fault.rule, fault.message] = fault
        return tuple(shortest[name] for name in sorted(shortest))

    def found(self, fault: Fault) -> int:
        """Return how often a fault was found."""
        return sum(walk.found.get((fault.rule, fault.message), 0) for walk in self.walks)


def as_plain(report: Report) -> dict[str, Any]:
    """Return a report as JSON."""
    cover = report.coverage
    return {
        "seconds": round(report.seconds, 1),
        "devices": {
            walk.setting: {
                "states": len(walk.states),
                "transitions": len(walk.transitions),
                "turns": walk.turns,
            }
            for walk in report.walks
        },
        "lines": {
            "all": cover.lines,
            "heard": len(cover.heard),
            "not_heard": dict(cover.by_reason),
            "missed": list(cover.missed),
        },
        "faults": [
            {
                "rule": fault.rule,
                "what": fault.message,
                "times": report.found(fault),
                "device": fault.setting,
                "conversation": _conversation(fault),
            }
            for fault in report.faults
        ],
    }


def as_text(report: Report) -> str:
    """Return a report for a person."""
    return "\n".join(_text(report))


def _text(report: Report) -> Iterator[str]:
    rule = ""
    for fault in report.faults:
        if fault.rule != rule:
            rule = fault.rule
            yield f"{rule}:"
        yield f"  {fault.message} ({report.found(fault)} times; {fault.setting})"
        yield textwrap.indent(_conversation(fault), "    ")
    for walk in report.walks:
        counted = f"{len(walk.states):,} states, {len(walk.transitions):,} transitions"
        yield f"{walk.setting}: {counted}, {walk.turns:,} turns"
    yield from _covered(report.coverage)
    yield f"{len(report.faults) or 'no'} faults, in {report.seconds:.0f} s"


def _covered(cover: Coverage) -> Iterator[str]:
    yield f"lines heard: {len(cover.heard):,} of {cover.lines:,}"
    for reason, count in cover.by_reason:
        yield f"  {count:,} not heard: {reason}"
    if cover.missed:
        named = ", ".join(cover.missed)
        missed = f"{len(cover.missed)} not heard, for no reason that is known: {named}"
        yield from textwrap.wrap(missed, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _conversation(fault: Fault) -> str:
    """Return the conversation as it can be saved and replayed."""
    return written(replace(fault.conversation, notes=(f"With a {fault.setting}.",)))
