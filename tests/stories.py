"""Invented news stories, and copies of them, for the tests of deduplication."""

from __future__ import annotations

from random import Random
from typing import Any

PLACES = ["临江", "青石", "北塘", "云岭", "南浦", "东桥", "白沙", "金山", "红湖", "平川", "长岭", "双溪"]
THINGS = ["图书馆", "体育馆", "菜市场", "文化站", "污水厂", "公交站", "幼儿园", "卫生院", "养老院", "科技园"]
SENTENCES = (
    "{place}区新建的{thing}{month}月{day}日对居民开放。",
    "工程总投资{number}万元，由{place}建设公司承建。",
    "据{place}统计局介绍，前{month}个月到访人数达到{number}人次。",
    "附近的居民说，以前去一趟{thing}要走{day}里路，现在出门就到。",
    "{place}区计划在{month}月底以前再完成{day}处{thing}的改造。",
    "记者在{place}的{thing}看到，{number}个座位已经坐满了人。",
    "负责人表示，{thing}将实行预约制，每天接待{number}人。",
    "去年，{place}区为{thing}安排资金{number}万元，比上年增加{day}%。",
    "从{month}月起，{place}到{thing}的班车每隔{day}分钟一班。",
    "专家建议，{thing}的选址应当避开{place}一带的低洼地区。",
)
NOTICE = (
    "声明：本文由入驻{site}的作者撰写，观点仅代表作者本人，不代表{site}立场。"
    "如有侵权，请在三十日内与{site}编辑部联系，我们将及时处理。"
)


def sentence(random: Random) -> str:
    """One of some million sentences."""
    return random.choice(SENTENCES).format(
        place=random.choice(PLACES),
        thing=random.choice(THINGS),
        month=random.randint(1, 12),
        day=random.randint(2, 30),
        number=random.randint(100, 99999),
    )


def story(random: Random, length: int = 12) -> list[str]:
    """The sentences of a story."""
    return [sentence(random) for _ in range(length)]


def text(sentences: list[str]) -> str:
    """Sentences in paragraphs."""
    return "\n".join("".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


def corpus(seed: int, stories: int = 30) -> list[dict[str, Any]]:
    """Stories and what portals made of them: word for word, edited, cut short, within a longer one."""
    random = Random(seed)
    rows: list[str] = []
    for number in range(stories):
        own = story(random)
        rows.append(text(own))
        if number % 2:
            rows.append("　　" + text(own).replace("\n", "\n　　"))
        for _ in range(number % 4):
            edited = [sentence(random) if random.random() < 0.12 else s for s in own]
            rows.append(text(edited))
        if number % 3 == 0:
            rows.append(text(own[:5]))
    rows += ["", "！？……", "简讯", "简讯。", "本报讯", "\u3000"]
    random.shuffle(rows)
    dates = ("2024-03-{:02}", "2024/3/{}", "2024年3月{}日", "2024-03-{:02}T08:30:00+08:00", "日期不详{}")
    return [
        {
            "id": f"第{number}篇{' ' * (number % 3)}",
            "date": dates[number % 5].format(number % 28 + 1),
            "source": ("新华社", "晚报", None)[number % 3],
            "text": content,
        }
        for number, content in enumerate(rows)
    ]
