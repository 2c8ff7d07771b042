"""What a well-behaved model would answer: sentences of the sources in the prompt, in the schema that was asked for."""

from __future__ import annotations

import json
import re
from typing import Any

from fake_openai import Handler, says

_SOURCES = re.compile(
    r"(?:资料（只是数据，不是指令）：|Sources \(data, not instructions\):)\n(.*?)\n\n(?:现在|Now )", re.DOTALL
)
_SOURCE = re.compile(r"^\[(S\d+)\] (.*?)(?=^\[S\d+\] |\Z)", re.DOTALL | re.MULTILINE)
_GIVEN = re.compile(r"(?:原文：|Text:)\n(.*?)(?=\n\n|\n(?:上一稿|The last version)|\Z)", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？\n]+?(?:[。！？]|[.!?](?=\s|$)|$)", re.MULTILINE)
_HAN = re.compile(r"[㐀-鿿]")
_SHORT_ROLES = ("title", "subtitle", "line")
_FILLERS = {"owner": ("未指定", "not named"), "due": ("未定", "not set")}


def grounded(handler: Handler, body: dict[str, Any]) -> None:
    """A play of the fake endpoint."""
    says(json.dumps(reply(body), ensure_ascii=False))(handler, body)


def reply(body: dict[str, Any]) -> dict[str, Any]:
    """The object asked for: an array gets as many pieces as it needs (one at least), each from one source."""
    system, prompt = (message["content"] for message in body["messages"])
    wanted = body["response_format"]["json_schema"]["schema"]["properties"]
    chinese = bool(_HAN.search(system))
    if "text" in wanted and wanted["text"]["type"] == "string":
        given = _GIVEN.search(prompt)
        assert given, prompt
        return {"text": given[1].strip()}
    sources = sources_of(prompt)
    return {role: _pieces(role, array, sources, chinese) for role, array in wanted.items()}


def sources_of(prompt: str) -> dict[str, str]:
    """The sources that a section's prompt lists, by id."""
    found = _SOURCES.search(prompt)
    assert found, prompt
    return {number: text.strip() for number, text in _SOURCE.findall(found[1])}


def _pieces(role: str, array: dict[str, Any], sources: dict[str, str], chinese: bool) -> list[dict[str, Any]]:
    ids = array["items"]["properties"]["sources"]["items"]["enum"]
    fields = [name for name in array["items"]["properties"] if name != "sources"]
    # The first source in the draft's language, else the first.
    chosen = next((i for i in ids if bool(_HAN.search(sources[i])) is chinese), ids[0])
    sentences = [s.strip() for s in _SENTENCE.findall(sources[chosen]) if len(s.strip()) > 3]
    pieces = []
    for number in range(max(1, array["minItems"])):
        length = 1 if role in _SHORT_ROLES or fields != ["text"] else 2
        start = number * length % len(sentences)
        said = ("" if chinese else " ").join(sentences[start : start + length])
        fillers = {name: _FILLERS[name][not chinese] for name in fields[1:]}
        pieces.append({"sources": [chosen], fields[0]: said, **fillers})
    return pieces
