"""The style guide of each locale: whole, short enough for a small model, and read by whoever translates."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.gateway.port import ModelReply, ModelRequest
from assistant.localization.content import Content
from assistant.localization.segment import Segment
from assistant.localization.translating import Batch
from assistant.localization.wording import segment_translator
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.domain.locale import LANGUAGES, Locale, parse_locale
from knowledge.reading.tokens import count_tokens
from prompts.locale_style import locale_styles, rules_for_pieces, rules_for_segments, style_of

SEGMENT, PIECE = 110, 160
"""Tokens that the rules may take."""


@pytest.mark.parametrize("tag", sorted(locale_styles()))
def test_a_guide_is_whole_and_short(tag: str) -> None:
    style = locale_styles()[tag]
    assert all(line.strip() and "\n" not in line for line in style.for_pieces)
    assert sum(map(count_tokens, style.for_segments)) <= SEGMENT
    assert sum(map(count_tokens, style.for_pieces)) <= PIECE


def test_every_language_that_koujing_knows_has_one() -> None:
    assert [language for language in LANGUAGES if style_of(Locale(language)) is None] == []


@pytest.mark.parametrize(
    ("tag", "guide"),
    [
        ("zh-CN", "zh-CN"), ("zh", "zh-CN"), ("zh-TW", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh-HK", "zh-HK"),
        ("en-GB", "en"), ("de-AT", "de"), ("pt-BR", "pt"),
    ],
)  # fmt: skip
def test_a_locale_without_its_own_takes_that_of_its_language(tag: str, guide: str) -> None:
    assert style_of(parse_locale(tag)) == locale_styles()[guide]


def test_a_language_without_a_guide_has_no_rules() -> None:
    assert rules_for_segments(Locale("fi")) == rules_for_pieces(Locale("fi")) == ()


def test_the_translator_of_files_reads_the_guide(sample: Workspace) -> None:
    asked: list[ModelRequest] = []

    def ask(request: ModelRequest) -> ModelReply:
        asked.append(request)
        return ModelReply("", {"text": "Geben Sie Ihren Namen ein."})

    segments = [Segment("s1", "u1", Content.of("请输入您的姓名。"))]
    segment_translator(sample, "any").translate(Batch(segments, Locale("zh-CN"), Locale("de")), ask)
    assert all(rule in asked[0].messages[0].content for rule in rules_for_segments(Locale("de")))


def test_a_localized_copy_reads_all_of_it_and_the_rules_of_the_company_after_it(sample: Workspace) -> None:
    asked: list[str] = []

    class Reader(SourcesModel):
        """Keeps what it is told."""

        def complete(self, request: ModelRequest, on_text: object = None) -> ModelReply:
            asked.append(request.messages[0].content)
            return ModelReply("", {"text": "We listen."})

    loaded = sample.templates.get("localized_copy")
    sample.drafter(Reader()).write(Brief("localized_copy", {"text": "我们在听。"}, "en"), loaded, "d-style")
    rules = rules_for_pieces(Locale("en"))
    assert all(rule in asked[0] for rule in rules)
    assert asked[0].index(rules[-1]) < asked[0].index("Voice:")
