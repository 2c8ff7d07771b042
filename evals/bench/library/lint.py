"""Lint of a generated library: 5,000 entries in zh and en, with known faults put in; time, what was found, what was
found wrongly. The wordings are written here, not taken from the rules."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.lint.finding import LintFinding
from assistant.lint.library import lint_library
from evals.bench import Bench
from evals.bench.table import Row
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, State, Use

SIZE = 5_000
SEED = 20261101
TODAY = date(2026, 11, 1)
PLANTED = {"contradiction": 40, "duplicate": 20, "figure_two_projects": 20, "expired_cited": 20, "name_and_alias": 10}

# What is measured in projects: zh, en, unit in zh and in en, from, to.
_RESULTS = (
    ("故障平均响应时间", "mean fault response time", " 分钟", " minutes", (60, 180), (20, 55)),
    ("二次上门率", "the repeat-visit rate", "%", "%", (20, 45), (5, 18)),
    ("月均电费", "the monthly power bill", " 元", " yuan", (120, 480), (60, 115)),
    ("非计划停机时间", "unplanned downtime", " 小时", " hours", (50, 160), (10, 45)),
    ("首件合格率", "the first-piece pass rate", "%", "%", (61, 88), (90, 99)),
    ("备件周转天数", "spare-part turnover", " 天", " days", (45, 120), (12, 40)),
    ("巡检用时", "inspection time", " 分钟", " minutes", (70, 200), (15, 60)),
    ("换模平均用时", "mean die-change time", " 分钟", " minutes", (48, 95), (18, 42)),
    ("客户投诉量", "customer complaints", " 件", " cases", (300, 2400), (40, 260)),
    ("单位产品能耗", "energy per unit", " 千瓦时", " kWh", (210, 690), (90, 200)),
)
_PERIODS = (
    ("三个月", "three months"),
    ("六个月", "six months"),
    ("九个月", "nine months"),
    ("十二个月", "twelve months"),
)
_TRADES = (
    ("电梯维保", "elevator maintenance"), ("城市供水", "municipal water"), ("冷链物流", "cold-chain logistics"),
    ("冲压制造", "metal stamping"), ("风电运维", "wind-farm service"), ("纺织印染", "textile dyeing"),
    ("集中供热", "district heating"), ("包装印刷", "packaging"), ("矿山输送", "mine conveying"),
    ("空压机制造", "compressors"),
)  # fmt: skip
# What the company says of itself: zh, en and the right figure.
_OWN = (
    ("公司现有员工 {} 人", "The company employs {} people", 486),
    ("产品销往 {} 个国家", "Its products run in {} countries", 11),
    ("服务企业客户 {} 家", "It serves {} business customers", 137),
    ("拥有授权发明专利 {} 项", "It holds {} invention patents", 68),
    ("边缘网关累计出货 {} 台", "It has shipped {} edge gateways", 32415),
    ("平台在线接入设备 {} 台", "Its platform connects {} devices online", 415200),
    ("驱动库支持工业协议 {} 种", "Its driver library supports {} industrial protocols", 87),
    ("诊断模型覆盖旋转机械故障 {} 类", "Its diagnostic models cover {} types of fault in rotating machinery", 46),
    ("备件仓库面积 {} 平方米", "Its spare-part warehouse covers {} square metres", 5230),
    ("苏州工厂年用电 {} 千瓦时", "Its Suzhou plant uses {} kWh of power a year", 1284600),
)
_WORDS_ZH = (
    "现场 服务 工程 设备 状态 网关 平台 数据 班组 车间 备件 工单 流程 质量 安全 能耗 巡检 报警 记录 标准 采购 培训 "
    "电气 机械 液压 轴承 齿轮 电机 阀门 水泵 风机 管道 仪表 传感 曲线 阈值 模型 频谱 波形 温度 压力 流量 电流 "
    "排产 工艺 物料 订单 交付 验收 试车 调试 停机 检修 保养 润滑 更换 清洗 校准 编码 台账 档案 权限 账号 接口 协议 网络"
).split()
_WORDS_EN = (
    "site service engineer machine state gateway platform data crew shop part ticket process quality safety purchase "
    "training store contract drawing bearing gear motor valve pump fan pipe gauge sensor curve threshold model "
    "spectrum wave temperature pressure flow current speed vibration noise schedule material order delivery test "
    "repair maintenance lubrication cleaning ledger archive account interface protocol network cable"
).split()
_SYLLABLES = tuple(
    zip(
        "岚朔汀渝济络霜铂隆暖桥枫澄湛嵘硕翊瀚沁珩栎鹭屿琅",
        (
            "Lan Shuo Ting Yu Ji Luo Shuang Bo Long Nuan Qiao Feng Cheng Zhan Rong Suo Yi Han Qin Heng Li Lu Xu Lang"
        ).split(),
        strict=True,
    )
)


@dataclass
class Library:
    """What was generated, and which entries each planted fault is about; one of them must be named by its finding."""

    entries: list[EntryVersion] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    planted: dict[str, list[frozenset[str]]] = field(default_factory=lambda: {rule: [] for rule in PLANTED})


def lint(bench: Bench) -> Iterator[Row]:
    """The rows of `lint_rows` at full size."""
    yield from lint_rows()


def lint_rows(size: int = SIZE) -> Iterator[Row]:
    """Seconds on one core; for each kind of fault the share that was found, and findings without a fault."""
    library = generated(size)
    begun = time.perf_counter()
    found = lint_library(library.entries, library.customers, (), TODAY)
    seconds = time.perf_counter() - begun
    yield Row(f"lint of {len(library.entries):,} entries", seconds, "s", goal="≤ 30", n=len(library.entries))
    for rule, planted in library.planted.items():
        mine = [finding for finding in found if finding.rule == rule]
        hits = sum(any(group <= set(f.entries) for f in mine) for group in planted)
        yield Row(f"lint: {rule} found", hits / len(planted), "", goal="≥ 0.9", n=len(planted))
        yield Row(f"lint: {rule} without a fault", len(false_findings(mine, library)), "", goal="≤ 2", n=len(mine))


def false_findings(found: Sequence[LintFinding], library: Library) -> list[LintFinding]:
    """The findings that touch no entry in which a fault of any kind was planted."""
    faulty = frozenset().union(*(group for groups in library.planted.values() for group in groups))
    return [finding for finding in found if not faulty & set(finding.entries)]


def generated(size: int = SIZE) -> Library:
    """A library of about `size` entries, 60% Chinese, the same for the same size."""
    rng = random.Random(SEED)  # noqa: S311 - a benchmark, no secret
    library = Library()
    pairs = max(60, size // 20)
    for number in range(pairs):
        library.customers.append(_customer(number))
    while len(library.entries) < size - 130:
        number = len(library.entries)
        kind = (_case, _case, _case, _own_page, _article)[number % 5]
        library.entries += kind(rng, number, library)
    _plant(rng, library)
    return library


# --- entries ---------------------------------------------------------------------------------------------------------


def _customer(number: int) -> Customer:
    one, two, three = (_SYLLABLES[(number // 24**power) % 24] for power in (0, 1, 2))
    zh = f"{one[0]}{two[0]}{three[0]}工业"
    en = f"{one[1]}{two[1].lower()}{three[1].lower()} Works"
    region, trade = number % 97, _TRADES[number % len(_TRADES)]
    return Customer(
        id=f"c{number}",
        names={"zh-CN": f"{zh}有限公司", "en": f"{en} Ltd"},
        other_names=(zh, en),
        aliases={
            "zh-CN": f"{region} 号区某{trade[0]}企业{number}",
            "en": f"a {trade[1]} company in area {region}-{number}",
        },
        permissions=tuple(Permission(use, Level.PUBLIC) for use in (Use.NAME, Use.FIGURES, Use.QUOTE)),
    )


def _entry(entry_id: str, kind: str, locale: str, title: str, text: str, **more: object) -> EntryVersion:
    made = EntryVersion(
        entry_id=entry_id, version=1, kind=kind, locale=locale, title=title, text=f"{title}\n{text}",
        state=State.APPROVED, audience=Audience.PUBLIC, owner="Marketing", review_due=TODAY + timedelta(days=60),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def _zh_filler(rng: random.Random, sentences: int) -> str:
    return "".join(
        f"{''.join(rng.choices(_WORDS_ZH, k=6))}，由{''.join(rng.choices(_WORDS_ZH, k=4))}负责。"
        for _ in range(sentences)
    )


def _en_filler(rng: random.Random, sentences: int) -> str:
    return " ".join(f"The {' '.join(rng.choices(_WORDS_EN, k=7))} is kept in one place." for _ in range(sentences))


def _letters(number: int) -> str:
    """A number without digits, so that a title has no figure."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def _results(rng: random.Random) -> list[tuple[int, float, float]]:
    """Three measures, each with before and after."""
    picked = rng.sample(range(len(_RESULTS)), 3)
    return [(n, _tenth(rng, *_RESULTS[n][4]), _tenth(rng, *_RESULTS[n][5])) for n in picked]


