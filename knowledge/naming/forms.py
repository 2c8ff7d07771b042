"""The shapes in which a known spelling is looked for: umlauts written out, `&` as a word, without its legal form …"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.naming.common_words import COMMON
from knowledge.naming.legal_forms import without_form
from knowledge.naming.letters import Letters, is_ideograph, is_word, read

_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_AND = re.compile(r" (?:and|und|et|y|e|i|och|og|en) ", re.IGNORECASE)
_BRACKETS = re.compile(r" ?[(（\[][^()（）\[\]]{1,40}[)）\]]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of one spelling.

    `letters` are compared; before those at `breaks` a word of the spelling begins, and before those at `joins` the
    spelling has `&` or `+`. `accented`: there the text must have an umlaut. `needs_form`: it means the company only
    with a legal form behind it. `ordinary`: its words are everyday ones.
    """

    owner: str
    spelling: str
    letters: str
    breaks: frozenset[int]
    joins: frozenset[int] = frozenset()
    points: frozenset[int] = frozenset()
    accented: frozenset[int] = frozenset()
    needs_form: bool = False
    ordinary: bool = False
    derived: bool = False


def forms_of(owner: str, spelling: str, *, company: bool = True) -> list[Form]:
    """All shapes of a known spelling; of a person's name (`company=False`) without those that only companies have."""
    found: dict[str, Form] = {}
    for text, needs_form, derived in _bases(spelling.strip()) if company else [(spelling.strip(), False, False)]:
        for shape, umlauts in _written(text):
            form = _form(owner, spelling, shape, umlauts, needs_form, derived)
            if form is not None:
                found.setdefault(form.letters, form)
    return list(found.values())


def _bases(spelling: str) -> Iterator[tuple[str, bool, bool]]:
    """The spelling, and its parts that still tell the company: whether they need a legal form, whether derived."""
    yield spelling, False, False
    bare = _BRACKETS.sub("", spelling).strip()
    for whole in dict.fromkeys((spelling, bare)):
        core = without_form(whole)
        if core and core.lower().startswith("the ") and len(core.split()) > 2:
            core = core[4:]
        if core and core != spelling:
            yield core, not is_distinctive(core), True


def is_distinctive(core: str) -> bool:
    """True when a name tells its company without its legal form: not made of dictionary words alone, or with a place
    in brackets."""
    ideographs = "".join(char for char in read(core).kept if is_ideograph(char))
    if ideographs:
        if len(ideographs) < 2:
            return False
        import rjieba

        tagged = rjieba.tag(ideographs, False)
        return bool(_BRACKETS.search(core)) or any(len(word) == 1 or tag in ("nz", "nt", "nrt") for word, tag in tagged)
    words = _WORD.findall(core)
    return any(read(word).kept not in COMMON and (len(word) > 3 or word.isupper()) and len(word) > 1 for word in words)


def _written(text: str) -> Iterator[tuple[str, str]]:
    """The text in other ways of writing, each with the umlauts that it must have been written with."""
    text = unicodedata.normalize("NFC", text)
    spelled = [text]
    if "&" in text:
        spelled += [re.sub(r" ?& ?", f" {word} ", text) for word in ("and", "und", "et")] + [text.replace("&", "和")]
    elif _AND.search(text):
        spelled.append(_AND.sub(" & ", text))
    for one in spelled:
        yield one, ""
        low = one.lower()
        out = "".join(_WRITTEN_OUT.get(char, char) for char in low)
        for other in (out, low.replace("ß", "ss"), low.replace("æ", "ae").replace("œ", "oe")):
            if other != low:
                yield other, ""
        if "ss" in low:
            yield low.replace("ss", "ß"), ""
        umlauts = re.sub("[aou]e", lambda match: _UMLAUTS[match[0]], low)
        if umlauts != low and low.isascii():
            yield umlauts, umlauts


def _form(owner: str, spelling: str, text: str, umlauts: str, needs_form: bool, derived: bool) -> Form | None:
    letters = read(text)
    kept = letters.kept
    if not kept:
        return None
    inside = range(1, len(kept))
    gaps = {n: letters.gap(n) for n in inside if letters.at[n] - letters.at[n - 1] > 1}
    humps = [n for n in inside if n not in gaps and _is_hump(letters, n)]
    words = [read(word).kept for word in _WORD.findall(text)]
    return Form(
        owner=owner,
        spelling=spelling,
        letters=kept,
        breaks=frozenset([*(n for n, gap in gaps.items() if gap), *humps]),
        joins=frozenset(n for n, gap in gaps.items() if set(gap) & set("&+")),
        points=frozenset(n for n, gap in gaps.items() if set(gap) - set(" -'·&+")),
        accented=frozenset(n for n in inside if umlauts and letters.text[letters.at[n]] in "äöü"),
        needs_form=needs_form,
        ordinary=all(word in COMMON for word in words),
        derived=derived,
    )


def _is_hump(letters: Letters, n: int) -> bool:
    """True where a new word begins without a blank: `TingDeck`, `R200`, `申特Cloud`."""
    before, here = letters.text[letters.at[n - 1]], letters.text[letters.at[n]]
    if before.islower() and here.isupper():
        return True
    return before.isdigit() != here.isdigit() or is_word(letters.kept[n - 1]) != is_word(letters.kept[n])
