"""`koujing models`."""

from __future__ import annotations

import click

from assistant.cli.output import Shown, json_option, print_json


@click.group()
def models() -> None:
    """The language model: list, install, verify."""


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
