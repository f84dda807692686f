"""A Layout in, a PDF out: ReportLab's canvas, drawing what layout decided and nothing else.

Each face is subset by HarfBuzz and embedded whole as one CID font (`authoring.renderers.pdf_fonts`), so that every glyph is
placed by its own number and every character, beyond the BMP too, copies out as it went in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from authoring.attachment import Attachment
from authoring.diagnostics import NodePath
from authoring.layout.document import Colour, Layout, Link, Page, Stroke, TextRun
from authoring.model import Issue
from authoring.renderers.pdf_attachment import attach
from authoring.renderers.pdf_fonts import EmbeddedFont, embed_fonts
from authoring.wording import document_properties

CREATOR = "authoring"
BOLD_STROKE = 1 / 32
"""Width of the outline that makes a face without a bold cut heavier, in ems."""


def render(layout: Layout, source: Attachment | None = None) -> bytes:
    """The PDF of `layout`: the same bytes for the same layout, dated with the issue's own date; `source` is attached to
    it."""
    page_size = (layout.page_style.width.pt, layout.page_style.height.pt)
    out = BytesIO()
    with _undisturbed():
        canvas = Canvas(
            out,
            pagesize=page_size,
            invariant=1,
            pageCompression=1,
            initialFontName="",
            lang="zh-CN",
            pdfVersion=(1, 7),
        )
        canvas._preamble = ""  # ReportLab's would select Helvetica, which then stands in the file unembedded
        _describe(canvas, layout)
        fonts = embed_fonts(canvas._doc, layout.pages)
        for page in layout.pages:
            _draw_page(canvas, page, page_size[1], fonts)
            _add_destinations(canvas, layout, page.number, page_size[1])
            canvas.showPage()
        for entry in layout.contents:
            canvas.addOutlineEntry(entry.text, _key(entry.path), entry.level - 1)
        if layout.contents:
            canvas.showOutline()
        canvas.addPageLabel(0, style="ARABIC", start=1)
        if source is not None:
            attach(canvas._doc, source, _date(layout.issue))
        canvas.save()
    return out.getvalue()


def _describe(canvas: Canvas, layout: Layout) -> None:
    issue = layout.issue
    properties = document_properties(issue, layout.publication)
    canvas.setTitle(properties.title)
    canvas.setAuthor(properties.author)
    canvas.setSubject(properties.subject)
    canvas.setKeywords(properties.keywords)
    canvas.setCreator(CREATOR)
    canvas.setProducer(CREATOR)
    canvas.setDateFormatter(lambda *_: _date(issue))
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _date(issue: Issue) -> str:
    """The issue's own date as PDF writes one: midnight in Beijing."""
    return f"D:{issue.date:%Y%m%d}000000+08'00'"


def _draw_page(canvas: Canvas, page: Page, height: float, fonts: dict[int, EmbeddedFont]) -> None:
    code: list[str] = canvas._code
    colour: Colour | None = None
    for item in page.items:
        if isinstance(item, Link):
            left, top = item.x.pt, height - item.y.pt
            rect = (left, top - item.height.pt, left + item.width.pt, top)
            canvas.linkAbsolute("", _key(item.target), rect)
            continue
        if item.colour != colour:
            colour = item.colour
            red, green, blue = (_number(part) for part in colour)
            code.append(f"{red} {green} {blue} rg {red} {green} {blue} RG")
        code.append(
            _text(item, height, fonts[id(item.face)]) if isinstance(item, TextRun) else _stroke(item, height)
        )


def _text(run: TextRun, height: float, font: EmbeddedFont) -> str:
    """The operators that draw `run`: one text object, each glyph followed by what its advance differs by."""
    size = run.size.pt
    scale = run.stretch
    unit = run.size * scale / 1000
    codes, widths = font.codes, font.widths
    parts: list[str] = []
    late = 0.0  # how far the pen stands beyond where the next glyph belongs, in 1/1000 of the scaled size
    for char, advance in zip(run.text, run.advances, strict=True):
        parts.append(codes[char])
        late += widths[char] - advance / unit
        correction = round(late)
        if correction:
            late -= correction
            parts.append(f">{correction}<")
    shown = f"[<{''.join(parts)}>]TJ".replace("<>", "")
    stretch = f"{_number(scale * 100)} Tz " if scale != 1 else ""
    bold = f"2 Tr {_number(size * BOLD_STROKE)} w " if run.bold else ""
    text = (
        f"BT /{font.name} {_number(size)} Tf {stretch}{bold}"
        f"1 0 0 1 {_number(run.x.pt)} {_number(height - run.y.pt)} Tm {shown} "
        f"{'100 Tz ' if stretch else ''}{'0 Tr ' if bold else ''}ET"
    )
    if font.is_ambiguous(run.text):
        actual = "FEFF" + run.text.encode("utf-16-be").hex().upper()
        return f"/Span <</ActualText <{actual}>>> BDC {text} EMC"
    return text


def _stroke(stroke: Stroke, height: float) -> str:
    """The operators that draw a rule."""
    line = (
        f"{_number(stroke.x1.pt)} {_number(height - stroke.y1.pt)} m "
        f"{_number(stroke.x2.pt)} {_number(height - stroke.y2.pt)} l S"
    )
    return f"{_number(stroke.width.pt)} w {line}"


def _add_destinations(canvas: Canvas, layout: Layout, page: int, height: float) -> None:
    for entry in layout.contents:
        if entry.page == page:
            canvas.bookmarkHorizontalAbsolute(_key(entry.path), height - entry.y.pt)


def _key(path: NodePath) -> str:
    return ".".join(str(part) for part in path)


def _number(value: float) -> str:
    """A number as PDF writes it: at most three decimals, no trailing zeros, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


_CLOCK = "SOURCE_DATE_EPOCH"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """ReportLab's streams as they are, not in ASCII 85, and no date of the environment's in the file's identifier. Both
    of these switches are global, so they are put back."""
    before, clock = rl_config.useA85, os.environ.pop(_CLOCK, None)
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before
        if clock is not None:
            os.environ[_CLOCK] = clock
