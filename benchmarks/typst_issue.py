"""An issue as Typst source: the same text on the same page, so that Typst does the same work.

The house format is `house.typ`, as a Typst user would keep it; this module puts the issue's text behind it. The headings
feed Typst's outline, from which it makes the contents with their page numbers and links, and the PDF's bookmarks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from authoring.inline import headline_lines, parse, plain
from authoring.model import Block, Heading, Issue, Item, Points, Publication
from authoring.wording import heading_label

HOUSE = Path(__file__).with_name("house.typ")

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_HEADING_FONTS = {1: "hei", 2: "kai"}


def typst_source(issue: Issue, publication: Publication) -> str:
    """The whole Typst source of `issue`, the issue's overrides of its publication applied."""
    publication = publication.for_issue(issue)
    return HOUSE.read_text(encoding="utf-8") + "\n".join(_issue(issue, publication)) + "\n"


def _issue(issue: Issue, publication: Publication) -> Iterator[str]:
    head, contents = publication.masthead, publication.contents
    gap = "none" if publication.typesetting.han_latin_gap == "none" else "auto"
    number = head.number_line.replace("{number}", str(issue.number))
    cover = (head.title, number, head.issuers, _date(issue.date), contents.title, contents.bullet)
    yield f"#show: house.with(gap: {gap})"
    yield f"#cover({_arguments(cover)})"
    for section in issue.sections:
        yield f"\n= {_text(section.name)}"
        for position, item in enumerate(section.items):
            yield from _item(item, opens_section=position == 0)
    imprint = publication.imprint
    distribution = tuple((entry.label, entry.recipients) for entry in imprint.distribution)
    issuer = imprint.issuer or next(iter(head.issuers), "")
    copies = "none" if imprint.copies is None else str(imprint.copies)
    yield f"\n#imprint({_arguments((distribution, issuer, _date(imprint.date or issue.date)))}, {copies})"


def _item(item: Item, *, opens_section: bool) -> Iterator[str]:
    lines = " \\ ".join(_escape(line) for line in headline_lines(item.headline))
    yield f"\n== {lines}" + (" <opening>" if opens_section else "")
    counts = {1: 0, 2: 0, 3: 0}
    for block in item.body:
        for paragraph in _paragraphs(block, counts):
            yield f"\n{paragraph}"


def _paragraphs(block: Block, counts: dict[int, int]) -> Iterator[str]:
    """The paragraphs of `block`, numbered as the house numbers them; `counts` are the item's headings so far."""
    if isinstance(block, Points):
        for number, point in enumerate(block.points, block.start):
            yield f"（{number}）{_text(point)}"
    elif isinstance(block, Heading):
        counts[block.level] += 1
        counts.update({deeper: 0 for deeper in counts if deeper > block.level})
        label = _escape(heading_label(block.level, counts[block.level]))
        heading = f"{label}{_text(block.heading)}"
        font = _HEADING_FONTS.get(block.level)
        yield (f"#{font}[{heading}]" if font else heading) + _text(block.text or "")
    else:
        yield _text(block)


def _text(source: str) -> str:
    """Inline text as Typst markup."""
    runs = ((_escape(run.text), run.bold) for run in parse(source))
    return "".join(f"#strong[{text}]" if bold else text for text, bold in runs)


def _escape(text: str) -> str:
    """`text` with everything that Typst could take for markup escaped (a mark escaped in vain is itself)."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _arguments(values: Iterable[object]) -> str:
    return ", ".join(_argument(value) for value in values)


def _argument(value: object) -> str:
    """Text as a Typst string, a tuple as an array."""
    if isinstance(value, tuple):
        return "(" + "".join(f"{_argument(part)}, " for part in value) + ")"
    quoted = plain(str(value)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _date(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
