"""The script a reply is held to."""

from __future__ import annotations

import json
import re

import pytest

from assistant.localization.scripts import reply_pattern
from knowledge.domain.locale import parse_locale


@pytest.mark.parametrize(
    ("here", "there", "good", "bad"),
    [
        ("zh-CN", "en", "before renovation, €4 {value1}", "改造 before"),
        ("zh-CN", "de", "Vor dem Umbau – größer", "改造前"),
        ("ja", "fr", "Avant : l’été", "ログイン"),
        ("en", "zh-CN", "在 Kubernetes 之前", "Before"),
        ("en", "ja", "ログイン", "Login"),
        ("de", "ko", "로그인", "Anmelden"),
    ],
)
def test_scripts(here: str, there: str, good: str, bad: str) -> None:
    pattern = reply_pattern(parse_locale(here), parse_locale(there), "one line", "")
    assert pattern is not None
    assert re.search(pattern, good)
    assert not re.search(pattern, bad)
    for text in ('a "b', "a\\b", "a\nb"):
        assert not re.search(pattern, good + text), "what ends the JSON text must not be let through"
    assert json.loads(f'"{good}"') == good


@pytest.mark.parametrize(
    ("here", "there", "shown", "kept"),
    [
        ("zh-CN", "ja", "指标", ""),
        ("en", "de", "Before", ""),
        ("zh-CN", "en", "东山咨询选择了我们", "东山咨询"),
        ("zh-CN", "en", "一\n二", ""),
        ("zh-CN", "en", '他说"好"', ""),
    ],
)
def test_no_pattern_where_it_would_forbid_what_must_stand(here: str, there: str, shown: str, kept: str) -> None:
    assert reply_pattern(parse_locale(here), parse_locale(there), shown, kept) is None
