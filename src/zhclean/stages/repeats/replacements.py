"""Characters that stand in place of each other in two nearly equal texts: by intent or by mistake. No logic."""

from __future__ import annotations

OPPOSITES = (
    "甲乙丙丁戊己庚辛壬癸 老中青少 春夏秋冬 男女 公母 父母 升降 增减 涨跌 盈亏 赢输 胜负平 进出 买卖 收支 借贷 开关 "
    "内外 大小 多少 高低 长短 新旧 早晚 快慢 正副负 有无 是非否 在离"
)
"""Groups: each says another thing with each of its characters."""

NEGATIONS = frozenset("不未没無无非勿莫否")
"""With one of these a sentence says the opposite."""

PARTICLES = frozenset("的了着得也和与及等是在把被以于而并")
"""These say little by themselves: no other fact stands in place of one of them."""

MARKS = frozenset("，、；：,;:“”‘’「」『』\"'《》〈〉（）()【】[]—…⋯·")
"""These are set in another way, or lost, without saying another thing."""

LOOK_ALIKES = (
    "己已巳 未末 土士上 日曰 人入 大太犬夭天夫 千干于 午牛 木本术 体休 治冶 没设 析折拆 洒酒 抢枪 住往佳 侍待 的旳 了丁 间问 "
    "名各 元兀 万方 宇字 第笫 项顶 王玉 力刀 市布 电申 余佘 坡彼披"
)
"""Groups: those of one are taken for each other by recognition."""
