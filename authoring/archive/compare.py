"""Two settings of one issue, compared by page and line; what is recorded of one, compared with how it is set now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from authoring.diagnostics import NodePath
from authoring.layout import Breaks, Layout, TextRun
from authoring.layout.kinsoku import BLANK_RIGHT, HANGING
from authoring.style import PAGE, Length

CONTENTS = "contents"


class Row(NamedTuple):
    """A line as it is set: its page, which line of the page it is (from 1; 0 where only its page is known), its text, and
    how far it stands out of the text area, the mark apart that may hang or be squeezed at its end."""

    page: int
    line: int
    text: str
    beyond: Length


class Difference(NamedTuple):
    """A line that two settings break otherwise: the paragraph, and the line of each (None where it has no more)."""

    path: NodePath
    kept: Row | None
    fresh: Row | None


def differences(recorded: Breaks, kept: Layout, fresh: Layout) -> tuple[Difference, ...]:
    """Every line of `fresh` that is not the same text on the same page as recorded, in the order of `kept`.

    kept: the setting that keeps `recorded`, which holds no text of its own; as far as it could.
    """
    mine, theirs = _as_recorded(recorded, kept), rows(fresh)
    found = []
    for path in dict.fromkeys([*mine, *theirs]):
        for one, other in zip_longest(mine.get(path, ()), theirs.get(path, ())):
            same = one is not None and other is not None and (one.text, one.page) == (other.text, other.page)
            if not same:
                found.append(Difference(path, one, other))
    return tuple(found)


def _as_recorded(recorded: Breaks, kept: Layout) -> dict[NodePath, list[Row]]:
    """The lines of `kept`, each on the page that the record gives it: one that had no room there stands on another."""
    found = rows(kept)
    for path, lines in found.items():
        stops = recorded.lines.get(path, ())
        if not recut(recorded, kept.breaks, path) and len(stops) == len(lines):
            found[path] = [
                row if row.page == stop.page else row._replace(page=stop.page, line=0)
                for row, stop in zip(lines, stops, strict=True)
            ]
    return found


def recut(recorded: Breaks, kept: Breaks, path: NodePath) -> bool:
    """Whether the lines of the paragraph at `path` end elsewhere than recorded, whatever page they are on."""
    ends = ([line.end for line in one.lines.get(path, ())] for one in (recorded, kept))
    return next(ends) != next(ends)


def lost(recorded: Breaks, kept: Breaks) -> tuple[NodePath, ...]:
    """The paragraphs whose recorded breaks could not be kept: their text is read otherwise now, or a page lacks room."""
    paths = dict.fromkeys([*recorded.lines, *kept.lines])
    moved = [path for path in paths if recorded.lines.get(path) != kept.lines.get(path)]
    return tuple(moved if moved or recorded.imprint == kept.imprint else [("imprint",)])


def overfull(layout: Layout) -> Iterator[tuple[NodePath, Row]]:
    """The lines that stand out of the text area, as a line can that is kept although its letters have become wider."""
    for path, lines in rows(layout).items():
        for row in lines:
            if row.beyond > 0:
                yield path, row


def rows(layout: Layout) -> dict[NodePath, list[Row]]:
    """The lines of every paragraph that breaks, by its path in `Layout.breaks`."""
    first_body_page = layout.contents[0].page if layout.contents else 1
    found: dict[NodePath, list[Row]] = {}
    for page in layout.pages:
        runs = [item for item in page.items if isinstance(item, TextRun)]
        heights = {y: number for number, y in enumerate(sorted({int(run.y) for run in runs}), 1)}
        lines: dict[tuple[NodePath, int], list[TextRun]] = {}
        for run in runs:
            listed = page.number < first_body_page and run.path[0] == "sections"
            path = (CONTENTS, *run.path) if listed else run.path
            if path in layout.breaks.lines:
                lines.setdefault((path, int(run.y)), []).append(run)
        for (path, y), line in lines.items():
            found.setdefault(path, []).append(_row(page.number, heights[y], line, path))
    return found


def _row(page: int, line: int, runs: Iterable[TextRun], path: NodePath) -> Row:
    """The runs of one line; of a line of the contents without its leader and page number."""
    text = ""
    right = PAGE.left
    is_section = path[0] == CONTENTS and len(path) == 3
    for run in runs:
        if is_section and not run.text.strip("…"):
            break
        text += run.text
        mark = run.text[-1] in HANGING or run.text[-1] in BLANK_RIGHT
        right = Length(run.x + sum(run.advances) - (run.advances[-1] if mark else 0))
    return Row(page, line, text, Length(right - PAGE.right_edge))
