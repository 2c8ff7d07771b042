"""The suite of localized copy: golden references pass their own checks, sources do not, public sets are samples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from evals.cases import Case, golden
from evals.public.parallel import parallel
from evals.scorers.overlap import Overlap
from evals.subjects.port import Answer, Subject
from evals.suites.base import Wanted
from evals.suites.localization import Localization

GOLDEN = golden("localization")
LOWER = {"numbers_wrong", "untranslated"}


def drafted(text: str) -> Answer:
    return Answer({"sections": [{"id": "body", "paragraphs": [{"text": text, "gap": False}]}]})


class Recorder:
    """Keeps the briefs it is asked."""

    def __init__(self) -> None:
        self.briefs: list[Mapping[str, Any]] = []

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        self.briefs.append(brief)
        return drafted("")


def test_both_directions_have_as_many_core_cases() -> None:
    assert len(GOLDEN) >= 24
    core = [case.id for case in Localization().cases(Wanted())]
    assert sorted(case.rsplit("-", 2)[1] for case in core) == ["en"] * 4 + ["zh"] * 4
    assert {case.locale for case in GOLDEN} >= {"de", "en", "es", "fr", "ja", "zh-CN"}
    assert Localization().cases(Wanted(every=True)) == GOLDEN


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.id)
def test_the_reference_passes_every_check_of_its_case(case: Case) -> None:
    for scorer in Localization.scorers:
        for name, tally in scorer.score(case, drafted(case.expect["reference"])).items():
            assert tally.hits == pytest.approx(0 if name in LOWER else tally.of), (name, tally.shown)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.id)
def test_the_source_itself_is_no_translation(case: Case) -> None:
    answer = drafted(case.ask["inputs"]["text"])
    assert Overlap().score(case, answer)["chrf"].hits < 60
    found = {name: t for scorer in Localization.scorers for name, t in scorer.score(case, answer).items()}
    assert any(
        tally.hits > 0 if name in LOWER else tally.hits < tally.of for name, tally in found.items() if name != "chrf"
    )


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.id)
def test_what_is_kept_as_it_stands_or_converted_is_in_the_source(case: Case) -> None:
    text = case.ask["inputs"]["text"]
    assert all(item in text for item in case.expect.get("keep", ()) if isinstance(item, str))
    assert all(value["source"] in text for value in case.expect["values"])


def test_the_brief_asks_for_the_locale_of_the_case() -> None:
    subject = Recorder()
    Localization().ask(GOLDEN[0], cast(Subject, subject))
    assert subject.briefs == [{**GOLDEN[0].ask, "locale": "en"}]


def write(path: Path, *rows: Mapping[str, Any]) -> None:
    path.parent.mkdir()
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


ENGLISH = "Support <b>{ -brand }</b> in 2027: 12 engineers and 30,000 readers need ec2 and a faster browser."


def test_public_segments_expect_what_both_sides_have_in_the_same_characters(tmp_path: Path) -> None:
    target = "2027 年，请支持 { -brand }：12 名工程师和 3 万名读者需要 ec2 和更快的浏览器，也需要更可靠的网络与工具。"
    write(
        tmp_path / "mozilla_www" / "segments.jsonl",
        {"en": ENGLISH, "t": {"zh-cn": target}},
        {"en": "Go", "t": {"de": "Los"}},
    )
    (case,) = parallel(tmp_path)
    assert case.expect["keep"] == ["{ -brand }"]
    assert [value["source"] for value in case.expect["values"]] == ["2027", "12"]
    assert (case.locale, case.core, case.source) == ("zh-CN", False, "mozilla.org (MPL-2.0)")


def test_success_stories_go_both_ways_and_samples_are_the_same_each_time(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"s.{n}",
            "lang": "zh-cn",
            "en": f"{ENGLISH} No. {n}",
            "target": f"第 {n} 号工程师需要一个更快的浏览器，也需要更可靠的网络与工具来服务读者。",
        }
        for n in range(30)
    ]
    write(tmp_path / "k8s_cases" / "segments.jsonl", *rows)
    found = parallel(tmp_path)
    assert [case.locale for case in found].count("en") == [case.locale for case in found].count("zh-CN") == 20
    assert found == parallel(tmp_path)
    assert len({case.id for case in found}) == 40
    assert parallel(tmp_path / "absent") == parallel(None) == []
