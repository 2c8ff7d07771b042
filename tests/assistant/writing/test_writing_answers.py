"""Answers are sentences of the evidence as they stand; a question without one is asked back."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from knowledge.records import Audience

HEADED = """# 事实
## 影响范围
涉及 12 家用户的 40 台设备。
## 原因
电源板在低温下会断开。
"""
PLAIN = "原因是电源板在低温下会断开。昨天食堂换了新的桌椅。"
ENGLISH = """# Facts
## Cause
The cause is a loose connector. In addition, nobody had looked at it.
"""


def respond(workspace: Workspace, facts: str, locale: str = "zh-CN") -> Draft:
    inputs = {"kind": "product", "event": "有用户说设备停了" if locale == "zh-CN" else "a user says it stopped"}
    return workspace.draft(
        Brief("response_line", {**inputs, "finding": "open", "facts": facts}, locale, audience=Audience.INTERNAL)
    )


def answers(draft: Draft) -> dict[str, str]:
    """The answer to each question that begins so; empty for a gap."""
    found = [p for s, p in draft.paragraphs() if s.id == "answers"]
    return {p.text[:4]: "" if p.gap else p.text for p in found}


def test_a_question_gets_what_stands_below_its_heading(sample: Workspace) -> None:
    draft = respond(sample, HEADED)
    assert answers(draft)["影响到多"] == "影响到多少人、多少设备？——涉及 12 家用户的 40 台设备。"
    assert answers(draft)["原因是什"] == "原因是什么？——电源板在低温下会断开。"


def test_a_question_that_nothing_answers_asks_and_cites_nothing(sample: Workspace) -> None:
    draft = respond(sample, HEADED)
    gaps = [p for s, p in draft.paragraphs() if s.id == "answers" and p.gap]
    assert answers(draft)["怎么保证"] == ""
    assert any(p.text.startswith("怎么保证不再发生？") for p in gaps)
    assert all(not p.citations for p in gaps)


def test_without_headings_a_sentence_must_say_it_in_words(sample: Workspace) -> None:
    # The first section takes both sentences; asked for again, they must not come as the answer to anything else.
    said = answers(respond(sample, PLAIN))
    assert all("食堂" not in text for text in said.values())
    assert said["怎么保证"] == ""


def test_a_sentence_that_leans_on_another_is_no_answer(sample: Workspace) -> None:
    text = "\n".join(answers(respond(sample, ENGLISH, "en")).values())
    assert "nobody had looked" not in text


def test_the_library_answers_what_the_document_does_not(sample: Workspace) -> None:
    draft = respond(sample, HEADED)
    assert "400-555" in answers(draft)["受影响的"]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_every_answer_stands_in_what_it_cites(sample: Workspace, locale: str) -> None:
    case = "case-water" if locale == "zh-CN" else "case-water-en"
    inputs = {"visitor": "总工程师" if locale == "zh-CN" else "a chief engineer", "doubt": "effect", "case": case}
    draft = sample.draft(Brief("site_visit_plan", inputs, locale, "CN", audience=Audience.INTERNAL))
    found = [p for s, p in draft.paragraphs() if s.id == "questions"]
    assert len(found) == 3
    seen: set[str] = set()
    for paragraph in found:
        assert not paragraph.gap
        question, _, answer = paragraph.text.partition("——" if locale == "zh-CN" else " – ")
        assert question.endswith(("？", "?"))
        sources = "".join(e.text for e in draft.cited(paragraph))
        for sentence in answer.replace("。", "。|").replace(". ", ".|").split("|"):
            assert sentence.strip() in sources
            assert sentence not in seen or not sentence
            seen.add(sentence)


def test_a_role_that_the_notes_do_not_name_is_asked_for(sample: Workspace) -> None:
    notes = "# 记录\n## 现状\n公司有 17 座泵站。\n## 总经理的要求\n总经理要求先小范围试。\n"
    inputs = {"customer": "某供水公司", "situation": notes, "product": "R200 边缘网关", "reader_risk": "value"}
    draft = sample.draft(Brief("solution_proposal", inputs, "zh-CN"))
    needs = {p.text[:3]: p for s, p in draft.paragraphs() if s.id == "needs"}
    assert needs["决策层"].text == "决策层：总经理要求先小范围试。"
    assert needs["使用部"].gap
