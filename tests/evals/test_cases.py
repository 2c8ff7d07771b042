"""Golden files: a mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import read_cases
from evals.running.request import Request
from evals.suites.drafting import Drafting
from knowledge.domain.errors import InputError

GOOD = '{"id": "a", "locale": "en", "why": "w", "ask": {}}'


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", r"cases\.jsonl:2: not JSON"),
        ("[]", r":2: an object"),
        ('{"id": 7, "locale": "en", "why": "w", "ask": {}}', r":2: 'id' must be a text"),
        ('{"id": "b", "locale": "en", "why": "w", "ask": "text"}', r":2: 'ask' must be an object"),
        ('{"id": "b", "locale": "e!", "why": "w", "ask": {}}', r":2: "),
        ('{"id": "b", "locale": "en", "why": "w"}', r":2: 'ask' is missing"),
        ('{"id": "b", "locale": "en", "why": "w", "ask": {}, "expects": {}}', r":2: unknown key 'expects'"),
        (GOOD, r"case 'a' stands twice"),
    ],
)
def test_a_mistake_in_a_golden_file_is_told_with_its_line(row: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{GOOD}\n{row}\n")
    with pytest.raises(InputError, match=message):
        read_cases(path)


def test_prompts_on_trial_are_asked_every_case_of_their_templates_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "success_story").mkdir()
    (tmp_path / "success_story" / "template.yaml").touch()
    request = Request(prompts=("", str(tmp_path)), models=("scripted",))
    asked = [case for case in Drafting().cases(request.wanted) if request.picks(case)]
    assert {case.ask["template"] for case in asked} == {"success_story"}
    assert not all(case.core for case in asked)
    only = Request(models=("scripted",), only=("press-stuttgart",))
    found = [case.id for case in Drafting().cases(only.wanted) if only.picks(case)]
    assert found
    assert all("press-stuttgart" in name for name in found)
