"""The words of the page for labels, in both languages of the surface."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.domain.words import Words

WORDS: Mapping[str, Words] = {
    "product": Words(zh="口径 · 人工标注", en="Koujing · labels"),
    "about": Words(
        zh="请按您自己的判断标注。文字由谁写成、评审模型怎么看，标完之前都不显示。标注只存在这台电脑的浏览器里，保存后才成为文件。",
        en="Label by your own judgement. Who wrote a text, and what a judge thinks of it, is not shown before you have "
        "labelled it. Labels stay in this browser until you save them as a file.",
    ),
    "keys": Words(zh="键盘：1 2 3 选择 · ↑ ↓ 换问题 · ← → 换文字", en="Keys: 1 2 3 choose · ↑ ↓ question · ← → text"),
    "by": Words(zh="标注人", en="Your name"),
    "by_missing": Words(zh="请先填写标注人。", en="Give your name first."),
    "nothing": Words(zh="还没有标注，没有可保存的内容。", en="Nothing is labelled yet."),
    "saved": Words(zh="已保存到下载文件夹，条数：", en="Saved to your downloads, lines: "),
    "save": Words(zh="保存", en="Save"),
    "then": Words(
        zh="之后运行 koujing eval labels import 文件名，即可并入工作区。",
        en="Then add it to the workspace: koujing eval labels import FILE",
    ),
    "of": Words(zh="/", en="of"),
    "labelled": Words(zh="已标注", en="labelled"),
    "previous": Words(zh="上一篇", en="Previous"),
    "next": Words(zh="下一篇", en="Next"),
    "kind": Words(zh="文字类型", en="Kind of text"),
    "yes": Words(zh="是", en="yes"),
    "partly": Words(zh="部分", en="partly"),
    "no": Words(zh="否", en="no"),
    "left": Words(zh="左边", en="left"),
    "equal": Words(zh="没有差别", en="no difference"),
    "right": Words(zh="右边", en="right"),
    "which": Words(zh="同一份需求，您会发出哪一篇？", en="Same brief: which of the two would you send out?"),
    "brief": Words(zh="需求", en="Brief"),
    "why": Words(zh="说明（可不填）", en="Why (optional)"),
    "reveal": Words(zh="看评审模型怎么说（之后不能再改）", en="Show what the judge said (locks your labels)"),
    "judge": Words(zh="评审模型", en="Judge"),
    "locked": Words(zh="已锁定", en="locked"),
    "empty": Words(
        zh="这次运行里没有可标注的文字：没有草稿，或草稿全是待补充。",
        en="This run holds no text to label: no drafts, or drafts that are all gaps.",
    ),
}
