"""A list of customers holds those whose permission covers the use, called as they may be called, and nobody else."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.workspace import Workspace
from knowledge.clearance import listed
from knowledge.domain.quantity import find
from knowledge.records import Audience, Level, Scope, Use

SECTIONS = {"name": "named", "figures": "figures", "quote": "quoted", "visit": "visits", "logo": "logos"}


def drawn(
    workspace: Workspace,
    use: str,
    locale: str = "zh-CN",
    market: str | None = "CN",
    channel: str | None = None,
    audience: Audience = Audience.PUBLIC,
    **inputs: str,
) -> Draft:
    brief = Brief("reference_list", {"use": use, **inputs}, locale, market, channel, audience)
    return workspace.draft(brief)


def lines(draft: Draft, use: str) -> list[str]:
    return [p.text for s, p in draft.paragraphs() if s.id == SECTIONS[use] and not p.gap]


@pytest.mark.parametrize("audience", list(Audience))
def test_nobody_without_a_covering_permission(sample: Workspace, audience: Audience) -> None:
    customers = sample.library.customers.all()
    today = sample.library.now().date()
    for market, channel in product((None, "CN", "EU"), (None, "website")):
        scope = Scope(audience=audience, market=market, channel=channel)
        draft = drawn(sample, ",".join(SECTIONS), "zh-CN", market, channel, audience)
        for use in SECTIONS:
            text = "\n".join(lines(draft, use))
            gate = sample.library.gate(scope)
            allowed = {c.id for c in customers if listed(c, [Use(use)], scope, today)}
            assert set(gate.spoken_of(text)) == allowed, (audience, market, channel, use)
            if audience is not Audience.INTERNAL:
                assert not gate.hides(text)
        assert not draft.has_errors


def test_the_alias_stands_where_the_name_may_not(sample: Workspace) -> None:
    text = "\n".join(lines(drawn(sample, "figures"), "figures"))
    assert "华东某电梯维保集团" in text
    assert "申特" not in text
    assert "东北某供热企业" in text  # its permission to be named has run out, that for its figures has not
    assert "暖川" not in text
    assert "隆嶂" not in text
    assert "西北某矿业企业" not in text


def test_an_alias_is_no_name(sample: Workspace) -> None:
    text = "\n".join(lines(drawn(sample, "name"), "name"))
    assert "济澜水务集团" in text
    assert "某电梯维保集团" not in text


def test_a_visit_is_for_the_market_of_the_permission(sample: Workspace) -> None:
    here = "\n".join(lines(drawn(sample, "visit"), "visit"))
    assert "济澜水务集团" in here
    assert "络云纺织有限公司" in here
    assert "申特" not in here
    assert lines(drawn(sample, "visit", market="EU"), "visit") == []
    assert lines(drawn(sample, "visit", market=None), "visit") == []


def test_a_logo_is_for_the_channel_of_the_permission(sample: Workspace) -> None:
    assert lines(drawn(sample, "logo"), "logo") == []
    on_site = lines(drawn(sample, "logo", channel="website"), "logo")
    assert any("磐岚压缩机有限公司" in line for line in on_site)
    assert not any("布伦哈根" in line for line in on_site)  # for the market EU only


def test_what_was_withdrawn_is_gone_at_once(sample: Workspace) -> None:
    sample.library.withdraw("jilan", Use.VISIT, by="test")
    assert not any("济澜" in line for line in lines(drawn(sample, "visit"), "visit"))
    assert any("济澜" in line for line in lines(drawn(sample, "name"), "name"))
    sample.library.withdraw("jilan", None, by="test")
    text = "\n".join("\n".join(lines(drawn(sample, use), use)) for use in SECTIONS)
    assert "济澜" not in text
    assert "华中某城市供水企业" not in text


def test_a_result_needs_permission_for_figures(sample: Workspace) -> None:
    [before] = [line for line in lines(drawn(sample, "name"), "name") if "磐岚" in line]
    assert "6.8 次降至 2.1 次" in before
    sample.library.withdraw("panlan", Use.FIGURES, by="test")
    [after] = [line for line in lines(drawn(sample, "name"), "name") if "磐岚" in line]
    assert not find(after.replace("R200", "").replace("S10", ""))


def test_inside_each_line_says_how_far_the_permission_goes(sample: Workspace) -> None:
    inside = lines(drawn(sample, "visit", audience=Audience.INTERNAL), "visit")
    [shente] = [line for line in inside if "申特" in line]
    assert "接待参观（仅限公司内部）" in shente
    assert not any("许可" in line for line in lines(drawn(sample, "visit"), "visit"))
    assert not any("隆嶂" in line for line in inside)  # no permission on record


def test_every_line_rests_on_the_register_and_on_the_case_where_there_is_one(sample: Workspace) -> None:
    draft = drawn(sample, "figures", "en")
    named = [p for s, p in draft.paragraphs() if s.id == "figures"]
    for paragraph in named:
        assert any(e.origin == "register" for e in draft.cited(paragraph))
    [jilan] = [p for p in named if "Jilan Water Group" in p.text]
    assert {e.kind for e in draft.cited(jilan)} == {"", "case"}
    assert "Municipal water supply" in jilan.text
    [luoyun] = [p for p in named if "Luoyun" in p.text]
    assert {e.origin for e in draft.cited(luoyun)} == {"register"}  # its case is in Chinese only


def test_the_choice_orders_the_list_and_what_it_is_about_narrows_it(sample: Workspace) -> None:
    by_region = lines(drawn(sample, "figures", by="region"), "figures")
    regions = [line.split("】")[0] for line in by_region]
    assert regions == sorted(regions)
    assert len(set(regions)) > 3
    water = lines(drawn(sample, "figures", about="供水"), "figures")
    assert len(water) == 1
    assert "济澜" in water[0]
    assert lines(drawn(sample, "figures", about="量子通信卫星"), "figures") == []


def test_a_list_that_nobody_may_stand_on_asks(sample: Workspace) -> None:
    draft = drawn(sample, "visit", market="US")
    [gap] = [p for s, p in draft.paragraphs() if s.id == "visits"]
    assert gap.gap
    assert not gap.citations


def test_the_name_is_never_beside_the_alias(sample: Workspace) -> None:
    draft = drawn(sample, ",".join(SECTIONS), channel="website")
    assert not [f for f in draft.findings if f.check == "alias_leak"]


@pytest.mark.parametrize(("figures", "told"), [(Level.PUBLIC, True), (Level.ALIAS, False)])
def test_figures_under_the_alias_only_do_not_stand_beside_the_name(
    sample: Workspace, figures: Level, told: bool
) -> None:
    from knowledge.records import Permission

    now = sample.library.now()
    sample.library.withdraw("panlan", Use.FIGURES, by="test")
    sample.library.customers.permit({"panlan": [Permission(Use.FIGURES, figures)]}, by="test", now=now)
    [line] = [line for line in lines(drawn(sample, "name"), "name") if "磐岚" in line]
    assert ("6.8 次" in line) is told
    assert "华东某空压机制造商" not in line
