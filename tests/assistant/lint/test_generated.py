"""A generated library with known faults: all are found, and nothing else of their kinds."""

from __future__ import annotations

import pytest

from assistant.lint.library import lint_library
from evals.bench.library.lint import PLANTED, TODAY, false_findings, generated


@pytest.mark.parametrize("size", [500])
def test_planted_faults_are_found_and_no_others(size: int) -> None:
    library = generated(size)
    found = lint_library(library.entries, library.customers, (), TODAY, rules=PLANTED)

    for rule, planted in library.planted.items():
        told = [set(finding.entries) for finding in found if finding.rule == rule]
        assert len(planted) == PLANTED[rule]
        assert [sorted(group) for group in planted if not any(group <= entries for entries in told)] == []
    assert [finding.message.en for finding in false_findings(found, library)] == []
