"""What a line of news is. Judged from the line alone; what its neighbours say is for `zhclean.seams`."""

from __future__ import annotations

import re
from enum import Enum

from zhclean.characters import SURNAMES, TERMINALS
from zhclean.lines.controls import is_control
from zhclean.patterns import pattern


class Kind(Enum):
    """The kinds of line that the repairs tell apart."""

    __hash__ = object.__hash__  # that of Enum runs in Python, and kinds are looked up in sets for every line

    HEADING = "heading"
    """Marked as one (Markdown); an unmarked heading is `TEXT`, which only its neighbours can tell."""
    LIST_ITEM = "list item"
    TABLE = "table row"
    CODE = "code"
    RULE = "rule"
    FURNITURE = "page furniture"
    """Page number, running head, footer: belongs to the page and not to the text."""
    BYLINE = "byline"
    CREDIT = "credit"
    """Who edited it, where it comes from."""
    DATELINE = "dateline"
    """The first paragraph of a story: it begins with place, date and agency."""
    CLOSING = "closing of a letter"
    TURN = "turn of an interview"
    CAPTION = "caption"
    CREDITED = "line with a photo credit"
    """Ends with who took the picture: a caption, or the last line of a captioned story."""
    BELOW = "below the text"
    """A headline below 相关阅读 and the like, a reader's comment below 网友评论, as only the lines above tell."""
    TEXT = "text"


BARRIERS = frozenset({Kind.HEADING, Kind.TABLE, Kind.CODE, Kind.RULE})
"""What no sentence runs across."""

OPENINGS = frozenset(
    {
        Kind.LIST_ITEM,
        Kind.BYLINE,
        Kind.CREDIT,
        Kind.DATELINE,
        Kind.TURN,
        Kind.CAPTION,
        Kind.FURNITURE,
        Kind.CLOSING,
        Kind.BELOW,
    }
)
"""What begins something new, whatever stands before it."""

CREDITS = frozenset({Kind.CREDITED, Kind.CREDIT, Kind.BYLINE})
"""What tells who wrote something or took a picture."""

# Where nothing but Han is to be expected a letter is [^\W\d_]: a class that names their range takes a millisecond to
# compile, each time it stands in a pattern.
_NUMERAL = "[〇零一二三四五六七八九十百]"
_DAY = "[0-9０-９〇○零一二三四五六七八九十廿卅元]"
_LEAF = f"第? \\s* (?: [0-9０-９]{{1,3}} | {_NUMERAL}{{1,4}} ) \\s* [版页頁张張]"
_SECTION = """(?: [要港][闻聞] | [国國][际際內内] | 本港 | 地方 | 民生 | 社[会會] | [财財][经經] | [体體]育 | 文化 | [综綜]合 | [评評][论論]
                | [娱娛][乐樂] | 副刊 | [专專][题題] | [广廣]告 )"""
_NAME = "[\u4e00-\u9fff·]{1,4}"
_GAP = r"[\s、，,：:/／;；]"
_ROLE = r"""(?: (?: 本[报報社刊网網台] | 新华社 | 新華社 | 中新社 | 中新网 | 人民日报 | 央视 | 全媒体 | 融媒体 | 特[约約派]
                | 实习 | 實習 | 见习 | 見習 | 首席 | 驻[^\W\d_]{1,6} | \s ){0,4}
              (?: 记者 | 記者 | 通讯员 | 通訊員 | 特派员 | 实习生 | 评论员 | 撰稿 | 本刊编辑 ))"""

_OUTLET = r"""(?! [据據与與和从從对對向由在被让] ) [^\W\d_]{2,8}?
              (?: [报報刊社台臺网網] | 新闻 | 新聞 | 前线 | 在线 | 观察 ) \s*"""
# Not a role: that takes several milliseconds to compile, and this stands twice.
_REPORTER = "(?: (?:实习|實習|特[约約])? (?: [记記]者 | 通讯员 | 通訊員 | 实习生 | 實習生 ) )"
_PERSON = f"[{''.join(sorted(SURNAMES))}][^\\W\\d_]{{1,3}}"

