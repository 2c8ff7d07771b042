"""Words in a draft that nobody asked for: what no source carries, and what a source of others may not carry.

Decided after the writing and by program, so it does not matter why a model wrote it: because it invents, or because an
instruction hidden in its material told it to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.claims.words import content_words, plain_words, support, weights
from assistant.draft import Evidence
from assistant.given_pieces import is_talk
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import detect_language
from knowledge.domain.text import sentences
from knowledge.domain.words import Words
from knowledge.reading.orders import is_order, unfolded

HARDLY, DOUBTFUL = 0.12, 0.3
"""Below these shares of its content words a sentence is carried by nothing, or looked at by meaning too."""

ALIKE = {False: 0.3, True: 0.15}
"""The likeness (cosine) to some sentence of the sources that a statement must have at least, and an idea."""

ACROSS = 0.25
"""The same where the sources are in another language."""

_CLAUSE = re.compile(
    r"[，,；;：:、（）()—–|]+|(?<=[㐀-鿿\d]) +(?=[㐀-鿿A-Za-z])|(?<=[A-Za-z\d.]) +(?=[㐀-鿿])|[.。!！?？]\s*"
)
_SHORT_ROLES = ("title", "subtitle", "line")
_OWN_SCRIPTS = frozenset("zh en de fr es pt it nl".split())
"""Languages of drafts that are written in Han or Latin letters only."""
_OTHER_SCRIPT = re.compile(r"[\u0386-\u1fff\u3040-\u30ff\uac00-\ud7af]{3,}")
_LATIN_RUN = re.compile(r"(?:[A-Za-zÀ-ɏ][\w'’-]*[ ,]+){2,}[A-Za-zÀ-ɏ][\w'’-]*")
_HAN_RUN = re.compile(r"[㐀-鿿]{3,}")
_RIDER = 2
"""Content words that a clause must have to carry something along."""

_COMPARED = 6
"""Sentences of the sources that a sentence is compared with by meaning."""


@lru_cache(maxsize=1)
def _appeals() -> tuple[re.Pattern[str], ...]:
    """What speaks of the text itself or to its readers: who pays for it, who approved it, what to click, buy, send."""
    lines = yaml.safe_load((Path(__file__).parent / "appeals.yaml").read_text(encoding="utf-8"))
    return tuple(map(re.compile, lines))


class UninvitedWords(ParagraphCheck):
    """A sentence that no source carries, or that obeys an order; and a call to readers, a word on the text itself
    (who sponsors it, who approved it) that only a given document or an entry on others has.

    Given documents and competitors' pages tell facts; what readers are asked to do and what the piece says of itself
    comes from the company's own entries and the brief.
    """

    id = "uninvited_words"
    severity = Severity.ERROR
    drafts_only = True
    repair = True
    title = Words(zh="没有人要求写的话", en="Words that nobody asked for")
    examples = (
        Example("网关记录了 90 天的数据。本文由星河资本独家赞助。", "网关在本地记录 90 天的数据。", found=True),
        Example("网关在现场保存 90 天数据。", "网关在本地记录 90 天的数据。", found=False),
        Example("Subscribe now for more.", "The gateway keeps 90 days of data on the spot.", True, "en"),
        Example(
            "The gateway keeps its data. The capital of Brazil is Brasilia.",
            "The gateway keeps 90 days of data on the spot.", True, "en",
        ),
        Example(
            "订阅收入增长 30%，下载量超过 5 万次。", "公司的订阅收入增长 30%，应用的下载量超过 5 万次。", found=False
        ),
        Example(
            "Technicians log in and download the reports.",
            "The platform lets technicians download the reports after they log in.", False, "en",
        ),
        Example("Click here. The gateway keeps 90 days.", "The gateway keeps 90 days of data on the spot.", True, "en"),
        Example("90 days of data are kept.", "The gateway keeps 90 days of data on the spot.", False, "en"),
    )  # fmt: skip

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.paragraph.by == "person" or (view.section and view.section.write == "translate"):
            return
        ground = view.offered or view.cited
        if view.paragraph.by == "program" and all(evidence.trusted for evidence in view.cited):
            return
        for span in sentences(view.text):
            said = span.of(view.text)
            if why := self._why(said, ground, view):
                yield self.finding(why, view.locale, view.paragraph.id, span, evidence=view.paragraph.citations)

    def _why(self, said: str, ground: Sequence[Evidence], view: ParagraphView) -> Words | None:
        plain = unfolded(said)
        for appeal in _appeals():
            if appeal.search(plain) and not any(appeal.search(unfolded(e.text)) for e in ground if e.trusted):
                return Words(
                    zh="这句话在号召读者行动，或在谈稿件本身，公司自己的资料里没有这样的话；请删去",
                    en="this calls on readers or speaks of the text itself, and no source of the company's does",
                )
        if view.paragraph.by == "program":
            return None
        if is_order(said) and not any(evidence.trusted and said in evidence.text for evidence in ground):
            return Words(zh="这是写给撰稿人的指令，不是内容；请删去", en="this is an order to the writer, no content")
        idea = view.section is not None and view.section.write == "propose"
        if ground and not (_is_carried(said, ground, view, idea) and (idea or _has_no_rider(said, ground, view))):
            return Words(zh="没有任何资料支持这句话；请删去", en="no source says anything like this; leave it out")
        return None


def _is_carried(said: str, ground: Sequence[Evidence], view: ParagraphView, idea: bool) -> bool:
    """Whether some source speaks of what the sentence says, in its words or (an idea, another language) its meaning."""
    words = content_words(said)
    if not words:
        return True
    texts = [_told(evidence) for evidence in ground]
    language = detect_language(said)
    comparable = language is None or any(detect_language(text) in (None, language) for text in texts)
    carried = support(said, texts, weights(texts))
    if carried >= (HARDLY if idea else DOUBTFUL):
        return True
    if comparable and not idea and carried < HARDLY:
        return False
    alike = view.standards.alike
    least = ALIKE[idea] if comparable else min(ALIKE[idea], ACROSS)
    return alike is None or alike(said, _nearest(said, texts)) >= least


def _told(evidence: Evidence) -> str:
    """What a source tells: a given document tells nothing by asking, unless people talk in it."""
    text = evidence.text
    if evidence.origin == "input" and not is_talk(text):
        told = (span.of(text) for span in sentences(text))
        text = "\n".join(sentence for sentence in told if not sentence.rstrip("\"'”’」 ").endswith(("?", "？")))
    return f"{evidence.title}\n{text}"


def _has_no_rider(said: str, ground: Sequence[Evidence], view: ParagraphView) -> bool:
    """False for a sentence that carries something along: a clause without one content word of any source (in a line
    that stands by itself, a run of words), and without a like meaning."""
    texts = [_told(evidence) for evidence in ground]
    language = detect_language(said)
    whole = "\n".join(texts).casefold()
    if view.locale.language in _OWN_SCRIPTS and _is_foreign(said, whole, view.locale.counts_characters):
        return False
    alike = view.standards.alike
    if alike is None or not any(detect_language(text) in (None, language) for text in texts):
        return True
    there = frozenset[str]().union(*(content_words(text) for text in texts))
    pieces = [piece for piece in _CLAUSE.split(said) if piece.strip()]
    if view.paragraph.role in _SHORT_ROLES:
        pieces = [run for piece in pieces for run in _runs(piece, there)]
    elif len(pieces) < 2:
        return True
    for piece in pieces:
        words = content_words(piece)
        if len(words) >= _RIDER and not words & there and alike(piece, _nearest(piece, texts)) < ALIKE[False]:
            return False
    return True


def _is_foreign(said: str, there: str, han: bool) -> bool:
    """Whether words of another script stand in the sentence that no source has: letters that are neither Latin nor Han,
    and in a text of Han letters a run of Latin words."""
    if any(word not in there for word in _OTHER_SCRIPT.findall(said.casefold())):
        return True
    runs = _LATIN_RUN.findall(said) if han else _HAN_RUN.findall(said)
    return any(
        sum(word not in there for word in re.findall(r"[^\W\d_]+", run.casefold())) * 2 > len(run.split())
        for run in runs
    )


def _runs(piece: str, there: frozenset[str]) -> list[str]:
    """The stretches of a line between the words that some source has."""
    runs, last = [], ""
    for token in re.findall(r"[^\W\d_]*[㐀-鿿]+|[^\s㐀-鿿]+|\s+", piece):
        if content_words(token) & there:
            runs.append(last)
            last = ""
        else:
            last += token
    return [run for run in [*runs, last] if run.strip()]


def _nearest(said: str, texts: Sequence[str]) -> list[str]:
    """The sentences of the sources that share the most words with one."""
    words = plain_words(said)
    found = {span.of(text): None for text in texts for span in sentences(text)}
    return sorted(found, key=lambda one: -len(words & plain_words(one)))[:_COMPARED]
