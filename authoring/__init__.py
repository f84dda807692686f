"""authoring: a government briefing from YAML to its printed pages.

    load ───────── lay_out ─────────── render
    YAML → Source  Issue → Layout      Layout → PDF, DOCX, trace

Each stage is a function from frozen values to frozen values:

>>> import authoring
>>> source = authoring.load("samples/050.yaml")                                 # doctest: +SKIP
>>> layout = authoring.lay_out(source.issue, source.publication)                # doctest: +SKIP
>>> pdf = authoring.render(layout, "pdf")                                       # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from authoring.attachment import Attachment
    from authoring.fonts import FontSet
    from authoring.layout.breaks import Breaks
    from authoring.layout.document import Layout
    from authoring.model import Issue, Publication
    from authoring.source import Source

__version__ = "0.1.0"
__all__ = ["find_fonts", "lay_out", "load", "render"]


def load(path: Path | str) -> Source:
    """Read an issue and its publication; see `authoring.source.load`."""
    from authoring.source import load as implementation

    return implementation(path)


def find_fonts(folder: Path | None = None, *, installed: bool = True) -> FontSet:
    """The fonts to set with; see `authoring.fonts.find_fonts`."""
    from authoring.fonts import find_fonts as implementation

    return implementation(folder, installed=installed)


def lay_out(
    issue: Issue, publication: Publication, fonts: FontSet | None = None, recorded: Breaks | None = None
) -> Layout:
    """Set an issue into pages, by default with `find_fonts()`; see `authoring.layout.lay_out`."""
    from authoring.layout import lay_out as implementation

    return implementation(issue, publication, fonts if fonts is not None else find_fonts(), recorded)


def render(layout: Layout, output: str, source: Attachment | None = None) -> bytes:
    """The bytes of one output: "pdf", "docx" or "trace"; see `authoring.renderers.render`."""
    from authoring.renderers import render as implementation

    return implementation(layout, output, source)
