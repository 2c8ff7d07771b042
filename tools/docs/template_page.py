"""A page for each template: what it is, what it asks for, who fills it, its rules, an example, a prompt."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

from assistant.draft import Draft
from assistant.export.labels import labels_for
from assistant.export.markdown import escape, markdown_text
from prompts.inputs import Input
from prompts.loader import Templates
from prompts.section import TemplateSection
from prompts.template import Template
from tools.docs.example_drafts import Example, examples
from tools.docs.tables import both, table

BY_MODEL = ("model", "each", "translate", "table", "titles", "propose", "scenes", "topics")
"""The `write` words whose sections a language model fills."""
LONGEST_INPUT = 160
"""Characters of an input that a page shows whole; a document is longer."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)
_CITATION = re.compile(r"\[\^(S\d+)\]")


def template_page(template_id: str) -> str:
    """The whole page. Made from the template, from its golden briefs and the sample library."""
    t = Templates().get(template_id).template
    parts = [
        f"# `{t.id}`: {both(t.name)}",
        "All of this page is made by `python -m tools.docs`. [All templates](../templates.md)",
        f"{t.purpose.zh}<br>{t.purpose.en}",
        *([f"**Readers**: {both(t.audience)}"] if t.audience.zh else []),
        f"**Stage**: {t.stage}. **Version** {t.version}.",
        "## Inputs",
        table(("input", "type", "required", "question", "example"), map(_input, t.inputs)),
        "Every template also takes the readers' role, risk and stage: see [the list](../templates.md).",
        *_agreements(t),
        "## Sections",
        table(("section", "heading", "written by", "pieces and length", "when there is no evidence"), _sections(t)),
        *_order(t),
        *_rules(t),
        *_method(t),
        "## Judged by",
        "\n".join(f"- {both(criterion.question)}" for criterion in t.rubric),
        *_examples(t),
    ]
    return "\n\n".join(parts) + "\n"


def _input(i: Input) -> tuple[str, ...]:
    kind = i.type + (f": {', '.join(i.choices)}" if i.choices else f" of kind {i.kind}" if i.kind else "")
    more = [
        *(["several, with commas between"] if i.many else []),
        *([f"asked in step {i.step}"] if i.step > 1 else []),
        *([f"not asked when the library answers it ({', '.join(i.answered.kinds)})"] if i.answered else []),
    ]
    return f"`{i.name}`", "; ".join([kind, *more]), "yes" if i.required else "no", both(i.question), both(i.example)


def _agreements(t: Template) -> Iterator[str]:
    for agreement in t.agree:
        first, second = (f"`{name}`" for name in agreement.inputs)
        must = {
            "before": f"{first} is no later than {second}",
            "differ": f"{first} and {second} are not the same",
            "either": f"{first} or {second} is given",
        }
        yield f"It is asked, unless {must[agreement.test]}: {both(agreement.question)}"


def _sections(t: Template) -> Iterator[tuple[str, ...]]:
    for s in t.sections:
        wanted = "; ".join(f"{name} is {' or '.join(values)}" for name, values in s.when.items())
        remarks = [*([f"when {wanted}"] if wanted else []), *(["optional"] if s.optional else [])]
        name = f"`{s.id}`" + (f" ({', '.join(remarks)})" if remarks else "")
        yield name, both(s.heading), writer(s), pieces(s), both(s.gap)


def writer(section: TemplateSection) -> str:
    """Who fills a section: a model or a program, with the `write` word."""
    return f"{'model' if section.write in BY_MODEL else 'program'} (`{section.write}`)"


def pieces(section: TemplateSection) -> str:
    """How many pieces of which length a section has."""
    if section.write == "table":
        rows, columns = ", ".join(r.name.en for r in section.rows), ", ".join(c.name.en for c in section.columns)
        return f"a cell for each of {rows}, and for each of {columns}"
    return "; ".join(
        f"{part.role} × {_range(part.count.least, part.count.most)}: "
        f"{_range(part.length.zh.least, part.length.zh.most)} characters (zh), "
        f"{_range(part.length.en.least, part.length.en.most)} words"
        for part in section.parts
    )


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _order(t: Template) -> Iterator[str]:
    if t.point_first:
        first = ", ".join(f"`{name}`" for name in t.point_first)
        yield f"For readers who want the point first: {first}, then the rest."


