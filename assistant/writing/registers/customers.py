"""`write: customers` — those whose permission covers all of the section's `uses`, and what their cases say of them.

Nobody without a permission for every use, on this day, in this market and channel, for these readers (`listed`). Each
line rests on the register; where an approved case of the customer may be shown, on that, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.checks.permission import USES
from assistant.claims.words import plain_words
from assistant.draft import Paragraph
from assistant.writing.context import Desk
from assistant.writing.registers.cases import CaseFacts, facts_by_customer
from knowledge.clearance import effective, listed
from knowledge.domain.errors import InputError
from knowledge.domain.words import Words
from knowledge.records import Audience, Customer, Level, Permission, Use
from prompts.rendering import fill, names_in
from prompts.section import TemplateSection

_LEVELS: Mapping[Level, Words] = {
    Level.PUBLIC: Words(zh="可对外", en="outside the company"),
    Level.ALIAS: Words(zh="只用化名", en="under the alias only"),
    Level.INTERNAL: Words(zh="仅限公司内部", en="inside the company only"),
}
_FORM = Words(
    zh="{% if group %}【{{ group }}】{% endif %}{{ customer }}"
    "{% if industry or region %}（{{ [industry, region] | select | join('，') }}）{% endif %}"
    "{% if products %}：{{ products }}{% endif %}。{{ result }}{% if permission %}许可：{{ permission }}。{% endif %}",
    en="{% if group %}{{ group }} – {% endif %}{{ customer }}"
    "{% if industry or region %} ({{ [industry, region] | select | join(', ') }}){% endif %}"
    "{% if products %}: {{ products }}{% endif %}. {{ result }}"
    "{% if permission %} Permission: {{ permission }}.{% endif %}",
)
"""A line where the part has no form of its own."""
_SHARED, _NEAR_BEST = 0.3, 0.5
"""What share of the words a customer's cases must have, of all and of those that the best one has."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A customer of the list: what a line may call it, and what its cases say."""

    customer: Customer
    name: str
    facts: CaseFacts
    permission: str
    group: str = ""


class CustomersSection:
    """Nobody without permission for all of `uses`. The choice named by `input` (use, product, technology, region,
    industry) orders the list; a want of origin `input` keeps those whose cases speak of what that input says.

    A part's form may name the fields `customer`, `industry`, `region`, `products`, `result` (a sentence with a figure,
    where figures are permitted), `group`, and `permission` (for colleagues only).
    """

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        facts = facts_by_customer(section, desk)
        customers = desk.library.customers.all()
        shown = [one for customer in customers if (one := _listed(customer, section, desk, facts))]
        ranked = _ordered(_about(shown, section, desk), list(facts) if _searched(section, desk) else [])
        most = section.parts[0].count.most if section.parts else len(ranked)
        lines = [_line(one, section, desk) for one in ranked[:most]]
        return lines or ([] if section.optional else [desk.gap(section)])


def _listed(customer: Customer, section: TemplateSection, desk: Desk, known: Mapping[str, CaseFacts]) -> _Listed | None:
    scope, today, uses = desk.brief.scope(), desk.library.now().date(), _uses(section)
    level = listed(customer, uses, scope, today)
    name = _called(customer, level, desk) if level else ""
    if level is None or not name:
        return None
    facts = known.get(customer.id, CaseFacts()) if _same_everywhere(customer, level, desk) else CaseFacts()
    by = desk.values.get(section.input or "", "")
    allowed = [use for use in Use if listed(customer, [use], scope, today)]
    groups = {
        "use": _joined([USES[use].of(desk.language) for use in allowed], desk),
        "product": _joined(facts.products, desk),
        "technology": _joined(facts.technologies, desk),
        "region": facts.region,
        "industry": facts.industry,
    }
    return _Listed(customer, name, facts, _permission(customer, uses, desk), groups.get(by, ""))


def _uses(section: TemplateSection) -> list[Use]:
    try:
        return [Use(use) for use in section.uses]
    except ValueError as error:
        raise InputError(f"section '{section.id}': {error}; uses are {', '.join(Use)}") from None


def _called(customer: Customer, level: Level, desk: Desk) -> str:
    """The customer's name or alias in the draft's language; empty when no alias can serve."""
    if level is Level.PUBLIC:
        names = {tag.split("-", 1)[0]: name for tag, name in customer.names.items()}
        return names.get(desk.language) or names.get("en") or next(iter(names.values()), customer.id)
    alias = customer.alias(desk.brief.locale) or ""
    gate = desk.library.gate(desk.brief.scope())
    return "" if gate.hides(alias) or customer.id in desk.library.named_in(alias) else alias


