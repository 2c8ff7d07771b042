"""The HTML pages: well formed, self-contained, without script, every claim with its verdict and evidence."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import etree, html
from test_export_samples import CASE, CHANGE, EN, FINDINGS, HOSTILE, SAID, TITLE, ZH

from assistant.checking import CheckReport
from assistant.draft import Paragraph, Section
from assistant.export import check_report_html, render
from assistant.export.plain import clean
from assistant.given import given_text
from knowledge.domain.finding import Span


def parse(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def report() -> str:
    text = f"通稿\n\n{CHANGE.text}\n{HOSTILE}\n"
    shift = text.index(CHANGE.text)

    def moved(span: Span) -> Span:
        return Span(span.start + shift, span.end + shift)

    claims = [replace(c, paragraph=None, span=moved(c.span)) for c in ZH.claims if c.paragraph == CHANGE.id]
    findings = [replace(f, paragraph=None, span=moved(f.span)) for f in FINDINGS if f.span]
    return check_report_html(
        "通稿 <1>.docx", CheckReport(given_text(text), "zh-CN", tuple(claims), (*findings, FINDINGS[0]), ZH.evidence)
    )


PAGES = {
    "zh": render(ZH, "html"),
    "en": render(EN, "html"),
    "clean": render(ZH, "html", marked=False),
    "report": report(),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_self_contained_and_without_script(page: str) -> None:
    root = parse(page)
    assert not root.xpath(
        "//script | //img | //link | //iframe | //base | //*[@style] | //*[@*[starts-with(name(), 'on')]]"
    )
    assert all(a.get("href").startswith("#") for a in root.iter("a"))
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_security_policy_allows_exactly_the_own_style(page: str) -> None:
    (policy,) = parse(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_ids_are_unique_and_every_reference_leads_somewhere(page: str) -> None:
    root = parse(page)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in root.iter("a")} <= set(ids)
    assert set(root.xpath("//@aria-describedby | //@aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_style_has_balanced_braces_and_rules_for_each_mark(page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert style.count("{") == style.count("}")
    numbers = {int(n) for n in re.findall(r'class="claim [^"]*\bk(\d+)', page)}
    assert all(f".k{n}:is(:hover, :focus)" in style for n in numbers)
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_a_marked_page_says_draft_and_a_clean_one_does_not() -> None:
    root = parse(PAGES["zh"])
    meta = {m.get("name"): m.get("content") for m in root.iter("meta")}
    assert (meta["status"], meta["label"], meta["generated-by"]) == ("draft", "DRAFT / 草稿", "AI")
    assert (meta["draft"], meta["version"], meta["template"], meta["locale"]) == (
        "d-0142",
        "3",
        "success_story",
        "zh-CN",
    )
    assert "DRAFT / 草稿" in root.xpath("string(//*[contains(@class, 'banner')])")
    clean_page = PAGES["clean"]
    for word in ("DRAFT", "草稿", "检查结果", "number_unsupported", "<mark"):
        assert word not in clean_page
    assert CHANGE.text in clean_page


def test_the_page_is_in_the_language_of_the_draft() -> None:
    assert "来源" in PAGES["zh"]
    assert "Sources" in PAGES["en"]
    assert not re.search(r"[一-鿿]", parse(PAGES["en"]).text_content().replace("草稿", "").split("}")[-1])
    assert parse(PAGES["en"]).find(".//main").get("lang") == "en"


def test_the_text_of_a_paragraph_is_not_changed_by_its_marks() -> None:
    root = parse(PAGES["zh"])
    paragraph = root.get_element_by_id("p4")
    for note in paragraph.xpath("sup"):
        note.drop_tree()
    assert paragraph.text_content() == CHANGE.text
    hostile = parse(PAGES["en"]).get_element_by_id("p5")
    assert hostile.text_content() == clean(HOSTILE)
    assert len(hostile) == 0


def test_a_claim_can_be_tabbed_to_and_names_its_verdict_and_evidence() -> None:
    root = parse(PAGES["zh"])
    (mark,) = root.xpath("//mark[contains(@class, 'qualifier_changed')]")
    assert mark.text_content() == "约 12%"
    assert mark.get("tabindex") == "0"
    card = root.get_element_by_id(mark.get("aria-describedby")).text_content()
    for words in ("限定语有变", "来源中没有“约”", "S1", "12%", "case-elevator v4", "cases/elevator.md", "2026-12-01"):
        assert words in card
    (carries,) = root.xpath(f"//*[@id='{mark.get('aria-describedby')}']//b[@class='carries']/text()")
    assert carries == "12%"


def test_an_unsupported_claim_is_loud_by_more_than_colour() -> None:
    root = parse(PAGES["zh"])
    (mark,) = root.xpath("//main//mark[contains(@class, ' unsupported')]")
    assert "loud" in mark.get("class").split()
    card = root.get_element_by_id(mark.get("aria-describedby")).text_content()
    assert "!" in card
    assert "无依据" in card
    assert "number_unsupported" in card
    assert '.claim.unsupported::after { content: "\\2060!"' in PAGES["zh"]


def test_claims_nest() -> None:
    outer = parse(PAGES["zh"]).xpath("//mark[mark]")
    assert [(m.text_content(), m[0].text_content()) for m in outer] == [("领先水平", "领先")]


def test_a_supported_statement_is_a_tick_behind_its_words() -> None:
    [tick] = parse(PAGES["zh"]).xpath("//main//span[contains(@class, 'tick')]")
    assert tick.text_content() == ""
    assert tick.get("aria-label") == "有依据"
    before = tick.getprevious().text_content() + (tick.getprevious().tail or "")
    assert before.endswith("38 分钟")
    card = parse(PAGES["zh"]).get_element_by_id(tick.get("aria-describedby")).text_content()
    assert "陈述" in card


def test_the_key_counts_verdicts_and_kinds() -> None:
    words = " ".join(parse(PAGES["zh"]).xpath("string(//div[@class='legend'])").split())
    for counted in ("有依据 5", "无依据 1", "限定语有变 1", "数量", "最高级 1"):
        assert counted in words, words


def test_an_excerpt_never_splits_a_number() -> None:
    for quote in parse(PAGES["zh"]).xpath("//div[@class='cards']//blockquote"):
        words = quote.text_content().strip("…")
        assert words in CASE.text
        assert all(number in re.findall(r"\d+", CASE.text) for number in re.findall(r"\d+", words))


def test_the_page_shows_each_role_in_its_own_element() -> None:
    root = parse(PAGES["zh"])
    assert [h.text_content() for h in root.iter("h1")] == [TITLE.text + "[S1]"]
    assert root.get_element_by_id(SAID.id).tag == "blockquote"
    assert [li.text_content() for li in root.xpath("//main//li")][2] == "[第三条依据]"
    assert root.xpath("//main//th[@scope='col']/text()") == ["用前", "用后"]
    assert root.xpath("//main//th[@scope='row']/text()") == ["平均响应时间", "二次上门率"]
    assert root.xpath("//*[@class='gap']/text()")[0] == "[客户方项目负责人的一句话评价]"


def test_hostile_words_everywhere_stay_words() -> None:
    evil = "\"'><script>x</script></style>"
    evidence = replace(CASE, id="S1", text=evil, title=evil, source=evil, locator=evil, approved_by=evil, locale=evil)
    paragraph = Paragraph(evil, evil, ("S1",))
    page = render(
        replace(
            ZH, id=evil, title=evil, model=evil, evidence=(evidence,), sections=(Section("s", evil, (paragraph,)),)
        ),
        "html",
    )
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert parse(page).get_element_by_id(evil).text_content() == evil + "[S1]"


def test_the_report_marks_the_text_as_read() -> None:
    root = parse(PAGES["report"])
    assert root.xpath("string(//h1)") == "通稿 <1>.docx"
    lines = [p.text_content() for p in root.xpath("//main//div[starts-with(@class, 'block')]/p")]
    assert lines == ["通稿", CHANGE.text, clean(HOSTILE)]
    assert {m.text_content() for m in root.xpath("//main//mark")} >= {"27%", "约 12%", "领先"}
    assert [code.text for code in root.xpath("//aside//code")] == [
        "number_unsupported",
        "superlative_unproven",
        "style_rule",
    ]
    assert root.xpath("//aside//li[@id='S1']")


def test_a_claim_over_a_line_break_is_marked_on_both_lines() -> None:
    text = "一二\r\n三四"
    claim = replace(ZH.claims[0], paragraph=None, span=Span(1, 5), text=text[1:5])
    root = parse(check_report_html("t", CheckReport(given_text(text), "zh-CN", (claim,), (), ZH.evidence)))
    assert [m.text_content() for m in root.xpath("//main//mark")] == ["二", "三"]


def test_the_report_of_nothing_says_so() -> None:
    root = parse(check_report_html("", CheckReport(given_text(""), "en", (), (), ())))
    assert "Nothing found" in etree.tostring(root, encoding="unicode", method="text")
    assert root.xpath("string(//h1)") == "Check report"
