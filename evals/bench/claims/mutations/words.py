"""The words that the mutators know, per language: units, currencies, qualifiers, quarters; the rest is in `eyes`."""

from __future__ import annotations

SCALE_SWAPS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {"万": ("亿", "千"), "亿": ("万",), "万亿": ("亿",), "百万": ("亿", "千万")},
    "ja": {"万": ("億", "千"), "億": ("万", "兆"), "兆": ("億",)},
    "ko": {"만": ("억", "천"), "억": ("만", "조"), "조": ("억",)},
    "en": {"thousand": ("million",), "million": ("billion", "thousand"), "billion": ("million", "trillion"),
           "trillion": ("billion",), "k": ("M",), "K": ("M",), "M": ("B",), "bn": ("m",)},
    "de": {"Tausend": ("Millionen",), "tausend": ("Millionen",), "Millionen": ("Milliarden", "Tausend"),
           "Mio.": ("Mrd.",), "Milliarden": ("Millionen",), "Mrd.": ("Mio.",), "Billionen": ("Milliarden",)},
    "fr": {"mille": ("millions",), "millions": ("milliards",), "milliards": ("millions",), "million": ("milliard",)},
    "es": {"mil": ("millones de",), "millones": ("mil millones",), "mil millones": ("millones",)},
    "pt": {"mil": ("milhões de",), "milhões": ("bilhões", "mil"), "bilhões": ("milhões",), "bilhão": ("milhão",)},
}  # fmt: skip
"""What a scale word is turned into. `millones de` only where nothing follows that would read `de de`."""

_UNIT_PAIRS: dict[str, str] = {
    "zh": "分钟=小时 秒=分钟 毫秒=秒 天=周 小时=天 个月=周 年=个月 吨=公斤 千克=吨 公里=米 千米=米 毫米=厘米 米=厘米 "
    "%=个百分点 ％=个百分点 个百分点=% GB=TB MB=GB 千瓦时=兆瓦时 千瓦=兆瓦 平方米=亩 立方米=升 倍=%",
    "ja": "分間=時間 分=時間 秒=分 ミリ秒=秒 日間=週間 時間=日 か月=年 カ月=年 ヶ月=年 週間=か月 年間=か月 倍=% "
    "トン=キログラム キロ=トン キロメートル=メートル %=ポイント ％=ポイント GB=TB MB=GB",
    "ko": "분=시간 초=분 밀리초=초 일=주 시간=일 개월=년 주=개월 년=개월 톤=킬로그램 킬로미터=미터 %=%포인트 배=% "
    "GB=TB MB=GB",
    "en": "minutes=hours minute=hour seconds=minutes second=minute milliseconds=seconds days=weeks day=week hours=days "
    "hour=day weeks=months week=month months=years month=year years=months tonnes=kilograms tons=kilograms "
    "kilograms=tonnes kg=t km=m kilometres=metres kilometers=meters miles=kilometers mm=cm square_metres=hectares "
    "%=_percentage_points percent=percentage_points GB=TB TB=GB MB=GB ms=s kWh=MWh MW=kW",
    "de": "Minuten=Stunden Minute=Stunde Sekunden=Minuten Tage=Wochen Tagen=Wochen Stunden=Tage Wochen=Monate "
    "Monate=Jahre Monaten=Jahren Jahre=Monate Jahren=Monaten Tonnen=Kilogramm Kilometer=Meter km=m kg=t "
    "%=Prozentpunkte Prozent=Prozentpunkte GB=TB MB=GB Quadratmeter=Hektar Hektar=Quadratmeter °C=Kelvin",
    "fr": "minutes=heures secondes=minutes jours=semaines heures=jours semaines=mois mois=ans ans=mois années=mois "
    "tonnes=kilogrammes kilomètres=mètres km=m kg=t %=points_de_pourcentage Go=To Mo=Go",
    "es": "minutos=horas segundos=minutos días=semanas horas=días semanas=meses meses=años años=meses "
    "toneladas=kilogramos kilómetros=metros km=m kg=t %=puntos_porcentuales GB=TB MB=GB hectáreas=kilómetros",
    "pt": "minutos=horas segundos=minutos dias=semanas horas=dias semanas=meses meses=anos anos=meses "
    "toneladas=quilogramas quilômetros=metros km=m kg=t %=pontos_percentuais GB=TB MB=GB",
}
UNIT_SWAPS: dict[str, dict[str, str]] = {
    language: {
        old.replace("_", " "): new.replace("_", " ") for old, _, new in (pair.partition("=") for pair in line.split())
    }
    for language, line in _UNIT_PAIRS.items()
}

CURRENCY_SIGNS = {"US$": ("€", "£"), "R$": ("US$", "€"), "$": ("€", "£"), "€": ("$", "£"), "£": ("$", "€")}
CURRENCY_CODES = {"RMB": ("USD", "EUR"), "CNY": ("USD",), "USD": ("EUR", "RMB"), "EUR": ("USD", "RMB")}
CURRENCY_WORDS: dict[str, dict[str, str]] = {
    "zh": {"美元": "元", "欧元": "美元", "英镑": "美元", "日元": "美元", "元": "美元", "人民币": "美元"},
    "ja": {"ドル": "円", "円": "ドル", "ユーロ": "ドル", "元": "円"},
    "ko": {"달러": "원", "유로": "달러", "원": "달러", "위안": "달러"},
    "en": {"dollars": "euros", "euros": "dollars", "yuan": "dollars", "euro": "dollar"},
    "de": {"Dollar": "Euro", "Euro": "Dollar", "Yuan": "Euro", "US-Dollar": "Euro"},
    "fr": {"dollars": "euros", "euros": "dollars", "livres sterling": "euros", "yuans": "euros"},
    "es": {"dólares": "euros", "euros": "dólares", "yuanes": "euros"},
    "pt": {"dólares": "euros", "reais": "dólares", "euros": "dólares", "yuans": "reais"},
}

