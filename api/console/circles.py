"""For whom and where a text may be: what the forms offer. Other values may be typed where the field says so."""

from __future__ import annotations

from knowledge.domain.locale import parse_locale
from knowledge.records import Audience

LOCALES = tuple(parse_locale(tag).tag for tag in ("zh-CN", "en", "de", "fr", "es", "pt-BR", "ja", "ko"))
AUDIENCES = tuple(Audience)
MARKETS = ("CN", "EU", "US", "GB", "DE", "JP", "KR", "SG", "BR")
CHANNELS = ("website", "wechat", "press", "linkedin", "brochure", "bid", "mail", "event")
