"""Dates as offices write them: 2025年10月13日, 二〇二五年十月十三日, 2025-10-13, 2025.10.13."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from authoring.wording import NUMERALS

_YEAR = "[〇○Ｏ零一二三四五六七八九]{4}"
_NUMERAL = "[一二三四五六七八九十]"
DATE: Final = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    rf"|{_YEAR}\s*年\s*{_NUMERAL}{{1,2}}\s*月\s*{_NUMERAL}{{1,3}}\s*日"
    r"|(?<!\d)\d{4}(?P<separator>[-./／．－])\d{1,2}(?P=separator)\d{1,2}(?!\d))"
)
"""A pattern; it holds the group `separator`."""
_FOUND = re.compile(DATE)
_USUAL = re.compile(r"[0-9]{4}\s*年\s*[1-9][0-9]?\s*月\s*[1-9][0-9]?\s*日")
_PARTS = re.compile(r"\d+|[〇○Ｏ零一二三四五六七八九十]+")
_DIGITS: Final = {digit: at for at, digit in enumerate("〇一二三四五六七八九")} | {"○": 0, "Ｏ": 0, "零": 0}


class FoundDate(NamedTuple):
    """A date that stands at [start, end) of a text; iso: as the YAML has it, and it may be no day of the calendar.

    usual: written as the format writes it (GB/T 9704 7.3.5.4).
    """

    start: int
    end: int
    iso: str
    text: str
    usual: bool


def find_date(text: str) -> FoundDate | None:
    """The first date in `text`."""
    match = _FOUND.search(text)
    if match is None:
        return None
    year, month, day = (_value(part, at) for at, part in enumerate(_PARTS.findall(match[0])))
    usual = _USUAL.fullmatch(match[0]) is not None
    return FoundDate(*match.span(), f"{year:04d}-{month:02d}-{day:02d}", f"{year}年{month}月{day}日", usual)


def _value(part: str, at: int) -> int:
    if part.isdecimal():
        return int(part)
    if at == 0:
        return int("".join(str(_DIGITS[digit]) for digit in part))
    return NUMERALS.get(part, 0)
