"""A Layout in, its pages as text out: one line a line set, with place, style and how full it is. For golden files."""

from __future__ import annotations

from itertools import groupby

from authoring.attachment import Attachment
from authoring.layout.document import Layout, PageItem, Stroke, TextRun
from authoring.style import Length


def render(layout: Layout, source: Attachment | None = None) -> bytes:
    """Every page of `layout` in UTF-8: height and left edge of each line in points, width in points, size, text.

    A trace carries no `source`.
    """
    lines: list[str] = []
    for page in layout.pages:
        lines.append(f"=== {page.number}")
        drawn = (item for item in page.items if isinstance(item, (TextRun, Stroke)))
        for key, group in groupby(drawn, key=_place):
            lines.append(_row(key, list(group)))
    return ("\n".join(lines) + "\n").encode()


def _place(item: PageItem) -> tuple[str, int, object]:
    """Items of one line of one paragraph stand together."""
    if isinstance(item, Stroke):
        return ("rule", item.y1, item.x1)
    assert isinstance(item, TextRun)
    return ("text", item.y, item.path)


def _row(key: tuple[str, int, object], items: list[PageItem]) -> str:
    first = items[0]
    if isinstance(first, Stroke):
        return f"{first.y1.pt:7.2f} {first.x1.pt:7.2f} {Length(first.x2 - first.x1).pt:7.2f} ---- {first.width.pt:.2f}pt"
    runs = [item for item in items if isinstance(item, TextRun)]
    width = Length(runs[-1].x + sum(runs[-1].advances) - runs[0].x)
    text = "".join(f"**{run.text}**" if run.bold else run.text for run in runs)
    return f"{runs[0].y.pt:7.2f} {runs[0].x.pt:7.2f} {width.pt:7.2f} {runs[0].size.pt:4.0f} {text}"
