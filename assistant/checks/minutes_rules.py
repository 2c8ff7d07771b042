"""Minutes: every action with owner and date, and nobody who was not in the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView
from assistant.checks.forms import fields_in
from assistant.checks.rules import NoParameters, RuleCheck, given_text, part_of
from assistant.claims.quantities import quantities
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.words import Record, Words
from prompts.section import Part
from prompts.template import Rule

_OWNER = re.compile(
    r"负责|责任人|牵头|主办|由\s?\S{1,12}(?:完成|提交|整理|确认|跟进|准备|联系)|"
    r"owner|responsible|assigned to|in charge",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"完成时间|截止|期限|之前|前完成|尽快|本周|下周|本月|下月|月底|年底|今天|明天|"
    r"due|deadline|\bby\b|before|until|end of|(?:next|this) (?:week|month)|today|tomorrow|"
    r"\b(?:mon|tues|wednes|thurs|fri)day",
    re.IGNORECASE,
)


class ActionWithoutOwner(RuleCheck[NoParameters]):
    """An action of a meeting that does not say who does it and by when, or that nobody named one. Pieces that the
    template's form put together are read field by field; a line that a person wrote is looked through for the words,
    and is a warning only."""

    id = "action_without_owner"
    severity = Severity.ERROR
    title = Words(zh="行动项缺负责人或时间", en="Action without owner or date")

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        for paragraph in paragraphs:
            part = part_of(view, paragraph)
            formed = part is not None and {"owner", "due"} & set(part.fields)
            if not (formed or rule.role or paragraph.role == "action"):
                continue
            fields = fields_in(paragraph.text, part, view.locale.language)
            missing = [name for name in ("owner", "due") if not _said(name, paragraph.text, fields, part, view)]
            if missing:
                unsaid = {name: part.unsaid[name] for name in missing if part and name in part.unsaid}
                words = [_NAMES[name] for name in missing]
                or_say = [unsaid.get(name, _UNSAID[name]) for name in missing]
                no = Words(zh="和".join(w.zh for w in words), en=" and no ".join(w.en for w in words))
                say = Words(zh="”“".join(w.zh for w in or_say), en=", ".join(w.en for w in or_say))
                yield self.finding(
                    Words(
                        zh=f"这一条没有{no.zh}；补上，或写明“{say.zh}”",
                        en=f"no {no.en} here; add it, or say '{say.en}'",
                    ),
                    view.locale, paragraph.id, severity=None if fields is not None else Severity.WARNING,
                )  # fmt: skip


_NAMES = {"owner": Words(zh="负责人", en="owner"), "due": Words(zh="完成时间", en="due date")}
_UNSAID = {"owner": Words(zh="未指定", en="not named"), "due": Words(zh="未定", en="not set")}


def _said(name: str, text: str, fields: object, part: Part | None, view: DraftView) -> bool:
    if isinstance(fields, dict) and name in fields:
        return bool(fields[name])
    unsaid = part.unsaid.get(name) if part else None
    if any(words.of(view.locale.language).casefold() in text.casefold() for words in (unsaid, _UNSAID[name]) if words):
        return True
    if name == "owner":
        known = view.standards.lexicon.spellings.find(fold(text))
        return bool(_OWNER.search(text)) or any(str(one.name.kind) == "person" for one in known)
    return bool(_DUE.search(text)) or any(q.date is not None for q in quantities(text))


class OfTranscript(Record):
    """The input that is the transcript."""

    input: str


_EVERYBODY = re.compile(
    r"^(?:全体|所有|各|大家|与会|参会|全员|双方|everyone|everybody|all\b|the (?:whole )?team|both)", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[,，、;；/&＆]|\s+(?:and|und|et|y|e)\s+|(?<=[一-鿿])[和与及](?=[一-鿿])")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]{0,40}[）)】\]]")


class PersonNotInTranscript(RuleCheck[OfTranscript]):
    """Somebody among the attendees or the owners of actions who does not occur in the transcript. Whole groups
    ("everybody") and what the template says where nobody was named are nobody."""

    id = "person_not_in_transcript"
    severity = Severity.ERROR
    title = Words(zh="会议记录里没有此人", en="Nobody of that name in the transcript")
    parameters = OfTranscript
    inputs = ("input",)

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: OfTranscript
    ) -> Iterator[Finding]:
        transcript = fold(given_text(view, parameters.input))
        for paragraph in paragraphs:
            for name in _people(view, rule, paragraph):
                if _occurs(name, transcript):
                    continue
                at = paragraph.text.find(name)
                yield self.finding(
                    Words(
                        zh=f"会议记录里没有“{name}”；核对姓名，或删去",
                        en=f"'{name}' is not in the transcript; look the name up, or leave it out",
                    ),
                    view.locale, paragraph.id, Span(at, at + len(name)) if at >= 0 else None,
                )  # fmt: skip


def _people(view: DraftView, rule: Rule, paragraph: Paragraph) -> list[str]:
    """The names that a paragraph gives: the owner of an action, or all of a line of attendees."""
    part = part_of(view, paragraph)
    fields = fields_in(paragraph.text, part, view.locale.language)
    if fields is not None:
        said = fields.get("owner", "")
        unsaid = part.unsaid.get("owner") if part else None
        if unsaid and said.casefold() == unsaid.of(view.locale.language).casefold():
            return []
    elif paragraph.role == "attendee" or (rule.role and not (part and part.fields)):
        said = paragraph.text
    else:
        return []
    names = (name.strip(" .。") for name in _SEPARATORS.split(_BRACKETS.sub("", said)))
    return [name for name in names if name and not _EVERYBODY.match(name)]


def _occurs(name: str, transcript: str) -> bool:
    """True when the name stands in the transcript, or each word of a name of several words does."""
    folded = fold(name)
    words = [word for word in re.split(r"[\s·.]+", folded) if word]
    return folded in transcript or (
        len(words) > 1 and all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", transcript) for word in words)
    )
