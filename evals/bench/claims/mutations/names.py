"""A known name in the place of another, and the names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

from evals.bench.claims.corpus import Place
from evals.bench.claims.mutations.base import Mutant, Mutator
from knowledge.sample import FOLDER as SAMPLE


@dataclass(frozen=True, slots=True)
class Name:
    """A thing with all its spellings, the fullest first; `kind` is organisation, person or product."""

    kind: str
    spellings: tuple[str, ...]


class NameMutator(Mutator):
    """A name that stands once in the sentence becomes another name of its kind that the document does not have."""

    kind = "name"

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        spelled = sorted((s for name in names for s in name.spellings), key=len, reverse=True)
        self._any = re.compile("|".join(rf"{_open(s)}{re.escape(s)}{_close(s)}" for s in spelled))
        self._of = {spelling: name for name in names for spelling in name.spellings}

    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        found = list(self._any.finditer(place.text))
        for match in found:
            name = self._of[match.group()]
            versioned = re.match(r" ?[0-9]", place.text[match.end() :])
            if not versioned and sum(self._of[other.group()] is name for other in found) == 1:
                new = self._other(name, match.group(), place, dice)
                if new:
                    yield self.made(place, *match.span(), new)

    def _other(self, name: Name, old: str, place: Place, dice: Random) -> str:
        lower = place.document.lower()
        script = old.isascii()
        options = [
            other
            for other in self._names
            if other.kind == name.kind
            and not any(spelling.lower() in lower for spelling in other.spellings)
            and any(spelling.isascii() == script for spelling in other.spellings)
        ]
        if not options:
            return ""
        other = options[dice.randrange(len(options))]
        return next(spelling for spelling in other.spellings if spelling.isascii() == script)


def _open(spelling: str) -> str:
    return r"(?<![A-Za-z0-9@/._-])" if spelling[0].isascii() else ""


def _close(spelling: str) -> str:
    return r"(?![A-Za-z0-9/_-]|\.[A-Za-z])" if spelling[-1].isascii() else ""


# --- where names come from --------------------------------------------------------------------------------------------


def known_names(data: Path | None) -> tuple[Name, ...]:
    """The names of the sample library and of the public data, each once."""
    found = [*_sample(), *(_public(data) if data is not None else ())]
    merged: dict[str, Name] = {}
    for name in found:
        key = name.spellings[0].lower()
        if (
            key not in merged
            and len(key) > 2
            and not any(s.lower() == key for n in merged.values() for s in n.spellings)
        ):
            merged[key] = name
    return tuple(merged.values())


def _sample() -> Iterator[Name]:
    for customer in yaml.safe_load((SAMPLE / "customers.yaml").read_text(encoding="utf-8"))["customers"]:
        yield Name("organisation", (*customer["name"].values(), *customer.get("other_names", ())))
    yield Name("organisation", ("汀石工联", "Tingstone Industrial", "Tingstone"))
    for product in ("R200", "R300", "TingDeck", "TingSense S10"):
        yield Name("product", (product,))
    for zh in sorted((SAMPLE / "people").glob("*.zh-CN.md")):
        en = zh.with_name(zh.name.replace("zh-CN", "en"))
        if en.exists():
            yield Name("person", (_field(zh, "name"), _field(en, "name")))


def _field(path: Path, field: str) -> str:
    return str(yaml.safe_load(path.read_text(encoding="utf-8").split("---", 2)[1])["fields"][field])


_PRODUCTS = (
    "Firefox Chrome Safari Netscape Thunderbird Windows Android Linux Docker GitHub GitLab Jenkins Kubernetes "
    "Terraform Ansible Maven Gradle Python Golang Node.js Prometheus Istio Envoy Mesos OpenStack Karmada "
    "KubeEdge StreamPark Flink Spark Helm YouTube Gmail Instagram"
)
_COMPANIES = "Mozilla Microsoft Google Facebook Twitter Amazon"


def _public(data: Path) -> Iterator[Name]:
    """Names that the public texts are full of, and the companies that their case studies are about."""
    yield from (Name("product", (name,)) for name in _PRODUCTS.split())
    yield from (Name("organisation", (name,)) for name in _COMPANIES.split())
    yield from _cases(data / "k8s_cases")


def _cases(folder: Path) -> Iterator[Name]:
    """Companies by the titles of their case studies, in each language that has one."""
    for path in sorted((folder / "en").glob("*.md")):
        titles = [other.read_text(encoding="utf-8") for other in sorted(folder.glob(f"*/{path.name}"))]
        named = [match for title in titles if (match := _TITLE.search(title))]
        spellings = dict.fromkeys(match[1].strip() for match in named)
        english = [spelling for spelling in spellings if spelling.isascii()]
        yield Name("organisation", tuple(dict.fromkeys((*english, *spellings))))


_TITLE = re.compile(
    r"^title: [\"']?(?:案例研究：|案例分析：|Estudo de caso:? )?(.+?)"
    r"(?: Case Study|\s?案例研究|\s?案例分析| ケーススタディ)?[\"']?$",
    re.M,
)
