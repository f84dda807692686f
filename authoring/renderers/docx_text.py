"""Inline text to Word's runs, paragraphs, bookmarks, links and fields.

Word chooses a font by character: Han the East Asian one, ASCII the Latin one. Quotes, dashes, ellipses, ● and the like
belong to both scripts, and go to the Latin font unless their run carries the hint that they are Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from authoring.characters import QUOTES, fills_cell
from authoring.inline import Run, parse
from authoring.renderers.docx_stylesheet import OFFICIAL
from authoring.renderers.docx_xml import Element, t, w

_EITHER_SCRIPT: Final = re.compile(r"[“”‘’]+|[\x80-\u2e7f]")
"""What Word may take for either script (beyond it all is Han, kana, full-width forms); quotes in a row together."""


Fonts = Mapping[str, str]
"""How a stretch of a run finds its font: the attributes of its `w:rFonts`."""

_OWN: Final[Fonts] = {}
"""What Word chooses by itself is right."""
_CHINESE: Final[Fonts] = {"hint": "eastAsia"}
"""Its ambiguous characters are Chinese."""
_HALF_QUOTES: Final[Fonts] = {"eastAsia": OFFICIAL["latin"]}
"""Quotes about half a cell wide, the Latin font's. Said outright: a hint is not heeded by every program."""


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Writes text as runs; half_quotes: “ ” ‘ ’ are the Latin font's, about half a cell wide."""

    half_quotes: bool

    def runs(self, text: str | Iterable[Run], style: str = "", size: int | None = None) -> list[Element]:
        """The `w:r` of `text` (markup is read first).

        style: a character style. size: in half points, where it is not the style's.
        """
        source = parse(text) if isinstance(text, str) else text
        return [
            _run(stretch, fonts, run.bold, style, size)
            for run in _joined(source)
            for stretch, fonts in _stretches(run.text, self.half_quotes)
        ]

    def paragraph(self, style: str, text: str | Iterable[Run]) -> Element:
        """A paragraph of `style` that holds nothing but text."""
        return paragraph(style, *self.runs(text))


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    """A paragraph of `style`; `properties` are what it has beyond its style. Normal needs no mention."""
    named = [w("pStyle", val=style)] if style != "Normal" else []
    own = [*named, *properties]
    return w("p", *([w("pPr", *own)] if own else []), *content)


def tab() -> Element:
    return w("r", w("tab"))


def line_break() -> Element:
    return w("r", w("br"))


def bookmark(name: str, number: int, content: Iterable[Element]) -> list[Element]:
    """`content` as a bookmark. Names that begin with _ are hidden from the editor's list of bookmarks."""
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]


def link(bookmark_name: str, content: Iterable[Element]) -> Element:
    return w("hyperlink", *content, anchor=bookmark_name, history=1)


def field(instruction: str, result: str) -> list[Element]:
    """A field that already shows its result, so that nothing needs updating when the file opens."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", t(f" {instruction} ", "instrText")),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", t(result)),
        w("r", w("fldChar", fldCharType="end")),
    ]


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one weight as one run: a point's number and its text, for instance."""
    last: Run | None = None
    for run in runs:
        if last is not None and last.bold == run.bold:
            last = Run(last.text + run.text, run.bold)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _stretches(text: str, half_quotes: bool) -> Iterator[tuple[str, Fonts]]:
    """`text` cut where the way to its font changes; what is of one script only goes with either neighbour."""
    start, fonts, decided = 0, _OWN, False
    for match in _EITHER_SCRIPT.finditer(text):
        wanted, at = _fonts(match.group(), half_quotes), match.start()
        if wanted is _HALF_QUOTES or (decided and wanted is not fonts):
            if at > start:
                yield text[start:at], fonts
            start = at
        fonts, decided = wanted, True
        if wanted is _HALF_QUOTES:
            yield match.group(), wanted
            start, fonts, decided = match.end(), _OWN, False
    if start < len(text):
        yield text[start:], fonts


def _fonts(chars: str, half_quotes: bool) -> Fonts:
    if half_quotes and chars[0] in QUOTES:
        return _HALF_QUOTES
    return _CHINESE if fills_cell(chars[0]) else _OWN


def _run(text: str, fonts: Fonts, bold: bool, style: str, size: int | None) -> Element:
    properties = []
    if style:
        properties.append(w("rStyle", val=style))
    if fonts:
        properties.append(w("rFonts", **fonts))
    if bold:
        properties.append(w("b"))
    if size is not None:
        properties += [w("sz", val=size), w("szCs", val=size)]
    return w("r", *([w("rPr", *properties)] if properties else []), t(text))
