"""The words that make the number beside them a name: standards, products, places in a document."""

from __future__ import annotations

STANDARDS = frozenset(
    """ISO/IEC ISO IEC IEEE GB/T GB/Z GB YD/T JB/T DIN ANSI RFC CVE UL SOC DSS SP BS JIS NIST FIPS EN ASTM ITU ETSI
    """.split()
)
# Words whose number is a name or a place in a document.
NUMBERED = frozenset(
    """
    Industry Industrie Web Windows Version Versions Release Section Chapter Figure Fig. Table Step Phase Part Level Tier
    Article Art. Appendix Page No. Nr. Nº № Room Floor Gate Route Highway Fortune Forbes S&P CSI Model Series Type Class
    Grade Category Cat Unit Build Act Volume Vol. Issue Option Scenario Office Microsoft Paragraph Question Exhibit Item
    Scope Stage Wave Double Day Slide Line Annex Schedule Clause Rule Recital Lot Booth Hall Terminal Commitment
    Principle Season Episode
    section chapter table step phase version page article level tier stage day slide line clause annex no.
    Kapitel Abschnitt Abbildung Tabelle Artikel Seite Schritt Stufe Teil Typ Klasse Kategorie Anhang Nummer Absatz Abs.
    Ziffer Halle Paragraf
    chapitre figure tableau étape niveau partie annexe numéro n° paragraphe Article Chapitre Figure Tableau Étape
    capítulo figura tabla tabela etapa sección seção artículo página nivel parte fase paso tipo clase anexo número núm.
    versión versão Versión Versão versions artigo nível passo classe categoria secção Capítulo Figura Tabla Tabela Etapa
    Sección Seção Artículo Artigo Página
    """.split()
)
# Plurals: articles 9 and 10.
NUMBERED_PLURALS = frozenset(
    """articles Articles sections Sections chapters Chapters pages Pages pp. figures Figures tables Tables phases Phases
    steps Steps levels Levels Schritte Schritten pasos passos étapes artículos artigos páginas capítulos chapitres
    Seiten Kapitel Artikel""".split()
)
HAN_NUMBERED = tuple(
    "工业 版本 型号 编号 图 表 附录 章节 步骤 等级 级别 财富 阶段 方案 案例 场景 问题 优势 亮点 版 双 "
    "光棍节 手順 ステップ 段階 章 ページ バージョン 단계 버전".split()
)
# Capitalised at the head of a sentence or a heading, and no product.
NO_PRODUCT = frozenset(
    """The And For With From Than Into Only Just Over Some About Around Under Almost At By In Of On Or Is To Up Between
    Nearly Roughly Top Our All These Those First Last Next Total Another Every Each Other Per Least Most More Less Fewer
    Within After Before Since Until Through During Because While When Where As But Than Approximately Exceeding
    """.split()
)
# What follows a product and its version, where a noun would be counted.
AFTER_PRODUCT = frozenset(
    """is was are were and or on in with for to by at the has have had can will would supports support runs run as it
    which that from but also now does did until since where when than who
    est et ou sur pour avec en dans y o con para es e com é no na do da del der die das und oder mit für auf ist war
    """.split()
)
