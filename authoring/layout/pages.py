"""An issue onto pages: body flow, page breaks, contents, imprint, page numbers. The door is `lay_out`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from authoring import style as st
from authoring.diagnostics import Finding, NodePath, UnsettableText
from authoring.fonts import FontSet
from authoring.inline import Run, headline_lines, headline_text, plain
from authoring.layout import cover
from authoring.layout.breaks import Breaks, LineBreak, Recorded
from authoring.layout.coverage import check_characters
from authoring.layout.document import ContentsEntry, Layout, Page, PageItem, Stroke, TextRun
from authoring.layout.headlines import HeadlineBreak, break_headline
from authoring.layout.imprint import set_imprint
from authoring.layout.lines import Line
from authoring.layout.remarks import headline_break, imprint_page, section_moved, single_character_line
from authoring.layout.room import long_lines, tall_blocks
from authoring.layout.typesetter import Typesetter, draw
from authoring.model import Issue, Item, Publication
from authoring.style import PAGE, Length, Role, TextStyle
from authoring.wording import body_paragraphs, folio, section_header


class Strip(NamedTuple):
    """One line of the body on its way to a page.

    number, total: which line of the paragraph at `path` it is, of how many. before, after: blank above (dropped where the
    strip opens a page) and below. keep: stays on the page of the next strip. entry: the section or item that begins here.
    """

    line: Line
    style: TextStyle
    path: NodePath
    number: int
    total: int
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


def lay_out(issue: Issue, publication: Publication, fonts: FontSet, recorded: Breaks | None = None) -> Layout:
    """Set `issue` into pages.

    publication: the issue's publication; the issue's overrides are applied here. recorded: the breaks of an earlier
    setting (its `Layout.breaks`), which are kept wherever the text still has them and the page has the room. Raises
    UnsettableText with every character that no font has, or with every text that has no room.
    """
    publication = publication.for_issue(issue)
    findings = check_characters(issue, publication, fonts)
    setter = Typesetter(fonts, publication.typesetting, recorded)
    _refuse(long_lines(setter, publication))
    head, top = cover.masthead(setter, issue, publication)
    title, top = cover.contents_title(setter, publication, top)
    imprint, imprint_height = set_imprint(setter, issue, publication)
    _refuse(tall_blocks(top, imprint_height))
    contents = cover.place_contents(cover.contents_lines(setter, issue, publication), top, recorded)
    first_page = len(contents) + 1

    headlines: dict[NodePath, tuple[str, ...]] = {}
    strips = list(_body(setter, issue, publication, headlines, findings))
    record = Recorded(recorded, first_page, ("sections",))
    sheets, entries, placed = _paginate(strips, first_page, record, findings)
    _add_imprint(imprint, imprint_height, sheets, record.imprint_begins(first_page + len(sheets) - 1))
    last_page = first_page + len(sheets) - 1
    findings += imprint_page(publication, last_page)

    by_path = {entry.path: entry for entry in entries}
    pages = []
    for number, entry_lines in enumerate(contents, 1):
        items = (head + title if number == 1 else []) + cover.contents_items(setter, entry_lines, by_path)
        pages.append(Page(number, tuple(items + (_folio(setter, number) if number > 1 else []))))
        placed += [(cover.listed(line.path), number) for line, _ in entry_lines]
    for number, sheet in enumerate(sheets, first_page):
        pages.append(Page(number, tuple(sheet.items + _folio(setter, number))))
    if publication.typesetting.avoid_single_character_line:
        findings += single_character_line(pages)
    breaks = _breaks(setter.line_ends.chosen, placed, last_page)
    return Layout(issue, publication, PAGE, tuple(pages), entries, headlines, tuple(findings), breaks)


def _breaks(
    ends: dict[NodePath, tuple[int, ...]], placed: list[tuple[NodePath, int]], imprint: int
) -> Breaks:
    """The breaks, from the line ends of every paragraph and the page of every line that flows; what does not flow stands
    on the cover or in the imprint."""
    pages: dict[NodePath, list[int]] = {}
    for path, page in placed:
        pages.setdefault(path, []).append(page)
    lines = {}
    for path, stops in ((path, stops) for path, stops in ends.items() if stops):
        fixed = [imprint if path[0] == "imprint" else 1] * len(stops)
        lines[path] = tuple(map(LineBreak, stops, pages.get(path, fixed)))
    return Breaks(lines, imprint)


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
        name_path = (*path, "name")
        set_name = setter.lines(name, PAGE.text_width, name_path)
        for index, line in enumerate(set_name):
            before = st.SECTION_BEFORE if index == 0 else st.ZERO
            entry = (1, plain(section.name)) if index == 0 else None
            place = (index, len(set_name), PAGE.left, before)
            yield Strip(line, st.SECTION, name_path, *place, keep=True, entry=entry)
        for position, item in enumerate(section.items):
            item_path = (*path, "items", position)
            lines = set_headline(setter, item, item_path, publication, findings)
            headlines[(*item_path, "headline")] = tuple(text for text, _ in lines)
            for index, (_, line) in enumerate(lines):
                yield Strip(
                    line,
                    st.HEADLINE,
                    (*item_path, "headline"),
                    index,
                    len(lines),
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
    lines = setter.lines(setter.measured(runs, style), PAGE.text_width, path, st.INDENT)
    for index, line in enumerate(lines):
        yield Strip(line, style, path, index, len(lines), PAGE.left, keep=keep)


def set_headline(
    setter: Typesetter, item: Item, item_path: NodePath, publication: Publication, findings: list[Finding]
) -> list[tuple[str, Line]]:
    """The headline's lines: broken where the editor said, and at words where a part is still too wide."""
    path = (*item_path, "headline")
    parts = [setter.paragraph(part, st.HEADLINE) for part in headline_lines(item.headline)]
    broken: list[HeadlineBreak] = []

    def decide() -> tuple[int, ...]:
        broken.extend(break_headline(part, PAGE.text_width, publication.vocabulary) for part in parts)
        starts = accumulate((len(part.text) for part in parts), initial=0)
        return tuple(start + end for start, one in zip(starts, broken, strict=False) for end in one.ends)

    text = "".join(part.text for part in parts)
    ends = setter.line_ends.choose(path, text, decide)
    texts = [text[start:end] for start, end in pairwise((0, *ends))]
    lines = [(line, setter.single_line(line.strip(" "), st.HEADLINE)) for line in texts]
    findings += headline_break(path, len(lines), cuts_word=any(one.cuts_word for one in broken))
    return lines


