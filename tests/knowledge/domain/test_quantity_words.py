"""Numbers, parts, multiples and magnitudes in words, in eight languages.

Each row: the text, and what is found in it, written by `found` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest
from quantity_show import found

FOUND = [
    (
        "en",
        "Four and a half tons, a year and a half of work.",
        "Four and a half tons = 9/2 t; a year and a half = 3/2 year",
    ),
    ("zh", "项目用了四个半月，每班四个半小时。", "四个半月 = 9/2 month; 四个半小时 = 9/2 hour"),
    (
        "zh",
        "一个半小时后过半员工到场，会开了一个半月。",
        "一个半小时 = 3/2 hour; 过半 = 1/2 over; 一个半月 = 3/2 month",
    ),
    ("zh", "进度没有过半数，不过半年就能完成。", "过半数 = 1/2 over; 半年 = 1/2 year"),
    ("en", "It took 3 and a half hours.", "3 and a half hours = 7/2 hour"),
    ("zh", "团队只有四个半全职岗位。", "四个半 = 9/2"),
    (
        "de",
        "Nach zweieinhalb Jahren und anderthalb Stunden.",
        "zweieinhalb Jahren = 5/2 year; anderthalb Stunden = 3/2 hour",
    ),
    ("fr", "Deux ans et demi de travail.", "Deux ans et demi = 5/2 year"),
    ("es", "Dos años y medio de trabajo.", "Dos años y medio = 5/2 year"),
    ("pt", "Dois anos e meio de trabalho.", "Dois anos e meio = 5/2 year"),
    (
        "en",
        "One out of a thousand parts failed; one in five customers renewed.",
        "One out of a thousand = 1/1000; one in five = 1/5",
    ),
    ("en", "Nine out of ten operators agree.", "Nine out of ten = 9/10"),
    ("en", "The share is 5‰.", "5‰ = 1/2 %"),
    ("zh", "次品率为千分之一，五分之一的客户续约。", "千分之一 = 1/10 %; 五分之一 = 1/5"),
    ("zh", "每十台设备中有九台联网。", "十台设备中有九台 = 9/10"),
    (
        "de",
        "Jeder fünfte Kunde, drei von vier Werken, zwei Drittel der Anlagen, die Hälfte der Zeit.",
        "fünfte = 5 ordinal; drei von vier = 3/4; zwei Drittel = 2/3; Hälfte = 1/2",
    ),
    (
        "fr",
        "Un client sur cinq, deux tiers des sites, la moitié du temps, neuf sur dix.",
        "Un client sur cinq = 1/5; deux tiers = 2/3; moitié = 1/2; neuf sur dix = 9/10",
    ),
    (
        "es",
        "Dos tercios de las plantas, la mitad del tiempo, nueve de cada diez.",
        "Dos tercios = 2/3; mitad = 1/2; nueve de cada diez = 9/10",
    ),
    (
        "pt",
        "Dois terços das fábricas, a metade do tempo, nove em cada dez.",
        "Dois terços = 2/3; metade = 1/2; nove em cada dez = 9/10",
    ),
    ("ja", "部品の3分の2、半分の時間、5人に1人。", "3分の2 = 2/3; 半分 = 1/2; 5人に1人 = 1/5"),
    (
        "en",
        "Sales doubled, errors were halved, output more than tripled.",
        "doubled = 2 x; halved = 1/2; more than tripled = 3 x over",
    ),
    (
        "en",
        "It is twice as fast, with double the range and a twofold return.",
        "twice = 2 x; double = 2 x; twofold = 2 x",
    ),
    ("zh", "产能翻番，订单翻了一番，用户翻两番，故障减半。", "翻番 = 2 x; 翻了一番 = 2 x; 翻两番 = 4 x; 半 = 1/2"),
    ("zh", "销售额增长一倍，效率提升三倍。", "一倍 = 1 x; 三倍 = 3 x"),
    (
        "de",
        "Der Absatz verdoppelte sich, die Kosten wurden halbiert; doppelt so schnell, dreifache Leistung.",
        "verdoppelte = 2 x; halbiert = 1/2; doppelt = 2 x; dreifache = 3 x",
    ),
    (
        "fr",
        "Les ventes ont doublé et les délais ont triplé ; deux fois plus rapide.",
        "doublé = 2 x; triplé = 3 x; deux fois = 2 x",
    ),
    (
        "es",
        "Las ventas se duplicaron; el doble de rápido; tres veces más.",
        "duplicaron = 2 x; doble = 2 x; tres veces = 3 x",
    ),
    (
        "pt",
        "As vendas dobraram; o dobro da velocidade; três vezes mais.",
        "dobraram = 2 x; dobro = 2 x; três vezes = 3 x",
    ),
    ("ja", "売上は倍増し、エラーは半減した。3倍になった。", "倍増 = 2 x; 半減 = 1/2; 3倍 = 3 x"),
    ("ko", "매출은 두 배, 오류는 절반이 됐다.", "두 배 = 2 x; 절반 = 1/2"),
    (
        "en",
        "Hundreds of sites, tens of thousands of users, dozens of teams, a few thousand parts, several million dollars.",
        "Hundreds = 100 several; tens of thousands = 10000 several; dozens = 10 several; a few thousand = 1000 several; several million dollars = 1000000 USD several",
    ),
    (
        "zh",
        "二十几家门店、十几万元、十来个人，几十年。",
        "二十几 = 20 over; 十几万元 = 100000 CNY over; 十来 = 10 about; 几十年 = 10 year several",
    ),
    (
        "zh",
        "数百家门店、几十个城市、上千台设备、几十万用户、十几名工程师、成千上万的零件。",
        "数百 = 100 several; 几十 = 10 several; 上千 = 1000 several; 几十万 = 100000 several; 十几 = 10 over; 成千上万 = 1000 several",
    ),
    (
        "de",
        "Hunderte Standorte, Tausende Kunden, mehrere Tausend Teile, Dutzende Teams, Millionen von Nutzern.",
        "Hunderte = 100 several; Tausende = 1000 several; mehrere Tausend = 1000 several; Dutzende = 10 several; Millionen = 1000000 several",
    ),
    (
        "fr",
        "Des centaines de sites, des dizaines de milliers de clients, une dizaine de pays.",
        "Des centaines = 100 several; des dizaines de milliers = 10000 several; une dizaine = 10 about",
    ),
    (
        "es",
        "Cientos de plantas, decenas de miles de clientes, miles de millones de datos.",
        "Cientos = 100 several; decenas de miles = 10000 several; miles de millones = 1000000000 several",
    ),
    (
        "pt",
        "Centenas de fábricas, dezenas de milhares de clientes, uma dúzia de países.",
        "Centenas = 100 several; dezenas de milhares = 10000 several; uma dúzia = 12",
    ),
    ("ja", "数百社、数万人、何千もの部品。", "数百 = 100 several; 数万 = 10000 several; 何千 = 1000 several"),
    ("ko", "수백 개 기업, 수만 명의 고객.", "수백 = 100 several; 수만 = 10000 several"),
    ("en", "Two hundred and fifty units at twenty-five sites.", "Two hundred and fifty = 250; twenty-five = 25"),
    (
        "de",
        "Zweihundertfünfzig Anlagen an fünfundzwanzig Standorten, dreitausend Kunden, neunzehn Länder.",
        "Zweihundertfünfzig = 250; fünfundzwanzig = 25; dreitausend = 3000; neunzehn = 19",
    ),
    (
        "fr",
        "Deux cent cinquante machines sur vingt-cinq sites, quatre-vingt-dix clients, mille deux cents pièces.",
        "Deux cent cinquante = 250; vingt-cinq = 25; quatre-vingt-dix = 90; mille deux cents = 1200",
    ),
    (
        "es",
        "Doscientas cincuenta máquinas en treinta y cinco plantas, dos mil quinientos clientes, mil euros.",
        "Doscientas cincuenta = 250; treinta y cinco = 35; dos mil quinientos = 2500; mil euros = 1000 EUR",
    ),
    (
        "pt",
        "Duzentas e cinquenta máquinas em trinta e cinco fábricas, dois mil e quinhentos clientes.",
        "Duzentas e cinquenta = 250; trinta e cinco = 35; dois mil e quinhentos = 2500",
    ),
    ("ja", "二十五社、三つの工場、百二十人、十分な時間、千葉の工場。", "二十五 = 25; 三 = 3; 百二十 = 120"),
    (
        "ko",
        "스물다섯 개 공장, 삼십 퍼센트, 세 가지 방법, 이백만 원, 세대 교체.",
        "스물다섯 = 25; 삼십 퍼센트 = 30 %; 세 = 3; 이백만 원 = 2000000 KRW",
    ),
    ("zh", "日活10w+，新增5W用户，设备功率10W。", "10w+ = 100000 over; 5W = 50000; 10W = 10 W"),
    ("zh", "播放量超10K，预算2兆日元，宽带100兆。", "超10K = 10000 over; 2兆日元 = 2000000000000 JPY; 100 = 100"),
    ("ko", "부품의 3분의 2, 절반의 시간, 5명 중 1명.", "3분의 2 = 2/3; 절반 = 1/2; 5명 중 1명 = 1/5"),
    (
        "en",
        "a year and a half of work, an hour and a half, two years and a half",
        "a year and a half = 3/2 year; an hour and a half = 3/2 hour; two years and a half = 5/2 year",
    ),
    (
        "fr",
        "Deux ans et demi de travail, un an et demi, Un client sur cinq, neuf sur dix, trois sites sur cinq",
        "Deux ans et demi = 5/2 year; un an et demi = 3/2 year; Un client sur cinq = 1/5; neuf sur dix = 9/10; trois = 3; cinq = 5",
    ),
    ("es", "Dos años y medio de trabajo; una hora y media", "Dos años y medio = 5/2 year; una hora y media = 3/2 hour"),
    ("pt", "Dois anos e meio de trabalho; um ano e meio", "Dois anos e meio = 5/2 year; um ano e meio = 3/2 year"),
    (
        "de",
        "dreifache Leistung, dreimal so schnell, dreimal täglich, zehnfach",
        "dreifache = 3 x; dreimal = 3 x; zehnfach = 10 x",
    ),
    ("ja", "百二十人、千二百社、2年半", "百二十 = 120; 千二百 = 1200; 2年半 = 5/2 year"),
    ("ko", "2년 반", "2년 반 = 5/2 year"),
    (
        "en",
        "Two hundred and fifty units at twenty-five sites. One customer out of five; two plants in five countries",
        "Two hundred and fifty = 250; twenty-five = 25; One customer out of five = 1/5; two = 2; five = 5",
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert found(language, text) == expected
