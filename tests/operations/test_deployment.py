"""deploy/ is true: as far as it can be seen without an engine.

The commands are the product's own, the settings stand in the table, ports and paths agree, nothing runs as root, no
image floats, no secret lies in a file of the repository.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from assistant.cli.main import koujing
from assistant.settings import SETTINGS, load_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("prepare", "api", "worker")
PORT = "8420"


def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, continued lines as one."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [
        (word, " ".join(rest.split()))
        for word, _, rest in (line.partition(" ") for line in text.splitlines() if line.strip())
    ]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    return found[max(i for i, (word, _) in enumerate(found) if word == "FROM") :]


def command_of(words: list[str]) -> click.Command:
    """The command that `words` begin with, given options that it has."""
    command: click.Command = koujing
    left = list(words)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), left.pop(0))
        assert found is not None, words
        command = found
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in left if word.startswith("--")} <= known
    return command


# --- the image -------------------------------------------------------------------------------------------------------


def test_every_base_is_one_version() -> None:
    bases = [rest.split()[0] for word, rest in steps() if word == "FROM"]
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", bases[0])


def test_it_does_not_run_as_root() -> None:
    stage = last_stage()
    users = [rest for word, rest in stage if word == "USER"]
    assert users == ["10001:10001"]
    at = [word for word, _ in stage].index("USER")
    assert {"ENTRYPOINT", "CMD", "HEALTHCHECK"} <= {word for word, _ in stage[at:]}
    assert not {"RUN", "COPY"} & {word for word, _ in stage[at:]}


def test_what_is_installed_is_pinned_by_hash_and_nothing_is_fetched_otherwise() -> None:
    runs = [part.strip() for word, rest in steps() if word == "RUN" for part in rest.split("&&")]
    installs = [run for run in runs if "pip install" in run]
    assert [run for run in installs if "--require-hashes" not in run] == [
        "/opt/koujing/bin/python -m pip install --no-deps --no-build-isolation ."
    ]
    for lock in re.findall(r"-r (\S+)", " ".join(installs)):
        text = (ROOT / lock).read_text("utf-8")
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith(("#", " "))]
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
    assert not any(word == "ADD" for word, _ in steps())
    assert not re.search(r"\b(curl|wget|apt-get|apk|sudo)\b|https?://(?!127\.0\.0\.1)", DOCKERFILE)


def test_every_room_and_file_that_it_copies_is_there() -> None:
    copied = [rest.split()[:-1] for word, rest in steps() if word == "COPY" and "--from" not in rest]
    names = [name for group in copied for name in group]
    assert [name for name in names if not (ROOT / name).exists()] == []
    packages = re.search(r"include = \[(.*?)\]", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert packages
    assert {room.strip(' "*') for room in packages[1].split(",")} <= set(names)
    admitted = {
        line[1:]
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert admitted == set(names)


def test_no_secret_is_in_the_image() -> None:
    said = " ".join(rest for word, rest in steps() if word in ("ENV", "ARG", "RUN"))
    secret = [setting.variable for setting in SETTINGS if setting.secret]
    assert [name for name in secret if name in said] == []


def test_it_starts_the_service_and_looks_whether_it_is_ready() -> None:
    stage = dict(last_stage())
    assert json.loads(stage["ENTRYPOINT"]) == ["koujing"]
    words = json.loads(stage["CMD"])
    assert command_of(words).name == "serve"
    assert words[words.index("--port") + 1] == stage["EXPOSE"] == PORT
    assert f"http://127.0.0.1:{PORT}/readyz" in stage["HEALTHCHECK"]
    volumes = json.loads(stage["VOLUME"])
    environment = dict(pair.split("=", 1) for word, rest in last_stage() if word == "ENV" for pair in rest.split())
    assert volumes == [environment["KOUJING_HOME"], environment["KOUJING_CACHE"]]


# --- the set-up ------------------------------------------------------------------------------------------------------


KNOWN = {s.variable for s in SETTINGS} | {s.file_variable for s in SETTINGS if s.secret}


@pytest.mark.parametrize("name", OURS)
def test_each_process_is_a_command_with_settings_of_the_table(name: str) -> None:
    service = SERVICES[name]
    command_of([str(word) for word in service["command"]])
    assert {key for key in service["environment"] if key.startswith("KOUJING_")} <= KNOWN
    assert "image" in service
    dockerfile = (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve()
    assert dockerfile == DEPLOY / "Dockerfile"


def test_everybody_stands_on_the_same_parts() -> None:
    assert len({json.dumps(SERVICES[name]["environment"], sort_keys=True) for name in OURS}) == 1
    environment = SERVICES["api"]["environment"]
    chroma = [str(word) for word in SERVICES["chroma"]["command"]]
    assert environment["KOUJING_CHROMA_URL"] == f"http://chroma:{chroma[chroma.index('--port') + 1]}"
    assert [str(word) for word in SERVICES["chroma"]["entrypoint"]] == ["chroma"]
    assert SERVICES["api"]["deploy"]["replicas"] >= 2
    assert SERVICES["worker"]["deploy"]["replicas"] >= 2


def test_secrets_come_as_files_that_are_not_here() -> None:
    declared = COMPOSE["secrets"]
    used = {name for service in SERVICES.values() for name in service.get("secrets", ())}
    assert used == declared.keys()
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if key.endswith("_FILE"):
                assert Path(value).parent == Path("/run/secrets")
                assert Path(value).name in service["secrets"]
            assert not re.search(r"(?i)password|secret|api_key", key) or key.endswith("_FILE")
    assert not (DEPLOY / "secrets").exists()
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", OURS)
def test_each_process_reads_its_secrets_from_their_files(name: str, tmp_path: Path) -> None:
    service = SERVICES[name]
    for secret in service["secrets"]:
        (tmp_path / secret).write_text(f"value of {secret}\n")
    files = {
        k: v.replace("/run/secrets", str(tmp_path)) for k, v in service["environment"].items() if k.endswith("_FILE")
    }
    settings = load_settings({**files, "KOUJING_HOME": str(tmp_path)})
    assert {Path(file).name for file in files.values()} == set(service["secrets"])
    for secret in service["secrets"]:
        assert settings.text(secret.removeprefix("koujing_")) == f"value of {secret}"


def test_nothing_floats_and_nothing_is_open_but_the_proxy() -> None:
    for name, service in SERVICES.items():
        image, _, tag = service["image"].partition(":")
        assert image
        assert re.search(r"\d+\.\d+", tag), name
        assert not service.get("privileged")
        assert (name == "proxy") == bool(service.get("ports")), name
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["database"]["networks"] == SERVICES["chroma"]["networks"] == ["inside"]


def test_what_is_mounted_is_declared_or_there() -> None:
    for service in SERVICES.values():
        for source in (volume.split(":")[0] for volume in service.get("volumes", ())):
            assert source in COMPOSE["volumes"] or (DEPLOY / source).is_file()
    waits = {one for service in SERVICES.values() for one in service.get("depends_on", {})}
    assert waits <= SERVICES.keys()


def test_the_proxy_leads_to_the_service() -> None:
    assert f"server api:{PORT} resolve" in NGINX
    assert SERVICES["proxy"]["ports"] == [f"443:{port}" for port in re.findall(r"listen (\d+) ssl", NGINX)]
    for secret in re.findall(r"ssl_certificate(?:_key)? /run/secrets/(\w+);", NGINX):
        assert secret in SERVICES["proxy"]["secrets"]
    assert NGINX.count("{") == NGINX.count("}")
    assert "non_idempotent" not in NGINX
    assert "proxy_buffering off;" in NGINX


def test_the_proxy_lets_a_form_with_files_through() -> None:
    from api import uploads

    limit = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert limit
    assert int(limit[1]) * 2**20 > uploads.MOST_OF_ALL
