"""What every language model must do: one class of tests, inherited by the tests of each adapter."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from assistant.gateway.port import LanguageModel, Message, ModelRequest, Source, Task
from assistant.gateway.reply import complaint_about

SCHEMA = {
    "type": "object",
    "properties": {
        "paragraphs": {
            "type": "array",
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "sources": {"type": "array", "items": {"enum": ["S1", "S2"], "type": "string"}, "maxItems": 2},
                },
                "required": ["text", "sources"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["paragraphs"],
    "additionalProperties": False,
}
TASK = Task(
    section="result",
    locale="zh-CN",
    sources=(Source("S1", "改造后能耗下降23%。停机时间减少。"), Source("S2", "交付周期缩短了5天。")),
    query="能耗 结果",
)
PROMPT = "S1: 改造后能耗下降23%。\nS2: 交付周期缩短了5天。\n用一段话写出结果，并注明来源。"


def asking(schema: bool = True) -> ModelRequest:
    """A small request that every adapter can answer."""
    messages = (Message("system", "你是企业文案。"), Message("user", PROMPT))
    return ModelRequest(messages, SCHEMA if schema else None, max_tokens=300, task=TASK)


class LanguageModelContract:
    """Inherit and give a `model` fixture. `calls` is what one clean call costs in calls."""

    calls = 1

    def test_is_a_language_model_and_says_what_it_is(self, model: LanguageModel) -> None:
        assert isinstance(model, LanguageModel)
        assert model.name
        assert model.destination == "this machine"
        assert model.context_tokens >= 512

    def test_answers_with_text(self, model: LanguageModel) -> None:
        reply = model.complete(asking(schema=False))
        assert reply.text.strip()
        assert reply.data == {}
        assert reply.model

    def test_data_follows_the_schema(self, model: LanguageModel) -> None:
        reply = model.complete(asking())
        assert complaint_about(reply.data, SCHEMA) == ""
        assert reply.data["paragraphs"]
        assert json.loads(reply.text) == reply.data

    def test_streams_the_text_it_returns(self, model: LanguageModel) -> None:
        pieces: list[str] = []
        reply = model.complete(asking(), pieces.append)
        assert "".join(pieces) == reply.text

    def test_counts_usage(self, model: LanguageModel) -> None:
        usage = model.complete(asking()).usage
        assert usage.calls == self.calls
        assert (usage.prompt_tokens > 0) == (usage.completion_tokens > 0) == (self.calls > 0)
        assert usage.seconds >= 0

    def test_counts_tokens(self, model: LanguageModel) -> None:
        assert 0 < model.count_tokens("口径") < model.count_tokens("口径一致，来源可查。" * 5)

    def test_serves_threads(self, model: LanguageModel) -> None:
        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(model.complete, [asking(), asking()]))
        assert all(reply.data["paragraphs"] for reply in replies)

    def test_closes_more_than_once(self, model: LanguageModel) -> None:
        model.close()
        model.close()
