"""Every Unicode range, table and character class that more than one module uses; no logic."""

from __future__ import annotations

# --- How common a character is: encodings, mojibake ------------------------------------------------

GB2312_LEVEL_1 = frozenset(
    bytes(
        byte
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
        for byte in (row, cell)
    ).decode("gb2312")
)
"""The 3,755 Han characters GB 2312 ranks as common (rows 16 to 55); simplified."""

BIG5_LEVEL_1 = frozenset(
    bytes(
        byte
        for row in range(0xA4, 0xC7)
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0x7F if row == 0xC6 else 0xFF))
        for byte in (row, cell)
    ).decode("big5")
)
"""The 5,401 Han characters Big5 ranks as common (A440 to C67E); traditional."""

CHINESE_MARKS = frozenset("　、。·…⋯—“”‘’〈〉《》「」『』〔〕【】○〇①②③④⑤×℃※") | frozenset(
    map(chr, range(0xFF01, 0xFF5F))  # the full-width forms of ASCII
)
"""Marks that are ordinary in Chinese news."""

COMMON = GB2312_LEVEL_1 | BIG5_LEVEL_1 | CHINESE_MARKS
"""What is common in Chinese news, in either script."""

GB2312_SIGNS = frozenset(bytes((0xA1, cell)).decode("gb2312") for cell in range(0xA1, 0xFF))
"""The marks and signs of its first row: arrows, stars, squares."""

RAISED_AND_LOWERED = "\xb2\xb3\xb9\u2070-\u209c"
"""Superscripts and subscripts: m², cm⁻¹, H₂O."""

FREQUENT_MARKS = frozenset("　，。、：；？！…—·“”（）《》％")

FREQUENT_HAN = frozenset(
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可"
    "过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所"
    "如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城"
    "十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知"
    "级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿司太目基领"
    "队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五"
    "京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边"
    "据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑"
    "革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃"
    "观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编"
    "越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙响药站施均消客失轻存低甚般击曾防请离落显罗营"
    "足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
    # and their traditional forms
    "並亞佔來個們備傳價兒內兩別則創劃動務勢區卻參員問喫單嚴國圖團報場學宮實寶將專對導屬師帶幹幾廣張強後從"
    "復愛應戰採擊據數斷於時書會東條業極構樂標樣機權歷氣決沒況準滿漢濟為無熱營爭爲爾現環產當發眾確種稱積節"
    "紀約紅級組結給統經維網線編縣總織羅羣義聯聲職聽臺與興舉華萬著藥處號衆術裏裝裡見規視親覺觀計記設許試話"
    "該認語說説調請論證識議護變讓責費資質車軍較輕轉辦農這連進遊運過達遠選還邊鄉鐵長門開間關陽隊際隨雖雙離"
    "難電響項領頭題類顯風飛餘馬體鬥魚麼黃點黨龍"
)
"""The 600 most frequent Han of the words in jieba's dictionary, in order of frequency.

Written by `tools/build_frequent_han.py`."""

CP1252 = {b: bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xA0)}
"""The bytes 80 to 9F in Windows-1252 as browsers read it: the five Python leaves undefined are C1 controls."""

# --- Lines and sentences: lines, layout, blocks, seams ---------------------------------------------

LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"
"""What ends a line; U+0085 is here because text with C1 controls removed never contains it otherwise."""

SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space within a line."""

TERMINALS = "。！？…⋯!?｡"
"""Marks that end a sentence."""

ANNOUNCES = ("——", "：", ":")
"""How a line ends that announces what stands below it."""

LEADS_OVER = (*ANNOUNCES, "；", ";")
"""How a line ends that leads over to the paragraphs behind it, more often than it breaks off."""

HAN_NUMERALS = frozenset("〇零一二三四五六七八九十百千壹贰叁叄肆伍陆柒捌玖拾")
"""Numerals that number chapters."""

NEVER_ALONE = frozenset("在为為因由从從对對与與以据據经經当當随隨这這那把被让讓向于於我他她它你您每")
"""Prepositions and pronouns with which a paragraph may begin, and which are no heading."""

SHORT_ENGLISH_WORDS = frozenset(
    [
        "a",
        "an",
        "as",
        "at",
        "be",
        "by",
        "de",
        "do",
        "go",
        "he",
        "i",
        "if",
        "in",
        "is",
        "it",
        "la",
        "le",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
    ]
)
"""Latin words of one or two letters: what else is as short at a line end is half a word."""

PROSE_MARKS = "，。、；：！？,;!?"
"""Marks that prose is full of; the point and the colon of numbers are not among them."""

NEVER_FIRST = "，。、；：！？）》】〉」』｣﹂﹄…⋯％%"
"""Marks that begin no paragraph; quotes are not among them, they may have been set the wrong way round."""

NEVER_LAST = "（《〈「『｢﹁﹃【〔([{"
"""Marks that end none; nor are quotes among these."""

ENCLOSING = {
    pair[1]: pair[0]
    for pair in (
        "（）",
        "《》",
        "〈〉",
        "「」",
        "『』",
        "｢｣",
        "﹁﹂",
        "﹃﹄",
        "【】",
        "〔〕",
        "“”",
        "‘’",
        "〝〞",
        "()",
        "[]",
    )
}
"""For each closing bracket, title mark or quote the one that opens."""

BRACKETS = frozenset("）)】〕]")
"""Those of them that are brackets."""

CLOSERS = "”’〞〟」』｣﹂﹄）》〉】〕］｝)]}\"'"
"""Closing quotes and brackets, which may stand behind a terminal mark."""

BEHIND_AN_END = CLOSERS + SPACES
"""And the white space that may stand between or behind them."""

# --- Width and punctuation -------------------------------------------------------------------------
# Names that end in _CLASS are the inside of a regular expression's [...].

HAN_CLASS = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Unified and compatibility ideographs, and 〇, which is written as one."""

LATIN_LETTER_CLASS = "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿⅠ-ⅿ"
"""Letters that Chinese sets like Latin ones, with accents: also Greek, Cyrillic and Roman numerals."""

KANA_CLASS = "\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\uff66-\uff9d"
"""Hiragana and katakana without the middle dots: those also stand in Chinese names."""

WIDE_MARK_CLASS = "、。〈-】〔-〗！（），：；？［］｛｝—…"
"""Marks that only Chinese (and Japanese) text has. Curly quotes are not among them: English has those too."""

UNIT_CLASS = "%％‰°℃℉㎡㎞㎏"
"""Signs that end a figure, so that a mark behind them is never part of a number."""

HAN_NUMERAL_CLASS = "〇零一二三四五六七八九十百千两甲乙丙丁戊己庚辛壬癸"

FULLWIDTH_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""For `str.translate`; which of these characters may be folded, the caller decides."""

ASCII_TO_FULLWIDTH = {ascii_code: code for code, ascii_code in FULLWIDTH_TO_ASCII.items()}

HALFWIDTH_CJK_MARKS = dict(zip("｡｢｣､", "。「」、", strict=True))

PRESENTATION_FORMS = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︰︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫",
        "，、。：；！？〖〗：（）｛｝〔〕【】《》〈〉「」『』［］，、；：？！—（）｛｝〔〕#&*+-<>=\\$%@",
        strict=True,
    )
)
"""Small and vertical forms and their ordinary marks. ︰ is how Big5 text writes a colon. Left out: ﹒ (a stop or
a middle dot?), ︱ ︳ (drawn as rules) and the emphasis dots ﹅ ﹆."""

INTERPUNCT_VARIANT_CLASS = "•‧・･∙⋅˙"
"""What stands for the interpunct · in names; at a line's start • is a bullet."""

TRANSLITERATION_HAN = frozenset(
    "阿埃艾爱安昂奥巴白拜班邦包保鲍贝本比彼毕宾波博勃伯卜布仓策茨次达戴丹旦德得登邓迪狄蒂丁东都杜敦顿多厄"
    "恩尔法范菲费芬丰冯佛夫福弗甫富盖甘冈哥戈格根古瓜圭哈海罕翰汗汉豪何赫亨洪侯呼胡华怀惠霍吉加贾简杰金京"
    "久卡凯坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳勒黎理里莉丽利列琳林龙隆卢鲁路吕伦罗洛妈玛马买麦迈曼茅梅门"
    "蒙米密缅敏明摩莫默姆木穆娜纳南内妮尼涅纽农努诺欧帕派潘庞佩彭蓬皮普奇齐契恰乔切钦琴琼丘让热荣瑞若撒萨"
    "塞赛桑瑟森莎沙尚绍舍申圣施什史舒朔斯思丝松苏索塔泰坦汤唐陶特腾提田廷通图吐土托瓦万旺威韦维温翁沃乌吾"
    "武伍西锡希席夏香歇谢欣辛兴休雪逊牙亚延扬耶叶依伊易义因英永尤约赞泽扎珍治珠朱兹孜祖佐娅珀斐慈拿叔弥"
    # and their traditional forms
    "亞倉倫傑內凱勞呂喬圖奧婭媽岡庫彌愛懷揚東榮欽歐湯溫漢澤烏熱爾瑪瓊畢盧範簡約納紐紹絲維緬羅義聖興茲華萊"
    "萬葉蓋薩蘇蘭裏誇諾謝讓豐貝買費賈賓賴賽贊農達遜邁鄧錫門韋頓馬馮騰魯鮑麗麥齊龍龐"
)
"""Characters foreign names are spelt with. Left out are those that are as common where Chinese sentences begin
and end: 高 不 当 措 地 道 素 山 日 开."""

