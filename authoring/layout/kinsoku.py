"""Which characters may begin or end a line, which may not part, which carry blank that may go. Data, and its readers.

Source: W3C Requirements for Chinese Text Layout (CLREQ), GB/T 15834—2011, as summed up in the project's typesetting
facts. The sets are those of simplified Chinese, strict level (—— and …… kept off a line's start).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from authoring.characters import QUOTES, fills_cell

STOPS: Final = "。．！？‼⁇⁈⁉"
COMMAS: Final = "，、；："
CLOSERS: Final = "”’）》〉」』】〗〕］｝〞〟"
OPENERS: Final = "“‘（《〈「『【〖〔［｛〝"
INTERPUNCTS: Final = "·・‧"

NO_LINE_START: Final = frozenset(
    STOPS + COMMAS + CLOSERS + INTERPUNCTS + "-–—～…/／%‰℃°％" + ".,:;!?)]}" + "′″"
)
"""避头: may not begin a line."""

NO_LINE_END: Final = frozenset(OPENERS + "([{")
"""避尾: may not end a line."""

CURRENCY: Final = frozenset("￥$¥£€＄")
"""May not end a line before a digit."""

SIGNS: Final = CURRENCY | frozenset("±+−＋－≥≤＞＜≈×§№")
"""Signs that stay with the digit after them."""

_WIDE_WORD: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]{2}")

BLANK_RIGHT: Final = frozenset(STOPS[:4] + COMMAS + CLOSERS)
"""Marks whose right half is blank when they are a full cell wide."""

BLANK_LEFT: Final = frozenset(OPENERS)
"""Marks whose left half is blank."""

WITH_BLANK: Final = BLANK_RIGHT | BLANK_LEFT | frozenset(INTERPUNCTS)

BRACKETS: Final = frozenset(OPENERS + CLOSERS)
HANGING: Final = BLANK_RIGHT
"""Marks that may hang beyond a line's end, where the house style hangs them."""

ShrinkClass = Literal["interpunct", "bracket", "comma", "gap", "stop"]
SHRINK_ORDER: Final[tuple[ShrinkClass, ...]] = ("interpunct", "bracket", "comma", "gap", "stop")
"""CLREQ's order of pulling in, after the mark at the line's end (word spaces are at their least already)."""

URL_SEPARATORS: Final = frozenset("/?&=.@_#%:-+~")


@cache
def shrink_class(mark: str) -> ShrinkClass | None:
    """The class under which the blank of `mark` shrinks."""
    if mark in INTERPUNCTS:
        return "interpunct"
    if mark in BRACKETS:
        return "bracket"
    if mark in COMMAS:
        return "comma"
    return "stop" if mark in BLANK_RIGHT else None


def breakable(text: str) -> list[bool]:
    """Where a line may break: element i says whether one may begin at text[i]; the first is always False.

    Western words and numbers stay whole, as do —— and ……; an e-mail address or URL breaks after its separators.
    """
    allowed = [False] * len(text)
    for index in range(1, len(text)):
        left, right = text[index - 1], text[index]
        if right == " " or right in NO_LINE_START or left in NO_LINE_END:
            continue
        if (left in SIGNS and right.isdigit()) or _WIDE_WORD.fullmatch(left + right):
            continue
        allowed[index] = left == " " or fills_cell(left) or fills_cell(right)
    for start, end in _addresses(text):
        for index in range(start + 1, end):
            left, right = text[index - 1], text[index]
            if left in URL_SEPARATORS and right not in URL_SEPARATORS and right not in NO_LINE_START:
                allowed[index] = True
    return allowed


def is_forbidden_break(text: str, index: int) -> bool:
    """Whether a line beginning at text[index] would begin or end with a forbidden character."""
    return text[index] in NO_LINE_START or text[index - 1] in NO_LINE_END


def shared_blank(left: str, right: str, half_quotes: bool) -> bool:
    """Whether two adjacent full-width marks, one of them a bracket or quote, share half a cell of blank."""
    if half_quotes and (left in QUOTES or right in QUOTES):
        return False
    if left in BLANK_RIGHT:
        return right in BRACKETS or (left in BRACKETS and right in BLANK_RIGHT)
    return left in BLANK_LEFT and right in BLANK_LEFT


def _addresses(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` that are e-mail addresses or URLs."""
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    found = []
    start = 0
    for index in range(len(text) + 1):
        if index == len(text) or text[index] == " " or fills_cell(text[index]):
            word = text[start:index]
            if "@" in word or "://" in word or word.startswith("www."):
                found.append((start, index))
            start = index + 1
    return found