# before the figure | after it
_QUALIFIERS: dict[str, tuple[str, str]] = {
    "zh": ("超过 超 近 将近 接近 约 大约 至少 不到 最高 高达 最多 逾 不低于 不少于", "以上 以下 左右 多 余"),
    "ja": ("約 およそ 最大 最低 最大で 少なくとも ほぼ", "以上 以下 未満 近く を超える 余り ほど 程度"),
    "ko": ("약 최대 최소 거의 대략", "이상 이하 미만 이 넘는 가까이 정도 가량"),
    "en": ("more_than over nearly almost about around roughly approximately at_least at_most up_to less_than "
           "fewer_than under as_many_as just_over close_to some", "or_more or_less"),
    "de": ("mehr_als über fast knapp rund etwa ca. circa mindestens höchstens bis_zu weniger_als unter ungefähr "
           "nahezu beinahe gut wenigstens", "oder_mehr"),
    "fr": ("plus_de plus_d’ près_de près_d’ environ au_moins jusqu’à presque moins_de moins_d’ quelque", "ou_plus"),
    "es": ("más_de casi cerca_de alrededor_de unos unas al_menos por_lo_menos hasta aproximadamente menos_de "
           "más_del cerca_del", "o_más"),
    "pt": ("mais_de quase cerca_de aproximadamente pelo_menos até menos_de em_torno_de", "ou_mais"),
}  # fmt: skip


def _split(line: str) -> tuple[str, ...]:
    return tuple(sorted((word.replace("_", " ") for word in line.split()), key=len, reverse=True))


QUALIFIERS_BEFORE = {language: _split(words[0]) for language, words in _QUALIFIERS.items()}
QUALIFIERS_AFTER = {language: _split(words[1]) for language, words in _QUALIFIERS.items()}

ADDED: dict[str, tuple[str, ...]] = {
    "zh": ("超过", "近", "至少", "约"),
    "ja": ("約", "最大"),
    "ko": ("약 ", "최대 "),
    "en": ("more than ", "nearly ", "at least ", "up to ", "about "),
    "de": ("mehr als ", "fast ", "mindestens ", "rund "),
    "fr": ("plus de ", "près de ", "au moins ", "environ "),
    "es": ("más de ", "casi ", "al menos ", "unos "),
    "pt": ("mais de ", "quase ", "pelo menos ", "cerca de "),
}
"""A qualifier put before a figure that has none."""

OPPOSITE: dict[str, dict[str, str]] = {
    "zh": {"超过": "不到", "近": "超", "至少": "最多", "约": "超过", "不到": "超过", "大约": "至少"},
    "ja": {"約": "最大", "少なくとも": "最大", "最大": "約"},
    "ko": {"약": "최소", "최대": "최소", "최소": "최대"},
    "en": {"more than": "less than", "over": "almost", "nearly": "more than", "at least": "at most",
           "up to": "at least", "about": "more than", "almost": "over", "less than": "more than",
           "approximately": "at least", "around": "over"},
    "de": {"mehr als": "fast", "über": "knapp", "fast": "mehr als", "mindestens": "höchstens", "rund": "über",
           "bis zu": "mindestens", "etwa": "über", "knapp": "über"},
    "fr": {"plus de": "près de", "près de": "plus de", "au moins": "au plus", "environ": "plus de",
           "moins de": "plus de"},
    "es": {"más de": "casi", "casi": "más de", "al menos": "como máximo", "cerca de": "más de"},
    "pt": {"mais de": "quase", "quase": "mais de", "pelo menos": "no máximo", "cerca de": "mais de"},
}  # fmt: skip

QUARTERS: dict[str, tuple[str, ...]] = {
    "zh": ("一季度", "二季度", "三季度", "四季度"),
    "ja": ("第1四半期", "第2四半期", "第3四半期", "第4四半期"),
    "ko": ("1분기", "2분기", "3분기", "4분기"),
    "en": ("first quarter", "second quarter", "third quarter", "fourth quarter"),
    "de": ("ersten Quartal", "zweiten Quartal", "dritten Quartal", "vierten Quartal"),
    "fr": ("premier trimestre", "deuxième trimestre", "troisième trimestre", "quatrième trimestre"),
    "es": ("primer trimestre", "segundo trimestre", "tercer trimestre", "cuarto trimestre"),
    "pt": ("primeiro trimestre", "segundo trimestre", "terceiro trimestre", "quarto trimestre"),
}

COUNTED: dict[str, str] = {
    "zh": "年 个月 周 天 小时 分钟 次 倍 个 家 台 人 名 座 种 条 套 项 位 批 国 省 大",
    "ja": "年 か月 週間 日間 時間 分 回 倍 個 社 台 人 名 つ 種類 件",
    "ko": "년 개월 주 일 시간 분 번 배 개 명 곳 가지 대",
    "en": "years months weeks days hours minutes times people teams clusters engineers companies customers countries",
    "de": "Jahre Jahren Monate Monaten Wochen Tage Tagen Stunden Minuten Menschen Kunden Unternehmen Länder",
    "fr": "ans mois semaines jours heures minutes fois personnes clients entreprises pays sites",
    "es": "años meses semanas días horas minutos veces personas clientes empresas países plantas",
    "pt": "anos meses semanas dias horas minutos vezes pessoas clientes empresas países unidades",
}
"""What a numeral in words must count to be a figure and no idiom."""
