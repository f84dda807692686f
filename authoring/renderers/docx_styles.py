"""The named styles of a DOCX: a table with a row for each role of the format.

Every role has a style with the Chinese name an office knows it by, so that the editor goes on working with styles and
the navigation pane shows sections and items. Lengths are those of `authoring.style`; a row states only what differs
from the style it is based on. `docx_stylesheet` writes the rows as XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from authoring import style as st
from authoring.style import PAGE, Length, TextStyle

_ZERO: Final = Length(0)

LABEL_CELLS: Final = 3
"""Width of 主送： in characters: what turnovers of a list of recipients are indented by (7.4.2)."""

BULLET_INSET: Final = Length(st.CONTENTS_ITEM.em * 3 // 2)
"""From a bullet of the contents to its headline: the bullet's cell and half a cell."""


class Indent(NamedTuple):
    """Indents of a paragraph; a negative `first` hangs the first line out."""

    left: Length = _ZERO
    right: Length = _ZERO
    first: Length = _ZERO


class Tab(NamedTuple):
    """A tab stop that text ends at; `dotted` puts a leader before it."""

    at: Length
    dotted: bool = False


def labelled(cells: float) -> Indent:
    """Recipients behind a label `cells` characters wide: turnovers under the first character after the colon."""
    inset = Length(round(cells * st.IMPRINT.em))
    return Indent(Length(st.IMPRINT_INSET + inset), st.IMPRINT_INSET, Length(-inset))


