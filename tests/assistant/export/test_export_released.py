"""Released files: clean, labelled where the market's law asks for it, with a provenance that can be read back; and
every word of the draft is data in each of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from released import APPROVED_EN, APPROVED_ZH, INJECTED, NOW, colophon, metadata, pdf_text, saying, written
from test_export_samples import CASE, CHANGE, EMPTY, HOSTILE

from assistant.checks.ai_label import has_ai_label
from assistant.checks.rulepack import PACKS, pack
from assistant.draft import Draft, Evidence, Paragraph, Section
from assistant.export import FORMS, form_of
from assistant.export import pdf as pdf_form
from assistant.export.ai_label import ai_label
from assistant.export.clean_copy import clean_copy
from assistant.export.pdf_metadata import with_metadata
from assistant.export.provenance import SOURCE_TYPES, entries_of
from assistant.export.wechat import TAGS
from knowledge.domain.errors import InputError, SetupError

NAMES = [form.name for form in FORMS]
WITH_METADATA = ["markdown", "html", "docx", "pdf"]
LABEL_ZH = "本内容由人工智能辅助生成，已经人工审核"


def seen(form: str, content: bytes) -> str:
    """What a reader sees of a file (of Word with headers and footnotes), without breaks of lines."""
    if form == "pdf":
        return pdf_text(content)
    if form == "html":
        page = html.fromstring(content)
        for hidden in page.xpath("//style | //script"):
            hidden.drop_tree()
        return str(page.text_content())
    if form != "docx":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            archive.read(n).decode() for n in archive.namelist() if re.match(r"word/(document|footnotes|header)", n)
        ]
    return re.sub(r"<[^>]+>", "", " ".join(parts)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# ---- clean


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("draft", [APPROVED_ZH, APPROVED_EN], ids=["zh", "en"])
def test_an_approved_file_is_clean(form: str, draft: Draft) -> None:
    text = seen(form, written(draft, form, sources=True))
    for word in ("DRAFT", "草稿", "检查结果", "Findings", "number_unsupported", "林澜", "Lin Lan", "cases/elevator"):
        assert word not in text
    assert "38" in text


@pytest.mark.parametrize("form", NAMES)
def test_without_approval_the_mark_stays(form: str) -> None:
    content = written(APPROVED_ZH, form, approved=False)
    assert "DRAFT / 草稿" in seen(form, content)
    assert "已经人工审核" not in seen(form, content)


@pytest.mark.parametrize("form", NAMES)
def test_an_empty_draft_can_be_written(form: str) -> None:
    assert written(EMPTY, form)


@pytest.mark.parametrize("form", NAMES)
def test_sources_only_where_asked_for(form: str) -> None:
    title = "维保运营总监的话"
    assert title not in seen(form, written(APPROVED_ZH, form))
    assert title in seen(form, written(APPROVED_ZH, form, sources=True))


def test_a_clean_copy_tells_of_a_source_its_title_entry_and_version_only() -> None:
    again = replace(CASE, id="S4", text="other passage", locator="elsewhere")
    section = Section("s", "H", (Paragraph("p", "x", ("S4", "S1")), Paragraph("q", "y", ("S3",))))
    copy = clean_copy(replace(APPROVED_ZH, sections=(section,), evidence=(*APPROVED_ZH.evidence, again)), sources=True)
    assert copy.evidence == (Evidence("1", "", "zh-CN", entry_id="case-elevator", version=4, title=CASE.title),)
    assert [p.citations for _, p in copy.paragraphs()] == [("1",), ()]
    assert (copy.findings, copy.claims, dict(copy.inputs)) == ((), (), {})


# ---- label


@pytest.mark.parametrize(
    ("market", "locale", "reviewed", "wanted"),
    [
        ("CN", "zh-CN", True, LABEL_ZH),
        ("CN", "zh-CN", False, "本内容由人工智能辅助生成"),
        (None, "zh-CN", True, LABEL_ZH),
        ("CN", "de-DE", True, "Dieser Text ist KI-generiert und wurde von einem Menschen geprüft."),
        ("EU", "de-DE", True, None),
        ("EU", "de-DE", False, "Dieser Text ist KI-generiert."),
        ("FR", "fr-FR", False, "Ce texte a été généré par l'IA."),
        ("US", "en-US", False, None),
        (None, "en", True, None),
    ],
)
def test_the_market_says_whether_there_is_a_label(
    market: str | None, locale: str, reviewed: bool, wanted: str | None
) -> None:
    label = ai_label(replace(APPROVED_ZH, market=market, locale=locale), reviewed=reviewed, today=NOW.date())
    assert (label.text if label else None) == wanted


def test_a_label_names_its_law_and_holds_from_its_day_for_its_readers() -> None:
    label = ai_label(APPROVED_ZH, reviewed=True, today=date(2025, 9, 1))
    assert label is not None
    assert label.law.zh == "《人工智能生成合成内容标识办法》第四条、第五条"
    assert ai_label(APPROVED_ZH, reviewed=True, today=date(2025, 8, 31)) is None
    assert ai_label(replace(APPROVED_ZH, audience="internal"), reviewed=True, today=NOW.date()) is None


def test_what_a_person_wrote_alone_has_no_label() -> None:
    by_hand = replace(APPROVED_ZH, sections=(Section("s", "", (Paragraph("p", "x", by="person"),)),))
    assert ai_label(by_hand, reviewed=True, today=NOW.date()) is None
    assert colophon(by_hand).provenance.aigc() is None
    assert colophon(by_hand).provenance.source_type() == f"{SOURCE_TYPES}digitalCreation"


@pytest.mark.parametrize("form", NAMES)
def test_the_label_stands_in_the_text_of_every_form(form: str) -> None:
    assert seen(form, written(APPROVED_ZH, form)).count(LABEL_ZH) == 1
    assert "人工智能" not in re.sub(
        r"(?s)\A---.*?\n---", "", seen(form, written(replace(APPROVED_ZH, market="US"), form))
    )


def test_the_label_is_the_last_line_of_a_text() -> None:
    assert written(APPROVED_ZH, "text").decode().splitlines()[-1] == LABEL_ZH


@pytest.mark.parametrize("name", sorted(path.stem for path in PACKS.glob("*.yaml")))
def test_the_check_accepts_every_label_of_the_packs(name: str) -> None:
    rule = pack(name).ai_label
    texts = [*rule.text.values(), *rule.reviewed.values()] if rule else []
    assert [text for text in texts if not has_ai_label(text)] == []
    assert (name in ("cn", "eu")) == bool(texts)


# ---- provenance


@pytest.mark.parametrize("form", WITH_METADATA)
def test_the_provenance_can_be_read_back(form: str) -> None:
    told = metadata(form, written(APPROVED_ZH, form))
    assert told["draft"] == {"id": "d-0142", "version": 3, "state": "approved"}
    assert (told["generator"], told["model"], told["template"]) == ("Koujing", "local", "success_story")
    assert told["approved"] == {"by": "boss", "at": "2026-11-22T05:06:07Z"}
    assert told["created"]["by"] == "author"
    assert told["entries"] == [{"id": "case-elevator", "version": 4}, {"id": "quote-elevator", "version": 1}]
    assert told["digital_source_type"] == f"{SOURCE_TYPES}compositeWithTrainedAlgorithmicMedia"
    label = told["AIGC"]
    assert list(label) == [
        "Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2",
    ]  # fmt: skip
    assert (label["Label"], label["ContentProducer"], label["ProduceID"]) == ("1", "示例科技有限公司", "d-0142-v3")


@pytest.mark.parametrize("form", WITH_METADATA)
def test_the_provenance_is_there_where_no_label_is_asked_for(form: str) -> None:
    assert metadata(form, written(replace(APPROVED_ZH, market="US"), form))["AIGC"]["Label"] == "1"


@pytest.mark.parametrize("form", WITH_METADATA)
def test_no_title_of_an_entry_and_no_name_of_its_owner_is_in_the_metadata(form: str) -> None:
    told = str(metadata(form, written(APPROVED_ZH, form, sources=True)))
    assert CASE.title not in told
    assert "林澜" not in told


def test_the_digest_is_of_the_words() -> None:
    one, other = colophon(saying("a", "b")).provenance, colophon(saying("a", "c")).provenance
    assert one.digest() == colophon(saying("a", "b", version=9)).provenance.digest() != other.digest()
    assert one.aigc() is not None
    assert str(one.aigc()).count(one.digest()) == 1


def test_an_id_that_tells_a_hidden_name_goes_by_its_digest() -> None:
    hidden = entries_of(APPROVED_ZH, lambda text: "case elevator" in text)
    assert [id_.startswith("entry-") for id_, _ in hidden] == [True, False]
    assert "elevator" not in hidden[0][0]


def test_the_source_type_says_who_wrote() -> None:
    def by(*hands: str) -> str:
        paragraphs = tuple(Paragraph(f"p{n}", "x", by=hand) for n, hand in enumerate(hands))
        draft = replace(APPROVED_ZH, sections=(Section("s", "", paragraphs),))
        return colophon(draft).provenance.source_type().removeprefix(SOURCE_TYPES)

    assert by("model") == "trainedAlgorithmicMedia"
    assert by("model", "person") == "compositeWithTrainedAlgorithmicMedia"
    assert by("program", "person") == "algorithmicMedia"


def test_a_pdf_has_title_language_and_the_label_among_its_own_properties() -> None:
    content = written(APPROVED_ZH, "pdf")
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == APPROVED_ZH.title
    assert document.get_metadata_value("Author") == "示例科技有限公司"
    assert '"Label":"1"' in document.get_metadata_value("AIGC")
    assert b"/Lang(zh-CN)" in content
    assert document.is_tagged()


def test_a_pdf_of_another_make_is_refused_and_never_left_without_its_metadata() -> None:
    with pytest.raises(SetupError, match="metadata"):
        with_metadata(b"%PDF-1.7 something else", {"AIGC": "{}"})


# ---- every word is data


@pytest.mark.parametrize("form", ["pdf", "text", "docx"])
def test_markup_of_the_typesetter_is_text(form: str) -> None:
    draft = replace(saying(INJECTED), title=INJECTED)
    table = Section("t", INJECTED, (Paragraph("c", INJECTED, cell=None), Paragraph("g", INJECTED, gap=True)))
    text = seen(form, written(replace(draft, sections=(*draft.sections, table)), form))
    assert text.replace("\n", " ").count("#read(") == 5
    assert "root:" not in text
    assert text.count("{{ 7*7 }}") == 5


@pytest.mark.parametrize("form", NAMES)
def test_hostile_text_is_shown_or_dropped_but_never_runs(form: str) -> None:
    draft = replace(saying(HOSTILE, "\x00 \u202e\ufffe \ud800 emoji 👩‍🔬"), title=HOSTILE, model=HOSTILE)
    content = written(draft, form, sources=True)
    if form in ("html", "wechat"):
        assert b"<script>alert" not in content
        assert b"<!-- c" not in content
    assert "alert(1)" in seen(form, content)


def test_a_json_ld_block_cannot_be_closed_from_inside() -> None:
    page = written(replace(saying("x"), title="</script><script>alert(1)</script>", model="</script>"), "html").decode()
    assert page.count("</script>") == 1


# ---- Word


def word(draft: Draft, **options: Any) -> Any:
    return Document(io.BytesIO(written(draft, "docx", **options)))


def test_word_has_real_footnotes_each_once_and_pointers_to_them() -> None:
    content = written(APPROVED_ZH, "docx", sources=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes, text = (archive.read(f"word/{name}.xml").decode() for name in ("footnotes", "document"))
        types = archive.read("[Content_Types].xml").decode()
    assert notes.count("<w:footnote ") == 2 + 2  # both separators, both sources
    assert text.count("<w:footnoteReference") == 2
    assert "NOTEREF _note1" in text
    assert "footnotes+xml" in types
    assert "[S1]" not in text
    styles = {style.name: style for style in Document(io.BytesIO(content)).styles}
    assert styles["footnote text"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"


def test_word_without_sources_has_no_footnotes() -> None:
    with zipfile.ZipFile(io.BytesIO(written(APPROVED_ZH, "docx"))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_word_has_a_header_row_and_says_who_approved() -> None:
    document = word(APPROVED_ZH)
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.comments == "人工智能辅助生成 · 批准人：boss"
    assert document.core_properties.content_status == "已批准"
    assert document.core_properties.author == "示例科技有限公司"


# ---- PDF


def test_a_pdf_keeps_its_chinese_selectable_and_numbers_its_pages() -> None:
    text = pdf_text(written(APPROVED_ZH, "pdf")).replace(" ", "")
    assert CHANGE.text.replace(" ", "") in text
    assert "1/1" in text


def test_without_a_font_for_chinese_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_form, "_families", lambda: frozenset({"DejaVu Serif"}))
    with pytest.raises(SetupError) as caught:
        written(APPROVED_ZH, "pdf")
    assert "fonts-noto-cjk" in caught.value.message
    assert "\n" not in caught.value.message
    assert written(replace(saying("no Chinese"), market="US"), "pdf").startswith(b"%PDF")


def test_a_nested_list_keeps_its_depth_in_the_pdf() -> None:
    tree = Paragraph("m", "- root\n  - branch\n    - leaf", role="map")
    draft = replace(APPROVED_EN, sections=(Section("s", "Map", (tree,)),))
    assert "– root – branch – leaf" in pdf_text(written(draft, "pdf")).replace("\r", "")


# ---- WeChat


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags_of(draft: Draft) -> Iterator[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(written(draft, "wechat", sources=True).decode())
    return iter(parser.found)


@pytest.mark.parametrize("draft", [APPROVED_ZH, APPROVED_EN, saying(HOSTILE)], ids=["zh", "en", "hostile"])
def test_wechat_has_only_tags_and_styles_that_the_editor_keeps(draft: Draft) -> None:
    for tag, attributes in tags_of(draft):
        assert tag in TAGS | {"meta", "title"}
        assert set(attributes) <= {"style", "charset"}
        assert not re.search(r"position|url\(|expression|display", attributes.get("style") or "")


def test_wechat_says_an_address_as_words() -> None:
    page = written(saying("see https://example.com/a?b=1&c=2"), "wechat").decode()
    assert "see https://example.com/a?b=1&amp;c=2" in page
    assert "href" not in page


# ---- names of forms


@pytest.mark.parametrize(
    ("name", "form"),
    [("docx", "docx"), (".PDF", "pdf"), ("md", "markdown"), (".markdown", "markdown"), ("wechat", "wechat"),
     (".wechat.html", "wechat"), (".htm", "html"), ("txt", "text")],
)  # fmt: skip
def test_a_form_goes_by_its_name_or_ending(name: str, form: str) -> None:
    assert form_of(name).name == form


@pytest.mark.parametrize("name", ["json", "", ".", "exe", "../docx"])
def test_another_form_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(InputError) as caught:
        form_of(name)
    assert all(form.name in caught.value.message for form in FORMS)
