"""Who may be named: the gate is the wall between the library and every model."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.gate import Gate
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