def unlabelled(cells: float) -> Indent:
    """Recipients that go on below those of :func:`labelled`, in the same column."""
    return labelled(cells)._replace(first=_ZERO)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A row of the table; None, False or empty is what the style takes from `based_on`.

    following: the style of a paragraph typed after one of this style (itself where empty). outline: its level in the
    navigation pane, from 1. close: no space between paragraphs of this same style. run_in: a character style of the
    same face is linked to it, for a heading that body text runs on from. built_in: one of Word's own styles, there to
    be based on and kept out of the gallery.
    """

    id: str
    name: str
    based_on: str = "Flush"
    following: str = ""
    text: TextStyle | None = None
    red: bool = False
    indent: Indent | None = None
    align: Literal["left", "center", "right", "both"] | None = None
    before: Length | None = None
    after: Length | None = None
    outline: int | None = None
    tab: Tab | None = None
    keep: bool = False
    new_page: bool = False
    red_rule: bool = False
    close: bool = False
    run_in: bool = False
    built_in: bool = False


_RIGHT_EDGE: Final = Tab(PAGE.text_width)
RED_RULE_SPACE: Final = Length(st.RED_RULE_GAP - (st.ISSUERS.pitch - st.ISSUERS.size) // 2)
"""The rule stands 4 mm below the characters (7.2.7); Word counts from the line, which reaches lower."""
_ANCHOR: Final = TextStyle.of("body", 1, 1)

# fmt: off
PARAGRAPH_STYLES: Final = (
    ParagraphStyle("Normal", "Normal", "", text=st.BODY, indent=Indent(first=st.INDENT), align="both"),
    ParagraphStyle("Flush", "顶格正文", "Normal", indent=Indent()),
    ParagraphStyle("Heading1", "heading 1", following="Normal", keep=True, outline=1, built_in=True),
    ParagraphStyle("Heading2", "heading 2", following="Normal", keep=True, outline=2, built_in=True),
    ParagraphStyle("Heading3", "heading 3", "Normal", "Normal", keep=True, outline=3, built_in=True),
    ParagraphStyle("Heading4", "heading 4", "Normal", "Normal", keep=True, outline=4, built_in=True),
    ParagraphStyle("Heading5", "heading 5", "Normal", "Normal", keep=True, outline=5, built_in=True),
    ParagraphStyle("TOC1", "toc 1", align="left", tab=Tab(PAGE.text_width, dotted=True), built_in=True),
    ParagraphStyle("TOC2", "toc 2", align="left", built_in=True),
    ParagraphStyle("Footer", "footer", text=st.FOLIO, align="left", built_in=True),
    # The cover
    ParagraphStyle("Classification", "密级", text=st.CLASSIFICATION, align="left", tab=_RIGHT_EDGE),
    ParagraphStyle("Masthead", "刊名", following="NumberLine", text=st.MASTHEAD, red=True, align="center",
                   before=st.MASTHEAD_TOP),
    ParagraphStyle("NumberLine", "期号", following="Issuer", text=st.NUMBER_LINE, align="center",
                   before=st.NUMBER_LINE_BEFORE),
    ParagraphStyle("Issuer", "编发单位", text=st.ISSUERS, align="left", before=st.ISSUERS_BEFORE, tab=_RIGHT_EDGE,
                   red_rule=True, close=True),
    ParagraphStyle("ContentsTitle", "要点标题", following="ContentsSection", text=st.CONTENTS_TITLE, align="center",
                   before=st.CONTENTS_BEFORE, after=st.CONTENTS_AFTER),
    ParagraphStyle("ContentsSection", "要点栏目", "TOC1", "ContentsItem", text=st.CONTENTS_SECTION, keep=True),
    ParagraphStyle("ContentsItem", "要点条目", "TOC2", text=st.CONTENTS_ITEM,
                   indent=Indent(left=BULLET_INSET, first=Length(-BULLET_INSET))),
    # The body
    ParagraphStyle("Section", "栏目", "Heading1", "FirstHeadline", text=st.SECTION, before=st.SECTION_BEFORE,
                   align="left"),
    ParagraphStyle("FirstSection", "栏目（首个）", "Section", "FirstHeadline", before=_ZERO, new_page=True),
    ParagraphStyle("Headline", "条目标题", "Heading2", "Normal", text=st.HEADLINE, before=st.HEADLINE_BEFORE,
                   after=st.HEADLINE_AFTER, align="center"),
    ParagraphStyle("FirstHeadline", "条目标题（栏目首条）", "Headline", "Normal", before=_ZERO),
    ParagraphStyle("ItemHeading1", "一级标题", "Heading3", "Normal", text=st.HEADING_1, run_in=True),
    ParagraphStyle("ItemHeading2", "二级标题", "Heading4", "Normal", text=st.HEADING_2, run_in=True),
    ParagraphStyle("ItemHeading3", "三级标题", "Heading5", "Normal", text=st.HEADING_3, run_in=True),
    ParagraphStyle("Point", "编号段落", "Normal"),
    # The imprint and the page numbers
    ParagraphStyle("Imprint", "版记", text=st.IMPRINT, align="both",
                   indent=Indent(st.IMPRINT_INSET, st.IMPRINT_INSET)),
    ParagraphStyle("Recipients", "版记分送", "Imprint", indent=labelled(LABEL_CELLS)),
    ParagraphStyle("MoreRecipients", "版记分送续段", "Recipients", indent=unlabelled(LABEL_CELLS)),
    ParagraphStyle("ImprintIssuer", "版记印发", "Imprint", align="left",
                   indent=Indent(left=st.IMPRINT_INSET), tab=Tab(Length(PAGE.text_width - st.IMPRINT_INSET))),
    ParagraphStyle("Copies", "版记印数", "Imprint", align="right"),
    ParagraphStyle("ImprintAnchor", "版记定位", text=_ANCHOR),
    ParagraphStyle("OddFolio", "页码（单页）", "Footer", align="right", indent=Indent(right=st.FOLIO_INSET)),
    ParagraphStyle("EvenFolio", "页码（双页）", "Footer", indent=Indent(left=st.FOLIO_INSET)),
)
# fmt: on
STYLE_BY_ID: Final = {style.id: style for style in PARAGRAPH_STYLES}

IMPRINT_TABLE: Final = "ImprintTable"
COPY_NUMBER: Final = "CopyNumber"


def run_in_style(style_id: str) -> str:
    """The character style linked to a heading's paragraph style, for a heading that body text runs on from."""
    return f"{style_id}Char"


def run_in_name(style: ParagraphStyle) -> str:
    """The name of that character style."""
    return f"{style.name} 字符"
