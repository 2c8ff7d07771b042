"""Money, points, fiscal periods, ranks, ages, working days and other units.

Each row: the text, and what is found in it, written by `found` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest
from quantity_show import found

FOUND = [
    ("zh", "大约80~90s断开一次", "大约80~90s = 80..90 second about"),
    ("zh", "3.1 小时完成升级", "3.1 小时 = 31/10 hour"),
    ("en", "It was seen 3 million times.", "3 million = 3000000"),
    ("en", "Get the 64-bit version of Windows 64-bit.", "64 = 64; 64 = 64"),
    (
        "zh",
        "总投资2兆元，人民币5000万，US$300万，HK$20，£5，500韩元，¥300，1.2亿日元",
        "2兆元 = 2000000000000 CNY; 人民币5000万 = 50000000 CNY; US$300万 = 3000000 USD; HK$20 = 20 HKD; £5 = 5 GBP; 500韩元 = 500 KRW; ¥300 = 300 CNY; 1.2亿日元 = 120000000 JPY",
    ),
    (
        "en",
        "It cost RMB 5 million, CNY 20, US$3, HK$40, £5, €6, ¥7, 20 yuan and 30 dollars.",
        "RMB 5 million = 5000000 CNY; CNY 20 = 20 CNY; US$3 = 3 USD; HK$40 = 40 HKD; £5 = 5 GBP; €6 = 6 EUR; ¥7 = 7 CNY; 20 yuan = 20 CNY; 30 dollars = 30 USD",
    ),
    (
        "de",
        "3 Mrd. Euro, 20 Mio. US-Dollar, 5 Tsd. Franken, 2 Billionen Yen",
        "3 Mrd. Euro = 3000000000 EUR; 20 Mio. US-Dollar = 20000000 USD; 5 Tsd. Franken = 5000 CHF; 2 Billionen Yen = 2000000000000 JPY",
    ),
    (
        "fr",
        "3 milliards d’euros, 20 millions de dollars, 5 000 francs",
        "3 milliards d’euros = 3000000000 EUR; 20 millions de dollars = 20000000 USD; 5 000 francs = 5000 money?",
    ),
    (
        "es",
        "3 mil millones de euros, 20 millones de pesos",
        "3 mil millones de euros = 3000000000 EUR; 20 millones de pesos = 20000000 money?",
    ),
    (
        "pt",
        "R$ 3 bilhões, 20 milhões de reais, US$ 500 mil",
        "R$ 3 bilhões = 3000000000 BRL; 20 milhões de reais = 20000000 BRL; US$ 500 mil = 500000 USD",
    ),
    (
        "ja",
        "3兆円、200億ドル、5万人民元",
        "3兆円 = 3000000000000 JPY; 200億ドル = 20000000000 USD; 5万人民元 = 50000 CNY",
    ),
    (
        "ko",
        "3조 원, 200억 달러, 5만 위안",
        "3조 원 = 3000000000000 KRW; 200억 달러 = 20000000000 USD; 5만 위안 = 50000 CNY",
    ),
    (
        "en",
        "Margin rose 3 percentage points, 25 basis points and 4 pp.",
        "3 percentage points = 3 pp; 25 basis points = 1/4 pp; 4 pp = 4 pp",
    ),
    ("zh", "提升3个百分点，下调25个基点", "3个百分点 = 3 pp; 25个基点 = 1/4 pp"),
    (
        "de",
        "3 Prozentpunkte, 25 Basispunkte, 3 %-Punkte",
        "3 Prozentpunkte = 3 pp; 25 Basispunkte = 1/4 pp; 3 %-Punkte = 3 pp",
    ),
    ("fr", "3 points de pourcentage, 25 points de base", "3 points de pourcentage = 3 pp; 25 points de base = 1/4 pp"),
    ("es", "3 puntos porcentuales, 25 puntos básicos", "3 puntos porcentuales = 3 pp; 25 puntos básicos = 1/4 pp"),
    ("pt", "3 pontos percentuais", "3 pontos percentuais = 3 pp"),
    ("ja", "3ポイント、2パーセントポイント", "3ポイント = 3 pp; 2パーセントポイント = 2 pp"),
    ("ko", "3%포인트, 2퍼센트포인트", "3%포인트 = 3 pp; 2퍼센트포인트 = 2 pp"),
    (
        "en",
        "FY25 and FY2026, fiscal 2024, fiscal year 2023, Q3 FY2025",
        "FY25 = FY y2025; FY2026 = FY y2026; fiscal 2024 = FY y2024; fiscal year 2023 = FY y2023; Q3 FY2025 = FY y2025 Q3",
    ),
    (
        "zh",
        "2025财年，第三季度，2025年三季度，2026年上半年，FY25",
        "2025财年 = FY y2025; 第三季度 = Q3; 2025年三季度 = y2025 Q3; 2026年上半年 = y2026 H1; FY25 = FY y2025",
    ),
    ("ja", "2025年度、2025年第3四半期、第三四半期", "2025年度 = FY y2025; 2025年第3四半期 = y2025 Q3; 第三四半期 = Q3"),
    ("ko", "2025년 3분기, 2025 회계연도", "2025년 3분기 = y2025 Q3; 2025 회계연도 = FY y2025"),
    (
        "de",
        "Geschäftsjahr 2025, im dritten Quartal 2025, im August, Ende Mai",
        "Geschäftsjahr 2025 = FY y2025; dritten Quartal 2025 = y2025 Q3; August = m8; Mai = m5",
    ),
    (
        "fr",
        "exercice 2025, troisième trimestre 2025, T3 2025, fin août",
        "exercice 2025 = FY y2025; troisième trimestre 2025 = y2025 Q3; T3 2025 = y2025 Q3; août = m8",
    ),
    (
        "es",
        "año fiscal 2025, tercer trimestre de 2025, en marzo",
        "año fiscal 2025 = FY y2025; tercer trimestre de 2025 = y2025 Q3; marzo = m3",
    ),
    (
        "pt",
        "ano fiscal 2025, terceiro trimestre de 2025, em maio",
        "ano fiscal 2025 = FY y2025; terceiro trimestre de 2025 = y2025 Q3; maio = m5",
    ),
    (
        "en",
        "two decades, the past decade, decades",
        "two decades = 20 year; decade = 10 year; decades = 10 year several",
    ),
    ("de", "zwei Jahrzehnte, im letzten Jahrzehnt", "zwei Jahrzehnte = 20 year; Jahrzehnt = 10 year"),
    ("es", "15.º aniversario, la 3ª edición", "15.º = 15 ordinal; 3ª = 3 ordinal"),
    ("pt", "15º aniversário", "15º = 15 ordinal"),
    (
        "fr",
        "Le 15e anniversaire, la 3ème édition, le troisième site",
        "15e = 15 ordinal; 3ème = 3 ordinal; troisième = 3 ordinal",
    ),
    ("de", "Das 15. Jubiläum, der dritte Standort", "15. = 15 ordinal; dritte = 3 ordinal"),
    ("ja", "15周年、3位、3番目", "15 = 15 ordinal; 3 = 3 ordinal; 3 = 3 ordinal"),
    ("ko", "15주년, 3위, 세 번째", "15 = 15 ordinal; 3 = 3 ordinal"),
    ("zh", "第15届，20周年，第三名", "第15 = 15 ordinal; 20 = 20 ordinal; 第三 = 3 ordinal"),
    ("zh", "38岁的员工", "38岁 = 38 year"),
    ("en", "a 38-year-old engineer", "38-year = 38 year"),
    (
        "de",
        "Ein 12-Monats-Vertrag, eine 45-sekündige Pause, 24-Stunden-Dienst",
        "12-Monats = 12 month; 45-sekündige = 45 second; 24-Stunden = 24 hour",
    ),
    ("en", "10 business days", "10 business days = 10 workday"),
    ("zh", "10个工作日", "10个工作日 = 10 workday"),
    ("fr", "10&nbsp;000 pièces, 50&nbsp;%", "10&nbsp;000 = 10000; 50&nbsp;% = 50 %"),
    ("pt", "42,000 pessoas e 1,25 toneladas", "42,000 = 42000; 1,25 toneladas = 5/4 t"),
    ("en", "8 1/2 inches, 6½ hours", "8 1/2 inches = 17/2 inch; 6½ hours = 13/2 hour"),
    ("en", "1.50 and 1.5", "1.50 = 3/2; 1.5 = 3/2"),
    (
        "zh",
        "日活10w+，新增5W用户，设备功率10W，播放量超10K，宽带100兆。",
        "10w+ = 100000 over; 5W = 50000; 10W = 10 W; 超10K = 10000 over; 100 = 100",
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert found(language, text) == expected