def _tenth(rng: random.Random, low: int, high: int) -> float:
    """A figure with one decimal, as meters and reports give them."""
    return rng.randint(low * 10 + 1, high * 10 - 1) / 10


def _zh_results(results: Sequence[tuple[int, float, float]], period: int) -> str:
    told = [
        f"{_RESULTS[n][0]}由 {a}{_RESULTS[n][2]}{'降至' if b < a else '升至'} {b}{_RESULTS[n][2]}"
        for n, a, b in results
    ]
    return f"上线{_PERIODS[period][0]}后，" + "，".join(told) + "。"


def _en_results(results: Sequence[tuple[int, float, float]], period: int) -> str:
    told = [
        f"{_RESULTS[n][1]} {'fell' if b < a else 'rose'} from {a}{_RESULTS[n][3]} to {b}{_RESULTS[n][3]}"
        for n, a, b in results
    ]
    first = f"{_PERIODS[period][1].capitalize()} after go-live, "
    return first + ", ".join(told) + "."


def _case(rng: random.Random, number: int, library: Library) -> list[EntryVersion]:
    """A case in Chinese, two of three with a translation. A customer may have several projects."""
    customer = rng.choice(library.customers)
    trade, results, period = rng.choice(_TRADES), _results(rng), rng.randrange(4)
    machines, crew = rng.randint(210, 9800), rng.randint(31, 880)
    name_zh, name_en = customer.other_names
    zh = _entry(
        f"case-{number}", "case", "zh-CN", f"{trade[0]}案例{_letters(number)}",
        f"{name_zh}从事{trade[0]}，有 {crew} 名维护人员。\n{_zh_filler(rng, 6)}\n"
        f"{name_zh}在 {machines} 台设备上安装网关，"
        f"{_zh_filler(rng, 3)}\n{_zh_results(results, period)}\n{_zh_filler(rng, 5)}",
        customer=customer.id, fields={"project_name": f"项目 {number}"},
    )  # fmt: skip
    en = _entry(
        f"case-{number}-en", "case", "en", f"Case {_letters(number)}: {trade[1]}",
        f"{name_en} works in {trade[1]} with {crew} maintenance people.\n{_en_filler(rng, 5)}\n"
        f"{name_en} fitted gateways to {machines} machines. {_en_filler(rng, 3)}\n"
        f"{_en_results(results, period)}\n{_en_filler(rng, 4)}",
        customer=customer.id, translates=zh.entry_id, fields={"project_name": f"Project {number}"},
    )  # fmt: skip
    return [zh, en] if rng.random() < 0.66 else [zh]


