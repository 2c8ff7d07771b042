"""Writing a quantity in another locale."""

from __future__ import annotations

import pytest

from knowledge.domain.locale import parse_locale
from knowledge.domain.quantity import find, render

RENDERED = [
    ("融资230多万美元", "en", "more than US$2.3 million"),
    ("营收1.2 亿元", "en", "RMB 120 million"),
    ("接入3.2 万台电梯", "en", "32,000"),
    ("增长27%", "en", "27%"),
    ("2026年3月发布", "en", "March 2026"),
    ("2026年3月15日发布", "en", "March 15, 2026"),
    ("2026年3月15日发布", "en-GB", "15 March 2026"),
    ("缩短到95 分钟", "en", "95 minutes"),
    ("历时3 个月", "en", "3 months"),
    ("历时1 个月", "en", "1 month"),
    ("1.5 小时完成", "en", "1.5 hours"),
    ("提升3倍", "en", "3 times"),
    ("提升一倍", "en", None),
    ("超百万台", "en", "more than 1 million"),
    ("近百次演练", "en", "nearly 100"),
    ("3天内响应", "en", "within 3 days"),
    ("半年完成", "en", "half a year"),
    ("下降一半", "en", "half"),
    ("三分之二的门店", "en", "two-thirds"),
    ("提升12个百分点", "en", "12 percentage points"),
    ("提升1个百分点", "en", "1 percentage point"),
    ("2025年第三季度", "en", "Q3 2025"),
    ("2025年上半年", "en", "H1 2025"),
    ("2025财年", "en", "FY2025"),
    ("投资3000万欧元", "en", "€30 million"),
    ("投资5000万日元", "en", "JPY 50 million"),
    ("工期3至5天", "en", "3–5 days"),
    ("占地3.5万平方米", "en", "35,000 m²"),
    ("总规模3.2万亿元", "en", "RMB 3.2 trillion"),
    ("1,234,567元", "en", "RMB 1,234,567"),
    ("第3届大会", "en", "3rd"),
    ("They raised $2.3 million.", "zh", "230万美元"),
    ("They raised RMB 120 million.", "zh", "1.2亿元"),
    ("It connects 32,000 units.", "zh", "3.2万"),
    ("It counts 12,345 units.", "zh", "12,345"),
    ("It counts 1,234 units.", "zh", "1234"),
    ("It counts 1,234,500 units.", "zh", "123.45万"),
    ("It opened in March 2026.", "zh", "2026年3月"),
    ("Results for Q3 2025 are out.", "zh", "2025年第三季度"),
    ("Uptime is 99.98%.", "zh", "99.98%"),
    ("We serve more than 100 firms.", "zh", "超过100"),
    ("It takes less than 5 minutes.", "zh", "不到5分钟"),
    ("It answers within 3 days.", "zh", "3天内"),
    ("It saves up to 30%.", "zh", "最高30%"),
    ("It took half an hour.", "zh", "半小时"),
    ("It is worth 40 pesos.", "zh", None),
    ("It is 1.2 billion.", "zh", "12亿"),
    ("It is 1.2 billion.", "de", "1,2 Milliarden"),
    ("It is 1.2 billion.", "fr", "1,2 milliard"),
    ("It is 1.2 billion.", "es", "1200 millones"),
    ("It is 1.2 billion.", "pt-BR", "1,2 bilhão"),
    ("It is 1.2 billion.", "ja", "12億"),
    ("It is 1.2 billion.", "ko", "12억"),
    ("It is 1,234.5 tons.", "de", "1.234,5 t"),
    ("It is 1,234.5 tons.", "fr", "1\u00a0234,5 t"),
    ("It is 1,234.5 tons.", "es-MX", "1,234.5 t"),
    ("It grew 27%.", "de", "27\u00a0%"),
    ("It grew 27%.", "fr", "27\u00a0%"),
    ("It grew 27%.", "pt-BR", "27%"),
    ("They raised $2.3 million.", "de", "2,3 Millionen US-Dollar"),
    ("They raised €2.3 million.", "fr", "2,3 millions d’euros"),
    ("They raised €2,300.", "fr", "2\u00a0300 euros"),
    ("They raised €2.3 million.", "es", "2,3 millones de euros"),
    ("They raised $2.3 million.", "pt-BR", "US$ 2,3 milhões"),
    ("They raised $2.3 million.", "ja", "230万ドル"),
    ("They raised $2.3 million.", "ko", "230만 달러"),
    ("It opened on March 15, 2026.", "de", "15. März 2026"),
    ("It opened on March 1, 2026.", "fr", "1er mars 2026"),
    ("It opened on March 15, 2026.", "es", "15 de marzo de 2026"),
    ("It opened on March 15, 2026.", "pt-BR", "15 de março de 2026"),
    ("It opened on March 15, 2026.", "ja", "2026年3月15日"),
    ("It opened on March 15, 2026.", "ko", "2026년 3월 15일"),
    ("We serve more than 100 firms.", "de", "mehr als 100"),
    ("We serve more than 100 firms.", "ja", "100超"),
    ("We serve more than 100 firms.", "nl", None),
]


@pytest.mark.parametrize(("text", "locale", "expected"), RENDERED)
def test_rendering(text: str, locale: str, expected: str | None) -> None:
    [quantity] = find(text)
    assert render(quantity, parse_locale(locale)) == expected


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        (
            "公司服务100余家企业，合同额1亿2000万元，故障率从5%降到2%。",
            "en",
            "公司服务more than 100家企业，合同额RMB 120 million，故障率从5%降到2%。",
        ),
        (
            "Repair time fell from 95 to 38 minutes at 32,000 sites.",
            "zh",
            "Repair time fell from 95分钟 to 38分钟 at 3.2万 sites.",
        ),
        ("收入为US$2.3 million，增长27%。", "en", "收入为US$2.3 million，增长27%。"),
    ],
)
def test_spans_can_be_replaced_in_the_source_sentence(text: str, locale: str, expected: str) -> None:
    result, position = "", 0
    for quantity in find(text):
        result += text[position : quantity.span.start] + (render(quantity, parse_locale(locale)) or quantity.text)
        position = quantity.span.end
    assert result + text[position:] == expected
