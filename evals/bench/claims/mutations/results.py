"""Sentences made from `fields.results` of the sample's cases: true ones in several wordings, and the same with before
and after inverted or with the figure of another measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import yaml

from evals.bench.claims.corpus import markdown_paragraphs
from evals.bench.claims.mutations.exchanges import TRUE, Exchange
from evals.scorers.eyes.figures import figures
from knowledge.sample import FOLDER as SAMPLE


@dataclass(frozen=True, slots=True)
class Result:
    """A measure of a case with its figures as text, e.g. `Mean fault response time`, `95 minutes`, `38 minutes`."""

    measure: str
    before: str
    after: str
    period: str
    rose: bool


_INVERTED = {
    "zh": (
        "{measure}由 {after}{up}至 {before}。",
        "{measure}由 {after}{verb}至 {before}。",
        "{measure}从 {before}{wrong}到 {after}。",
        "{period}，{measure}达到 {before}，而此前是 {after}。",
    ),
    "en": (
        "{Measure} {up} from {after} to {before}.",
        "{Measure} {verb} from {after} to {before}.",
        "{Period}, {measure} had {wrong} from {before} to {after}.",
        "{Measure} is now {before}; before the project it was {after}.",
    ),
}
_TRUE = {
    "zh": (
        "{measure}由 {before}{verb}至 {after}。",
        "{period}，{measure}从 {before}{verb}到 {after}。",
        "{period}，{measure}为 {after}。",
        "项目开始前，{measure}为 {before}。",
        "{measure}目前是 {after}，而项目之前是 {before}。",
        "客户把{measure}从 {before}{make}到 {after}。",
    ),
    "en": (
        "{Measure} {verb} from {before} to {after}.",
        "{Period}, {measure} had {gone} from {before} to {after}.",
        "{Period}, {measure} stood at {after}.",
        "Before the project, {measure} was {before}.",
        "{Measure} is now {after}; before the project it was {before}.",
        "The customer {make} {measure} from {before} to {after}.",
        "{Measure} was {make} from {before} to {after}.",
    ),
}
_SWAPPED = {
    "zh": (
        "{period}，{measure}为 {other}，{its}为 {after}。",
        "{measure}{verb}至 {other}，{its}{itsverb}至 {after}。",
        "{its}由 {before}{itsverb}至 {after}，{measure}由 {otherbefore}{verb}至 {other}。",
    ),
    "en": (
        "{Period}, {measure} stood at {other} and {its} at {after}.",
        "{Measure} {verb} to {other}, and {its} {itsverb} to {after}.",
        "{Its} {itsverb} from {before} to {after}, while {measure} {verb} from {otherbefore} to {other}.",
    ),
}
_VERBS = {
    "zh": {True: {"verb": "升", "wrong": "降", "make": "提高"}, False: {"verb": "降", "wrong": "升", "make": "降低"}},
    "en": {
        True: {"verb": "rose", "wrong": "fallen", "gone": "risen", "make": "raised"},
        False: {"verb": "fell", "wrong": "risen", "gone": "fallen", "make": "reduced"},
    },
}


def from_sample() -> Iterator[Exchange]:
    """Sentences made from `fields.results` of the sample's cases, wrong and true, against the text of the case."""
    for path in sorted((SAMPLE / "cases").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        language = "zh" if path.name.endswith(".zh-CN.md") else "en"
        body = "\n\n".join(markdown_paragraphs(text))
        results = list(_results(yaml.safe_load(text.split("---", 2)[1])["fields"], language, body))
        for result in results:
            for kind, patterns in (("inverted", _INVERTED[language]), (TRUE, _TRUE[language])):
                for number, pattern in enumerate(patterns):
                    said = pattern.format(**_words(result, language))
                    yield Exchange(kind, f"sample {number + 1}", language, path.name, said, (body,))
        for one, other in permutations(results, 2):
            for number, pattern in enumerate(_SWAPPED[language]):
                words = _words(one, language) | _its(other, language)
                like = re.sub("[0-9.,]", "", one.after) == re.sub("[0-9.,]", "", other.after)
                make = f"sample {number + 1} ({'same' if like else 'other'} unit)"
                yield Exchange("swapped", make, language, path.name, pattern.format(**words), (body,))
                words |= {"other": one.after, "after": other.after, "before": other.before, "otherbefore": one.before}
                yield Exchange(TRUE, f"sample pair {number + 1}", language, path.name, pattern.format(**words), (body,))


def _results(fields: dict[str, object], language: str, body: str) -> Iterator[Result]:
    """The results whose figures can be written plainly and stand so in the text."""
    rows = fields["results"]
    for row in rows if isinstance(rows, list) else ():
        unit = str(row["unit"])
        if "/" in unit or unit.startswith("per ") or re.search(r"\d", str(row["period"])):
            continue
        before, after = (_amount(str(row[key]), unit, language) for key in ("before", "after"))
        if all(_stands(str(row[key]), body, language) for key in ("before", "after")):
            first, last = (float(re.sub(r"[^0-9.]", "", str(row[key]))) for key in ("before", "after"))
            measure = re.sub(r"[（(].*", "", str(row["measure"])).strip()
            yield Result(measure, before, after, str(row["period"]), last > first)


def _stands(figure: str, body: str, language: str) -> bool:
    """True when the text has these very digits as a figure."""
    return any(f.digits == figure.rstrip("%") for f in figures(body, language))


def _amount(figure: str, unit: str, language: str) -> str:
    if unit == "%":
        return figure
    if unit == "RMB million":
        return f"RMB {figure} million"
    if unit in ("RMB", "EUR"):
        return f"{unit} {figure}"
    return f"{figure} {unit}"


def _words(result: Result, language: str) -> dict[str, str]:
    measure = result.measure if language == "zh" else result.measure[0].lower() + result.measure[1:]
    period = result.period[0].upper() + result.period[1:]
    verbs = _VERBS[language][result.rose]
    up = _VERBS[language][not result.rose]["verb"]
    return {
        "measure": measure, "Measure": result.measure, "period": result.period, "Period": period, "up": up,
        "before": result.before, "after": result.after, **verbs,
    }  # fmt: skip


def _its(other: Result, language: str) -> dict[str, str]:
    words = _words(other, language)
    return {
        "its": words["measure"], "Its": words["Measure"], "itsverb": words["verb"], "other": other.after,
        "otherbefore": other.before,
    }  # fmt: skip
