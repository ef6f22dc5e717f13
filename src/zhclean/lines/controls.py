"""What a page sets around its text to be pressed or glanced at, on lines of its own: 收起, 评论(12), 字体：大 中 小."""

from __future__ import annotations

import re

from zhclean.lines.teasers import LINKS
from zhclean.patterns import pattern

LONGEST_CONTROL = 60
"""Characters of such a line."""

_OPENS, _CLOSES = frozenset("[【［"), frozenset(">»")
_AROUND = " \u3000-—[]【】［］（）()<>«»‹›▼▲▽△►▶·•|｜+"
"""What a button begins or ends with, and what stands around its words."""

_WORDS = """
收起 收起全文 点我看更多
點我看更多 加载更多 点击加载更多 载入更多 更多内容 热搜 纠错 我要纠错 我要投稿 我要留言 我来说两句 我有话说 举报/反馈 复制链接 複製連結 分享到 分享至
返回顶部 回到顶部 回到頂端 返回首页 返回首頁 返回列表 返回目录 返回上一页 回首頁 打印本页 列印本頁 关闭窗口 關閉視窗 关闭本页 上一篇 下一篇 上一則 下一則
你可能还想看 您可能还想看 大家都在看 大家都在搜 猜你喜欢 猜你感兴趣 作者最新文章 已关注 加入好友 追蹤我們 加入收藏 加入收藏夹 设为首页 設為首頁
关于我们 關於我們 联系我们 聯絡我們 网站地图 網站導覽 免责声明 免責聲明 版权声明 版權聲明 特别声明 平台声明 登录后参与评论 无障碍浏览 打开APP 打开App 全文完
App内打开 APP专享 END 微信扫一扫 用微信扫一扫 扫一扫分享到微信 分享到朋友圈 点击播放 点击观看视频 滑动查看更多
"""
_ALONE = LINKS | frozenset(_WORDS.split())
"""What nobody writes on a line of its own but who builds a page."""

_MORE_WORDS = """
赞 点赞 按讚 在看 收藏 转发 轉發 分享 评论 評論 留言 关注 關注 举报 檢舉 反馈 打印 列印 关闭 關閉 复制 展开 更多 私信 微信 微博 新浪微博 QQ QQ空间 QQ好友
朋友圈 Facebook Twitter LINE Line 首页 首頁 登录 登錄 登陆 登陸 登入 注册 註冊 退出 English 繁体 繁體 简体 手机版 客户端 邮箱 订阅 訂閱
"""
_BESIDE = _ALONE | frozenset(_MORE_WORDS.split())
"""What stands on several buttons beside each other, or in brackets; alone it may be a word of the sentence."""

_BEGINS = frozenset(word[0] for word in _BESIDE)
_BETWEEN = pattern(r"[\s|｜/·•、\[\]【】]+")

_NUMBER = r"[0-9][0-9.,]*\s*[万萬wWkK]?\+?"
_COUNTED = pattern(
    rf"""
      (?: 评论 | 評論 | 跟[帖贴] | 留言 | 回复 | 赞 | 点赞 | 阅读 | 閱讀 | 浏览 | 瀏覽 | 点击 | 點擊 | 转发 | 播放 | 人气 | 人氣 | 热度 )
      (?: 量 | [数數] | 次[数數] | 人[数數] )? \s* [：:（(]? \s* {_NUMBER} \s* (?: 次 | [条條] | 人 )? \s* [）)]?
    | {_NUMBER} \s* (?: [条條] | 次 | 个 | 則 )? \s* (?: 评论 | 評論 | 跟[帖贴] | 留言 | 阅读 | 閱讀 | 浏览 | 瀏覽 | 回复 | 点赞 | 赞 )
    """,
    re.VERBOSE,
)
"""How often the page was read or commented on."""

