"""Which form of codes a model keeps best: measured at set-up, kept for the workspace.

The texts are our own; each holds the kinds of code that files have. A model is asked for each in both styles, without
repairs, and the style with more texts whose codes all arrive once wins; of equals the file's own form.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from assistant.gateway.port import LanguageModel
from assistant.localization.asking import Item, request_for, texts_in, writes_plainly
from assistant.localization.content import Content
from assistant.localization.protection.codes import with_codes
from assistant.localization.protection.tokens import TokenStyle, read_tokens, show
from knowledge.domain.errors import BadReply
from knowledge.domain.locale import Locale, parse_locale
from knowledge.store.repository import Repository, utc
from knowledge.store.schema import ChoiceRow

NAME = "token_styles"
"""The choice under which the styles stand, by model."""

TEXTS: tuple[tuple[str, str], ...] = (
    ("zh-CN", "你好，{name}，你有 {count} 条新消息。"),
    ("zh-CN", "点击<b>开始监测</b>，查看<a href=\"/plans\">全部方案</a>。"),
    ("zh-CN", "设备 %s 已离线，请在 %d 分钟内检查。"),
    ("zh-CN", "详情见 https://example.com/help?id=7，或写信给 support@example.com。"),
    ("zh-CN", "运行 `gateway status` 查看 {device} 的状态。"),
    ("zh-CN", "<strong>{customer}</strong> 把停机时间降低了 <em>18%</em>。"),
    ("en", "Welcome back, {name}. You have {count} open alerts."),
    ("en", "Choose <b>Start monitoring</b> to see <a href=\"/plans\">all plans</a>."),
    ("en", "Device %s is offline; check it within %d minutes."),
    ("en", "See https://example.com/help?id=7 or write to support@example.com."),
    ("en", "Run `gateway status` to see the state of {device}."),
    ("en", "<strong>{customer}</strong> cut its downtime by <em>18%</em>."),
)  # fmt: skip
_OTHER = {"zh-CN": parse_locale("en"), "en": parse_locale("zh-CN")}


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of the texts kept all their codes, by style, and the style that is best."""

    kept: dict[TokenStyle, int]
    of: int

    @property
    def best(self) -> TokenStyle:
        return max((TokenStyle.OWN, TokenStyle.NAMED), key=lambda style: self.kept[style])


def measure(model: LanguageModel) -> Measured:
    """Ask `model` for every text in both styles. Raises the errors of `LanguageModel.complete` except `BadReply`."""
    kept = {style: sum(_arrives(model, tag, text, style) for tag, text in TEXTS) for style in TokenStyle}
    return Measured(kept, len(TEXTS))


def _arrives(model: LanguageModel, tag: str, text: str, style: TokenStyle) -> bool:
    source, target = parse_locale(tag), _OTHER[tag]
    content = with_codes(Content.of(text))
    shown = show(content, style)
    item = Item("1", shown.text)
    request = request_for([item], source, target, plain=writes_plainly(model.name))
    try:
        said = texts_in(model.complete(request), [item]).get("1", "")
    except BadReply:
        return False
    return Counter(read_tokens(said, shown).codes) == Counter(content.codes) and _is_in(said, target)


def _is_in(said: str, target: Locale) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in said) == (target.language == "zh")


class TokenStyles(Repository):
    """The styles measured for a workspace's models."""

    def of(self, model: str) -> TokenStyle:
        """The style for a model, by its name; `NAMED` where it was not measured."""
        return TokenStyle(self._all().get(model, TokenStyle.NAMED))

    def keep(self, model: str, style: TokenStyle, by: str, now: datetime) -> None:
        """Keep what was measured."""
        value = {"value": {**self._all(), model: str(style)}}
        with self.writing(revises=False) as session:
            session.merge(ChoiceRow(workspace=self.workspace, name=NAME, value=value, by=by, at=utc(now)))

    def _all(self) -> dict[str, str]:
        with self.reading() as session:
            row = session.get(ChoiceRow, (self.workspace, NAME))
            return {} if row is None else dict(row.value["value"])
