"""Rules about names: of bodies (against the publication's roster), of products, in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from authoring.checks.draft import Draft, Problem
from authoring.checks.roster import informal_names, roster
from authoring.checks.slips import PROVINCES
from authoring.checks.spans import Quoted
from authoring.diagnostics import Edit, Fix, Message


def name_near_miss(draft: Draft) -> Iterator[Problem]:
    """单位名称与刊物名录中的名称只差一两个字：多半是漏字、多字或错字。

    为什么：单位名称写错，是公文中最不该有的差错，读起来又最不容易看出。
    例：四川省科技术厅 → 四川省科学技术厅。
    不报：名录中登记的其他写法；确有其单位的外省、市（州）部门。
    改法：核对后改为全称；写法没有错的，登记到刊物的“单位名录”里。
    依据：《党政机关公文处理工作条例》；单位名称以机构编制文件为准。
    修复：经确认（--unsafe-fixes）。
    ---
    A body's name is one or two characters from one in the publication's roster: a character dropped, doubled or wrong.
    Silent on registered variants and on bodies of other places. Mend it, or register the form as a variant.
    Fix: on request.
    """
    names = roster(draft.publication)
    for node in draft.nodes:
        for miss in names.near_misses(node.text, brief=node.kind == "headline"):
            at = (miss.start, miss.end)
            wrong = node.text[miss.start : miss.end]
            yield Problem(
                node.path,
                Message(
                    f"单位名称疑有误：“{wrong}”，名录中是“{miss.name}”", f"“{wrong}” is nearly “{miss.name}”"
                ),
                Message(
                    f"改为“{miss.name}”；没有写错的，登记到刊物的单位名录",
                    f"write “{miss.name}”, or register it",
                ),
                at,
                Fix(False, (Edit(node.path, *at, miss.name),)) if miss.sole else None,
            )


_NOT_A_BODY = r"(?![门队]|电子第?[一二三四五六七八九十]|赛迪|火炬|装备|直属)"
_informal: dict[tuple[tuple[str, str], ...], re.Pattern[str]] = {}


@cache
def _of(places: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before the name of a body of one of `places`."""
    return re.compile(rf"(?:{'|'.join(places)})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?$")


def short_name(draft: Draft) -> Iterator[Problem]:
    """正文用了口头简称，而该单位有规范简称。

    为什么：公文用规范化简称；“发改委”之类是口头说法。
    例：国家发改委印发 → 国家发展改革委印发；省卫健委 → 省卫生健康委；工信部 → 工业和信息化部。
    不报：标题、引文、书名号内；用“以下简称”说明过的；“工信部门”等泛指；外省的厅（如浙江省经信厅），其规范简称由外省定。
    改法：改为规范简称。
    依据：《党政机关公文处理工作条例》；规范简称以各单位“三定”规定和刊物名录为准。
    修复：经确认（--unsafe-fixes）。
    ---
    Running text uses a colloquial short name (发改委) of a body whose roster entry has a standard one (发展改革委).
    Silent in headlines, quotations and titles, and where the short name was introduced by 以下简称. Fix: on request.
    """
    names = informal_names(draft.publication)
    if not names:
        return
    key = tuple(names.items())
    pattern = _informal.get(key)
    if pattern is None:
        pattern = _informal[key] = re.compile(f"(?:{'|'.join(map(re.escape, names))}){_NOT_A_BODY}")
    declared: set[str] = set()
    own = draft.publication.region.short if draft.publication.region else ()
    others = _of(tuple(place for place in PROVINCES if place not in own))
    for node in draft.running():
        quoted: Quoted | None = None
        for match in pattern.finditer(node.text):
            word = match.group()
            if re.search(r"简称[为：“‘《]*$", node.text[: match.start()]):
                declared.add(word)
            quoted = quoted or Quoted(node.text)
            elsewhere = word.endswith("厅") and others.search(node.text, 0, match.start()) is not None
            if word in declared or quoted.covers(match.start()) or elsewhere:
                continue
            standard = names[word]
            yield Problem(
                node.path,
                Message(f"“{word}”不是规范简称", f"“{word}” is not the standard short form"),
                Message(f"改为“{standard}”", f"write “{standard}”"),
                match.span(),
                Fix(False, (Edit(node.path, *match.span(), standard),)),
            )


_LATIN_NAME = re.compile(
    r"(?<![A-Za-z0-9@/.:_-])[A-Za-z][A-Za-z0-9]*(?:[- ][A-Za-z0-9]+)*(?![A-Za-z0-9@/_-]|\.[A-Za-z]|://)"
)
_NUMBERED = re.compile(r"“([^“”]{0,12}?[\u4e00-\u9fff]) ?([0-9]{1,3}|[一二三四五六七八九十]{1,3})号”")
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("一二三四五六七八九十", 1)}