_SOURCES = "美[联聯]社|法新社|路透社?|[欧歐]新社"
_NO_OFFER = (
    "(?![^，。；！？]{0,20}(?:[将將会會已可为為向给給要应應须須]|免[费費]|[无無][偿償]|大会|[董股]事))"
)
"""Who is offered something in a sentence that goes on: 银行将提供."""

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.HEADING, r"\#{1,6}\s | [▍▎▌▋]"),
    (Kind.TABLE, r"[|│┃║].*[|│┃║]$ | [+|][-+=|:\s]{3,}$"),
    (
        Kind.CODE,
        r"""
          ``` | ~~~
        | (?= [\x20-\x7e]+ $ ) (?:   # nothing but ASCII
            .* (?: [;{] | \w\( | \}[)\],;]* ) $
          | .* \w (?: \.\w+ \( | \( ['")] ) .* $
          | .* [\w)\]'"] \s (?: [-+*/|:!=]?= | [-=]> ) \s .* $
          | (?: from \s \S+ \s )? import \s .* $
          | (?: def | class | if | elif | else | for | while | with | try | except ) \b .* : $
          )
        """,
    ),
    (Kind.RULE, r"(?: [-*_=—─━＊※·.…] \s* ){3,} $"),
    (
        Kind.FURNITURE,
        rf"""
          (?=.{{6,60}}$) (?: [^\W\d_]{{1,6}} \s+ )? (?: 中[华華] )? 民[国國] {_DAY}{{1,4}}年 {_DAY}{{1,3}}月 {_DAY}{{1,3}}[日号號]
          (?: \s* (?: (?: 星期 | [礼禮]拜 )[一二三四五六日天] | {_LEAF} ) ){{1,3}} $  # running head of the Republic
        | [（(] \s* [上下]? \s* [接转轉] \s* {_LEAF} \s* [）)] $              # （下转第四版）
        | [【\[]? {_LEAF} [】\]] $
        | [A-H] [0-9]{{1,2}} \s+ {_SECTION} $                           # A12 要闻
        | """
        r"""
          [-—–─·•\s]* [0-9０-９]{1,4} [-—–─·•\s]* $                     # — 3 —
        | 第? \s* (?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,4}) \s* [版页頁]
          (?: [\s，,/／]* 共 \s* [0-9０-９一二三四五六七八九十百]{1,4} \s* [版页頁] )?  $   # 第3页 共8页
        | [Pp](?:age|\.)? \s* [0-9]{1,4} (?: \s* (?:of|/) \s* [0-9]{1,4} )? $
        | [0-9]{1,4} \s* [/／] \s* [0-9]{1,4} $                         # 3/8
        | [A-Z] (?: [0０]? [0-9０-９]{1,2} | [0-9０-９]{1,3} \s* 版 ) $       # A03, but not C919
        | [A-Z] (?: [0０] [0-9０-９] | [0-9０-９]{1,3} \s* 版 ) \s+ [^\W\d_]{2,6} $  # A03 要闻, but not G20 峰会
        | [A-Z] [0-9０-９]{1,3} \s* 版? (?: \s+ [^\W\d_]{2,6} )? \s+ [^\W\d_]{1,7} [报報刊] $
        | [^\W\d_]{1,7} [报報刊] \s+ 第? \s* [A-Z]? [0-9０-９]{1,3} \s* 版 $  # 东湖日报 第3版
        | (?=.{6,60}$) (?!.*[，。；！？]) (?=.*(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}) \s* [年./-])
          (?=.*(?: 星期[一二三四五六日天] | [报報刊]\s | 第\s*[0-9０-９一二三四五六七八九十]+\s*[版期页頁]
                 | [A-Z]?[0-9０-９]{1,3}版 | 版面 | 责编 | 責編 )) .* $  # running head with its date
        | [^\W\d_]{2,4} (?: 日报 | 日報 | 晚报 | 晚報 | 早报 | 早報 | 晨报 | 晨報 | 时报 | 時報 | 商报 | 商報 ) (?: \s+ [A-Z]? [0-9]{1,3} )? $
        | (?: 19 | 20 ) [0-9]{2} (?: [./-] [0-9]{1,2} ){2} (?: \s+ [0-9]{1,2} (?: : [0-9]{2} ){1,2} )? $      # the day alone
        | (?: 19 | 20 ) [0-9]{2} 年 [0-9]{1,2} 月 [0-9]{1,2} 日 \s+ [0-9]{1,2} (?: : [0-9]{2} ){1,2} $       # … with the time
        | https?://\S+ \s+ [0-9]{1,3} \s* / \s* [0-9]{1,3} $             # the foot of a printed page: address 2/3
        | (?: 广告 | 廣告 | ADVERTISEMENT | Advertisement ) $
        | (?= .* [页頁] ) (?: [上下]一[页頁] | [首尾末][页頁] | [（(\[]? [0-9]{1,3} [）)\]]? | [\s|｜<>«»‹›.…] )+ $   # 上一页 1 2 3 下一页
        | [（(]? 未完 [，,]? \s* (?: 待[续續] | [转轉] \s* 下 \s* [页頁] | [见見]下[页頁] )? [）)]? $     # （未完，转下页）
        | (?: 本文 )? 共 \s* [0-9]{1,3} \s* [页頁] [\s，,]* (?: 当前 | 目前 | 當前 )? 第 \s* [0-9]{1,3} \s* [页頁] $
        | (?: 下转 | 上接 | 下轉 | （下转 | （上接 | （下轉 ) .{0,4} 第? .{1,6} [版页頁] .{0,12} $
        """,
    ),
    (
        Kind.CREDIT,
        r"""
          [【\[（(]? \s* (?: (?:责任|责任|值班|本版|美术|文字|图片|执行|新媒体)? \s* (?:编辑|編輯|校对|校對|审核|監製|监制|主编|責編|责编)
          | 来源 | 來源 | 稿源 | 作者 | 文字? | 图片? | [图圖]源 | [图圖]片[来來]源 | 摄影 | 攝影 | 原标题 | 原標題 | 版次 | 版号 | 编审
          | 发信人 | 發信人 | 发信站 | 發信站 | 标 \s* 题 | 標 \s* 題 | 作 \s* 者 | 看板 | 时间 | 時間 | 日期 )  # and a post's header
          \s* [：:/／|｜] .{0,80} $
        | [【\[（(]? \s* (?: 收稿日期 | (?: 基金[项項]目 | 作者[简簡]介 ) (?= .* [。．.）)] $ ) )
          (?: \s* [】\]）)] \s* [：:]? | \s* [：:] ) .{0,140} $        # what a journal sets at the foot of the first page
        | [【\[（(]? \s* (?: 撰文 | 撰稿 | 整理 | 采写 | 採寫 | 采访 | 採訪 | 翻译 | 翻譯 | 编译 | 編譯 | 译者 | 譯者
          | 核稿 | 制图 | 製圖 | 视频 | 影片 ) \s* [：:/／|｜] [^，。；！？]{1,24} $
        """,
    ),
    (
        Kind.BYLINE,
        rf"""
          (?= .{{2,60}} $ ) [（(]? [■□◎●○▲△▽◆☆★]? \s* (?: {_ROLE} | 文[/／] )
          {_GAP}* {_NAME} (?: (?: {_GAP}+ | {_GAP}* {_ROLE} {_GAP}* ) {_NAME} ){{0,12}}
          {_GAP}* (?: 文并摄 | 文/图 | 文 | 摄影报道 | 报道 | 報導 | 报导 | 整理 | 采写 )?
          (?<! [者員员] [从從在向] ) [：:]? [）)]? $                     # 记者从 goes on in the next line
        | (?: 本[报報刊社网網] | 新华社 | 新華社 | 人民日报 | 央视 | 特约 | 特約 )+ (?: 评论员 | 評論員 | 编辑部 | 編輯部 ) $
        | {_OUTLET} {_REPORTER} {_GAP}* {_PERSON} (?: {_GAP}+ (?: {_REPORTER} {_GAP}* )? {_PERSON} ){{0,8}} $
        | (?: [^，。；：！？\s]{{0,12}} (?: 记者 | 記者 | 通讯员 | 通訊員 ) [^\W\d_]{{2,3}} ){{2,4}} $
        | [（(] \s* (?: 据? \s* 新华社 | 本[报報] | 中新社 | 据 ) [^，。]{{0,16}} (?:电|電|讯|訊|专电) \s* [）)] $
        | [^，。；！？：/／>]{{2,16}} [/／] [^，。；！？：/／]{{2,12}} (?: 报道 | 报导 | 報導 | 報道 | [电電] | 整理 ) $  # 生活中心／台北報導
        """,
    ),
    (
        Kind.DATELINE,
        r"""
          [（(【]? \s* (?: 据? \s* (?: 本[报報刊台网網社] | 新华社 | 新華社 | 新华网 | 中新社 | 中新网 | 中新網 | 中央社 | 法新社 | 路透社
            | 美联社 | 共同社 | 塔斯社 | 央视网 | 央视新闻 | 人民网 | 人民日报 | 参考消息网 | 中国新闻网 ) )
          [^，。；：]{0,24}? (?: 日 \s* (?:电|電|讯|訊|专电|消息|综合电) | 讯 | 訊 | 消息 ) (?: [】）)\s　（(：:] | \S )
        | [^\W\d_]{2,8} (?: 日报 | 晚报 | 早报 | 晨报 | 时报 | 商报 | 都市报 | 青年报 | 在线 | 网 ) \s* 讯 [\s　（(：:]
        | [【\[] .{2,12} (?: 讯 | 訊 | 电 | 電 | 报道 | 報導 | 消息 ) [】\]]
        | [（(〔［] [^，。；（）()〔〕]{2,28} (?: 日?[讯訊电電] | 报道 | 报导 | 報導 | 報道 ) [）)〕］] \s* \S
        """,
    ),
    (
        Kind.CLOSING,
        r"(?: 此致 | 敬礼 | 敬禮 | 顺颂 | 順頌 | 敬颂 | 敬頌 | 祝好 | 即颂 | 即頌 | 敬祝 | 顺祝 | 順祝 ) .{0,6} [！!。]? $",
    ),
    (Kind.TURN, r"(?: 问 | 答 | 問 | 主持人 | 采访者 | 受访者 | Q | A | //@[^：:\s]{1,20} ) \s* [：:]"),
    (
        Kind.CAPTION,
        r"""
          注 (?: 释 | 釋 )? \s* [：:] .{1,80} $
        | (?: [▲△▼▽■◆●○←→↑↓] \s* )? (?: [左右上下中前后]? 图 | 圖 ) \s* [0-9０-９一二三四五六七八九十①-⑩]{0,3} \s*
          (?: 为 | 為 | ： | : | / | ／ | 片 \s* [：:] ) .{0,120} $
        | [▲△▼▽↑↓←→] .{1,80} $
        | 图 \s* [①-⑳] .{0,120} $
        | 资料图 .{0,40} $ | 資料圖 .{0,40} $ | [Pp]hoto \s (?: by | : ) .{1,40} $
        """,
    ),
    (
        Kind.LIST_ITEM,
        rf"""
          [-*+•·●○■□◆◇▲△★☆►▶➢※√] \s+ \S
        | [●■◆▲★►▶➢√] \S
        | [|｜] \s? \S
        | [（(] \s* (?: [0-9０-９]{{1,2}} | {_NUMERAL}{{1,3}} | [a-zA-Z] ) \s* [）)]
        | [0-9０-９]{{1,2}} \s* (?: [、)）] | [.．] (?![0-9０-９]) )
        | {_NUMERAL}{{1,3}} \s* 、 (?! {_NUMERAL} )
        | [①-⑳㈠-㈩⒈-⒛❶-❿]
        | 第 \s* (?: [0-9０-９]{{1,3}} | {_NUMERAL}{{1,5}} ) \s* [条條章节節款] (?: \s | ： | 　 )
        | > \s
        """,
    ),
    (
        Kind.CREDITED,
        rf"""
          (?= .* (?: [摄攝影图圖发片）)] | [。！？」”）)] [ \u3000]? [^，。；！？]{{1,34}} ) \s* $ ) (?:   # most lines end otherwise
          .{{0,100}} (?: 记者 | 記者 | 通讯员 | 新华社 | 本报 | 图片 | 资料 | 供图 | ） | \) | \s | / ) .{{0,24}}
          (?: 摄 | 攝 | 摄影 | 攝影 | 供图 | 供圖 | 发 | 資料照片 | 资料图 | 资料照片 | 资料图片 ) \s* [）)]? $
        | .{{0,140}} [。！？）)] [ \u3000]? (?: (?: [摄攝图圖文] | [摄攝]影 | [图圖]片 | 照片 | 影像 ) \s? [：:/／] [^，。；！？]{{1,30}}
                                        | {_NO_OFFER} [^，。；！？]{{1,20}} (?: 提供 | 授[权權] | 翻[摄攝] )
                                        | (?: 取自 | 翻[摄攝]自 ) [^，。；！？]{{1,20}}
                                        | (?: {_SOURCES} ) ) $
        | .{{0,100}} [摄攝] \s* [（(] [^，。；]{{2,10}} [）)] $             # who took it, and for whom
        | .{{0,140}} [。！？] [^，。；！？]{{2,14}} (?<! [的张張幅] ) (?: [摄攝] | 摄影 | 攝影 | [供题題]图 | 供圖 | 资料图 | 資料圖 | 图片 | 圖片 ) $
        | .{{0,100}} [（(] (?: [^，。；（）()]{{0,14}} (?: [摄攝] | 提供 | 供图 | 供圖 | 图片 | 圖片 | 照片 )
                         | [图圖] \s* [：:/／] [^，。；（）()]{{1,14}} | [^，。；（）()]{{2,6}} [社报報] ) [）)] $
          )
        """,
    ),
)

