"""Month names and the words of quarters, halves and fiscal years in each language."""

from __future__ import annotations

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "pt": (
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ),
}

SHORT_MONTHS: dict[str, dict[str, int]] = {
    "en": {
        name: number
        for number, names in enumerate(
            ("Jan", "Feb", "Mar", "Apr", "", "Jun", "Jul", "Aug", "Sept|Sep", "Oct", "Nov", "Dec"), start=1
        )
        for name in names.split("|")
        if name
    },
    "de": {"Jan": 1, "Feb": 2, "Jänner": 1, "Mrz": 3, "Apr": 4, "Aug": 8, "Sept": 9, "Okt": 10, "Nov": 11, "Dez": 12},
    "fr": {"janv": 1, "févr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12},
    "es": {"ene": 1, "feb": 2, "abr": 4, "ago": 8, "sept": 9, "setiembre": 9, "oct": 10, "nov": 11, "dic": 12},
    "pt": {"jan": 1, "fev": 2, "abr": 4, "ago": 8, "set": 9, "out": 10, "nov": 11, "dez": 12},
}

ORDINAL_WORDS: dict[str, dict[str, int]] = {
    "en": {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
    "de": {"1.": 1, "2.": 2, "3.": 3, "4.": 4, "erstes": 1, "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4},
    "fr": {
        "premier": 1,
        "1er": 1,
        "deuxième": 2,
        "second": 2,
        "2e": 2,
        "troisième": 3,
        "3e": 3,
        "quatrième": 4,
        "4e": 4,
    },
    "es": {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4},
    "pt": {"primeiro": 1, "segundo": 2, "terceiro": 3, "quarto": 4, "1º": 1, "2º": 2, "3º": 3, "4º": 4},
}

QUARTER = {"en": "quarter", "de": "Quartals?", "fr": "trimestre", "es": "trimestre", "pt": "trimestre"}
HALF = {"en": "half", "de": "Halbjahres?|Halbjahr", "fr": "semestre", "es": "semestre", "pt": "semestre"}
FISCAL = {
    "en": "fiscal year|fiscal|FY",
    "de": "Geschäftsjahr|GJ",
    "fr": "exercice|exercice fiscal",
    "es": "año fiscal|ejercicio fiscal|ejercicio",
    "pt": "ano fiscal|exercício",
}
# What stands between the parts: 15 de março de 2026.
OF = {"en": "(?:of )?", "de": "", "fr": "", "es": "(?:de |del )?", "pt": "(?:de )?"}
# A four-digit number after one of these is a year.
YEAR_AFTER = {
    "en": "in|since|by|until|till|through|before|after|early|late|mid|year|years|during|©|copyright|end of|start of|"
    "beginning of|middle of|spring of|summer of|autumn of|fall of|winter of|half of|as of",
    "de": "seit|im jahr|im jahre|jahr|anfang|ende|mitte",
    "fr": "en|depuis|dès|fin|début|année|d'ici|d’ici|jusqu'en|jusqu’en",
    "es": "en|desde|año|finales de|principios de",
    "pt": "em|desde|ano|final de|início de",
}
# A month alone is a date behind one of these.
BEFORE_MONTH = {
    language: "|".join(f"(?<={word} )" for word in forms.split("|"))
    for language, forms in {
        "de": "im|Im|ab|Ab|bis|Bis|seit|Seit|Anfang|Mitte|Ende|letzten|kommenden|nächsten|vom|zum",
        "fr": "en|En|fin|Fin|début|Début|depuis|Depuis|dès|Dès|mi|jusqu'en|jusqu’en",
        "es": "en|En|desde|Desde|hasta|Hasta|finales de|principios de|mediados de|pasado|próximo",
        "pt": "em|Em|desde|Desde|até|Até|final de|início de|meados de|passado|próximo",
    }.items()
}
