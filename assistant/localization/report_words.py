"""The words of the report's frame. What files, models and checks say stays as it was written."""

from __future__ import annotations

# key: (en, zh); an English text may have a second form after "|", for numbers other than one.
_WORDS: dict[str, tuple[str, str]] = {
    "product": ("Koujing", "口径"),
    "title": ("Localization report", "本地化报告"),
    "contents": ("Contents", "目录"),
    # the verdict
    "all.head": ("Everything was released", "全部放行"),
    "all.text": (
        "{n} segment was checked and written to its target file.|All {n} segments were checked and written to their "
        "target files.",
        "共 {n} 个片段，全部通过检查并写入目标文件。",
    ),
    "some.head": ("{n} segment was held back|{n} segments were held back", "{n} 个片段被扣下"),
    "some.text": (
        "{released} of {total} segments were released. A segment that is held back stands in its target file in the "
        "source language until somebody decides.",
        "{total} 个片段中放行 {released} 个。被扣下的片段在目标文件里保留原文，等人处理。",
    ),
    "unwritten.head": (
        "Every segment was released, but not every file was written",
        "片段全部放行，但有文件没有写出",
    ),
    "sofar.head": ("Nothing has been held back so far", "到目前为止没有被扣下的片段"),
    "sofar.text": ("{released} of {total} segments have been released.", "{total} 个片段中已放行 {released} 个。"),
    "none.head": ("There was nothing to translate", "没有需要翻译的内容"),
    "none.text": ("The files hold no segment.", "这些文件里没有片段。"),
    "files.head": ("{n} file was not written|{n} files were not written", "{n} 个文件没有写出"),
    "open.head": ("This job is not finished", "任务尚未结束"),
    "open.text": (
        "{n} segment is still open. The figures below are those of now.|"
        "{n} segments are still open. The figures below are those of now.",
        "还有 {n} 个片段没有结果，以下数字只代表目前。",
    ),
    "ended.cancelled": ("This job was cancelled", "任务已取消"),
    "ended.failed": ("This job failed", "任务失败"),
    # what was asked
    "asked": ("What was asked", "任务"),
    "by": ("Asked by", "提交人"),
    "by.none": ("not told", "未注明"),
    "begun": ("Begun", "开始时间"),
    "ended": ("Ended", "结束时间"),
    "took": ("{time} after it began", "历时 {time}"),
    "asof": ("State of", "数据截至"),
    "eta": ("about {time} left", "预计还需 {time}"),
    "languages": ("Languages", "语言"),
    "files": ("Files", "文件"),
    "file": ("{n} file|{n} files", "{n} 个文件"),
    "model": ("Model", "模型"),
    "model.none": ("as set up", "按系统设置"),
    "usage": ("Tokens used", "词元用量"),
    "usage.none": ("not recorded", "未记录"),
    "budget": ("budget {n} tokens", "预算 {n} 词元"),
    "choices": ("Choices", "选项"),
    "columns": ("table columns: {names}", "表格列：{names}"),
    "fields": ("front matter: {names}", "文件头字段：{names}"),
    "keys": ("keys left: {names}", "不译的键：{names}"),
    "terms": ("{n} term given with the job|{n} terms given with the job", "随任务提供 {n} 条术语"),
    "memory.off": ("without translation memory", "不使用翻译记忆"),
    "job": ("Job", "任务编号"),
    "status": ("Status", "状态"),
    "job.planning": ("reading the files", "正在读取文件"),
    "job.running": ("running", "进行中"),
    "job.paused": ("paused", "已暂停"),
    "job.done": ("done", "已完成"),
    "job.cancelled": ("cancelled", "已取消"),
    "job.failed": ("failed", "失败"),
    # states
    "state.translated": ("translated", "已翻译"),
    "state.reused": ("reused", "复用"),
    "state.needs_review": ("needs review", "待复核"),
    "state.failed": ("failed", "失败"),
    "state.pending": ("open", "未完成"),
    "state.total": ("all", "合计"),
    # the grid
    "grid": ("Files and languages", "文件与语言"),
    "grid.lead": (
        "How many segments of each file were released in each language, out of how many.",
        "每个文件在每种语言中放行了多少片段。",
    ),
    "grid.source": ("Source file", "源文件"),
    "grid.none": ("No file was found.", "没有找到文件。"),
    "file.pending": ("not written yet", "尚未写出"),
    "file.written": ("written", "已写出"),
    "file.partly": ("written in part", "部分写出"),
    "file.failed": ("not written", "没有写出"),
    "empty": ("nothing to translate", "没有可译内容"),
    # held back
    "held": ("Held back", "被扣下的片段"),
    "held.lead": (
        "Each with the reason. What the model proposed was not written to any file.",
        "逐条列出原因。模型给出的译文没有写入任何文件。",
    ),
    "held.none": ("Nothing was held back.", "没有被扣下的片段。"),
    "held.more": (
        "{n} open segment is not listed.|{n} open segments are not listed.",
        "另有 {n} 个未完成的片段没有列出。",
    ),
    "reasons": ("Reasons and how often each was found", "原因及次数"),
    "source": ("Source", "原文"),
    "target": ("Proposed", "拟用译文"),
    "target.none": ("no translation", "没有译文"),
    "findings": ("Findings", "检查结果"),
    "fix": ("Suggested:", "建议："),
    "plural": ("plural form: {form}", "复数形式：{form}"),
    "tries": ("{n} try|{n} tries", "尝试 {n} 次"),
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "提醒"),
    "severity.info": ("note", "说明"),
    # released with warnings
    "warned": ("Released with warnings", "放行但有提醒"),
    "warned.lead": ("Written to the target files; worth a look.", "已写入目标文件，建议看一眼。"),
    "warned.none": ("No released segment has a warning.", "放行的片段都没有提醒。"),
    "released": ("Target", "译文"),
    # where from
    "origins": ("Where the targets came from", "译文从哪里来"),
    "origins.lead": ("Released segments only.", "只计放行的片段。"),
    "origins.none": ("Nothing has been released.", "还没有放行的片段。"),
    "origin": ("Origin", "来源"),
    "segments": ("Segments", "片段"),
    "share": ("Share", "占比"),
    "origin.model": ("translated by the model", "模型翻译"),
    "origin.memory": ("translation memory", "翻译记忆"),
    "origin.repeated": ("the same segment elsewhere in this job", "本任务中的相同片段"),
    "origin.file": ("already in the file", "文件中已有"),
    "origin.program": ("by program: figures, names and codes only", "程序生成：只有数字、名称或代码"),
    "origin.person": ("written by a person", "人工"),
    "people": ("Edited by {names}", "人工编辑：{names}"),
    "footer": (
        "Made by Koujing from the job's record. Every figure counts segments: sentences or messages of the files.",
        "由口径根据任务记录生成。所有数字以片段计：文件中的句子或消息。",
    ),
}


