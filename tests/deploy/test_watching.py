"""What is deployed to watch the skill asks for figures that it really tells."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.amazon import PretendAmazon
from tests.benchmarks.load import asked_once
from tests.benchmarks.signing import posted, ready, utc_now
from tests.programs import program
from tests.serving import serving

HOST = Path(__file__).parent.parent.parent / "deploy" / "host"
DASHBOARD = HOST / "grafana" / "hip-workout.json"
ALERTS = HOST / "alerts.yaml"

OF_PROMETHEUS = {"instance", "job", "le", "alertname"}
"""Labels that Prometheus itself gives to what it fetches."""


def dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DASHBOARD.read_text("utf-8"))
    return loaded


def panels() -> list[dict[str, Any]]:
    return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def queries() -> list[str]:
    """Return every query of the dashboard, its variables put in."""
    told = [target["expr"] for panel in panels() for target in panel["targets"]]
    told += [each["expr"] for each in dashboard()["annotations"]["list"]]
    return [each.replace("$__rate_interval", "5m").replace("$instance", ".*") for each in told]


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def asked_for(query: str) -> Iterator[tuple[str, str]]:
    """Yield every metric that a query names, with the matchers behind it."""
    yield from re.findall(r"\b(hip_workout_\w+)\s*(?:\{([^}]*)\})?", query)


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory, amazon: PretendAmazon
) -> dict[str, dict[str, set[str]]]:
    """The names of all figures after a turn, with the values of each of their labels."""
    folder = tmp_path_factory.mktemp("watched")
    with serving(folder, amazon, HIP_WORKOUT_DATABASE_URL="") as server:
        body = ready(1, utc_now())
        assert asked_once(server.port, posted(body, amazon.sign(body)))[0] == 200
        text = server.figures()
    found: dict[str, dict[str, set[str]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = found.setdefault(sample.name, defaultdict(set))
            for name, value in sample.labels.items():
                labels[name].add(value)
    return found


@pytest.mark.parametrize("source", ["dashboard", "alerts"])
def test_every_metric_label_and_value_that_is_asked_for_is_told(
    source: str, told: dict[str, dict[str, set[str]]]
) -> None:
    asked = queries() if source == "dashboard" else [rule["expr"] for rule in alerts()]
    named = [(query, *each) for query in asked for each in asked_for(query)]
    assert len(named) > 12
    for query, name, matchers in named:
        assert name in told, name
        for label, _, value in re.findall(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"', matchers):
            if label not in OF_PROMETHEUS:
                assert set(alternatives(value)) <= told[name][label], (query, label)
        for by in re.findall(r"by \(([^)]*)\)", query):
            for label in (part.strip() for part in by.split(",")):
                labels = set().union(*(told[name] for name, _ in asked_for(query)))
                assert label in labels | OF_PROMETHEUS, (query, label)


def alternatives(value: str) -> list[str]:
    """Return what a matcher such as ``a|b`` or ``a-(b|c)`` stands for."""
    before, bracket, inner = value.partition("(")
    if not bracket:
        return value.split("|")
    return [before + each for each in inner.rstrip(")").split("|")]


def test_every_figure_of_ours_is_on_the_dashboard(told: dict[str, dict[str, set[str]]]) -> None:
    shown = {name for query in queries() for name, _ in asked_for(query)}
    ours = {name for name in told if not name.endswith("_created")}
    assert ours == shown


def test_the_dashboard_can_be_imported_anywhere() -> None:
    whole = dashboard()
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,40}", whole["uid"])
    variables = {each["name"]: each for each in whole["templating"]["list"]}
    assert variables["datasource"]["type"] == "datasource"
    sources = [panel["datasource"] for panel in panels()]
    sources += [target["datasource"] for panel in panels() for target in panel["targets"]]
    assert all(source == {"type": "prometheus", "uid": "${datasource}"} for source in sources)
    used = set(re.findall(r"\$\{?(\w+)", json.dumps(whole))) - {"__rate_interval", "__all"}
    assert used == set(variables)
    assert all(panel["title"] for panel in panels())


def test_no_two_panels_lie_on_each_other() -> None:
    ids = [panel["id"] for panel in dashboard()["panels"]]
    assert len(ids) == len(set(ids))
    for one, other in combinations([panel["gridPos"] for panel in dashboard()["panels"]], 2):
        apart = [
            one[a] + one[s] <= other[a] or other[a] + other[s] <= one[a] for a, s in ("xw", "yh")
        ]
        assert any(apart), (one, other)
    assert all(each["gridPos"]["x"] + each["gridPos"]["w"] <= 24 for each in dashboard()["panels"])


def promtool(*arguments: str) -> str:
    done = subprocess.run(
        [program("promtool"), *arguments], cwd=HOST, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_prometheus_understands_every_query_of_the_dashboard(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": each} for number, each in enumerate(queries())]
    file = tmp_path / "queries.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), "utf-8")
    assert f"{len(rules)} rules found" in promtool("check", "rules", str(file))


def test_the_alerts_are_understood_and_fire_for_what_they_are_for() -> None:
    assert f"{len(alerts())} rules found" in promtool("check", "rules", "alerts.yaml")
    assert "SUCCESS" in promtool("test", "rules", "alerts.test.yaml")


def test_every_alert_is_tried_and_says_how_urgent_it_is_and_what_to_do() -> None:
    tried = (HOST / "alerts.test.yaml").read_text("utf-8")
    for rule in alerts():
        assert rule["alert"] in tried
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith(".")
        assert rule["annotations"]["description"].endswith((".", "right?"))


def test_prometheus_takes_its_configuration() -> None:
    assert "SUCCESS" in promtool("check", "config", "prometheus.yaml")