def _same_everywhere(customer: Customer, level: Level, desk: Desk) -> bool:
    """True when the passages of the customer's cases call it what the line calls it; the other name beside it would
    tell whom the alias means."""
    clearance = effective(customer, desk.brief.scope(), desk.library.now().date())
    if level is Level.PUBLIC:
        return clearance.level(Use.FIGURES) is not Level.ALIAS
    return clearance.name is not Level.PUBLIC


def _about(shown: Sequence[_Listed], section: TemplateSection, desk: Desk) -> Sequence[_Listed]:
    """Those who have to do with what the input says that the list is about; all when it says nothing."""
    asked = " ".join(desk.values.get(str(want.input), "") for want in section.evidence if want.origin == "input")
    words = plain_words(asked)
    if not words:
        return shown
    shares = [
        len(words & plain_words(f"{one.group} {one.facts.text}")) / len(words) for one in shown
    ]  # names are left out: a name tells nothing of the matter
    best = max(shares, default=0.0)
    return [one for one, share in zip(shown, shares, strict=True) if share >= max(_SHARED, best * _NEAR_BEST)]


def _searched(section: TemplateSection, desk: Desk) -> bool:
    """True where the section searches cases by what an input says."""
    queries = (want.query.of(desk.language) for want in section.evidence if want.origin == "library")
    return any(desk.values.get(name) for query in queries for name in names_in(query))


def _ordered(shown: Sequence[_Listed], found: Sequence[str]) -> list[_Listed]:
    """By group, then in the order `found`, then those with a result, then by name; no group comes last."""
    places = {customer: place for place, customer in enumerate(found)}

    def order(one: _Listed) -> tuple[bool, str, int, bool, str]:
        return not one.group, one.group, places.get(one.customer.id, len(places)), not one.facts.has_result, one.name

    return sorted(shown, key=order)


def _line(one: _Listed, section: TemplateSection, desk: Desk) -> Paragraph:
    by = desk.values.get(section.input or "", "")
    part = section.parts[0] if section.parts else None
    record = desk.book.register_evidence(one.customer, f"{one.name}{_dash(desk)}{one.permission}")
    used = set[str]() if desk.template.alternatives else desk.used  # each of several lists stands alone
    told = part is None or not part.fields or "result" in part.fields
    most = part.length.of(desk.language).most if part else 0
    result, where = one.facts.result(desk, most, used) if told else ("", [])
    values = {
        "customer": one.name,
        "industry": "" if by == "industry" else one.facts.industry,
        "region": "" if by == "region" else one.facts.region,
        "products": "" if by == "product" else _joined(one.facts.products, desk),
        "result": result,
        "group": one.group,
        "permission": one.permission if desk.brief.audience is Audience.INTERNAL else "",
    }
    form = part.form.of(desk.language) if part and part.fields else _FORM.of(desk.language)
    cited = [record.id, *one.facts.cited(desk), *where]
    return desk.paragraph(fill(form, values), cited, role=part.role if part else "customer", by="program")


def _permission(customer: Customer, uses: Sequence[Use], desk: Desk) -> str:
    """What is on record for these uses and covers them here: how far, where and until when."""
    scope, today = desk.brief.scope(), desk.library.now().date()
    told = []
    for use in uses:
        covering = [p for p in customer.permissions if p.covers(use, today, scope.market, scope.channel)]
        told += [_told(p, desk) for p in covering[:1]]
    return ("；" if desk.language == "zh" else "; ").join(told)


def _told(permission: Permission, desk: Desk) -> str:
    zh = desk.language == "zh"
    limits = [_LEVELS[permission.level].of(desk.language)]
    if permission.markets:
        limits.append(("限市场 " if zh else "markets ") + _joined(permission.markets, desk))
    if permission.channels:
        limits.append(("限渠道 " if zh else "channels ") + _joined(permission.channels, desk))
    if permission.until:
        limits.append(("至 " if zh else "until ") + permission.until.isoformat())
    use = USES[permission.use].of(desk.language)
    return f"{use}（{'，'.join(limits)}）" if zh else f"{use} ({', '.join(limits)})"


def _joined(names: Sequence[str], desk: Desk) -> str:
    return ("、" if desk.language == "zh" else ", ").join(names)


def _dash(desk: Desk) -> str:
    return "：" if desk.language == "zh" else ": "
