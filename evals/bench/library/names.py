"""Do customers' names leak? Two hundred made-up customers who may go by their alias only, each in many shapes of its
name, through drafting in Chinese and English with a model that says its evidence again.

The search for leaks shares nothing with the matcher of the product: letters only, one width, small, and then `in`.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assistant.brief import Brief
from assistant.draft import Draft
from assistant.gateway.extractive import ExtractiveModel
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import empty_workspace
from evals.bench.table import Row
from knowledge.reading import read_body
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, State, Use
from knowledge.shelving import ToShelve

CUSTOMERS = 200
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
_SOUNDS = """
骞qian 钧jun 锐rui 骏jun 骧xiang 鸿hong 鹏peng 龙long 乐le 华hua 汇hui 创chuang 缔di 绎yi 锦jin 铭ming 镕rong 阆lang
泓hong 湛zhan 熠yi 珩heng 琰yan 瑾jin 祺qi 翊yi 茗ming 蘅heng 衡heng 岑cen 弈yi 彤tong 恺kai 昶chang 晟sheng 朔shuo
"""
_TRADITIONAL = str.maketrans(
    "骞钧锐骏骧鸿鹏龙乐华汇创缔绎锦铭镕阆恺电业团", "騫鈞銳駿驤鴻鵬龍樂華匯創締繹錦銘鎔閬愷電業團"
)
_TRADES = (
    ("电梯", "Elevator"), ("水务", "Water"), ("纺织", "Textile"), ("热力", "Heating"), ("矿业", "Mining"),
    ("包装", "Packaging"), ("机床", "Machine Tools"), ("冷链", "Cold Chain"), ("风电", "Wind"),
    ("压缩机", "Compressors"),
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A customer's names, short and whole, from which all shapes are made."""

    id: str
    zh: str
    en: str
    trade: tuple[str, str]

    @property
    def whole_zh(self) -> str:
        return f"{self.zh}{self.trade[0]}集团"

    @property
    def whole_en(self) -> str:
        return f"{self.en} {self.trade[1]} Group"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a leak looks like once squeezed."""
        return (self.zh, self.zh.translate(_TRADITIONAL), self.en.lower())

    def in_chinese(self) -> list[str]:
        zh, en, trade = self.zh, self.en, self.trade[0]
        return [
            self.whole_zh, zh, " ".join(zh + trade), "\u200b".join(self.whole_zh), f"{zh}{trade}股份有限公司",
            self.whole_zh.translate(_TRADITIONAL), _wide(en), f"{self.whole_zh}（{self.whole_en}）",
            f"{zh[0]}\u3000{zh[1]}", f"{zh}\u00ad{trade}", f"{en.lower()}'s",
        ]  # fmt: skip

    def in_english(self) -> list[str]:
        en, trade = self.en, self.trade[1].replace(" ", "")
        return [
            f"the {self.whole_en}", en, self.whole_en.lower(), self.whole_en.upper(), " ".join(en), f"{en}’s",
            f"{en}-{self.trade[1]} Group", f"{self.whole_en} Co., Ltd.", _wide(en), en[:3] + "\u00ad" + en[3:],
            self.whole_en.replace(" ", "\u00a0"), f"{en}{trade}Group", self.whole_zh,
        ]  # fmt: skip


@dataclass
class Repeats:
    """A model that says its evidence again, and remembers what it was told."""

    inner: ExtractiveModel = field(default_factory=ExtractiveModel)
    told: list[str] = field(default_factory=list)
    name: str = "repeats"
    destination: str = "this machine"
    writes: bool = True
    context_tokens: int = 8192

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.told += [message.content for message in request.messages]
        return self.inner.complete(request, on_text)

    def count_tokens(self, text: str) -> int:
        return self.inner.count_tokens(text)

    def close(self) -> None: ...


def names(bench: Bench, count: int = CUSTOMERS) -> Iterator[Row]:
    """Leaks in prompts, in drafts and in their evidence; and how much of what was to be told is told."""
    shapes = made_up(count)
    leaks: Counter[str] = Counter()
    paragraphs = gaps = mended = 0
    with empty_workspace("extractive") as workspace:
        _fill(workspace, shapes)
        for number, shape in enumerate(shapes):
            if number % 50 == 0:
                bench.say(f"    {number} of {count} customers")
            for locale, entry in (("zh-CN", f"case-{shape.id}"), ("en", f"case-{shape.id}-en")):
                model = Repeats()
                draft = workspace.draft(Brief("success_story", {"case": entry}, locale), model=model)
                leaks += _leaks(model.told, draft, shapes)
                told = [paragraph for _, paragraph in draft.paragraphs()]
                paragraphs += len(told)
                gaps += sum(paragraph.gap for paragraph in told)
                mended += sum(repair.check == "customer_not_permitted" for repair in draft.repairs)
    spellings = sum(len(shape.in_chinese()) + len(shape.in_english()) for shape in shapes)
    drafts = 2 * count
    for place in ("prompts", "drafts", "evidence"):
        yield Row(f"names: leaks in {place}", leaks[place], goal="≤ 0", n=drafts, note=f"{spellings} spellings")
    yield Row("names: paragraphs that are told, not withheld", (paragraphs - gaps) / max(1, paragraphs), n=paragraphs)
    yield Row("names: mended only after writing", mended, n=drafts, note="for information")


def made_up(count: int) -> list[Shape]:
    """Customers with names that no word and no other customer has."""
    chance = random.Random(5)  # noqa: S311  # a fixed sequence, not a secret
    sounds = [(pair[0], pair[1:]) for pair in _SOUNDS.split()]
    shapes: dict[str, Shape] = {}
    taken: set[str] = set()
    while len(shapes) < count:
        (a, x), (b, y) = chance.sample(sounds, 2)
        third = chance.choice(("tor", "vex", "lux", "dan", "mir", "gal"))
        en = (x + y + third).title()
        if a + b not in shapes and en not in taken:
            taken.add(en)
            shapes[a + b] = Shape(f"c{len(shapes)}", a + b, en, chance.choice(_TRADES))
    return list(shapes.values())


def squeezed(text: str) -> str:
    """Letters and digits only, one width, small."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()).casefold()


