"""Stories from YAML, releases from a library: small sets of our own in the formats of the public ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.progress import Silent
from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.public_drafts import releases, stories
from evals.public.stories import read_stories

STORY = """---
title: A press shop that counts
metadata:
  organization: Halden Press GmbH, [halden.example](https://halden.example/)
  industries: [Metal forming]
  build_tools: [Maven]
body_content:
  title: Counting strokes
  paragraphs:
    - "**Background:** Halden Press runs 14 presses in two halls and employs 60 fitters."
    - "**Goals:** Every broken die stood still for nine hours, and nobody knew before the morning shift began."
    - "**Solution & Results:** The shop built one pipeline for all presses, and builds now take 12 minutes."
quotes:
  - from: Mara Lund, Plant Engineer, Halden Press
    content: We read the morning mail and know which die to change.
"""
RELEASE = """---
title: "Halden Press opens a hall in Malmo"
---

**HALDEN - March 04, 2026** - Today Halden Press opened a hall with 22 presses in Malmo. The hall serves makers of pumps.

**About Halden Press**
Halden Press forms metal parts for makers of pumps and valves in 14 countries.

#### Media Contact
Mara Lund, press@halden.example
"""


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("KOUJING_MODEL", "extractive")
    for path, text in (
        ("jenkins_stories/stories/a-press-shop.yaml", STORY),
        ("gitlab_messaging/press_releases/2026-03-04-halden-opens.md", RELEASE),
    ):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return Bench(tmp_path, load_settings(), Silent(), lambda _: None)


def test_a_story_keeps_its_facts_under_headings_and_its_quotes(bench: Bench) -> None:
    assert bench.data is not None
    (story,) = read_stories(bench.data / "jenkins_stories", 5)
    assert story.facts["Organisation"] == "Halden Press GmbH, halden.example"
    assert [heading for heading, _ in story.parts] == ["Background", "Goals", "Solution & Results"]
    assert "> “We read the morning mail and know which die to change.” — Mara Lund" in story.markdown()


def test_the_quote_of_a_drafted_story_is_held_against_its_file(bench: Bench) -> None:
    rows = {row.name: row for row in stories(bench)}
    assert (rows["stories: quotes exact"].value, rows["stories: with a quote"].value) == (1.0, 1.0)
    assert rows["stories: invented figures"].value == 0
    assert (rows["stories: invented figures"].n or 0) >= 2, "a draft without figures proves nothing"


def test_a_release_has_dateline_boilerplate_and_contact_of_its_own_data(bench: Bench) -> None:
    rows = {row.name: row for row in releases(bench)}
    for part in ("dateline", "boilerplate", "media contact"):
        assert rows[f"releases: {part} present"].value == 1.0
    assert rows["releases: invented figures"].value == 0
