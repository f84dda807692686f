"""Whether a stretch of text is a slip of a name: a character or two wrong, dropped, doubled or swapped, and nothing that
may well be right. Other places have bodies of their own, other bodies differ by one character, and a name without its
last character is often a word: each of these is told apart here. Better to miss than to cry wolf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

PROVINCES: Final = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东",
    "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏",
    "新疆", "台湾", "香港", "澳门"
)  # fmt: skip
_AUTONOMOUS: Final = frozenset(("内蒙古", "广西壮族", "西藏", "宁夏回族", "新疆维吾尔"))
_CORES = """
环保 粮食 税务 财务 水务 水利 水产 水电 林业 农业 农牧 农机 农垦 农科 畜牧 渔业 海洋 海事
海关 交通 公路 铁路 铁道 民航 邮政 邮电 航运 港口 口岸 建设 规划 国土 土地 房产 测绘 地矿
地质 气象 地震 能源 电力 煤炭 石油 化工 机械 电子 轻工 纺织 冶金 建材 有色 医药 药监 食药
卫生 医疗 医保 疾控 计生 健康 教育 科教 教体 体育 文化 文旅 文物 文联 旅游 新闻 出版 版权
广电 广播 电影 档案 保密 密码 机要 统计 物价 价格 审计 工商 质监 质检 市监 安监 消防 应急
信访 民政 民族 民宗 民生 宗教 侨务 外事 外务 港澳 法制 司法 公安 国安 边防 移民 监察 纪检
组织 宣传 统战 政法 政研 党史 扶贫 乡村 招商 商务 商业 商贸 外贸 外经 外汇 经贸 经信 经合
工信 工业 信息 科技 科学 科信 专利 标准 计量 金融 证券 保险 人事 人社 劳动 社保 就业 编制
机关 参事 政务 数据 网信 电信 通信 烟草 盐务 供销 物资 储备 粮储 国资 财政 财经 财会 城管
城建 市政 园林 环卫 执法 综治 社科 林科 林草 草原 退役 优抚 民防 人防 国防 军工 装备 航天
航空 公用 管理 监管 总工
"""
CORES: Final = frozenset(_CORES.split())
"""What bodies are called that a publication need not know: a name of which one character leads to another of these may
be right."""
_PLACE: Final = re.compile(
    r"(?P<nation>国家(?!税务总局.)|中国|全国|中央)|(?P<own>省(?=..)|市(?!场))"
    r"|(?:中共|国家税务总局)?(?P<where>[^省市区]{1,7}?)(?P<mark>省|市|自治区|自治州|州(?![省市]))"
)
SHORTEST: Final = 5
"""A name of four characters differs by one from too many words that are right."""
_UNIVERSITY: Final = re.compile(r"(?:大学|(?<!科)学院)$")
_ORGANS: Final = frozenset("厅局委部院会办馆所署中站队库奖社行网法处组司台园校")
_GOVERNMENT: Final = frozenset("厅局委办")
_OFFICES: Final = frozenset("厅局部")
"""Of these a body has one: 四川省科学技术局 is no other body than 四川省科学技术厅."""
_LOOKALIKES: Final = {
    "厅": "斤厂庁听", "局": "句居", "部": "陪剖", "委": "季秀", "院": "完浣", "会": "全合", "室": "屋宝",
}  # fmt: skip
_NATIONS: Final = {
    "国家": re.compile(r"国[际内外有务防民土企]|[各多几一独每某专]家"),
    "中国": re.compile(
        r"[我美英法德韩泰俄日外各他本两多跨全帝联建爱强富祖贵敌邻诸该某三四五六七八九十]国|中[外央华]"
    ),
    "全国": re.compile(
        r"[我美英法德韩泰俄日外各他本两多跨中帝联建爱强富祖贵敌邻诸该某三四五六七八九十]国|全[省市县区州球会]"
    ),
    "中央": re.compile(r"中[国共华]"),
}
"""What stands where a name has 国家 and the like, and may be right."""
_BETWEEN: Final = frozenset("的和与及或等各全两三四五六七八九多几某该此级直属内外际市县区")
"""Characters that may stand between a place and the bodies it has: 四川、云南两省科技厅, 省级政府办公厅."""
_NEVER_A_PLACE: Final = frozenset(
    "的了是在不这有他她它们也说就对会而所得到过还把被让给向从由与及或但因之其此那些么怎样只又很最更等着没种您吗呢吧啊做想看问知话点为以能要"
)
"""Characters that no city's name has."""
_COUNTRIES: Final = frozenset("我全美英法德韩泰俄外各他本两中帝诸多跨")
_OTHER_GOVERNMENTS: Final = frozenset(
    "市县区州盟旗镇乡村党团工军常地校院所厅局部署委革民各本我贵两全级该方国央京津沪渝"
)
"""What stands before 委 or 政府 elsewhere: 市委, 国家发展改革委办公厅, 地方政府."""
_NEW_CITIES: Final = frozenset(
    [
        "三沙",
        "双河",
        "昆玉",
        "新星",
        "白杨",
        "龙港",
        "彬州",
        "胡杨河",
        "铁门关",
        "可克达拉",
        "图木舒克",
        "霍林郭勒",
    ]
)
_NUMBERS: Final = frozenset("一二三四五六七八九十两多几各全本我该外邻某同他")
_LEADS: Final = "由从经据向对请按与和及会同联合"
_OPENS: Final = ("按照", "依照", "遵照", "听取了", "印发了")
ACTS: Final = re.compile(
    r"印发|发布|联合|出台|会同|牵头|召开|组织召开|举行|制定|修订|通报|共同|主办|承办|介绍|表示|指出|获悉|负责人|有关负责|相关负责|"
    r"有关处室|党组|主要负责|(?:和|与|及|会同|联合)(?=[^，。；]{2,12}(?:印发|发布|出台|制定))"
)
"""What a body does."""
NAMED: Final = re.compile(
    rf"{ACTS.pattern}|等[一二三四五六七八九十\d]*(?:个|家)?(?:部门|单位|部委)|[二三四五六七八九十]部门"
    r"|的(?:汇报|部署|要求|通知|意见|同意|支持|批复|安排)"
)
"""What stands behind a body's name."""
_SIZES: Final = range(3, 20)
_BOUND: Final = re.compile(r"[，。；：、！？“”‘’《》（）【】,.;:!?()\s]")


