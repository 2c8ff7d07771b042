"""What the sample site's Office files say. Facts and figures are those of the sample library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseTexts:
    """A customer case; `*` encloses what is bold."""

    title: str
    company: str
    header: str
    footer: str
    lead: str
    results: str
    rows: tuple[tuple[str, ...], ...]
    when: str
    quote: str


@dataclass(frozen=True, slots=True)
class DeckTexts:
    """A launch deck of three slides."""

    title: str
    company: str
    subtitle: str
    why: str
    reasons: tuple[str, ...]
    notes: str
    pilot: str
    rows: tuple[tuple[str, ...], ...]


CASE: Mapping[str, CaseTexts] = {
    "zh-CN": CaseTexts(
        title="先远程看清楚，再决定要不要上飞机",
        company="汀石工联",
        header="汀石工联 · 客户案例",
        footer="更多案例请访问 www.tingstone.example/cases",
        lead="布伦哈根机床把 *1,150 台*在用机床接入 R200 边缘网关与 TingDeck。"
        "网关只读取主轴、进给轴和报警数据，*加工程序不出机床*。",
        results="十二个月后的变化",
        rows=(
            ("指标", "改造前", "改造后"),
            ("远程解决的服务单占比", "22%", "57%"),
            ("服务单首次响应时间", "26 小时", "3 小时"),
            ("单机年均服务成本", "4,100 欧元", "2,650 欧元"),
        ),
        when="以上为上线十二个月后、即 *2026年3月*的实测数据，由客户确认。",
        quote="“我们的客户不在乎工程师坐哪班飞机来，他们在乎主轴今天下午能不能转。”—— Matthias Ehrle，服务负责人",
    ),
    "en": CaseTexts(
        title="Look first, then decide whether anyone needs to board a plane",
        company="Tingstone Industrial",
        header="Tingstone Industrial · Customer case",
        footer="More cases at www.tingstone.example/en/cases",
        lead="Brennhagen connected *1,150 machines* in use with R200 edge gateways and TingDeck. The gateways read "
        "spindle, feed-axis and alarm data only; *part programs never leave the machine*.",
        results="What changed in twelve months",
        rows=(
            ("Measure", "Before", "After"),
            ("Service tickets solved remotely", "22%", "57%"),
            ("First response to a service ticket", "26 hours", "3 hours"),
            ("Annual service cost per machine", "EUR 4,100", "EUR 2,650"),
        ),
        when="These figures were measured twelve months after go-live, in *March 2026*, and confirmed by the customer.",
        quote="“Our customers do not care which flight the engineer is on. They care whether the spindle turns this "
        "afternoon.” — Matthias Ehrle, Head of Service",
    ),
}

DECK: Mapping[str, DeckTexts] = {
    "zh-CN": DeckTexts(
        title="R300：网断了，判断不能断",
        company="汀石工联",
        subtitle="汀石工联 · 2026 年 10 月 20 日 · 苏州",
        why="为什么做 R300",
        reasons=(
            "过去的诊断多在云端完成，网络一断，判断也断。",
            "研发历时 26 个月，投入 1,850 万元。",
            "支持 87 种工业协议，R200 的配置文件可直接导入。",
        ),
        notes="提醒听众：12 座泵站只是试点，其余泵站仍使用 R200。",
        pilot="12 座泵站，90 天试点",
        rows=(
            ("指标", "试点前", "试点期间"),
            ("断网补传完整率", "96.2%", "99.97%"),
            ("压力异常平均判断时间", "4.8 秒", "0.3 秒"),
        ),
    ),
    "en": DeckTexts(
        title="R300: the network goes down, the judgement does not",
        company="Tingstone Industrial",
        subtitle="Tingstone Industrial · 20 October 2026 · Suzhou",
        why="Why we built the R300",
        reasons=(
            "Most diagnosis was done in the cloud: when the network failed, the judgement failed with it.",
            "Development took 26 months and cost RMB 18.5 million.",
            "It supports 87 industrial protocols and imports R200 configuration files as they are.",
        ),
        notes="Remind the audience: the 12 stations are a pilot; all other stations still use the R200.",
        pilot="12 pumping stations, a 90-day pilot",
        rows=(
            ("Measure", "Before", "During the pilot"),
            ("Completeness of data after outages", "96.2%", "99.97%"),
            ("Mean time to recognise a pressure anomaly", "4.8 seconds", "0.3 seconds"),
        ),
    ),
}
