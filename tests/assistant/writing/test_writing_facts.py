"""Facts stand as the library has them: about the thing asked for, each once, within what the template's rules bear."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
import yaml

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from assistant.workspace import Workspace

Drafted = Callable[..., Draft]

LONG = {"zh": {"least": 5, "most": 160}, "en": {"least": 3, "most": 90}}
RESULTS = {"zh": ["项目效果"], "en": ["Results"]}


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def want(query: str, *kinds: str, **more: Any) -> dict[str, Any]:
    return {"query": both(query), "kinds": list(kinds), "least": 0.0, **more}


def facts(
    name: str, *wants: dict[str, Any], most: int = 3, part: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    piece = {"role": "item", "count": {"least": 1, "most": most}, "length": LONG, **(part or {})}
    return {"id": name, "write": "facts", "parts": [piece], "evidence": list(wants), "gap": both("missing"), **more}


@pytest.fixture
def drafted(sample: Workspace) -> Drafted:
    """A draft of a template that consists of the given sections."""
    number = count()

    def draft(
        *sections: dict[str, Any], locale: str = "zh-CN", subject: str = "", model: Any = None, **more: Any
    ) -> Draft:
        name = f"trial_{next(number)}"
        folder = sample.settings.home / "templates" / name
        folder.mkdir(parents=True, exist_ok=True)
        asked = {"name": "subject", "question": both("?"), "example": both("x")}
        data = {
            "id": name, "version": 1, "name": both("Trial"), "purpose": both("Trial"), "stage": "internal",
            "inputs": [asked], "sections": list(sections), **more,
        }  # fmt: skip
        (folder / "template.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        for language in ("zh", "en"):
            text = f'{{% extends "base.{language}.j2" %}}'
            (folder / f"{language}.j2").write_text(text, encoding="utf-8")
        vars(sample).pop("templates", None)  # the list of templates is read once
        return sample.draft(Brief(name, {"subject": subject}, locale), model=model)

    return draft


def said(draft: Draft, section: str) -> list[str]:
    """What a section says; a gap says nothing."""
    return [p.text for s, p in draft.paragraphs() if s.id == section and not p.gap]


def test_a_fact_stands_word_for_word_and_cites_where_it_stands(drafted: Drafted) -> None:
    draft = drafted(facts("one", want("87 种工业协议", "technology")))
    assert said(draft, "one")
    evidence = {e.id: e.text for e in draft.evidence}
    for _, paragraph in draft.paragraphs():
        assert any(paragraph.text in evidence[citation] for citation in paragraph.citations)


def test_no_fact_stands_twice_in_a_draft(drafted: Drafted) -> None:
    wanted = want("协议 驱动", "technology", k=3)
    draft = drafted(facts("first", wanted), facts("second", wanted))
    assert said(draft, "first")
    assert not set(said(draft, "first")) & set(said(draft, "second"))


def test_each_version_of_a_text_has_its_facts(drafted: Drafted) -> None:
    wanted, of = want("没有通信口的老设备", "technology", k=1), {"subject": ["long"]}
    short, long = facts("short", wanted, most=1), facts("long", wanted, most=1, when=of)
    draft = drafted(short, long, facts("more", wanted, when=of), alternatives=True)
    assert said(draft, "short") == said(draft, "long") != []
    assert not set(said(draft, "long")) & set(said(draft, "more"))


@pytest.mark.parametrize(("optional", "sections"), [(False, ["few"]), (True, [])])
def test_too_few_facts_are_a_gap_or_nothing(drafted: Drafted, optional: bool, sections: list[str]) -> None:
    few = facts("few", want("工业协议", "technology", k=1), part={"count": {"least": 9, "most": 9}}, optional=optional)
    draft = drafted(few, facts("other", want("员工", "company")))
    assert [s.id for s in draft.sections if s.id == "few"] == sections
    assert not said(draft, "few")


def test_facts_about_another_product_are_left_out(drafted: Drafted) -> None:
    draft = drafted(facts("users", want("{{ subject }} 试点", "milestone", k=6), most=9), subject="R200")
    assert said(draft, "users")
    assert not any("试点期间" in text or "试点 R300" in text for text in said(draft, "users"))
    other = drafted(facts("users", want("{{ subject }} 试点", "milestone", k=1), most=9), subject="R300")
    assert any("试点期间" in text for text in said(other, "users"))


def test_what_a_customer_gained_counts_for_the_product_that_the_case_is_about(drafted: Drafted) -> None:
    gains = facts("gains", want("{{ subject }} 由 降至", "case", headings=RESULTS, k=12), most=9)
    said_of = said(drafted(gains, subject="TingSense S10"), "gains")
    assert any("2.1 次" in text for text in said_of)
    assert not any("92 分钟" in text for text in said_of)  # a case of elevators, where no sensor is


def test_facts_come_from_several_passages(drafted: Drafted) -> None:
    draft = drafted(facts("cases", want("上线后 由 降至", "case", headings=RESULTS, k=4), facts=True))
    assert len({p.citations for s, p in draft.paragraphs() if s.id == "cases"}) == 3


def test_the_limit_for_brand_names_holds(drafted: Drafted) -> None:
    wanted = want("汀石工联 边缘网关 协议", "technology", "product", k=8)
    free = " ".join(said(drafted(facts("all", wanted, most=8)), "all"))
    limit = [{"check": "keyword_overuse", "with": {"most": 1}}]
    held = " ".join(said(drafted(facts("all", wanted, most=8), rules=limit), "all"))
    assert free.count("汀石工联") > 1 >= held.count("汀石工联")
    assert held.count("R200") <= 1


def test_a_lead_tells_the_reader_a_gain_or_asks_for_it(drafted: Drafted) -> None:
    rules = [{"check": "lead_without_benefit", "section": "lead"}]
    gain = facts("lead", want("{{ subject }}", "milestone", k=1), most=1)
    assert "这意味着" in said(drafted(gain, subject="斯图加特办公室启用", rules=rules), "lead")[0]
    none = facts("lead", want("{{ subject }}", "certificate", k=1), most=1)
    assert not said(drafted(none, subject="ISO/IEC 27001 认证", rules=rules), "lead")


def test_what_leans_on_another_sentence_or_stands_in_brackets_is_no_fact(drafted: Drafted) -> None:
    draft = drafted(facts("all", want("观点", "position", "policy", k=12), most=30))
    assert not [text for text in said(draft, "all") if text.startswith(("他", "她", "另一类", "（"))]
    assert not [text for text in said(draft, "all") if text.endswith("；")]


def test_what_tells_writers_how_to_use_a_fact_is_left_out(drafted: Drafted) -> None:
    draft = drafted(facts("all", want("信息安全管理体系认证", "certificate", k=6), most=20))
    assert said(draft, "all")
    assert not [text for text in said(draft, "all") if "不得说成" in text]


def test_a_form_may_name_the_title_alone_and_leaves_the_fact_to_others(drafted: Drafted) -> None:
    wanted = want("网络弹性法案 公布", "policy", k=1)
    title = facts("title", wanted, most=1, part={"fields": ["title"], "form": both("{{ title }}")})
    draft = drafted(title, facts("published", wanted, most=1))
    assert said(draft, "title") == ["政策：欧盟《网络弹性法案》（Regulation (EU) 2024/2847）"]
    assert "2024 年 11 月 20 日" in said(draft, "published")[0]


class Translator:
    """A model that renders the one sentence it is about in English."""

    name, destination, writes, context_tokens = "translator", "this machine", True, 8192

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        text = "The regulation (EU) 2024/2847 was published on 20 November 2024 and entered into force on 10 December 2024."
        properties = dict(request.schema or {})["properties"]
        data: dict[str, Any] = {"text": text}
        if "item" in properties:
            data = {"item": [{"sources": [request.task.sources[0].id], "text": text}]} if request.task else {}
        return ModelReply(json.dumps(data), data, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


def test_what_there_is_in_another_language_only_is_translated_by_a_model(drafted: Drafted) -> None:
    wanted = facts("published", want("Cyber Resilience Act published", "policy", k=1), most=1)
    assert not said(drafted(wanted, locale="en"), "published")
    draft = drafted(wanted, locale="en", model=Translator())
    [paragraph] = [p for _, p in draft.paragraphs()]
    assert "20 November 2024" in paragraph.text
    assert paragraph.citations
    assert paragraph.by == "model"
    assert not [f for f in draft.findings if f.severity == "error"]
