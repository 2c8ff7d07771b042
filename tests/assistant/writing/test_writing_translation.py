"""A localized copy: what a program knows is in place before the model sees it, and looked for afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.brief import Brief
from assistant.carried import Survival
from assistant.draft import Draft, draft_from_json
from assistant.drafting import standards_of
from assistant.export.clean_copy import clean_copy
from assistant.export.markdown import markdown_text
from assistant.export.page import html_page
from assistant.export.plain import plain_text
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.rechecking import with_changed
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.domain.errors import BadReply


class Translator(SourcesModel):
    """Says what a function makes of the text that it is given; keeps what it was asked."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say
        self.asked: list[ModelRequest] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.asked.append(request)
        if request.task is None:
            raise BadReply("never asked in parts")
        text = self._say(request.task.sources[0].text)
        return ModelReply(text, {"text": text}, model=self.name)


def localized(sample: Workspace, text: str, say: Callable[[str], str], locale: str = "en") -> tuple[Draft, Translator]:
    model = Translator(say)
    draft, _ = sample.drafter(model).write(
        Brief("localized_copy", {"text": text}, locale), sample.templates.get("localized_copy"), "d-copy"
    )
    return draft, model


def found(draft: Draft) -> set[str]:
    return {finding.check for finding in draft.findings}


def test_figures_names_and_terms_stand_in_their_form_before_the_model_sees_them(sample: Workspace) -> None:
    source = "汀石工联的 R300 目录价 4,680 元，累计出货 3.2 万台。"
    _, model = localized(sample, source, lambda text: text)
    given = next(request.task.sources[0].text for request in model.asked if request.task)
    for form in ("Tingstone Industrial", "list price", "RMB 4,680", "32,000"):
        assert form in given
    assert given in model.asked[0].messages[-1].content


def test_a_placeholder_and_an_address_come_back_as_they_were(sample: Workspace) -> None:
    draft, model = localized(
        sample,
        "{name}，您好：请看 https://www.tingstone.example/s10 。",
        lambda text: text.replace("，您好：请看", ", please see").replace("。", "."),
    )
    assert "{name}" not in model.asked[0].messages[-1].content
    [paragraph] = [p for _, p in draft.paragraphs()]
    assert paragraph.text.startswith("{name}, please see https://www.tingstone.example/s10")
    assert not found(draft) & {"placeholder_broken", "link_changed"}


def test_a_wrong_figure_is_put_right_by_program(sample: Workspace) -> None:
    draft, model = localized(sample, "年均节省法务成本约 230 万美元。", lambda _: "It saves US$230 million a year.")
    [paragraph] = [p for _, p in draft.paragraphs()]
    assert "US$2.3 million" in paragraph.text
    assert len(model.asked) == 1
    assert "number_changed" not in found(draft)


@pytest.mark.parametrize(
    ("source", "said", "check"),
    [
        ("备件库存下降 18%。", "Stock fell a lot.", "number_changed"),
        ("本产品不支持离线使用。", "This product supports offline use.", "negation_changed"),
        ("2026年3月15日发布新品。", "The new product was released recently.", "date_changed"),
        ("R200 通过 ISO 9001 认证。", "The R300 is certified to ISO 9001.", "term_missing"),
        ("K77 通过 ISO 9001 认证。", "The K78 is certified to ISO 9001.", "name_changed"),
    ],
)
def test_what_neither_program_nor_model_mends_stays_visible(
    sample: Workspace, source: str, said: str, check: str
) -> None:
    draft, model = localized(sample, source, lambda _: said)
    assert len(model.asked) > 1, "it was sent back with what is wrong"
    assert check in found(draft)
    assert draft.has_errors
    messages = [finding.message for finding in draft.findings if finding.check == check]
    assert all("译" not in message for message in messages), "told in the language of the draft"


def test_a_line_that_comes_to_nothing_is_a_gap_and_the_others_stand(sample: Workspace) -> None:
    def say(text: str) -> str:
        if "坏" in text:
            raise BadReply("the reply broke off")
        return "All is well here."

    draft, _ = localized(sample, "这里一切都好。\n坏了的一行。", say)
    well, broken = (p for _, p in draft.paragraphs())
    assert (well.text, well.gap) == ("All is well here.", False)
    assert broken.gap
    assert "坏了的一行。" in broken.text
    assert "the reply broke off" in broken.text


def test_a_form_that_a_program_has_needs_no_model(sample: Workspace) -> None:
    draft, model = localized(sample, "2026年3月", lambda _: "never asked")
    [paragraph] = [p for _, p in draft.paragraphs()]
    assert (paragraph.text, paragraph.by, model.asked) == ("March 2026", "program", [])


def test_the_claim_table_shows_what_became_of_each_claim(sample: Workspace) -> None:
    def say(text: str) -> str:
        if "12" in text:
            raise BadReply("the reply broke off")
        return "It saves US$2.3 million a year and supports offline use."

    draft, _ = localized(sample, "它每年节省 230 万美元，也不影响离线使用。\n试点在 12 座泵站。", say)
    found = {(row.text, row.survival, row.evidence, row.paragraph) for row in draft.claim_table}
    assert ("230 万美元", Survival.KEPT, "S1", "p1") in found
    assert ("12", Survival.MISSING, "S2", None) in found
    texts = {evidence.id: evidence.text for evidence in draft.evidence}
    assert all(row.span.of(texts[row.evidence]) == row.text for row in draft.claim_table)
    assert draft_from_json(draft.to_json()).claim_table == draft.claim_table


def test_an_edit_changes_the_rows_of_its_paragraph_alone(sample: Workspace) -> None:
    draft, _ = localized(
        sample, "节省 230 万美元。\n节省 40 万美元。", lambda text: f"{text[2:].strip('。 ')} are saved."
    )
    [section] = draft.sections
    first = replace(section.paragraphs[0], text="A lot is saved.")
    edited = replace(draft, sections=(replace(section, paragraphs=(first, *section.paragraphs[1:])),))
    template = sample.templates.get("localized_copy").template
    standards = standards_of(Brief("localized_copy", {}, "en"), sample.library, sample.policy(), template)
    rows = with_changed(edited, {"p1"}, template, standards).claim_table
    assert [row.survival for row in rows] == [Survival.MISSING, Survival.KEPT]
    assert rows[1] == draft.claim_table[1]


@pytest.mark.parametrize("export", [plain_text, markdown_text, html_page])
def test_exports_for_the_desk_show_the_table_and_clean_ones_do_not(
    sample: Workspace, export: Callable[..., str]
) -> None:
    draft, _ = localized(sample, "节省 230 万美元。", lambda _: "Much is saved.")
    assert "Claims of the source in the text" in export(draft)
    assert "missing" in export(draft)
    assert "Claims of the source" not in export(clean_copy(draft, sources=False), marked=False)


def test_a_draft_that_is_no_translation_has_no_table(sample: Workspace) -> None:
    draft = sample.draft(Brief("case_blurbs", {"case": "case-water"}, "en"))
    assert draft.claim_table == ()
    assert draft.to_json()["claim_table"] == []


def test_the_reason_of_a_gap_is_told_in_the_language_of_the_draft(sample: Workspace) -> None:
    def say(text: str) -> str:
        raise BadReply("m: the reply broke off")

    draft, _ = localized(sample, "The whole line is broken.", say, "zh-CN")
    [(_, line)] = draft.paragraphs()
    assert line.text.endswith("（m：回复中断）")