_KIND = pattern(
    "|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _PATTERNS), re.VERBOSE | re.DOTALL
)

_CREDITED = pattern(dict(_PATTERNS)[Kind.CREDITED], re.VERBOSE | re.DOTALL)

_FIRST = frozenset(
    "#▍▎▌▋|+`~-_*=—─━＊※·.…•■□◎●○◆◇▲△▼▽☆★►▶➢√←→↑↓>（(【[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
    "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛❶❷❸❹❺❻❼❽❾❿0123456789０１２３４５６７８９〇零一二三四五六七八九十百"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZp第页頁版下上左右中前后"
    "责值本美文图圖片字执新编編校审監监主責来來稿作原标標摄攝发發看时時日据记記通特评撰驻实實见見首人央全融"
    "法路共塔参资資问問答采受此敬顺順即祝广廣h整收基音图圖加尾末<«‹│┃║｜．採翻译譯核制製视影〔［注敬共/"
)
"""First characters of lines that can be anything but text, a running head, or a line with a photo credit."""

_LAST = frozenset("摄攝影图圖发片）)报報")
"""Last characters of lines with a photo credit, and of the name of a paper."""

_CREDIT_BEHIND = pattern(
    rf"[。！？）)][ \u3000]?(?:(?:[摄攝图圖文]|[摄攝]影|[图圖]片|照片|影像) ?[：:/／]|取自|翻[摄攝]自"
    rf"|{_NO_OFFER}[^，。；！？]{{1,20}}(?:提供|授[权權]|翻[摄攝])$|(?:{_SOURCES})$)"
)
_TAIL = 36
"""A credit behind the last sentence of a caption, and characters at the end of a line in which it stands."""

