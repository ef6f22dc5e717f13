"""At which width a text is wrapped, and which of its lines are full."""

from zhclean.lines import lines_of
from zhclean.lines.layout import layout_of

HANGING = """\
老街从河边的渡口一直通到山脚，
青石板路两旁是木结构的铺面卖
竹器、豆腐和米酒的人家挨着门
门上的油漆早已褪尽。去年秋天，
镇里把电线埋入地下路灯换成了
老式马灯的样子傍晚一盏盏亮起
来。"""

LENT = """\
老街从河边出发，一直通到山脚
青石板路旁是木结构铺面卖
“竹器王”人家和米酒铺挨着门
门上的油漆早已褪尽。去年秋天
镇里埋了电线，路灯换成了一盏
盏老式的马灯，傍晚时分才亮起
来。"""

INDENT_CUT_OFF = """\
渡口的灯今晚格外亮，摆渡人老
陈把缆绳系好以后，坐在船头数起了
一天的零钱。
这条渡船已经走了三十年，来往
的都是两岸的菜农和上学的孩子，没
有一个人落下。
今年春天大桥通车以后，渡口的
人渐渐少了，老陈却舍不得离开。"""

VERSE = """\
月光落在古老的青石桥上，
桥下的水整夜都不说话，
远山收起它长长的影子，
渡口亮起一盏小小的灯，
晚归的人慢慢地摇着船，
"""


def test_marks_hang_over_the_edge() -> None:
    layout = layout_of(lines_of(HANGING))
    assert layout.wrap == [28] * 7
    assert layout.full == [True] * 6 + [False]


def test_a_line_is_full_whose_opening_mark_went_to_the_next() -> None:
    assert layout_of(lines_of(LENT)).full[1]
    assert not layout_of(lines_of(LENT.replace("“竹器王”", "竹器王那边"))).full[1]


def test_lines_that_all_end_with_a_mark_are_no_wrapped_text() -> None:
    assert not layout_of(lines_of(VERSE)).wrapped


def test_first_lines_are_full_whose_indent_was_cut_off() -> None:
    layout = layout_of(lines_of(INDENT_CUT_OFF))
    assert layout.wrap == [32] * 8
    assert layout.full == [True, True, False, True, True, False, True, True]
