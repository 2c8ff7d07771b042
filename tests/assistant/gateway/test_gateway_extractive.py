"""ExtractiveModel: the contract, and that every word of its answer stands in a source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from model_contract import SCHEMA, TASK, LanguageModelContract, asking

from assistant.gateway.extract import Chooser, terms
from assistant.gateway.extractive import ExtractiveModel
from assistant.gateway.port import LanguageModel, ModelRequest, Source, Task
from knowledge.domain.errors import BadReply, InputError

LONG = Task(
    section="result",
    locale="en",
    sources=(
        Source("S1", "# Background\n\nThe plant opened in 1998. It makes bearings.\n\n| a | b |"),
        Source("S2", "- Energy use fell by 23%. Downtime fell too. The crew liked the canteen."),
        Source("S3", "能耗下降了23%，这是全厂的结果。"),
    ),
    query="energy use and downtime",
)


def filled(task: Task, schema: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    reply = ExtractiveModel().complete(ModelRequest([], schema or SCHEMA, task=task))
    return list(reply.data["paragraphs"])


@pytest.fixture
def model() -> LanguageModel:
    return ExtractiveModel()


class TestExtractiveModelContract(LanguageModelContract):
    """The contract, without any model."""

    calls = 0


class TestChoice:
    def test_what_shares_words_with_the_query_comes_first(self) -> None:
        assert filled(LONG)[0] == {"text": "Energy use fell by 23%. Downtime fell too.", "sources": ["S2"]}

    def test_headings_tables_and_other_languages_stay_out(self) -> None:
        text = " ".join(paragraph["text"] for paragraph in filled(LONG))
        assert "Background" not in text
        assert "|" not in text
        assert "能耗" not in text

    def test_chinese_by_pairs_of_characters(self) -> None:
        assert terms("能耗下降 23%") == ["能耗", "耗下", "下降", "23"]
        assert filled(replace(TASK, query="交付周期"))[0] == {"text": "交付周期缩短了5天。", "sources": ["S2"]}

    def test_every_sentence_stands_in_its_source_and_only_once(self) -> None:
        many = replace(LONG, query="")
        seen: list[str] = []
        for paragraph in filled(many, {**SCHEMA, "properties": {"paragraphs": _paragraphs(9)}}):
            source = next(source for source in many.sources if source.id == paragraph["sources"][0])
            assert paragraph["text"] in source.text
            seen.append(paragraph["text"])
        assert len(seen) == len(set(seen)) == 3

    @pytest.mark.parametrize("limit", [0, 4, 5, 8, 100])
    def test_never_longer_than_asked(self, limit: int) -> None:
        text = " ".join(paragraph["text"] for paragraph in filled(replace(LONG, max_length=limit)))
        assert len(text.split()) <= limit
        assert bool(text) == (limit >= 3)

    def test_no_sources_no_paragraphs(self) -> None:
        assert filled(replace(TASK, sources=())) == []

    def test_the_same_each_time(self) -> None:
        assert filled(LONG) == filled(LONG)


class TestOtherShapes:
    def test_rows_of_a_table(self) -> None:
        row = {
            "type": "object",
            "properties": {
                "label": {"enum": ["high", "low"]},
                "claim": {"type": "string", "maxLength": 30},
                "gap": {"type": "boolean"},
                "note": {"type": ["string", "null"]},
                "sources": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["label", "claim", "gap", "note", "sources"],
        }
        schema = {
            "type": "object",
            "properties": {"table": {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}},
        }
        reply = ExtractiveModel().complete(ModelRequest([], schema, task=LONG))
        assert reply.data["table"]["rows"][0] == {
            "label": "high",
            "claim": "Energy use fell by 23%.",
            "gap": False,
            "note": None,
            "sources": ["S2"],
        }

    def test_strings_alone(self) -> None:
        schema = {"type": "object", "properties": {"title": {"type": "string"}, "count": {"type": "integer"}}}
        reply = ExtractiveModel().complete(ModelRequest([], schema, task=LONG))
        assert reply.data["title"].startswith("Energy use fell")

    def test_fewer_than_asked_are_given_not_invented(self) -> None:
        schema = {"type": "object", "properties": {"paragraphs": {**_paragraphs(9), "minItems": 7}}}
        assert 0 < len(filled(LONG, schema)) < 7

    def test_what_cannot_be_filled_is_told(self) -> None:
        schema = {"type": "object", "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}}}
        with pytest.raises(BadReply, match="pattern"):
            ExtractiveModel().complete(ModelRequest([], schema, task=LONG))

    def test_without_a_task(self) -> None:
        with pytest.raises(InputError, match="choose another model"):
            ExtractiveModel().complete(replace(asking(), task=None))


def _paragraphs(most: int) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "sources": {"type": "array", "items": {"type": "string"}}},
    }
    return {"type": "array", "maxItems": most, "items": item}


def test_notes_to_writers_stay_out() -> None:
    """What an entry tells those who write with it is no sentence for readers."""
    text = "The other 78 presses have not been equipped yet; do not describe this as a full deployment."
    task = replace(LONG, query="presses", sources=(Source("S1", text),), locale="en", max_length=None)
    passage = Chooser(task).next_passage()
    assert passage is not None
    assert passage.text == "The other 78 presses have not been equipped yet."
