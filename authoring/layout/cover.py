"""The cover: masthead, number, issuers and date, red rule, contents (报头 and 本期要点)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from authoring import style as st
from authoring.diagnostics import NodePath
from authoring.inline import headline_text, plain
from authoring.layout.breaks import Breaks, Recorded
from authoring.layout.document import ContentsEntry, Link, PageItem, Stroke, TextRun
from authoring.layout.typesetter import Typesetter, draw
from authoring.model import Issue, Publication
from authoring.style import PAGE, Length, TextStyle
from authoring.wording import chinese_date, number_line

NUMBER_ROOM = 3
"""Cells kept free at the right of a contents line for the page number, so that no number can change a line's break
(and the contents, which need the page numbers, need no second pass)."""

LEADER = "…"
"""The dotted leader is text, so that whoever copies the contents gets name and number on one line."""
_BULLET_GAP = st.CELL // 2


class CoverLine(NamedTuple):
    """A line of the contents: its items relative to the line's top, and the section whose page it shows.

    number, total: which line of its entry it is, of how many.
    """

    items: tuple[TextRun, ...]
    pitch: Length
    path: NodePath
    leader_from: int | None
    style: TextStyle
    number: int
    total: int


def masthead(setter: Typesetter, issue: Issue, publication: Publication) -> tuple[list[PageItem], Length]:
    """The items of the masthead, and the height at which the contents may begin."""
    head = publication.masthead
    items: list[PageItem] = []
    left, right = PAGE.left, PAGE.right_edge
    if head.classification:
        line = setter.single_line(plain(head.classification), st.CLASSIFICATION)
        items += draw(line, left, PAGE.top, st.CLASSIFICATION, ("masthead", "classification"))
    if head.copy_number:
        line = setter.single_line(plain(head.copy_number), st.COPY_NUMBER)
        items += draw(line, right - line.width, PAGE.top, st.COPY_NUMBER, ("masthead", "copy_number"))

    y = PAGE.top + st.MASTHEAD_TOP
    title_style = _fitted(setter, plain(head.title), st.MASTHEAD)
    title = setter.single_line(plain(head.title), title_style)
    items += draw(title, _centred(title.width), y, title_style, ("masthead", "title"), st.RED)
    y += title_style.pitch + st.NUMBER_LINE_BEFORE
    number = setter.paragraph(number_line(issue, publication), st.NUMBER_LINE)
    for line in setter.lines(number, PAGE.text_width, ("masthead", "number_line")):
        items += draw(line, _centred(line.width), y, st.NUMBER_LINE, ("masthead", "number_line"))
        y += st.NUMBER_LINE.pitch

    y += st.ISSUERS_BEFORE
    date = setter.single_line(chinese_date(issue.date), st.ISSUERS)
    room = PAGE.text_width - date.width - st.ISSUERS.em
    for index, issuer in enumerate(head.issuers):
        path: NodePath = ("masthead", "issuers", index)
        for line in setter.lines(setter.paragraph(issuer, st.ISSUERS), room, path):
            items += draw(line, left, y, st.ISSUERS, path)
            y += st.ISSUERS.pitch
    if not head.issuers:
        y += st.ISSUERS.pitch
    items += draw(date, right - date.width, y - st.ISSUERS.pitch, st.ISSUERS, ("date",))
    y += st.RED_RULE_GAP - (st.ISSUERS.pitch - st.ISSUERS.size) // 2
    items.append(Stroke(left, Length(y), right, Length(y), st.RED_RULE, st.RED))
    return items, Length(y + st.CONTENTS_BEFORE)


def contents_title(
    setter: Typesetter, publication: Publication, top: Length
) -> tuple[list[PageItem], Length]:
    """The title of the contents at `top`, and the height at which their first line may begin."""
    title = setter.single_line(plain(publication.contents.title), st.CONTENTS_TITLE)
    items = draw(title, _centred(title.width), top, st.CONTENTS_TITLE, ("contents", "title"))
    return list(items), Length(top + st.CONTENTS_TITLE.pitch + st.CONTENTS_AFTER)


def contents_lines(setter: Typesetter, issue: Issue, publication: Publication) -> list[CoverLine]:
    """A line a section (its page number is drawn later) and under it each headline behind the bullet."""
    result: list[CoverLine] = []
    style = st.CONTENTS_SECTION
    for number, section in enumerate(issue.sections):
        path: NodePath = ("sections", number)
        set_lines = setter.lines(
            setter.paragraph(section.name, style),
            PAGE.text_width - NUMBER_ROOM * style.em,
            listed(path),
        )
        for index, line in enumerate(set_lines):
            leader = PAGE.left + line.width if line is set_lines[-1] else None
            items = tuple(draw(line, PAGE.left, 0, style, path))
            result.append(CoverLine(items, style.pitch, path, leader, style, index, len(set_lines)))
        for position, item in enumerate(section.items):
            result += _item_lines(
                setter, publication.contents.bullet, item.headline, (*path, "items", position)
            )
    return result


def listed(path: NodePath) -> NodePath:
    """What breaks call the entry of the contents for the node at `path`."""
    return ("contents", *path)


def place_contents(
    lines: Sequence[CoverLine], top: Length, recorded: Breaks | None = None
) -> list[list[tuple[CoverLine, Length]]]:
    """The lines of the contents on pages: the first begins at `top` on the cover, the others at their top.

    The lines of one entry stay together, and a section's with those of its first item, unless `recorded` knows better.
    """
    pages: list[list[tuple[CoverLine, Length]]] = [[]]
    y = int(top)
    record = Recorded(recorded, 1, ("contents",))
    for group in _kept_together(lines):
        for line in group:
            wanted = record.begins(listed(line.path), line.number, line.total, len(pages))
            together = group if wanted is None and line is group[0] else [line]
            full = y + sum(one.pitch for one in together) > PAGE.bottom_edge
            if (wanted or full) and y > PAGE.top:
                pages.append([])
                y = PAGE.top
            pages[-1].append((line, Length(y)))
            y += line.pitch
    return pages


def _kept_together(lines: Sequence[CoverLine]) -> list[list[CoverLine]]:
    groups: list[list[CoverLine]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        follows = before is not None and (before.path == line.path or line.path[:2] == before.path)
        if follows:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def contents_items(
    setter: Typesetter, placed: Sequence[tuple[CoverLine, Length]], entries: dict[NodePath, ContentsEntry]
) -> list[PageItem]:
    """What one page shows of the contents, with leaders, page numbers and links."""
    items: list[PageItem] = []
    for line, top in placed:
        items += [_moved(item, top) for item in line.items]
        if line.leader_from is not None:
            number = setter.single_line(str(entries[line.path].page), line.style)
            x = PAGE.right_edge - number.width
            runs = draw(number, x, top, line.style, line.path)
            items += _leader(setter, line, top, x)
            items += runs
        items.append(Link(PAGE.left, top, PAGE.text_width, line.pitch, line.path))
    return items


def _leader(setter: Typesetter, line: CoverLine, top: Length, end: int) -> list[TextRun]:
    """Dots from the name to the page number that begins at `end`, on a grid that all lines share."""
    assert line.leader_from is not None
    em = st.CONTENTS_ITEM.em
    free = -(-(PAGE.right_edge - end + em // 4) // em)  # cells at the right that the number needs
    right = PAGE.right_edge - free * em
    count = max(0, (right - line.leader_from - em // 4) // em)
    dots = setter.single_line(LEADER * count, st.CONTENTS_ITEM)
    return draw(dots, right - count * em, top, st.CONTENTS_ITEM, line.path)


def _item_lines(setter: Typesetter, bullet: str, headline: str, path: NodePath) -> list[CoverLine]:
    style = st.CONTENTS_ITEM
    mark = setter.single_line(plain(bullet), style)
    inset = mark.width + _BULLET_GAP
    text = setter.paragraph(headline_text(headline), style)
    result = []
    set_lines = setter.lines_without_runt(text, PAGE.text_width - inset, listed(path))
    for number, line in enumerate(set_lines):
        items = draw(line, PAGE.left + inset, 0, style, path)
        if number == 0:
            items = draw(mark, PAGE.left, 0, style, ("contents", "bullet")) + items
        result.append(CoverLine(tuple(items), style.pitch, path, None, style, number, len(set_lines)))
    return result


def _moved(item: TextRun, down: Length) -> TextRun:
    return item._replace(y=Length(item.y + down))


def _centred(width: int) -> Length:
    return Length(PAGE.left + (PAGE.text_width - width) // 2)


def _fitted(setter: Typesetter, text: str, style: TextStyle) -> TextStyle:
    """`style`, smaller where `text` would be wider than the text area."""
    width = setter.single_line(text, style).width
    if width <= PAGE.text_width:
        return style
    size = Length(style.size * PAGE.text_width // width)
    return TextStyle(style.role, size, size, size)
