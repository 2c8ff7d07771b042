"""An entry that a brief names and cannot have: why not, and what comes nearest, in the language of the brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.brief import AUDIENCES, Brief
from knowledge.domain.words import Words
from knowledge.gate import Gate
from knowledge.kinds.loading import kind_named
from knowledge.library import Library
from knowledge.records import KINDS, Customer, EntryVersion, State
from knowledge.store.passages import in_market

MOST = 3
"""Entries that are named at most."""
ALIKE = 0.6
"""Likeness (0 … 1) from which a name may be a slip for another."""
BESIDE = 0.15
"""How far behind the nearest another may lie and still be named."""

_STATES = {
    State.DRAFT: Words(zh="还是草稿", en="it is draft"),
    State.IN_REVIEW: Words(zh="还在审核", en="it is in review"),
    State.APPROVED: Words(zh="已经批准", en="it is approved"),
    State.EXPIRED: Words(zh="已过期", en="it is expired"),
    State.RETIRED: Words(zh="已停用", en="it is retired"),
}


def why_not(library: Library, brief: Brief, name: str, kind: str | None, offered: Sequence[EntryVersion]) -> str:
    """One line: why the entry called `name` is barred; else what comes nearest to it among those `offered`."""
    language = brief.locale.split("-", 1)[0]
    known = next((e for e in library.entries.latest() if e.entry_id == name), None)
    if known is not None:
        reason = barred(library, brief, known)
        return Words(
            zh=f"本次不能使用“{name}”：{reason.zh}", en=f"'{name}' may not be used in this brief: {reason.en}"
        ).of(language)
    what = _kind_words(kind)
    line = Words(zh=f"没有本次可用的{what.zh}“{name}”", en=f"no {what.en} '{name}' that this brief may use")
    near = nearest(library, brief, name, offered)
    if near:
        ids = _listed(near)
        line = Words(zh=f"{line.zh}；最接近的是 {ids.zh}", en=f"{line.en}; nearest: {ids.en}")
    elif offered:
        ids = _listed(_examples(library, brief, offered))
        line = Words(zh=f"{line.zh}；可用的有 {ids.zh} 等", en=f"{line.en}; there are {ids.en} …")
    return line.of(language)


def barred(library: Library, brief: Brief, entry: EntryVersion) -> Words:
    """Why the brief may not draw on `entry`, and what would change that."""
    scope, entry_id = brief.scope(), entry.entry_id
    if entry.state not in scope.states:
        state, approve = _STATES[entry.state], f"koujing library approve {entry_id}"
        return Words(zh=f"它{state.zh}；请用 `{approve}` 批准", en=f"{state.en}; approve it with `{approve}`")
    if entry.expired(library.now().date()):
        return Words(zh=f"它已于 {entry.valid_until} 到期", en=f"it expired on {entry.valid_until}")
    if entry.audience not in scope.audience.may_read:
        edit = f"koujing library edit {entry_id} --set audience={scope.audience}"
        return Words(
            zh=f"它面向{AUDIENCES[entry.audience].zh}，本次写给{AUDIENCES[scope.audience].zh}；"
            f"请用 `{edit}` 修改后再批准",
            en=f"it is for audience {entry.audience}, the brief is for {scope.audience}; change that with `{edit}` "
            f"and approve it",
        )
    if not in_market(entry, scope.market):
        return Words(
            zh=f"它只限 {'、'.join(entry.markets)} 市场", en=f"it is for the markets {', '.join(entry.markets)} only"
        )
    if not library.gate(scope).admits(entry):
        return Words(zh="客户没有给出相应的许可", en="the customer has given no permission that covers it")
    return Words(zh=f"它的类别是{_kind_words(entry.kind).zh}", en=f"it is of kind {entry.kind}")


def nearest(library: Library, brief: Brief, name: str, offered: Sequence[EntryVersion]) -> list[EntryVersion]:
    """The entries of `offered` that `name` may mean, those in the brief's language first; of translations only one.

    Looked at are ids, titles, and names of customers as far as the brief may write them. A customer who may not be
    named leads nowhere: neither its name nor a text that holds it is compared.
    """
    gate = library.gate(brief.scope())
    asked = _folded(name)
    if not asked or gate.hides(name):
        return []
    named = {customer for customer in library.named_in(name) if gate.may_name(customer)}
    customers = {customer.id: customer for customer in library.customers.all()}
    shown = [entry for entry in offered if not gate.hides(entry.entry_id)]
    firsts = {f"{_folded(entry.entry_id).partition('-')[0]}-" for entry in shown}
    shared = firsts.pop() if len(firsts) == 1 else ""
    best: dict[str, float] = {}
    for entry in shown:
        called = _called(entry, customers.get(entry.customer or ""), gate, shared, brief.locale)
        alike = 1.0 if entry.customer in named else max(_alike(asked.removeprefix(shared), word) for word in called)
        root = _root(entry)
        best[root] = max(best.get(root, 0.0), alike)
    least = max([ALIKE, *(alike - BESIDE for alike in best.values())])
    kept = _one_a_family([entry for entry in shown if best[_root(entry)] >= least], brief)
    # The nearest are chosen before the languages are sorted: a foreign one that is meant is not pushed out.
    chosen = sorted(kept, key=lambda entry: -best[_root(entry)])[:MOST]
    return sorted(chosen, key=lambda entry: not _in_language(entry, brief))


def _examples(library: Library, brief: Brief, offered: Sequence[EntryVersion]) -> list[EntryVersion]:
    """Some that there are, whatever was asked for; those about customers who may not be named come last."""
    gate = library.gate(brief.scope())
    kept = [entry for entry in _one_a_family(offered, brief) if not gate.hides(entry.entry_id)]

    def rank(entry: EntryVersion) -> tuple[bool, bool]:
        return bool(entry.customer) and not gate.may_name(str(entry.customer)), not _in_language(entry, brief)

    return sorted(kept, key=rank)[:MOST]


def _called(entry: EntryVersion, customer: Customer | None, gate: Gate, shared: str, locale: str) -> Iterator[str]:
    """What an entry may be called: its id without the word that all ids begin with; its title and the parts of it;
    its customer, by name where the gate lets it pass, else by alias."""
    yield _folded(entry.entry_id).removeprefix(shared)
    yield _folded(_root(entry)).removeprefix(shared)
    title = gate.redact(entry.title, entry.locale)
    yield title
    yield from _parts(title)
    if customer is not None and gate.may_name(customer.id):
        yield from customer.spellings()
    elif customer is not None:
        yield gate.alias(customer.id, locale) or ""


def _parts(title: str) -> list[str]:
    for mark in "：:，,；;（(—":
        title = title.replace(mark, "\n")
    return [part.strip(" )）") for part in title.splitlines()]


def _alike(asked: str, called: str) -> float:
    matcher = SequenceMatcher(None, _folded(called), asked, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", "-").split())


def _one_a_family(entries: Sequence[EntryVersion], brief: Brief) -> list[EntryVersion]:
    """Of an entry and its translations the one in the brief's language, else the first."""
    chosen: dict[str, EntryVersion] = {}
    for entry in entries:
        root = _root(entry)
        if root not in chosen or (_in_language(entry, brief) and not _in_language(chosen[root], brief)):
            chosen[root] = entry
    return list(chosen.values())


def _in_language(entry: EntryVersion, brief: Brief) -> bool:
    return entry.locale.split("-", 1)[0] == brief.locale.split("-", 1)[0]


def _root(entry: EntryVersion) -> str:
    return entry.translates or entry.entry_id


def _kind_words(kind: str | None) -> Words:
    """How a kind is called: its name in Chinese, its id in English, as commands take it."""
    if kind is None:
        return Words(zh="条目", en="entry")
    return Words(zh=kind_named(kind).name.zh if kind in KINDS else kind, en=kind)


def _listed(entries: Sequence[EntryVersion]) -> Words:
    ids = [entry.entry_id for entry in entries]
    return Words(zh="、".join(ids), en=", ".join(ids))
