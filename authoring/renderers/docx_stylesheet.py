"""The styles of `docx_styles` as word/styles.xml, and the pieces of it that the body uses too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from authoring import style as st
from authoring.fonts import ROLES
from authoring.model import Typesetting
from authoring.renderers.docx_styles import (
    COPY_NUMBER,
    IMPRINT_TABLE,
    PARAGRAPH_STYLES,
    RED_RULE_SPACE,
    STYLE_BY_ID,
    Indent,
    ParagraphStyle,
    run_in_name,
    run_in_style,
)
from authoring.renderers.docx_xml import Element, root, serialize, w
from authoring.style import Length, Role, TextStyle

OFFICIAL: Final = {spec.role: spec.official for spec in ROLES}
"""Role -> the font an office expects for it."""

_TWIP: Final = st.pt(1) // 20


def half_points(size: Length) -> int:
    """A size as Word states it."""
    return size * 2 // st.pt(1)


@lru_cache(maxsize=16)
def styles_xml(typesetting: Typesetting) -> bytes:
    """word/styles.xml for an issue set with these habits."""
    styles = [*_defaults()]
    for priority, style in enumerate(PARAGRAPH_STYLES, 1):
        styles.append(_paragraph_style(style, priority, typesetting))
        if style.run_in:
            styles.append(_run_in(style, priority))
    styles.append(_character_style(COPY_NUMBER, "份号", _fonts(st.COPY_NUMBER.role)))
    styles.append(_imprint_table())
    return serialize(root("styles", *styles))


def indent_element(indent: Indent) -> Element:
    """`w:ind`: in twips, and a first line also in characters, so that it follows when the editor changes the size."""
    attributes: dict[str, str | int] = {"left": indent.left.twips, "right": indent.right.twips}
    if indent.first < 0:
        attributes["hanging"] = Length(-indent.first).twips
    else:
        attributes["firstLineChars"] = round(indent.first * 100 / st.CELL)
        attributes["firstLine"] = indent.first.twips
    return w("ind", **attributes)


def _defaults() -> Iterator[Element]:
    yield w(
        "docDefaults",
        w("rPrDefault", w("rPr", _fonts("body"), w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))),
        w("pPrDefault", w("pPr", w("widowControl", val=0))),
    )
    yield w(  # all the styles Word has and we do not use stay out of sight until they are used
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    yield w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        w("unhideWhenUsed"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins(108)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _habits(typesetting: Typesetting) -> Iterator[Element]:
    """What an issue's typographic habits mean to Word's line breaking; in the order of the schema.

    `overflowPunct` is stated only to forbid hanging: Word allows it where nothing is said, and LibreOffice 7.4 reads
    a stated value the wrong way round.
    """
    gap = int(typesetting.han_latin_gap == "quarter")
    yield w("kinsoku", val=1)
    if typesetting.line_end != "hang":
        yield w("overflowPunct", val=0)
    yield w("autoSpaceDE", val=gap)
    yield w("autoSpaceDN", val=gap)
    yield w("snapToGrid", val=0)


def _paragraph_style(style: ParagraphStyle, priority: int, typesetting: Typesetting) -> Element:
    head = [w("name", val=style.name)]
    if style.based_on:
        head.append(w("basedOn", val=style.based_on))
    head.append(w("next", val=style.following or style.id))
    if style.run_in:
        head.append(w("link", val=run_in_style(style.id)))
    head.append(w("uiPriority", val=priority))
    head += [w("semiHidden"), w("unhideWhenUsed")] if style.built_in else [w("qFormat")]
    kind = {"type": "paragraph", "styleId": style.id}
    if not style.based_on:
        kind["default"] = "1"
    elif not style.built_in:
        kind["customStyle"] = "1"
    paragraph = w("pPr", *_paragraph_properties(style, typesetting))
    run = w("rPr", *_run_properties(style))
    return w("style", *head, *(part for part in (paragraph, run) if len(part)), **kind)


def _paragraph_properties(style: ParagraphStyle, typesetting: Typesetting) -> Iterator[Element]:
    """In the order of the schema, else Word calls the file damaged and LibreOffice passes over them."""
    if style.keep:
        yield w("keepNext")
        yield w("keepLines")
    if style.new_page:
        yield w("pageBreakBefore")
    if style.red_rule:
        space = round(RED_RULE_SPACE.pt)
        yield w("pBdr", w("bottom", val="single", sz=_eighths(st.RED_RULE), space=space, color=_hex(st.RED)))
    if style.tab is not None:
        leader = {"leader": "dot"} if style.tab.dotted else {}
        yield w("tabs", w("tab", val="right", **leader, pos=style.tab.at.twips))
    if not style.based_on:
        yield from _habits(typesetting)
    spacing: dict[str, str | int] = {}
    if style.before is not None:
        spacing["before"] = style.before.twips
    if style.after is not None:
        spacing["after"] = style.after.twips
    inherited = _inherited(style)
    if style.text is not None and (inherited is None or style.text.pitch != inherited.pitch):
        spacing |= {"line": style.text.pitch.twips, "lineRule": "exact"}
    if spacing:
        yield w("spacing", **spacing)
    if style.indent is not None:
        yield indent_element(style.indent)
    if style.close:
        yield w("contextualSpacing")
    if style.align is not None:
        yield w("jc", val=style.align)
    if style.outline is not None:
        yield w("outlineLvl", val=style.outline - 1)


def _inherited(style: ParagraphStyle) -> TextStyle | None:
    """The text style that `style` has before its own; None for the first of all."""
    based_on = STYLE_BY_ID.get(style.based_on)
    return None if based_on is None else based_on.text or _inherited(based_on)


def _run_properties(style: ParagraphStyle) -> Iterator[Element]:
    text, inherited = style.text, _inherited(style)
    if text is None:
        return
    if inherited is None or text.role != inherited.role:
        yield _fonts(text.role)
    if style.red:
        yield w("color", val=_hex(st.RED))
    if inherited is None or _tracking(text) != _tracking(inherited):
        yield w("spacing", val=_tracking(text))
    if inherited is None or text.size != inherited.size:
        yield w("sz", val=half_points(text.size))
        yield w("szCs", val=half_points(text.size))


def _tracking(text: TextStyle) -> int:
    """What a character's cell differs from its size by, in whole twips rounded down.

    The body's 28 cells of 156 mm need −4.13; −4 leaves room for 27 characters, −5 for 28.
    """
    return (text.em - text.size) // _TWIP


def _fonts(role: Role) -> Element:
    """The official names for every script, so that no theme has a say. Digits of page numbers are 宋体's own (7.5)."""
    latin = OFFICIAL["song" if role == "song" else "latin"]
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=OFFICIAL[role], cs=latin)