_RUNNING_HEAD = 60
"""Characters of the longest running head and of the longest byline."""

_TELLING = pattern(
    "[0-9０-９〇○零一二三四五六七八九记記国國／/>›»＞|｜]"  # one class first: for that a line is searched four times as fast
    "(?:(?<=[／/>›»＞|｜])|(?<=[报報][ \u3000].)|(?<=[报報][ \u3000][A-Z].)|(?<=民[国國])|(?<=[记記])者|(?<=[0-9０-９])版|(?<![记記])[0-9０-９〇○零一二三四五六七八九]{3})"
)
"""What a running head has in it, the year or the number of the page, and a byline that begins with an outlet."""

_LONGEST_AGENCY = 14
"""Characters within which a story's first line names its paper (海岭晚报讯)."""

_LONGEST_JUDGED = 160
"""Characters of a line that are looked at; what makes a line something else stands at its beginning."""


def kind(line: str) -> Kind:
    """What `line`, without the white space around it, is.

    >>> kind("— 3 —"), kind("本报记者 王小川"), kind("一、总体要求"), kind("本报讯 昨天")
    (<Kind.FURNITURE: 'page furniture'>, <Kind.BYLINE: 'byline'>, <Kind.LIST_ITEM: 'list item'>, <Kind.DATELINE: 'dateline'>)
    >>> kind("A04 民生"), kind("G20 峰会")
    (<Kind.FURNITURE: 'page furniture'>, <Kind.TEXT: 'text'>)
    """
    if is_control(line):
        return Kind.FURNITURE
    if _is_plain(line):
        return Kind.TEXT
    match = _KIND.match(line[:_LONGEST_JUDGED])
    return Kind[match.lastgroup] if match and match.lastgroup else Kind.TEXT


def ends_with_credit(line: str) -> bool:
    """Whether who took the picture stands behind a caption, so that the line is all of it.

    >>> ends_with_credit("图为游客在江边散步。林小满 摄"), ends_with_credit("图为游客在江边散")
    (True, False)
    """
    return len(line) <= _LONGEST_JUDGED and _CREDITED.match(line) is not None


def _is_plain(line: str) -> bool:
    """Whether its ends say already that a line is text, as most are: the patterns take ten times as long."""
    if line[:1] in _FIRST or line.isascii() or "讯" in line[:_LONGEST_AGENCY]:
        return False
    if len(line) > _RUNNING_HEAD:
        return len(line) > _LONGEST_JUDGED or not _may_end_with_credit(line)
    return not (_may_end_with_credit(line) or _TELLING.search(line))


def _may_end_with_credit(line: str) -> bool:
    if line[-1:] in _LAST:
        return True
    return line[-1:] not in TERMINALS and _CREDIT_BEHIND.search(line, max(0, len(line) - _TAIL)) is not None
