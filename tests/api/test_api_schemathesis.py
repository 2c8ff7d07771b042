"""The service against its own OpenAPI description, as `koujing bench service` tests it, with fewer examples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from walked import walk

from api.app import create_app
from assistant.settings import load_settings
from evals.bench.service.contract import localized, run_contract
from evals.bench.service.served import served

EXAMPLES = 10
DESCRIPTION = create_app(load_settings(environ={"KOUJING_HOME": "."}), loopback=True).openapi()
ANSWERS = [
    (f"{method.upper()} {path} {status}", content)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    for status, answer in operation["responses"].items()
    for media, content in answer.get("content", {}).items()
    if media == "application/json"
]


@pytest.mark.slow
def test_the_service_keeps_to_its_description(sample_home: Path, tmp_path: Path) -> None:
    """Every check of Schemathesis, as an administrator, with a served process."""
    pytest.importorskip("schemathesis")
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    localized(home)
    with served(home) as service:
        tested = run_contract(service, tmp_path, EXAMPLES)
    assert not tested.failures, tested.text[-20_000:]
    assert tested.cases > 2000


@pytest.mark.parametrize(("answer", "content"), ANSWERS, ids=[name for name, _ in ANSWERS])
def test_every_answer_has_a_schema_and_its_example_fits_it(answer: str, content: dict) -> None:
    schema = content["schema"]
    assert schema.keys() & {"$ref", "anyOf"}, f"{answer} says nothing of its members"
    examples = [content["example"]] if "example" in content else [one["value"] for one in content["examples"].values()]
    whole = {**schema, "components": DESCRIPTION["components"]}
    for example in examples:
        found = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(example)]
        assert found == []


def test_what_stands_before_every_route_is_described() -> None:
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            if not path.startswith("/v1/"):
                continue
            answers = operation["responses"]
            assert {"400", "401", "403", "422", "429"} <= answers.keys(), f"{method} {path}"
            names = {parameter["name"] for parameter in operation.get("parameters", ())}
            assert ("If-Match" in names) == ("412" in answers), f"{method} {path}"
            assert ("Idempotency-Key" in names) <= ("409" in answers), f"{method} {path}"
            if "requestBody" in operation:
                assert {"413", "415"} <= answers.keys(), f"{method} {path}"
            for status in answers:
                if status >= "400":
                    assert list(answers[status]["content"]) == ["application/problem+json"], f"{method} {path} {status}"


def test_every_route_for_programs_is_described() -> None:
    described = {(method.upper(), path) for path, methods in DESCRIPTION["paths"].items() for method in methods}
    app = create_app(load_settings(environ={"KOUJING_HOME": "."}), loopback=True)
    walked = {(route.method, route.path.replace(":path", "")) for route in walk(app) if not route.is_page}
    assert walked == described
