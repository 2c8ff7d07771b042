"""Cursors and conditions: what a caller sends back must be what was given."""

from __future__ import annotations

import base64
import json

import pytest
from starlette.requests import Request

from api.conditions import etag, if_match
from api.paging import Page, decode, encode
from knowledge.domain.errors import Changed, InputError


def asked(value: str | None) -> Request:
    """A request with this If-Match."""
    headers = [] if value is None else [(b"if-match", value.encode())]
    return Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers})


def test_a_tag_names_version_and_state() -> None:
    assert etag(3, "approved") == '"3-approved"'
    assert etag(3) == '"3"'


@pytest.mark.parametrize("given", [None, "*", '"3-draft"', '"2-draft", "3-draft"', 'W/"3-draft"'])
def test_a_condition_that_holds(given: str | None) -> None:
    if_match(asked(given), '"3-draft"')


@pytest.mark.parametrize("given", ['"2-draft"', '"3-approved"', "3-draft", "", '"33-draft"'])
def test_a_condition_that_does_not_hold(given: str) -> None:
    with pytest.raises(Changed) as caught:
        if_match(asked(given), '"3-draft"')
    assert '"3-draft"' in str(caught.value)
    assert caught.value.status == 412


def test_a_cursor_comes_back_as_it_went() -> None:
    assert decode(encode("2026-03-01T09:00:00.000001", "d-1", 7), str, str, int) == (
        "2026-03-01T09:00:00.000001",
        "d-1",
        7,
    )
    assert decode(encode("电梯"), str) == ("电梯",)


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "broken",
    [
        "!",
        "电梯",
        "x" * 1999,
        "W10",
        packed(["a"]),
        packed(["a", "b", "c"]),
        packed([1, "b"]),
        packed(["a", True]),
        packed({"a": 1}),
        packed(["a\0", "b"]),
        packed("ab"),
        packed([[[["a"]]], "b"]),
        base64.urlsafe_b64encode(b"[" * 900).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_broken_cursor_is_the_callers_mistake(broken: str) -> None:
    with pytest.raises(InputError, match="cursor"):
        decode(broken, str, str)


def test_a_number_beyond_the_database_is_no_cursor() -> None:
    with pytest.raises(InputError):
        decode(encode(2**63), int)


def test_a_page_says_whether_there_is_another() -> None:
    rows, following = Page(2).cut(["a", "b", "c"], lambda row: (row,))
    assert rows == ["a", "b"]
    assert following is not None
    assert Page(2, following).after(str) == ("b",)
    assert Page(3).cut(["a", "b", "c"], lambda row: (row,)) == (["a", "b", "c"], None)
    assert Page(3).cut([], lambda row: (row,)) == ([], None)
