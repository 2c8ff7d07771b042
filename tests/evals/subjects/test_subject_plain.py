"""The baselines, and the subject with a broken retriever."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from subject_contract import QUERY, STORY, AsksBack, ChecksNothing, Drafts, Prompted, Searches, texts

from assistant.draft import Evidence
from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.subjects.here import Here
from evals.subjects.noise import Noise
from evals.subjects.plain import Bm25, Plain
from evals.subjects.plain_reply import read_reply
from evals.subjects.port import Subject
from evals.subjects.scripted import SourcesModel
from knowledge.domain.errors import InputError, SetupError
from knowledge.sample import FOLDER
from prompts.loader import BUILT_IN, load


@pytest.fixture(scope="module")
def plain(here: Here) -> Plain:
    return Plain(here)


@pytest.fixture(scope="module")
def noise(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Noise]:
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("noise") / "home"))
    workspace = Workspace.open(load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"}))
    noise = Noise(Here(workspace, SourcesModel()), seed=3)
    yield noise
    noise.close()
    noise.close()


class TestPlain(Searches, Drafts, Prompted, ChecksNothing):
    @pytest.fixture
    def subject(self, plain: Plain) -> Subject:
        return plain

    def test_the_chunks_are_the_evidence_and_the_numbers_the_citations(self, subject: Subject) -> None:
        document = subject.draft(STORY).document
        assert len(document["evidence"]) == 8
        assert all(evidence["entry_id"] for evidence in document["evidence"])
        carried = {evidence["id"]: evidence["text"] for evidence in document["evidence"]}
        for section in document["sections"]:
            for paragraph in section["paragraphs"]:
                assert paragraph["text"][:12] in "".join(carried[c] for c in paragraph["citations"])

    def test_a_document_of_the_brief_is_context(self, subject: Subject) -> None:
        transcript = (FOLDER / "transcripts" / "launch-prep.en.txt").read_text(encoding="utf-8")
        brief = {"template": "meeting_minutes", "inputs": {"transcript": transcript}, "locale": "en"}
        answer = subject.draft(brief)
        assert {evidence["origin"] for evidence in answer.document["evidence"]} == {"input", "library"}
        assert "Hannah Weiss" in answer.prompts[0].messages[1][1]

    def test_a_document_that_is_too_long_is_cut_to_what_the_model_takes(self, subject: Subject) -> None:
        transcript = "Ann: we agreed on 12 more machines by the end of week three.\n" * 4000
        answer = subject.draft({"template": "meeting_minutes", "inputs": {"transcript": transcript}, "locale": "en"})
        assert 2000 < answer.document["usage"]["prompt_tokens"] < 8192 - 1500


class TestBm25(Searches, ChecksNothing):
    @pytest.fixture
    def subject(self, here: Here) -> Subject:
        return Bm25(here)

    def test_it_writes_nothing(self, subject: Subject) -> None:
        with pytest.raises(InputError, match="bm25"):
            subject.draft(STORY)

    def test_words_that_nothing_has_find_nothing(self, subject: Subject) -> None:
        assert subject.search("Xylophonquark", {}).document["hits"] == []


class TestNoise(Searches, Drafts, AsksBack):
    finds = False

    @pytest.fixture
    def subject(self, noise: Noise) -> Subject:
        return noise

    def test_a_draft_rests_on_something_else(self, subject: Subject, here: Here) -> None:
        noisy, right = subject.draft(STORY).document, here.draft(STORY).document
        assert "95 分钟" in "".join(texts(right))
        assert "95 分钟" not in "".join(texts(noisy))


def test_after_noise_is_closed_search_finds_again(sample: Workspace) -> None:
    before = Here(sample, SourcesModel()).search(QUERY, {"k": 4}).document
    noise = Noise(Here(sample, SourcesModel()), seed=3)
    assert noise.search(QUERY, {"k": 4}).document == noise.search(QUERY, {"k": 4}).document != before
    noise.close()
    with Workspace.open(sample.settings) as again:
        assert Here(again, SourcesModel()).search(QUERY, {"k": 4}).document == before


@pytest.mark.parametrize("package", ["langchain_chroma", "langchain_text_splitters", "bm25s"])
def test_without_the_extra_it_says_what_to_install(here: Here, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    subject: Subject = Bm25(here) if package == "bm25s" else Plain(here)
    with pytest.raises(SetupError, match=r"koujing\[baselines\]"):
        subject.search(QUERY, {})


REPLY = """# 一家客户的故事
**客户痛点**
电梯停了没有人知道。[1][9]
- 平均响应 95 分钟 [1, 2]。
## 解决方案：
待补充：用了哪些产品 [2]
## 附注
其他的话。【2】
"""


def test_a_reply_is_read_as_it_stands() -> None:
    context = [Evidence("", text, "zh-CN") for text in ("一", "二")]
    reply = read_reply(REPLY, load(BUILT_IN / "success_story").template, "zh", context)
    read = [(s.id, s.heading, [(p.text, p.citations, p.gap) for p in s.paragraphs]) for s in reply.sections]
    assert read == [
        ("pain", "客户痛点", [("电梯停了没有人知道。", ("S1",), False), ("平均响应 95 分钟。", ("S1", "S2"), False)]),
        ("solution", "解决方案", [("待补充：用了哪些产品", (), True)]),
        ("other_3", "附注", [("其他的话。", ("S2",), False)]),
    ]
    assert (reply.title, reply.unknown) == ("一家客户的故事", 1)
    assert [evidence.id for evidence in reply.evidence] == ["S1", "S2"]
