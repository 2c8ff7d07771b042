"""The table of faults: what is played, and what the user sees in each act."""

from __future__ import annotations

from pathlib import Path

from evals.bench.faults.machine import PLAYED
from evals.bench.faults.played import FAULTS, Fault
from tools.docs.tables import table


def fault_matrix(_root: Path, _zh: bool) -> str:
    """Faults of a provider, then those of the machine."""
    rows = [(fault.what, _told(fault), _once(fault), *_lasting(fault)) for fault in FAULTS]
    machine = [(what, _first_line(play.__doc__)) for what, play in PLAYED.values()]
    head = ("the provider", "the line says", "once", "a draft, if it lasts", "a localization job", "the judge")
    return "\n\n".join((table(head, rows), table(("the machine", "what happens"), machine)))


def _told(fault: Fault) -> str:
    return f"“… {fault.says} …”" if fault.says else "nothing: it does no harm"


def _once(fault: Fault) -> str:
    if fault.only:
        return "asked again for that segment" if fault.id != "reordered" else "as if nothing were"
    if fault.forgiven:
        return "made good without a word"
    return "told at once; a job asks again" if fault.job_again else "told at once"


def _lasting(fault: Fault) -> tuple[str, str, str]:
    if fault.only:
        asked = "each segment gets its own translation, or is held back"
        return "–", "as if nothing were" if fault.id == "reordered" else asked, "–"
    if not fault.says:
        return "written as always", "translated as always", "judged as always"
    judge = "the program's verdicts stand"
    if fault.reply:
        return "sections are gaps that say why; nothing is invented", "segments are held back, with the reason", judge
    return "an error; nothing is kept", "the job rests or holds segments back, and goes on later", judge


def _first_line(text: str | None) -> str:
    return " ".join((text or "").split())
