"""Settings: one table, two places, and a key that never goes to an address from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SETTINGS, load_settings
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
    assert {setting.name for setting in SETTINGS if setting.secret} == {"api_key", "embedding_api_key", "secret"}
