"""Numbers that somebody typed at the start of a paragraph or a heading: 一、 （一） 1. （1） (GB/T 9704 7.3.3)."""

from __future__ import annotations

import re
from typing import NamedTuple

from authoring.wording import NUMERALS, heading_label, numeral

POINT = 4
"""The level of （1）; 1 to 3 are 一、 （一） 1."""
IS, TH, CIRCLED = 5, 6, 7
"""Series within a text: 一是, 第一， and ①."""

_NUMERAL = "[一二三四五六七八九十]"
_OPENING = re.compile(
    rf"""(?:\*\*)?[ \t　]*(?:
    (?P<open>[（(])[ ]?(?:(?P<point>[0-9０-９]{{1,2}})|(?P<second>{_NUMERAL}{{1,3}}))[ ]?(?P<close>[）)][、.．，,]*)(?!式)
    | (?P<half>[0-9０-９]{{1,2}})(?P<half_close>[ ]?[）)])
    | (?P<third>[0-9０-９]{{1,2}})(?P<third_stop>[.．、])(?![0-9０-９A-Za-z])
    | (?P<first>{_NUMERAL}{{1,3}})(?P<first_stop>[、.．])(?!{_NUMERAL})
    | (?P<sign>[⑴-⒇])[、.．，,]*
    )""",
    re.VERBOSE,
)
_MAY_OPEN = frozenset("*（(0123456789０１２３４５６７８９一二三四五六七八九十 \t　") | {
    chr(code) for code in range(0x2474, 0x2488)
}


class Marker(NamedTuple):
    """A typed number: characters [start, end) of its text, of which [digits, digits_end) say which number.

    whole: False for `3）`, which may be of a level below （1）.
    """

    level: int
    number: int
    start: int
    end: int
    digits: int
    digits_end: int
    written: str
    whole: bool = True

    @property
    def label(self) -> str:
        """The number as the format writes it."""
        return label(self.level, self.number)


def label(level: int, number: int) -> str:
    """一、 （一） 1. （1） 一是 第一， ①"""
    if level <= 3:
        return heading_label(level, number)
    written = numeral(number)
    return {POINT: f"（{number}）", IS: f"{written}是", TH: f"第{written}，", CIRCLED: chr(0x245F + number)}[
        level
    ]


def opening_marker(text: str) -> Marker | None:
    """The typed number that `text` begins with."""
    if text[:1] not in _MAY_OPEN:
        return None
    match = _OPENING.match(text)
    if match is None:
        return None
    group = next(name for name in ("point", "second", "half", "third", "first", "sign") if match[name])
    written = match[group]
    if group == "sign":
        number = ord(written) - 0x2473
    else:
        number = NUMERALS.get(written, 0) if group in ("second", "first") else int(written)
    if not number:
        return None
    level = {"first": 1, "second": 2, "third": 3}.get(group, POINT)
    digits, digits_end = match.span(group)
    start = match.start("open") if match["open"] else digits
    return Marker(
        level, number, start, match.end(), digits, digits_end, text[start : match.end()], group != "half"
    )
