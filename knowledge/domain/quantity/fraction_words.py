"""The words of fractions in the languages in Latin script."""

from __future__ import annotations

from knowledge.domain.quantity.trie import flat


def _parts(words: str) -> dict[str, int]:
    """ "3 third|thirds, 4 quarter" as {"third": 3, "thirds": 3, "quarter": 4}."""
    return {
        form: int(n)
        for form, n in flat({item.split(" ", 1)[0]: item.split(" ", 1)[1] for item in words.split(", ")}).items()
    }


PARTS: dict[str, dict[str, int]] = {
    "en": _parts(
        "2 half|halves, 3 third|thirds, 4 quarter|quarters|fourth|fourths, 5 fifth|fifths, 6 sixth|sixths, "
        "7 seventh|sevenths, 8 eighth|eighths, 9 ninth|ninths, 10 tenth|tenths, 100 hundredth|hundredths, "
        "1000 thousandth|thousandths"
    ),
    "de": _parts(
        "3 drittel|dritteln, 4 viertel|vierteln, 5 fünftel|fünfteln, 6 sechstel|sechsteln, 7 siebtel|siebteln, "
        "8 achtel|achteln, 9 neuntel|neunteln, 10 zehntel|zehnteln, 100 hundertstel, 1000 tausendstel"
    ),
    "fr": _parts(
        "3 tiers, 4 quart|quarts, 5 cinquième|cinquièmes, 6 sixième|sixièmes, 7 septième|septièmes, "
        "8 huitième|huitièmes, 9 neuvième|neuvièmes, 10 dixième|dixièmes, 100 centième|centièmes, "
        "1000 millième|millièmes"
    ),
    "es": _parts(
        "3 tercio|tercios|tercera parte|terceras partes, 4 cuarto|cuartos|cuarta parte|cuartas partes, "
        "5 quinto|quintos|quinta parte|quintas partes, 6 sexto|sextos|sexta parte|sextas partes, "
        "8 octavo|octavos|octava parte, 10 décimo|décimos|décima parte|décimas partes, 100 centésima parte, "
        "1000 milésima parte"
    ),
    "pt": _parts(
        "3 terço|terços|terça parte|terças partes, 4 quarto|quartos|quarta parte|quartas partes, "
        "5 quinto|quintos|quinta parte|quintas partes, 6 sexto|sextos|sexta parte, 8 oitavo|oitavos, "
        "10 décimo|décimos|décima parte|décimas partes, 100 centésimo, 1000 milésimo"
    ),
}
# What the whole is divided into once, in front of the part.
ARTICLES: dict[str, tuple[str, ...]] = {
    "en": ("a", "an"),
    "de": ("ein", "einem", "eines"),
    "fr": ("un", "une", "le", "la"),
    "es": ("un", "una", "la"),
    "pt": ("um", "uma", "a"),
}
TOPS: dict[str, tuple[str, ...]] = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "de": ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    "fr": ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    "es": ("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    "pt": ("um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"),
}
# After an article these parts are fractions only with the whole behind them: a quarter of, un cuarto de.
OF: dict[str, tuple[str, ...]] = {
    "en": (" of ",),
    "de": (" der ", " des ", " aller ", " von ", " davon", " unserer ", " ihrer "),
    "fr": (" de ", " des ", " du ", " d'", " d’"),
    "es": (" de ", " del "),
    "pt": (" de ", " do ", " da ", " dos ", " das "),
}
# The half as a noun; the first or the other half is a part, no measure.
HALVES: dict[str, str] = {"de": "hälfte", "fr": "moitié", "es": "mitad", "pt": "metade"}
NOT_HALF: dict[str, tuple[str, ...]] = {
    "en": ("first", "second", "other", "latter", "last", "next", "1st", "2nd"),
    "de": ("erste", "ersten", "erster", "zweite", "zweiten", "zweiter", "andere", "anderen", "1.", "2."),
    "fr": ("première", "deuxième", "seconde", "autre", "dernière"),
    "es": ("primera", "segunda", "otra", "última", "en", "a"),
    "pt": ("primeira", "segunda", "outra", "última", "na"),
}
# Half of a unit of time: words before it, and the units.
HALF_TIMES: dict[str, tuple[str, dict[str, str]]] = {
    "en": (
        "half a |half an |half-a-|half-an-|half-",
        {unit: unit for unit in ("second", "minute", "hour", "day", "week", "month", "year")},
    ),
    "de": (
        "halbe |halben |halber |halbes |halbem ",
        {
            "sekunde": "second", "minute": "minute", "stunde": "hour", "tag": "day", "tages": "day", "woche": "week",
            "monat": "month", "monats": "month", "jahr": "year", "jahres": "year",
        },
    ),
    "fr": ("demi-", {"seconde": "second", "minute": "minute", "heure": "hour", "journée": "day"}),
    "es": (
        "media |medio ",
        {"segundo": "second", "minuto": "minute", "hora": "hour", "mes": "month", "semana": "week", "año": "year"},
    ),
    "pt": (
        "meia |meio ",
        {"segundo": "second", "minuto": "minute", "hora": "hour", "mês": "month", "semana": "week", "ano": "year"},
    ),
}  # fmt: skip
# Between the counted and the whole: one in five, neuf sur dix.
RATIOS: dict[str, str] = {
    "en": " in | in every | out of | out of every |-in-| of every ",
    "de": " von ",
    "fr": " sur ",
    "es": " de cada | de ",
    "pt": " em cada | a cada | em ",
}
