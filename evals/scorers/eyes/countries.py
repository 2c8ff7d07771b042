"""Countries and regions with the words for who or what is of them: one name in two forms."""

from __future__ import annotations

_TABLE = """
america american usa us
argentina argentine argentinian
asia asian
australia australian
austria austrian
bavaria bavarian
belgium belgian
brazil brazilian
britain british uk england english
canada canadian
chile chilean
china chinese
czechia czech
denmark danish dane
egypt egyptian
europe european
finland finnish finn
france french
germany german
greece greek
hungary hungarian
india indian
indonesia indonesian
ireland irish
israel israeli
italy italian
japan japanese
korea korean
luxembourg luxembourgish
malaysia malaysian
mexico mexican
netherlands dutch holland
norway norwegian
philippines philippine filipino
poland polish
portugal portuguese
romania romanian
russia russian
scandinavia scandinavian nordic
singapore singaporean
slovakia slovak
slovenia slovenian
spain spanish
sweden swedish swede
switzerland swiss
taiwan taiwanese
thailand thai
turkey turkish
ukraine ukrainian
vietnam vietnamese
"""

SAME: dict[str, frozenset[str]] = {
    word: frozenset(line.split()) for line in _TABLE.strip().splitlines() for word in line.split()
}
"""Every form of a country by each of its forms."""
