"""Two numbers as one, two that stay two, and spans of years.

Each row: the text, and what is found in it, written by `found` as "text = value unit qualifier".
"""

from __future__ import annotations

import pytest
from quantity_show import found

FOUND = [
    ("pt", "O uso subiu de 20 a 50%.", "20 = 20 %; 50% = 50 %"),
    ("fr", "Une économie de 20 à 50 % est possible.", "20 à 50 % = 20..50 %"),
    ("fr", "Le taux est passé de 20 à 50 %.", "20 = 20 %; 50 % = 50 %"),
    ("es", "El ahorro es de 20 a 50 %.", "20 a 50 % = 20..50 %"),
    ("es", "Entre 20 y 50 % de los clientes.", "Entre 20 y 50 % = 20..50 %"),
    ("es", "La cuota pasó de 20 a 50 puntos.", "20 = 20; 50 = 50"),
    ("de", "Zwischen 20 und 50 Prozent der Kunden.", "Zwischen 20 und 50 Prozent = 20..50 %"),
    ("de", "Von 20 auf 50 Anlagen.", "20 = 20; 50 = 50"),
    ("de", "Von 20 bis 50 Anlagen.", "20 bis 50 = 20..50"),
    ("en", "From 20 to 50 sites.", "20 = 20; 50 = 50"),
    ("en", "It takes 1 or 2 days, or one to three weeks.", "1 or 2 days = 1..2 day; one to three weeks = 1..3 week"),
    ("es", "Tarda 1 o 2 días.", "1 o 2 días = 1..2 day"),
    ("fr", "Un à deux jours ouvrés suffisent.", "Un à deux jours ouvrés = 1..2 workday"),
    ("zh", "交付需要一到两天，5到7人。", "一到两天 = 1..2 day; 5到7 = 5..7"),
    ("ja", "20から30件、3〜5日。", "20から30 = 20..30; 3〜5日 = 3..5 day"),
    ("ko", "3~5일이 걸린다.", "3~5일 = 3..5 day"),
    (
        "en",
        "The 2019–2023 plan and the years from 2015 to 2018.",
        "2019 = y2019; 2023 = y2023; 2015 = y2015; 2018 = y2018",
    ),
    ("fr", "La période de 2008 à 2011, puis 2014.", "2008 = y2008; 2011 = y2011; 2014 = y2014"),
    ("en", "Founded in 1886, the firm grew until 1999.", "1886 = y1886; 1999 = y1999"),
    ("de", "Das Werk wurde 1998 gebaut.", "1998 = 1998"),
    ("en", "Sales of 2000 units in 2000.", "2000 = 2000; 2000 = y2000"),
    ("en", "In the 1990s, in the 18th and 19th centuries.", ""),
    ("en", "It opened in October 1889.", "October 1889 = y1889 m10"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=lambda value: str(value)[:40])
def test_what_is_found(language: str, text: str, expected: str) -> None:
    assert found(language, text) == expected
