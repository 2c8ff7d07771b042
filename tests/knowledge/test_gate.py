"""Who may be named: the gate is the wall between the library and every model."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knowledge.gate import Gate
from knowledge.naming.customer_names import CustomerNames
from knowledge.records import Audience, Customer, EntryVersion, Level, Passage, Permission, Scope, State, Use

TODAY = date(2026, 11, 21)
PUBLIC = Scope(audience=Audience.PUBLIC)


def customer(*permissions: Permission, alias: str = "华东某维保集团") -> Customer:
    return Customer(
        id="shente",
        names={"zh-CN": "申特电梯集团", "en": "Shente Elevator Group"},
        other_names=("申特",),
        aliases={"zh-CN": alias, "en": "a maintenance group in East China"} if alias else {},
        permissions=permissions,
    )


def passage(text: str, *, locale: str = "zh-CN", quotes: list[dict[str, object]] | None = None) -> Passage:
    entry = EntryVersion(
        entry_id="case-x", version=1, kind="case", locale=locale, title="申特电梯集团的故事", text=text,
        state=State.APPROVED, audience=Audience.PUBLIC, customer="shente", source="cases/申特.md",
        fields={"quotes": quotes or []},
    )  # fmt: skip
    return Passage(1, "case-x@1#0", entry, text, ("申特的痛点",), "申特的痛点 · line 3", locale)


NAME_PUBLIC = Permission(Use.NAME, Level.PUBLIC)
NAME_ALIAS = Permission(Use.NAME, Level.ALIAS)
FIGURES = Permission(Use.FIGURES, Level.PUBLIC)
QUOTE = Permission(Use.QUOTE, Level.ALIAS)


def test_a_public_name_passes_as_it_stands() -> None:
    given = passage("申特电梯集团维保电梯。")
    assert Gate([customer(NAME_PUBLIC, FIGURES)], PUBLIC, TODAY).pass_through(given) == given


def test_every_spelling_becomes_the_alias_in_text_title_headings_locator_and_source() -> None:
    seen = Gate([customer(NAME_ALIAS)], PUBLIC, TODAY).pass_through(
        passage("申特电梯集团与申特，Shente Elevator Group。")
    )
    assert seen is not None
    assert seen.text == "华东某维保集团与华东某维保集团，华东某维保集团。"
    everything = f"{seen.entry.title}{seen.headings}{seen.locator}{seen.entry.source}{seen.entry.text}"
    assert "申特" not in everything
    assert "Shente" not in everything


def test_the_alias_is_that_of_the_passages_language() -> None:
    seen = Gate([customer(NAME_ALIAS)], PUBLIC, TODAY).pass_through(
        passage("Shente Elevator Group maintains lifts.", locale="en")
    )
    assert seen is not None
    assert seen.text.startswith("A maintenance group in East China"), "at the start of a sentence"


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (customer(), "silence is not consent"),
        (customer(Permission(Use.NAME, Level.INTERNAL)), "internal only"),
        (customer(NAME_ALIAS, alias=""), "no alias to put in its place"),
    ],
)
def test_withheld(who: Customer, why: str) -> None:
    assert Gate([who], PUBLIC, TODAY).pass_through(passage("申特维保电梯。")) is None, why


def test_an_expired_consent_to_the_name_leaves_the_alias() -> None:
    expired = Permission(Use.NAME, Level.PUBLIC, until=date(2026, 11, 20))
    seen = Gate([customer(expired)], PUBLIC, TODAY).pass_through(passage("申特维保电梯。"))
    assert seen is not None
    assert seen.text == "华东某维保集团维保电梯。"


def test_the_last_day_of_a_consent_still_counts() -> None:
    last_day = Permission(Use.NAME, Level.PUBLIC, until=TODAY)
    seen = Gate([customer(last_day)], PUBLIC, TODAY).pass_through(passage("申特维保电梯。"))
    assert seen is not None
    assert "申特" in seen.text


@pytest.mark.parametrize(("market", "named"), [("CN", True), ("EU", False), (None, False)])
def test_a_consent_for_one_market_does_not_cover_another(market: str | None, named: bool) -> None:
    only_cn = Permission(Use.NAME, Level.PUBLIC, markets=("CN",))
    seen = Gate([customer(only_cn)], Scope(market=market), TODAY).pass_through(passage("申特维保电梯。"))
    assert seen is not None
    assert ("申特" in seen.text) is named


def test_figures_without_consent_are_withheld() -> None:
    gate = Gate([customer(NAME_ALIAS)], PUBLIC, TODAY)
    assert gate.pass_through(passage("申特的响应时间由 95 分钟降至 38 分钟。")) is None
    assert gate.pass_through(passage("申特维保住宅电梯。")) is not None


def test_a_quote_needs_consent_and_approval_and_hides_its_speaker_behind_the_alias() -> None:
    said: dict[str, object] = {"text": "现在省心多了。", "speaker": "周启明", "title": "运营总监", "approved": "true"}
    text = "运营总监周启明说：\n“现在省心多了。” —— 周启明，运营总监"
    with_consent = Gate([customer(NAME_ALIAS, QUOTE)], PUBLIC, TODAY)
    seen = with_consent.pass_through(passage(text, quotes=[said]))
    assert seen is not None
    assert "周启明" not in seen.text
    assert seen.text == "运营总监说：\n“现在省心多了。” —— 运营总监"
    assert with_consent.quotes(passage(text, quotes=[said]).entry)[0]["speaker"] == ""
    assert with_consent.pass_through(passage(text, quotes=[{**said, "approved": "false"}])) is None
    assert Gate([customer(NAME_ALIAS)], PUBLIC, TODAY).pass_through(passage(text, quotes=[said])) is None


def test_inside_the_company_names_stand() -> None:
    given = passage("申特的响应时间由 95 分钟降至 38 分钟。")
    assert Gate([customer()], Scope(audience=Audience.INTERNAL), TODAY).pass_through(given) == given


def test_a_passage_about_an_unknown_customer_is_withheld() -> None:
    assert Gate([], PUBLIC, TODAY).pass_through(passage("申特维保电梯。")) is None


# --- names in every shape ---

YULAN = Customer(
    id="yulan",
    names={"zh-CN": "渝岚电梯服务有限公司", "en": "Yulan Elevator Services"},
    other_names=("渝岚", "Yulan"),
    aliases={"zh-CN": "西南某企业", "en": "a company in Southwest China"},
    permissions=(Permission(Use.NAME, Level.ALIAS),),
)


def known(*permissions: Permission, alias: str = "华东某维保集团") -> Customer:
    """The customer with its short Latin name, too."""
    return replace(customer(*permissions, alias=alias), other_names=("申特", "Shente"))


def general(text: str, locale: str = "zh-CN", title: str = "概述") -> Passage:
    """A passage of an entry about nobody in particular."""
    entry = EntryVersion(
        entry_id="company", version=1, kind="company", locale=locale, title=title, text=text,
        state=State.APPROVED, audience=Audience.PUBLIC, source="company/profile.md",
    )  # fmt: skip
    return Passage(2, "company@1#0", entry, text, (), "line 1", locale)


def squeezed(text: str) -> str:
    """Letters only, one width and one case: what a reader makes of it."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).casefold()


