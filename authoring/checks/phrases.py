"""Rules about phrases: whose voice speaks, what a short form stands for, broken frames, words to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from authoring.checks.draft import Draft, Problem, TextNode
from authoring.checks.slips import PROVINCES
from authoring.checks.spans import Quoted
from authoring.diagnostics import Message
from authoring.model import BannedWords

_FOLDER: Final = Path(__file__).parent
_OWN_VOICE = re.compile(
    r"(?<!自)我[省市](?![察思悟场])|(?<![资日基成样版根书剧标文脚原])本[省市](?!场)|本自治区"
)
_CITIES = [
    "广州",
    "深圳",
    "杭州",
    "南京",
    "苏州",
    "武汉",
    "西安",
    "合肥",
    "长沙",
    "郑州",
    "济南",
    "青岛",
    "宁波",
    "无锡",
    "厦门",
    "福州",
    "沈阳",
    "大连",
    "长春",
    "哈尔滨",
    "石家庄",
    "太原",
    "南昌",
    "昆明",
    "贵阳",
    "南宁",
    "兰州",
    "海口",
    "东莞",
    "佛山",
    "珠海",
    "常州",
    "南通",
    "温州",
    "嘉兴",
    "烟台",
    "雄安",
    "浦东",
    "中关村",
]
_ELSEWHERE = re.compile("|".join((*PROVINCES, *_CITIES)))
_LESSON = re.compile(r"启示|借鉴|建议|对标|学习|下一步")


def borrowed_viewpoint(draft: Draft) -> Iterator[Problem]:
    """写外地的条目里出现“我市”“本市”“我省”：从外地材料上照搬，忘了改口吻。

    为什么：在本刊里“我省”只能是本省；照搬外地的“我市”，读者会弄错是哪里。
    例：（天津的条目）纳入我市成果转化后补助 → 纳入天津市成果转化后补助。
    不报：本省的栏目和条目；引号、书名号内；谈对本省启示、建议的段落里的“我省”。
    改法：改为该省、市的名称，或“该市”“当地”。
    依据：《党政机关公文处理工作条例》（表述准确）。
    修复：无。
    ---
    An item about another province says 我市, 本市 or 我省, copied from its source. Silent in items and sections about the
    publication's own province, in quotations and titles, and where a paragraph draws lessons for it. Fix: none.
    """
    region = draft.publication.region
    if region is None:
        return
    own = re.compile("|".join(map(re.escape, (region.name, *region.short))))
    for item in draft.items():
        section = draft.issue.sections[item[0].section].name
        if "省内" in section or "本省" in section or own.search(section) or own.search(item[0].text):
            continue
        place = _place_of(item, own)
        if not place:
            continue
        for node in item:
            matches = list(_OWN_VOICE.finditer(node.text))
            quoted = Quoted(node.text) if matches else None
            for match in matches:
                ours = match.group() in region.short and (
                    own_elsewhere(own, node.text) or _LESSON.search(node.text)
                )
                if ours or (quoted and quoted.covers(match.start())):
                    continue
                word = match.group()
                yield Problem(
                    node.path,
                    Message(
                        f"“{word}”：本条写的是{place}，口吻像从原文照搬", f"“{word}” in an item about {place}"
                    ),
                    Message(f"改为所指的省、市名称（如“{place}”）或“当地”", "name the place"),
                    match.span(),
                )


def own_elsewhere(own: re.Pattern[str], text: str) -> bool:
    """Whether `text` names the own province by more than 我省."""
    return any(not match.group().startswith("我") for match in own.finditer(text))


def _place_of(item: tuple[TextNode, ...], own: re.Pattern[str]) -> str:
    """The other place that an item is about: named in its headline, or alone in its first paragraph."""
    headline = _ELSEWHERE.search(item[0].text)
    if headline:
        return headline.group()
    opening = item[1].text if len(item) > 1 else ""
    start = _ELSEWHERE.search(opening, 0, 30)
    return start.group() if start and not own.search(opening) else ""


_KINDS = (
    "通知|办法|意见|方案|规划|措施|指引|条例|细则|决定|规定|纲要|计划|要点|公告|指南|报告|清单|目录|政策|"
    "(?:实施|指导|管理|若干|行动|工作|暂行|政策|建设)(?:意见|办法|方案|细则|计划|措施|指引|规定|政策|要点|规划|指南)"
)
_SHORT_FORM = re.compile(rf"《({_KINDS})》")
_AS_DEFINED = re.compile(r"(?<![\u4e00-\u9fff])(?:本)?(办法|规定|条例|意见|细则|措施|方案|指引|规则)所称")
_PARTY = re.compile(r"全会|大会|党中央|中央委员会|代表大会|国务院|省委|中央经济工作会议")


def undefined_short_form(draft: Draft) -> Iterator[Problem]:
    """文件简称没有交代：前面没有全称，也没有“以下简称”。

    为什么：只写《通知》、“办法所称”，读者不知道是哪个文件；“办法所称”还是原文件自己的口吻。
    例：办法所称科技成果是指…… → 《天津市促进科技成果“先使用后付费”实施办法》所称科技成果是指……，
    或在前面全称后加“（以下简称《办法》）”。
    不报：同段前面有全称的；前面说明过“以下简称”的；书名号简称在本条前面有全称的；引号内。
    改法：写出全称，或在第一次出现全称处加“（以下简称……）”。
    依据：《党政机关公文处理工作条例》（表述准确）；先用全称、注明简称是惯例。
    修复：无。
    ---
    A document's short form (《通知》, 办法所称) comes without its full title or 以下简称 before it. A bare 办法所称 wants
    the title in its own paragraph, since it is the document's voice. Silent in quotations. Fix: none.
    """
    for item in draft.items():
        before = item[0].text
        told: set[str] = set()
        for node in item[1:]:
            if not node.is_running:
                before += node.text
                continue
            text = node.text
            quoted: Quoted | None = None
            for pattern in (_SHORT_FORM, _AS_DEFINED):
                for match in pattern.finditer(text):
                    kind, here = match[1], text[: match.start()]
                    quoted = quoted or Quoted(text)
                    inside = quoted.covers(match.start() - 1 if pattern is _SHORT_FORM else match.start())
                    scope = before + here if pattern is _SHORT_FORM else here
                    if inside or kind in told or _defined(kind, scope, before + here):
                        continue
                    if pattern is _SHORT_FORM and _PARTY.search(here[-30:]):
                        continue
                    told.add(kind)
                    yield _undefined(node, match, before + here)
            before += text


def _defined(kind: str, scope: str, all_before: str) -> bool:
    declared = re.search(rf"简?称[为：]?[“《]*[^》”）]{{0,6}}{kind}[》”]*", all_before)
    titled = re.search(
        rf"《[^》]*[^《]{kind}(?:（[^）]*）|[0-9—-]{{4,9}})?》|关于[^。《》]{{4,80}}的{kind}", scope
    )
    return bool(declared or titled)


def _undefined(node: TextNode, match: re.Match[str], before: str) -> Problem:
    titles = re.findall(rf"《[^》]*{match[1]}(?:（[^）]*）)?》", before)
    hint = Message("写出文件全称，或在全称后加“（以下简称……）”", "give the full title, or 以下简称 after it")
    if titles:
        hint = Message(
            f"改为“{titles[-1]}”，或在前面该文件名后加“（以下简称《{match[1]}》）”",
            f"write “{titles[-1]}”, or introduce the short form after it",
        )
    return Problem(
        node.path,
        Message(
            f"“{match.group()}”指哪个文件，前面没有交代", f"“{match.group()}”: no full title stands before it"
        ),
        hint,
        match.span(),
    )


class _Frame(NamedTuple):
    """needle: what every text that the pattern matches contains; looked for first, since that is fast."""

    needle: str
    pattern: re.Pattern[str]
    wrong: str
    instead: str


@cache
def _frames() -> tuple[_Frame, ...]:
    entries: list[dict[str, str]] = yaml.safe_load((_FOLDER / "frames.yaml").read_text(encoding="utf-8"))
    return tuple(
        _Frame(entry["needle"], re.compile(entry["pattern"]), entry["wrong"], entry["instead"])
        for entry in entries
    )


def sentence_frame(draft: Draft) -> Iterator[Problem]:
    """句式杂糅、搭配不当：两种说法混成一句，或前后不配。

    为什么：半句一种说法、半句另一种说法，意思就不清楚了。
    例：除适用于省属高校的基础上，增加医疗卫生机构 → 除适用于省属高校外，增加医疗卫生机构；
    构建甲、乙和丙为一体的体系 → 构建集甲、乙和丙于一体的体系；旨在为了 → 旨在；截止目前 → 截至目前。
    不报：清单（frames.yaml）以外的一切；引号、书名号内。
    改法：按提示改成其中一种说法。
    依据：《党政机关公文处理工作条例》（文字精练）；现代汉语语法通例。
    修复：无。
    ---
    A broken frame of a curated list (frames.yaml): 除…的基础上, 构建…为一体 without 集, 旨在为了, 截止目前 and the like.
    Silent on everything else, and in quotations. Fix: none.
    """
    nodes = tuple(draft.running())
    whole = "\n".join(node.text for node in nodes)
    frames = tuple(frame for frame in _frames() if frame.needle in whole)
    for node in nodes:
        quoted: Quoted | None = None
        for frame in frames:
            for match in frame.pattern.finditer(node.text):
                quoted = quoted or Quoted(node.text)
                if not quoted.covers(match.start()):
                    yield Problem(
                        node.path,
                        Message(f"句式有毛病：{frame.wrong}", f"broken frame: “{_shown(match.group())}”"),
                        Message(frame.instead, frame.instead),
                        match.span(),
                    )


def _shown(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:6]}…{text[-6:]}"


class _Banned(NamedTuple):
    """needles: one of them stands in every text that the pattern matches."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str] | None
    instead: str
    reason: str


