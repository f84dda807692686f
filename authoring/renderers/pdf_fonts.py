"""Faces into a PDF: one HarfBuzz subset a face, as a CID-keyed TrueType font with a complete ToUnicode map.

ReportLab's own TrueType support splits a face into many fonts of 256 glyphs and writes wrong Unicode maps beyond the BMP;
the objects here are built with its PDF object classes instead (ISO 32000-1, 9.7.4 CIDFonts, 9.10.3 ToUnicode).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from authoring.fonts import Face
from authoring.layout.document import Page, TextRun

ASCENT, DESCENT, CAP_HEIGHT = 880, -120, 700
"""The same for every face, in thousandths of an em: the fonts' own values differ wildly, one has the wrong sign."""

_ROWS_A_BLOCK = 100
"""A CMap block holds at most 100 rows (Adobe Technical Note 5411)."""

_FONT_COMPRESSION = 1
"""Outlines hardly compress: zlib's higher levels save 5 % of the file for two thirds of the time."""


@dataclass(slots=True)
class EmbeddedFont:
    """A face in the PDF. name: its resource name. codes: a character's glyph as four hex digits. widths: in 1/1000 em."""

    name: str
    codes: dict[str, str] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()

    def is_ambiguous(self, text: str) -> bool:
        """Whether `text` holds a character whose glyph another character also uses (its copy needs ActualText)."""
        return not self.ambiguous.isdisjoint(text)


def embed_fonts(document: pdfdoc.PDFDocument, pages: Iterable[Page]) -> dict[int, EmbeddedFont]:
    """Subset every face that `pages` use, add it to `document`, and return it by the id of its Face."""
    used: dict[int, tuple[Face, set[str]]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, TextRun):
                used.setdefault(id(item.face), (item.face, set()))[1].update(item.text)
    fonts = {}
    for number, (face, chars) in enumerate(used.values(), 1):
        fonts[id(face)] = _embed(document, f"F{number}", face, tuple(sorted(chars)))
    return fonts


class _Subset(NamedTuple):
    """The part of a face that some characters need: compressed font program, its length, and each character's glyph."""

    program: bytes
    length: int
    tag: str
    glyphs: dict[str, int]


@lru_cache(maxsize=32)
def _subset(face: Face, chars: tuple[str, ...]) -> _Subset:
    """Remembered, because a draft that is set again mostly has the same characters."""
    data = face.subset(chars)
    small = hb.Font(hb.Face(data))
    glyphs = {char: int(small.get_nominal_glyph(ord(char))) for char in chars}
    return _Subset(zlib.compress(data, _FONT_COMPRESSION), len(data), _tag(data), glyphs)


def _embed(document: pdfdoc.PDFDocument, name: str, face: Face, chars: tuple[str, ...]) -> EmbeddedFont:
    subset = _subset(face, chars)
    glyphs = subset.glyphs
    owners: dict[int, str] = {}
    for char, glyph in glyphs.items():
        owners.setdefault(glyph, char)
    widths = {char: face.advance(char) * 1000 / face.upem for char in chars}
    base_font = f"{subset.tag}+{_postscript_name(face)}"

    program = pdfdoc.PDFStream(content=subset.program, filters=[])
    program.dictionary["Length1"] = subset.length
    program.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(base_font),
            "Flags": 4,  # symbolic: codes are glyph numbers
            "FontBBox": pdfdoc.PDFArray([-200, -300, 1200, 1000]),
            "ItalicAngle": 0,
            "Ascent": ASCENT,
            "Descent": DESCENT,
            "CapHeight": CAP_HEIGHT,
            "StemV": 80,
            "FontFile2": document.Reference(program, f"fontFile:{name}"),
        }
    )
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base_font),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": document.Reference(descriptor, f"fontDescriptor:{name}"),
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            "DW": 1000,
            "W": _width_array({glyph: widths[char] for glyph, char in owners.items()}),
        }
    )
    to_unicode = pdfdoc.PDFStream(content=_to_unicode(owners), filters=[pdfdoc.PDFZCompress])
    font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(base_font),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"cidFont:{name}")]),
            "ToUnicode": document.Reference(to_unicode, f"toUnicode:{name}"),
        }
    )
    document.idToObject["BasicFonts"].dict[name] = document.Reference(font, f"font:{name}")
    shared = frozenset(char for char, glyph in glyphs.items() if owners[glyph] != char)
    return EmbeddedFont(name, {char: f"{glyph:04X}" for char, glyph in glyphs.items()}, widths, shared)


def _tag(data: bytes) -> str:
    """Six capitals that mark a subset, from its content."""
    digest = hashlib.sha256(data).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _postscript_name(face: Face) -> str:
    return (
        "".join(char for char in face.path.stem if char.isascii() and (char.isalnum() or char == "-"))
        or "Font"
    )


def _width_array(widths: dict[int, float]) -> pdfdoc.PDFArray:
    """The W array: runs of consecutive glyphs whose width is not the default of 1000."""
    odd = sorted((glyph, round(width, 3)) for glyph, width in widths.items() if width != 1000)
    entries: list[object] = []
    for _, run in groupby(enumerate(odd), key=lambda pair: pair[1][0] - pair[0]):
        rows = [row for _, row in run]
        entries += [rows[0][0], pdfdoc.PDFArray([_plain(width) for _, width in rows])]
    return pdfdoc.PDFArray(entries)


def _plain(width: float) -> int | float:
    return int(width) if width == int(width) else width


def _to_unicode(owners: dict[int, str]) -> str:
    """The CMap from glyph number to text, in UTF-16BE."""
    rows = [
        f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for glyph, char in sorted(owners.items())
    ]
    blocks = []
    for start in range(0, len(rows), _ROWS_A_BLOCK):
        block = rows[start : start + _ROWS_A_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