@pytest.mark.parametrize(
    ("locale", "given", "seen"),
    [
        ("zh-CN", "与申 特 电 梯合作。", "与华东某维保集团合作。"),
        ("zh-CN", "申特電梯集團（SHENTE ELEVATOR GROUP）维保电梯。", "华东某维保集团维保电梯。"),
        ("zh-CN", "申特电梯集团股份有限公司与渝岚公司。", "华东某维保集团与西南某企业。"),
        ("zh-CN", "ｓｈｅｎｔｅ　ｅｌｅｖａｔｏｒ　ｇｒｏｕｐ的工人", "华东某维保集团的工人"),
        ("en", "The Shente Elevator Group grows.", "A maintenance group in East China grows."),
        (
            "en",
            "At Shente’s and YULAN'S depots",
            "At a maintenance group in East China’s and a company in Southwest China's depots",
        ),
        (
            "en",
            "with S-h-e-n-t-e Elevator\nGroup Ltd, since 2024",
            "with a maintenance group in East China, since 2024",
        ),
    ],
)
def test_any_shape_of_a_name_becomes_the_alias(locale: str, given: str, seen: str) -> None:
    gate = Gate([known(NAME_ALIAS), YULAN], PUBLIC, TODAY)
    passed = gate.pass_through(general(given, locale))
    assert passed is not None
    assert passed.text == seen
    assert gate.redact(given, locale) == seen


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("写信给 info@shente.cn。", "写信给 info@….cn。"),
        ("见 https://shente.example/a", "见 https://….example/a"),
        ("话题 #申特电梯集团", "话题 #…"),
        ("用 ShenteElevatorGroupCloud 登录", "用 …Cloud 登录"),
        ("见 cases/申特.md", "见 cases/….md"),
    ],
)
def test_what_cannot_be_taken_out_is_withheld_or_cut(text: str, redacted: str) -> None:
    gate = Gate([known(NAME_ALIAS)], PUBLIC, TODAY)
    assert gate.pass_through(general(text)) is None
    assert gate.pass_through(general("平静的一句。", title=text)) is None, "in a title as well"
    assert gate.redact(text, "zh-CN") == redacted
    assert gate.hides(text)