def _leaks(told: Sequence[str], draft: Draft, shapes: Sequence[Shape]) -> Counter[str]:
    secrets = [secret for shape in shapes for secret in shape.secrets]
    written = {**draft.to_json(), "evidence": [], "claims": []}
    evidence = draft.to_json()["evidence"]
    places = {"prompts": list(told), "drafts": list(_texts(written)), "evidence": list(_texts(evidence))}
    found: Counter[str] = Counter()
    for place, texts in places.items():
        for text in texts:
            letters = squeezed(text)
            found[place] += sum(secret in letters for secret in secrets)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


# --- the library -----------------------------------------------------------------------------------------------------

_ZH = (
    "## 客户背景\n{0}在华东有 31 个服务站，{1}的工人有 640 名。\n\n"
    "## 客户痛点\n设备停了，{2}往往最后才知道。2024 年，{3}的平均响应时间为 95 分钟，{4}为此头疼。\n\n"
    "## 解决方案\n{5}在 6,200 台设备上加装了边缘网关，{6}的调度员用平台派单。\n\n"
    "## 实施过程\n{7}分四批加装，{8}没有停机。\n\n"
    "## 项目效果\n上线四个月后，{9}的平均响应时间由 95 分钟降至 38 分钟，{10} 团队没有增加班次。\n"
)
_EN = (
    "## Background\nIn 2024, {0} had 31 depots, and {1} employed 640 people.\n\n"
    "## Challenge\nWhen a machine stopped, {2} was the last to know. {3} answered after 95 minutes; {4} wanted more. "
    "Nobody liked {5} reports.\n\n"
    "## Solution\nWith edge gateways on 6,200 machines, {6} sends people by distance. At {7} that was new.\n\n"
    "## Implementation\nIn four batches {8} went online; {9} lost no hour, said {10}.\n\n"
    "## Results\nFour months later, {11} answered after 38 minutes instead of 95, as {12} reports.\n"
)


def _fill(workspace: Workspace, shapes: Sequence[Shape]) -> None:
    library = workspace.library
    library.customers.save([_customer(shape) for shape in shapes], by="bench", now=NOW)
    entries = [entry for shape in shapes for entry in _cases(shape)]
    library.shelf.shelve([ToShelve(entry, read_body(entry.entry_id, entry.body)) for entry in entries], "bench")


def _customer(shape: Shape) -> Customer:
    trade_zh, trade_en = shape.trade
    return Customer(
        shape.id,
        {"zh-CN": shape.whole_zh, "en": shape.whole_en},
        (shape.zh, shape.en),
        {"zh-CN": f"华东某{trade_zh}企业", "en": f"a {trade_en.lower()} company in East China"},
        permissions=(Permission(Use.NAME, Level.ALIAS), Permission(Use.FIGURES, Level.PUBLIC)),
    )


def _cases(shape: Shape) -> Iterator[EntryVersion]:
    for locale, mark, text, title in (
        ("zh-CN", "", _ZH.format(*shape.in_chinese()), f"{shape.zh}：响应时间由 95 分钟降至 38 分钟"),
        ("en", "-en", _EN.format(*shape.in_english()), f"How {shape.en} answers after 38 minutes instead of 95"),
    ):
        body = f"# {title}\n\n{text}"
        yield EntryVersion(
            entry_id=f"case-{shape.id}{mark}", version=0, kind="case", locale=locale, title=title, text=body, body=body,
            state=State.APPROVED, audience=Audience.PUBLIC, customer=shape.id, source=f"cases/{shape.en}{mark}.md",
            translates=f"case-{shape.id}" if mark else None, fields={"project_name": f"{shape.whole_zh}一期"},
        )  # fmt: skip
