"""The copy of a draft that leaves the house: the text, and where asked the sources that it cites. Findings, claims and
what the house keeps for itself stay behind."""

from __future__ import annotations

from dataclasses import replace

from assistant.draft import Draft, Evidence, Section

_OURS = ("brief", "template")


def clean_copy(draft: Draft, *, sources: bool) -> Draft:
    """The draft without findings, claims, claim table, repairs and inputs.

    With `sources` the cited ones stay, numbered 1, 2 … in the order of the text, by title, entry and version; the brief
    and the template are none to a reader. Without, no citation stays either.
    """
    cited = [e for _, p in draft.paragraphs() for e in draft.cited(p) if e.origin not in _OURS] if sources else []
    numbers: dict[str, str] = {}
    kept: dict[tuple[str, str | None, int | None], Evidence] = {}
    for evidence in cited:
        # Two passages of one entry are one source to a reader.
        key = (evidence.title or evidence.id, evidence.entry_id, evidence.version)
        shown = kept.setdefault(key, _told(evidence, str(len(kept) + 1)))
        numbers[evidence.id] = shown.id
    return replace(
        draft,
        sections=tuple(_section(section, numbers) for section in draft.sections),
        evidence=tuple(kept.values()),
        claims=(),
        claim_table=(),
        findings=(),
        repairs=(),
        questions=(),
        inputs={},
    )


def _section(section: Section, numbers: dict[str, str]) -> Section:
    return replace(
        section,
        paragraphs=tuple(
            replace(p, citations=tuple(dict.fromkeys(numbers[c] for c in p.citations if c in numbers)))
            for p in section.paragraphs
        ),
    )


def _told(evidence: Evidence, number: str) -> Evidence:
    """What a reader outside may know of a source."""
    return Evidence(
        number,
        "",
        evidence.locale,
        entry_id=evidence.entry_id,
        version=evidence.version,
        title=evidence.title,
        origin=evidence.origin,
        as_of=evidence.as_of,
    )
