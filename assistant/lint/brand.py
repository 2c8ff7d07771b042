"""The brand house: each of its pillars needs proofs that the library carries (DOMAIN.md, brand house)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.claims.quantities import match_of, quantities
from assistant.lint.finding import LintFinding, Place, at, whole
from assistant.lint.ledger import FigureLedger
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView, language
from knowledge.domain.finding import Severity, Span
from knowledge.domain.quantity import Match
from knowledge.domain.words import Words
from knowledge.records import EntryVersion

PROOFS = 2
_HEAD = re.compile(
    r"^#*\s*(?:支柱|传播子信息|子信息|pillar)\s*[一二三四五六1-6]?\s*[:：、.\-—]?\s*(?P<name>.{0,40})$", re.IGNORECASE
)
_OTHER_HEAD = re.compile(
    r"^#*\s*(?:事件传播|事件|品牌主张|传播主信息|events?|claim|main message|base)\s*$", re.IGNORECASE
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar with what is given as its proofs; `place` is where it stands."""

    name: str
    proofs: tuple[str, ...]
    place: Place


class PillarProofs(LintRule):
    """A pillar of an approved brand house with fewer than two proofs that hold. A proof holds when it names a current
    entry, or has a figure that another current entry carries."""

    id = "pillar_proofs"
    severity = Severity.ERROR
    title = Words(zh="支柱的支撑信息不足两条", en="Pillar with fewer than two proofs")
    remedy = Words(
        zh="为该支柱补上已批准的案例、数字或奖项，写条目编号",
        en="add approved cases, figures or awards to the pillar, by the ids of their entries",
    )

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.kind != "brand_house":
                continue
            pillars = pillars_of(entry)
            if not pillars:
                yield self.finding(
                    "品牌信息屋里没有支柱", "the brand house has no pillars", [whole(entry)], severity=Severity.WARNING
                )
            for pillar in pillars:
                yield from self._weak(entry, pillar, view)

    def _weak(self, entry: EntryVersion, pillar: Pillar, view: LintView) -> Iterator[LintFinding]:
        good = {proof for proof in pillar.proofs if _holds(proof, entry, view)}
        if len(good) >= PROOFS:
            return
        bad = [proof for proof in pillar.proofs if proof not in good]
        why_zh = f"，不成立：{'、'.join(bad)}" if bad else ""
        why_en = f"; these do not hold: {', '.join(bad)}" if bad else ""
        yield self.finding(
            f"支柱“{pillar.name}”只有 {len(good)} 条成立的支撑信息{why_zh}",
            f"the pillar '{pillar.name}' has {len(good)} proof{'' if len(good) == 1 else 's'} that hold{why_en}",
            [pillar.place, *(whole(view.versions[proof][-1]) for proof in bad if proof in view.versions)],
        )  # fmt: skip


def pillars_of(entry: EntryVersion) -> list[Pillar]:
    """The pillars in the fields; without such a field, those under headings of the text."""
    found = entry.fields.get("pillars")
    if isinstance(found, list):
        return [_of_field(entry, number, item) for number, item in enumerate(found)]
    return _of_text(entry)


def _of_field(entry: EntryVersion, number: int, item: Any) -> Pillar:
    if not isinstance(item, Mapping):
        return Pillar(str(item), (), whole(entry, f"pillars[{number}]", str(item)))
    name = str(item.get("name") or item.get("line") or number + 1)
    proofs = item.get("proofs") or item.get("proof") or ()
    listed = [proofs] if isinstance(proofs, str) else list(proofs) if isinstance(proofs, list | tuple) else []
    told = entry.text.find(name)
    place = at(entry, Span(told, told + len(name))) if told >= 0 else whole(entry, f"pillars[{number}]", name)
    return Pillar(name, tuple(dict.fromkeys(_said(proof) for proof in listed if proof)), place)


def _said(proof: Any) -> str:
    """A proof as text: an id, a sentence, or a mapping with either."""
    if isinstance(proof, Mapping):
        return str(next((proof[key] for key in ("entry", "id", "source", "text") if proof.get(key)), ""))
    return str(proof)


def _of_text(entry: EntryVersion) -> list[Pillar]:
    pillars: list[Pillar] = []
    lines: list[str] = []
    name, place, start = "", whole(entry), 0
    for line in [*entry.text.split("\n"), ""]:
        head = _HEAD.match(line.strip())
        ends = head or _OTHER_HEAD.match(line.strip()) or start + len(line) >= len(entry.text)
        if ends and name:
            rest = [*lines, line] if not head and not _OTHER_HEAD.match(line.strip()) else lines
            pillars.append(Pillar(name, _proofs(rest), place))
            name, lines = "", []
        if head:
            name, place = head["name"].strip() or line.strip(), at(entry, Span(start, start + len(line)))
        elif name:
            lines.append(line)
        start += len(line) + 1
    return pillars


def _proofs(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines that may prove: with a figure, or with the id of an entry."""
    named = [identifier for line in lines for identifier in _ID.findall(line)]
    return tuple(dict.fromkeys([*(line for line in lines if line.strip() and quantities(line)), *named]))


def _holds(proof: str, entry: EntryVersion, view: LintView) -> bool:
    if proof in view.line:
        return True
    if proof in view.versions or _ID.fullmatch(proof):
        return False
    said = [q for q in quantities(proof, language(entry)) if q.date is None]
    ledger, own = FigureLedger.of(view), view.group(entry)
    return any(
        match_of(quantity, other.quantity) is Match.SAME and view.group(other.entry) != own
        for quantity in said
        for other in ledger.of_value(quantity.value)
    )