def name_variant(draft: Draft) -> Iterator[Problem]:
    """同一个名称在一期里有两种写法，或与刊物登记的写法不同。

    为什么：名称前后不一，读者会以为是两样东西。
    例：前面是 JoyInside，后面是 Joyinside；“天行者2号”与“天行者二号”。
    刊物“专用词”里登记的西文名称（如 JoyInside）视为正确写法，一期里只出现一次也会核对。
    不报：排版自己处理的差别：“天行者2号”与“天行者 2 号”；全部大写的标题式写法；网址。
    改法：统一为正确的写法。
    依据：《党政机关公文处理工作条例》（表述准确）。
    修复：经确认（--unsafe-fixes）。
    ---
    One name stands in two forms in an issue (capitals, hyphen or space; 2号 and 二号), or in another form than the
    publication's vocabulary has. Silent on spaces that the typesetter draws itself, and on addresses. Fix: on request.
    """
    first: dict[str, str] = {}
    for word in draft.publication.vocabulary:
        if word.isascii() and len(word) > 2:
            first[_folded(word)] = word
    registered = frozenset(first.values())
    for node in draft.nodes:
        if node.section < 0:
            continue
        for match in _LATIN_NAME.finditer(node.text):
            name = match.group()
            if len(name) > 2 and not name.islower():
                usual = first.setdefault(_folded(name), name)
                if usual != name and not (name.isupper() and usual.isupper()):
                    yield _two_forms(node.path, match.span(), name, usual, usual in registered)
        for match in _NUMBERED.finditer(node.text):
            stem, number = match.groups()
            usual = first.setdefault(f"{stem}{_NUMERALS.get(number, number)}号", number)
            if usual != number:
                span = match.span(2)
                yield _two_forms(node.path, span, number, usual, False, stem)


def _folded(name: str) -> str:
    return name.replace("-", "").replace(" ", "").casefold()


def _two_forms(
    path: tuple[str | int, ...], at: tuple[int, int], name: str, usual: str, registered: bool, stem: str = ""
) -> Problem:
    full, other = (f"{stem}{name}号", f"{stem}{usual}号") if stem else (name, usual)
    told = Message(
        f"同一名称两种写法：此处“{full}”，{'刊物登记的' if registered else '前面'}是“{other}”",
        f"one name in two forms: “{full}” here, “{other}” {'in the vocabulary' if registered else 'before'}",
    )
    hint = Message(
        f"统一为“{other}”（或改前面的）" if not registered else f"改为“{other}”", f"write “{other}”"
    )
    return Problem(path, told, hint, at, Fix(False, (Edit(path, *at, usual),)))


_LETTERS = re.compile(r"(?<![A-Za-z0-9+./&@:-])(?![IVX]+(?![A-Z]))[A-Z]{2,6}(?![A-Za-z0-9+./&@:_-])")
_COMMON = frozenset((
    "AI", "IT", "PC", "APP", "GDP", "CPU", "GPU", "CT", "DNA", "RNA", "LED", "GPS", "ETC", "ID",
    "IP", "OK", "TV", "CD", "DVD", "USB", "WIFI", "HIV", "VIP", "KTV", "ATM", "PDF", "WTO", "WHO",
    "BRICS", "APEC", "NBA", "IPO", "MBA", "CBD", "LNG", "PM", "KM", "KG", "KW", "MW", "GW", "TB",
    "IMF", "EU", "UN", "CPI", "PPI", "PMI", "GNP", "GB", "MB", "HZ", "PH", "UV", "QQ", "IBM", "BYD", "DNA", "AED", "ICU"
))  # fmt: skip
_BRANDED = re.compile(r"(?:型|牌|系列|平台|模型|认证|指数|公司|集团|资本|证券|基金|论坛|大学|杂志)")
_IN_BRACKETS = re.compile(r"（[^（）]*$")


def unglossed_letters(draft: Draft) -> Iterator[Problem]:
    """外文缩写第一次出现时没有中文说明。

    为什么：不是每位读者都认得；国家机关行文使用外文缩写应当注明中文。
    例：建设 MaaS 之类的产品名不管；“推广RWA试点” → “推广现实世界资产代币化（RWA）试点”。
    不报：已经通行的（AI、GDP、5G 等）；产品名、型号、计量单位；引号、书名号内；本期已注明过的。
    改法：第一次出现时写中文全称，括注缩写。
    依据：《中华人民共和国国家通用语言文字法》第十一条。
    修复：无。
    ---
    A Latin abbreviation is used without a Chinese gloss at its first use. Silent on those everybody knows, on product
    names, models and units, in quotations, and once it has been glossed. Fix: none.
    """
    seen: set[str] = set(draft.publication.vocabulary)
    for node in draft.nodes:
        if node.section < 0:
            continue
        quoted: Quoted | None = None
        for match in _LETTERS.finditer(node.text):
            word = match.group()
            if word in _COMMON or word in seen:
                continue
            before, after = node.text[: match.start()].rstrip(), node.text[match.end() :].lstrip()
            if before[-1:].isdigit():  # a unit
                continue
            quoted = quoted or Quoted(node.text)
            glosses = before.endswith(("(", "简称", "称为")) or _IN_BRACKETS.search(before[-40:])
            if glosses or after.startswith(("（", "(", "即")):
                seen.add(word)
            elif node.is_running and not quoted.covers(match.start()) and not _BRANDED.match(after):
                seen.add(word)
                yield Problem(
                    node.path,
                    Message(
                        f"“{word}”第一次出现，没有中文说明", f"“{word}” has no Chinese gloss at its first use"
                    ),
                    Message(f"写作“中文全称（{word}）”", f"write the Chinese name, then （{word}）"),
                    match.span(),
                )
