"""The words of the report's frame, in English and in Chinese. What a run says itself stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping

# key: (en, zh); an English text may have a second form after "|", for numbers other than one.
_WORDS: dict[str, tuple[str, str]] = {
    "product": ("Koujing", "口径"),
    "title": ("Evaluation report", "评测报告"),
    "run": ("Run", "运行编号"),
    "took": ("Took", "用时"),
    "planned": ("planned", "预计"),
    "status": ("Status", "状态"),
    "status.done": ("complete", "完整"),
    "status.partial": ("partial", "未完成"),
    "partial.head": ("This run is not complete", "这次评测没有跑完"),
    "partial.text": (
        "{n} case has not been asked yet. Every figure below stands for the cases asked so far, and may change.|"
        "{n} cases have not been asked yet. Every figure below stands for the cases asked so far, and may change.",
        "还有 {n} 个用例没有提问。下面的数字只代表已经提问的部分，续跑之后可能改变。",
    ),
    "partial.unknown": (
        "Cases are still to be asked. Every figure below stands for the cases asked so far, and may change.",
        "还有用例没有提问。下面的数字只代表已经提问的部分，续跑之后可能改变。",
    ),
    "machine": ("Machine", "机器"),
    "versions": ("Versions", "版本"),
    "judge": ("Judge", "评审模型"),
    "judge.none": ("none; programs measured everything", "没有；全部由程序度量"),
    "kappa": ("agreement with people, κ", "与人工标注的一致性 κ"),
    "kappa.none": ("agreement with people not measured", "与人工标注的一致性未测"),
    "contents": ("Contents", "目录"),
    "variant": ("Variant", "对象"),
    "model": ("Model", "模型"),
    "prompts": ("Prompts", "提示词"),
    "prompts.own": ("the product's own", "产品自带"),
    "library": ("Library", "资料库"),
    "says": ("What this run says", "这次评测说明了什么"),
    "cases": ("{n} case|{n} cases", "{n} 个用例"),
    "asked": ("{n} case asked|{n} cases asked", "问了 {n} 个用例"),
    "left": ("{n} not asked yet", "{n} 个尚未提问"),
    "failed": ("{n} failed", "{n} 个失败"),
    "failed.none": ("none failed", "没有失败"),
    "unscored": ("{n} could not be scored in full", "{n} 个无法完整评分"),
    "unscored.none": ("all could be scored", "全部可以评分"),
    "wrong.has": ("Something is wrong in", "以下度量有错"),
    "wrong.not": ("Nothing wrong in", "以下度量无错"),
    "told": ("Also measured", "另外测得"),
    "nothing_seen": ("Nothing to look at in", "以下度量没有可看的内容"),
    "of": ("{hits} of {of}", "{of} 处中 {hits} 处"),
    "summary": ("All measures", "全部度量"),
    "caption.summary": (
        "value, 95% interval over cases, and what was counted",
        "数值、按用例计算的 95% 区间、计数",
    ),
    "measure": ("Measure", "度量"),
    "value": ("Value", "数值"),
    "interval": ("95% interval", "95% 区间"),
    "interval.none": ("too few cases for an interval", "用例太少，算不出区间"),
    "plot": ("Plot", "图"),
    "counted": ("Counted", "计数"),
    "n": ("Cases", "用例"),
    "unscored.head": ("Unscored", "未评分"),
    "nothing": ("nothing to look at", "没有可看的内容"),
    "better.higher": ("higher is better", "越高越好"),
    "better.lower": ("lower is better", "越低越好"),
    "better.none": ("told, not judged", "只报告，不评判"),
    "scorer": ("scorer {name}, version {version}", "评分器 {name}，版本 {version}"),
    "compared": ("Comparison", "比较"),
    "comparison": ("Compared: {a} and {b}", "比较：{a} 与 {b}"),
    "comparison.how": (
        "Differences are {b} minus {a}, over the same cases in pairs. A difference is named only when it is larger "
        "than chance would explain.",
        "差值是 {b} 减去 {a}，在相同用例上成对比较。只有偶然性解释不了的差别才列为“更好”或“更差”。",
    ),
    "comparison.none": ("No measure shows a difference.", "没有哪项度量显示出差别。"),
    "comparison.rest": (
        "{n} measure without a shown difference|{n} measures without a shown difference",
        "{n} 项没有显示出差别",
    ),
    "difference": ("Difference", "差值"),
    "verdict": ("Verdict", "结论"),
    "pairs": ("Pairs", "成对用例"),
    "points": ("pp", "个百分点"),
    "verdict.better": ("better", "更好"),
    "verdict.worse": ("worse", "更差"),
    "verdict.different": ("different", "有差别"),
    "verdict.no difference shown": ("no difference shown", "没有显示出差别"),
    "verdict.not comparable": ("not comparable", "不可比"),
    "trends": ("Over earlier runs", "与以往各次相比"),
    "trends.how": (
        "Points are joined only where the same cases were scored by the same version of a scorer; a dashed line marks "
        "a break, across which values must not be compared.",
        "只有用例相同、评分器版本相同的点才连线；虚线处是断点，断点两边的数值不能相比。",
    ),
    "trend": ("Course", "走势"),
    "trend.first": ("First comparable", "可比的首次"),
    "trend.now": ("This run", "本次"),
    "trend.runs": ("Comparable runs", "可比次数"),
    "trend.title": ("{n} run: {values}|{n} runs: {values}", "{n} 次：{values}"),
    "trend.break": ("break", "断点"),
    "plot.title": ("{value}, 95% interval {interval}", "{value}，95% 区间 {interval}"),
    "wrong": ("What is wrong", "哪里错了"),
    "wrong.none": ("No case failed, none shows anything wrong, and all were scored.", "没有失败、有错或未评分的用例。"),
    "wrong.how": (
        "{n} of {of} case: those that failed, show something wrong, or could not be scored. Open one to read it.|"
        "{n} of {of} cases: those that failed, show something wrong, or could not be scored. Open one to read it.",
        "{of} 个用例中的 {n} 个：失败的、有错的、无法评分的。点开即可阅读。",
    ),
    "filter": ("Filter cases", "筛选用例"),
    "filter.hint": ("id, locale, measure …", "编号、语言、度量……"),
    "filter.shown": ("shown", "个显示"),
    "error": ("error", "失败"),
    "unscored.tag": ("unscored", "未评分"),
    "case.source": ("Set", "来源"),
    "case.seconds": ("Took", "用时"),
    "case.error": ("It failed", "失败原因"),
    "case.ask": ("What was asked", "提问"),
    "case.shown": ("What the scorers say", "评分器的说法"),
    "case.unscored": ("Could not be scored", "无法评分"),
    "piece": ("Piece", "内容"),
    "against": ("Held against", "对照"),
    "thought": ("What the scorer thought", "评分器的判断"),
    "output": ("What came out", "输出"),
    "output.none": ("Nothing came out.", "没有输出。"),
    "gap": ("Gap", "待补充"),
    "claims": ("Claims without support", "没有依据的陈述"),
    "evidence": ("Evidence", "依据"),
    "evidence.rest": ("Given, but not cited ({n})", "给出但未引用（{n}）"),
    "findings": ("Findings of the product", "产品自己的检查结果"),
    "questions": ("Questions it asked", "它提出的问题"),
    "prompt": ("Prompts and replies ({n})", "提示词与回复（{n}）"),
    "prompt.section": ("Section", "章节"),
    "prompt.reply": ("reply", "回复"),
    "prompt.shared": ("as shared text {n}", "见共用文本 {n}"),
    "shared": ("Shared instructions", "共用的指令"),
    "shared.how": (
        "Long messages that several prompts begin with stand here once.",
        "多个提示词共用的长消息只在这里列一次。",
    ),
    "shared.one": ("Shared text {n}", "共用文本 {n}"),
    "eyes": ("For your eyes", "请您过目"),
    "eyes.how": (
        "A figure without a single error may mean that there is none, or that nobody looked. Here is what the scorers "
        "held to be right, always the same pieces, so that you can read it yourself.",
        "一个错误都没有，可能是真的没有，也可能是没看出来。下面是评分器认为正确的内容，每次取样相同，请您自己读一读。",
    ),
    "eyes.none": (
        "No piece was kept, so this figure cannot be read by eye.",
        "没有保留任何内容，这个数字无法人工核对。",
    ),
    "eyes.empty": ("No measure is without an error.", "没有零错误的度量。"),
    "eyes.count": ("{n} of {of} kept pieces", "保留的 {of} 处中取 {n} 处"),
    "case": ("Case", "用例"),
    "made": ("Made from the record of run {id}; nothing was measured anew.", "由运行 {id} 的记录生成，没有重新测量。"),
}


class Words:
    """The frame's words in the language of a locale; English where it is not Chinese."""

    def __init__(self, locale: str) -> None:
        self.language = "zh" if locale.lower().startswith("zh") else "en"
        self.tag = "zh-CN" if self.language == "zh" else "en"

    def __call__(self, key: str, /, **values: object) -> str:
        """The text, its blanks filled. `n` chooses the form of an English text that has two."""
        one, _, many = _WORDS[key][self.language == "zh"].partition("|")
        text = many if many and values.get("of", values.get("n")) != 1 else one
        return text.format(**values) if values else text

    def either(self, key: str, n: int, **values: object) -> str:
        """The text of `key`, or that of `KEY.none` when there are none."""
        return self(key, n=n, **values) if n else self(f"{key}.none")


def both() -> Mapping[str, tuple[str, str]]:
    """Every text in both languages, for those who check them."""
    return dict(_WORDS)
