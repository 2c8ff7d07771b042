"""ChatModel against a real HTTP server: the contract, and every fault a provider can have."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import pytest
from endless import ENDLESS
from model_contract import PROMPT, LanguageModelContract, asking

from assistant.gateway.factory import open_model
from assistant.gateway.port import LanguageModel, Message, ModelRequest
from assistant.settings import load_settings
from evals.bench.faults.fake_openai import (
    GOOD,
    FakeOpenAI,
    Play,
    chunk,
    drips,
    events,
    fails,
    hangs_up,
    running,
    says,
    sends,
    stalls,
)
from knowledge.domain.errors import (
    BadReply,
    InputError,
    KoujingError,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    SetupError,
)

KEY = "sk-very-secret"
TEXT = json.dumps(GOOD, ensure_ascii=False)


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with running() as fake:
        yield fake


def opened(server: FakeOpenAI, **settings: str) -> LanguageModel:
    given = {"model": "openai:qwen", "base_url": server.base_url, "api_key": KEY, "timeout": "20", **settings}
    return open_model(load_settings({}, **given))


@pytest.fixture
def model(server: FakeOpenAI) -> LanguageModel:
    return opened(server)


class TestChatModelContract(LanguageModelContract):
    """The contract, over HTTP."""


class TestWhatIsSent:
    def test_options_schema_and_key(self, server: FakeOpenAI, model: LanguageModel) -> None:
        model.complete(replace(asking(), temperature=0.5, seed=3))
        body = server.bodies[0]
        assert (body["model"], body["temperature"], body["seed"], body["max_tokens"]) == ("qwen", 0.5, 3, 300)
        assert body["response_format"]["json_schema"]["strict"] is True
        assert body["stream"] is True
        assert body["stream_options"] == {"include_usage": True}
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"

    def test_without_a_schema_no_format_is_asked_for(self, server: FakeOpenAI, model: LanguageModel) -> None:
        model.complete(asking(schema=False))
        assert "response_format" not in server.bodies[0]

    def test_the_environment_decides_nothing(self, server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
        with running() as stray:
            for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "LANGSMITH_ENDPOINT", "HTTP_PROXY"):
                monkeypatch.setenv(name, stray.base_url)
            monkeypatch.setenv("OPENAI_API_KEY", "sk-stray")
            monkeypatch.setenv("OPENAI_ORG_ID", "org-stray")
            monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-stray")
            monkeypatch.setenv("LANGSMITH_TRACING", "true")
            monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2-stray")
            model = opened(server, api_key="")
            assert model.destination == "this machine"
            model.complete(asking())
            assert stray.bodies == []
        assert "stray" not in str(server.headers)
        assert server.headers[0]["authorization"] == "Bearer none"
        assert not [name for name in server.headers[0] if name.startswith(("openai", "x-stainless"))]

    def test_openai_needs_an_address(self) -> None:
        for name in ("openai:gpt", "langchain:openai:gpt"):
            with pytest.raises(SetupError, match=r"openai:gpt needs KOUJING_BASE_URL"):
                open_model(load_settings({"OPENAI_BASE_URL": "http://x.example", "OPENAI_API_KEY": "k"}, model=name))

    @pytest.mark.parametrize("url", ["models.example.com/v1", "ftp://x.example", "http://", "http://x:99999"])
    def test_an_address_that_is_none(self, url: str) -> None:
        with pytest.raises(SetupError, match="KOUJING_BASE_URL is not"):
            open_model(load_settings({}, model="openai:x", base_url=url))

    def test_a_key_that_is_none(self) -> None:
        with pytest.raises(SetupError) as caught:
            open_model(load_settings({}, model="openai:x", base_url="http://h.example/v1", api_key="密钥-1"))
        assert "密钥" not in caught.value.message

    def test_destination_is_the_host(self) -> None:
        settings = load_settings({}, model="openai:x", base_url="https://u:p@api.example.com:8443/v1")
        assert open_model(settings).destination == "api.example.com"


class TestGoodRepliesInOddShapes:
    @pytest.mark.parametrize(
        "text",
        [
            f"```json\n{TEXT}\n```",
            f"好的，如下：\n```\n{TEXT}\n```\n请查收。",
            f"Here is the object: {TEXT} Done.",
            f"<think>{{maybe}} not yet</think>\n{TEXT}",
        ],
    )
    def test_what_stands_around_the_object(self, server: FakeOpenAI, model: LanguageModel, text: str) -> None:
        server.plays = [says(text)]
        assert model.complete(asking()).data == GOOD
        assert len(server.bodies) == 1

    def test_usage_is_estimated_when_the_server_says_none(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [says(TEXT, usage=False)]
        usage = model.complete(asking()).usage
        assert usage.prompt_tokens > 20
        assert usage.completion_tokens > 10

    def test_usage_repeated_in_every_chunk_is_not_added_up(self, server: FakeOpenAI, model: LanguageModel) -> None:
        counted = [{"usage": {"prompt_tokens": 9, "completion_tokens": n, "total_tokens": 9 + n}} for n in (1, 2)]
        server.plays = [events(chunk("好") | counted[0], chunk("。", "stop") | counted[1], "[DONE]")]
        usage = model.complete(asking(schema=False)).usage
        assert (usage.prompt_tokens, usage.completion_tokens) == (9, 2)

    def test_cost_by_the_price_settings(self, server: FakeOpenAI) -> None:
        model = opened(server, price_prompt="2", price_completion="8")
        assert model.complete(asking()).usage.cost == pytest.approx((11 * 2 + 5 * 8) / 1e6)
        assert opened(server).complete(asking()).usage.cost is None

    def test_a_server_that_does_not_stream(self, server: FakeOpenAI, model: LanguageModel) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
        whole = {
            "id": "c",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [choice],
            "usage": usage,
        }
        server.plays = [sends(json.dumps(whole), "application/json")] * 3
        pieces: list[str] = []
        assert model.complete(asking(), pieces.append).data == GOOD
        assert pieces == [TEXT]
        assert model.complete(asking()).usage.prompt_tokens == 3
        assert [body.get("stream", False) for body in server.bodies] == [True, False, False]


class TestOptionsTheServerRefuses:
    def test_schema_goes_into_the_prompt_step_by_step(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [
            fails(400, "response_format.type json_schema is unavailable"),
            fails(400, "response_format is not supported"),
        ]
        reply = model.complete(asking())
        assert reply.data == GOOD
        assert reply.usage.calls == 1
        formats = [body.get("response_format", {}).get("type") for body in server.bodies]
        assert formats == ["json_schema", "json_object", None]
        assert ["JSON Schema" in body["messages"][-1]["content"] for body in server.bodies] == [False, True, True]

    def test_a_pattern_is_given_up_and_the_schema_kept(self, server: FakeOpenAI, model: LanguageModel) -> None:
        text = {"type": "string", "pattern": "^.+$"}
        schema = {"type": "object", "properties": {"text": text}, "required": ["text"]}
        server.plays = [fails(400, "Invalid schema for response_format 'reply': 'pattern' is not permitted")]
        server.then = says(json.dumps({"text": "x"}))
        assert model.complete(replace(asking(), schema=schema)).data == {"text": "x"}
        sent = [body["response_format"]["json_schema"]["schema"]["properties"]["text"] for body in server.bodies]
        assert sent == [text, {"type": "string"}]

    def test_it_is_remembered(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [fails(400, "unknown field response_format")]
        model.complete(asking())
        opened(server).complete(asking())
        assert [body["response_format"]["type"] for body in server.bodies] == [
            "json_schema",
            "json_object",
            "json_object",
        ]

    def test_length_temperature_and_seed(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [
            fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
            fails(400, "Unsupported value: 'temperature'"),
            fails(422, "seed: extra inputs are not permitted"),
            fails(400, "unknown option stream_options"),
        ]
        assert model.complete(asking()).data == GOOD
        last = server.bodies[-1]
        assert last["max_completion_tokens"] == 300
        assert not {"max_tokens", "temperature", "seed", "stream_options"} & set(last)


class TestPassingFaults:
    def test_busy_with_a_short_wait(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [fails(429, Retry_After="0.2")]
        usage = model.complete(asking()).usage
        assert usage.calls == 2
        assert usage.seconds >= 0.2

    def test_busy_with_a_wait_beyond_the_limit(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [fails(429, Retry_After="300")]
        with pytest.raises(ProviderBusy, match="asks to wait 300 s") as caught:
            model.complete(asking())
        assert caught.value.retry_after == 300
        assert len(server.bodies) == 1

    def test_busy_with_a_date(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [fails(429, Retry_After=formatdate(time.time() + 3600, usegmt=True))]
        with pytest.raises(ProviderBusy, match=r"asks to wait 3[56]\d\d s"):
            model.complete(asking())

    @pytest.mark.parametrize("wait", ["soon", "-3"])
    def test_busy_with_nonsense(self, server: FakeOpenAI, model: LanguageModel, wait: str) -> None:
        server.plays = [fails(429, Retry_After=wait)]
        assert model.complete(asking()).usage.calls == 2

    def test_busy_to_the_end(self, server: FakeOpenAI) -> None:
        server.plays = [fails(429)] * 2
        with pytest.raises(ProviderBusy, match="tried 2 times"):
            opened(server, retries="1").complete(asking())
        assert len(server.bodies) == 2

    def test_a_used_up_quota_is_not_asked_again(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [fails(429, code="insufficient_quota")]
        with pytest.raises(ProviderBusy, match="quota"):
            model.complete(asking())
        assert len(server.bodies) == 1

    @pytest.mark.parametrize(
        "play",
        [
            fails(500),
            fails(503),
            events(chunk() | {"choices": []}, "[DONE]"),
            events("[DONE]"),
            says(""),
            says(TEXT[:20], finish=None, done=False),
            says(TEXT, finish=None),
            events(chunk("口"), {"error": {"message": f"failed on {PROMPT}", "code": 500}}),
            events(chunk("口"), {"error": {"message": "overloaded", "type": "overloaded_error"}}),
            events("{not json"),
            hangs_up,
        ],
    )
    def test_once_is_forgiven_and_always_is_told(self, server: FakeOpenAI, model: LanguageModel, play: Play) -> None:
        server.plays = [play]
        assert model.complete(asking()).data == GOOD
        server.plays = [play] * 9
        with pytest.raises(ProviderError) as caught:
            opened(server, retries="1").complete(asking())
        _harmless(caught.value)

    def test_nobody_answers(self) -> None:
        with running() as gone:
            pass
        with pytest.raises(ProviderError, match="no connection"):
            opened(gone, retries="1").complete(asking())

    def test_pieces_of_a_failed_try_are_declared_void(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [says(TEXT[:20], finish=None, done=False)]
        pieces: list[str] = []
        model.complete(asking(), pieces.append)
        assert "".join(pieces[pieces.index("") :]) == TEXT

    def test_every_try_is_counted(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [says("no JSON")]
        usage = model.complete(asking()).usage
        assert (usage.prompt_tokens, usage.completion_tokens, usage.calls) == (22, 10, 2)


class TestWrongShape:
    def test_asked_once_more_with_the_complaint(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [says('{"paragraphs": [{"text": 5, "sources": []}]}')]
        assert model.complete(asking()).data == GOOD
        again = server.bodies[1]["messages"][-1]["content"]
        assert again.startswith(PROMPT)
        assert "$.paragraphs[0].text breaks type" in again
        assert server.bodies[1]["seed"] != server.bodies[0]["seed"]

    def test_twice_is_enough(self, server: FakeOpenAI) -> None:
        server.plays = [says('{"paragraphs": [{"text": "x", "sources": ["S9"]}]}')] * 5
        with pytest.raises(BadReply, match="enum") as caught:
            opened(server, retries="5").complete(asking())
        assert len(server.bodies) == 2
        assert "S9" in caught.value.reply
        _harmless(caught.value)


class TestLastingFaults:
    @pytest.mark.parametrize(
        ("play", "kind", "words"),
        [
            (fails(401, f"bad key {KEY}"), SetupError, "KOUJING_API_KEY"),
            (fails(403), SetupError, "KOUJING_API_KEY"),
            (fails(402), SetupError, "payment"),
            (fails(404), SetupError, "no model 'qwen'"),
            (fails(307, Location="http://elsewhere.example/v1"), SetupError, "redirects"),
            (fails(400, "maximum context length is 8192", "context_length_exceeded"), BadReply, "context"),
            (fails(413), BadReply, "context"),
            (fails(400, "DataInspectionFailed"), BadReply, "content filter"),
            (fails(400, f"cannot parse {PROMPT}"), ProviderError, "status 400"),
            (sends("<html>portal</html>", "text/html"), ProviderError, "web page"),
            (sends('{"choices": []}', "application/json"), ProviderError, "address"),
            (sends('{"status": "ok"}', "application/json"), ProviderError, "address"),
            (says(TEXT[:20], finish="length"), BadReply, "length limit"),
            (says("", finish="content_filter"), BadReply, "refused"),
            (
                events(chunk(role="assistant", refusal="I will not"), chunk(finish="stop"), "[DONE]"),
                BadReply,
                "refused",
            ),
        ],
    )
    def test_told_at_once(
        self, server: FakeOpenAI, model: LanguageModel, play: Play, kind: type[KoujingError], words: str
    ) -> None:
        server.plays = [play]
        with pytest.raises(kind, match=words) as caught:
            model.complete(asking())
        assert len(server.bodies) == 1
        _harmless(caught.value)


class TestLimit:
    @pytest.mark.parametrize(
        "play",
        [
            stalls(ENDLESS),
            drips(b": ping\n\n", 0.1, ENDLESS),
            drips(b"data: " + json.dumps(chunk("。")).encode() + b"\n\n", 0.1, ENDLESS),
        ],
        ids=["stall", "pings", "drip"],
    )
    def test_no_call_lasts_longer(self, server: FakeOpenAI, play: Play) -> None:
        server.plays = [play] * 3
        with pytest.raises(ProviderTimeout, match="within 1 s"):
            opened(server, timeout="1").complete(asking())

    def test_it_covers_all_tries(self, server: FakeOpenAI) -> None:
        server.plays = [fails(500)] * 50
        with pytest.raises(ProviderError):
            opened(server, timeout="1", retries="40").complete(asking())
        assert len(server.bodies) < 40

    def test_a_reader_that_gives_up_ends_the_call(self, server: FakeOpenAI, model: LanguageModel) -> None:
        server.plays = [drips(b"data: " + json.dumps(chunk("。")).encode() + b"\n\n", 0.05, 5)]

        def gone(piece: str) -> None:
            raise ConnectionAbortedError("the browser left")

        with pytest.raises(ConnectionAbortedError):
            model.complete(asking(), gone)

    def test_a_late_call_leaves_the_model_usable(self, server: FakeOpenAI) -> None:
        model = opened(server, timeout="1")
        server.plays = [stalls(3)]
        with pytest.raises(ProviderTimeout):
            model.complete(asking())
        assert model.complete(asking()).data == GOOD


class TestAnyLangChainModel:
    def test_works_through_the_same_code(self) -> None:
        from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
        from langchain_core.messages import AIMessage

        from assistant.gateway.chat import ChatModel
        from assistant.gateway.endpoint import LangChainEndpoint
        from assistant.gateway.limits import Limits

        replies = iter([AIMessage("not yet"), AIMessage(f"```json\n{TEXT}\n```")])
        endpoint = LangChainEndpoint(GenericFakeChatModel(messages=replies), "fake", "fake host")
        model = ChatModel(endpoint, "langchain:fake:fake", Limits())
        reply = model.complete(asking())
        assert reply.data == GOOD
        assert reply.usage.calls == 2

    def test_a_missing_package(self) -> None:
        with pytest.raises(SetupError, match="langchain-groq"):
            open_model(load_settings({}, model="langchain:groq:x"))

    def test_an_unknown_provider(self) -> None:
        with pytest.raises(InputError, match="no such provider"):
            open_model(load_settings({}, model="langchain:nobody:x"))


def test_messages_arrive_unchanged(server: FakeOpenAI, model: LanguageModel) -> None:
    said: list[dict[str, Any]] = [
        {"role": "system", "content": "规则 {not a template}"},
        {"role": "user", "content": "一"},
        {"role": "assistant", "content": "二"},
        {"role": "user", "content": "三 %s"},
    ]
    model.complete(ModelRequest([Message(**message) for message in said]))
    assert server.bodies[0]["messages"] == said


def _harmless(error: KoujingError) -> None:
    """One line, without key and prompt."""
    assert "\n" not in error.message
    assert KEY not in error.message
    assert "能耗" not in error.message
    assert len(error.message) < 300
