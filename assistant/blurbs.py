"""Blurbs of a case in two fixed lengths, drafted and kept with the case as a version for approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.evidence import resolve_entry
from assistant.gateway.port import LanguageModel
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError
from knowledge.domain.finding import Severity
from knowledge.reading import read_body
from knowledge.records import EntryVersion, State
from knowledge.shelving import ToShelve

TEMPLATE = "case_blurbs"
FIELDS: Mapping[str, str] = {"short": "blurb_100", "long": "blurb_500"}
"""Lengths, and the fields of the case that hold them."""


@dataclass(frozen=True, slots=True)
class Blurbs:
    """What became of the blurbs of one case.

    `entry_version` is the new draft version that holds them; None when none was kept. `kept` are the fields written,
    `refused` the others with the reason in words.
    """

    draft: Draft
    entry_version: EntryVersion | None = None
    kept: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


def write_blurbs(
    workspace: Workspace,
    case_id: str,
    lengths: Sequence[str],
    by: str,
    model: LanguageModel | None = None,
    *,
    actor: str = "",
) -> Blurbs:
    """Write blurbs of the given lengths (`short`, `long`) and keep them with the case as a new draft version.

    They are drawn from the approved line, in the language of the case and for the audience of its entry: where the
    customer may not be named to that audience in every market and channel, the alias stands in the fields, since
    fields go out as they are and no gate rewrites them. The approved version remains the line until a person approves
    the new one, so that a blurb in use is never written over. A blurb that is a gap, has a finding of severity error
    or says what the case already has is not kept.

    Raises `NotFound` for an unknown case or one that may not be used (no approved version, no permission),
    `InputError` for an entry that is no case or an unknown length, `Conflict` when the newest version has a text that
    nobody approved, or when somebody else changed the case meanwhile; the draft is kept all the same in the last case.
    """
    wanted = _known(lengths)
    line, base, after = _case(workspace, case_id)
    asked = wanted[0] if len(wanted) == 1 else "both"
    brief = Brief(TEMPLATE, {"case": case_id, "length": asked}, line.locale, audience=line.audience)
    resolve_entry(workspace.library, brief, case_id, "case")
    draft = workspace.draft(brief, model=model, by=by, actor=actor)
    texts, refused = _sorted_out(draft, case_id, wanted)
    for name, text in list(texts.items()):
        if base.fields.get(name) == text:
            refused[name] = f"version {base.version} has it already"
            del texts[name]
    if not texts:
        return Blurbs(draft, refused=refused)
    version = _shelved(workspace, base, texts, by, draft.id, after)
    return Blurbs(draft, version, tuple(texts), refused)


def _known(lengths: Sequence[str]) -> list[str]:
    unknown = [length for length in lengths if length not in FIELDS]
    if unknown or not lengths:
        raise InputError(f"'{', '.join(unknown)}' is no length of a blurb; choose {', '.join(FIELDS)}")
    return [length for length in FIELDS if length in lengths]


def _case(workspace: Workspace, case_id: str) -> tuple[EntryVersion, EntryVersion, int]:
    """The line of a case, the version to go on from, which must tell the same, and the number of the newest."""
    entries = workspace.library.entries
    line, newest = entries.get(case_id), entries.newest(case_id)
    if line.kind != "case":
        raise InputError(f"'{case_id}' is a {line.kind}; blurbs are written of cases")
    if newest.text == line.text:
        return line, newest, newest.version
    if newest.state is not State.RETIRED:
        raise Conflict(
            f"version {newest.version} of '{case_id}' has a text that is not approved yet; "
            "approve or retire it, then write the blurbs"
        )
    return line, line, newest.version


def _sorted_out(draft: Draft, case_id: str, wanted: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The texts that may be kept, by field, and why the others may not."""
    texts: dict[str, str] = {}
    refused: dict[str, str] = {}
    for length in wanted:
        section = next((s for s in draft.sections if s.id == length), None)
        paragraphs = section.paragraphs if section else ()
        ids = {None, *(p.id for p in paragraphs)}
        errors = [f.message for f in draft.findings if f.severity is Severity.ERROR and f.paragraph in ids]
        elsewhere = {e.entry_id for p in paragraphs for e in draft.cited(p)} - {case_id}
        if not paragraphs or any(p.gap for p in paragraphs):
            refused[FIELDS[length]] = " ".join(p.text for p in paragraphs if p.gap) or "nothing was written"
        elif errors:
            refused[FIELDS[length]] = "; ".join(errors)
        elif elsewhere:
            refused[FIELDS[length]] = f"it draws on {', '.join(sorted(map(str, elsewhere)))}, not on this case"
        else:
            texts[FIELDS[length]] = "\n\n".join(p.text for p in paragraphs)
    return texts, refused


def _shelved(
    workspace: Workspace, base: EntryVersion, texts: Mapping[str, str], by: str, draft_id: str, after: int
) -> EntryVersion:
    """`base` with the blurbs, as the next version, in draft. It is nobody's file any more: importing the file of the
    case again must not approve what stands beside it."""
    version = replace(
        base, state=State.DRAFT, fields={**base.fields, **texts}, origin="", facts="",
        approved_by=None, approved_at=None, ended_at=None,
    )  # fmt: skip
    document = read_body(base.entry_id, base.body or base.text)
    item = ToShelve(version, document, after=after)
    [stored] = workspace.library.shelf.shelve([item], by, act="blurb written", reason=draft_id)
    return stored.version
