"""Words by which names are told from other words: titles, kinds of organisation, surnames, and what is no name."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# --- Latin letters ---------------------------------------------------------------------------------------------------

CALENDAR = _set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
    "christmas easter thanksgiving halloween ramadan diwali q1 q2 q3 q4 h1 h2 fy bc ad am pm "
    "spring summer autumn fall winter "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janvier février mars "
    "avril "
    "mai juin juillet août septembre octobre novembre décembre janeiro fevereiro março maio junho julho setembro "
    "outubro "
    "novembro dezembro januar februar märz juni juli oktober dezember fevrier aout decembre marco marz"
)
"""Months and days, folded, in the languages that capitalise some of them."""

PEOPLES = _set(
    "english chinese mandarin cantonese american british german french japanese korean russian indian italian spanish "
    "portuguese dutch belgian swiss austrian swedish norwegian danish finnish polish czech hungarian greek irish "
    "ukrainian turkish israeli iranian iraqi saudi egyptian african nigerian kenyan canadian mexican brazilian "
    "argentine chilean colombian peruvian australian singaporean malaysian thai vietnamese indonesian filipino "
    "pakistani afghan syrian european asian western eastern northern southern scottish welsh latin arab arabic hebrew "
    "hindi persian christian christians muslim muslims islamic jewish jews catholic protestant buddhist hindu "
    "americans europeans germans russians africans asians canadians australians israelis palestinians palestinian "
    "ukrainians mexicans democrats republicans democrat republican democratic conservative labour liberal "
    "mediterranean atlantic pacific arctic"
)

ROLES = _set(
    "ceo cto cfo coo cio cmo ciso cso cpo vp svp evp chief executive officer president vice chairman chairwoman chair "
    "director manager managing head lead leader senior junior principal partner founder cofounder co owner editor "
    "analyst engineer engineering architect developer consultant specialist representative rep agent assistant "
    "secretary "
    "minister prime senator congressman congresswoman governor mayor judge justice general colonel captain lieutenant "
    "sergeant major admiral commander officer detective sheriff king queen prince princess pope bishop father sister "
    "mother brother dad mom mum grandma grandpa uncle aunt sir lord lady madam mr mrs ms miss dr prof professor doctor "
    "coach speaker operator moderator host interviewer participant user customer client marketing sales technology "
    "technical operations financial finance product products project projects program programme customer customers "
    "human resources relations investor communications business development regional global international national "
    "plant factory production maintenance purchasing procurement logistics deputy acting site shift works press media "
    "herr frau monsieur madame senor senora senhor senhora "
    "platform infrastructure information security data software systems services service solutions quality supply chain"
)

ORDINARY = _set(
    "the a an and or of for in on at to by with from as is are was were be it its this that these those he she we "
    "they i "
    "you his her their our your my who what when where why how which if while although though because since after "
    "before "
    "during until there here however therefore moreover furthermore additionally also but yet so then thus hence not "
    "no "
    "yes all any both each every few many most other some such only own same than too very can will just should now "
    "first second third fourth fifth next last finally overall according despite among between under over about into "
    "internet web email online website app apps english company board committee team department group government state "
    "federal court congress senate parliament house party university school college hospital bank church union army "
    "navy "
    "air force police city county district street road avenue park river lake mountain sea ocean island north south "
    "east "
    "west central upper lower new old great grand big little st saint act bill law section title chapter article code "
    "constitution agreement treaty contract plan policy report paper study research review survey index award prize "
    "conference summit meeting event forum week day month year century age era war world earth sun moon god bible "
    "series part volume edition version phase stage level type class model table figure appendix note notes source "
    "cloud server network hardware device devices machine learning deep artificial intelligence language model models "
    "us home office order public private annual monthly daily weekly national fiscal quarter half total net gross "
    "adjusted ok okay hi hello dear thanks thank please welcome sorry good morning best regards subject re fw cc "
    "mrs ps pps etc vs via per plus inc ltd corp co llc plc gmbh ag sa nv bv kg se oy ab as spa srl ltda"
)
"""Words that a text may write with a capital without naming anything: beginnings, headings, job titles, politeness."""

ACRONYMS = _set(
    "ai it api apis ui ux hr pr qa rd r&d kpi kpis roi sla slas okr faq pdf csv html css http https url urls usb led "
    "lcd "
    "gps gdp cpi vat ceo iot iiot vr ar xr ml nlp llm llms rnn cnn gpu gpus cpu cpus npu tpu ram ssd sdk ide os db sql "
    "nosql crm erp mes plc cnc scada oee bom sku b2b b2c saas paas iaas etl devops ci cd mvp poc sme smes ngo ngos ipo "
    "esg csr dna rna mri ct tv dvd cd dj id ids pin sim sms mms wifi wi-fi lan wan vpn dns ip tcp udp ssh ssl tls aka "
    "asap diy fyi tbd n/a usd eur gbp rmb cny jpy hkd ok am pm bbq suv suvs ufo vip vips phd mba bsc msc ebitda eps "
    "gaap "
    "yoy qoq ttm capex opex m&a covid covid-19 co2 2d 3d 4d 2g 3g 4g 5g 6g 4k 8k hd uhd ac dc hvac rpm kwh mwh gwh "
    "kw mw "
    "gw hz khz mhz ghz kb mb gb tb wi fi bluetooth rfid nfc qr ocr edi gmv dau mau ppt arr mrr nps cagr p2p o2o"
)
"""Short forms that everybody uses without a source, folded."""

ORGANISATION_ENDS = _set(
    "inc incorporated corp corporation ltd limited llc plc gmbh ag sa nv bv kg holdings holding group company "
    "companies co "
    "industries industrial enterprises university college school institute academy bank hospital clinic ministry "
    "agency "
    "authority commission committee council association society foundation federation union alliance league "
    "department bureau office court parliament senate congress party club museum "
    "news times post journal herald tribune magazine press media studios records airlines airways motors pharma "
    "pharmaceuticals laboratories labs systems technologies technology solutions services logistics partners capital "
    "ventures insurance energy electric telecom networks software"
)

SPEECH = _set(
    "said says say told tells adds added explained explains noted notes argued argues stated states commented comments "
    "recalled recalls remarked announced replied asked wrote writes admitted stressed emphasised emphasized concluded"
)

GIVEN_NAMES = _set(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald "
    "steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas "
    "eric jonathan stephen larry justin scott brandon benjamin samuel frank gregory raymond alexander patrick jack "
    "dennis "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley "
    "kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy "
    "anna "
    "angela ruth emma olivia sophia peter hans klaus jürgen wolfgang matthias stefan andreas martin thomas tobias "
    "felix "
    "maria carlos josé juan luis ana pedro joão paulo pierre jean luc marie claire sophie julia katrin hannah lena "
    "tom ben "
    "alex sam max leo adam eva helen alice lucy kate jane ann anne tim jim joe bob bill mike dave steve chris nick tony"
)

# --- Han -------------------------------------------------------------------------------------------------------------

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏裘闵楼"
)
TITLES = (
    "董事长|总经理|副总经理|总裁|副总裁|首席执行官|首席技术官|首席财务官|首席运营官|首席科学家|创始人|联合创始人|"
    "合伙人|主席|副主席|总监|经理|主任|副主任|"
    "部长|副部长|局长|副局长|处长|科长|厅长|省长|市长|县长|区长|镇长|乡长|村长|书记|院长|副院长|校长|副校长|所长|"
    "教授|副教授|研究员|博士|院士|专家|工程师|"
    "总工程师|设计师|分析师|发言人|负责人|秘书长|会长|理事长|总统|总理|首相|国王|议员|大使|司令|将军|上将|中将|少将|"
    "队长|教练|主帅|球员|选手|运动员|导演|"
    "演员|歌手|作家|记者|编辑|律师|医生|护士|法官|检察官|民警|警官|老师|同学|先生|女士|小姐|老人|村民|市民|居民|患者|"
    "工人|员工|店长|站长|厂长|车间主任|"
    "客户经理|产品经理|项目经理|顾问|代表|委员|主持人|嘉宾|CEO|CTO|CFO|COO|CMO|VP"
)
SAID = (
    "表示|说|称|指出|介绍|认为|强调|透露|告诉|坦言|回忆|解释|提到|提出|补充|写道|谈到|直言|感慨|评价|呼吁|宣布|建议|"
    "回应|回答|问道|说道|笑称|总结"
)
ORGANISATION_TAILS = (
    "有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|股份公司|分公司|子公司|公司|集团|大学|学院|医院|银行|"
    "研究院|研究所|研究中心|实验室|法院|检察院|"
    "委员会|协会|学会|商会|联合会|基金会|联盟|出版社|日报|晚报|时报|早报|电视台|通讯社|新闻社|俱乐部|组委会|中学|"
    "小学|学校|事务所|证券|保险|基金|航空|"
    "公安局|教育局|统计局|管理局|总局|交通局|卫生局|气象局|税务局|财政部|外交部|国防部|教育部|商务部|卫生部|公安部|"
    "交通部|农业部|环保部|工信部|住建部|"
    "发改委|国资委|证监会|银监会|保监会|教委|卫计委|博物馆|图书馆|工厂|酒店|超市|商场|电器|汽车|科技|药业|地产|传媒|"
    "影业|乐园"
)
GENERIC = frozenset(
    "该 本 我 贵 各 某 两 几 多 这 那 此 其 母 子 分 总 家 一家 两家 多家 几家 上市 大型 中小 小型 知名 著名 国有 "
    "国企 民营 私营 外资 合资 跨国 当地 本地 国内 国外 境外 "
    "海外 相关 有关 其他 其它 部分 全国 全球 世界 行业 互联网 网络 科技 技术 信息 软件 硬件 物流 快递 运输 建筑 工程 "
    "房地产 地产 物业 能源 电力 石油 天然气 煤炭 矿业 "
    "钢铁 化工 医药 制药 药业 生物 食品 饮料 服装 纺织 零售 电商 广告 传媒 文化 娱乐 旅游 教育 培训 咨询 金融 投资 "
    "证券 基金 保险 信托 租赁 担保 贷款 小额 商业 "
    "贸易 进出口 航空 航运 铁路 汽车 造船 机械 电子 电器 家电 通信 电信 半导体 芯片 人工智能 大数据 云计算 环保 农业 "
    "水务 燃气 热力 公交 出租车 游戏 影视 音乐 体育 "
    "综合 专科 公立 私立 省级 市级 县级 三甲 人民 中级 高级 最高 基层 中央 地方 政策性 开发 重点 普通 高等 职业 名牌 "
    "一流 国际 合作 下属 旗下 控股 参股 全资 关联 "
    "高科技 创业 初创 独角兽 龙头 民间 慈善 公益 军事 犯罪 黑社会 社会 企业 产业 大 小 中 新 老 好 原 前 现 同 双 "
    "两国 三方 双方".split()
)
"""What may stand before a kind of organisation without making a name of it."""