@cache
def _shipped() -> tuple[_Banned, ...]:
    data: dict[str, Any] = yaml.safe_load((_FOLDER / "banned.yaml").read_text(encoding="utf-8"))
    return tuple(
        _Banned(
            tuple(entry.get("words") or entry["needles"]),
            re.compile(entry.get("pattern") or "|".join(map(re.escape, entry["words"]))),
            re.compile("|".join(entry["except"])) if "except" in entry else None,
            entry["instead"],
            f"{entry['reason']}（{data['sources'][entry['source']]['title']}）",
        )
        for entry in data["entries"]
    )


@cache
def _banned(add: tuple[str, ...]) -> tuple[_Banned, ...]:
    own = tuple(_Banned((word,), re.compile(re.escape(word)), None, "", "本刊规定不用") for word in add)
    return (*_shipped(), *own)


def banned_word(draft: Draft) -> Iterator[Problem]:
    """用了不宜用的词：带歧视的、称谓不准确的、绝对化的。

    为什么：这些词，公开的规定明确不用。
    例：村长 → 村委会主任；建国以来 → 新中国成立以来；最好的产品 → 写出事实和数据。
    不报：清单（banned.yaml，注明日期和出处）里各条的例外；“最高500万元”；引号、书名号内；刊物列为除外的。
    改法：按提示改；刊物确需使用的，列入 banned_words 的 except。
    依据：见各条的出处，连同发布和核对的日期都在清单里。
    修复：无。
    ---
    A word of the shipped, dated and sourced list (banned.yaml), or of the publication's own. Silent on each entry's
    exceptions, in quotations and titles, and on what the publication excepts. Fix: none.
    """
    words: BannedWords = draft.publication.banned_words
    nodes = tuple(node for node in draft.nodes if node.section >= 0)
    whole = "\n".join(node.text for node in nodes)
    entries = tuple(entry for entry in _banned(words.add) if any(needle in whole for needle in entry.needles))
    for node in nodes:
        quoted: Quoted | None = None
        for entry in entries:
            for match in entry.pattern.finditer(node.text):
                quoted = quoted or Quoted(node.text)
                if quoted.covers(match.start()) or _excepted(node.text, match, entry, words):
                    continue
                yield Problem(
                    node.path,
                    Message(
                        f"不宜用“{match.group()}”：{entry.reason}",
                        f"“{match.group()}” is on the list of words to avoid",
                    ),
                    Message(entry.instead and f"改用：{entry.instead}", "see banned.yaml"),
                    match.span(),
                )


def _excepted(text: str, match: re.Match[str], entry: _Banned, words: BannedWords) -> bool:
    if match.group() in words.exceptions:
        return True
    around = [found.span() for found in entry.exceptions.finditer(text)] if entry.exceptions else []
    for phrase in words.exceptions:
        at = text.find(phrase)
        while at >= 0:
            around.append((at, at + len(phrase)))
            at = text.find(phrase, at + 1)
    return any(start < match.end() and match.start() < end for start, end in around)
