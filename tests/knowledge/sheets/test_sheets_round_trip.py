"""Out to a file and in again: what was written is what is read, whatever the texts hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sheets import CUSTOMERS, PANLAN, SHENTE, TODAY

from knowledge import sample
from knowledge.days import as_day
from knowledge.domain.errors import InputError
from knowledge.kinds import check_fields
from knowledge.reading import read, read_body
from knowledge.records import KINDS, Audience, Customer, EntryVersion, Level, Permission, State, Term, Use
from knowledge.registers import read_customers, read_glossary
from knowledge.sheets import (
    Defaults,
    kind_headings,
    plan_customers,
    plan_entries,
    plan_permissions,
    read_table,
    to_permit,
    write_customers,
    write_entries,
    write_permissions,
    write_terms,
)
from knowledge.sheets.kind_fields import field_cell, parse_field

FORMATS = [(suffix, language) for suffix in (".xlsx", ".csv") for language in ("zh", "en")]
SAID = (
    "title", "kind", "locale", "text", "body", "audience", "fields", "markets", "customer", "owner", "translates",
    "review_due", "valid_until",
)  # fmt: skip

_MEAN = st.sampled_from([
    "=1+1", "+86 512", "-5", "@home", "'quoted", "#N/A", "TRUE", "007", "1e5", "3/4", "2026-03-01", "json:1", '"', "a,b",
    "a;b", "a；b", "a|b", "一、二", "a: b", "指标：甲；之前: 乙", "a\tb", "a\nb", " a ", "-", "yes", "是", "\\", "“引号”", "=",
    "😀", "x" * 300,
])  # fmt: skip
_ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
TEXTS = st.one_of(_MEAN, _ANY)
PLAIN = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)


def _sample_cases() -> list[EntryVersion]:
    entries = []
    for path in sorted((sample.FOLDER / "cases").glob("*.md")):
        document = read(path)
        meta = document.meta
        entries.append(
            EntryVersion(
                meta["id"], 1, "case", meta["locale"], meta["title"], "\n".join(b.text for b in document.blocks),
                State.APPROVED, Audience(meta["audience"]), check_fields("case", meta["fields"], TODAY).fields,
                tuple(meta.get("markets", ())), meta["customer"], meta["owner"], meta.get("translates"),
                review_due=as_day(meta["review_due"], TODAY, "review_due"), body=document.body,
            )
        )  # fmt: skip
    return entries


def _again(path: Path, kind: str = "case", customers: Any = CUSTOMERS) -> list[EntryVersion]:
    plan = plan_entries(read_table(path, kind_headings(kind)), kind, Defaults(), TODAY, [], customers=customers)
    assert [problem.line for problem in plan.problems] == []
    return [item.version for item in plan.new]


def _said(entries: list[EntryVersion]) -> dict[str, list[Any]]:
    return {entry.entry_id: [getattr(entry, name) for name in SAID] for entry in entries}


@pytest.mark.parametrize(("suffix", "language"), FORMATS)
def test_the_cases_of_the_sample_come_back_identical(tmp_path: Path, suffix: str, language: str) -> None:
    entries = _sample_cases()
    customers = read_customers(sample.FOLDER / "customers.yaml", TODAY)
    path = tmp_path / f"cases{suffix}"
    write_entries(entries, "case", path, language=language, customers=customers)
    assert len(entries) == 21
    assert _said(_again(path, customers=customers)) == _said(entries)
    plan = plan_entries(
        read_table(path, kind_headings("case")), "case", Defaults(), TODAY, entries, customers=customers
    )
    assert plan.counts()["unchanged"] == 21


def test_the_export_is_for_people(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    customers = read_customers(sample.FOLDER / "customers.yaml", TODAY)
    write_entries(_sample_cases(), "case", path, customers=customers)
    sheet = openpyxl.load_workbook(path)["成功案例"]
    rows = list(sheet.iter_rows(values_only=True))
    by_heading = dict(zip(rows[0], next(row for row in rows if row[0] == "case-elevator"), strict=True))
    assert by_heading["客户名称"] == "申特电梯集团"
    assert by_heading["公开范围"] == "公开"
    assert (
        str(by_heading["效果数据"]).split("\n")[2]
        == "指标: 二次上门率; 之前: 31%; 之后: 12%; 单位: %; 周期: 上线四个月后"
    )
    assert "; 已确认: 是; 核准译文.en: The building used to know" in str(by_heading["引语"])


RESULTS = st.lists(
    st.fixed_dictionaries({"measure": PLAIN, "after": PLAIN}, optional={"before": TEXTS, "unit": TEXTS}), max_size=3
)
QUOTES = st.lists(
    st.fixed_dictionaries(
        {"text": PLAIN},
        optional={"approved": st.booleans(), "translation": st.dictionaries(TEXTS, TEXTS, max_size=2), "title": TEXTS},
    ),
    max_size=2,
)
FIELDS = st.fixed_dictionaries(
    {"industry": PLAIN, "pain": PLAIN, "result": PLAIN},
    optional={
        "note": TEXTS,
        "results": RESULTS,
        "quotes": QUOTES,
        "products": st.lists(TEXTS, max_size=3),
        "自有": TEXTS,
    },
)


@settings(max_examples=100, deadline=None)
@given(FIELDS)
def test_every_field_has_a_cell_that_says_it(fields: dict[str, Any]) -> None:
    checked = check_fields("case", fields, TODAY)
    for language in ("zh", "en"):
        cells = {name: field_cell("case", name, value, language) for name, value in checked.fields.items()}
        parsed = {name: parse_field("case", name, cell) for name, cell in cells.items()}
        assert check_fields("case", parsed, TODAY).fields == checked.fields


@settings(max_examples=25, deadline=None)
@given(st.lists(FIELDS, min_size=1, max_size=3), PLAIN, st.one_of(PLAIN, st.just("## 一\n\n二\n"), st.just("\n\n一 ")))
def test_any_entry_comes_back_identical(many: list[dict[str, Any]], title: str, body: str) -> None:
    entries = []
    for number, fields in enumerate(many):
        try:
            document = read_body("a", f"正文{body}")
        except InputError:
            return
        checked = check_fields("case", fields, TODAY)
        if checked.problems:
            return
        entries.append(
            EntryVersion(
                f"case-{number}", 1, "case", "zh-CN", f"标题{title}", "\n".join(b.text for b in document.blocks),
                State.DRAFT, Audience.PUBLIC, checked.fields, ("CN",), "shente", title, body=document.body,
            )
        )  # fmt: skip
    with TemporaryDirectory() as folder:
        for suffix in (".xlsx", ".csv"):
            path = Path(folder) / f"a{suffix}"
            write_entries(entries, "case", path, customers=CUSTOMERS)
            assert _said(_again(path)) == _said(entries)


TERMS = st.lists(
    st.builds(
        Term,
        term=PLAIN,
        locale=st.sampled_from(["zh-CN", "en", "de"]),
        translations=st.dictionaries(st.sampled_from(["en", "zh", "zh-TW", "de"]), TEXTS.filter(bool)),
        part_of_speech=TEXTS,
        do_not_translate=st.booleans(),
        forbidden=st.lists(TEXTS.filter(bool), max_size=4).map(tuple),
        note=TEXTS,
        case_rule=st.sampled_from(["", "exact"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda term: (term.term, term.locale),
)


@settings(max_examples=40, deadline=None)
@given(TERMS)
def test_any_glossary_comes_back_identical(terms: list[Term]) -> None:
    with TemporaryDirectory() as folder:
        for suffix, language in FORMATS:
            path = Path(folder) / f"terms{suffix}"
            write_terms(terms, path, language=language)
            assert read_glossary(path) == terms


@pytest.mark.parametrize(("suffix", "language"), FORMATS)
def test_the_registers_of_the_sample_come_back_identical(tmp_path: Path, suffix: str, language: str) -> None:
    customers = read_customers(sample.FOLDER / "customers.yaml", TODAY)
    bare = [replace(customer, permissions=()) for customer in customers]
    terms = read_glossary(sample.FOLDER / "glossary.csv")
    write_terms(terms, tmp_path / f"t{suffix}", language=language)
    assert read_glossary(tmp_path / f"t{suffix}") == terms
    write_customers(customers, tmp_path / f"c{suffix}", language=language)
    assert list(plan_customers(tmp_path / f"c{suffix}").records) == bare
    assert list(plan_customers(tmp_path / f"c{suffix}", customers).records) == customers
    write_permissions(customers, tmp_path / f"p{suffix}", language=language)
    plan = plan_permissions(tmp_path / f"p{suffix}", bare, TODAY)
    assert to_permit(plan) == {c.id: list(c.permissions) for c in customers if c.permissions}
    assert to_permit(plan_permissions(tmp_path / f"p{suffix}", customers, TODAY)) == {}


CUSTOMER_LISTS = st.lists(
    st.builds(
        Customer,
        id=st.uuids().map(str),
        names=st.dictionaries(st.sampled_from(["zh-CN", "en", "de"]), st.uuids().map(lambda u: f"=客 {u}"), min_size=1),
        other_names=st.lists(st.uuids().map(lambda u: f"a|{u}"), max_size=2).map(tuple),
        aliases=st.dictionaries(st.sampled_from(["zh-CN", "en", "pt-BR"]), TEXTS.filter(bool)),
        segment=TEXTS,
        permissions=st.lists(
            st.builds(
                Permission,
                use=st.sampled_from(Use),
                level=st.sampled_from(Level),
                markets=st.lists(st.sampled_from(["CN", "EU", "US"]), unique=True, max_size=2).map(tuple),
                channels=st.lists(st.sampled_from(["website", "展台"]), unique=True, max_size=2).map(tuple),
                until=st.one_of(st.none(), st.dates(min_value=TODAY)),
                consented_by=TEXTS,
                consented_on=st.one_of(st.none(), st.dates(max_value=TODAY)),
                evidence=TEXTS,
                withdrawn_on=st.one_of(st.none(), st.dates(max_value=TODAY)),
                reason=TEXTS,
            ),
            max_size=2,
            unique_by=lambda p: (p.use, p.markets, p.channels, p.withdrawn_on),
        ).map(tuple),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=30, deadline=None)
@given(CUSTOMER_LISTS)
def test_any_customers_and_permissions_come_back_identical(customers: list[Customer]) -> None:
    bare = [replace(customer, permissions=()) for customer in customers]
    with TemporaryDirectory() as folder:
        for suffix, language in FORMATS:
            path = Path(folder) / f"a{suffix}"
            write_customers(customers, path, language=language)
            assert list(plan_customers(path).records) == bare
            if any(customer.permissions for customer in customers):
                write_permissions(customers, path, language=language)
                found = to_permit(plan_permissions(path, bare, TODAY))
                assert found == {c.id: list(c.permissions) for c in customers if c.permissions}


def test_nothing_is_a_formula_in_excel_and_csv_stays_as_it_is(tmp_path: Path) -> None:
    term = Term("=cmd|'/c calc'!A1", "en", note="+1")
    write_terms([term], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (term.term, "s", "@")
    write_terms([term], tmp_path / "a.csv")
    assert "\n=cmd|'/c calc'!A1,en," in (tmp_path / "a.csv").read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    entry = replace(_sample_cases()[0], body="字" * 40_000 + "\n")
    with pytest.raises(
        InputError, match=r"row 2, 正文: 40,000 characters are more than a cell of Excel holds .* \.csv"
    ):
        write_entries([entry], "case", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    with pytest.raises(InputError, match=r"'.ods' is no format of sheets"):
        write_entries([entry], "case", tmp_path / "a.ods")
    with pytest.raises(InputError, match="one sheet holds entries of one kind"):
        write_entries([entry, replace(entry, kind="product")], "case", tmp_path / "a.csv")


def test_a_name_that_leads_to_two_customers_is_written_as_the_id(tmp_path: Path) -> None:
    twin = replace(PANLAN, names={"zh-CN": "申特电梯集团"}, other_names=())
    entry = replace(_sample_cases()[0], customer="shente", locale="zh-CN")
    write_entries([entry], "case", tmp_path / "a.csv", customers=[SHENTE, twin])
    [again] = _again(tmp_path / "a.csv", customers=[replace(SHENTE, names={"en": "Shente Elevator Group"}), twin])
    assert again.customer == "shente"


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_of_an_export_leads_back_to_its_field(kind: str) -> None:
    from knowledge.kinds import kind_named
    from knowledge.sheets.kind_fields import ENTRY, ENTRY_COLUMNS, TEXT, heading

    names = [*(f"{ENTRY}{name}" for name in ENTRY_COLUMNS), *(f.name for f in kind_named(kind).fields), TEXT, "自有"]
    for language in ("zh", "en"):
        assert [kind_headings(kind).field_of(heading(kind, name, language)) for name in names] == names
