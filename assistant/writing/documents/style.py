"""`write: style` — how a model text is made, so that another can be made like it, and how near the other one came.

By program, in short lines that are true of the model text and cite it. The part's role says which: `trait` its
analysis, `element` what can be taken over, `plan` an outline paragraph by paragraph, `review` a comparison of the
sections named in `context` with it. What is measured rests on the measurement, kept as evidence of the brief.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from assistant.checks.runs import pieces_of, without_quotes
from assistant.claims.quantities import holds, quantities
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.documents.manner import Manner, manner_of
from knowledge.domain.text import length
from knowledge.domain.words import Words
from prompts.section import TemplateSection

LONGEST_QUOTE = {"zh": 40}
"""Characters of a first sentence that the analysis quotes; 24 words elsewhere."""

_WORDS_QUOTED = 24
_KINDS = {
    "question": Words(zh="提问", en="a question"),
    "figures": Words(zh="数字", en="figures"),
    "list": Words(zh="列举", en="a list"),
    "quote": Words(zh="引语", en="a quote"),
    "scene": Words(zh="场景", en="a scene"),
    "call": Words(zh="号召", en="a call to act"),
    "statement": Words(zh="陈述", en="a statement"),
}
_PERSONS = {
    "we": Words(zh="第一人称“我们”", en="first person plural"),
    "you": Words(zh="第二人称，直接对读者说话", en="second person, speaking to the reader"),
    "i": Words(zh="第一人称“我”", en="first person singular"),
    "": Words(zh="第三人称", en="third person"),
}
_DEVICES = {
    "questions": Words(zh="提问 {} 处", en="questions: {}"),
    "figures": Words(zh="数字 {} 处", en="figures: {}"),
    "items": Words(zh="列举 {} 条", en="list items: {}"),
    "quotes": Words(zh="引语 {} 处", en="quotes: {}"),
    "short": Words(zh="短句 {} 句", en="short sentences: {}"),
}


class StyleSection:
    """Short lines about the model text, or about the new text beside it, by the part's role."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        role = section.parts[0].role if section.parts else "trait"
        name = next((want.input for want in section.evidence if want.input), None)
        model = desk.book.document(str(name)) if name else []
        manner = manner_of(desk.values.get(str(name), ""), desk.locale)
        if not model or not manner.passages:
            return [] if section.optional else [desk.gap(section)]
        if role == "review":
            lines = list(_review(section, manner, desk))
        else:
            lines = [words.of(desk.language) for words in _LINES.get(role, _traits)(manner)]
        return [self._line(text, role, model, desk) for text in lines]

    def _line(self, text: str, role: str, model: Sequence[Evidence], desk: Desk) -> Paragraph:
        measured = desk.book.brief_evidence(text)
        return desk.paragraph(text, [*(piece.id for piece in model[:3]), measured.id], role=role, by="program")


def _traits(manner: Manner) -> Iterator[Words]:
    """The analysis: opening, size, sentences, person, devices, ending."""
    opening, ending = _KINDS[manner.opening], _KINDS[manner.ending]
    quoted_zh, quoted_en = _first(manner, LONGEST_QUOTE["zh"]), _first(manner, _WORDS_QUOTED * 7)
    yield Words(
        zh=f"开头：用{opening.zh}引入{f'：“{quoted_zh}”' if quoted_zh else ''}",
        en=f"Opening: {opening.en}{f' (“{quoted_en}”)' if quoted_en else ''}",
    )
    sizes = [passage.size for passage in manner.passages]
    yield Words(
        zh=f"篇幅：{len(sizes)} 段，共 {manner.size} 字，每段 {min(sizes)}～{max(sizes)} 字",
        en=f"Length: {len(sizes)} paragraphs, {manner.size} words in all, {min(sizes)} to {max(sizes)} words each",
    )
    yield Words(
        zh=f"句子：平均每句 {manner.average} 字，最长 {max(manner.sentences)} 字",
        en=f"Sentences: {manner.average} words on average, the longest {max(manner.sentences)} words",
    )
    person = _PERSONS[manner.person]
    yield Words(zh=f"人称：{person.zh}", en=f"Person: {person.en}")
    used = [(name, count) for name, count in manner.devices.items() if count]
    if used:
        yield Words(
            zh=f"手法：{'，'.join(_DEVICES[name].zh.format(count) for name, count in used)}",
            en=f"Devices: {'; '.join(_DEVICES[name].en.format(count) for name, count in used)}",
        )
    yield Words(zh=f"结尾：用{ending.zh}收束", en=f"Ending: {ending.en}")


