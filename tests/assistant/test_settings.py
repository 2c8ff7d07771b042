"""Settings: one table, two places, and a key that never goes to an address from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SETTINGS, Setting, load_settings
from knowledge.domain.errors import InputError, SetupError


def home_with(tmp_path: Path, toml: str) -> dict[str, str]:
    (tmp_path / "koujing.toml").write_text(toml, encoding="utf-8")
    return {"KOUJING_HOME": str(tmp_path)}


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    environ = home_with(tmp_path, 'model = "extractive"\nrepairs = 1\n')
    assert load_settings(environ).text("model") == "extractive"
    assert load_settings(environ).whole("repairs") == 1
    assert load_settings({**environ, "KOUJING_REPAIRS": "0"}).whole("repairs") == 0
    assert load_settings({}).whole("repairs") == 2


def test_no_variable_of_another_product_is_read() -> None:
    environ = {"OPENAI_API_KEY": "sk-stray", "OPENAI_BASE_URL": "http://stray.example"}
    assert "stray" not in "".join(load_settings(environ).values.values())


@pytest.mark.parametrize(
    ("toml", "says"), [("colour = 1", "unknown setting 'colour'"), ("home = '/'", "unknown setting 'home'")]
)
def test_an_unknown_key_in_the_file_is_refused(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        load_settings(home_with(tmp_path, toml))


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"koujing\.toml") as caught:
        load_settings(home_with(tmp_path, "model = "))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("prefix", ["", "embedding_"])
def test_a_key_of_the_environment_never_goes_to_an_address_of_a_file(tmp_path: Path, prefix: str) -> None:
    environ = home_with(tmp_path, f'{prefix}base_url = "http://elsewhere.example"\n')
    key = {f"KOUJING_{prefix.upper()}API_KEY": "secret"}
    with pytest.raises(SetupError, match="elsewhere") as caught:
        load_settings({**environ, **key})
    assert "secret" not in str(caught.value)
    both = {**environ, **key, f"KOUJING_{prefix.upper()}BASE_URL": "http://mine.example"}
    assert load_settings(both).text(f"{prefix}base_url") == "http://mine.example"


@pytest.mark.parametrize("name", ["repairs", "timeout"])
def test_what_is_no_number_names_its_variable(name: str) -> None:
    settings = load_settings({f"KOUJING_{name.upper()}": "many"})
    with pytest.raises(InputError, match=f"KOUJING_{name.upper()}='many'"):
        settings.number(name) if name == "timeout" else settings.whole(name)


def test_now_can_be_set_and_must_be_a_moment() -> None:
    assert load_settings({"KOUJING_NOW": "2026-03-01T09:00:00Z"}).now().isoformat() == "2026-03-01T09:00:00+00:00"
    with pytest.raises(InputError, match="KOUJING_NOW"):
        load_settings({"KOUJING_NOW": "tomorrow"}).now()


def test_every_setting_says_what_it_is_and_secrets_are_marked() -> None:
    assert all(setting.help.endswith(".") for setting in SETTINGS)
    secret = {setting.name for setting in SETTINGS if setting.secret}
    assert secret == {"api_key", "embedding_api_key", "secret", "database_url"}


@pytest.mark.parametrize("setting", [one for one in SETTINGS if one.secret], ids=lambda one: one.name)
def test_a_secret_may_stand_in_a_file(tmp_path: Path, setting: Setting) -> None:
    path = tmp_path / "mounted"
    path.write_text("of-the-file\n")
    assert load_settings({setting.file_variable: str(path)}).text(setting.name) == "of-the-file"
    with pytest.raises(SetupError, match="both set"):
        load_settings({setting.file_variable: str(path), setting.variable: "of-the-environment"})


def test_only_secrets_do(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("extractive")
    assert load_settings({"KOUJING_MODEL_FILE": str(tmp_path / "model")}).text("model") == ""


@pytest.mark.parametrize("content", [b"", b" \n", b"one\ntwo-of-them\n", b"\xff\xfe", b"x" * 9000, None])
def test_a_file_that_holds_no_secret_is_one_line_without_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mounted"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SetupError, match="KOUJING_API_KEY_FILE=") as caught:
        load_settings({"KOUJING_API_KEY_FILE": str(path)})
    assert "two-of-them" not in caught.value.message
    assert "xxx" not in caught.value.message
    assert "\n" not in caught.value.message


def test_a_key_in_a_file_counts_as_one_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text("of-the-file")
    environ = home_with(tmp_path, 'base_url = "http://elsewhere.example"\n')
    with pytest.raises(SetupError, match="elsewhere"):
        load_settings({**environ, "KOUJING_API_KEY_FILE": str(tmp_path / "mounted")})


def test_settings_show_no_secret() -> None:
    hidden = {one.variable: f"canary-{one.name}" for one in SETTINGS if one.secret}
    shown = repr(load_settings({**hidden, "KOUJING_MODEL": "extractive"}))
    assert "canary" not in shown
    assert "extractive" in shown
