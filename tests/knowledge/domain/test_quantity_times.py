"""Times of day, in figures and in words.

Each row: the text, and what is found in it, written by `found` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest
from quantity_show import found

FOUND = [
    ("en", "It starts at about 3 pm.", "about 3 pm = 900 time about"),
    ("zh", "大约下午3点开始", "大约下午3点 = 900 time about"),
    ("zh", "深夜2点发布，夜里11点回滚", "深夜2点 = 120 time; 夜里11点 = 1380 time"),
    ("fr", "Il a commencé à 2 heures du matin, après 2 heures de trajet.", "2 heures = 120 time; 2 heures = 2 hour"),
    ("en", "We meet at ten past three.", "ten past three = 190 time"),
    ("en", "The shift ends at half past nine in the evening.", "half past nine in the evening = 1290 time"),
    ("en", "Doors open at a quarter to five.", "a quarter to five = 285 time"),
    ("en", "The call starts at 3 o'clock.", "3 o'clock = 180 time"),
    ("en", "Five to ten people came.", "Five to ten = 5..10"),
    ("en", "The hotline opens at 7:30 PM.", "7:30 PM = 1170 time"),
    ("zh", "会议三点半开始。", "三点半 = 210 time"),
    ("zh", "下午两点十五分发车。", "下午两点十五分 = 855 time"),
    ("zh", "早上八点钟集合，晚上九点一刻结束。", "早上八点钟 = 480 time; 晚上九点一刻 = 1275 time"),
    ("zh", "他提了三点建议。", ""),
    ("zh", "凌晨3点20分恢复供电", "凌晨3点20分 = 200 time"),
    (
        "de",
        "Punkt acht Uhr beginnt die Messe, um halb neun das Frühstück.",
        "acht Uhr = 480 time; halb neun = 510 time",
    ),
    ("de", "Einlass ab 14.30 Uhr, Ende um 18 Uhr.", "14.30 Uhr = 870 time; 18 Uhr = 1080 time"),
    ("fr", "La visite commence à 14 h 30.", "14 h 30 = 870 time"),
    ("es", "La planta abre a las 8:30 y cierra a las tres y media.", "8:30 = 510 time; tres y media = 210 time"),
    ("pt", "A visita começa às 14h30.", "14h30 = 870 time"),
    ("ja", "会議は午後3時半に始まる。", "午後3時半 = 930 time"),
    ("ja", "9時15分に出発する。", "9時15分 = 555 time"),
    ("ko", "회의는 오후 3시 반에 시작한다.", "오후 3시 반 = 930 time"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert found(language, text) == expected
