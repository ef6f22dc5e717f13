"""Whether a recurring sentence reads like what a site or an agency adds to stories, or like the news itself.

Stock sentences of the news recur too, and at the ends of stories: 所幸无人员伤亡。 犯罪嫌疑人已被刑事拘留。
"""

from __future__ import annotations

import re

from zhclean.lines.controls import is_control
from zhclean.patterns import pattern

NOTICE, LINE, NEWS = "notice", "line", "news"

_NOTICE = pattern(
    r"""
      ^\W* (?: 声明 | 聲明 | 来源 | 來源 | 编辑 | 編輯 | 作者 | 文 | 图 | 文/图 | 校对 | 审核 | 供稿 | 值班 | 原标题 | 原文链接 ) \s* [：:]
    | 责任编辑 | 責任編輯 | 责编 | 值班编辑 | 值班主任
    | (?: 免责 | 版权 | 特别 | 郑重 | 平台 | 重要 ) 声明 | 免責聲明 | 版權聲明 | 版权所有 | 版權所有 | 版权归 | 版權歸
    | (?: 未经 | 未經 | 如需 | 禁止 | 严禁 | 谢绝 | 请勿 | 若需 ) [^。]{0,16} (?: 转载 | 轉載 | 转摘 | 摘编 )
    | (?: 转载 | 轉載 ) [^。]{0,6} (?: 请 | 請 | 须 | 需 | 务必 | 注明 )
    | (?: 如有 | 如涉 | 若有 ) [^。]{0,8} (?: 侵权 | 侵權 | 版权 | 版權 )
    | (?: 不代表 | 不等于 ) [^。]{1,14} (?: 观点 | 觀點 | 立场 | 立場 | 意见 ) | 与本 (?: 网 | 网站 | 站 | 报 | 平台 ) 无关
    | 代表 (?: 作者 | 其 ) \S{0,2} 本人 | 作者个人 (?: 观点 | 意见 )
    | 仅供 (?: 读者 | 讀者 | 您 | 投资者 )? \S{0,2} (?: 参考 | 參考 ) | 不构成 [^。]{0,12} 建议 | 据此 (?: 操作 | 入市 | 投资 ) | 风险 (?: 请? | 由您 | 由投资者 ) 自[担负]
    | 信息存储空间 | 本文 (?: 系 | 由 | 来自 | 转自 | 援引 | 首发 | 图片 | 为 \S{0,8} 原创 | 仅 ) | 传递更多 \S{0,4} 信息
    | (?: 返回 | 点击 | 點擊 ) [^。]{0,12} (?: 更多 | 首页 | 原文 | 下载 | 进入 ) | (?: 阅读 | 查看 | 閱讀 ) (?: 原文 | 全文 )
    | 更多 [^。]{0,14} (?: 关注 | 登录 | 访问 | 请看 | 下载 | 扫码 )
    | (?: 关注 | 關注 | 搜索 | 添加 | 订阅 ) [^。]{0,24} (?: 公众号 | 公眾號 | 微信号 | 订阅号 | 视频号 | 微博 | 官微 ) | 官方微信公众号
    | ^\W* (?: 请 | 欢迎 | 立即 | 马上 )? (?: 下载 | 打开 | 安装 | 下載 | 打開 ) [^。]{0,16} (?: 客户端 | 客戶端 | [Aa][Pp][Pp] | 小程序 )
    | (?: 投资 | 入市 | 股市 ) \S{0,3} (?: 需 | 须 ) 谨慎 | (?: 新闻 | 报料 | 爆料 ) 热线 \s* [：:]
    | (?: 扫描 | 扫码 | 长按 | 识别 ) [^。]{0,16} (?: 二维码 | 关注 | 下载 | 进群 )
    | (?: 投稿 | 爆料 | 报料 | 商务合作 | 广告合作 | 联系邮箱 | 举报 ) \S{0,4} (?: [：:] | 邮箱 | 热线 | 电话 )
    | [Ww]{3} \. | https?:// | [A-Za-z0-9]\. (?i: com | cn | net | org ) \b | @ [a-z0-9]+ \.
    | 专栏作者 | 欢迎 [^。]{0,6} (?: 投稿 | 来稿 ) | 文章纠错 | 敬请 (?: 关注 | 期待 | 收看 )
    """,
    re.VERBOSE,
)
_ENDS = pattern(r"[。！？!?…；;][”’」』）)\]]*\s*$")


def kind_of(sentence: str, line: str) -> str:
    """What a sentence is by its words; else, alone on a line without the mark of a sentence, a line that a page sets.

    >>> kind_of("责任编辑：李明", "责任编辑：李明"), kind_of("青石晚报", "青石晚报"), kind_of("所幸无人员伤亡。", "所幸无人员伤亡。")
    ('notice', 'line', 'news')
    """
    if _NOTICE.search(sentence) or is_control(sentence):
        return NOTICE
    return LINE if sentence == line and not _ENDS.search(line) else NEWS
