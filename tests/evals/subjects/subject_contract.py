"""What every subject must do: one class of tests, inherited for each. `subject` is over the sample library."""

from __future__ import annotations

from typing import Any

import pytest
from draft_document import hold_to_contract

from evals.subjects.port import SourceText, Subject
from knowledge.domain.errors import InputError, KoujingError

HIT = {"passage_id", "entry_id", "text", "score", "source", "locator", "locale", "kind"}
QUERY = "电梯故障的平均响应时间降了多少"
STORY = {"template": "success_story", "inputs": {"case": "case-elevator"}, "locale": "zh-CN"}
SOURCE = SourceText("note.txt", "上线后，非计划停机由每月 9 次降至每月 3 次。")


def texts(document: Any) -> list[str]:
    return [p["text"] for section in document["sections"] for p in section["paragraphs"]]


class Searches:
    """`finds`: what it finds is about the query."""

    finds = True

    def test_it_is_a_subject(self, subject: Subject) -> None:
        assert isinstance(subject, Subject)
        assert subject.name
        assert subject.model

    def test_hits_are_of_the_contracts_shape(self, subject: Subject) -> None:
        answer = subject.search(QUERY, {"k": 5})
        assert answer.document["schema"] == 1
        hits = answer.document["hits"]
        assert 1 <= len(hits) <= 5
        assert all(set(hit) == HIT for hit in hits)
        scores = [hit["score"] for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert answer.seconds > 0

    def test_it_finds_what_was_asked_for(self, subject: Subject) -> None:
        found = {hit["entry_id"] for hit in subject.search(QUERY, {"k": 4}).document["hits"]}
        assert ("case-elevator" in found) is self.finds

    def test_the_scope_is_kept_to(self, subject: Subject) -> None:
        scope = {"kinds": ["case"], "locale": "en", "market": None, "k": 5}
        hits = subject.search("mean response time of elevators", scope).document["hits"]
        assert hits
        kept = all((hit["kind"], hit["locale"]) == ("case", "en") for hit in hits)
        assert kept is self.finds

    def test_nobody_is_told_what_is_for_colleagues(self, subject: Subject) -> None:
        rivals = {"kinds": ["competitor"], "k": 20}
        assert "competitor" not in {h["kind"] for h in subject.search("桅灯 采集间隔", rivals).document["hits"]}
        inside = subject.search("桅灯 采集间隔", {**rivals, "audience": "internal"}).document["hits"]
        assert "competitor" in {hit["kind"] for hit in inside}

    @pytest.mark.parametrize(("query", "scope"), [(" ", {}), (QUERY, {"kinds": ["rumour"]}), (QUERY, {"k": 0})])
    def test_a_wrong_question_is_an_input_error(self, subject: Subject, query: str, scope: dict[str, Any]) -> None:
        with pytest.raises(InputError):
            subject.search(query, scope)


class Drafts:
    def test_a_draft_is_of_the_contracts_shape(self, subject: Subject) -> None:
        answer = subject.draft(STORY)
        hold_to_contract(dict(answer.document))
        assert any(texts(answer.document))
        assert answer.seconds > 0

    def test_the_same_brief_gets_the_same_text(self, subject: Subject) -> None:
        first, second = subject.draft(STORY), subject.draft(STORY)
        assert texts(first.document) == texts(second.document)
        assert first.prompts == second.prompts

    @pytest.mark.parametrize("wrong", [{"template": "sonnet"}, {"inputs": {"mood": "gay"}}, {"audience": "everyone"}])
    def test_a_wrong_brief_is_an_error_of_the_product(self, subject: Subject, wrong: dict[str, Any]) -> None:
        with pytest.raises(KoujingError) as caught:
            subject.draft({**STORY, **wrong})
        assert "\n" not in caught.value.message


class Prompted:
    """It tells the prompts behind a draft."""

    def test_prompts_are_those_of_this_draft(self, subject: Subject) -> None:
        prompts = subject.draft(STORY).prompts
        assert prompts
        for prompt in prompts:
            assert [role for role, _ in prompt.messages] == ["system", "user"]
            assert prompt.reply


class AsksBack:
    def test_an_open_brief_is_answered_with_questions(self, subject: Subject) -> None:
        document = subject.draft({"template": "success_story", "locale": "en"}).document
        assert [question["input"] for question in document["questions"]] == ["case"]
        assert document["draft"]["state"] == "open"


class Checks:
    def test_a_text_is_held_against_the_given_sources(self, subject: Subject) -> None:
        report = subject.check("上线后非计划停机由每月 9 次降至 2 次。", [SOURCE], locale="zh-CN").document
        wrong = [claim for claim in report["claims"] if claim["verdict"] == "contradicted"]
        assert wrong
        assert all(report["text"][c["span"]["start"] : c["span"]["end"]] == c["text"] for c in report["claims"])
        assert report["evidence"][0]["text"] == SOURCE.text
        assert report["evidence"][0]["locator"] == "line 1"

    @pytest.mark.parametrize("sources", [None, []])
    def test_without_sources_the_library_speaks(self, subject: Subject, sources: list[SourceText] | None) -> None:
        report = subject.check("R200 支持 87 种工业协议。", sources, locale="zh-CN").document
        assert [claim for claim in report["claims"] if claim["verdict"] == "supported"]
        assert {evidence["origin"] for evidence in report["evidence"]} == {"library"}

    def test_an_empty_text_is_an_input_error(self, subject: Subject) -> None:
        with pytest.raises(InputError):
            subject.check(" ", [SOURCE], locale="en")


class ChecksNothing:
    def test_it_says_that_it_cannot_check(self, subject: Subject) -> None:
        with pytest.raises(InputError, match=subject.name):
            subject.check("text", [SOURCE], locale="en")
