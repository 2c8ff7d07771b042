"""Customers' names are found in every shape, and ordinary words are not taken for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.naming.customer_names import CustomerNames, Naming
from knowledge.records import Customer

SHENTE = Customer(
    "shente", {"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"}, ("申特电梯", "申特", "Shente", "STE")
)
MUELLER = Customer(
    "mueller",
    {"de": "Müller & Söhne Maschinenbau GmbH & Co. KG", "zh-CN": "穆勒机械（中国）有限公司"},
    ("Brückner Weißtal AG",),
)
ONEIL = Customer("oneil", {"en": "O'Neil Water, Inc."}, ("TingDeck Cloud",))
ORDINARY = Customer("ordinary", {"en": "Delta Group", "zh-CN": "长江集团"}, ("IT", "CAN", "Best Buy", "阳光"))
NAMES = CustomerNames([SHENTE, MUELLER, ONEIL, ORDINARY])


def found(text: str, names: CustomerNames = NAMES) -> list[Naming]:
    namings = names.find(text)
    assert all(naming.span.of(text) == naming.spelling for naming in namings)
    return namings


def told(text: str) -> list[tuple[str, str, bool]]:
    return [(naming.spelling, naming.customer, naming.safe) for naming in found(text)]


@pytest.mark.parametrize(
    "name",
    [
        "申特电梯集团", "申 特 电 梯 集 团", "申\u3000特\u00a0电\u2009梯", "申\u200b特\u2060电\u00ad梯", "申\n特电梯集团",
        "申特\r\n  电梯", "申特電梯集團", "申特電梯", "申特电梯有限公司", "申特电梯股份有限公司", "申特集团", "申特·电梯",
        "申\ufe00特", "申特公司", "申**特**电梯",
        "Shente Elevator Group", "shente elevator group", "SHENTE ELEVATOR GROUP", "Shente elevator",
        "Ｓｈｅｎｔｅ　Ｅｌｅｖａｔｏｒ", "S h e n t e", "S\u2009h\u2009e\u2009n\u2009t\u2009e", "Shente\u00a0Elevator",
        "ShenteElevator", "Shente-Elevator Group", "Shente‑Elevator", "She\u200bnte", "Shen\u00adte", "Shen-\nte",
        "Shente\nElevator\nGroup", "Shēntè", "Shente Elevator Co., Ltd.", "Shente Elevator Group Inc.",
        "Shente Elevator GmbH", "shente", "SHENTE", "𝐒𝐡𝐞𝐧𝐭𝐞", "S.T.E.", "S. T. E.", "STE", "ste", "Ｓ．Ｔ．Ｅ．", "S-T-E",
        "shente elevator ltd",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["与 {} 合作", "{}", "the {}, since 2024", "（{}）", "“{}”"])
def test_every_shape_of_a_chinese_customers_name(name: str, around: str) -> None:
    text = around.format(name)
    begin, end = text.index(name), text.index(name) + len(name)
    namings = [naming for naming in found(text) if naming.customer == "shente"]
    assert [naming.safe for naming in namings] == [True]
    assert namings[0].span.start == begin
    assert end - 1 <= namings[0].span.end <= end, "a last point may be the sentence's"


@pytest.mark.parametrize(
    "name",
    [
        "Müller & Söhne Maschinenbau GmbH & Co. KG", "Müller & Söhne Maschinenbau", "Mueller & Soehne Maschinenbau",
        "Muller & Sohne Maschinenbau", "müller & söhne maschinenbau", "MÜLLER & SÖHNE MASCHINENBAU",
        "Müller und Söhne Maschinenbau", "Müller and Söhne Maschinenbau AG", "Müller&Söhne Maschinenbau",
        "Mu\u0308ller & So\u0308hne Maschinenbau", "Müller & Söhne-Maschinenbau", "Müller & Söhne\nMaschinenbau GmbH",
        "M ü l l e r & S ö h n e M a s c h i n e n b a u", "Brückner Weißtal", "Brueckner Weisstal AG",
        "Bruckner Weisstal", "BRÜCKNER WEISSTAL SE", "Brückner-Weißtal", "Brückner\u2011Weißtal KG",
        "穆勒机械（中国）有限公司", "穆勒机械(中国)", "穆勒机械有限公司", "穆勒機械（中國）有限公司", "穆 勒 机 械 中 国",
    ],
)  # fmt: skip
def test_every_shape_of_a_german_customers_name(name: str) -> None:
    assert told(f"Bei {name}: 27 %.") == [(name, "mueller", True)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shente's lifts", "Shente"),
        ("Shente’s lifts", "Shente"),
        ("the SHENTE'S lifts", "SHENTE"),
        ("Shentes Aufzüge", "Shentes"),
        ("O’Neil Water’s pumps", "O’Neil Water"),
        ("ONeil Water", "ONeil Water"),
        ("O'Neil Water, LLC, said", "O'Neil Water, LLC"),
        ("on Ting Deck Cloud", "Ting Deck Cloud"),
        ("Made by S.T.E. It runs.", "S.T.E"),
        ("by S.T.E. and others", "S.T.E."),
        ("Shente Elevator Ltd. It runs.", "Shente Elevator Ltd"),
        ("we like Shente Elevator Ltd.", "Shente Elevator Ltd"),
        ("Shente as a supplier", "Shente"),
        ("Shente Group of companies", "Shente"),
        ("Shente co-operates", "Shente"),
        ("申特集团化运营", "申特"),
        ("Shente/Panlan", "Shente"),
        ("Panlan/Shente 两家", "Shente"),
        ("申特/磐岚", "申特"),
        ("ends here.Shente begins", "Shente"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    assert [(naming.spelling, naming.safe) for naming in found(text)] == [(name, True)]


@pytest.mark.parametrize(
    "text",
    [
        "ShenteCloud", "MyShente app", "Shente2026", "shente.example", "www.shente.example", "https://shente.example/a",
        "info@shente.cn", "shente@mail.example", "info@myshente.cn", "shentecloud.example", "cases/shente.md",
        "cases/申特.md", "见文件申特.docx", "C:\\cases\\Shente\\a.md", "/srv/申特/", "#申特", "＃申特电梯#", "#Shente",
        "@Shente", "@申特电梯 说", "shente_2024", "case_shente", "case-shente-2024", "https://a.example/%E7%94%B3%E7%89%B9",
        "https://a.example/?q=Shente", "xn--u9j.example xn--rhqs80e.cn",
    ],
)  # fmt: skip
def test_names_inside_addresses_and_longer_words_cannot_be_taken_out(text: str) -> None:
    if "xn--" in text:
        text = f"见 xn--{'申特'.encode('punycode').decode()}.cn"
    assert {(naming.customer, naming.safe) for naming in found(text)} == {("shente", False)}


@pytest.mark.parametrize(
    "text",
    [
        "重申特别说明的要求", "再次重申特殊情况", "我们申请特别许可", "长江的水很清", "长江沿线", "an Steel stairs",
        "dashen technology", "the dashing shen", "presented", "It is what it can do, as I am told.", "it can", "Can it?",
        "steel", "the delta of the river", "Delta variants", "step by step", "we buy the best", "best buy of the week",
        "taste", "haste", "Water, Inc.", "Maschinenbau in Deutschland", "有限公司", "集团股份有限公司", "电梯集团",
        "elevator group", "Elevator Group", "at 10 a.m. in the water", "机械（中国）有限公司", "O'Neill", "tingle decks",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names(text: str) -> None:
    assert told(text) == []


def test_a_common_word_counts_where_it_is_written_as_the_name() -> None:
    assert told("the IT department of Best Buy") == [("IT", "ordinary", True), ("Best Buy", "ordinary", True)]
    assert told("Delta Holding and 长江股份有限公司") == [
        ("Delta Holding", "ordinary", True),
        ("长江股份有限公司", "ordinary", True),
    ]


def test_the_longest_of_a_customer_and_all_customers_are_found() -> None:
    whole = Customer("whole", {"zh-CN": "申特电梯工程有限公司"})
    both = CustomerNames([SHENTE, whole])
    assert [(n.spelling, n.customer) for n in both.find("由申特电梯工程有限公司承建")] == [
        ("申特电梯工程有限公司", "whole"),
        ("申特电梯", "shente"),
    ]
    twins = CustomerNames([SHENTE, Customer("twin", {"en": "Shente"})])
    assert [n.customer for n in twins.find("Shente")] == ["shente", "twin"]


def test_a_one_letter_name_stands_alone() -> None:
    letters = CustomerNames([Customer("x", {"en": "X"}), Customer("han", {"zh-CN": "申"})])
    assert [n.spelling for n in letters.find("X and x-ray, 申请 申，X1 Xbox")] == ["X", "申"]


def test_nothing_to_find() -> None:
    assert CustomerNames([]).find("Shente") == []
    assert CustomerNames([Customer("empty", {"en": "…"}, ("", " "))]).find("… Shente") == []
    assert NAMES.find("") == []


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A known name between quiet words, with what keyboards and files put into names."""
    name = draw(st.sampled_from(["申特电梯集团", "申特", "Shente Elevator Group", "Shente"]))
    unseen = st.sampled_from(["", "", "\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d"])
    between = st.sampled_from([" ", "\u00a0", "\u3000", "\u2009", "\n", "", "-"])
    wide = draw(st.booleans())
    case = draw(st.sampled_from([str, str.lower, str.upper]))
    spaced = draw(st.booleans())
    letters = []
    for char in case(name):
        if char == " ":
            letters.append(draw(between))
            continue
        if wide and char.isascii():
            char = chr(ord(char) + 0xFEE0)
        gap = draw(st.sampled_from([" ", "\u2009", "\u3000"])) if spaced and letters else ""
        letters.append(gap + draw(unseen) + char)
    left, right = draw(st.sampled_from([("与 ", " 合作"), ("（", "）"), ("with ", ", since"), ("", "")]))
    return left + "".join(letters) + right, name


@given(disguised())
@settings(max_examples=300, deadline=None)
def test_a_disguised_name_is_found_whole(made: tuple[str, str]) -> None:
    text, name = made
    namings = [naming for naming in found(text) if naming.customer == "shente"]
    kept = "".join(c for c in unicodedata.normalize("NFKC", "".join(n.spelling for n in namings)) if c.isalnum())
    assert kept.lower() == name.replace(" ", "").lower()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= n.span.start < n.span.end <= len(text) for n in found(text))


def test_a_long_text_of_beginnings_is_no_trap() -> None:
    text = "Shente Elevator Grou " * 4000 + "%E7" * 4000 + "申" * 4000 + "a/" * 4000 + "." * 4000 + "申特"
    namings = NAMES.find(text)
    assert len(namings) == 4001