def _character_style(
    style_id: str, name: str, *properties: Element, link: str = "", priority: int = 90
) -> Element:
    head = [w("name", val=name), w("basedOn", val="DefaultParagraphFont")]
    if link:
        head.append(w("link", val=link))
    head.append(w("uiPriority", val=priority))
    head += [] if link else [w("qFormat")]
    return w("style", *head, w("rPr", *properties), type="character", customStyle=1, styleId=style_id)


def _run_in(style: ParagraphStyle, priority: int) -> Element:
    assert style.text is not None
    return _character_style(
        run_in_style(style.id),
        run_in_name(style),
        _fonts(style.text.role),
        link=style.id,
        priority=priority,
    )


def _imprint_table() -> Element:
    """The imprint's rules: thick first and last, thin between (7.4.1); its text keeps its own distance."""
    return w(
        "style",
        w("name", val="版记表"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=95),
        w(
            "tblPr",
            w(
                "tblBorders",
                _rule("top", st.IMPRINT_THICK),
                _rule("bottom", st.IMPRINT_THICK),
                _rule("insideH", st.IMPRINT_THIN),
            ),
            _cell_margins(0),
        ),
        type="table",
        customStyle=1,
        styleId=IMPRINT_TABLE,
    )


def _rule(side: str, width: Length) -> Element:
    return w(side, val="single", sz=_eighths(width), space=0, color="000000")


def _cell_margins(sides: int) -> Element:
    widths = {"top": 0, "left": sides, "bottom": 0, "right": sides}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in widths.items()))


def _eighths(width: Length) -> int:
    """A rule's width in eighths of a point, as borders want it."""
    return round(width.pt * 8)


def _hex(colour: tuple[float, float, float]) -> str:
    return "".join(f"{round(part * 255):02X}" for part in colour)
