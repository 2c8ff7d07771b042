"""`koujing models`."""

from __future__ import annotations

import click

from assistant.cli.output import Shown, json_option, print_json


@click.group()
def models() -> None:
    """The language model: list, install, verify, measure."""


@models.command("list")
@json_option
def list_(as_json: bool) -> int:
    """The kinds of model, and which one is in force."""
    from assistant.gateway.factory import KINDS, open_model
    from assistant.gateway.weights import status
    from assistant.settings import load_settings

    settings = load_settings()
    model = open_model(settings)
    weights = status(settings)
    if as_json:
        print_json({"kinds": list(KINDS), "model": model.name, "destination": model.destination, "weights": weights})
        return 0
    click.echo(f"In force: {model.name}; text goes to {model.destination}.")
    click.echo(f"Kinds: {', '.join(KINDS)}")
    state = "verified" if weights["verified"] else "installed" if weights["installed"] else "not installed"
    click.echo(f"Weights of the local model: {weights['name']}, {state}")
    return 0


@models.command()
@json_option
def install(as_json: bool) -> int:
    """Download, join and verify the weights of the local model (1.1 GB)."""
    from assistant.gateway.install import install as install_weights
    from assistant.settings import load_settings

    with Shown() as progress:
        path = install_weights(load_settings(), progress)
    if as_json:
        print_json({"path": str(path)})
    else:
        click.echo(f"The local model is ready: {path.name}")
    return 0


@models.command()
@json_option
def verify(as_json: bool) -> int:
    """Read the weights once more and compare their SHA-256."""
    from assistant.gateway.weights import verify as verify_weights
    from assistant.settings import load_settings

    with Shown() as progress:
        digest = verify_weights(load_settings(), progress)
    if as_json:
        print_json({"sha256": digest})
    else:
        click.echo(f"The weights are what they should be: SHA-256 {digest}")
    return 0


@models.command()
@json_option
def measure(as_json: bool) -> int:
    """How the model in force keeps placeholders and tags; localization shows them in the form it keeps best."""
    from assistant.cli.options import acting_user
    from assistant.localization.protection.measuring import TokenStyles, measure
    from assistant.settings import load_settings
    from assistant.workspace import Workspace
    from knowledge.domain.errors import InputError

    with Shown() as progress, Workspace.open(load_settings(), progress) as workspace:
        model = workspace.model
        if not model.writes:
            raise InputError(f"{model.name} does not write; set KOUJING_MODEL to a model that does")
        found = measure(model)
        styles = TokenStyles(workspace.database, workspace.name)
        styles.keep(model.name, found.best, acting_user(), workspace.settings.now())
    if as_json:
        print_json({"model": model.name, "texts": found.of, "kept": {str(k): v for k, v in found.kept.items()},
                    "best": str(found.best)})  # fmt: skip
        return 0
    for style, count in found.kept.items():
        click.echo(f"{style}: {count} of {found.of} texts kept all placeholders and tags")
    click.echo(f"{model.name} is shown them in the form '{found.best}' from now on.")
    return 0
