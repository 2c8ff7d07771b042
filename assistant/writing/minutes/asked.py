"""A job that a sentence gives somebody, before it is known when it is due and what "it" means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What, and whose it is. `to_you`: of the one spoken to; `nobody`: the sentence says that it has nobody yet;
    `about`: what stands before it in the same sentence."""

    what: str
    owner: str = ""
    to_you: bool = False
    nobody: bool = False
    about: str = ""