class Name(NamedTuple):
    """A name a publication knows. place: how many characters say where the body is, since other places have its like.

    where, mark: 四川 and 省. nation: 国家 and its like. What tells it from other bodies of that place, its core, lies
    between the place and the last character, the organ.
    """

    text: str
    place: int = 0
    where: str = ""
    mark: str = ""
    nation: str = ""

    @property
    def core(self) -> tuple[int, int]:
        return self.place, len(self.text) - 1


@cache
def name_of(text: str) -> Name:
    """`text` taken apart."""
    if _UNIVERSITY.search(text):
        return Name(text, 2)
    match = _PLACE.match(text)
    if match is None:
        return Name(text)
    return Name(
        text, match.end(), match["where"] or "", match["mark"] or match["own"] or "", match["nation"] or ""
    )


class Stretch(NamedTuple):
    """Characters [start, end) of a text, which may be a slip of a name.

    known: names that are right. brief: whether it stands in a headline, where short forms are usual.
    """

    text: str
    start: int
    end: int
    known: frozenset[str] = frozenset()
    brief: bool = False

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def is_body(self) -> bool:
        """Whether only a body can stand here: it acts, or is one of a list of bodies."""
        return NAMED.match(self.text, self.end) is not None or self.is_listed

    @property
    def acts(self) -> bool:
        """Whether what follows is what a body does: 生态环境 alone is no body, nor in a list."""
        return ACTS.match(self.text, self.end) is not None

    @property
    def is_listed(self) -> bool:
        """Whether a name that is right stands beside it, with 、 between them."""
        text, start, end = self.text, self.start, self.end
        if text.startswith("、", end) and any(text[end + 1 : end + size] in self.known for size in _SIZES):
            return True
        closes = end == len(text) or text[end] in "、，。；（等和及"
        return (
            closes
            and text.startswith("、", max(0, start - 1))
            and any(text[max(0, start - size) : start - 1] in self.known for size in _SIZES)
        )

    @property
    def opens(self) -> bool:
        """Whether nothing before it can belong to it."""
        return self.begins or self.text[self.start - 1] in _LEADS or self.text.endswith(_OPENS, 0, self.start)

    @property
    def begins(self) -> bool:
        """Whether a mark stands before it, or nothing."""
        return self.start == 0 or _BOUND.match(self.text, self.start - 1) is not None


