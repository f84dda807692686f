"""An issue onto pages: body flow, page breaks, contents, imprint, page numbers. The door is `lay_out`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from authoring import style as st
from authoring.diagnostics import Finding, NodePath, UnsettableText
from authoring.fonts import FontSet
from authoring.inline import Run, headline_lines, headline_text, plain
from authoring.layout import cover
from authoring.layout.coverage import check_characters
from authoring.layout.document import ContentsEntry, Layout, Page, PageItem, Stroke, TextRun
from authoring.layout.headlines import break_headline
from authoring.layout.imprint import set_imprint
from authoring.layout.lines import Line
from authoring.layout.remarks import headline_break, imprint_page
from authoring.layout.room import long_lines, tall_blocks
from authoring.layout.typesetter import Typesetter, draw
from authoring.model import Issue, Item, Publication
from authoring.style import PAGE, Length, Role, TextStyle
from authoring.wording import body_paragraphs, folio, section_header


class Strip(NamedTuple):
    """One line of the body on its way to a page.

    before, after: blank above (dropped where the strip opens a page) and below. keep: stays on the page of the next
    strip. entry: the section or item that begins here.
    """

    line: Line
    style: TextStyle
    path: NodePath
    x: Length
    before: Length = st.ZERO
    after: Length = st.ZERO
    keep: bool = False
    entry: tuple[int, str] | None = None


@dataclass(slots=True)
class _Sheet:
    """A page being filled; y from the top of the text area."""

    items: list[PageItem] = field(default_factory=list)
    y: int = 0
    empty: bool = True


def lay_out(issue: Issue, publication: Publication, fonts: FontSet) -> Layout:
    """Set `issue` into pages.

    publication: the issue's publication; the issue's overrides are applied here. Raises UnsettableText with every
    character that no font has, or with every text that has no room.
    """
    publication = publication.for_issue(issue)
    findings = check_characters(issue, publication, fonts)
    setter = Typesetter(fonts, publication.typesetting)
    _refuse(long_lines(setter, publication))
    head, top = cover.masthead(setter, issue, publication)
    title, top = cover.contents_title(setter, publication, top)
    imprint, imprint_height = set_imprint(setter, issue, publication)
    _refuse(tall_blocks(top, imprint_height))
    contents = cover.place_contents(cover.contents_lines(setter, issue, publication), top)
    first_page = len(contents) + 1

    headlines: dict[NodePath, tuple[str, ...]] = {}
    strips = list(_body(setter, issue, publication, headlines, findings))
    sheets, entries = _paginate(strips, first_page)
    _add_imprint(imprint, imprint_height, sheets)
    findings += imprint_page(publication, first_page + len(sheets) - 1)

    by_path = {entry.path: entry for entry in entries}
    pages = []
    for number, placed in enumerate(contents, 1):
        items = (head + title if number == 1 else []) + cover.contents_items(setter, placed, by_path)
        pages.append(Page(number, tuple(items + (_folio(setter, number) if number > 1 else []))))
    for number, sheet in enumerate(sheets, first_page):
        pages.append(Page(number, tuple(sheet.items + _folio(setter, number))))
    return Layout(issue, publication, PAGE, tuple(pages), entries, headlines, tuple(findings))


def _body(
    setter: Typesetter,
    issue: Issue,
    publication: Publication,
    headlines: dict[NodePath, tuple[str, ...]],
    findings: list[Finding],
) -> Iterator[Strip]:
    """Every line of the body in order."""
    for number, section in enumerate(issue.sections):
        path: NodePath = ("sections", number)
        name = setter.paragraph(section_header(section.name), st.SECTION)
        for index, line in enumerate(setter.lines(name, PAGE.text_width)):
            before = st.SECTION_BEFORE if index == 0 else st.ZERO
            entry = (1, plain(section.name)) if index == 0 else None
            yield Strip(line, st.SECTION, (*path, "name"), PAGE.left, before, keep=True, entry=entry)
        for position, item in enumerate(section.items):
            item_path = (*path, "items", position)
            lines = set_headline(setter, item, item_path, publication, findings)
            headlines[(*item_path, "headline")] = tuple(text for text, _ in lines)
            for index, (_, line) in enumerate(lines):
                yield Strip(
                    line,
                    st.HEADLINE,
                    (*item_path, "headline"),
                    Length(PAGE.left + (PAGE.text_width - line.width) // 2),
                    before=st.HEADLINE_BEFORE if index == 0 and position > 0 else st.ZERO,
                    after=st.HEADLINE_AFTER if index == len(lines) - 1 else st.ZERO,
                    keep=True,
                    entry=(2, headline_text(item.headline)) if index == 0 else None,
                )
            yield from _item_body(setter, item, item_path)


def _item_body(setter: Typesetter, item: Item, item_path: NodePath) -> Iterator[Strip]:
    for block in body_paragraphs(item):
        style = st.HEADINGS.get(block.level, st.BODY)
        runs: list[tuple[Run, Role]] = [(run, style.role) for run in block.heading]
        runs += [(run, st.BODY.role) for run in block.text]
        yield from _strips(setter, runs, style, (*item_path, *block.path), keep=not block.text)


def _strips(
    setter: Typesetter, runs: list[tuple[Run, Role]], style: TextStyle, path: NodePath, *, keep: bool = False
) -> Iterator[Strip]:
    """A body paragraph: first line two characters in, turnovers flush left (7.3.3)."""
    for line in setter.lines(setter.measured(runs, style), PAGE.text_width, st.INDENT):
        yield Strip(line, style, path, PAGE.left, keep=keep)


def set_headline(
    setter: Typesetter, item: Item, item_path: NodePath, publication: Publication, findings: list[Finding]
) -> list[tuple[str, Line]]:
    """The headline's lines: broken where the editor said, and at words where a part is still too wide."""
    path = (*item_path, "headline")
    lines: list[tuple[str, Line]] = []
    cuts_word = False
    for part in headline_lines(item.headline):
        paragraph = setter.paragraph(part, st.HEADLINE)
        broken = break_headline(paragraph, PAGE.text_width, publication.vocabulary)
        cuts_word = cuts_word or broken.cuts_word
        start = 0
        for end in broken.ends:
            text = paragraph.text[start:end]
            lines.append((text, setter.single_line(text.strip(" "), st.HEADLINE)))
            start = end
    findings += headline_break(path, len(lines), cuts_word=cuts_word)
    return lines


