"""Reads figures as Prometheus does."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families


def figure(figures: str, name: str, **labels: str) -> float:
    """Return the sum of the series of a name that have these labels; 0 where there is none."""
    return sum(
        sample.value
        for family in text_string_to_metric_families(figures)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )
