"""The examples of checks as pairs: tests run them and docs show them."""

from __future__ import annotations

from assistant.localization.checks.base import Pair, PairExample
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from knowledge.domain.locale import parse_locale


def pair_of(example: PairExample) -> Pair:
    """The pair that an example describes, with the codes that its texts show."""
    source, target = example.locales
    return Pair(
        with_codes(Content.of(example.source)),
        with_codes(Content.of(example.target)),
        parse_locale(source),
        parse_locale(target),
        terms=example.terms,
        names=example.names,
        max_length=example.max_length,
    )
