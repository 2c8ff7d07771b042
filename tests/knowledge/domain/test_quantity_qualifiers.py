"""Qualifiers before and behind the number, with a noun in between, and of one unit of time.

Each row: the text, and what is found in it, written by `found` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest
from quantity_show import found

FOUND = [
    (
        "en",
        "We cover more than 3,000 sites in over 40 countries, up to 12 hours, at most 5 faults, within 3 days, c. 1,200 parts, 500 or fewer.",
        "more than 3,000 = 3000 over; over 40 = 40 over; up to 12 hours = 12 hour at_most; at most 5 = 5 at_most; within 3 days = 3 day at_most; c. 1,200 = 1200 about; 500 or fewer = 500 at_most",
    ),
    (
        "de",
        "Wir haben gut 300 Standorte, knapp 40 Länder, bis zu 12 Stunden, höchstens 5 Fehler, innerhalb von 3 Tagen, ca. 1.200 Teile, mindestens 20 oder mehr.",
        "gut 300 = 300 over; knapp 40 = 40 nearly; bis zu 12 Stunden = 12 hour at_most; höchstens 5 = 5 at_most; innerhalb von 3 Tagen = 3 day at_most; ca. 1.200 = 1200 about; mindestens 20 oder mehr = 20 at_least",
    ),
    (
        "fr",
        "Plus de 3 000 sites, près de 40 pays, jusqu’à 12 heures, au plus 5 défauts, moins de 3 jours, environ 1 200 pièces.",
        "Plus de 3 000 = 3000 over; près de 40 = 40 nearly; jusqu’à 12 heures = 12 hour at_most; au plus 5 = 5 at_most; moins de 3 jours = 3 day under; environ 1 200 = 1200 about",
    ),
    (
        "es",
        "Más de 3.000 sitios, casi 40 países, hasta 12 horas, como máximo 5 fallos, menos de 3 días, unas 1.200 piezas, más del 30 %.",
        "Más de 3.000 = 3000 over; casi 40 = 40 nearly; hasta 12 horas = 12 hour at_most; como máximo 5 = 5 at_most; menos de 3 días = 3 day under; unas 1.200 = 1200 about; más del 30 % = 30 % over",
    ),
    (
        "pt",
        "Mais de 3.000 locais, quase 40 países, até 12 horas, no máximo 5 falhas, menos de 3 dias, cerca de 1.200 peças.",
        "Mais de 3.000 = 3000 over; quase 40 = 40 nearly; até 12 horas = 12 hour at_most; no máximo 5 = 5 at_most; menos de 3 dias = 3 day under; cerca de 1.200 = 1200 about",
    ),
    (
        "ja",
        "3000以上の拠点、40か国近く、最大12時間、5件以下、3日以内、約1200点、100人を超える社員、20社余り。",
        "3000以上 = 3000 at_least; 40 = 40 nearly; 最大12時間 = 12 hour at_most; 5 = 5 at_most; 3日以内 = 3 day at_most; 約1200 = 1200 about; 100 = 100 over; 20 = 20 over",
    ),
    (
        "ko",
        "3000개 이상, 약 40개국, 최대 12시간, 5건 이하, 3일 이내, 100명이 넘는 직원, 20여 개.",
        "3000 = 3000 at_least; 약 40 = 40 about; 최대 12시간 = 12 hour at_most; 5 = 5 at_most; 3일 이내 = 3 day at_most; 100 = 100 over; 20여 = 20 over",
    ),
    (
        "zh",
        "超过了100家客户，逾40个国家，最长12小时，不超过5次，3天内，约有1200件，500人不到，近百家，50家左右，至少提升了3倍。",
        "超过了100 = 100 over; 逾40 = 40 over; 最长12小时 = 12 hour at_most; 不超过5 = 5 at_most; 3天内 = 3 day at_most; 约有1200 = 1200 about; 500 = 500 under; 近百 = 100 nearly; 50 = 50 about; 3倍 = 3 x at_least",
    ),
    (
        "en",
        "more than a year, less than an hour, within a day",
        "more than a year = 1 year over; less than an hour = 1 hour under; within a day = 1 day at_most",
    ),
    (
        "zh",
        "不到一年，一小时内，近一周，一年多",
        "不到一年 = 1 year under; 一小时内 = 1 hour at_most; 一年多 = 1 year over",
    ),
    (
        "de",
        "mehr als ein Jahr, innerhalb einer Stunde",
        "mehr als ein Jahr = 1 year over; innerhalb einer Stunde = 1 hour at_most",
    ),
    ("fr", "moins d’un an, plus d’une heure", "moins d’un an = 1 year under; plus d’une heure = 1 hour over"),
    ("es", "menos de una hora, más de un año", "menos de una hora = 1 hour under; más de un año = 1 year over"),
    ("pt", "menos de uma hora, mais de um ano", "menos de uma hora = 1 hour under; mais de um ano = 1 year over"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert found(language, text) == expected
