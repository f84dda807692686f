"""The breaks of a set issue: what layout decided, as values that can be kept and given back to it.

Every line that is broken by rule asks `LineEnds` where it ends, and every page asks `Recorded` whether it begins: the one
place for each where a setting that is recorded goes before one that is decided anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from authoring.diagnostics import NodePath


class LineBreak(NamedTuple):
    """A line of a paragraph: where it ends in the paragraph's set text (exclusive), and the page it stands on."""

    end: int
    page: int


class Breaks(NamedTuple):
    """Every break of a set issue.

    lines: of each paragraph its lines; a paragraph's path is its node's, behind "contents" for one on the cover's list.
    imprint: the page that the imprint stands on.
    """

    lines: Mapping[NodePath, tuple[LineBreak, ...]]
    imprint: int


class LineEnds:
    """Chooses where the lines of a paragraph end, and remembers it (`chosen`)."""

    def __init__(self, recorded: Breaks | None = None) -> None:
        self._recorded = recorded
        self.chosen: dict[NodePath, tuple[int, ...]] = {}

    def choose(self, path: NodePath, text: str, decide: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        """The line ends that are recorded for the paragraph at `path`, where they are ends in `text`; else those that
        `decide` finds."""
        recorded = self._recorded.lines.get(path) if self._recorded is not None else None
        ends = tuple(line.end for line in recorded) if recorded is not None else ()
        if not _divides(ends, text):
            ends = decide()
        self.chosen[path] = ends
        return ends


def _divides(ends: tuple[int, ...], text: str) -> bool:
    """Whether `ends` rise through the whole of `text`, no line of it empty."""
    rises = all(earlier < later for earlier, later in pairwise((0, *ends)))
    return bool(ends) and rises and ends[-1] == len(text)


class Recorded:
    """Which lines begin a page according to recorded breaks, on pages that are counted from `first`.

    first: the page on which the part that is set (the contents, the body) begins now.
    """

    def __init__(self, breaks: Breaks | None, first: int, parts: tuple[str, ...]) -> None:
        self._lines = breaks.lines if breaks is not None else {}
        self._imprint = breaks.imprint if breaks is not None else None
        pages = [line.page for path, lines in self._lines.items() if path[0] in parts for line in lines]
        self._shift = first - min(pages) if pages else 0

    def begins(self, path: NodePath, line: int, total: int, page: int) -> bool | None:
        """Whether a page begins with line number `line` (of `total`) of the paragraph at `path`, which would else come
        onto `page`; None where that is not recorded."""
        recorded = self._lines.get(path, ())
        return recorded[line].page + self._shift > page if len(recorded) == total else None

    def imprint_begins(self, page: int) -> bool:
        """Whether the imprint, which would else come onto `page`, has one of its own."""
        return self._imprint is not None and self._imprint + self._shift > page
