"""The faults that are cheap to bring about; `make faults` brings about all of them."""

from __future__ import annotations

import pytest

from tests.faults import certificates, clocks, http, smuggling, states, stores
from tests.faults.scenarios import Scenario, name_of, played

CHEAP: tuple[Scenario, ...] = (
    stores.sqlite,
    stores.restored_from_yesterday,
    certificates.rotated,
    clocks.off_by_minutes,
    http.slow,
    smuggling.attempts,
    states.requests,
    states.other_releases,
)


@pytest.mark.parametrize("scenario", CHEAP, ids=name_of)
def test_nothing_is_lost(scenario: Scenario) -> None:
    for row in played(scenario):
        assert all((row.fault, row.done, row.hears, row.proof))
