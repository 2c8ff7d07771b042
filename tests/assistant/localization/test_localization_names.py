"""Names in a source text with their form in the target locale: known or empty, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import database_at
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.names import NameBook, name_book, names_in
from knowledge.domain.locale import Locale
from knowledge.embedding.embedder import Embedder
from knowledge.lexicon import KnownName, Lexicon, NameKind
from knowledge.library import Library
from knowledge.records import Audience, Customer, EntryVersion, State, Term
from knowledge.store.workspaces import ensure_workspace

ZH, EN, DE, JA = Locale("zh-CN"), Locale("en"), Locale("de"), Locale("ja")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def person(entry_id: str, locale: str, name: str, text: str, translates: str | None = None) -> EntryVersion:
    fields = {"name": name}
    return EntryVersion(
        entry_id, 1, "people", locale, name, text, State.APPROVED, Audience.PUBLIC, fields, translates=translates
    )


ENTRIES = (
    person("gu", "zh-CN", "顾言舟", "顾言舟创办了公司。Matthias Ehrle 是客户。"),
    person("gu-en", "en", "Gu Yanzhou", "Gu Yanzhou founded it.", translates="gu"),
)
CUSTOMERS = (
    Customer(
        "shente",
        {"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"},
        ("申特", "Shente"),
        {"zh-CN": "华东某电梯集团", "en": "an elevator group"},
    ),
    Customer("panlan", {"zh-CN": "磐岚压缩机", "ja": "パンラン圧縮機"}, aliases={"zh-CN": "某空压机厂"}),
)
TERMS = (
    Term("听石", "zh-CN", {"en": "TingStone"}, part_of_speech="proper noun"),
    Term("R200", "zh-CN", do_not_translate=True),
)
NAMES = (
    KnownName(NameKind.ORGANISATION, ("申特电梯集团", "Shente Elevator Group", "申特", "Shente")),
    KnownName(NameKind.ORGANISATION, ("磐岚压缩机", "パンラン圧縮機")),
    KnownName(NameKind.ORGANISATION, ("听石", "TingStone")),
    KnownName(NameKind.PERSON, ("顾言舟", "Gu Yanzhou")),
    KnownName(NameKind.PERSON, ("福尔默", "Katrin Vollmer", "K. Vollmer")),
    KnownName(NameKind.PERSON, ("Matthias Ehrle",)),
    KnownName(NameKind.PRODUCT, ("R200",)),
    KnownName(NameKind.PLACE, ("苏州", "Suzhou")),
    KnownName(NameKind.PLACE, ("昆山",)),
)
BOOK = NameBook(Lexicon(names=NAMES, terms=TERMS), CUSTOMERS, ENTRIES, TERMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("申特电梯集团接入了设备", {"申特电梯集团": "Shente Elevator Group"}),
        ("申特的设备", {"申特": "Shente"}),
        ("华东某电梯集团的设备", {"华东某电梯集团": "an elevator group"}),
        ("某空压机厂的设备", {}),
        ("听石与顾言舟", {"听石": "TingStone", "顾言舟": "Gu Yanzhou"}),
        ("磐岚压缩机的设备", {"磐岚压缩机": ""}),
        ("福尔默来访", {"福尔默": ""}),
        ("R200 在苏州和昆山", {"R200": "R200", "苏州": "Suzhou"}),
        ("Matthias Ehrle 来访", {"Matthias Ehrle": "Matthias Ehrle"}),
        ("华晟润泽科技有限公司选择了它", {"华晟润泽科技有限公司": ""}),
        ("他们用 KubeMax 部署", {"KubeMax": "KubeMax"}),
        ("公司的设备减少了停机", {}),
        ("", {}),
    ],
)
def test_chinese_into_english(text: str, found: dict[str, str]) -> None:
    assert names_in(text, BOOK, ZH, EN) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is Shente Elevator Group's plant.", {"Shente Elevator Group": "申特电梯集团"}),
        ("A plant of Shente in Suzhou", {"Shente": "申特", "Suzhou": "苏州"}),
        ("We met Gu Yanzhou and an elevator group.", {"Gu Yanzhou": "顾言舟", "an elevator group": "华东某电梯集团"}),
        ("The R200 was seen by Matthias Ehrle.", {"R200": "R200", "Matthias Ehrle": "Matthias Ehrle"}),
        ("It runs on KubeMax at Brandtner Holdings.", {"KubeMax": "", "Brandtner Holdings": ""}),
        ("Better Maintenance for Modern Machines", {}),
        ("We read the Annual Overview.", {}),
    ],
)
def test_english_into_chinese(text: str, found: dict[str, str]) -> None:
    assert names_in(text, BOOK, EN, ZH) == found


@pytest.mark.parametrize(
    ("text", "source", "target", "found"),
    [
        ("申特电梯集团与顾言舟", ZH, DE, {"申特电梯集团": "Shente Elevator Group", "顾言舟": "Gu Yanzhou"}),
        ("It runs on KubeMax at Shente.", EN, DE, {"KubeMax": "KubeMax", "Shente": "Shente"}),
        ("磐岚压缩机与申特电梯集团", ZH, JA, {"磐岚压缩机": "パンラン圧縮機", "申特电梯集团": ""}),
        ("听石与 R200", ZH, JA, {"听石": "", "R200": "R200"}),
    ],
)
def test_other_locales(text: str, source: Locale, target: Locale, found: dict[str, str]) -> None:
    assert names_in(text, BOOK, source, target) == found


pieces = st.sampled_from(
    ["申特电梯集团", "顾言舟", "R200", "在", "某空压机厂", "Shente", " ", "，", "Katrin Vollmer", "华东某电梯集团"]
)


@given(st.lists(pieces, max_size=8).map("".join), st.sampled_from([ZH, EN]), st.sampled_from([EN, ZH, DE, JA]))
def test_names_stand_in_the_text_and_forms_are_written_somewhere(text: str, source: Locale, target: Locale) -> None:
    known = {form for name in NAMES for form in name.spellings}
    known |= {form for customer in CUSTOMERS for form in customer.aliases.values()}
    for name, form in names_in(text, BOOK, source, target).items():
        assert name in text
        assert form in known | {"", name}


def no_embedder() -> Embedder:
    raise AssertionError("names need no embeddings")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with a product in two languages, a customer and a term."""
    database = database_at(tmp_path)
    database.migrate()
    ensure_workspace(database, "default", NOW)
    made = Library(database, "default", no_embedder, tmp_path, lambda: NOW)
    product = {"kind": "company", "audience": Audience.PUBLIC, "state": State.DRAFT, "text": "我们做网关。"}
    with made.entries.writing() as session:
        for version in (
            EntryVersion("own", 0, locale="zh-CN", title="公司", fields={"name": "汀石工联"}, **product),
            EntryVersion(
                "own-en", 0, locale="en", title="Company", fields={"name": "Tingstone"}, translates="own", **product
            ),
        ):
            made.entries.add_version(session, version, [], "writer", NOW)
    for entry_id in ("own", "own-en"):
        made.entries.approve(entry_id, "boss", NOW)
    made.customers.save(CUSTOMERS, by="writer", now=NOW)
    made.glossary.save([Term("备件", "zh-CN", {"en": "spare part"})], by="writer", now=NOW)
    yield made
    made.close()


