from __future__ import annotations

import re
from math import prod

from tests.aws.stack import TEMPLATE, template

TEXT = (TEMPLATE.parent / "README.md").read_text("utf-8")
WHOLE = template()


def test_every_resource_is_explained_and_no_other() -> None:
    table = TEXT.partition("## What is made")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = [name for row in rows for name in row.split(", ")]
    assert sorted(named) == sorted(f"`{name}`" for name in WHOLE["Resources"])


def test_every_output_that_a_command_takes_is_one() -> None:
    taken = set(re.findall(r"<([A-Z][A-Za-z]+)>", TEXT))
    assert taken
    assert taken <= set(WHOLE["Outputs"])


def test_every_parameter_that_a_command_sets_is_one() -> None:
    lines = re.findall(r"--parameter-overrides ([^\n`#]*)", TEXT)
    given = {name for line in lines for name in re.findall(r"([A-Za-z]+)=", line)}
    assert {"SkillId", "CodeBucket", "CodeKey", "LiveVersion", "Guides"} <= given
    assert given <= set(WHOLE["Parameters"])


def rows_of_costs() -> list[tuple[str, float]]:
    """Return the arithmetic and the result of every row, but for the total."""
    costs = TEXT.partition("## What it costs")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|[^|]+\|([^|]*[0-9][^|]*)\| ([0-9.]+) \|$", costs, re.MULTILINE)
    return [(arithmetic, float(result)) for arithmetic, result in rows]


def test_the_costs_are_what_their_arithmetic_says() -> None:
    assert len(rows_of_costs()) == 12
    for arithmetic, result in rows_of_costs():
        last = arithmetic.replace(",", "").rpartition("=")[2]
        product = prod(float(number) for number in re.findall(r"[0-9.]+", last))
        assert abs(product - result) < 0.0051, arithmetic


def test_the_costs_add_up() -> None:
    [total] = re.findall(r"\*\*([0-9.]+)\*\* \|$", TEXT, re.MULTILINE)
    by_listener = [result for _, result in rows_of_costs()[:-3]]
    assert abs(sum(by_listener) - float(total)) < 0.005