class ReportWords:
    """The words in one language: `zh` or English. Called with a key and what stands in its gaps; `n` chooses between
    the two English forms."""

    def __init__(self, language: str) -> None:
        self._chinese = language.lower().startswith("zh")
        self.language, self.tag = ("zh", "zh-CN") if self._chinese else ("en", "en")

    def __call__(self, key: str, **gaps: object) -> str:
        english, chinese = _WORDS[key]
        if self._chinese:
            text = chinese
        else:
            one, _, more = english.partition("|")
            text = more if more and gaps.get("n") != 1 else one
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in gaps.items()}
        return text.format_map(shown)

    def maybe(self, kind: str, value: str) -> str:
        """`kind.value`, or the value itself where there is no word for it."""
        return self(f"{kind}.{value}") if f"{kind}.{value}" in _WORDS else value

    def duration(self, seconds: float) -> str:
        """`2 h 05 min`, `3 min 20 s`, `4.2 s`."""
        if seconds < 60:
            return f"{seconds:.1f} {'秒' if self._chinese else 's'}"
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours} 小时 {minutes:02d} 分" if self._chinese else f"{hours} h {minutes:02d} min"
        return f"{minutes} 分 {rest:02d} 秒" if self._chinese else f"{minutes} min {rest:02d} s"
