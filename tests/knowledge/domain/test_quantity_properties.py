"""What holds for every text and every quantity: no error, spans in order, rendering keeps value and qualifier."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.domain.finding import Span
from knowledge.domain.locale import parse_locale
from knowledge.domain.quantity import DateValue, Kind, Qualifier, Quantity, compare, find, render, same_value
from knowledge.domain.quantity.compare import Match

LOCALES = ["zh-CN", "en", "en-GB", "de", "fr", "es", "es-MX", "pt-BR", "ja", "ko"]
LANGUAGES = [None, "zh", "en", "de", "fr", "es", "pt", "ja", "ko"]
PIECES = st.sampled_from(
    "1 2.3 3,400 万 亿 千 百 十 两 三 半 % 元 US$ ¥ € 年 月 日 天 个 多 余 超过 近 约 以上 至 - – ~ . , / : 到 million k M x "
    "to and half dozen two hundred third from between March 2026 Q3 FY 第 分之 倍 Mio. mil de ISO + 만 원 개 分 円 ( ) \n # "
    "past three doubled several hundreds of un deux cents et demi zwei halb zwölf Uhr Drittel dos veces 点 刻 翻 番 数 几 上 "
    "두 배 삼십 퍼센트 つ 社 超 を超える ½ ‰ &nbsp; w 兆 in out one a decade GitLab 制 号 < > İ ß".split(" ")
)
ANY_TEXT = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
@settings(max_examples=1000, deadline=None)
@example("百分之百分之三十", "zh")
@example("٣٤ １２，３４５ ²³ Ⅳ ①", None)
def test_find_never_raises_and_keeps_its_spans(text: str, language: str | None) -> None:
    end = 0
    for quantity in find(text, language):
        assert 0 <= end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.text == quantity.span.of(text)
        assert (quantity.date is not None) == (quantity.kind is Kind.DATE)
        assert (quantity.value is None) == (quantity.kind is Kind.DATE)
        if quantity.high is not None:
            assert quantity.value is not None
            assert quantity.value < quantity.high
        end = quantity.span.end


@given(st.text(alphabet="0123456789.,-/: 万年%", max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=500, deadline=None)
def test_digit_soup_can_be_rendered_or_refused(text: str, language: str | None) -> None:
    for quantity in find(text, language):
        for tag in LOCALES:
            written = render(quantity, parse_locale(tag))
            assert written is None or written


def _values() -> st.SearchStrategy[Fraction]:
    whole = st.integers(2, 10**13)
    round_ones = st.builds(
        lambda mantissa, scale: Fraction(mantissa, 100) * scale,
        st.integers(100, 99_999),
        st.sampled_from([10**4, 10**6, 10**8, 10**9]),
    )
    decimals = st.builds(lambda n, places: Fraction(n, 10**places), st.integers(101, 10**6), st.integers(1, 3))
    return st.one_of(whole.map(Fraction), round_ones, decimals)


UNITS = [
    *[(Kind.NUMBER, unit) for unit in ("", "km", "GB", "kWh", "m²", "t", "°C")],
    (Kind.PERCENT, "%"),
    (Kind.PERCENTAGE_POINT, "pp"),
    (Kind.MULTIPLE, "x"),
    *[(Kind.MONEY, code) for code in ("CNY", "USD", "EUR", "JPY", "GBP", "KRW", "HKD")],
    *[(Kind.DURATION, unit) for unit in ("millisecond", "second", "minute", "hour", "day", "week", "month", "year")],
]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    kind, unit = draw(st.sampled_from(UNITS))
    value = draw(_values() if kind is not Kind.MULTIPLE else st.integers(2, 10**5).map(Fraction))
    high = value + draw(st.integers(1, 500)) if draw(st.booleans()) else None
    qualifier = draw(st.sampled_from([one for one in Qualifier if one is not Qualifier.SEVERAL]))
    return Quantity(Span(0, 3), "1.0", kind, value, high, unit, qualifier)


def _read_back(written: str, tag: str) -> Quantity:
    found = find(written, tag)
    assert len(found) == 1, (written, found)
    assert found[0].text == written
    return found[0]


@given(quantities(), st.sampled_from(LOCALES))
@settings(max_examples=1500, deadline=None)
def test_rendering_keeps_value_unit_and_qualifier(quantity: Quantity, tag: str) -> None:
    written = render(quantity, parse_locale(tag))
    if written is not None:
        assert compare(quantity, _read_back(written, tag)) is Match.SAME, written


@given(quantities(), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
@settings(max_examples=800, deadline=None)
def test_there_and_back_between_every_two_locales(quantity: Quantity, there: str, back: str) -> None:
    first = render(quantity, parse_locale(there))
    if first is None:
        return
    second = render(_read_back(first, there), parse_locale(back))
    if second is not None:
        assert compare(quantity, _read_back(second, back)) is Match.SAME, (first, second)


@given(quantities())
@settings(max_examples=500, deadline=None)
def test_zh_and_en_write_everything(quantity: Quantity) -> None:
    assert render(quantity, parse_locale("zh")) is not None
    assert render(quantity, parse_locale("en")) is not None


@st.composite
def dates(draw: st.DrawFn) -> DateValue:
    year = draw(st.integers(1950, 2099))
    shape = draw(st.integers(0, 5))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    return [
        DateValue(year),
        DateValue(year, month),
        DateValue(year, month, day),
        DateValue(year, quarter=draw(st.integers(1, 4))),
        DateValue(year, half=draw(st.integers(1, 2))),
        DateValue(year, fiscal=True),
    ][shape]


@given(dates(), st.sampled_from(LOCALES))
@settings(max_examples=600, deadline=None)
def test_dates_read_back(date: DateValue, tag: str) -> None:
    quantity = Quantity(Span(0, 1), "x", Kind.DATE, None, date=date)
    written = render(quantity, parse_locale(tag))
    assert written is not None
    assert same_value(quantity, _read_back(written, tag)), written


@given(st.builds(DateValue, month=st.integers(1, 12), day=st.integers(1, 28)), st.sampled_from(LOCALES))
@settings(max_examples=300, deadline=None)
def test_days_without_a_year_read_back(date: DateValue, tag: str) -> None:
    quantity = Quantity(Span(0, 1), "x", Kind.DATE, None, date=date)
    written = render(quantity, parse_locale(tag))
    assert written is not None
    assert _read_back(written, tag).date == date


FRACTIONS = st.sampled_from(
    [Fraction(n, d) for d in range(2, 11) for n in range(1, d) if Fraction(n, d).denominator == d]
)


@given(FRACTIONS, st.sampled_from(LOCALES))
@settings(max_examples=300, deadline=None)
def test_fractions_in_words_read_back(value: Fraction, tag: str) -> None:
    quantity = Quantity(Span(0, 1), "三分之二", Kind.NUMBER, value)
    written = render(quantity, parse_locale(tag))
    assert written is not None
    assert _read_back(written, tag).value == value


@given(st.sampled_from([10**power for power in range(1, 7)]), st.sampled_from(LOCALES))
@settings(max_examples=100, deadline=None)
def test_magnitudes_read_back(value: int, tag: str) -> None:
    quantity = Quantity(Span(0, 1), "x", Kind.NUMBER, Fraction(value), qualifier=Qualifier.SEVERAL)
    written = render(quantity, parse_locale(tag))
    assert written is not None
    read = _read_back(written, tag)
    assert (read.value, read.qualifier) == (value, Qualifier.SEVERAL)


@given(st.text(alphabet="&nbsp;0123456789 万%.", max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_blanks_written_as_entities_keep_the_spans(text: str, language: str | None) -> None:
    end = 0
    for quantity in find(text, language):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.text == quantity.span.of(text)
        end = quantity.span.end
