"""The official measurements: lengths, page geometry and text styles, each with the clause it comes from.

Clauses are those of GB/T 9704—2012; "printed" marks what was measured on the printed issues of 创新驱动要参, which
outrank the standard where they differ.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple


class Length(int):
    """A length in units of 1/88,900 pt.

    The unit divides a point, a millimetre (252,000) and the body's cell (156 mm / 28 = 1,404,000) without remainder, so
    that a full line of 28 cells is exactly as wide as the text area and layout needs no tolerance.
    """

    @classmethod
    def from_pt(cls, value: float) -> Length:
        return cls(round(value * 88_900))

    @classmethod
    def from_mm(cls, value: float) -> Length:
        return cls(round(value * 252_000))

    @property
    def pt(self) -> float:
        return self / 88_900

    @property
    def mm(self) -> float:
        return self / 252_000

    @property
    def twips(self) -> int:
        """Twentieths of a point, the unit of WordprocessingML, rounded."""
        return round(self / 4_445)


pt = Length.from_pt
mm = Length.from_mm
ZERO: Final = Length(0)

Role = Literal["masthead", "headline", "body", "kai", "hei", "song", "latin"]
"""What a font is used for; `authoring.fonts` resolves each role to a file."""


class TextStyle(NamedTuple):
    """How a kind of paragraph is set.

    size: glyph size. em: the cell of one full-width character (differs from the size in the body, where 28 cells of
    156 mm are a little narrower than 16 pt). pitch: distance from one line to the next.
    """

    role: Role
    size: Length
    em: Length
    pitch: Length

    @classmethod
    def of(cls, role: Role, size: float, pitch: float) -> TextStyle:
        """A style whose cell is its own size (everything but the body's grid)."""
        return cls(role, pt(size), pt(size), pt(pitch))


class PageStyle(NamedTuple):
    """The page and its text area (版心)."""

    width: Length
    height: Length
    left: Length
    top: Length
    text_width: Length
    text_height: Length

    @property
    def right_edge(self) -> Length:
        return Length(self.left + self.text_width)

    @property
    def bottom_edge(self) -> Length:
        return Length(self.top + self.text_height)


PAGE: Final = PageStyle(  # 5.1, 5.2.1: A4; 天头 37 mm, 订口 28 mm, text area 156 × 225 mm
    width=mm(210), height=mm(297), left=mm(28), top=mm(37), text_width=mm(156), text_height=mm(225)
)
CELLS_PER_LINE: Final = 28  # 5.2.3
CELL: Final = Length(PAGE.text_width // CELLS_PER_LINE)
INDENT: Final = Length(2 * CELL)  # 7.3.3: first lines two characters in, turnovers flush left

BODY: Final = TextStyle("body", pt(16), CELL, pt(30))  # 5.2.2: 3号 仿宋; printed: 21 lines a page, not 22
HEADING_1: Final = TextStyle("hei", pt(16), CELL, pt(30))  # 7.3.3: 一、 黑体
HEADING_2: Final = TextStyle("kai", pt(16), CELL, pt(30))  # 7.3.3: （一） 楷体
HEADING_3: Final = BODY  # 7.3.3: 1. 仿宋
HEADINGS: Final = {1: HEADING_1, 2: HEADING_2, 3: HEADING_3}

SECTION: Final = TextStyle("hei", pt(16), CELL, pt(30))  # printed: 【部委动态】, one 30 pt line
SECTION_BEFORE: Final = pt(30)  # printed: one empty line before it unless it opens a page
HEADLINE: Final = TextStyle.of("headline", 22, 35)  # 7.3.1: 2号 小标宋, centred; pitch printed
HEADLINE_BEFORE: Final = pt(15)  # printed: unless it opens a page or follows its section header
HEADLINE_AFTER: Final = pt(15)  # printed

MASTHEAD: Final = TextStyle.of(
    "masthead", 62, 62
)  # 7.2.4: red 小标宋, smaller than 22 mm × 15 mm a character
MASTHEAD_TOP: Final = mm(35)  # 7.2.4: its top 35 mm below the top of the text area
NUMBER_LINE: Final = TextStyle.of("body", 16, 30)  # 7.2.5: 3号 仿宋, centred
NUMBER_LINE_BEFORE: Final = pt(16)
ISSUERS: Final = TextStyle.of(
    "body", 16, 26
)  # briefing practice: issuer left, date right, above the red rule
ISSUERS_BEFORE: Final = pt(12)
RED_RULE_GAP: Final = mm(4)  # 7.2.7: the red rule 4 mm below the line above it
RED_RULE: Final = pt(1.5)  # 7.2.7 gives no width
RED: Final = (0.8863, 0.0, 0.0)
CLASSIFICATION: Final = TextStyle.of("hei", 16, 30)  # 7.2.2: 3号 黑体, first line of the text area
COPY_NUMBER: Final = TextStyle.of("song", 16, 30)  # 7.2.1: 3号 Arabic figures

CONTENTS_TITLE: Final = TextStyle.of("hei", 16, 30)
CONTENTS_BEFORE: Final = pt(18)
CONTENTS_AFTER: Final = pt(4)
CONTENTS_SECTION: Final = TextStyle.of("hei", 16, 28)
CONTENTS_ITEM: Final = TextStyle.of("body", 16, 28)

IMPRINT: Final = TextStyle.of("body", 14, 22)  # 7.4.2, 7.4.3: 4号 仿宋; the pitch is our choice
IMPRINT_INSET: Final = pt(14)  # 7.4.2: one character in at both sides
IMPRINT_THICK: Final = mm(0.35)  # 7.4.1: first and last rule
IMPRINT_THIN: Final = mm(0.25)  # 7.4.1: rules between
IMPRINT_BEFORE: Final = pt(12)  # least distance from the text above

FOLIO: Final = TextStyle.of("song", 14, 14)  # 7.5: 4号 半角 宋体
FOLIO_GAP: Final = mm(7)  # 7.5: the dash 7 mm below the text area
FOLIO_INSET: Final = pt(14)  # 7.5: one character in
