"""Countries, Chinese provinces and big cities with their usual names: common facts, by which a place is known and
`UK` is found in `United Kingdom`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from knowledge.lexicon import KnownName, NameKind
from knowledge.spellings import Spellings

# One place a line: its names, then with ~ what supports it and yet is no name of it.
_TABLE = """
中国 China PRC 中华人民共和国 ~我国 ~Chinese
美国 United_States U.S. USA U.S.A. ~US ~America 美利坚 ~American
英国 United_Kingdom UK U.K. Britain Great_Britain 大不列颠 ~British
德国 Germany Deutschland ~联邦德国 ~German
法国 France 法兰西 ~French
日本 Japan ~Japanese ~日
韩国 South_Korea Korea 大韩民国 ~Korean
朝鲜 North_Korea DPRK
俄罗斯 Russia 俄国 俄联邦 ~Russian
印度 India ~Indian
意大利 Italy Italia ~Italian
西班牙 Spain España ~Spanish
葡萄牙 Portugal ~Portuguese
荷兰 Netherlands The_Netherlands Holland ~Dutch
比利时 Belgium ~Belgian
瑞士 Switzerland Schweiz Suisse ~Swiss
奥地利 Austria Österreich ~Austrian
瑞典 Sweden ~Swedish
挪威 Norway ~Norwegian
丹麦 Denmark ~Danish
芬兰 Finland ~Finnish
波兰 Poland ~Polish
捷克 Czech_Republic Czechia ~Czech
匈牙利 Hungary ~Hungarian
希腊 Greece ~Greek
爱尔兰 Ireland ~Irish
冰岛 Iceland
乌克兰 Ukraine ~Ukrainian
土耳其 Turkey Türkiye ~Turkish
以色列 Israel ~Israeli
伊朗 Iran ~Iranian
伊拉克 Iraq ~Iraqi
沙特 Saudi_Arabia 沙特阿拉伯 ~Saudi
阿联酋 United_Arab_Emirates UAE
埃及 Egypt ~Egyptian
南非 South_Africa ~South_African
尼日利亚 Nigeria ~Nigerian
肯尼亚 Kenya ~Kenyan
加拿大 Canada ~Canadian
墨西哥 Mexico México ~Mexican
巴西 Brazil Brasil ~Brazilian
阿根廷 Argentina ~Argentine
智利 Chile ~Chilean
哥伦比亚 Colombia ~Colombian
秘鲁 Peru Perú ~Peruvian
澳大利亚 Australia 澳洲 ~Australian
新西兰 New_Zealand
新加坡 Singapore ~Singaporean
马来西亚 Malaysia ~Malaysian
泰国 Thailand ~Thai
越南 Vietnam Viet_Nam ~Vietnamese
印度尼西亚 Indonesia 印尼 ~Indonesian
菲律宾 Philippines ~Filipino
巴基斯坦 Pakistan ~Pakistani
孟加拉国 Bangladesh
缅甸 Myanmar Burma
柬埔寨 Cambodia
哈萨克斯坦 Kazakhstan
阿富汗 Afghanistan ~Afghan
叙利亚 Syria ~Syrian
欧盟 European_Union EU E.U.
欧洲 Europe ~European
亚洲 Asia ~Asian
非洲 Africa ~African
北美 North_America
南美 South_America
拉美 Latin_America 拉丁美洲
东南亚 Southeast_Asia South-East_Asia
中东 Middle_East
香港 Hong_Kong 香港特别行政区 ~HK
澳门 Macau Macao
台湾 Taiwan
河北 Hebei
山西 Shanxi
辽宁 Liaoning
吉林 Jilin
黑龙江 Heilongjiang
江苏 Jiangsu
浙江 Zhejiang
安徽 Anhui
福建 Fujian
江西 Jiangxi
山东 Shandong
河南 Henan
湖北 Hubei
湖南 Hunan
广东 Guangdong
广西 Guangxi
海南 Hainan
四川 Sichuan
贵州 Guizhou
云南 Yunnan
陕西 Shaanxi
甘肃 Gansu
青海 Qinghai
内蒙古 Inner_Mongolia
宁夏 Ningxia
新疆 Xinjiang
西藏 Tibet
北京 Beijing
上海 Shanghai
天津 Tianjin
重庆 Chongqing
广州 Guangzhou
深圳 Shenzhen
苏州 Suzhou
杭州 Hangzhou
南京 Nanjing
武汉 Wuhan
成都 Chengdu
西安 Xi'an Xian
青岛 Qingdao
大连 Dalian
宁波 Ningbo
厦门 Xiamen
无锡 Wuxi
长沙 Changsha
郑州 Zhengzhou
济南 Jinan
合肥 Hefei
沈阳 Shenyang
哈尔滨 Harbin
长春 Changchun
福州 Fuzhou
昆明 Kunming
东莞 Dongguan
佛山 Foshan
常州 Changzhou
珠海 Zhuhai
东京 Tokyo
大阪 Osaka
首尔 Seoul
曼谷 Bangkok
河内 Hanoi
胡志明市 Ho_Chi_Minh_City Saigon
雅加达 Jakarta
吉隆坡 Kuala_Lumpur
马尼拉 Manila
孟买 Mumbai
班加罗尔 Bangalore Bengaluru
新德里 New_Delhi Delhi
迪拜 Dubai
莫斯科 Moscow
伦敦 London
巴黎 Paris
柏林 Berlin
慕尼黑 Munich München
汉堡 Hamburg
法兰克福 Frankfurt
斯图加特 Stuttgart
科隆 Cologne Köln
苏黎世 Zurich Zürich
日内瓦 Geneva Genève
维也纳 Vienna Wien
阿姆斯特丹 Amsterdam
布鲁塞尔 Brussels Bruxelles
马德里 Madrid
巴塞罗那 Barcelona
里斯本 Lisbon Lisboa
米兰 Milan Milano
罗马 Rome Roma
斯德哥尔摩 Stockholm
哥本哈根 Copenhagen
赫尔辛基 Helsinki
奥斯陆 Oslo
华沙 Warsaw
布拉格 Prague Prag
布达佩斯 Budapest
都柏林 Dublin
纽约 New_York New_York_City NYC
华盛顿 Washington ~DC ~D.C.
旧金山 San_Francisco ~SF
洛杉矶 Los_Angeles ~LA ~L.A.
西雅图 Seattle
波士顿 Boston
芝加哥 Chicago
休斯敦 Houston
达拉斯 Dallas
亚特兰大 Atlanta
底特律 Detroit
硅谷 Silicon_Valley
多伦多 Toronto
温哥华 Vancouver
墨西哥城 Mexico_City
圣保罗 São_Paulo
里约热内卢 Rio_de_Janeiro
布宜诺斯艾利斯 Buenos_Aires
悉尼 Sydney
墨尔本 Melbourne
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table: `names` make a name, `others` (adjectives, ambiguous short forms) only support one."""

    names: tuple[str, ...]
    others: tuple[str, ...]


@cache
def places() -> tuple[Place, ...]:
    """The whole table."""
    table = [[cell.replace("_", " ") for cell in line.split()] for line in _TABLE.strip().splitlines()]
    return tuple(
        Place(
            tuple(cell for cell in row if not cell.startswith("~")),
            tuple(cell[1:] for cell in row if cell.startswith("~")),
        )
        for row in table
    )


@cache
def known_places() -> tuple[Spellings, dict[str, Place]]:
    """What finds the places of the table in a folded text, and each place by its first name."""
    by_name = {place.names[0]: place for place in places()}
    return Spellings(KnownName(NameKind.PLACE, place.names) for place in places()), by_name
