"""`koujing doctor`."""

from __future__ import annotations

import click

from assistant.cli.output import json_option, print_json


@click.command()
@json_option
def doctor(as_json: bool) -> int:
    """Look the workspace over: what is wrong, and the command that mends it."""
    from assistant.doctor.diagnosing import diagnose
    from assistant.settings import load_settings

    found = diagnose(load_settings())
    if as_json:
        print_json({"diagnoses": [diagnosis.to_json() for diagnosis in found]})
    else:
        for diagnosis in found:
            mark, to_do = ("ok", "see") if diagnosis.well else ("!!", "mend it with:")
            remedy = f"\n     {to_do} {diagnosis.remedy}" if diagnosis.remedy else ""
            click.echo(f"{mark}  {diagnosis.what}: {diagnosis.finding}{remedy}")
    return 0 if all(diagnosis.well for diagnosis in found) else 1
