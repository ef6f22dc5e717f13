"""Words that tell that somebody speaks, or that something is said again. No logic."""

from __future__ import annotations

OPENING_QUOTES, CLOSING_QUOTES = "“「『", "”」』"

SPEAKING = "说說讲講道喊叫唱念唸诵誦问問答嚷吼哭骂罵声聲播"
"""What stands in front of a colon behind which somebody speaks."""

NOT_SPEAKING = "报道 報道 街道 频道 頻道 渠道 通道 管道 轨道 軌道 河道 大道 赛道 賽道 直播"
"""Words that end like that, and do not say so."""

REPETITION = (
    "一遍遍 一遍一遍 一遍又一遍 一声声 一聲聲 一声接一声 一聲接一聲 一声又一声 一聲又一聲 一句句 一句接一句 一叠声 一疊聲 "
    "反复 反覆 反復 翻来覆去 翻來覆去 再三 一再 重复 重複 接连 接連 "
    "不停地 不停的 不断地 不斷地 不住地 不住口 不住嘴 不绝于耳 不絕於耳 此起彼伏 "
    "连声 連聲 连说 連說 连喊 連喊 连呼 連呼 连叫 連叫 连道 連道 齐声 齊聲 齐喊 齊喊 异口同声 異口同聲 "
    "念叨 唸叨 叨念 叨唸 絮叨 唠叨 嘮叨 嘟囔 嘟哝 嘟噥 嘀咕 喃喃 口口声声 口口聲聲 "
    "循环播放 循環播放 循环播报 循環播報 滚动播放 滾動播放 滚动播报 滾動播報 回荡 迴盪 回响 迴響 歌词 歌詞 副歌 口号 口號"
)
"""A sentence with one of these may quote what is said more than once."""

TIMES = "两兩二三四五六七八九十百千几幾好数數无無多0-9０-９"
"""How often, in front of 遍: 重要的事说三遍."""