def _paginate(strips: list[Strip], first_page: int) -> tuple[list[_Sheet], tuple[ContentsEntry, ...]]:
    """Strips onto pages. A chain of kept strips and the one after it move together, unless no page could hold them."""
    sheets = [_Sheet()]
    entries: list[ContentsEntry] = []
    index = 0
    while index < len(strips):
        last = index
        while strips[last].keep and last + 1 < len(strips):
            last += 1
        chain = strips[index : last + 1]
        if not sheets[-1].empty and not _fits(chain, sheets[-1]):
            sheets.append(_Sheet())
        for strip in chain:
            if not sheets[-1].empty and not _fits([strip], sheets[-1]):
                sheets.append(_Sheet())
            _put(strip, sheets[-1], first_page + len(sheets) - 1, entries)
        index = last + 1
    return sheets, tuple(entries)


def _fits(chain: list[Strip], sheet: _Sheet) -> bool:
    y = sheet.y
    for position, strip in enumerate(chain):
        y += strip.style.pitch + (0 if sheet.empty and position == 0 else strip.before)
        if y > PAGE.text_height:
            return False
        y += strip.after
    return True


def _put(strip: Strip, sheet: _Sheet, page: int, entries: list[ContentsEntry]) -> None:
    sheet.y += 0 if sheet.empty else strip.before
    sheet.empty = False
    top = PAGE.top + sheet.y
    if strip.entry is not None:
        level, text = strip.entry
        entries.append(ContentsEntry(strip.path[:-1], level, text, page, Length(top)))
    sheet.items += draw(strip.line, strip.x, top, strip.style, strip.path)
    sheet.y += strip.style.pitch + strip.after


def _refuse(misfits: list[Finding]) -> None:
    if misfits:
        raise UnsettableText(misfits)


def _add_imprint(items: list[PageItem], height: Length, sheets: list[_Sheet]) -> None:
    """Put the imprint on the bottom of the last page, or of one more where that page is too full (7.4.1)."""
    if sheets[-1].y + st.IMPRINT_BEFORE + height > PAGE.text_height:
        sheets.append(_Sheet())
    top = PAGE.bottom_edge - height
    for item in items:
        if isinstance(item, TextRun):
            sheets[-1].items.append(item._replace(y=Length(item.y + top)))
        elif isinstance(item, Stroke):
            sheets[-1].items.append(item._replace(y1=Length(item.y1 + top), y2=Length(item.y2 + top)))


def _folio(setter: Typesetter, number: int) -> list[PageItem]:
    """— 2 —: odd pages right, even pages left, one character in; the dash 7 mm below the text area (7.5)."""
    line = setter.single_line(folio(number), st.FOLIO)
    x = PAGE.right_edge - st.FOLIO_INSET - line.width if number % 2 else PAGE.left + st.FOLIO_INSET
    top = PAGE.bottom_edge + st.FOLIO_GAP - st.FOLIO.size // 2  # the dash stands half a character down
    return list(draw(line, x, top, st.FOLIO, ("folio",)))
