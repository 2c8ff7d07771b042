"""The words that rendering needs, per language: scales, qualifiers, units, currencies."""

from __future__ import annotations

from knowledge.domain.quantity.model import Qualifier

Q = Qualifier

# (factor, singular, plural), largest first; East Asian scales attach to the digits.
SCALES: dict[str, tuple[tuple[int, str, str], ...]] = {
    "en": ((10**12, "trillion", "trillion"), (10**9, "billion", "billion"), (10**6, "million", "million")),
    "de": ((10**12, "Billion", "Billionen"), (10**9, "Milliarde", "Milliarden"), (10**6, "Million", "Millionen")),
    "fr": ((10**9, "milliard", "milliards"), (10**6, "million", "millions")),
    "es": ((10**12, "billón", "billones"), (10**6, "millón", "millones")),
    "pt": ((10**9, "bilhão", "bilhões"), (10**6, "milhão", "milhões")),
    "zh": ((10**12, "万亿", "万亿"), (10**8, "亿", "亿"), (10**4, "万", "万")),
    "ja": ((10**12, "兆", "兆"), (10**8, "億", "億"), (10**4, "万", "万")),
    "ko": ((10**12, "조", "조"), (10**8, "억", "억"), (10**4, "만", "만")),
}

QUALIFIERS: dict[str, dict[Qualifier, str]] = {
    "en": {
        Q.OVER: "more than {}",
        Q.NEARLY: "nearly {}",
        Q.UNDER: "less than {}",
        Q.AT_LEAST: "at least {}",
        Q.AT_MOST: "up to {}",
        Q.ABOUT: "about {}",
    },
    "zh": {
        Q.OVER: "超过{}",
        Q.NEARLY: "接近{}",
        Q.UNDER: "不到{}",
        Q.AT_LEAST: "至少{}",
        Q.AT_MOST: "最多{}",
        Q.ABOUT: "约{}",
    },
    "de": {
        Q.OVER: "mehr als {}",
        Q.NEARLY: "fast {}",
        Q.UNDER: "weniger als {}",
        Q.AT_LEAST: "mindestens {}",
        Q.AT_MOST: "bis zu {}",
        Q.ABOUT: "rund {}",
    },
    "fr": {
        Q.OVER: "plus de {}",
        Q.NEARLY: "près de {}",
        Q.UNDER: "moins de {}",
        Q.AT_LEAST: "au moins {}",
        Q.AT_MOST: "jusqu’à {}",
        Q.ABOUT: "environ {}",
    },
    "es": {
        Q.OVER: "más de {}",
        Q.NEARLY: "casi {}",
        Q.UNDER: "menos de {}",
        Q.AT_LEAST: "al menos {}",
        Q.AT_MOST: "hasta {}",
        Q.ABOUT: "aproximadamente {}",
    },
    "pt": {
        Q.OVER: "mais de {}",
        Q.NEARLY: "quase {}",
        Q.UNDER: "menos de {}",
        Q.AT_LEAST: "pelo menos {}",
        Q.AT_MOST: "até {}",
        Q.ABOUT: "cerca de {}",
    },
    "ja": {
        Q.OVER: "{}超",
        Q.NEARLY: "{}近く",
        Q.UNDER: "{}未満",
        Q.AT_LEAST: "少なくとも{}",
        Q.AT_MOST: "最大{}",
        Q.ABOUT: "約{}",
    },
    "ko": {
        Q.OVER: "{} 초과",
        Q.NEARLY: "거의 {}",
        Q.UNDER: "{} 미만",
        Q.AT_LEAST: "최소 {}",
        Q.AT_MOST: "최대 {}",
        Q.ABOUT: "약 {}",
    },
}

_TENS = (10, 10**2, 10**3, 10**4, 10**5, 10**6)
MAGNITUDES: dict[str, dict[int, str]] = {
    language: dict(zip(_TENS, forms.split("|"), strict=True))
    for language, forms in {
        "en": "dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions",
        "zh": "数十|数百|数千|数万|数十万|数百万",
        "ja": "数十|数百|数千|数万|数十万|数百万",
        "ko": "수십|수백|수천|수만|수십만|수백만",
        "de": "Dutzende|Hunderte|Tausende|Zehntausende|Hunderttausende|Millionen",
        "fr": "dizaines|centaines|milliers|dizaines de milliers|centaines de milliers|millions",
        "es": "decenas|cientos|miles|decenas de miles|cientos de miles|millones",
        "pt": "dezenas|centenas|milhares|dezenas de milhares|centenas de milhares|milhões",
    }.items()
}