# --- Invisible characters and foreign forms: invisible ---------------------------------------------
# Written as the inside of a regular expression's class.

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""C0 and C1 without tab and what breaks a line (U+0085 NEL does)."""

ZERO_WIDTH = (
    "\u00ad\u034f\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffc"  # with soft hyphen and byte order mark
)
"""Invisible in every script; U+FFFC stands for a picture that was not copied."""

JOINERS = "\u180e\u200c\u200d"
"""Letters of the joining scripts need them, and emoji made of several."""

JOINING_SCRIPTS = (
    "\u0590-\u109f\u1700-\u18af\u1900-\u1c4f\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00011fff"
)
"""Hebrew, Arabic, the Indic scripts, Khmer, Mongolian and their kin."""

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"

VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

TAG_CHARACTERS = "\U000e0000-\U000e007f"

PICTOGRAPHS = (
    "\xa9\xae\u203c\u2049\u20e3\u2100-\u214f\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
)
"""What may be drawn as emoji or carries a variation selector, and U+FE0F, which says it is."""

EMOJI_PARTS = "\u200d\u20e3\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
"""Emoji, also the old ones, and what they are put together with: selectors, joiners, keycaps, tags."""

HANGUL_FILLERS = "\u115f\u1160\uffa0"
"""Letters that nobody sees; conjoining jamo of old Korean need them."""

JAMO = "\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\uffa1-\uffdc"

BRAILLE_BLANK = "\u2800"

BRAILLE = "\u2800-\u28ff"

FOREIGN_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3164"
"""No-break space and its relatives, with the Hangul filler, which is drawn as one; U+3000 is Chinese."""

FOREIGN_BREAKS = "\x0b\x0c\x85\u2028\u2029"
"""Line ends no text file should have: VT, FF, NEL, line and paragraph separator."""

RADICALS = "\u2e80-\u2fd5"

COMPATIBILITY_IDEOGRAPHS = "\uf900-\ufaff\U0002f800-\U0002fa1f"
"""Doubles kept for other standards, and twelve that are unified ideographs (Unicode's NFC tells which)."""

LIGATURES = "\ufb00-\ufb04"
"""ff, fi, fl, ffi and ffl in one, as typesetting programs draw them."""

COMBINING_MARKS = "\u0300-\u034e\u0350-\u036f"
"""Accents that stand behind the letter they belong to; without the grapheme joiner."""

PRIVATE_USE_AREA = "\ue000-\uf8ff"

TONED_VOWELS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

# --- What is said twice: repeats --------------------------------------------------------------------

CLAUSE_MARKS = "，、；：。？！,;:?!…⋯"
"""Marks that end a clause, a sentence or an item."""

SOUND_WORDS = frozenset("哈呵嘿嘻哗啦叮咚滴答嘀嗒轰隆咔嚓扑通噼啪嗡呜咚嘟咯吱汪喵咩呱")
"""Characters of words that imitate a sound, which is why they are repeated."""

FACT_CHARACTERS = frozenset(
    "0123456789０１２３４５６７８９〇○零一二三四五六七八九十百千万萬亿億两兩双半首末东東南西北上下左右前后後"
)
"""Characters that make a number, a date or a direction another one: lines that differ in them differ in fact."""

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪"
    "严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴"
    "席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮許蕭鄧蔣盧葉閻鍾譚鄒陸龍萬錢湯賴龔龐蘭顏嚴溫蘆魯韋畢聶叢齊莊費紀歐項陽衛鮑單閔車邊"
)
"""The common surnames of one character."""