def test_the_names_of_a_library(library: Library) -> None:
    text = "申特电梯集团用了汀石工联的网关。"
    assert names_in(text, name_book(library), ZH, EN) == {
        "申特电梯集团": "Shente Elevator Group",
        "汀石工联": "Tingstone",
    }
    given_terms = (Term("汀石工联", "zh-CN", {"en": "Tingstone Inc."}),)
    assert names_in(text, name_book(library, given_terms), ZH, EN)["汀石工联"] == "Tingstone Inc."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国联通拥有超过 3 亿用户。", {"中国联通": "China Unicom"}),
        ("京东方和京东都选择了它。", {"京东方": "BOE", "京东": "JD.com"}),
        ("海底捞选择了我们。", {"海底捞": "Haidilao"}),
        ("中国移动互联网和中国电信行业在增长。", {}),
        ("欧美团队提高通过率。", {}),
    ],
)
def test_companies_that_everybody_knows_have_the_name_they_use(text: str, expected: dict[str, str]) -> None:
    assert names_in(text, NameBook(Lexicon()), ZH, EN) == expected
    assert names_in(text, NameBook(Lexicon()), ZH, DE) == expected
    assert not names_in(text, NameBook(Lexicon()), ZH, JA)


def test_what_the_library_says_of_such_a_company_comes_first() -> None:
    name = KnownName(NameKind.ORGANISATION, ("华为", "Huawei Technologies"))
    assert names_in("华为选择了我们。", NameBook(Lexicon([name])), ZH, EN) == {"华为": "Huawei Technologies"}


def test_a_word_before_an_unknown_name_is_no_part_of_it() -> None:
    text = "自顺网科技成立以来，随着业务快速发展，顺网科技服务了很多门店。"
    assert names_in(text, NameBook(Lexicon()), ZH, EN) == {"顺网科技": ""}