# unit -> (singular, plural); units that are missing keep their symbol where they have one.
UNITS: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        **{
            unit: (unit, unit + "s")
            for unit in [
                "millisecond",
                "microsecond",
                "nanosecond",
                "second",
                "minute",
                "hour",
                "day",
                "week",
                "month",
                "quarter",
                "year",
                "mile",
            ]
        },
        "inch": ("inch", "inches"),
        "foot": ("foot", "feet"),
        "mu": ("mu", "mu"),
        "workday": ("business day", "business days"),
    },
    "de": {
        "millisecond": ("Millisekunde", "Millisekunden"),
        "second": ("Sekunde", "Sekunden"),
        "minute": ("Minute", "Minuten"),
        "hour": ("Stunde", "Stunden"),
        "day": ("Tag", "Tage"),
        "week": ("Woche", "Wochen"),
        "month": ("Monat", "Monate"),
        "quarter": ("Quartal", "Quartale"),
        "year": ("Jahr", "Jahre"),
        "workday": ("Werktag", "Werktage"),
    },
    "fr": {
        "millisecond": ("milliseconde", "millisecondes"),
        "second": ("seconde", "secondes"),
        "minute": ("minute", "minutes"),
        "hour": ("heure", "heures"),
        "day": ("jour", "jours"),
        "week": ("semaine", "semaines"),
        "month": ("mois", "mois"),
        "year": ("an", "ans"),
        "workday": ("jour ouvré", "jours ouvrés"),
    },
    "es": {
        "millisecond": ("milisegundo", "milisegundos"),
        "second": ("segundo", "segundos"),
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "day": ("día", "días"),
        "week": ("semana", "semanas"),
        "month": ("mes", "meses"),
        "year": ("año", "años"),
        "workday": ("día hábil", "días hábiles"),
    },
    "pt": {
        "millisecond": ("milissegundo", "milissegundos"),
        "second": ("segundo", "segundos"),
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "day": ("dia", "dias"),
        "week": ("semana", "semanas"),
        "month": ("mês", "meses"),
        "year": ("ano", "anos"),
        "workday": ("dia útil", "dias úteis"),
    },
}
EAST_UNITS: dict[str, dict[str, str]] = {
    "zh": {
        "millisecond": "毫秒",
        "microsecond": "微秒",
        "nanosecond": "纳秒",
        "second": "秒",
        "minute": "分钟",
        "hour": "小时",
        "day": "天",
        "week": "周",
        "month": "个月",
        "quarter": "个季度",
        "year": "年",
        "workday": "个工作日",
        "km": "公里",
        "m": "米",
        "cm": "厘米",
        "mm": "毫米",
        "μm": "微米",
        "nm": "纳米",
        "mile": "英里",
        "inch": "英寸",
        "foot": "英尺",
        "kg": "千克",
        "t": "吨",
        "g": "克",
        "mg": "毫克",
        "lb": "磅",
        "L": "升",
        "mL": "毫升",
        "m²": "平方米",
        "km²": "平方公里",
        "ha": "公顷",
        "mu": "亩",
        "m³": "立方米",
        "kWh": "千瓦时",
        "MWh": "兆瓦时",
        "GWh": "吉瓦时",
        "kW": "千瓦",
        "MW": "兆瓦",
        "GW": "吉瓦",
    },
    "ja": {
        "millisecond": "ミリ秒",
        "second": "秒",
        "minute": "分",
        "hour": "時間",
        "day": "日間",
        "week": "週間",
        "month": "か月",
        "quarter": "四半期",
        "year": "年間",
        "workday": "営業日",
    },
    "ko": {
        "millisecond": "밀리초",
        "second": "초",
        "minute": "분",
        "hour": "시간",
        "day": "일",
        "week": "주",
        "month": "개월",
        "quarter": "개 분기",
        "year": "년",
        "workday": "영업일",
    },
}

