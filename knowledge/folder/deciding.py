"""What becomes of each version that a folder holds: new, a change, or known already. Pure.

A file's `version` and `created_at` tell which version of this library it was written from, if any. What the library has
got since then is never undone by an older file: the same words at or after that version are known, other words become
the newest version. An approval counts for the words it was given to: a text changed since then comes in as a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.domain.errors import InputError
from knowledge.folder.content import changed
from knowledge.folder.names import HISTORY
from knowledge.records import Audience, EntryVersion, State

_OPEN = (State.DRAFT, State.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Fate:
    """`take` is the version to be stored (None: nothing is), `known` the one of the library that says the same.

    `step` is what is to be done with the known one: approved or retired.
    """

    take: EntryVersion | None = None
    known: EntryVersion | None = None
    step: State | None = None
    message: str = ""


def decide(found: EntryVersion, section: str, there: Sequence[EntryVersion], *, trust: bool, by: str) -> Fate:
    """The fate of a version found in a section of the folder, given all versions `there`, the oldest first.

    Raises `InputError` where a file of `history` says otherwise than the version it stands for.
    """
    base = next((t for t in there if t.version == found.version and t.created_at == found.created_at), None)
    known = _known(found, base, there, trust)
    if section == HISTORY:
        return _past(found, base, known, there, trust)
    if known is not None:
        step = _step(found, known, there) if trust and known is there[-1] else None
        newer = there[-1].version if known is not there[-1] and base is known else 0
        return Fate(known=known, step=step, message=f"the library has version {newer} by now" if newer else "")
    if not trust:
        return Fate(take=_untrusted(found, there))
    if base is not None:
        return _edited(found, base)
    return Fate(take=_approved_by_somebody(found, by))


def _known(
    found: EntryVersion, base: EntryVersion | None, there: Sequence[EntryVersion], trust: bool
) -> EntryVersion | None:
    since = base.version if base else 0
    return next((t for t in reversed(there) if t.version >= since and _says_the_same(t, found, trust)), None)


def _says_the_same(there: EntryVersion, found: EntryVersion, trust: bool) -> bool:
    ignored = set() if trust else {"audience"}
    due, due_there = found.review_due, there.review_due
    # Not said, or set by an approval that the library does not have yet, or set anew in the library since.
    if due is None or (there.state in _OPEN if due_there is None else due < due_there):
        ignored.add("review_due")
    return not set(changed(there, found)) - ignored


def _step(found: EntryVersion, known: EntryVersion, there: Sequence[EntryVersion]) -> State | None:
    """A step of life that the file knows and the library does not yet; none goes back."""
    given = {t.approved_at for t in there if t.approved_at is not None}
    if found.state is State.APPROVED and known.state in _OPEN and found.approved_at not in given:
        return State.APPROVED
    return State.RETIRED if found.state is State.RETIRED and known.state is not State.RETIRED else None


def _past(
    found: EntryVersion,
    base: EntryVersion | None,
    known: EntryVersion | None,
    there: Sequence[EntryVersion],
    trust: bool,
) -> Fate:
    if base is not None and known is None:
        raise InputError(
            f"says otherwise than version {base.version} of the library; history is not changed: "
            "put the file back, and change the one in entries/ or pending/"
        )
    if known is not None:
        return Fate(known=known)
    if not trust:
        return Fate(message="left out: older versions come in with trust only")
    if there and found.version <= there[-1].version:
        return Fate(message=f"left out: older than version {there[-1].version} of the library")
    return Fate(take=found)


def _untrusted(found: EntryVersion, there: Sequence[EntryVersion]) -> EntryVersion:
    """A draft for inside. An entry that the library knows keeps its audience, which the draft cannot widen."""
    return replace(
        found,
        version=0,
        state=State.DRAFT,
        audience=there[-1].audience if there else Audience.INTERNAL,
        approved_by=None,
        approved_at=None,
        ended_at=None,
        created_by="",
        created_at=None,
    )


def _edited(found: EntryVersion, base: EntryVersion) -> Fate:
    """Another text than the version that the file was written from."""
    new = replace(found, created_by="", created_at=None)
    old_approval = found.state is State.APPROVED and found.approved_at == base.approved_at
    if base.approved_at is None or not old_approval:
        return Fate(take=new)
    draft = replace(new, state=State.DRAFT, approved_by=None, approved_at=None, ended_at=None)
    return Fate(take=draft, message=f"changed since its approval on {base.approved_at:%Y-%m-%d}: came in as a draft")


def _approved_by_somebody(found: EntryVersion, by: str) -> EntryVersion:
    if found.state is State.APPROVED and not found.approved_by:
        return replace(found, approved_by=by)
    return found
