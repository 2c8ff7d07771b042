"""Aliases stand in sentences as the names did."""

from __future__ import annotations

import pytest

from knowledge.naming.aliasing import edit_for, with_aliases
from knowledge.naming.customer_names import CustomerNames
from knowledge.records import Customer

NAMES = CustomerNames(
    [
        Customer("shente", {"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"}, ("申特", "Shente", "Sinotrans")),
        Customer("yulan", {"zh-CN": "渝岚电梯"}),
    ]
)
ALIASES = {
    "zh": {"shente": "华东某维保集团", "yulan": "西南某企业"},
    "en": {"shente": "an elevator group in East China", "yulan": "a company in the Southwest"},
    "de": {"shente": "ein Aufzugskonzern in Ostchina", "yulan": "ein Unternehmen"},
    "ja": {"shente": "華東の保守グループ", "yulan": "西南の企業"},
}


def put(text: str, locale: str) -> str:
    pairs = [(naming, ALIASES[locale][naming.customer]) for naming in NAMES.find(text)]
    return with_aliases(text, pairs, locale)


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", "We serve the Shente Elevator Group.", "We serve an elevator group in East China."),
        ("en", "The Shente Elevator Group grows.", "An elevator group in East China grows."),
        ("en", "Shente grows. Shente hires.", "An elevator group in East China grows. An elevator group in East China hires."),
        ("en", "“Shente grows.”", "“An elevator group in East China grows.”"),
        ("en", "At Shente's depots", "At an elevator group in East China's depots"),
        ("en", "at Shente’s depots", "at an elevator group in East China’s depots"),
        ("en", "at Sinotrans' depots", "at an elevator group in East China's depots"),
        ("en", "Shente Elevator Group (Shente) grows", "An elevator group in East China grows"),
        ("en", "with Shente Elevator Group (申特电梯集团), a firm", "with an elevator group in East China, a firm"),
        ("en", "with Shente Elevator Group (Shente, in Suzhou)", "with an elevator group in East China (in Suzhou)"),
        ("en", "by 2.5 Shente lifts", "by 2.5 an elevator group in East China lifts"),
        ("zh", "申特电梯集团（Shente Elevator Group）维保电梯", "华东某维保集团维保电梯"),
        ("zh", "申特电梯集团（以下简称“申特”）维保电梯", "华东某维保集团维保电梯"),
        ("zh", "申特电梯集团（申特，总部苏州）", "华东某维保集团（总部苏州）"),
        ("zh", "申特 Shente 合作", "华东某维保集团合作"),
        ("zh", "申特（华东）", "华东某维保集团（华东）"),
        ("zh", "申特、渝岚电梯（西南）", "华东某维保集团、西南某企业（西南）"),
        ("zh", "服务 Shente 的工人", "服务华东某维保集团的工人"),
        ("zh", "Shente's 电梯", "华东某维保集团的电梯"),
        ("zh", "Shente's的电梯", "华东某维保集团的电梯"),
        ("de", "Die Shente Elevator Group wächst.", "Ein Aufzugskonzern in Ostchina wächst."),
        ("de", "Shentes Aufzüge", "Ein Aufzugskonzern in Ostchina Aufzüge"),
        ("ja", "Shente's エレベーター", "華東の保守グループのエレベーター"),
        ("en", "nothing here", "nothing here"),
    ],
)  # fmt: skip
def test_the_sentence_stays_a_sentence(locale: str, text: str, expected: str) -> None:
    assert put(text, locale) == expected


def test_one_edit_covers_what_it_changes_and_no_more() -> None:
    text = "We met the Shente team."
    (naming,) = NAMES.find(text)
    edit = edit_for(text, naming, ALIASES["en"]["shente"], "en")
    assert edit.span.of(text) == "the Shente"
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == "We met an elevator group in East China team."
