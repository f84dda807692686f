"""Figures: dates that do not exist, ranges, counts that do not agree with their list (GB/T 15835, GB/T 9704 7.3.5)."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Iterator
from typing import Final

from authoring.checks.draft import Draft, Problem, TextNode
from authoring.checks.marks import HAN, LATIN_SPAN
from authoring.diagnostics import NOTHING, Edit, Fix, Message, NodePath

_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_MONTH = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<days>\d{1,2}(?:日?[—～~–-]\d{1,2})*)日)?"
)
_NOT_A_MONTH = re.compile("[龄球嫂子]|份额")
_LASTING = re.compile("(?:满|历时|为期|约|超|逾|近|共|第)$")
_PAST = re.compile(r"(?:已经?[于在]|曾于|(?:近|日前|昨)日?（)(\d{4})年(\d{1,2})月(\d{1,2})日")


def date(draft: Draft) -> Iterator[Problem]:
    """日期不存在、编了虚位，或者印发日期早于本期日期。

    为什么：日期写错，事实就错了；月、日不编虚位（1不编为01）。
    例：2月30日 → 查对后改正
    例：13月 → 查对后改正
    例：2025年09月05日 → 2025年9月5日
    例：本期日期2025年10月13日，版记写10月10日印发 → 10月13日
    改法：查对原件；09月写作9月。
    不报：文件标题里的日期；“13个月”“18月龄”这样的时长；规划里将来的日期。
    依据：GB/T 9704—2012 7.3.5.4（成文日期中的数字，月、日不编虚位）；正文里照此写是惯例。
    修复：虚位要 --unsafe-fixes；其余要人查对。
    ---
    A date that does not exist, a month or day with a leading zero, an imprint dated before the issue, or something
    that is said to have been done on a day after the issue's. Silent in titles of documents, on durations and plans.
    Fix: on request for leading zeros, else none.
    """
    for node in draft.nodes:
        if "月" not in node.text:
            continue
        titles = [place for match in _TITLE.finditer(node.text) for place in match.span()]
        for match in _MONTH.finditer(node.text):
            if bisect(titles, match.start()) % 2 == 0:
                yield from _check_date(node, match)
        for match in _PAST.finditer(node.text):
            day = _day(*(int(part) for part in match.groups()))
            if day is not None and day > draft.issue.date:
                at = (match.start(1), match.end())
                yield Problem(
                    node.path, Message("日期晚于本期日期", "later than the issue's own date"), NOTHING, at
                )
    printed = draft.publication.imprint.date
    if printed is not None and printed < draft.issue.date:
        stated = draft.issue.imprint is not None and "date" in draft.issue.imprint.model_fields_set
        path: NodePath = ("imprint", "date") if stated else ("imprint",)
        yield Problem(
            path,
            Message("印发日期早于本期日期", "printed before the issue's own date"),
            Message(
                f"改为{draft.issue.date.isoformat()}，或删去这一行（不写就用本期日期）",
                f"write {draft.issue.date.isoformat()}, or delete it to use the issue's date",
            ),
        )


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _check_date(node: TextNode, match: re.Match[str]) -> Iterator[Problem]:
    text, year, days = node.text, match["year"], match["days"]
    month = int(match["month"])
    behind = text[match.end() : match.end() + 2]
    if not 1 <= month <= 12:
        lasting = not (year or days) and (
            _NOT_A_MONTH.match(behind) or _LASTING.search(text[max(0, match.start() - 2) : match.start()])
        )
        if not lasting:
            at = (match.start("month"), match.end("month") + 1)
            yield _wrong_date(node, at, f"没有{match['month']}月")
    elif match["month"].startswith("0"):
        yield _leading_zero(node, match.start("month"))
    for part in re.finditer(r"\d+", days) if days else ():
        start = match.start("days") + part.start()
        day = int(part.group())
        last = _DAYS[month] if 1 <= month <= 12 else 31
        if month == 2 and year and _day(int(year), 2, 29) is None:
            last = 28
        if not 1 <= day <= last:
            written = f"{match['month']}月{part.group()}日"
            where = f"{year}年" if year and day == 29 else ""
            first = match.start("month") if start == match.start("days") else start
            end = match.end() if match.end("days") == start + len(part.group()) else start + len(part.group())
            if 1 <= month <= 12:
                yield _wrong_date(node, (first, end), f"{where}没有{written}")
        elif part.group().startswith("0"):
            yield _leading_zero(node, start)


def _wrong_date(node: TextNode, at: tuple[int, int], zh: str) -> Problem:
    return Problem(node.path, Message(zh, "no such date"), Message("查对日期", "check the date"), at)


def _leading_zero(node: TextNode, at: int) -> Problem:
    written = node.text[at : at + 2]
    return Problem(
        node.path,
        Message(
            f"月、日不编虚位：{written}应为{written[1]}", f"no leading zero: {written[1]}, not {written}"
        ),
        Message(f"改为{written[1]}", f"write {written[1]}"),
        (at, at + 2),
        Fix(False, (Edit(node.path, at, at + 1, ""),)),
    )


_TIME = "年月日"
_UNITS = "个|家|项|人|名|元|万|亿|千|岁|倍|天|小时|分钟|公里|千米|米|吨|亩|条|章|页|所|种|类|件|次|周|户|年|月|日|期"
_NUMBER = r"\d+(?:\.\d+)?"
_BOUNDARY = r"(?<![0-9A-Za-z.\-—–－~～/〔:：])"
_PERCENT = re.compile(rf"{_BOUNDARY}({_NUMBER})([～~—–－-])({_NUMBER})[%％]")
_LARGE = re.compile(rf"{_BOUNDARY}({_NUMBER})([～~—–－-])({_NUMBER})([万亿])")
_HYPHEN = re.compile(
    rf"{_BOUNDARY}(?P<low>{_NUMBER})(?P<unit>[%％年月日]?)(?P<mark>[-~–－])(?P<high>{_NUMBER})(?P<end>[%％]|(?:{_UNITS}))"
)
_TWO_UNITS = re.compile(r"(?<![\d.])(\d+)亿零?(\d{1,4})万(?![\d零])")


def number_range(draft: Draft) -> Iterator[Problem]:
    """数值范围的写法会引起误解，或者连接号不对。

    为什么：“5～10%”可以读成从5到10%；范围用“-”容易当成减号或者型号。
    例：5～10% → 5%～10%
    例：13～17万元 → 13万～17万元
    例：2025-2027年 → 2025—2027年
    例：10-20家 → 10～20家
    例：3亿4500万元 → 3.45亿元
    改法：前一个百分号、“万”“亿”不省；时间的起止用一字线“—”，数值范围用“～”；一个数只用一个“亿”或“万”。
    不报：文件标题、型号（歼-20、GPT-4）、电话号码、文号、标准号、日期2025-10-13、比分。
    依据：GB/T 15834—2011 4.13.3（连接号）；GB/T 15835—2011 第5章（数字形式的使用）；“万”“亿”和百分号不省是惯例。
    修复：要 --unsafe-fixes。
    ---
    A range that can be misread (5～10%, 13～17万), a hyphen or ~ for a range, a number in both 亿 and 万. Silent in titles, on model
    and telephone numbers, dates, standards. Fix: on request.
    """
    for node in draft.nodes:
        text = node.text
        if _MAY_BE_RANGE.search(text) is None:
            continue
        away = [place for match in _AWAY.finditer(text) for place in match.span()]
        taken: set[int] = set()
        for pattern in (_PERCENT, _LARGE, _HYPHEN, _TWO_UNITS):
            for match in pattern.finditer(text):
                outside = bisect(away, match.start()) % 2 == 0
                right = _right_range(match)
                if outside and right and match.start() not in taken:
                    taken.add(match.start())
                    yield Problem(
                        node.path,
                        Message(f"{match.group()}应写作{right}", f"write {right}, not {match.group()}"),
                        Message(f"改为{right}", f"write {right}"),
                        match.span(),
                        Fix(False, (Edit(node.path, match.start(), match.end(), right),)),
                    )


_AWAY = re.compile(f"{_TITLE.pattern}|{LATIN_SPAN.pattern}")
_MAY_BE_RANGE = re.compile(r"\d[%％年月日]?[～~—–－-]\d|\d亿")


def _right_range(match: re.Match[str]) -> str:
    """The range as it should be written; empty where it is none."""
    whole = match.group()
    if match.re is _TWO_UNITS:
        large, small = int(match[1]), int(match[2])
        decimals = f"{small:04d}".rstrip("0")
        return f"{large}.{decimals}亿" if decimals else ""
    low, high = (match["low"], match["high"]) if match.re is _HYPHEN else (match[1], match[3])
    if float(low) >= float(high) or (len(low) > 1 and low[0] == "0" and low[1] != "."):
        return ""
    if match.re is _PERCENT:
        sign = whole[-1]
        return f"{low}{sign}～{high}{sign}"
    if match.re is _LARGE:
        return "" if match[2] in "—–－" else f"{low}{match[4]}～{high}{match[4]}"
    if len(low) == len(high) == 4 and match["end"] not in ("年", *_UNITS.split("|")):
        return ""
    if match["unit"] and match["unit"] != match["end"]:
        return ""
    mark = "—" if match["end"] in _TIME else "～"
    return f"{low}{match['unit']}{mark}{high}{match['end']}"


_COUNTED: Final = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_HAN_COUNT = "两二三四五六七八九十"
_BODY = re.compile(rf"[{HAN}]{{1,24}}(?:部|委|委员会|局|厅|行|院|办|办公室|署|总局|会)$")
_BODIES = re.compile(
    rf"(?P<count>[{_HAN_COUNT}]|\d{{1,2}})(?P<noun>(?:个|家)?(?:部门|部委|单位|委办局|厅局))"
)
_NOT_LISTED = re.compile(f"[^{HAN}、]")
_LONGEST_LIST = 400
_BODIES_AFTER = re.compile(
    rf"(?P<count>[{_HAN_COUNT}]|\d{{1,2}})(?P<noun>(?:个|家)?(?:部门|部委|单位))（(?P<list>[{HAN}]+(?:、[{HAN}]+)+)）"
)
_JOINED = re.compile(rf"“(?P<list>[^“”+]+(?:\+[^“”+]+)+)”(?P<count>[{_HAN_COUNT}])(?P<noun>合一)")
_QUOTED = re.compile(
    rf"(?<![、和与及”])(?P<list>“[^“”]+”(?:[、和与及]?“[^“”]+”)+)(?P<count>[{_HAN_COUNT}])(?P<noun>(?:个|大|种|类|项)[{HAN}])"
)
_AND = re.compile("以及|[和与及]")
_OWN_AND = re.compile(
    "工业和信息化|人力资源和社会保障|住房和城乡建设|文化和旅游|经济和信息化|发展和改革|卫生和计划生育|广播电视和"
)
"""Names of bodies that hold an 和 of their own."""


def count(draft: Draft) -> Iterator[Problem]:
    """所说的数目与列举的项数不符。

    为什么：增删一项以后忘了改数目，是最容易被读者看出来的错。
    例：财政部、科技部、教育部六部门 → 财政部、科技部、教育部三部门
    例：“政府+企业+创新”四合一 → “政府+企业+创新”三合一
    改法：数一数，改数目，或补上漏列的。
    不报：带“等”的列举（科技部、财政部等六部门）；数得清却可能不是列举的。
    依据：惯例：数目要与所列的相符。
    修复：不能自动改。
    ---
    A stated number unlike the length of the list it sums up: bodies, “A+B+C”四合一, quoted series. Silent on lists that
    end in 等 and wherever the list cannot be counted with certainty. No fix.
    """
    for node in draft.nodes:
        text = node.text
        for match in _BODIES.finditer(text):
            before = text[max(0, match.start() - _LONGEST_LIST) : match.start()]
            yield from _miscounted(node, match, *_bodies_in(_NOT_LISTED.split(before)[-1]))
        for match in _BODIES_AFTER.finditer(text):
            yield from _miscounted(node, match, *_bodies_in(match["list"]))
        if "合一" in text:
            for match in _JOINED.finditer(text):
                length = match["list"].count("+") + 1
                yield from _miscounted(node, match, length, length)
        if "”" in text:
            for match in _QUOTED.finditer(text):
                length = match["list"].count("“")
                yield from _miscounted(node, match, length, length)


def _bodies_in(listed: str) -> tuple[int, int]:
    """The least and the greatest number of bodies that a list may name; (0, 99) where it names anything else."""
    names = listed.split("、")
    least = most = len(names)
    if least < 2 or "等" in listed or not all(_BODY.match(name) for name in names):
        return 0, 99
    for name in names:
        most += len(_AND.findall(_OWN_AND.sub("", name)))
    return least, most


def _miscounted(node: TextNode, match: re.Match[str], least: int, most: int) -> Iterator[Problem]:
    written = match["count"]
    stated = _COUNTED.get(written) or int(written)
    if stated < least or stated > most:
        length = str(least) if least == most else f"{least}至{most}"
        yield Problem(
            node.path,
            Message(
                f"说是{written}{match['noun']}，列了{length}个", f"{stated} are announced, {least} are listed"
            ),
            Message("改数目，或补上漏列的", "correct the number or the list"),
            match.span("count")[:1] + match.span("noun")[1:],
        )


_MIXED = re.compile(
    rf"(?<![{_HAN_COUNT}一百千万第“])(?P<han>[{_HAN_COUNT}])(?P<measure>[类项种家条名件])(?!(?<=八项)规定)[{HAN}]{{0,8}}?(?:、[{HAN}]{{0,8}}?)?"
    rf"(?<![\d.])\d+(?P<other>[类项种家条名件])"
)
_MIXED_AFTER = re.compile(
    rf"\d+[类项种家条名件][{HAN}]{{0,8}}?、?(?<![{_HAN_COUNT}一百千万第“])(?P<han>[{_HAN_COUNT}])(?P<measure>[类项种家条名件])(?!(?<=八项)规定)"
)
_VALUES: Final = {**{char: str(value) for char, value in _COUNTED.items()}}


def numeral_form(draft: Draft) -> Iterator[Problem]:
    """同一组数里，汉字数字与阿拉伯数字混用。

    为什么：同一句里并列的数量，用同一种数字才好比较。
    例：三类主体19项尽职事项 → 3类主体19项尽职事项
    改法：统一成阿拉伯数字。
    不报：成语和固定说法（“十四五”、八项规定、一批）；不在同一组里的数。
    依据：GB/T 15835—2011 第4章（数字形式的选用；同一处数字的形式应当一致）。
    修复：要 --unsafe-fixes。
    ---
    Chinese numerals and figures in one series of counts. Silent on fixed expressions. Fix: on request.
    """
    for node in draft.running():
        if _SOME_MEASURE.search(node.text) is None:
            continue
        found: set[int] = set()
        for pattern in (_MIXED, _MIXED_AFTER):
            for match in pattern.finditer(node.text):
                start, end = match.span("han")
                if start in found:
                    continue
                found.add(start)
                right = _VALUES[match["han"]]
                yield Problem(
                    node.path,
                    Message(
                        f"与后面的数字形式不一致：{match['han']}{match['measure']}",
                        f"a Chinese numeral beside figures: {match['han']}{match['measure']}",
                    ),
                    Message(f"改为{right}{match['measure']}", f"write {right}{match['measure']}"),
                    (start, end),
                    Fix(False, (Edit(node.path, start, end, right),)),
                )


_SOME_MEASURE = re.compile(r"\d[类项种家条名件]")