def _elements(manner: Manner) -> Iterator[Words]:
    """What can be taken over without taking its words: title, rhythm, joints, order."""
    if manner.title:
        asks = manner.title.rstrip().endswith(("?", "？"))
        figure = bool(quantities(manner.title))
        kind = "question" if asks else "figures" if figure else "statement"
        yield Words(zh=f"标题：{_KINDS[kind].zh}式", en=f"Title: {_KINDS[kind].en}")
    short = manner.devices["short"]
    yield Words(
        zh=f"节奏：{len(manner.sentences)} 句里有 {short} 句短句",
        en=f"Rhythm: short sentences, {short} out of {len(manner.sentences)}",
    )
    if manner.connectors:
        yield Words(
            zh=f"衔接：用{'、'.join(manner.connectors)}转接",
            en=f"Joints: {', '.join(manner.connectors)}",
        )
    order = [_KINDS[passage.does] for passage in manner.passages]
    yield Words(
        zh=f"顺序：{' → '.join(kind.zh for kind in order)}", en=f"Order: {' → '.join(kind.en for kind in order)}"
    )


def _plan(manner: Manner) -> Iterator[Words]:
    """Paragraph by paragraph what the new text does, and how long."""
    for number, passage in enumerate(manner.passages, start=1):
        kind = _KINDS[passage.does]
        yield Words(
            zh=f"第 {number} 段：{kind.zh}，约 {passage.size} 字",
            en=f"Paragraph {number}: {kind.en}, about {passage.size} words",
        )


_LINES: dict[str, Callable[[Manner], Iterator[Words]]] = {"trait": _traits, "element": _elements, "plan": _plan}


def _review(section: TemplateSection, manner: Manner, desk: Desk) -> Iterator[str]:
    """The new text beside the model: the longest run in common, length, opening, figures and their sources."""
    written = [
        paragraph
        for name in section.context
        if (done := desk.written.get(name))
        for paragraph in done.paragraphs
        if not paragraph.gap
    ]
    if not written:
        return
    model = "\n".join([manner.title, *(passage.text for passage in manner.passages)])
    text = "\n".join(paragraph.text for paragraph in written)
    run = longest_run(text, model, desk)
    yield Words(
        zh=f"与范文最长的相同文字：{run} 个字（引语不计，上限 12 个字）",
        en=f"Longest run in common with the model text: {run} words (quotes aside; the limit is 8)",
    ).of(desk.language)
    body = [paragraph for paragraph in written if paragraph.role not in ("title", "subtitle")]
    size = sum(length(paragraph.text, desk.locale) for paragraph in body)
    yield Words(
        zh=f"篇幅：新稿 {len(body)} 段 {size} 字，范文 {len(manner.passages)} 段 {manner.size} 字",
        en=f"Length: {len(body)} paragraphs with {size} words; the model text has {len(manner.passages)} with "
        f"{manner.size}",
    ).of(desk.language)
    new = manner_of("\n".join(paragraph.text for paragraph in body), desk.locale)
    ours, theirs = _KINDS[new.opening], _KINDS[manner.opening]
    yield Words(
        zh=f"开头：新稿用{ours.zh}，范文用{theirs.zh}", en=f"Opening: {ours.en}; in the model text {theirs.en}"
    ).of(desk.language)
    yield _figures(written, desk)


def _figures(written: Sequence[Paragraph], desk: Desk) -> str:
    """How many figures the new text has, and those that its sources do not."""
    by_id = {evidence.id: evidence for evidence in desk.book.all}
    said = [(q, paragraph) for paragraph in written for q in quantities(paragraph.text, desk.language)]
    missing = [
        q.text for q, paragraph in said if not any(holds(by_id[c], q) for c in paragraph.citations if c in by_id)
    ]
    if missing:
        return Words(
            zh=f"数字：新稿 {len(said)} 处，其中所引资料里没有：{'、'.join(missing)}",
            en=f"Figures: {len(said)}; not in the sources cited: {', '.join(missing)}",
        ).of(desk.language)
    return Words(
        zh=f"数字：新稿 {len(said)} 处，都在所引的资料里", en=f"Figures: {len(said)}, all in the sources cited"
    ).of(desk.language)


def longest_run(text: str, model: str, desk: Desk) -> int:
    """Letters (zh, ja) or words of the longest run that two texts share, quotations aside."""
    ours, theirs = (pieces_of(without_quotes(t), desk.locale) for t in (text, model))
    size = 0
    while size < min(len(ours), len(theirs)):
        known: set[Hashable] = set(theirs.windows(size + 1))
        if not any(window in known for window in ours.windows(size + 1)):
            break
        size += 1
    return size


def _first(manner: Manner, longest: int) -> str:
    first = manner.first.strip().strip('“”"')
    return first if len(first) <= longest and "“" not in first and '"' not in first else ""
