"""Glossary terms in a text: only those that occur, each with its form in the target locale."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from endless import calls
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.term_forms import form_in, inflected
from assistant.localization.terms import TermFinder, TermUse, merged, read_terms, term_from_json
from knowledge.domain.errors import InputError
from knowledge.domain.locale import Locale
from knowledge.json_records import term_json
from knowledge.records import Term

EN, ZH, DE, JA = Locale("en"), Locale("zh-CN"), Locale("de"), Locale("ja")


def terms_in(text: str, glossary: Sequence[Term], source: Locale, target: Locale) -> list[TermUse]:
    return TermFinder(glossary, source, target).find(text)


KUBERNETES = Path(os.environ.get("KOUJING_DATA", "/nowhere")) / "glossary" / "k8s_glossary.json"

GLOSSARY = (
    Term("control plane", "en", {"zh-CN": "控制面", "de": "Steuerungsebene"}),
    Term("plane", "en", {"zh-CN": "平面"}),
    Term("proxy", "en", {"zh-CN": "代理"}),
    Term("Pod", "en", {"zh-CN": "容器组"}),
    Term("SLA", "en", {"zh-CN": "服务等级协议"}),
    Term("IT", "en", {"zh-CN": "信息技术"}),
    Term("Secret", "en", {"zh-CN": "保密字典"}, case_rule="exact"),
    Term("Windows", "en", {"zh-CN": "视窗"}),
    Term("Endpoint slices", "en", {"zh-CN": "端点切片"}),
    Term("TingDeck", "en", do_not_translate=True, forbidden=("Ting Deck", "TingDeck")),
    Term("边缘计算", "zh-CN", {"en": "edge computing"}),
    Term("云", "zh-CN", {"en": "cloud"}),
    Term("Vertrag", "de", {"en": "contract"}),
    Term("Unknown thing", "en", {"fr": "chose"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The control plane runs.", {"control plane": "控制面"}),
        ("Both control planes run.", {"control planes": "控制面"}),
        ("A control-plane node", {"control-plane": "控制面"}),
        ("A plane flies over the Control Plane.", {"plane": "平面", "Control Plane": "控制面"}),
        ("airplane and planet", {}),
        ("Two proxies", {"proxies": "代理"}),
        ("the pods' logs", {"pods": "容器组"}),
        ("podium", {}),
        ("my_pod", {}),
        ("it slaves away", {}),
        ("our SLAs; IT says so", {"SLAs": "服务等级协议", "IT": "信息技术"}),
        ("a secret, a Secret, two Secrets", {"Secret": "保密字典", "Secrets": "保密字典"}),
        ("a window", {}),
        ("one endpoint slice", {"endpoint slice": "端点切片"}),
        ("TingDeck shows it", {"TingDeck": "TingDeck"}),
        ("Unknown thing", {}),
        ("", {}),
    ],
)
def test_english_terms(text: str, found: dict[str, str]) -> None:
    assert {use.said: use.form for use in terms_in(text, GLOSSARY, EN, ZH)} == found


@pytest.mark.parametrize(
    ("text", "source", "target", "found"),
    [
        ("边缘计算节点上云", ZH, EN, {"边缘计算": "edge computing"}),
        ("控制面与容器组", ZH, EN, {"控制面": "control plane", "容器组": "Pod"}),
        ("打开控制面板", ZH, EN, {}),
        ("用TingDeck看", ZH, EN, {"TingDeck": "TingDeck"}),
        ("Die Verträge gelten", DE, EN, {"Verträge": "contract"}),
        ("des Vertrages", DE, EN, {"Vertrages": "contract"}),
        ("The contracts hold", EN, DE, {"contracts": "Vertrag"}),
        ("control plane", EN, DE, {"control plane": "Steuerungsebene"}),
        ("control plane", EN, JA, {}),
    ],
)
def test_other_directions(text: str, source: Locale, target: Locale, found: dict[str, str]) -> None:
    assert {use.said: use.form for use in terms_in(text, GLOSSARY, source, target)} == found


def test_a_use_says_where_it_stands_and_what_is_forbidden() -> None:
    [use] = terms_in("So TingDeck it is", GLOSSARY, EN, ZH)
    assert (use.span.start, use.span.end, use.stays, use.forbidden) == (3, 11, True, ("Ting Deck",))
    assert use.term is GLOSSARY[9]


@pytest.mark.parametrize(
    ("tag", "form"),
    [("pt-PT", "ficheiro"), ("pt-BR", "arquivo"), ("pt-AO", "ficheiro"), ("en-GB", "file"), ("de", "")],
)
def test_the_form_of_the_locale_then_of_its_language(tag: str, form: str) -> None:
    term = Term("file", "en", {"pt_PT": "ficheiro", "pt-br": "arquivo"})
    assert form_in(term, Locale(tag)) == form


def test_a_cell_may_give_several_ways() -> None:
    glossary = (Term("node / host", "en", {"zh-CN": "节点；主机"}),)
    assert [(u.said, u.form) for u in terms_in("hosts and a node", glossary, EN, ZH)] == [
        ("hosts", "节点"),
        ("node", "节点"),
    ]
    assert [(u.said, u.form) for u in terms_in("主机", glossary, ZH, EN)] == [("主机", "node")]


def test_what_comes_with_the_job_goes_first() -> None:
    given = (Term("Pod", "en", {"zh-CN": "豆荚"}),)
    glossary = merged(given, GLOSSARY)
    assert [use.form for use in terms_in("Pod on a control plane", glossary, EN, ZH)] == ["豆荚", "控制面"]
    assert len(glossary) == len(GLOSSARY)


def test_glossaries_are_told_apart() -> None:
    for form in ("甲", "乙"):
        assert [u.form for u in terms_in("Pod", (Term("Pod", "en", {"zh-CN": form}),), EN, ZH)] == [form]


def test_a_glossary_file(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("term,locale,translation_zh-CN,do_not_translate\nPod,en,容器组,\nTingDeck,en,,yes\n")
    terms = read_terms(file)
    assert [use.form for use in terms_in("Pods in TingDeck", terms, EN, ZH)] == ["容器组", "TingDeck"]
    assert tuple(term_from_json(json.loads(json.dumps(term_json(term)))) for term in terms) == terms
    file.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"terms\.csv"):
        read_terms(file)


@pytest.mark.parametrize(
    ("form", "language", "among"),
    [
        ("proxy", "en", "proxies"),
        ("day", "en", "days"),
        ("class", "en", "classes"),
        ("policies", "en", "policy"),
        ("boxes", "en", "box"),
        ("Anlage", "de", "Anlagen"),
        ("groupe", "fr", "groupes"),
        ("Pod", "zh", "Pods"),
        ("网关", "zh", "网关"),
        ("go-live", "en", "went live"),
        ("go-live", "en", "go-lives"),
        ("roll-out", "en", "rolled out"),
        ("set-up", "en", "setting up"),
    ],
)
def test_inflections(form: str, language: str, among: str) -> None:
    assert among in inflected(form, language)


texts = st.text(st.sampled_from("the control plane-s proxy Pod 控制面板 TingDeck，.\n"), max_size=60)


@given(texts, st.sampled_from([(EN, ZH), (ZH, EN)]))
def test_uses_stand_where_they_say_and_apart(text: str, pair: tuple[Locale, Locale]) -> None:
    uses = terms_in(text, GLOSSARY, *pair)
    assert all(use.span.of(text) == use.said for use in uses)
    assert all(a.span.end <= b.span.start for a, b in pairwise(uses))


def test_two_thousand_terms_cost_little() -> None:
    """The work for a text does not grow with the glossary: measured against a glossary a hundred times smaller."""
    terms = tuple(Term(f"gadget{n} of kind {n % 7}", "en", {"zh-CN": f"件{n}"}) for n in range(2000))
    text = "Our gadget17 of kind 3 and the others work together in every plant that we know of. " * 2
    few, many = TermFinder(terms[:20], EN, ZH), TermFinder(terms, EN, ZH)
    assert [use.form for use in many.find(text)] == ["件17", "件17"]

    assert calls(lambda: many.find(text)) < 2 * calls(lambda: few.find(text))


@pytest.mark.skipif(not KUBERNETES.is_file(), reason="KOUJING_DATA names no folder with the Kubernetes glossary")
def test_every_kubernetes_term_is_found_in_a_sentence() -> None:
    found = json.loads(KUBERNETES.read_text(encoding="utf-8"))["terms"].values()
    terms = tuple(
        Term(re.split(r" ?[(（]", one["en"]["term"])[0], "en", {"zh-CN": re.split(r" ?[(（]", one["zh-cn"]["term"])[0]})
        for one in found
        if "en" in one and "zh-cn" in one
    )
    assert len(terms) > 100
    for term in terms:
        uses = terms_in(f"We looked at the {term.term} and wondered.", terms, EN, ZH)
        assert [use.said for use in uses] == [term.term]
        assert uses[0].form in {one.translations["zh-CN"] for one in terms if one.term.lower() == term.term.lower()}
