"""Scripts: seconds that add up, and words that can be spoken in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView, Example
from assistant.checks.forms import fields_in
from assistant.checks.rules import NoParameters, RuleCheck, part_of
from assistant.draft import Paragraph
from assistant.input_values import number_of
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.text import length
from knowledge.domain.words import Record, Words
from prompts.template import Rule

CHARACTERS, WORDS = 4.5, 2.5
"""What is spoken in a second."""
TOLERANCE = 0.2
"""A quick speaker gets so much more in."""

_SECONDS = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d)?)\s?(?:秒钟?|s\b|secs?\b|seconds?\b)|(?:秒数?|时长|seconds?)\s?[:：]\s?(\d{1,3}(?:\.\d)?)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:口播|旁白|台词|配音|解说|voice ?over|spoken(?: text)?|narration|VO)\s?[:：]\s?(?P<said>[^｜|\n]{1,600}?)"
    r"(?=\s*(?:[｜|\n]|(?:字幕|画面|秒数?|时长|caption|picture|seconds?)\s?[:：]|$))",
    re.IGNORECASE,
)


class OfSeconds(Record):
    """The input that says how long the film is."""

    input: str


class SecondsSum(RuleCheck[OfSeconds]):
    """Scenes whose seconds do not add up to what the brief asks for, and a scene without seconds. Where the brief names
    no length there is nothing to add up to."""

    id = "seconds_sum"
    severity = Severity.ERROR
    title = Words(zh="秒数合计不符", en="Seconds do not add up")
    parameters = OfSeconds
    inputs = ("input",)

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: OfSeconds
    ) -> Iterator[Finding]:
        timed = [(p, seconds_of(view, p)) for p in paragraphs]
        if not any(seconds is not None for _, seconds in timed):
            return
        for paragraph, seconds in timed:
            if seconds is None and _is_scene(view, paragraph):
                yield self.finding(
                    Words(zh="这一场没有秒数；补上", en="this scene has no seconds; add them"),
                    view.locale, paragraph.id, severity=Severity.WARNING,
                )  # fmt: skip
        asked = number_of(view.draft.inputs.get(parameters.input, ""))
        total = sum(seconds for _, seconds in timed if seconds is not None)
        if asked is not None and abs(total - asked) >= 0.5:
            yield self.finding(
                Words(
                    zh=f"各场共 {total:g} 秒，要求 {asked} 秒；调整各场秒数",
                    en=f"the scenes take {total:g} seconds, {asked} are asked for; change their seconds",
                ),
                view.locale, timed[-1][0].id,
            )  # fmt: skip


class SpokenLength(RuleCheck[NoParameters]):
    """More spoken text than a scene has time for: about 4.5 characters or 2.5 words a second, a fifth more at most."""

    id = "spoken_length"
    severity = Severity.WARNING
    title = Words(zh="口播念不完", en="Too much to say in the time")
    examples = (
        Example("画面：车间｜口播：三百台老设备，没有一台要换。｜字幕：不换机器｜3 秒", "", found=False),
        Example("画面：车间｜口播：三百一十二台没有通信口的老设备，二十三天全部接进系统。｜3 秒", "", found=True),
        Example("Picture: shop floor | Spoken: No machine was replaced. | Seconds: 3", "", False, "en"),
        Example(
            "Picture: shop floor | Spoken: Not one of three hundred old machines was replaced. | 2 s", "", True, "en"
        ),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        pace = CHARACTERS if view.locale.counts_characters else WORDS
        for paragraph in paragraphs:
            seconds, spoken = seconds_of(view, paragraph), _spoken(view, paragraph)
            if seconds is None or not spoken:
                continue
            needed = length(spoken, view.locale) / pace
            if needed > seconds * (1 + TOLERANCE):
                yield self.finding(
                    Words(
                        zh=f"口播要 {needed:.0f} 秒左右，这一场只有 {seconds:g} 秒；删短或加时",
                        en=f"this takes about {needed:.0f} seconds to say, it has {seconds:g}; cut it or add time",
                    ),
                    view.locale, paragraph.id,
                )  # fmt: skip


def seconds_of(view: DraftView, paragraph: Paragraph) -> float | None:
    """The seconds of a scene: the form's own field, else the last one that its text names."""
    fields = _fields(view, paragraph)
    if "seconds" in fields:
        found = re.search(r"\d{1,3}(?:\.\d)?", fields["seconds"])
        return float(found.group()) if found else None
    named = _SECONDS.findall(paragraph.text)
    return float(named[-1][0] or named[-1][1]) if named else None


def _spoken(view: DraftView, paragraph: Paragraph) -> str:
    fields = _fields(view, paragraph)
    if "spoken" in fields:
        return fields["spoken"]
    found = _SPOKEN.search(paragraph.text)
    return found["said"].strip() if found else ""


def _is_scene(view: DraftView, paragraph: Paragraph) -> bool:
    part = part_of(view, paragraph)
    return (part is not None and "seconds" in part.fields) or bool(_SPOKEN.search(paragraph.text))


def _fields(view: DraftView, paragraph: Paragraph) -> dict[str, str]:
    return dict(fields_in(paragraph.text, part_of(view, paragraph), view.locale.language) or {})
