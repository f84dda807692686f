"""Signs that a line of text gives of itself: brackets, numbers of issues and pages, dates, sentences that are complete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from authoring.importers.dates import DATE
from authoring.importers.document import Sourced
from authoring.inline import plain

BRACKETED = re.compile(r"(?:\*\*)?[【［\[〔〖]\s*(?P<name>[^】］\]〕〗]{1,24}?)\s*[】］\]〕〗](?:\*\*)?")
_FURNITURE = re.compile(
    r"[─━═—–\-_=＿*·.]{3,}|"
    r"\d{1,3}\s*/\s*\d{1,3}|"
    r"[—–\-－―一·]{1,2}\s*\d{1,3}\s*[—–\-－―一·]{1,2}|第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?"
)
_NUMBER_LINE = re.compile(
    r"[（(]?\s*(?:\d{4}\s*年\s*)?(?:增刊|特刊|专刊)?\s*第\s*(?:[0-9０-９]{1,5}|[〇一二三四五六七八九十百]{1,6})\s*[期号]\s*[）)]?"
    r"\s*(?:[（(]?\s*总\s*第?\s*\d{1,5}\s*期\s*[）)]?)?"
)
_DATE = re.compile(rf"[（(]?\s*{DATE}\s*[）)]?(?:\s*印[发制])?")
COPY_NUMBER: Final = r"(?:№|No\.?|编号[:：]?|份号[:：]?)?\s*[0-9]{4,8}"
_ORNAMENT: Final = "◎●○◆◇■□★☆▲△▪▫※【】［］[]〔〕〖〗<>《》-—–·* \t\u3000"
_ORDINAL = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,3}[）)])\s*")
_PAGE: Final = r"(?:[Pp]\.?\s*|第\s*)?\d{1,3}(?:\s*页)?"
_LEADER = re.compile(
    rf"(?:\s*[.．…·⋯‥。_—\-]{{2,}}\s*|\s*\t\s*|\s{{2,}}|\s*[/／|]\s*|\s+(?=[（(Pp第]))[（(]?\s*{_PAGE}\s*[）)]?\s*$"
    rf"|(?<=[^\W\d]|[》”）]) +\d{{1,3}}\s*$|\s*[（(]\s*{_PAGE}\s*[）)]\s*$"
)
_CONTENTS_TITLES = frozenset(
    {
        "本期要点",
        "本期导读",
        "本期目录",
        "本期内容",
        "本期看点",
        "要点",
        "目录",
        "导读",
        "要目",
        "本期要目",
        "内容提要",
    }
)
_GAPS = re.compile(rf"[ \u3000]*\t\s*|[ \u3000]{{2,}}|\u3000|(?<=\S) (?={DATE})")
NAMED: Final = 0.7
"""Two names as alike as this are one body, misspelt."""
MOST_NAME: Final = 40
_STOPS = "。！？；：…!?;:"
_CLOSERS = "”’）》」』】）)\"'"
_ASIDE = re.compile(r"[（(][^（）()。]{1,40}[）)]$")
"""（完）, （张三） behind the last stop."""
_SQUEEZED = re.compile(r"[\s【】［］\[\]〔〕〖〗*|]+")


def squeezed(text: str) -> str:
    """`text` for comparing: without white space, markup and the brackets of a section."""
    return _SQUEEZED.sub("", plain(text))


def is_furniture(text: str) -> bool:
    """A page number, or a rule drawn with characters."""
    return _FURNITURE.fullmatch(text.strip()) is not None


def likeness(text: str, others: Iterable[str]) -> float:
    """How like `text` is to the nearest of `others`, from 0 to 1; of two that share little by their length, not looked at."""
    matcher = SequenceMatcher(None, "", text, autojunk=False)
    best = 0.0
    for other in others:
        if 2 * min(len(text), len(other)) <= best * (len(text) + len(other)):
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() > best:
            best = max(best, matcher.ratio())
    return best


def is_contents_title(text: str) -> bool:
    """本期要点 and the like, alone on its line."""
    return squeezed(text).rstrip(":：") in _CONTENTS_TITLES


def is_number_line(text: str) -> bool:
    """第50期, 第50期（总第120期）."""
    return _NUMBER_LINE.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """2025年10月13日, 2025年10月13日印发."""
    return _DATE.fullmatch(text.strip()) is not None


def section_name(content: Sourced) -> Sourced:
    """A section's header without its brackets, ornaments and number: 【部委动态】, ◎ 部委动态 ◎, 一、部委动态."""
    bare = content.strip(_ORNAMENT)
    ordinal = _ORDINAL.match(bare.text)
    return bare.cut(ordinal.end()).strip(_ORNAMENT) if ordinal else bare


def bare_name(text: str) -> str:
    """`section_name` of a text, squeezed."""
    bare = text.strip(_ORNAMENT)
    return squeezed(_ORDINAL.sub("", bare, count=1) if _ORDINAL.match(bare) else bare)


def cut_leader(content: Sourced) -> Sourced:
    """A line of the contents without the dots and the page number at its end."""
    match = _LEADER.search(content.text)
    return content.cut(0, match.start()) if match else content


def is_complete(text: str) -> bool:
    """Whether a paragraph that reads so is finished: a stop at its end, or one before closing quotes and brackets."""
    bare = _ASIDE.sub("", text.rstrip(" \t\u3000*"))
    closed = bare.rstrip(_CLOSERS)
    if not bare:
        return True
    return bare[-1] in _STOPS or (closed != bare and closed[-1:] in _STOPS and closed[-1:] != "")


def spaced(content: Sourced) -> Sourced:
    """`content` with every wide gap (tabs, two spaces and more, a full-width space) as one tab."""
    result = content.strip()
    for match in reversed(list(_GAPS.finditer(result.text))):
        gap = result.cut(match.start(), match.start() + 1).typed("\t")
        result = result.cut(0, match.start()).join(gap).join(result.cut(match.end()))
    return result
