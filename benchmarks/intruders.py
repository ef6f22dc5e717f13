"""Invented lines that stand in the middle of a sentence: page numbers, running heads, captions, headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


_PLACES = _words("江海 云岭 东湖 石桥 青川 临港 平原 南浦 河西 白沙 松岭 安陵")
_PAPERS = _words("日报 晚报 晨报 都市报 商报 时报")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
_GIVEN = _words(
    "伟 芳 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 建国 志强 晓明 文博 雨桐 海燕 国栋 振华 思远 立新 春梅"
)
_WHO = _words("村民 工作人员 志愿者 技术人员 学生们 医护人员 施工人员 游客 市民 农技员 消防员 老师和家长")
_DOING = _words(
    "在田间查看小麦长势 在车间检修设备 在社区为老人量血压 在图书馆查阅资料 在码头装卸货物 在展厅参观 在大棚里采摘草莓 在河堤上巡查 在窗口办理业务 在雪地里抢修线路"
)
_THINGS = _words(
    "建成通车的跨江大桥 新落成的市民活动中心 正在施工的地铁站 雪后的古城墙 丰收的稻田 夜色中的会展中心 修葺一新的老街 运行中的风力发电机组"
)
_HEADINGS = _words(
    "让老百姓得到实惠 为企业减负 产业升级步伐加快 从一棵树到一片林 家门口的幸福 一站式服务解民忧 创新驱动发展 补齐民生短板 "
    "老厂房焕发新活力 水清了 岸绿了 把论文写在大地上 小茶叶大产业 科技赋能农业 守住耕地红线 网格里的贴心人 打通最后一公里 "
    "绿色转型 数字化改造提速 多方合力破难题 以赛促学 传承 问需于民 优化营商环境 校企合作结硕果 一张蓝图绘到底"
)


def _name(rng: Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN)


def furniture(rng: Random) -> Iterator[list[str]]:
    """What the page ends of one document leave in the text: page numbers, running heads, or both."""
    number, head = rng.choice(_PAGE_NUMBERS), _running_head(rng)
    forms = rng.choice(((number,), (number,), (head,), (number, head)))
    pages = rng.randint(24, 60)
    for page in count(rng.randint(1, 16)):
        yield [form.format(page=page, pages=pages) for form in forms]


_PAGE_NUMBERS = (
    "{page}",
    "— {page} —",
    "-{page}-",
    "第{page}版",
    "{page}/{pages}",
    "第 {page} 页 共 {pages} 页",
    "第{page}页",
    "A{page:02}",
)


def _running_head(rng: Random) -> str:
    paper = rng.choice(_PLACES) + rng.choice(_PAPERS)
    year, month, day = rng.randint(2005, 2024), rng.randint(1, 12), rng.randint(1, 28)
    weekday = "星期" + rng.choice("一二三四五六日")
    return rng.choice(
        (
            f"{paper} {year}年{month}月{day}日 {weekday} A{{page:02}}",
            f"{paper}　{year}年{month}月{day}日　{weekday}　第{{page}}版",
            f"{year}年{month}月{day}日 {weekday}",
            f"{paper} | 要闻 | {year}.{month:02}.{day:02}",
            f"A{{page:02}} 综合新闻 {paper}",
            f"{paper} 第{{page}}版",
            f"责任编辑：{_name(rng)} 美编：{_name(rng)}",
        )
    )


def caption(rng: Random) -> str:
    scene = rng.choice(_WHO) + rng.choice(_DOING)
    place = rng.choice(_PLACES) + rng.choice("县市区")
    date = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    by = _name(rng)
    return rng.choice(
        (
            f"图为{scene}。本报记者 {by} 摄",
            f"图为{rng.choice(_THINGS)}。 {by}摄",
            f"{date}，{place}{scene}。新华社记者 {by} 摄",
            f"{date}，{scene}。（新华社发）",
            f"{place}{scene}。{by} 摄（人民视觉）",
            f"{rng.choice(_THINGS)}。",
            rng.choice(_THINGS),
            f"（{by} 摄）",
            "（新华社发）",
            f"上图：{scene}。",
            f"本报记者 {by} 摄",
            f"资料图：{rng.choice(_THINGS)}",
        )
    )


def headings(rng: Random, real: Sequence[str] = ()) -> Iterator[list[str]]:
    """An unmarked heading at a time, half of them `real` ones, of other documents."""
    while True:
        yield [_heading(rng, real)]


def _heading(rng: Random, real: Sequence[str]) -> str:
    return rng.choice(real if real and rng.random() < 0.5 else _HEADINGS)


def captions(rng: Random, real: Sequence[str] = ()) -> Iterator[list[str]]:
    """One or two captions or unmarked headings at a time, half of the headings `real` ones, of other documents."""

    def one() -> str:
        return caption(rng) if rng.random() < 0.65 else _heading(rng, real)

    while True:
        yield [one() for _ in range(rng.choice((1, 1, 1, 2, 2)))]
