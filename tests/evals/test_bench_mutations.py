"""Planted errors: each is one error, where it says it is, and never true by the document."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from evals.bench.claims.corpus import LOCALES, Place, markdown_blocks, plain, sentences_of
from evals.bench.claims.mutations.base import Mutant, Mutator
from evals.bench.claims.mutations.dates import DateMutator
from evals.bench.claims.mutations.measured import is_quantity
from evals.bench.claims.mutations.names import Name, NameMutator, known_names
from evals.bench.claims.mutations.numbers import ScaleMutator, ValueMutator
from evals.bench.claims.mutations.planting import KINDS, planted
from evals.bench.claims.mutations.quotes import QuoteMutator
from evals.bench.claims.mutations.units import CurrencyMutator, QualifierMutator, UnitMutator
from evals.scorers.eyes.figures import figures, han, values_in, values_of

NAMES = (Name("organisation", ("Kelbra Pumpen", "Kelbra")), Name("organisation", ("Nordhain", "诺海")))


def _made(mutator: Mutator, language: str, text: str, document: str = "") -> list[Mutant]:
    return list(mutator.mutants(Place(language, "test", text, document or text), Random(1)))


@pytest.mark.parametrize(
    ("mutator", "language", "text", "wrong"),
    [
        (ScaleMutator(), "zh", "公司去年销售额为 3.2 亿元。", "3.2 万元"),
        (ScaleMutator(), "en", "It has 40 million readers.", "40 billion"),
        (ScaleMutator(), "de", "Der Umsatz lag bei 12 Millionen Euro.", "12 Milliarden"),
        (UnitMutator(), "en", "The change takes 25 minutes.", "25 hours"),
        (UnitMutator(), "zh", "不良率为 3.5%。", "3.5个百分点"),
        (UnitMutator(), "de", "Die Quote stieg um 4 %.", "4 Prozentpunkte"),
        (UnitMutator(), "ko", "설치에는 25분이 걸렸습니다.", "25시간"),
        (CurrencyMutator(), "zh", "合同金额 260 万元。", "260 万美元"),
        (CurrencyMutator(), "fr", "La machine coûte 900 euros.", "900 dollars"),
        (CurrencyMutator(), "ja", "価格は98,000円です。", "98,000ドル"),
        (QualifierMutator(), "en", "It serves more than 300 towns.", "serves 300 towns"),
        (QualifierMutator(), "zh", "系统已覆盖 40 座以上泵站。", "40 座泵站"),
        (QualifierMutator(), "es", "Trabajan casi 70 personas.", "más de 70 personas"),
        (NameMutator(NAMES), "en", "The line was built by Kelbra in spring.", "built by Nordhain in"),
        (NameMutator(NAMES), "zh", "该产线由诺海承建。", ""),
    ],
)
def test_errors_of_each_kind(mutator: Mutator, language: str, text: str, wrong: str) -> None:
    texts = [mutant.text for mutant in _made(mutator, language, text)]
    assert any(wrong in made for made in texts) if wrong else texts == []


@pytest.mark.parametrize(
    ("mutator", "language", "text"),
    [
        (ValueMutator(), "en", "Version 2.14 runs on the R200 and on Windows 11 since 2019."),
        (ValueMutator(), "en", "See chapter 4.2 and port 8080, or call 400-555-0119."),
        (ValueMutator(), "zh", "该版本于 2024 年 5 月发布，型号为 KL-5，第 3 版。"),
        (UnitMutator(), "ko", "올해는 창립 15주년입니다."),
        (UnitMutator(), "zh", "今年是公司成立 20 周年。"),
        (CurrencyMutator(), "zh", "这个项目有 40 单元。"),
        (QualifierMutator(), "en", "Over 3 years the plant was rebuilt, and we talk about 4 lines."),
        (DateMutator(), "en", "It may take 20 steps, and 1,998 of them are short."),
        (QuoteMutator(), "en", "He called it “a good year” and left."),
    ],
)
def test_what_is_no_figure_or_quotation_is_left_alone(mutator: Mutator, language: str, text: str) -> None:
    assert _made(mutator, language, text) == []


def test_what_the_document_says_elsewhere_is_never_planted() -> None:
    text = "The plant has 5 presses."
    document = f"{text} Others have 1, 2, 3, 4, 6, 7, 8 or nine of them."
    assert _made(ValueMutator(), "en", text, document) == []
    assert _made(ScaleMutator(), "en", text, f"{text} The group has 50.") == []
    assert (
        _made(CurrencyMutator(), "en", "It costs $5 million.", "It costs $5 million, or £5 million, or €5 million.")
        == []
    )


def test_a_date_changes_in_one_part() -> None:
    text = "Das Werk wurde am 18. März 2014 eröffnet."
    made = {
        mutant.text.replace("Das Werk wurde am ", "").replace(" eröffnet.", "")
        for mutant in _made(DateMutator(), "de", text)
    }
    assert len(made) == 3
    assert all(sum(a != b for a, b in zip(date.split(), "18. März 2014".split(), strict=True)) == 1 for date in made)


def test_a_quotation_is_changed_inside_its_marks() -> None:
    text = "“We no longer send anybody out at night because of a false alarm,” says the head of service."
    made = _made(QuoteMutator(), "en", text)
    assert len(made) >= 3
    assert all(
        mutant.text.endswith("says the head of service.") and mutant.start < text.index(",”") + 60 for mutant in made
    )


@pytest.mark.parametrize(
    ("digits", "scale", "language", "values"),
    [
        ("1,234", "", "en", {"1234", "1.234"}),
        ("1.234,5", "", "de", {"1234.5"}),
        ("3.2", "万", "zh", {"3.2", "32000"}),
        ("12 500", "", "fr", {"12500"}),
        ("95", "million", "en", {"95", "95000000"}),
    ],
)
def test_every_reading_of_a_figure_counts(digits: str, scale: str, language: str, values: set[str]) -> None:
    assert values_of(digits, scale, language) == {Decimal(value) for value in values}


def test_numerals_in_words_are_known_values() -> None:
    assert Decimal(7) in values_in("It took seven weeks.", "en")
    assert Decimal(32_000) in values_in("共三万二千台", "zh")
    assert [han(word) for word in ("三十二", "十五", "两百", "一亿")] == [32, 15, 200, 100_000_000]


def test_figures_are_cut_at_lists_but_not_at_groups() -> None:
    assert [f.digits for f in figures("1,200 and 3, 4 and 12 500", "en")] == ["1,200", "3", "4", "12 500"]
    text = "R200 采集 3,000 个数据点"
    assert [f.digits for f in figures(text, "zh") if is_quantity(text, f, "zh")] == ["3,000"]


def test_the_set_is_large_even_and_the_same_every_time() -> None:
    made = planted(None, known_names(None))
    assert len(made) >= 600
    assert [m.text for m in made] == [m.text for m in planted(None, known_names(None))]
    kinds, languages = Counter(m.kind for m in made), Counter(m.place.language for m in made)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 40
    assert set(languages) == set(LOCALES)


def test_every_error_differs_where_it_says_and_nowhere_else() -> None:
    for mutant in planted(None, known_names(None)):
        true, text = mutant.place.text, mutant.text
        assert text != true
        assert true in mutant.place.document
        assert text[: mutant.start] == true[: mutant.start]
        rest = text[mutant.end :]
        assert true.endswith(rest), mutant.change
        assert 0 <= mutant.start <= mutant.end <= len(text)


def test_markup_is_taken_out_of_texts() -> None:
    assert plain("**Bold** and [a link](https://x.example/y) with `code`<sup>1</sup> &amp; more") == (
        "Bold and a link with code & more"
    )
    assert plain("Update your { -brand-name-mozilla-vpn } now") == "Update your Mozilla VPN now"
    assert plain("2.5km*2.5km") == "2.5km*2.5km"
    blocks = list(
        markdown_blocks("---\na: b\n---\n# Title\nFirst line\nsecond line.\n\n- one\n- two\n\n```\ncode\n```\n")
    )
    assert blocks == [(1, "Title"), (0, "First line second line."), (0, "one"), (0, "two")]


def test_sentences_come_with_their_neighbours() -> None:
    places = [place for place in sentences_of(None) if place.origin == "own/press-results.de.md"]
    assert places
    assert all(place.text in place.document and place.locale == "de-DE" for place in places)
