"""Names: known ones in their known form, unknown ones in the source script, models and products letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.localization.checks.base import Pair, PairExample, SegmentCheck
from assistant.localization.checks.facts import CODE, Reading
from assistant.localization.checks.term_places import places, stands
from assistant.localization.term_forms import cell_in
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.words import Words

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-+][A-Za-z0-9]+)*|\d+[A-Za-z]+[A-Za-z0-9]*")
_PLAIN_PARTS = re.compile(r"\A(?:[a-z]+-)+|(?:-[a-z]+)+\Z")
_STANDARD = re.compile(r"\b(?:ISO(?:/IEC)?|IEC|IEEE|EN|DIN|GB/T|GB|RFC|UL|ANSI|PCI|SOC)[ -]?\d[\d.:-]*")
# What is written otherwise in other languages, or is a unit.
_UNITS = re.compile(
    r"\d+(?:x|X|k|K|M|G|B|T|m|s|h|d|st|nd|rd|th|bn|mn|am|pm|AM|PM|ms|km|cm|mm|kg|g|mg|L|l|ml|mL|W|kW|V|A|Hz|kHz|MHz|GHz|GB|MB|KB|"
    r"kB|TB|PB|Gbps|Mbps|kbps|fps|px|dpi|pt|mAh|kWh|nm|year|month|day|hour|minute|min|sec|bit|Bit|fold|er|ers|s)\Z"
)
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_NUMBERED = re.compile(r"[A-Z]?[a-z]{2,}\d+\Z")
_QUARTER = re.compile(r"(?:Q[1-4]|H[12]|FY\d{2,4}|CY\d{2,4})\Z")


_LEGAL_FORM = re.compile(
    r"(?:（集团）|\(集团\)|集团)?(?:股份)?(?:有限(?:责任)?)?公司\Z|株式会社\Z|"
    r",? (?:Co\.,? ?Ltd|Co|Ltd|Limited|Inc|Corp|LLC|PLC|GmbH(?: & Co\. KG)?|AG|SE|KG|S\.?A\.?(?:S|R\.?L)?)\.?\Z"
)


class NameChanged(SegmentCheck):
    """A name whose known form is not in the target, an unknown one that was rendered all the same, or a model number,
    standard or product name that is not letter by letter as in the source."""

    id = "name_changed"
    severity = Severity.ERROR
    title = Words(zh="名称有变", en="Name changed")
    instruction = "Copy names, product names and model numbers exactly; never guess a form of a name."
    examples = (
        PairExample("海底捞选择了我们", "Haidilao chose us", False, names={"海底捞": "Haidilao"}),
        PairExample("海底捞选择了我们", "Subway chose us", True, names={"海底捞": "Haidilao"}),
        PairExample("东山咨询选择了我们", "Dongshan Consulting chose us", True, names={"东山咨询": ""}),
        PairExample("Acme Tools grew", "艾科美增长了", False, ("en", "zh-CN"), names={"Acme Tools": "艾科美有限公司"}),
        PairExample("R200 机器人通过 ISO 9001 认证", "The R200 robot is certified to ISO 9001", False),
        PairExample("R200 机器人通过 ISO 9001 认证", "The R300 robot is certified to ISO 9001", True),
        PairExample("The R200 passed ISO 27001", "R200 通过了 ISO 27701", True, ("en", "zh-CN")),
        PairExample("GitHub helps teams", "GitHub 帮助团队", False, ("en", "zh-CN")),
        PairExample("GitHub helps teams", "吉特哈布帮助团队", True, ("en", "zh-CN")),
        PairExample("YouTube grew 30%", "YouTube wuchs um 30 %", False, ("en", "de")),
        PairExample("YouTube grew 30%", "YuoTube wuchs um 30 %", True, ("en", "de")),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        source, target = pair.facts.source, pair.facts.target
        for name, form in pair.names.items():
            if not name or not _occurs(name, source):
                continue
            wanted = form or name
            if not any(stands(one, target.text, target.language) for one in written(wanted)) and not spelled(
                wanted, target.text
            ):
                yield self.finding(_said_for(name, wanted), pair, fix=wanted)
        rendered = _rendered(pair)
        lost = [
            token
            for token in letter_by_letter(source)
            if token.lower() not in rendered and not spelled(token, target.text)
        ]
        if lost:
            listed = "、".join(lost)
            yield self.finding(Words(zh=f"译文里少了：{listed}", en=f"missing from the target: {listed}"), pair)


class NameUnconfirmed(SegmentCheck):
    """A name without a known form: it stands in the source script until a person says how it is written."""

    id = "name_unconfirmed"
    severity = Severity.INFO
    title = Words(zh="名称译法待确认", en="Name not confirmed")
    instruction = "Leave a name without a known form in the source script."
    examples = (
        PairExample("东山咨询选择了我们", "东山咨询 chose us", True, names={"东山咨询": ""}),
        PairExample("海底捞选择了我们", "Haidilao chose us", False, names={"海底捞": "Haidilao"}),
        PairExample("我们选择了它", "We chose it", False, names={"东山咨询": ""}),
        PairExample("Acme chose us", "Acme 选择了我们", False, ("en", "zh-CN"), names={"Acme": "Acme"}),
        PairExample("Müller AG chose us", "Müller AG 选择了我们", True, ("en", "zh-CN"), names={"Müller AG": ""}),
        PairExample("东山咨询选择了我们", "東山諮詢が採用", False, ("zh-CN", "ja"), names={"东山咨询": ""}),
    )

    def check(self, pair: Pair) -> Iterator[Finding]:
        target = pair.facts.target
        for name, form in pair.names.items():
            at = target.text.find(name) if name and not form and _occurs(name, pair.facts.source) else -1
            if at >= 0:
                yield self.finding(
                    Words(zh=f"“{name}”没有已知译法，保留原文", en=f"'{name}' has no known form and stays as it is"),
                    pair,
                    target.place(at, at + len(name)),
                )


def _said_for(name: str, wanted: str) -> Words:
    if name == wanted:
        return Words(zh=f"译文里少了名称“{name}”", en=f"the name '{name}' is missing from the target")
    return Words(zh=f"“{name}”应为“{wanted}”", en=f"'{name}' must stand as '{wanted}'")


def written(form: str) -> tuple[str, ...]:
    """How the known form of a name may be written: as it is, or without its legal form."""
    short = _LEGAL_FORM.sub("", form)
    return (form,) if len(short) < 2 else tuple(dict.fromkeys((form, short)))


def _occurs(name: str, reading: Reading) -> bool:
    return next(places(name, reading.text, reading.language), None) is not None


def _rendered(pair: Pair) -> str:
    """The names and terms that have a form of their own in the target, one after another in small letters."""
    names = [name for name, form in pair.names.items() if form]
    terms = [term.term for term in pair.terms if cell_in(term, pair.target_locale)]
    return "\n".join(names + terms).lower()


def letter_by_letter(reading: Reading) -> list[str]:
    """What stays as it is in every language: standards, model numbers, names with a capital inside, and in a Chinese
    text every name in Latin letters."""
    found: dict[str, None] = {}
    for match in _STANDARD.finditer(reading.text):
        found[match.group().rstrip(".:-")] = None
    figures = [(figure.span.start, figure.span.end) for figure in reading.figures]
    for match in _TOKEN.finditer(reading.text):
        token = _PLAIN_PARTS.sub("", match.group())
        if any(start <= match.start() < end for start, end in figures) or token in _NOT_NAMES:
            continue
        if is_name(token):
            found[token] = None
    return list(found)


_NOT_NAMES = frozenset({"eBook", "eCommerce", "eMail", "COVID-19", CODE})


def is_name(token: str) -> bool:
    """True for R200, 5G, SARS-CoV-2, GitHub; not for 3x, 40GB, Q3, Table1, IT, nor IoT, which has words of its own."""
    if any(letter.isdigit() for letter in token):
        return not (_UNITS.match(token) or _QUARTER.match(token) or _NUMBERED.match(token)) and token.lower() != token
    if "-" in token or len(token) < 5 or token.endswith(("s", "aaS")):
        return False
    return any(b.isupper() and a.islower() for a, b in pairwise(token))


_JOINTS = re.compile(r"[ \u00a0‑-]|(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_NUMERONYM = re.compile(r"([A-Za-z])(\d{1,2})([A-Za-z])\Z")


def spelled(token: str, text: str) -> Span | None:
    """Where it stands letter by letter, but for capitals, for blanks and hyphens at the joints (RedHat, Red Hat), and
    for a word whose letters are counted (K8s, Kubernetes)."""
    pattern = r"[ \u00a0‑-]?".join(re.escape(part) for part in _JOINTS.split(token))
    found = re.search(rf"(?<![A-Za-z0-9]){pattern}(?![0-9])", text, re.IGNORECASE)
    counted = None if found else _NUMERONYM.match(token)
    if counted is not None:
        first, between, last = counted.groups()
        found = re.search(rf"(?<![A-Za-z]){first}[a-z]{{{between}}}{last}(?![A-Za-z])", text, re.IGNORECASE)
    return Span(*found.span()) if found else None