def slips(stretch: Stretch, name: str) -> int:
    """By how many characters `stretch` is a slip of `name`; 0 where it is none or may well be right."""
    written = stretch.written
    if written == name or name in written or abs(len(written) - len(name)) > 2:
        return 0
    known = name_of(name)
    if len(written) == len(name):
        wrong = [index for index, (one, other) in enumerate(zip(written, name, strict=True)) if one != other]
        if len(wrong) == 1:
            return int(_one_wrong(stretch, known, wrong[0]))
        if len(wrong) == 2:
            swapped = wrong[1] == wrong[0] + 1 and sorted(written) == sorted(name)
            return int(swapped) or 2 * _two_wrong(known, wrong)
        return 0
    places = list(_missing(written, name) if len(written) < len(name) else _missing(name, written))
    if abs(len(written) - len(name)) == 2:
        start, end = known.core
        inside = len(written) < len(name) and all(start < at < end for at in places)
        return 2 if len(places) == 2 and inside and end - start >= 6 else 0
    if len(places) != 1:
        return 0
    if len(written) < len(name):
        return int(_one_dropped(stretch, known, places[0]))
    return int(_one_added(stretch, known, places[0]))


def _missing(shorter: str, longer: str) -> Iterator[int]:
    """The positions of `longer` that must be dropped to give `shorter`; more than their lengths tell if it cannot be."""
    at = 0
    for index, char in enumerate(longer):
        if at < len(shorter) and shorter[at] == char:
            at += 1
        else:
            yield index
    yield from range(len(shorter) - at)


def _two_wrong(known: Name, wrong: list[int]) -> bool:
    """Two characters wrong: only where enough of the name is left to know it by."""
    start, end = known.core
    return end - start >= 5 and wrong[0] >= max(start, 2) and wrong[1] < end and wrong[1] > wrong[0] + 1


def _one_wrong(stretch: Stretch, known: Name, at: int) -> bool:
    written, name = stretch.written, known.text
    if _is_rare(written[at], 87 if at < known.place else 55):
        return True
    if at < known.place:
        return _wrong_place(stretch, known, at)
    start, end = known.core
    if at < end:
        return end - start > 2 or (end - start == 2 and written[start:end] not in CORES)
    if written[at] in _LOOKALIKES.get(name[at], ""):
        return True
    if written[at] in _ORGANS:
        steady = known.nation or (known.mark == "省" and known.where)
        return bool(steady) and {written[at], name[at]} <= _OFFICES
    return stretch.is_body or name.endswith("实验室")


