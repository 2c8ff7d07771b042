"""Locales as people type them, and which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.errors import InputError
from knowledge.domain.locale import detect_language, has_language, parse_locale


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("zh", "zh-CN"), ("zh_CN", "zh-CN"), ("ZH-hans", "zh-CN"), ("en", "en"), ("EN-us", "en-US"), ("pt", "pt-BR")],
)
def test_tags_are_brought_into_their_usual_form(typed: str, tag: str) -> None:
    assert parse_locale(typed).tag == tag


@pytest.mark.parametrize("typed", ["", "english", "e", "zh-", "../etc", "12"])
def test_what_is_no_tag_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="BCP 47"):
        parse_locale(typed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("平台于三月上线，服务 100 家客户。", "zh"),
        ("R200 边缘网关通过 Modbus 接入设备", "zh"),
        ("The platform went live and serves the plant.", "en"),
        ("プラットフォームは三月に稼働した。", "ja"),
        ("플랫폼이 3월에 가동되었습니다.", "ko"),
        ("Die Plattform ist im März in Betrieb gegangen und wird von uns betreut.", "de"),
        ("La plateforme est en service et les clients sont satisfaits.", "fr"),
        ("La plataforma está en marcha y los clientes la usan con éxito.", "es"),
        ("A plataforma não é só para os clientes do Brasil, mas também da Europa.", "pt"),
        ("R200", None),
        ("", None),
    ],
)
def test_detection(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@given(st.text())
def test_detection_never_raises(text: str) -> None:
    detect_language(text)
    assert has_language(text, detect_language(text) or "en")
