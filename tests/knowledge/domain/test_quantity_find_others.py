"""German, French, Spanish, Portuguese, Japanese and Korean sentences and the quantities in them.

Each row: the text, and what is found in it, written by `show` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest

from knowledge.domain.quantity import Kind, Quantity, find


def show(quantity: Quantity) -> str:
    """A quantity in one line: text, value or parts of the date, unit, qualifier."""
    if quantity.date is not None:
        date = quantity.date
        numbers = {"y": date.year, "m": date.month, "d": date.day, "Q": date.quarter, "H": date.half}
        body = " ".join([*(["FY"] if date.fiscal else []), *(f"{k}{v}" for k, v in numbers.items() if v is not None)])
    else:
        body = f"{quantity.value}" + (f"..{quantity.high}" if quantity.high is not None else "")
        body += f" {quantity.unit}" if quantity.unit else ""
        body += f" {quantity.kind}" if quantity.kind in (Kind.ORDINAL, Kind.TIME) else ""
    return f"{quantity.text} = {body}" + ("" if quantity.qualifier == "exact" else f" {quantity.qualifier}")


FOUND = [
    ("de", "Die Zeit sank von 95 auf 38 Minuten.", "95 = 95 minute; 38 Minuten = 38 minute"),
    ("de", "Mehr als 1.200 Kunden nutzen es.", "Mehr als 1.200 = 1200 over"),
    ("de", "Der Umsatz stieg um 3,5 % auf 2,3 Mio. €.", "3,5 % = 7/2 %; 2,3 Mio. € = 2300000 EUR"),
    ("de", "Rund 1,2 Milliarden Euro wurden investiert.", "Rund 1,2 Milliarden Euro = 1200000000 EUR about"),
    ("de", "Es dauert 3 bis 5 Tage.", "3 bis 5 Tage = 3..5 day"),
    ("de", "Zwischen 3 und 5 Tagen.", "Zwischen 3 und 5 Tagen = 3..5 day"),
    ("de", "Am 15. März 2026 beginnt es.", "15. März 2026 = y2026 m3 d15"),
    ("de", "Im März 2026 beginnt es.", "März 2026 = y2026 m3"),
    ("de", "Stand: 15.03.2026", "15.03.2026 = y2026 m3 d15"),
    ("de", "Im 3. Quartal 2025 stieg der Absatz.", "3. Quartal 2025 = y2025 Q3"),
    ("de", "Im Geschäftsjahr 2025 stieg der Absatz.", "Geschäftsjahr 2025 = FY y2025"),
    ("de", "Mindestens 20 Anlagen, höchstens 30.", "Mindestens 20 = 20 at_least; höchstens 30 = 30 at_most"),
    ("de", "Seit 2019 sind es 27 Prozent.", "2019 = y2019; 27 Prozent = 27 %"),
    ("de", "Um 3 Prozentpunkte gestiegen.", "3 Prozentpunkte = 3 pp"),
    ("de", "Fast 1.234.567,89 Einheiten.", "Fast 1.234.567,89 = 123456789/100 nearly"),
    ("de", "1.5 GB Speicher", "1.5 GB = 3/2 GB"),
    ("de", "Drei Werke in zwei Ländern.", "Drei = 3; zwei = 2"),
    ("de", "Zwei Billionen Dollar.", "Zwei Billionen Dollar = 2000000000000 USD"),
    ("de", "Über 100 Standorte und bis zu 12 Stunden.", "Über 100 = 100 over; bis zu 12 Stunden = 12 hour at_most"),
    ("fr", "Plus de 1 200 clients l’utilisent.", "Plus de 1 200 = 1200 over"),
    ("fr", "Le temps est passé de 95 à 38 minutes.", "95 = 95 minute; 38 minutes = 38 minute"),
    ("fr", "Une hausse de 3,5 % à 2,3 millions d’euros.", "3,5 % = 7/2 %; 2,3 millions d’euros = 2300000 EUR"),
    ("fr", "Environ 1,2 milliard de dollars.", "Environ 1,2 milliard de dollars = 1200000000 USD about"),
    ("fr", "Le 15 mars 2026, puis en mars 2027.", "15 mars 2026 = y2026 m3 d15; mars 2027 = y2027 m3"),
    ("fr", "Au moins 20 sites, jusqu’à 30 jours.", "Au moins 20 = 20 at_least; jusqu’à 30 jours = 30 day at_most"),
    ("fr", "Il faut 3 à 5 jours.", "3 à 5 jours = 3..5 day"),
    ("fr", "Le 1er janvier 2026.", "1er janvier 2026 = y2026 m1 d1"),
    ("fr", "Au premier semestre 2025 et au T3 2025.", "premier semestre 2025 = y2025 H1; T3 2025 = y2025 Q3"),
    ("fr", "Près de 45 000 utilisateurs.", "Près de 45 000 = 45000 nearly"),
    ("fr", "Entre 3 et 5 ans.", "Entre 3 et 5 ans = 3..5 year"),
    ("fr", "En 2024, trois usines.", "2024 = y2024; trois = 3"),
    ("fr", "Deux points de pourcentage.", "Deux points de pourcentage = 2 pp"),
    ("es", "Más de 1.200 clientes lo usan.", "Más de 1.200 = 1200 over"),
    (
        "es",
        "Un aumento del 3,5 % hasta 2,3 millones de euros.",
        "3,5 % = 7/2 %; hasta 2,3 millones de euros = 2300000 EUR at_most",
    ),
    ("es", "Unos 1.500 millones de dólares.", "Unos 1.500 millones de dólares = 1500000000 USD about"),
    ("es", "El 15 de marzo de 2026 empieza.", "15 de marzo de 2026 = y2026 m3 d15"),
    ("es", "En marzo de 2026 empieza.", "marzo de 2026 = y2026 m3"),
    ("es", "Al menos 20 plantas en 3 años.", "Al menos 20 = 20 at_least; 3 años = 3 year"),
    ("es", "Casi 45 000 usuarios.", "Casi 45 000 = 45000 nearly"),
    ("es", "Entre 3 y 5 días.", "Entre 3 y 5 días = 3..5 day"),
    ("es", "Tres puntos porcentuales.", "Tres puntos porcentuales = 3 pp"),
    ("es", "Dos mil millones de pesos.", "Dos mil millones de pesos = 2000000000 money?"),
    ("es", "2 mil millones de euros.", "2 mil millones de euros = 2000000000 EUR"),
    ("es-MX", "Más de 1,200 clientes y 3.5 %.", "Más de 1,200 = 1200 over; 3.5 % = 7/2 %"),
    ("es", "En el primer semestre de 2025.", "primer semestre de 2025 = y2025 H1"),
    ("es", "1.234,5 toneladas", "1.234,5 toneladas = 2469/2 t"),
    ("pt", "Mais de 1.200 clientes.", "Mais de 1.200 = 1200 over"),
    ("pt", "Um aumento de 3,5% para R$ 2,3 milhões.", "3,5% = 7/2 %; R$ 2,3 milhões = 2300000 BRL"),
    ("pt", "Cerca de 1,2 bilhão de dólares.", "Cerca de 1,2 bilhão de dólares = 1200000000 USD about"),
    ("pt", "Em 15 de março de 2026.", "15 de março de 2026 = y2026 m3 d15"),
    ("pt", "Pelo menos 20 fábricas em 3 anos.", "Pelo menos 20 = 20 at_least; 3 anos = 3 year"),
    ("pt", "Quase 45 mil usuários.", "Quase 45 mil = 45000 nearly"),
    ("pt", "US$ 500 mil", "US$ 500 mil = 500000 USD"),
    ("pt", "Entre 3 e 5 dias.", "Entre 3 e 5 dias = 3..5 day"),
    ("pt", "No primeiro semestre de 2025.", "primeiro semestre de 2025 = y2025 H1"),
    ("pt", "Três pontos percentuais.", "Três pontos percentuais = 3 pp"),
    ("ja", "処理時間は95分から38分に短縮された。", "95分 = 95 minute; 38分 = 38 minute"),
    ("ja", "3万2000台が稼働している。", "3万2000 = 32000"),
    ("ja", "売上高は1億2000万円だった。", "1億2000万円 = 120000000 JPY"),
    ("ja", "約230万ドルを調達した。", "約230万ドル = 2300000 USD about"),
    ("ja", "100社以上が導入。", "100 = 100 at_least"),
    ("ja", "27%増加した。", "27% = 27 %"),
    ("ja", "2026年3月15日に発表した。", "2026年3月15日 = y2026 m3 d15"),
    ("ja", "2025年第3四半期の業績。", "2025年第3四半期 = y2025 Q3"),
    ("ja", "2025年度の計画。", "2025年度 = FY y2025"),
    ("ja", "3か月で完了した。", "3か月 = 3 month"),
    ("ja", "最大50%削減。", "最大50% = 50 % at_most"),
    ("ja", "20〜30件の改善。", "20〜30 = 20..30"),
    ("ja", "性能が3倍になった。", "3倍 = 3 x"),
    ("ja", "3分の2が賛成した。", "3分の2 = 2/3"),
    ("ja", "5年間で300人を採用。", "5年間 = 5 year; 300 = 300"),
    ("ja", "午後2時30分に開始。", "午後2時30分 = 870 time"),
    ("ja", "1000人未満の企業。", "1000 = 1000 under"),
    ("ja", "利益率が3ポイント上昇。", "3ポイント = 3 pp"),
    ("ko", "처리 시간이 95분에서 38분으로 줄었다.", "95분 = 95 minute; 38분 = 38 minute"),
    ("ko", "3만 2000대가 가동 중이다.", "3만 2000 = 32000"),
    ("ko", "매출은 1억 2천만 원이다.", "1억 2천만 원 = 120000000 KRW"),
    ("ko", "약 230만 달러를 유치했다.", "약 230만 달러 = 2300000 USD about"),
    ("ko", "100개 이상의 기업이 도입했다.", "100 = 100 at_least"),
    ("ko", "27% 증가했다.", "27% = 27 %"),
    ("ko", "2026년 3월 15일에 발표했다.", "2026년 3월 15일 = y2026 m3 d15"),
    ("ko", "2025년 3분기 실적.", "2025년 3분기 = y2025 Q3"),
    ("ko", "3개월 만에 완료했다.", "3개월 = 3 month"),
    ("ko", "최대 50% 절감.", "최대 50% = 50 % at_most"),
    ("ko", "성능이 3배 향상됐다.", "3배 = 3 x"),
    ("ko", "3분의 2가 찬성했다.", "3분의 2 = 2/3"),
    ("ko", "5년간 300명을 채용.", "5년간 = 5 year; 300 = 300"),
    ("ko", "100여 개 기업.", "100여 = 100 over"),
    ("ko", "1,000명 미만의 기업.", "1,000 = 1000 under"),
    ("ko", "3%포인트 상승했다.", "3%포인트 = 3 pp"),
    ("ko", "오후 2시 30분 시작.", "오후 2시 30분 = 870 time"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert "; ".join(show(quantity) for quantity in find(text, language)) == expected