def _own_page(rng: random.Random, number: int, library: Library) -> list[EntryVersion]:
    """A page that tells some of the company's own figures."""
    facts = rng.sample(_OWN, 3)
    kind = rng.choice(("company", "press_kit", "position"))
    if rng.random() < 0.5:
        text = f"{_zh_filler(rng, 6)}\n" + "。".join(zh.format(f"{v:,}") for zh, _, v in facts) + "。"
        return [_entry(f"own-{number}", kind, "zh-CN", f"公司资料 {number}", f"{text}\n{_zh_filler(rng, 6)}")]
    text = f"{_en_filler(rng, 6)}\n" + ". ".join(en.format(f"{v:,}") for _, en, v in facts) + "."
    return [_entry(f"own-{number}", kind, "en", f"Company facts {number}", f"{text}\n{_en_filler(rng, 6)}")]


def _article(rng: random.Random, number: int, library: Library) -> list[EntryVersion]:
    """A page that retells the result of a case by its customer's name, or says nothing in figures."""
    cases = [e for e in library.entries[-40:] if e.kind == "case"]
    case = rng.choice(cases) if cases and rng.random() < 0.6 else None
    if case is not None and case.locale == "en":
        told = next(line for line in case.text.split("\n") if "after go-live" in line)
        text = f"{_en_filler(rng, 5)}\nAt {_name(case, library, 1)}, {told[0].lower()}{told[1:]}\n{_en_filler(rng, 5)}"
        return [_entry(f"article-{number}", "position", "en", f"Article {number}", text)]
    line = ""
    if case is not None:
        told = next(line for line in case.text.split("\n") if line.startswith("上线"))
        line = f"{_name(case, library, 0)}{told}"
    text = f"{_zh_filler(rng, 6)}\n{line}\n{_zh_filler(rng, 6)}"
    return [_entry(f"article-{number}", "position", "zh-CN", f"文章 {number}", text)]


