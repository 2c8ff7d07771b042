"""Malformed requests, made from what the service says of itself: addresses, parameters, headers and bodies."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from evals.bench.fuzz.malformed import malformed

SEED = 9
_METHODS = ("get", "post", "put", "patch", "delete")
_ODD: Sequence[Any] = (
    None, True, False, 0, -1, 2**31, 2**63, 2**64, -(2**70), 1e308, 0.1, "", " ", "\x00", "\n", "a" * 5000, "中" * 3000,
    "\u202e", "\ud800", "😀", "../../etc/passwd", "..%2f..", "'; DROP TABLE drafts;--", "{{ 7*7 }}", "${x}", "%s%n",
    "<script>alert(1)</script>", "2026-02-30", "9999-99-99T99:99", "NaN", "-", "*", "en", "zh-CN", "xx-XX", "q" * 300,
    [], {}, [[]], [None], {"": None}, [1] * 500, {"a": {"b": {"c": {}}}}, ["x"] * 50, "AND OR NOT \"", "\\", "~", "%",
)  # fmt: skip
_HEADERS = (
    ("If-Match", ("*", '"x"', "W/", '"1", "2"', "é", "\t")),
    ("Idempotency-Key", ("", "k", "k" * 500, '"q"', "é")),
    ("Accept", ("", "text/event-stream", "*/*", "application/xml;q=nonsense", "," * 50)),
    ("Accept-Language", ("zh", "xx;q=9", ";;;", "é" * 50)),
    ("Content-Type", ("", "text/plain", "application/json; charset=utf-16", "multipart/form-data", "a/b;c")),
    ("X-Request-ID", ("x" * 300, "a b", "é")),
    ("Last-Event-ID", ("-1", "x", "99999999999999999999")),
    ("Range", ("bytes=0-", "bytes=-", "x")),
    ("Content-Encoding", ("gzip", "br", "x")),
    ("Host", ("", "evil.example", "127.0.0.1:x")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `path` is encoded, with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def requests_for(openapi: Mapping[str, Any], ids: Sequence[str], first: int, count: int) -> Iterator[Asked]:
    """Requests number `first` and following, the same each time; `ids` are of things that are there."""
    operations = [
        (method, path, methods[method])
        for path, methods in sorted(openapi["paths"].items())
        for method in _METHODS
        if method in methods
    ]
    for number in range(first, first + count):
        chance = Random(f"{SEED}-{number}")  # noqa: S311  # a fixed sequence, not a secret
        method, path, operation = operations[number % len(operations)]
        if chance.random() < 0.03:
            method = chance.choice((*_METHODS, "head", "options", "trace", "brew"))
        body, kind = _body(openapi, operation, chance)
        headers = {"Content-Type": kind} if body else {}
        while chance.random() < 0.25:
            name, values = chance.choice(_HEADERS)
            headers[name] = chance.choice(values).encode().decode("latin-1")
        yield Asked(method.upper(), _path(path, operation, ids, chance), headers, body)


def _path(path: str, operation: Mapping[str, Any], ids: Sequence[str], chance: Random) -> str:
    query: list[tuple[str, str]] = []
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        if parameter["in"] == "path":
            value = chance.choice(ids) if chance.random() < 0.7 else _text(chance)
            path = path.replace(f"{{{name}}}", quote(value, safe="", errors="replace") or "x")
        elif parameter["in"] == "query" and chance.random() < 0.6:
            query += [(name, _text(chance))] * chance.choice((1, 1, 1, 3))
    if chance.random() < 0.05:
        query.append((_text(chance)[:50], _text(chance)))
    if chance.random() < 0.03:
        path += chance.choice(("/", "//", "/..", "/%00", "/%2e%2e/%2e%2e", ";a=b", "%ff"))
    return path + (f"?{urlencode(query, errors='replace')}" if query else "")


def _text(chance: Random) -> str:
    odd = chance.choice(_ODD)
    return (odd if isinstance(odd, str) else json.dumps(odd))[:2000]


def _body(openapi: Mapping[str, Any], operation: Mapping[str, Any], chance: Random) -> tuple[bytes, str]:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return (b"{}", "application/json") if chance.random() < 0.05 else (b"", "")
    kind = chance.choice(sorted(content))
    if kind != "application/json":
        return _form(kind, content[kind], openapi, chance)
    value = copy.deepcopy(_example(content[kind], openapi))
    for _ in range(chance.randint(1, 3)):
        value = _bent(value, chance)
    data = json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return malformed(data, [data], chance) if chance.random() < 0.2 else data, kind


def _form(kind: str, content: Mapping[str, Any], openapi: Mapping[str, Any], chance: Random) -> tuple[bytes, str]:
    names = sorted(_schema(content, openapi).get("properties", {})) or ["files"]
    parts = b""
    for name in chance.sample(names, chance.randint(0, len(names))):
        file = f'; filename="{chance.choice(("a.md", "a.docx", "../x.csv", "", "é.json"))}"' if "file" in name else ""
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += head.encode() + _text(chance).encode("utf-8", "replace") + b"\r\n"
    data = parts + b"--b--\r\n"
    return malformed(data, [data], chance) if chance.random() < 0.4 else data, f"{kind}; boundary=b"


def _schema(content: Mapping[str, Any], openapi: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = content.get("schema", {})
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return openapi["components"]["schemas"][name] if name else schema


def _example(content: Mapping[str, Any], openapi: Mapping[str, Any]) -> Any:
    examples = _schema(content, openapi).get("examples")
    return examples[0] if examples else dict.fromkeys(_schema(content, openapi).get("properties", {}), "x")


def _bent(value: Any, chance: Random) -> Any:
    """The value with something in it another, gone or added."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        act = chance.random()
        if act < 0.15:
            del value[name]
        elif act < 0.25:
            value[chance.choice(("extra", "", "\x00", "__class__", name.upper()))] = chance.choice(_ODD)
        else:
            value[name] = _bent(value[name], chance)
        return value
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        value[place] = _bent(value[place], chance)
        return value
    return copy.deepcopy(chance.choice(_ODD))