def _wrong_place(stretch: Stretch, known: Name, at: int) -> bool:
    """A character wrong where the name says which place's body it is."""
    written = stretch.written
    if known.nation:  # 从家能源局 is a dropped 国 rather than a wrong one
        return _NATIONS[known.nation].match(written) is None and written[0] not in _LEADS
    own = bool(known.mark) and not known.where  # 省发展改革委, beside 由发展改革委
    begin = known.place - len(known.mark)
    where = written[begin - len(known.where) : begin]
    town = bool(where) and known.mark in ("市", "州") and at < begin
    if own and known.text.startswith(("省委", "省政府", "省人大", "省政协")):
        return stretch.opens and _is_no_government(written[at : at + 2])
    if known.mark == "自治州":
        return at >= begin or (stretch.opens and _is_nowhere(where[:2], "州"))  # 甘南, beside 甘孜
    if written[at] in _NEVER_A_PLACE:
        return not own and (not town or _is_nowhere(where, known.mark))  # 达到市科技局要求
    if not known.where or written[at] in _BETWEEN:
        return False
    if known.mark == "省":
        return (where in PROVINCES) == (at == begin)
    if known.mark == "自治区":
        return where not in _AUTONOMOUS or at >= begin
    if at >= begin:
        return known.mark == "市"
    return town and stretch.opens and _is_nowhere(where, known.mark)


def _is_no_government(opening: str) -> bool:
    """Whether what stands for 省委 or 省政 is neither another place's nor a word: 看委, but not 市委 or 民政."""
    from authoring.words import is_word  # only where something is nearly a name: it maps a dictionary

    return opening[0] not in _OTHER_GOVERNMENTS and not is_word(opening)


def _is_nowhere(where: str, mark: str) -> bool:
    """Whether no city is called so: 程都市科技局. The dictionary has all of them but the newest."""
    from authoring.words import is_word  # only where something is nearly a name: it maps a dictionary

    return not (where in _NEW_CITIES or is_word(where) or is_word(where + mark))


def _one_dropped(stretch: Stretch, known: Name, at: int) -> bool:
    """Whether the name without its character at `at` is a slip here."""
    written, name = stretch.written, known.text
    start, end = known.core
    if len(name) < SHORTEST or name[at] == "总":  # 市场监管局, 全国工会: the lower body is one as well
        return False
    if at == end:  # 生态环境 is a word, 国家发展改革 beside bodies is none
        return stretch.acts or (bool(known.nation or known.where) and stretch.is_listed)
    if at < start:
        return _short_of_place(stretch, known, at)
    if end - start <= 3 and written[start : end - 1] in CORES:
        return False
    return len(written) >= SHORTEST or stretch.is_body


def _short_of_place(stretch: Stretch, known: Name, at: int) -> bool:
    written, name = stretch.written, known.text
    if known.nation == "国家" and at == 1:  # 国医保局, where it is not 我国 or 美国
        return stretch.begins or stretch.text[stretch.start - 1] not in _COUNTRIES
    if not (known.where or known.nation):  # 数据局 is a word; 西南 and 西北 both have universities
        return False
    begin = known.place - len(known.mark)
    if at >= begin and len(known.mark) > 1:
        return True
    if at >= begin and known.mark in ("省", "市"):  # 四川科技厅 for 四川省科技厅
        return not stretch.brief and name[-1] in _GOVERNMENT and len(written) >= SHORTEST
    where = written[: known.place - 1].removesuffix(known.mark)
    numbered = len(where) == 1 and where in _NUMBERS
    return where not in PROVINCES and (stretch.begins if numbered else stretch.opens)


def _one_added(stretch: Stretch, known: Name, at: int) -> bool:
    """Whether the name with one more character, at `at` of what is written, is a slip here."""
    written, name = stretch.written, known.text
    if len(name) < SHORTEST or not 0 < at < len(name):
        return False
    added = written[at]
    if added in (written[at - 1], written[at + 1]):  # doubled
        return True
    if at > known.place:
        return added not in "省市"  # 成都市高新区
    if added in _BETWEEN:
        return False
    if at == known.place or added in _NEVER_A_PLACE:
        return True
    return bool(known.where or known.nation)


def _is_rare(char: str, common_rows: int) -> bool:
    """Whether `char` lies beyond the given row of GB 2312 (55: everyday characters; 87: all that names use)."""
    code = char.encode("gb2312", "ignore")
    return len(code) != 2 or code[0] - 0xA0 > common_rows