def _name(case: EntryVersion, library: Library, which: int) -> str:
    return library.customers[int((case.customer or "c0")[1:])].other_names[which]


# --- faults ----------------------------------------------------------------------------------------------------------


def _plant(rng: random.Random, library: Library) -> None:
    cases = [e for e in library.entries if e.kind == "case" and e.locale == "zh-CN"]
    rng.shuffle(cases)
    taken = iter(cases)
    ways: tuple[tuple[str, Callable[[random.Random, int, Iterator[EntryVersion], Library], None]], ...] = (
        ("contradiction", _contradiction),
        ("duplicate", _duplicate),
        ("figure_two_projects", _two_projects),
        ("expired_cited", _expired),
        ("name_and_alias", _name_and_alias),
    )
    for rule, way in ways:
        for number in range(PLANTED[rule]):
            way(rng, number, taken, library)


def _contradiction(rng: random.Random, number: int, taken: Iterator[EntryVersion], library: Library) -> None:
    """In turn: another figure of the company in zh and in en, another result of a customer, a wrong translation."""
    planted = library.planted["contradiction"]
    fact = _OWN[(number // 4) % len(_OWN)]
    wrong = fact[2] + 13 + 7 * number
    if number % 4 < 2:
        said = f"{fact[0].format(f'{wrong:,}')}。" if number % 4 == 0 else f"{fact[1].format(f'{wrong:,}')}."
        locale, filler = ("zh-CN", _zh_filler(rng, 6)) if number % 4 == 0 else ("en", _en_filler(rng, 6))
        library.entries.append(_entry(f"bad-{number}", "press_kit", locale, f"Facts {number}", f"{filler}\n{said}"))
        planted.append(frozenset({f"bad-{number}"}))
        return
    if number % 4 == 2:
        case = next(taken)
        told = next(line for line in case.text.split("\n") if line.startswith("上线"))
        first = told.split("，")[1].rstrip("。")
        head, _, tail = first.partition("至 ")
        value, _, unit = tail.partition(" ") if " " in tail else (tail.rstrip("%"), "", "%")
        other = f"{head}至 {float(value) + 3:.1f}{' ' if unit != '%' else ''}{unit}"
        text = f"{_zh_filler(rng, 6)}\n{_name(case, library, 0)}{told.split('，')[0]}，{other}。"
        library.entries.append(_entry(f"bad-{number}", "position", "zh-CN", f"Retold {number}", text))
        planted.append(frozenset({f"bad-{number}", case.entry_id}))
        return
    at, english = next(
        (n, e) for n, e in enumerate(library.entries) if e.locale == "en" and e.translates and "!" not in e.text
    )
    line = next(part for part in english.text.split("\n") if "maintenance people" in part)
    crew = next(word for word in line.split() if word.isdigit())
    changed = english.text.replace(f"with {crew} maintenance", f"with {int(crew) + 11} maintenance") + "\nRead on!"
    library.entries[at] = replace(english, text=changed)
    planted.append(frozenset({english.entry_id, english.translates or ""}))


def _duplicate(rng: random.Random, number: int, taken: Iterator[EntryVersion], library: Library) -> None:
    """A copy under another title, with one more sentence."""
    own = [e for e in library.entries if e.entry_id.startswith(("article-", "own-"))]
    first = own[(number * 37) % len(own)]
    more = _zh_filler(rng, 1) if first.locale == "zh-CN" else _en_filler(rng, 1)
    copy = replace(first, entry_id=f"copy-{number}", title=f"{first.title} (2)", text=f"{first.text}\n{more}")
    library.entries.append(copy)
    library.planted["duplicate"].append(frozenset({first.entry_id, copy.entry_id}))


def _two_projects(rng: random.Random, number: int, taken: Iterator[EntryVersion], library: Library) -> None:
    """One customer's result told of another one, in a page that is about neither."""
    case = next(taken)
    told = next(line for line in case.text.split("\n") if line.startswith("上线"))
    other = next(e for e in taken if e.customer != case.customer)
    text = f"{_zh_filler(rng, 5)}\n{_name(other, library, 0)}{told}\n{_zh_filler(rng, 5)}"
    library.entries.append(_entry(f"mixed-{number}", "position", "zh-CN", f"Mixed {number}", text))
    library.planted["figure_two_projects"].append(frozenset({f"mixed-{number}", case.entry_id}))


def _expired(rng: random.Random, number: int, taken: Iterator[EntryVersion], library: Library) -> None:
    """An old figure of the company, in an entry that has expired and in one that has not."""
    fact = _OWN[number % len(_OWN)]
    old = fact[2] + 300 + 9 * number
    said = f"{fact[0].format(f'{old:,}')}。"
    gone = _entry(f"old-{number}", "company", "zh-CN", f"旧资料 {number}", f"{_zh_filler(rng, 4)}\n{said}")
    library.entries.append(replace(gone, valid_until=TODAY - timedelta(days=5)))
    library.entries.append(
        _entry(
            f"stale-{number}",
            "position",
            "zh-CN",
            f"引用 {number}",
            f"{_zh_filler(rng, 5)}\n{said}\n{_zh_filler(rng, 4)}",
        )
    )
    library.planted["expired_cited"].append(frozenset({f"stale-{number}", f"old-{number}"}))


def _name_and_alias(rng: random.Random, number: int, taken: Iterator[EntryVersion], library: Library) -> None:
    customer = library.customers[(number * 11) % len(library.customers)]
    name, alias = customer.other_names[0], customer.aliases["zh-CN"]
    text = f"{name}是我们的客户。{_zh_filler(rng, 5)}\n{alias}的{_zh_filler(rng, 4)}"
    library.entries.append(_entry(f"both-{number}", "position", "zh-CN", f"案例点评 {number}", text))
    library.planted["name_and_alias"].append(frozenset({f"both-{number}"}))
