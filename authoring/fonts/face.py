"""One face of one font file: coverage, advances, ink, subset. HarfBuzz reads the file by memory map."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import uharfbuzz as hb

from authoring.diagnostics import CannotRun, Message

_CFF_TAGS = frozenset({"CFF ", "CFF2"})
_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG", "post", "name")
"""Tables of no use in a PDF that places every glyph itself."""


class Face:
    """A face: `path` (`name` is its file name), and `index` within a collection (.ttc). Compares by identity; nothing in it changes."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.name = path.name
        self.index = index
        try:
            self._face = hb.Face(hb.Blob.from_file_path(path), index)
        except hb.HarfBuzzError:
            raise CannotRun.because(
                str(path),
                Message("字体文件打不开", "the font file cannot be opened"),
                Message("检查文件的权限", "check its permissions"),
            ) from None
        self._font = hb.Font(self._face)
        self.upem: int = self._face.upem
        self._glyphs: dict[str, int | None] = {}
        self._advances: dict[str, int] = {}

    @property
    def is_usable(self) -> bool:
        """Whether HarfBuzz could read the file as a font."""
        return bool(self._face.glyph_count)

    @property
    def has_cff_outlines(self) -> bool:
        return not _CFF_TAGS.isdisjoint(self._face.table_tags)

    def names(self) -> set[str]:
        """Family, full and PostScript names in every language of the file, lower case.

        The family's name stands for its regular cut alone: a bold or italic one does not answer to it.
        """
        found: dict[int, set[str]] = {}
        for entry in self._face.list_names():
            name = str(self._face.get_name(entry.name_id, entry.language)).strip().lower()
            found.setdefault(int(entry.name_id), set()).add(name)
        styled = any(word in style for style in found.get(2, ()) for word in ("bold", "italic", "oblique"))
        wanted = (4, 6) if styled else (1, 4, 6, 16)
        return {name for number in wanted for name in found.get(number, ())}

    @property
    def family(self) -> str:
        """The family's name as fontconfig lists it, the English one where there are several."""
        found = ""
        for entry in self._face.list_names():
            if int(entry.name_id) == 1 and (not found or str(entry.language).startswith("en")):
                found = str(self._face.get_name(entry.name_id, entry.language)).strip()
        return found or self.path.stem

    @property
    def weight(self) -> int:
        """The OpenType weight: 400 regular, 700 bold."""
        return int(self._font.get_style_value(hb.StyleTag.WEIGHT))

    def glyph(self, char: str) -> int | None:
        """The glyph that draws `char`, or None where the face has none."""
        try:
            return self._glyphs[char]
        except KeyError:
            glyph = self._font.get_nominal_glyph(ord(char)) or None
            self._glyphs[char] = glyph
            return glyph

    def advance(self, char: str) -> int:
        """The horizontal advance of `char` in font units."""
        try:
            return self._advances[char]
        except KeyError:
            advance = int(self._font.get_glyph_h_advance(self.glyph(char) or 0))
            self._advances[char] = advance
            return advance

    def ink(self, char: str) -> tuple[int, int]:
        """The left and right ends of the ink of `char`, in font units."""
        extents = self._font.get_glyph_extents(self.glyph(char) or 0)
        return (int(extents.x_bearing), int(extents.x_bearing + extents.width)) if extents else (0, self.upem)

    def subset(self, chars: Iterable[str]) -> bytes:
        """A TrueType font of the glyphs of `chars` alone, mapped as in the whole font; the same bytes every time."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.UNICODE).update(sorted({ord(char) for char in chars}))
        wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            {int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES}
        )
        wanted.flags = hb.SubsetFlags.NO_HINTING
        small = hb.subset(self._face, wanted)
        data = bytes(small.blob.data)
        if self.has_cff_outlines:
            from authoring.fonts.outlines import to_truetype  # only for a user's CFF font; loads fontTools

            data = to_truetype(data)
        return data
