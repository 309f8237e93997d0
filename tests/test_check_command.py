"""Our own coach passes the self-check, and the command tells what it found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from skill import check_command
from skill.alexa.intents import ANSWERS
from skill.check_command import report_of
from skill.simulator.conversation import Conversation, Step, read
from skill.simulator.ears import Ears
from skill.simulator.meaning import Ears as Hears
from skill.simulator.selfcheck.coverage import Coverage
from skill.simulator.selfcheck.report import Report, as_plain, as_text
from skill.simulator.selfcheck.states import Detail
from skill.simulator.selfcheck.walk import Effort, Fault, Walked


@pytest.fixture(scope="module")
def report() -> Report:
    """What the self-check finds, with as few states as make sense."""
    with capture_logs():  # thousands of turns, of which nobody wants to read
        return report_of(Ears().hear, "en-US", Effort(Detail.COARSE))


def test_our_coach_passes_the_self_check(report: Report) -> None:
    assert not report.faults, as_text(report)


def test_everything_that_can_be_meant_is_said_somewhere(report: Report) -> None:
    said = {move for walk in report.walks for _, move, _ in walk.transitions}
    assert ANSWERS.keys() - said == set()


def test_every_phase_is_walked_and_every_kind_of_device(report: Report) -> None:
    phases = {key.phase.partition(" ")[0] for walk in report.walks for key in walk.states}
    expected = {"idle", "safety", "warm_up", "set_up", "teaching", "set", "rest", "feedback"}
    assert expected | {"cool_down", "done", "paused", "how_to"} <= phases
    assert [len(walk.states) > 10 for walk in report.walks] == [True] * 4


FAULT = Fault("help", "help ends with no question", "speaker", Conversation((Step("help"),)))
WALKED = Walked(
    "speaker", faults={("help", FAULT.message): FAULT}, found={("help", FAULT.message): 7}
)
FOUND = Report((WALKED,), Coverage(3, frozenset({"a"}), (("to be read", 1),), ("b",)), 2.0)


@dataclass
class Parts:
    """What the command needs of the command line's."""

    def ears(self) -> Hears:
        return Ears().hear


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    def run(found: Report, *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(check_command, "report_of", lambda *_: found)
        result = CliRunner().invoke(check_command.check_command, arguments, obj=Parts())
        return result.exit_code, result.stdout

    return run


def test_a_fault_ends_with_1_and_is_told_with_a_conversation_that_can_be_replayed(
    command: Callable[..., tuple[int, str]],
) -> None:
    code, told = command(FOUND)
    assert code == 1
    assert "help ends with no question (7 times; speaker)" in told
    shown = [line[4:] for line in told.splitlines() if line.startswith("    ")]
    assert read("\n".join(shown)).steps == (Step("help"),)


def test_no_fault_ends_with_0_and_the_coverage_is_told(
    command: Callable[..., tuple[int, str]],
) -> None:
    code, told = command(Report((Walked("speaker"),), FOUND.coverage, 2.0))
    assert code == 0
    assert "lines heard: 1 of 3" in told
    assert "no faults, in 2 s" in told


def test_a_machine_gets_json(command: Callable[..., tuple[int, str]]) -> None:
    _, told = command(FOUND, "--json")
    plain: Mapping[str, object] = json.loads(told)
    assert plain == as_plain(FOUND)


def test_a_locale_that_nobody_speaks_is_a_mistake_of_the_users() -> None:
    result = CliRunner().invoke(check_command.check_command, ["--locale", "tlh-QO"], obj=Parts())
    assert result.exit_code == 2
    assert "tlh" in result.output
