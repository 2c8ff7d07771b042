"""Words too common to find anything by, zh and en; dropped from queries, kept in the index.

Other languages do without: the rarest words of a query are looked up first anyway (fts.py).
"""

from __future__ import annotations

_ZH = """
的 了 和 是 在 有 与 及 或 也 都 就 而 被 把 对 从 到 为 以 于 之 其
这 那 哪 谁 吗 呢 吧 啊 们 他 她 它 我 你 我们 你们 他们 她们 它们
什么 多少 几 一个 哪个 哪些 哪里 哪儿 何 如何 怎样 怎么 为什么 什么样
这个 那个 这些 那些 并 等 时 时候 会 能 可以 要 让 使 给 向 由 因 因为
所以 但 但是 如果 还 又 更 最 很 不 个 是否 请 中
"""
_EN = """
a an the of and or to in is are was were be been being it its that this these those for on with as by at from has have
had do does did what which who whom whose when where why how many much not no but if than then so can could will would
should may might there their they them he she his her we our you your i us into about also such
"""

STOP_WORDS = frozenset(_ZH.split()) | frozenset(_EN.split()) | {"it", "thi", "hi", "wa", "ha", "doe"}
"""The last few are what plural folding leaves of its, this, his, was, has, does."""
