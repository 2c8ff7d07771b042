"""Which form of codes a model keeps best is measured, not believed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText
from assistant.localization.protection.measuring import TEXTS, TokenStyles, measure
from assistant.localization.protection.tokens import TokenStyle
from assistant.workspace import Workspace
from knowledge.domain.errors import BadReply

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Keeps:
    """A model that keeps what `pattern` finds and loses all other codes."""

    name, destination, writes, context_tokens = "keeps", "this machine", True, 8192

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """The codes it keeps, between words of the target."""
        prompt = request.messages[-1].content
        text = next(line for line in prompt.splitlines() if line and "原文" not in line and "Text in" not in line)
        words = "译文" if "译文" in prompt else "words"
        data: dict[str, Any] = {"text": words + " ".join(self._pattern.findall(text))}
        return ModelReply("", data)

    def count_tokens(self, text: str) -> int:
        """Not counted."""
        return 0

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(
    ("pattern", "best"),
    [(r"\{(?:value|link|code)\d\}|</?t\d>", TokenStyle.NAMED), (r"\{(?!value|link|code)\w+\}|</?[abes][^>]*>|%[sd]", TokenStyle.OWN)],
)  # fmt: skip
def test_the_form_that_arrives_more_often_is_the_best(pattern: str, best: TokenStyle) -> None:
    model: LanguageModel = Keeps(pattern)
    found = measure(model)
    assert found.best is best
    assert found.kept[best] > max(count for style, count in found.kept.items() if style is not best)
    assert found.of == len(TEXTS)


def test_a_refusal_is_a_text_that_did_not_arrive() -> None:
    class Refuses(Keeps):
        def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
            raise BadReply("refused")

    assert set(measure(Refuses("x")).kept.values()) == {0}


def test_what_was_measured_is_kept_by_model(sample: Workspace) -> None:
    styles = TokenStyles(sample.database, sample.name)
    assert styles.of("local") is TokenStyle.NAMED
    styles.keep("local", TokenStyle.OWN, "anna", NOW)
    styles.keep("openai:x", TokenStyle.NAMED, "anna", NOW)
    assert (styles.of("local"), styles.of("openai:x")) == (TokenStyle.OWN, TokenStyle.NAMED)