def _paginate(
    strips: list[Strip], first_page: int, record: Recorded, findings: list[Finding]
) -> tuple[list[_Sheet], tuple[ContentsEntry, ...], list[tuple[NodePath, int]]]:
    """Strips onto pages; also where sections and items begin, and the page of every line of every paragraph."""
    sheets = [_Sheet()]
    entries: list[ContentsEntry] = []
    placed: list[tuple[NodePath, int]] = []
    for index, strip in enumerate(strips):
        page = first_page + len(sheets) - 1
        if not sheets[-1].empty and _begins_page(strips, index, sheets[-1], page, record):
            if strip.entry is not None and strip.entry[0] == 1 and _fits([strip], sheets[-1]):
                findings += section_moved(strip.path, strip.entry[1], page)
            sheets.append(_Sheet())
            page += 1
        _put(strip, sheets[-1], page, entries)
        placed.append((strip.path, page))
    return sheets, tuple(entries), placed


def _begins_page(strips: list[Strip], index: int, sheet: _Sheet, page: int, record: Recorded) -> bool:
    """Whether strip number `index` goes to the page after `page`, on which `sheet` is being filled.

    As recorded, where it is. Else a chain of kept strips and the one after it move together, unless no page could hold
    them.
    """
    strip = strips[index]
    wanted = record.begins(strip.path, strip.number, strip.total, page)
    last = index
    if wanted is None and (index == 0 or not strips[index - 1].keep):
        while strips[last].keep and last + 1 < len(strips):
            last += 1
    return wanted or not _fits(strips[index : last + 1], sheet)


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


def _add_imprint(items: list[PageItem], height: Length, sheets: list[_Sheet], apart: bool) -> None:
    """Put the imprint on the bottom of the last page, or of one more where it stands `apart` or that page is too full
    (7.4.1)."""
    if apart or sheets[-1].y + st.IMPRINT_BEFORE + height > PAGE.text_height:
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
