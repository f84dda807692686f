"""What layout hands to the renderers: pages of positioned items, and the facts of the contents. Frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from authoring.diagnostics import Finding, NodePath
from authoring.layout.breaks import Breaks
from authoring.model import Issue, Publication
from authoring.style import Length, PageStyle

if TYPE_CHECKING:
    from authoring.fonts import Face

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)


class TextRun(NamedTuple):
    """Characters of one face on one baseline.

    (x, y): origin of the first glyph from the page's top left corner, y downwards. advances: distance from each glyph's
    origin to the next one's, as long as `text`. stretch: horizontal scaling of the glyphs (a dash that must fill its
    cell). bold: drawn heavier, for faces that have no bold cut.
    """

    x: Length
    y: Length
    text: str
    face: Face
    size: Length
    advances: tuple[int, ...]
    path: NodePath
    colour: Colour = BLACK
    bold: bool = False
    stretch: float = 1.0


class Stroke(NamedTuple):
    """A straight line."""

    x1: Length
    y1: Length
    x2: Length
    y2: Length
    width: Length
    colour: Colour = BLACK


class Link(NamedTuple):
    """A rectangle that leads to the place where the node `target` is set."""

    x: Length
    y: Length
    width: Length
    height: Length
    target: NodePath


PageItem = TextRun | Stroke | Link


class Page(NamedTuple):
    """One page: its number from 1, its items in reading order."""

    number: int
    items: tuple[PageItem, ...]


class ContentsEntry(NamedTuple):
    """Where a section or an item begins: level 1 or 2, its text, its page and the height on it."""

    path: NodePath
    level: int
    text: str
    page: int
    y: Length


class Layout(NamedTuple):
    """An issue set into pages.

    publication: the issue's own, with the issue's overrides applied. headlines: the lines that each item's headline was
    broken into. contents: every section and item in order. findings: what an editor should know of the setting. breaks:
    every line and page break, with which `lay_out` sets the issue alike.
    """

    issue: Issue
    publication: Publication
    page_style: PageStyle
    pages: tuple[Page, ...]
    contents: tuple[ContentsEntry, ...]
    headlines: dict[NodePath, tuple[str, ...]]
    findings: tuple[Finding, ...]
    breaks: Breaks