def test_an_alias_that_tells_a_name_is_none() -> None:
    own = known(NAME_ALIAS, alias="原申 特集团")
    other = known(NAME_ALIAS, alias="渝岚的伙伴")
    free = replace(YULAN, permissions=(Permission(Use.NAME, Level.PUBLIC),))
    assert Gate([own], PUBLIC, TODAY).pass_through(general("申特维保电梯。")) is None
    assert Gate([other, YULAN], PUBLIC, TODAY).pass_through(general("申特维保电梯。")) is None
    assert Gate([other, YULAN], PUBLIC, TODAY).alias("shente", "zh-CN") is None
    assert Gate([other, YULAN], PUBLIC, TODAY).redact("申特维保电梯。", "zh-CN") == "…维保电梯。"
    assert Gate([other, free], PUBLIC, TODAY).redact("申特维保电梯。", "zh-CN") == "渝岚的伙伴维保电梯。"


def test_a_language_without_alias_withholds() -> None:
    assert Gate([known(NAME_ALIAS)], PUBLIC, TODAY).pass_through(general("Shente baut.", "de")) is None


def test_another_customer_who_may_not_be_spoken_of_withholds_the_passage() -> None:
    silent = replace(YULAN, permissions=())
    gate = Gate([known(NAME_ALIAS), silent], PUBLIC, TODAY)
    assert gate.pass_through(passage("申特与渝岚合作。")) is None
    assert gate.redact("申特与渝岚合作。", "zh-CN") == "华东某维保集团与西南某企业合作。"


def test_the_longer_name_of_a_customer_that_may_be_named_stands() -> None:
    named = Customer("works", {"zh-CN": "申特电梯工程有限公司"}, permissions=(NAME_PUBLIC,))
    gate = Gate([known(NAME_ALIAS), named], PUBLIC, TODAY)
    assert gate.redact("申特电梯工程有限公司与申特", "zh-CN") == "申特电梯工程有限公司与华东某维保集团"


def test_a_withdrawn_permission_leaves_nothing_and_an_expired_one_the_alias() -> None:
    gone = Permission(Use.NAME, Level.PUBLIC, withdrawn_on=date(2026, 11, 20))
    assert Gate([known(gone)], PUBLIC, TODAY).pass_through(passage("申特维保电梯。")) is None
    assert not Gate([known(gone)], PUBLIC, TODAY).admits(passage("").entry)


