"""Whether a name can be taken out of its surroundings: not out of an address, a path, a handle, a longer word."""

from __future__ import annotations

import re

from knowledge.naming.letters import IGNORED

_LEFT = re.compile(r"[A-Za-z0-9._~%+=&?:@#/\\$-]{0,120}$")
_RIGHT = re.compile(r"[A-Za-z0-9._~%+=&?:@#/\\$-]{0,120}")
_TAG_LEFT = re.compile(r"[@#][^\s@#，。；：、！？（）()《》“”\"]{0,40}$")
_LABEL = re.compile(r"[\w-]{0,60}\.(?:[a-z0-9]{2,}|[A-Z]{2,}|中国|公司|网络|集团|公益|在线|香港|台湾)")
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$|\.[A-Za-z0-9]{1,5}\b")
_WIDE = str.maketrans("＠＃．／：＼－＿", "@#./:\\-_")


def is_in_address(text: str, start: int, end: int) -> bool:
    """True when text[start:end] is part of a mail address, URL, host, file path, handle, hashtag or identifier.

    Looks at most 120 characters to either side.
    """
    before = text[max(0, start - 120) : start].replace(IGNORED, "").translate(_WIDE)
    after = text[end : end + 120].replace(IGNORED, "").translate(_WIDE)
    left = _LEFT.search(before)
    right = _RIGHT.match(after)
    run, rest = left.group() if left else "", right.group() if right else ""
    if _TAG_LEFT.search(before) or "@" in rest or "\\" in run + rest:
        return True
    if "://" in run or "www." in run.lower() or run.endswith("_") or rest.startswith("_") or "_" in text[start:end]:
        return True
    if _is_host(text[start:end], before, run, rest, after):
        return True
    if run.endswith("-") and text[start:end].islower() and text[start:end].isascii():
        return True  # case-shente-2024
    return _is_path(run, rest, after)


def _is_host(name: str, before: str, run: str, rest: str, after: str) -> bool:
    # `Shente.The` lacks a blank after the full stop: a host is written in one case.
    labels = _LABEL.match(after)
    if labels and (rest or labels.group()[0] in ".-_" or labels.group()[0].isascii()):
        return True
    return run.endswith(".") and len(run) > 1 and run[-2].isalnum() and (name.islower() or rest.startswith("."))


def _is_path(run: str, rest: str, after: str) -> bool:
    if "/" not in run and not rest.startswith("/"):
        return False
    if run.startswith(("/", "./", "~", "../")) or (run + rest).count("/") > 1 or ":" in run:
        return True
    return bool(_FILE.search(run)) or bool(re.match(r"[^\s，。；]{0,60}?\.[A-Za-z0-9]{1,5}\b", after))
