"""The product in this process, and the scratch workspaces it is judged in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from subject_contract import QUERY, STORY, AsksBack, Checks, Drafts, Prompted, Searches, texts

from assistant.cli.main import main
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from evals.subjects.here import Here, opened
from evals.subjects.port import Subject
from knowledge.domain.errors import InputError, SetupError


class TestHere(Searches, Drafts, Prompted, AsksBack, Checks):
    @pytest.fixture
    def subject(self, here: Here) -> Subject:
        return here

    def test_a_prompt_names_its_section_and_holds_the_sources(self, here: Here) -> None:
        prompts = {prompt.section: prompt for prompt in here.draft(STORY).prompts}
        assert set(prompts) == {"title", "pain", "solution", "how", "change"}
        assert "95 分钟" in prompts["pain"].messages[1][1]
        assert set(json.loads(prompts["pain"].reply)) == {"text"}


def test_hits_are_what_the_command_line_says(
    sample: Workspace, here: Here, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOUJING_HOME", str(sample.settings.home))
    with pytest.raises(SystemExit) as done:
        main(["search", QUERY, "--kind", "case", "-k", "3", "--json"])
    assert done.value.code == 0
    assert json.loads(capsys.readouterr().out) == here.search(QUERY, {"kinds": ["case"], "k": 3}).document


def settings_at(home: Path, **more: str) -> Settings:
    return load_settings({"KOUJING_HOME": str(home), **more})


def sample_at(settings: Settings, home: Path, prompts: Path | None = None, library: str = "sample") -> Here:
    return opened(settings, library=library, model_spec="scripted", prompts=prompts, home=home)


def test_a_filled_home_is_used_again_and_a_half_filled_one_is_not(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, filled = tmp_path / "scratch", []

    def killed(library: object) -> None:
        raise KeyboardInterrupt

    def counted(library: object) -> None:
        filled.append(library)

    monkeypatch.setattr("knowledge.sample.load", killed)
    with pytest.raises(KeyboardInterrupt):
        sample_at(settings, home)
    monkeypatch.setattr("knowledge.sample.load", counted)
    sample_at(settings, home).close()
    sample_at(settings, home).close()
    assert len(filled) == 1
    with pytest.raises(InputError, match="something else"):
        sample_at(settings, home, library="workspace")


def test_a_folder_of_somebody_else_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        sample_at(settings, tmp_path / "theirs")
    assert (tmp_path / "theirs" / "letter.txt").read_text() == "mine"


def test_the_users_own_library_is_copied_and_nothing_is_written_to_it(sample_home: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(sample_home, tmp_path / "own"))
    shutil.copytree(prompts_with(tmp_path, "用心写。"), own / "templates")
    here = sample_at(settings_at(own), tmp_path / "scratch", library="workspace")
    try:
        answer = here.draft(STORY)
        assert "95 分钟" in "".join(texts(answer.document))
        assert "用心写。" in answer.prompts[0].messages[0][1]
        assert [row["id"] for row in here.workspace.drafts.list()] == [answer.document["draft"]["id"]]
    finally:
        here.close()
    with sample_at(settings_at(own), tmp_path / "again", library="workspace").workspace as copy:
        assert copy.drafts.list() == []


def test_a_library_that_cannot_be_copied_says_what_to_do(tmp_path: Path) -> None:
    server = settings_at(tmp_path / "home", KOUJING_DATABASE_URL="postgresql://somebody:word@host/koujing")
    with pytest.raises(InputError, match="library export") as caught:
        sample_at(server, tmp_path / "scratch", library="workspace")
    assert "word@" not in caught.value.message
    with pytest.raises(SetupError, match="koujing init"):
        sample_at(settings_at(tmp_path / "nowhere"), tmp_path / "other", library="workspace")
    with pytest.raises(InputError, match="no library"):
        sample_at(settings_at(tmp_path / "home"), tmp_path / "third", library=str(tmp_path / "typo"))


def prompts_with(folder: Path, sentence: str) -> Path:
    """A folder with the success story, its role in Chinese changed."""
    import prompts

    made = folder / "prompts"
    shutil.copytree(Path(prompts.__file__).parent / "success_story", made / "success_story")
    zh = made / "success_story" / "zh.j2"
    zh.write_text(
        zh.read_text(encoding="utf-8").replace("{% block role %}", "{% block role %}" + sentence), encoding="utf-8"
    )
    return made


def test_given_prompts_override_ours_and_now_is_kept(tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "home", KOUJING_NOW="2031-05-06T07:00:00Z")
    here = sample_at(settings, tmp_path / "scratch", prompts_with(tmp_path, "写得像电报。"))
    try:
        assert here.workspace.settings.now().year == 2031
        assert here.model == "scripted"
        prompts = here.draft(STORY).prompts
        assert all("写得像电报。" in prompt.messages[0][1] for prompt in prompts)
    finally:
        here.close()


def test_prompts_that_nothing_would_use_are_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "prompts" / "shared").mkdir(parents=True)
    with pytest.raises(InputError, match=r"template\.yaml"):
        sample_at(settings, tmp_path / "scratch", tmp_path / "prompts")
