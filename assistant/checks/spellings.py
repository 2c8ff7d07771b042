"""British and American spellings of common words. Words that both have in different senses (licence, meter, programme,
tyre) are left out, so that a finding is never a matter of taste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

_OUR = "behavi col endeav fav flav harb hon hum lab neighb od rum sav vap vig"
_OUR_ENDINGS = ["", *"s ed ing ings er ers ful fully less able ably al ally ite ites hood hoods ly".split()]
_ISE = (
    "author capital categor character central commercial custom digital digit emphas final general harmon industrial "
    "initial item local maxim minim mobil modern monet normal operational optim organ personal priorit real recogn "
    "special stabil standard summar synchron util virtual visual"
)
_ISE_ENDINGS = "e ed es ing er ers ation ations ational".split()
_DOUBLED = "cancel channel fuel label level model signal total travel tunnel"
_PAIRS = (
    "analyse:analyze analysed:analyzed analysing:analyzing analyser:analyzer analysers:analyzers "
    "centre:center centres:centers centred:centered centring:centering fibre:fiber fibres:fibers litre:liter "
    "litres:liters calibre:caliber theatre:theater theatres:theaters catalogue:catalog catalogues:catalogs "
    "catalogued:cataloged defence:defense defences:defenses offence:offense grey:gray aluminium:aluminum ageing:aging "
    "fulfil:fulfill fulfils:fulfills fulfilment:fulfillment skilful:skillful skilfully:skillfully sceptical:skeptical "
    "manoeuvre:maneuver manoeuvres:maneuvers mould:mold moulds:molds moulded:molded moulding:molding "
    "mouldings:moldings artefact:artifact artefacts:artifacts plough:plow cosy:cozy"
)


@lru_cache(maxsize=2)
def other_spelling(variant: str) -> Mapping[str, str]:
    """Words that a text in `variant` (en-GB, en-US) does not write so, with their spelling there; empty for others."""
    if variant not in ("en-GB", "en-US"):
        return {}
    return {us: gb for gb, us in _all()} if variant == "en-GB" else dict(_all())


def _all() -> Iterator[tuple[str, str]]:
    for stem in _OUR.split():
        yield from ((f"{stem}our{ending}", f"{stem}or{ending}") for ending in _OUR_ENDINGS)
    for stem in _ISE.split():
        yield from ((f"{stem}is{ending}", f"{stem}iz{ending}") for ending in _ISE_ENDINGS)
    for stem in _DOUBLED.split():
        yield from ((f"{stem}l{ending}", f"{stem}{ending}") for ending in ("ed", "ing"))
    yield from ((gb, us) for gb, _, us in (pair.partition(":") for pair in _PAIRS.split()))