_TOLD = pattern(
    r"""
      [上下]一[篇条條則] \s* [：:] [^。]*
    | (?: 本文 | 全文 ) (?: 字数 \s* [：:] | 共 ) \s* [0-9]+ [^。]*
    | [【\[]? 字 [体體号號级級] \s* [：:]? [\s大中小特T|｜+-]+ [】\]]?
    | (?: IP属地 | 发布于 \s* [：:] ) \s* [：:]? \s* [^\W\d_]{2,8}
    | 返回[^，。]{2,6} [，,] \s* 查看更多
    | (?: 免[责責] | 版[权權] | 特[别別] | 平台 | 郑重 )声明 \s* [：:] [^。]* | 声明 \s* [：:] \s* (?: 该文 | 本文 | 文章 )[^。]*
    | 未[经經](?: 授[权權] | 许可 | 許可 | 允许 ) [，,]? [^，。]{0,8} (?: 不得 | [严嚴]禁 | 禁止 ) [转轉][载載] [^。]*
    | 如需[转轉][载載] [^。]* | [转轉][载載][请請]注明 [^。]*
    | 本文(?: 来自 | 转自 | 首发于 ) \S* 公众号 [^。]*
    | 打开 (?: [Aa][Pp][Pp] | 客户端 ) [^，。]*
    | (?: 更多精彩 | 更多内容 ) [，,]? \s* (?: 请 | 敬请 )? (?: 关注 | 点击 ) .{0,12}
    | Ctrl \s* \+ \s* D [^。]* | A\+ \s* A-
    | (?: [视視][频頻] | [图圖]片 | 音[频頻] )? (?: 正在 )? 加[载載]中 [.。…⋯]*
    | [（(]? (?: 请 | 請 )? (?: 继续 | 繼續 )? (?: [往向]下 (?: 阅读 | 閱讀 | 看 ) | 看下文 ) (?: 更多 )? [.…⋯]* [）)]?
    | (?: 点击 | 點擊 | 长按 | 長按 | 扫码 | 掃碼 ) (?: 上方 | 下方 | 左下角 )? (?: 蓝字 | 图片 | 二维码 )?
      (?: 进入 | 進入 | 查看 | 阅读 | 閱讀 | 观看 | 觀看 | 下载 | 下載 | 关注 | 關注 | 播放 ) [^，。；！？]{0,12}
    | (?: 分享 | 转发 | 轉發 ) (?: [到至] \s* [：:]? | [：:] )
      (?: [\s、/|｜]* (?: 微信 | 微博 | 朋友圈 | 新浪 | 腾讯 | QQ空间 | QQ | Facebook | LINE | X ) )*
    | (?: 更多 [^。；！？]{0,10}? [，,]? \s* )? (?: 欢迎 | 歡迎 | 敬请 | 敬請 | 请 | 請 ) \s*
      (?: (?: 长按 | 扫码 | 扫描 ) [^，。；！？]{0,10} )? [关關]注 [^，。；！？]{0,20}
      (?: 公众号 | 公眾號 | 微信号 | 订阅号 | 视频号 | 官方微[信博] | 客户端 | 粉絲團 ) [^，。；！？]{0,20} [。！]?
    | (?: 打开 | 下载 | 登录 ) [^。；？！，]{0,12} (?: 客户端 | [Aa][Pp][Pp] | 小程序 ) (?: [，,] [^。；？！，]{2,16} )? [。！]?
    | (?: 长按 | 長按 | 扫描 | 掃描 ) [^，。；！？]{0,8} (?: 二维码 | QR ?Code ) [^，。；！？]{0,14} [。！]?
    | (?: 收藏 | 打印 | 列印 | 字号 | 字體 | 复制链接 | 点赞 | 举报 )
      (?: [\s|｜/·：:]+ (?: 收藏 | 打印 | 列印 | 关闭 | 關閉 | 举报 | 转发 | [大中小] ) )+
    | (?: 相关 | 相關 | 延伸 | 推荐 | 推薦 ) (?: 报道 | 報道 | 報導 | 阅读 | 閱讀 | 新闻 | 新聞 | 链接 | 連結 ) \s* [：:|｜] \s* \S .{0,40}
    """,
    re.VERBOSE,
)
"""What is told of the page: what stands on the next one, who may reprint it."""

_TELLS = frozenset(
    "评評跟留回赞点點阅閱浏瀏转轉播人热0123456789上下本全【[字I发返免版特平郑声未如打更CA视視图圖音正加（(请請继繼往向看长長扫掃分欢歡敬"
    "登收列复举相延推"
)
"""First characters of such a line."""

_NAVIGATION = pattern(
    r"""
      (?: [^\W\d_]{0,8} 位置 \s* [：:] \s* | (?= 首[页頁] ) | (?= (?: [^>›»＞]+ [>›»＞]+ ){2} ) )
      [^\W\d_]{2,8} (?: \s* [>›»＞]{1,2} \s* [^\W\d_]{2,12} ){1,5}           # 首页 > 新闻 > 国内
    | [^\W\d_]{2,6} (?: \s* [|｜] \s* [^\W\d_]{2,6} ){2,15}               # 新闻 | 体育 | 财经
    """,
    re.VERBOSE,
)
"""Where on the site the page stands, and where else one may go."""

_STEPS = frozenset(">›»＞|｜")


def is_count(line: str) -> bool:
    """Whether a line is nothing but how often the page was read or commented on.

    >>> is_count("阅读 10万+"), is_count("阅读时长")
    (True, False)
    """
    return _COUNTED.fullmatch(line) is not None


def is_control(line: str) -> bool:
    """Whether a line is nothing but what a page sets around its text.

    >>> is_control("评论(12)"), is_control("【打印】【关闭】"), is_control("点赞 收藏 转发"), is_control("更多>>")
    (True, True, True, True)
    >>> is_control("首页 > 新闻 > 国内"), is_control("新闻 | 体育 | 财经")
    (True, True)
    >>> is_control("收藏"), is_control("评论家三人"), is_control("阅读时长")
    (False, False, False)
    """
    if len(line) > LONGEST_CONTROL:
        return False
    words, is_button = line.strip(_AROUND), line[:1] in _OPENS or line[-1:] in _CLOSES
    if words in (_BESIDE if is_button else _ALONE):
        return True
    if line[:1] in _TELLS and (_TOLD.fullmatch(line) or is_count(line)):
        return True
    if not _STEPS.isdisjoint(line) and _NAVIGATION.fullmatch(line):
        return True
    cells = _BETWEEN.split(words) if words[:1] in _BEGINS else ()
    return len(cells) > 1 and _BESIDE.issuperset(cells)
