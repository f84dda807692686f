"""Layout: an Issue in, pages of positioned items out. Everything is decided here; renderers only draw.

issue ── coverage ── cover ──────────┐
            │                        ├── pages ── Layout
            └── headlines, lines ────┘
"""

from __future__ import annotations

from authoring.layout.breaks import Breaks, LineBreak
from authoring.layout.document import ContentsEntry, Layout, Link, Page, PageItem, Stroke, TextRun
from authoring.layout.pages import lay_out

__all__ = [
    "Breaks",
    "ContentsEntry",
    "Layout",
    "LineBreak",
    "Link",
    "Page",
    "PageItem",
    "Stroke",
    "TextRun",
    "lay_out",
]
