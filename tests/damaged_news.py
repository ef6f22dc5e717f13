"""Invented news, damaged at random, for laws that hold whatever the text."""

from __future__ import annotations

from hypothesis import strategies as st

SENTENCES = (
    "市政府昨天召开常务会议，研究部署防汛备汛工作。",
    "会议指出，要把保障群众生命安全放在第一位，",
    "全年完成固定资产投资一百二十亿元，同比增长百分之八点三。",
    "记者在现场看到，工人们正在加紧铺设管道",
    "“大家的日子越来越有奔头了！”老村长笑着说。",
    "山城开展全民阅读活动",
    "图为志愿者在社区服务。",
    "２０２３年，全区新增就业岗位3,500个，完成计划的112%。",
    "打造“一刻钟便民生活圈”，让居民在家门口就能享受服务",
    "The museum opens at 9:30 a.m. on weekdays.",
)
BREAKS = ("\n", "\n\n", "\r\n", "\n　　", "\n\n\n", "\u2028", " ", "")

INTERRUPTIONS = ("\n\n— 3 —\n\n", "\n\n图为志愿者在社区服务。本报记者 李小舟 摄\n\n")


@st.composite
def damaged_news(draw: st.DrawFn) -> str:
    """Sentences cut, interrupted, repeated and put together again with all kinds of breaks."""
    parts = []
    for sentence in draw(st.lists(st.sampled_from(SENTENCES), max_size=12)):
        cut = draw(st.integers(0, len(sentence)))
        parts += [
            sentence[:cut],
            draw(st.sampled_from(BREAKS + INTERRUPTIONS)),
            sentence[cut:],
            draw(st.sampled_from(BREAKS)),
        ]
    return "".join(parts)


CUT_OFF = ("", "……", "...", "……[详细]")


@st.composite
def copied_news(draw: st.DrawFn) -> str:
    """Lines of which each may stand there before: whole, cut off, or broken."""
    few = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
    lines = []
    for sentence in draw(st.lists(st.sampled_from(few), max_size=10)):
        cut = draw(st.one_of(st.just(len(sentence)), st.integers(0, len(sentence))))
        lines.append(
            draw(
                st.one_of(
                    st.just(sentence),
                    st.sampled_from(CUT_OFF).map((sentence[:cut]).__add__),
                    st.sampled_from(INTERRUPTIONS).map(f"{sentence[:cut]}{{}}{sentence[cut:]}".format),
                )
            )
        )
    return draw(st.sampled_from(("\n", "\n\n"))).join(lines)


any_text = st.one_of(
    damaged_news(),
    copied_news(),
    st.text(max_size=80),
    st.text(alphabet='，。.,!"“” \n\r国中一二12Aa', max_size=60),
)