# Money per language: a pattern for the amount ({}), or None where nothing usual exists. In French, Spanish and
# Portuguese "{de}" becomes the particle that a scale word asks for (2 millions d’euros, 2 000 euros).
MONEY: dict[str, dict[str, str]] = {
    "en": {
        "CNY": "RMB {}",
        "USD": "US${}",
        "EUR": "€{}",
        "GBP": "£{}",
        "JPY": "JPY {}",
        "HKD": "HK${}",
        "KRW": "KRW {}",
        "TWD": "NT${}",
        "SGD": "S${}",
        "AUD": "A${}",
        "CAD": "C${}",
        "CHF": "CHF {}",
        "INR": "INR {}",
        "BRL": "R${}",
        "RUB": "RUB {}",
        "THB": "THB {}",
    },
    "zh": {
        "CNY": "{}元",
        "USD": "{}美元",
        "EUR": "{}欧元",
        "GBP": "{}英镑",
        "JPY": "{}日元",
        "HKD": "{}港元",
        "KRW": "{}韩元",
        "TWD": "{}新台币",
        "SGD": "{}新加坡元",
        "AUD": "{}澳元",
        "CAD": "{}加元",
        "CHF": "{}瑞士法郎",
        "INR": "{}印度卢比",
        "BRL": "{}雷亚尔",
        "RUB": "{}卢布",
        "THB": "{}泰铢",
    },
    "ja": {"CNY": "{}人民元", "USD": "{}ドル", "EUR": "{}ユーロ", "GBP": "{}ポンド", "JPY": "{}円", "KRW": "{}ウォン"},
    "ko": {"CNY": "{} 위안", "USD": "{} 달러", "EUR": "{} 유로", "GBP": "{} 파운드", "JPY": "{} 엔", "KRW": "{} 원"},
    "de": {"CNY": "{} Yuan", "USD": "{} US-Dollar", "EUR": "{} Euro", "JPY": "{} Yen", "CHF": "{} Franken"},
    "fr": {
        "CNY": "{} {de}yuans",
        "USD": "{} {de}dollars US",
        "EUR": "{} {de}euros",
        "JPY": "{} {de}yens",
        "GBP": "{} {de}livres sterling",
    },
    "es": {"CNY": "{} {de}yuanes", "USD": "{} {de}dólares", "EUR": "{} {de}euros", "JPY": "{} {de}yenes"},
    "pt": {"CNY": "RMB {}", "USD": "US$ {}", "EUR": "€ {}", "GBP": "£ {}", "BRL": "R$ {}", "JPY": "JPY {}"},
}

# singular, plural
POINTS: dict[str, tuple[str, str]] = {
    "en": ("{} percentage point", "{} percentage points"),
    "zh": ("{}个百分点", "{}个百分点"),
    "ja": ("{}パーセントポイント", "{}パーセントポイント"),
    "ko": ("{}%포인트", "{}%포인트"),
    "de": ("{} Prozentpunkt", "{} Prozentpunkte"),
    "fr": ("{} point de pourcentage", "{} points de pourcentage"),
    "es": ("{} punto porcentual", "{} puntos porcentuales"),
    "pt": ("{} ponto percentual", "{} pontos percentuais"),
}
# "3 times" stands for what the source says; whether it means threefold or fourfold is not decided here;
# "1 times" is not written.
MULTIPLES = {
    "en": "{} times",
    "zh": "{}倍",
    "ja": "{}倍",
    "ko": "{}배",
    "de": "{}-mal",
    "fr": "{} fois",
    "es": "{} veces",
    "pt": "{} vezes",
}
PERCENT = {
    "en": "{}%",
    "zh": "{}%",
    "ja": "{}%",
    "ko": "{}%",
    "pt": "{}%",
    "de": "{}\u00a0%",
    "fr": "{}\u00a0%",
    "es": "{}\u00a0%",
}
FRACTIONS = {"ja": "{bottom}分の{top}", "ko": "{bottom}분의 {top}", "zh": "{bottom}分之{top}"}
RANGE = {"zh": "{}至{}", "ja": "{}～{}", "ko": "{}~{}"}
EN_PARTS = {
    2: "half",
    3: "third",
    4: "quarter",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
}
EN_ONES = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
HAN_ONES = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}
