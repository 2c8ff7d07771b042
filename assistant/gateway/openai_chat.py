"""`ChatOpenAI` with what Koujing needs of it. Heavy: import it inside functions only.

Nothing but the settings decides where text goes and what is sent along: LangChain and the openai client also read
OPENAI_ORG_ID, OPENAI_PROJECT_ID and others, so outgoing headers pass a short list of permitted names.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx2
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.gateway.limits import destination_of
from assistant.gateway.watchdog import seconds_left

for _name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2"):
    # What they log of a request at DEBUG holds headers, in which a careless endpoint repeats the key it was given.
    logging.getLogger(_name).setLevel(logging.WARNING)

CONNECT_SECONDS = 10.0
READ_SECONDS = 600.0  # outside a deadline

_SENT = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "transfer-encoding"}
    | {"authorization", "user-agent", "x-stainless-raw-response"}  # the last is how the openai client talks to itself
)


class NotAnApi(Exception):
    """The answer has status 200 but is a web page, or JSON without a reply in it."""


class NotAStream(Exception):
    """The answer is whole JSON although a stream was asked for."""


class OpenAIChat(ChatOpenAI):
    """Keeps the `refusal` of a streamed reply, which LangChain drops."""

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        choices = chunk.get("choices") or []
        if made is not None and choices and (choices[0].get("delta") or {}).get("refusal"):
            made.message.additional_kwargs["refusal"] = choices[0]["delta"]["refusal"]
        return made


def open_chat(base_url: str, model: str, api_key: str) -> OpenAIChat:
    """A client of this endpoint. It never retries: the gateway does."""
    local = destination_of(base_url) == "this machine"
    client = httpx2.Client(
        timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,  # a redirect would carry unpublished text to another host
        trust_env=not local,  # a proxy from the environment must not see what stays on this machine
        event_hooks={"request": [_only_permitted, _in_time], "response": [_must_be_api, _guard]},
    )
    return OpenAIChat(
        model=model,
        base_url=base_url,
        api_key=SecretStr(api_key or "none"),
        http_client=client,
        openai_proxy=None,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        cache=False,
    )


def _only_permitted(request: httpx2.Request) -> None:
    for name in [name for name in request.headers if name.lower() not in _SENT]:
        del request.headers[name]


def _must_be_api(response: httpx2.Response) -> None:
    if response.status_code != 200:
        return
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    streamed = b'"stream":true' in response.request.content.replace(b" ", b"")
    if kind == "application/json" and streamed:
        raise NotAStream if _has_choices(response.read()) else NotAnApi
    if kind == "text/html":
        raise NotAnApi


def _has_choices(body: bytes) -> bool:
    try:
        value = json.loads(body)
    except ValueError:
        return False
    return isinstance(value, dict) and bool(value.get("choices"))


def _in_time(request: httpx2.Request) -> None:
    left = seconds_left()
    if left is not None:
        request.extensions["timeout"] = {
            name: min(limit, left) for name, limit in request.extensions["timeout"].items() if limit is not None
        }


def _guard(response: httpx2.Response) -> None:
    if seconds_left() is not None and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Guarded(response.stream)


class _Guarded(httpx2.SyncByteStream):
    """A body that ends at the deadline although the server keeps sending, be it only pings."""

    def __init__(self, body: httpx2.SyncByteStream) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        for part in self._body:
            left = seconds_left()
            if left is not None and left <= 0:
                raise httpx2.ReadTimeout("the deadline has passed")
            yield part

    def close(self) -> None:
        self._body.close()