def test_figures_and_quotes_for_the_alias_only_hide_a_public_name() -> None:
    under_alias = Permission(Use.FIGURES, Level.ALIAS)
    gate = Gate([known(NAME_PUBLIC, under_alias)], PUBLIC, TODAY)
    with_figure = gate.pass_through(passage("申特的响应时间由 95 分钟降至 38 分钟。"))
    without = gate.pass_through(passage("申特维保住宅电梯。"))
    assert with_figure is not None
    assert without is not None
    assert with_figure.text == "华东某维保集团的响应时间由 95 分钟降至 38 分钟。"
    assert without.text == "申特维保住宅电梯。"


def test_nothing_of_the_entry_leaves_with_the_passage_that_the_passage_would_not_tell() -> None:
    entry = replace(
        passage("").entry,
        title="申特的故事：由 95 分钟降至 38 分钟",
        text="申特 https://shente.example 周启明",
        body="# 申特\n周 启明说",
        fields={
            "project_name": "申特一期", "website": "https://lift.example", "tags": ["Shente", {"who": "周启明"}],
            "results": [{"before": "95 分钟"}], "count": 3,
            "quotes": [
                {"text": "在申特，我们先知道。", "speaker": "周启明", "title": "总监", "approved": True},
                {"text": "现在省心多了。", "speaker": "周启明", "title": "申特总监", "approved": True,
                 "translation": {"en": "Easier at Shente."}},
            ],
        },
    )  # fmt: skip
    who = known(NAME_ALIAS, QUOTE, Permission(Use.VISIT, Level.PUBLIC, consented_by="李 四（厂长）"))
    gate = Gate([who], PUBLIC, TODAY)
    seen = gate.pass_through(Passage(3, "case-x@1#1", entry, "李四与周 启明维保电梯。", (), "line 2", "zh-CN"))
    assert seen is not None
    assert seen.text == "厂长与华东某维保集团总监维保电梯。"
    left = repr(replace(seen.entry, entry_id="", customer=None))
    assert not [
        secret for secret in ("申特", "hente", "周启明", "周 启明", "lift.example", "95", "38") if secret in left
    ]
    assert seen.entry.fields["count"] == 3
    assert [(q["text"], q["title"], q["translation"]) for q in gate.quotes(entry)] == [
        ("现在省心多了。", "华东某维保集团总监", {})
    ]


def test_gates_share_one_matcher() -> None:
    names = CustomerNames([known(NAME_ALIAS)])
    one, two = (Gate([known(NAME_ALIAS)], PUBLIC, TODAY, names) for _ in range(2))
    assert one.names is two.names
    assert one.redact("申特", "zh-CN") == "华东某维保集团"


@given(
    st.lists(
        st.sampled_from(
            ["申特电梯集团", "申 特", "SHENTE", "Shente Elevator", "shen\u200bte", "Ｓｈｅｎｔｅ", "ShenteElevatorGroup",
             "Shente's", "info@shente.cn", "#申特", "ShenteCloud", "申特電梯集團", "渝岚", "YULAN", "维保电梯", "with",
             "（", "）", "，", " ", ". ", "\n", "the ", "《"]
        ),
        max_size=14,
    ),
    st.sampled_from(["zh-CN", "en"]),
)  # fmt: skip
@hypothesis_settings(max_examples=300, deadline=None)
def test_no_spelling_is_left_in_what_leaves_the_gate(parts: list[str], locale: str) -> None:
    gate = Gate([known(NAME_ALIAS), YULAN], PUBLIC, TODAY)
    # Latin words run together are no names: `withSHENTE` is nobody's.
    latin = [unicodedata.normalize("NFKC", part)[-1].isascii() and part[-1].isalpha() for part in parts]
    text = "".join(f" {part} " if is_latin else part for part, is_latin in zip(parts, latin, strict=True))
    passed = gate.pass_through(general(text, locale))
    for seen in ([passed.text] if passed else []) + [gate.redact(text, locale)]:
        assert not [name for name in ("申特", "申特電", "shente", "渝岚", "yulan") if name in squeezed(seen)]
