"""What a translation must carry over as it is: figures, qualifiers, names, placeholders, links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.phrases import first, gaps, occurs, written
from evals.subjects.port import Answer

PLACEHOLDER = re.compile(r"\{[^{}\n]{1,60}\}|%\([\w.]+\)[sd]|%\d?\$?[sd@](?!\w)|</?[A-Za-z][^<>\n]*>|\[[a-z_]+\](?!\()")
"""Placeholders of the usual kinds and tags: `{name}`, `%s`, `%(n)d`, `<b>`, `[firstname]`."""

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
# Four words on end are a clause that was left; up to three may be a name.
_LATIN_CLAUSE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ,;:-]+[A-Za-z0-9][A-Za-z0-9'’%-]*){3,}")
_LATIN_ANYWHERE = re.compile(r"https?://[!-~]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9]+)+[!-~]*")
_HAN_SCRIPTS = ("zh", "ja")


class Exactness(Scorer):
    """Counts, by strings, what a translation kept.

    Looks at `expect.values` (`forms` a figure may take), `not` (renderings that are wrong), `keep` (strings as they
    stand; a list gives alternatives; placeholders as often as in the source), `qualifiers` (alternatives each), and
    `terms`: as the source has each of them, its form (`say`) must be in the translation, while `Terms` looks only at
    what is said.
    """

    id = "exactness"
    version = 1
    measures = (
        Measure("numbers_kept", "figures carried over in a form that says the same", "higher"),
        Measure("numbers_wrong", "known wrong renderings of figures that were written", "lower"),
        Measure("strings_kept", "placeholders, tags, links and names kept as they stand", "higher"),
        Measure("qualifiers_kept", "qualifiers of figures (more than, nearly) carried over", "higher"),
        Measure("terms_found", "terms of the source that are there in the glossary's form", "higher"),
        Measure("untranslated", "share of the output still in the script of the source", "lower"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        source, text = str(case.ask["inputs"]["text"]), written(answer.document)
        expect = case.expect
        tallies = {
            "numbers_kept": _kept([(v["source"], v["forms"]) for v in expect.get("values", ())], text),
            "numbers_wrong": _wrong(expect.get("not", ()), text),
            "strings_kept": _strings(expect.get("keep", ()), source, text),
            "qualifiers_kept": _kept([(forms[0], forms) for forms in expect.get("qualifiers", ())], text),
            "terms_found": _kept([_term(term) for term in expect.get("terms", ())], text),
            "untranslated": _untranslated(source, text, gaps(answer.document), case.locale),
        }
        return {name: tally for name, tally in tallies.items() if tally is not None}


def _term(term: Mapping[str, Any]) -> tuple[str, list[str]]:
    forms = [term["say"]] if isinstance(term["say"], str) else list(term["say"])
    return forms[0], forms


def _kept(wanted: Sequence[tuple[str, list[str]]], text: str) -> Tally | None:
    if not wanted:
        return None
    shown = []
    for source, forms in wanted:
        form = first(forms, text)
        why = f"as {form}" if form else f"none of: {' | '.join(forms)}"
        shown.append(Shown(form or text, source, why, wrong=form is None))
    return _tally(shown)


def _wrong(forms: Sequence[str], text: str) -> Tally | None:
    if not forms:
        return None
    found = [form for form in forms if occurs(form, text)]
    shown = [Shown(text, form, "a wrong rendering", wrong=True) for form in found]
    return Tally(len(found), len(forms), tuple(shown))


def _strings(keep: Sequence[str | list[str]], source: str, text: str) -> Tally | None:
    if not keep:
        return None
    source, text = (unicodedata.normalize("NFC", part) for part in (source, text))
    shown = []
    for item in keep:
        forms = [item] if isinstance(item, str) else item
        right = any(_as_often(form, source, text) for form in forms)
        shown.append(Shown(forms[0] if right else text, forms[0], "kept" if right else "not kept", wrong=not right))
    return _tally(shown)


def _as_often(form: str, source: str, text: str) -> bool:
    """A placeholder that is doubled or dropped breaks the page; a name may be said again or become a pronoun."""
    if PLACEHOLDER.fullmatch(form):
        return text.count(form) == source.count(form)
    return form in text


def _tally(shown: Sequence[Shown]) -> Tally:
    wrong = [one for one in shown if one.wrong]
    right = [one for one in shown if not one.wrong]
    return Tally(len(right), len(shown), (*wrong, *right[:5]))


def _untranslated(source: str, text: str, missing: str, locale: str) -> Tally | None:
    """Only where the scripts differ; what is missing was not translated."""
    from_han = len(_HAN.findall(source)) > len(_LETTER.findall(source)) / 4
    to_han = locale.startswith(_HAN_SCRIPTS)
    if from_han == to_han:
        return None
    pieces = _HAN.findall(text) if from_han else _LATIN_CLAUSE.findall(_spared(text))
    left = len(_LETTER.findall("".join(pieces))) + len(_LETTER.findall(missing))
    letters = len(_LETTER.findall(text)) + len(_LETTER.findall(missing))
    share = left / letters if letters else 1.0
    shown = (Shown(" … ".join(pieces) or missing or text, source, f"{share:.0%} untranslated", wrong=True),)
    return Tally(share, 1.0, shown if share else ())


def _spared(text: str) -> str:
    """Text without what stays in Latin letters in any language."""
    return _LATIN_ANYWHERE.sub("0", PLACEHOLDER.sub("；", text))
