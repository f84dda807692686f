"""The story of a DOCX: cover, sections and imprint as paragraphs of named styles, in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authoring import style as st
from authoring.characters import fills_cell
from authoring.diagnostics import NodePath
from authoring.inline import Run, headline_lines, parse, plain
from authoring.layout.document import Layout, TextRun
from authoring.model import Issue, Item, Publication
from authoring.renderers.docx_styles import (
    COPY_NUMBER,
    IMPRINT_TABLE,
    LABEL_CELLS,
    labelled,
    run_in_style,
    unlabelled,
)
from authoring.renderers.docx_stylesheet import half_points, indent_element
from authoring.renderers.docx_text import TextWriter, bookmark, field, line_break, link, paragraph, tab
from authoring.renderers.docx_xml import Element, w
from authoring.style import PAGE, Length
from authoring.wording import (
    body_paragraphs,
    chinese_date,
    imprint_date,
    imprint_issuer,
    number_line,
    print_run,
    recipients_label,
    section_header,
)

Bookmarks = Mapping[NodePath, tuple[str, int]]
"""Section or item -> name and number of the bookmark on its header or headline."""


def story(layout: Layout) -> Iterator[Element]:
    """Every paragraph and table of the document, without the section properties that end it."""
    writer = TextWriter(half_quotes=layout.publication.typesetting.quotes == "half")
    bookmarks = {entry.path: (_bookmark_name(entry.path), n) for n, entry in enumerate(layout.contents)}
    yield from _masthead(writer, layout.issue, layout.publication)
    yield from _contents(writer, layout, bookmarks)
    yield from _sections(writer, layout, bookmarks)
    yield from _imprint(writer, layout)


def _bookmark_name(path: NodePath) -> str:
    """_Section_1, _Item_1_2: the underscore hides it from the editor's list of bookmarks."""
    positions = [str(part + 1) for part in path if isinstance(part, int)]
    return "_".join(("_Item" if len(positions) > 1 else "_Section", *positions))


def _masthead(writer: TextWriter, issue: Issue, publication: Publication) -> Iterator[Element]:
    head = publication.masthead
    above = Length(0)
    if head.classification or head.copy_number:
        above = st.CLASSIFICATION.pitch
        copy_number = [tab(), *writer.runs(head.copy_number, COPY_NUMBER)] if head.copy_number else []
        yield paragraph("Classification", *writer.runs(head.classification or ""), *copy_number)
    yield _title(writer, head.title, above)
    yield writer.paragraph("NumberLine", number_line(issue, publication))
    issuers = head.issuers or ("",)
    for issuer in issuers[:-1]:
        yield writer.paragraph("Issuer", issuer)
    yield paragraph("Issuer", *writer.runs(issuers[-1]), tab(), *writer.runs(chinese_date(issue.date)))


def _title(writer: TextWriter, title: str, above: Length) -> Element:
    """The masthead's title; smaller than its style where it is too long, less far down where a line stands above it."""
    width = _cells(plain(title)) * st.MASTHEAD.em
    size = (
        half_points(Length(st.MASTHEAD.size * PAGE.text_width / width)) if width > PAGE.text_width else None
    )
    lowered = [w("spacing", before=Length(st.MASTHEAD_TOP - above).twips)] if above else []
    return paragraph("Masthead", *writer.runs(title, size=size), properties=lowered)


def _contents(writer: TextWriter, layout: Layout, bookmarks: Bookmarks) -> Iterator[Element]:
    contents = layout.publication.contents
    yield writer.paragraph("ContentsTitle", contents.title)
    for entry in layout.contents:
        name, _ = bookmarks[entry.path]
        text = writer.runs(entry.text)
        if entry.level == 1:
            number = field(f"PAGEREF {name} \\h", str(entry.page))
            yield paragraph("ContentsSection", link(name, [*text, tab(), *number]))
        else:
            yield paragraph("ContentsItem", *writer.runs(contents.bullet), tab(), link(name, text))


def _sections(writer: TextWriter, layout: Layout, bookmarks: Bookmarks) -> Iterator[Element]:
    for number, section in enumerate(layout.issue.sections):
        path: NodePath = ("sections", number)
        header = bookmark(*bookmarks[path], writer.runs(section_header(section.name)))
        yield paragraph("Section" if number else "FirstSection", *header)
        for position, item in enumerate(section.items):
            item_path = (*path, "items", position)
            lines = layout.headlines.get((*item_path, "headline")) or headline_lines(item.headline)
            headline = bookmark(*bookmarks[item_path], _headline(writer, lines))
            yield paragraph("Headline" if position else "FirstHeadline", *headline)
            yield from _item_body(writer, item)


