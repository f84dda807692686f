"""The words that the format says and no editor types: numbers, labels, dates, brackets. One place for every output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from authoring.diagnostics import NodePath
from authoring.inline import Run, headline_text, parse, plain
from authoring.model import Heading, Issue, Item, Points, Publication

_NUMERALS = "〇一二三四五六七八九"


class BodyParagraph(NamedTuple):
    """A paragraph of an item's body as it is set.

    path: its node, from the item. level: 0 text, 1 to 3 a heading (一、 （一） 1.), 4 a point （1） (GB/T 9704 7.3.3).
    heading: label and text of a heading, empty for other paragraphs. text: the body text, a point's label included.
    """

    path: NodePath
    level: int
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


def body_paragraphs(item: Item) -> Iterator[BodyParagraph]:
    """The paragraphs of `item`, numbered: points by their block, headings within the item and their parent heading."""
    counts = {1: 0, 2: 0, 3: 0}
    for index, block in enumerate(item.body):
        path: NodePath = ("body", index)
        if isinstance(block, Points):
            for position, point in enumerate(block.points):
                text = _labelled(f"（{block.start + position}）", point)
                yield BodyParagraph((*path, "points", position), 4, (), text)
        elif isinstance(block, Heading):
            counts[block.level] += 1
            counts |= {deeper: 0 for deeper in counts if deeper > block.level}
            heading = _labelled(heading_label(block.level, counts[block.level]), block.heading)
            yield BodyParagraph((*path, "heading"), block.level, heading, parse(block.text or ""))
        else:
            yield BodyParagraph(
                path, 0, (), parse(block.lstrip("\u3000"))
            )  # typed as an indent, which layout gives


def heading_label(level: int, number: int) -> str:
    """一、 （一） 1. (7.3.3)."""
    return {1: f"{numeral(number)}、", 2: f"（{numeral(number)}）", 3: f"{number}."}[level]


def numeral(number: int) -> str:
    """A number below 100 in Chinese numerals: 十, 十一, 二十一; larger ones in Arabic figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _NUMERALS[tens]) + "十"
    return head + (_NUMERALS[ones] if ones else "")


NUMERALS: Final[Mapping[str, int]] = MappingProxyType({numeral(number): number for number in range(1, 100)})
"""The Chinese numerals below 100, with what they say."""


def chinese_date(date: dt.date) -> str:
    """2025年10月3日: Arabic figures, the full year, no leading zeros (7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def number_line(issue: Issue, publication: Publication) -> str:
    """第50期, or what the publication says for it."""
    return plain(publication.masthead.number_line.replace("{number}", str(issue.number)))


def section_header(name: str) -> str:
    """【部委动态】."""
    return f"【{name}】"


def recipients_label(label: str) -> str:
    """主送：."""
    return f"{plain(label)}："


def imprint_issuer(publication: Publication) -> str:
    """The body at the imprint's left (7.4.3): its own, else the masthead's first issuer."""
    return plain(publication.imprint.issuer or next(iter(publication.masthead.issuers), ""))


def imprint_date(issue: Issue, publication: Publication) -> str:
    """2025年10月13日印发 (7.4.3)."""
    return f"{chinese_date(publication.imprint.date or issue.date)}印发"


def print_run(copies: int) -> str:
    """（共印120份）."""
    return f"（共印{copies}份）"


def folio(number: int) -> str:
    """— 2 — (7.5)."""
    return f"— {number} —"


class DocumentProperties(NamedTuple):
    """What a file says of itself: 创新驱动要参 第50期, its issuers, its headlines, its sections."""

    title: str
    author: str
    subject: str
    keywords: str


def document_properties(issue: Issue, publication: Publication) -> DocumentProperties:
    return DocumentProperties(
        title=f"{plain(publication.masthead.title)} {number_line(issue, publication)}",
        author="、".join(plain(issuer) for issuer in publication.masthead.issuers),
        subject="；".join(
            headline_text(item.headline) for section in issue.sections for item in section.items
        ),
        keywords="、".join(plain(section.name) for section in issue.sections),
    )


def _labelled(label: str, text: str) -> tuple[Run, ...]:
    return (Run(label, bold=False), *parse(text))