def _rules(t: Template) -> Iterator[str]:
    yield "## Rules"
    yield "The [checks](../checks.md) that look at every draft." + (
        " And by this template's own rules:" if t.rules else ""
    )
    if t.rules:
        rows = [
            (
                f"[`{rule.check}`](../checks.md#{rule.check})",
                " › ".join(filter(None, [rule.section, rule.role])) or "the whole draft",
                ", ".join(f"{name}: {_value(value)}" for name, value in rule.parameters.items()),
            )
            for rule in t.rules
        ]
        yield table(("check", "looks at", "with"), rows)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _method(t: Template) -> Iterator[str]:
    if t.method:
        yield "## Method"
        yield "What the template itself brings; a draft that uses it cites it as the template's own."
        yield table(("id", "text"), [(f"`{m.id}`", both(m.text)) for m in t.method])


# --- the example -----------------------------------------------------------------------------------------------------


def _examples(t: Template) -> Iterator[str]:
    found = examples()
    shown = [found[t.id, locale] for locale in ("zh-CN", "en") if (t.id, locale) in found]
    if not shown:
        return
    yield "## An example"
    translated = any(section.write == "translate" for section in t.sections)
    yield "From the sample library, " + (
        "with the approved translation in the place of a model's."
        if translated
        else "without a language model (`KOUJING_MODEL=extractive`): sentences stand as the sources have them. With a "
        "model they are put into other words."
    )
    for example in shown:
        yield f"### {'中文' if example.case.locale.startswith('zh') else 'English'}"
        yield _command(example)
        yield _draft(example.draft)
        yield _sources(example.draft)
    asked = next((example.asked for example in shown if example.asked), None)
    if asked is not None:
        yield "## A prompt"
        yield (
            f"What a model is asked for the section `{asked.id}` of the English example, with real evidence; "
            f"`koujing templates preview {t.id} -i …` shows it for a brief of yours."
        )
        one = asked.asked[0]
        yield f"````text\n{one.system}\n````"
        yield f"````text\n{one.prompt}\n````"


def _command(example: Example) -> str:
    ask = example.case.ask
    words = ["koujing", "draft", ask["template"], "-l", example.case.locale]
    for name, value in ask["inputs"].items():
        words += ["-i", f"{name}={_shown(value)}"]
    for option in ("market", "channel", "audience"):
        words += [f"--{option}", ask[option]] if ask.get(option) else []
    return f"```sh\n{' '.join(_quoted(word) for word in words)}\n```"


def _shown(value: str) -> str:
    if value.startswith("@sample:"):
        return f"@{value.rsplit('/', 1)[-1]}"
    flat = " ".join(value.split())
    return flat if len(flat) <= LONGEST_INPUT else f"{flat[:LONGEST_INPUT]} …"


def _quoted(word: str) -> str:
    name, equals, value = word.partition("=")
    return f"{name}={shlex.quote(value)}" if equals and value != shlex.quote(value) else word


def _draft(draft: Draft) -> str:
    """The draft as it is exported, as a quotation, so that its headings do not mix with those of the page."""
    text = _FRONT_MATTER.sub("", markdown_text(draft, marked=False))
    text = text.split(f"\n## {labels_for(draft.locale)['sources']}\n")[0]
    text = _HEADING.sub(r"**\1**", text)
    text = _CITATION.sub(r"<sup>\1</sup>", text)
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _sources(draft: Draft) -> str:
    cited = {c for _, p in draft.paragraphs() for c in p.citations}
    lines = [
        f"{e.id} {escape(' › '.join(filter(None, [e.entry_id or e.title or e.source, e.locator])))}"
        for e in draft.evidence
        if e.id in cited
    ]
    return f"Sources: {'; '.join(lines)}" if lines else "Sources: none"
