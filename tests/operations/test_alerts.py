"""deploy/alerts.yaml: rules as Prometheus reads them, about figures that the service has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from api.metrics import Metrics

ROOT = Path(__file__).parents[2]
FILE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text("utf-8"))
RULES: list[dict[str, Any]] = [rule for group in FILE["groups"] for rule in group["rules"]]


def figures() -> dict[str, set[str]]:
    """The labels of each figure, by its name."""
    metrics = Metrics()
    known: dict[str, set[str]] = {"up": {"job", "instance"}}
    for collector, names in metrics.registry._collector_to_names.items():
        for name in names:
            known[name] = {*getattr(collector, "_labelnames", ()), "le", "job", "instance"}
    return known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_is_whole_and_asks_for_figures_that_there_are(rule: dict[str, Any]) -> None:
    assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Koujing[A-Z]\w+", rule["alert"])
    assert re.fullmatch(r"\d+[smh]", rule["for"])
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"].keys() == {"summary", "action"}
    expression = rule["expr"]
    assert expression.count("(") == expression.count(")")
    known, asked = figures(), set(re.findall(r"\b(?:koujing_\w+|up)\b(?!=)", re.sub(r'"[^"]*"', '""', expression)))
    assert asked
    assert asked <= known.keys()
    for name, labels in re.findall(r"\b(koujing_\w+|up)\{([^}]*)\}", expression):
        assert set(re.findall(r"(\w+)\s*=~?", labels)) <= known[name]


def test_names_are_given_once() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names))


def test_what_the_service_shows_can_be_read_by_prometheus() -> None:
    from prometheus_client import generate_latest

    metrics = Metrics()
    metrics.request("/v1/search", "GET", 200, 0.01)
    shown = {family.name for family in text_string_to_metric_families(generate_latest(metrics.registry).decode())}
    assert {"koujing_http_requests", "koujing_http_request_seconds"} <= shown