def _headline(writer: TextWriter, lines: Iterable[str]) -> Iterator[Element]:
    """The lines that layout broke the headline into: their breaks are the same in every output."""
    for number, line in enumerate(lines):
        if number:
            yield line_break()
        yield from writer.runs([Run(line, bold=False)])


def _item_body(writer: TextWriter, item: Item) -> Iterator[Element]:
    """Numbers are text, not Word's own numbering: they survive copying, and every output reads the same.

    A heading that runs into its text stands in a body paragraph, which the navigation pane leaves out.
    """
    for block in body_paragraphs(item):
        style = _BLOCK_STYLES[block.level]
        if not block.heading:
            yield writer.paragraph(style, block.text)
        elif not block.text:
            yield writer.paragraph(style, block.heading)
        else:
            yield paragraph(
                "Normal", *writer.runs(block.heading, run_in_style(style)), *writer.runs(block.text)
            )


_BLOCK_STYLES = {0: "Normal", 1: "ItemHeading1", 2: "ItemHeading2", 3: "ItemHeading3", 4: "Point"}


def _imprint(writer: TextWriter, layout: Layout) -> Iterator[Element]:
    """The imprint as a table that floats at the bottom of the text area of the page its anchor is on (7.4.1).

    The anchor is the document's last paragraph, a point high, so that the imprint follows the text onto whatever page
    it ends on. Where layout gave the imprint a page of its own, the anchor begins a page.
    """
    recipients = list(_recipients(writer, layout.publication))
    issuer = list(_issuer(writer, layout.issue, layout.publication))
    rows = [_row(content) for content in (recipients, issuer) if content]
    yield w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=IMPRINT_TABLE),
            # across from the page's edge, not the margin's: for LibreOffice 7.4 a table of full width floats only so
            w("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=PAGE.left.twips, tblpYSpec="bottom"),
            w("tblOverlap", val="never"),
            w("tblW", w=PAGE.text_width.twips, type="dxa"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", w("gridCol", w=PAGE.text_width.twips)),
        *rows,
    )
    own_page = [w("pageBreakBefore")] if _imprint_is_alone(layout) else []
    yield paragraph("ImprintAnchor", properties=own_page)


def _imprint_is_alone(layout: Layout) -> bool:
    """Whether nothing of the body stands on the last page."""
    texts = [item for item in layout.pages[-1].items if isinstance(item, TextRun)]
    return bool(texts) and not any(text.path[0] == "sections" for text in texts)


def _row(content: Iterable[Element]) -> Element:
    cell = w("tc", w("tcPr", w("tcW", w=PAGE.text_width.twips, type="dxa")), *content)
    return w("tr", w("trPr", w("cantSplit")), cell)


def _recipients(writer: TextWriter, publication: Publication) -> Iterator[Element]:
    """主送：…, further recipients of one label below the first, all in the column after the colon (7.4.2)."""
    for entry in publication.imprint.distribution:
        label = recipients_label(entry.label)
        cells = _cells(label)
        for position, recipients in enumerate(entry.recipients):
            style = "MoreRecipients" if position else "Recipients"
            indent = (unlabelled if position else labelled)(cells)
            properties = [indent_element(indent)] if cells != LABEL_CELLS else []
            text = parse(recipients) if position else (Run(label, bold=False), *parse(recipients))
            yield paragraph(style, *writer.runs(text), properties=properties)


def _issuer(writer: TextWriter, issue: Issue, publication: Publication) -> Iterator[Element]:
    """Issuer at the left, date 印发 at the right (7.4.3), and below them the print run."""
    issuer, printed = imprint_issuer(publication), imprint_date(issue, publication)
    yield paragraph("ImprintIssuer", *writer.runs(issuer), tab(), *writer.runs(printed))
    if publication.imprint.copies is not None:
        yield writer.paragraph("Copies", print_run(publication.imprint.copies))


def _cells(text: str) -> float:
    """Width of `text` in full-width characters."""
    return sum(1.0 if fills_cell(char) else 0.5 for char in text)
