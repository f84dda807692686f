"""The content of a Word paragraph in, pieces of text out: runs, fields, links, changes, comments, boxes.

A table of what each element means; an element that is not in it has no text of its own, and is looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from authoring.importers.docx_styles import ParagraphLook, RunLook
from authoring.importers.docx_xml import DEEPEST, MC, Element, M, Unreadable, V, W, child, local, value

Fate = Literal["kept", "inserted", "deleted", "hidden", "placeholder"]


class Piece(NamedTuple):
    """A stretch of a paragraph. style: the name of its character style. author: of a change."""

    text: str
    bold: bool = False
    styled_bold: bool = False
    size: float = 0.0
    style: str = ""
    fate: Fate = "kept"
    author: str = ""


class Mark(NamedTuple):
    """Something of a paragraph that is no text of it. kind: "comment", "comment_end", "footnote", "endnote" with the id;
    or what cannot be imported, as `told` names it."""

    kind: str
    id: str = ""
    text: str = ""


@dataclass(slots=True)
class Content:
    """What a paragraph holds, in order. before, after: text boxes that are anchored in it, as block elements."""

    pieces: list[Piece | Mark] = field(default_factory=list)
    before: list[Element] = field(default_factory=list)
    after: list[Element] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(isinstance(piece, Piece) and piece.text.strip() for piece in self.pieces)


@dataclass(slots=True)
class _Field:
    """A complex field (17.16.18): its instruction is not text, its result is."""

    instruction: str = ""
    separated: bool = False
    shown: bool = False


@dataclass(slots=True)
class InlineReader:
    """Reads the paragraphs of a story. Fields may span paragraphs, so they are kept from one to the next."""

    fields: list[_Field] = field(default_factory=list)
    look: ParagraphLook | None = None
    content: Content = field(default_factory=Content)
    fate: Fate = "kept"
    author: str = ""

    def read(self, paragraph: Element, look: ParagraphLook) -> Content:
        self.look, self.content = look, Content()
        self._children(paragraph, 0)
        return self.content

    def _children(self, element: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable(harmful=True)
        for node in element:
            handler = _INLINE.get(node.tag)
            if handler is not None:
                handler(self, node, depth)
            elif node.tag not in _SKIPPED and isinstance(node.tag, str):
                self._children(node, depth + 1)

    # changes

    def _changed(self, fate: Fate) -> Callable[[Element, int], None]:
        def read(element: Element, depth: int) -> None:
            before = self.fate, self.author
            if self.fate != "deleted":  # what was inserted and deleted again is deleted
                self.fate, self.author = fate, value(element, "author")
            self._children(element, depth + 1)
            self.fate, self.author = before

        return read

    def inserted(self, element: Element, depth: int) -> None:
        self._changed("inserted")(element, depth)

    def deleted(self, element: Element, depth: int) -> None:
        self._changed("deleted")(element, depth)

    def sdt(self, element: Element, depth: int) -> None:
        """A content control; one that still shows its prompt holds no text of the author's."""
        content = child(element, "sdtContent")
        if content is None:
            return
        if child(element, "sdtPr", "showingPlcHdr") is not None and self.fate == "kept":
            self._changed("placeholder")(content, depth)
        else:
            self._children(content, depth + 1)

    # runs

    def run(self, element: Element, depth: int) -> None:
        assert self.look is not None
        look = self.look.run(child(element, "rPr"))
        for node in element:
            tag = local(node.tag)
            if tag in ("t", "delText"):
                self._text(_spaced(node), look)
            elif tag == "instrText" or tag == "delInstrText":
                if self.fields and not self.fields[-1].separated:
                    self.fields[-1].instruction += node.text or ""
            elif tag == "fldChar":
                self._field(value(node, "fldCharType"))
            elif tag == "sym":
                self._text(_symbol(node), look)
            elif tag in _CHARACTERS:
                self._text(_CHARACTERS[tag], look)
            elif tag == "br":
                self._text("\f" if value(node, "type") in ("page", "column") else "\n", look)
            elif tag == "ruby":
                self._ruby(node, depth)
            elif tag in ("footnoteReference", "endnoteReference"):
                self._mark(tag.removesuffix("Reference"), value(node, "id"))
            elif tag == "commentReference":
                self._mark("comment_end", value(node, "id"))
            elif node.tag in _INLINE:
                _INLINE[node.tag](self, node, depth + 1)

    def _text(self, text: str, look: RunLook) -> None:
        if not text or any(not one.separated for one in self.fields):
            return
        for one in self.fields:
            one.shown = True
        fate = "hidden" if look.hidden and self.fate != "deleted" else self.fate
        piece = Piece(text, look.bold, look.styled_bold, look.size, look.style, fate, self.author)
        self.content.pieces.append(piece)
        if look.struck and fate == "kept" and text.strip():
            self._mark("struck", text=text)

    def _mark(self, kind: str, id_: str = "", text: str = "") -> None:
        if self.fate != "deleted" and all(one.separated for one in self.fields):
            self.content.pieces.append(Mark(kind, id_, text))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].separated = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            name = ended.instruction.split()[:1]
            if name == ["EQ"] and not ended.shown:
                self._mark("formula", text=ended.instruction.strip())

    def _ruby(self, element: Element, depth: int) -> None:
        base = child(element, "rubyBase")
        if base is not None:
            self._children(base, depth + 1)
        reading = "".join(node.text or "" for node in element.iterfind(f"{W}rt/{W}r/{W}t"))
        if reading:
            self._mark("ruby", text=reading)

    # what stands outside the line

    def alternate(self, element: Element, depth: int) -> None:
        """Word writes a shape twice, for itself and for older programs: the first is read."""
        for tag in ("Choice", "Fallback"):
            chosen = element.find(MC + tag)
            if chosen is not None and len(chosen):
                self._children(chosen, depth + 1)
                return

    def shape(self, element: Element, depth: int) -> None:
        """A drawing: its text boxes, WordArt's text, and what cannot be imported."""
        boxes = [box for box in element.iter(f"{W}txbxContent") if _is_seen(box, element)]
        arts = [art for art in element.iter(f"{V}textpath") if _is_seen(art, element)]
        boxes += [_boxed(art) for art in arts if art.get("string", "").strip()]
        if self.fate != "deleted":
            side = self.content.after if self.content.has_text else self.content.before
            side += boxes
        if not boxes:
            told = next((kind for name, kind in _GRAPHICS if _has(element, name)), "")
            if told:
                self._mark(told)

    def formula(self, element: Element, depth: int) -> None:
        self._mark("formula", text="".join(node.text or "" for node in element.iter(f"{M}t")))

    def comment(self, element: Element, depth: int) -> None:
        self._mark("comment" if element.tag.endswith("Start") else "comment_end", value(element, "id"))

    def subdocument(self, element: Element, depth: int) -> None:
        self._mark("outside")


def _spaced(node: Element) -> str:
    """The text of `w:t`; line ends in XML are no line ends, and blanks at its ends count only where it says so."""
    text: str = node.text or ""
    if node.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _symbol(node: Element) -> str:
    """A character by its code in a symbol font (17.3.3.30)."""
    try:
        code = int(value(node, "char"), 16)
    except ValueError:
        return "\ufffd"
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get((value(node, "font").lower(), code - 0xF000), "\ufffd")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else "\ufffd"


def _boxed(art: Element) -> Element:
    """WordArt keeps its text in an attribute: as a text box."""
    box, paragraph, run, text = (art.makeelement(W + tag) for tag in ("txbxContent", "p", "r", "t"))
    text.text = art.get("string")
    run.append(text)
    paragraph.append(run)
    box.append(paragraph)
    return box


def _is_seen(box: Element, shape: Element) -> bool:
    """Whether a text box is not one inside another (read with it), nor the copy for older programs."""
    for ancestor in box.iterancestors():
        if ancestor is shape:
            return True
        if ancestor.tag == f"{W}txbxContent":
            return False
        if ancestor.tag == f"{MC}Fallback" and ancestor.getparent().find(f"{MC}Choice") is not None:
            return False
    return True


def _has(element: Element, name: str) -> bool:
    return any(isinstance(node.tag, str) and node.tag.endswith(name) for node in element.iter())


_CHARACTERS: Final[Mapping[str, str]] = MappingProxyType(
    {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
)
_SYMBOLS: Final[Mapping[tuple[str, int], str]] = MappingProxyType(
    {
        ("wingdings", 0x6C): "●", ("wingdings", 0x6E): "■", ("wingdings", 0x75): "◆", ("wingdings", 0xA7): "▪",
        ("wingdings", 0xD8): "➢", ("wingdings", 0xFC): "✓", ("wingdings", 0xFE): "☑", ("wingdings", 0xA8): "□",
        ("wingdings", 0x6F): "□", ("wingdings", 0x9F): "•", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "□",
        ("symbol", 0xB7): "•", ("symbol", 0xB4): "×", ("symbol", 0xB0): "°", ("symbol", 0xB1): "±", ("symbol", 0xB8): "÷",
        ("symbol", 0xA3): "≤", ("symbol", 0xB3): "≥", ("symbol", 0x6D): "μ", ("symbol", 0x61): "α", ("symbol", 0x62): "β",
    }
)  # fmt: skip
_GRAPHICS: Final = (
    ("}chart", "chart"),
    ("}relIds", "chart"),
    ("}OLEObject", "object"),
    ("}blip", "picture"),
    ("}imagedata", "picture"),
)
"""What a drawing holds -> how it is told. A drawing of neither (a line, a frame) holds nothing to import."""

_Handler = Callable[[InlineReader, Element, int], None]
_INLINE: Final[Mapping[str, _Handler]] = MappingProxyType(
    {
        f"{W}r": InlineReader.run,
        f"{W}ins": InlineReader.inserted,
        f"{W}moveTo": InlineReader.inserted,
        f"{W}del": InlineReader.deleted,
        f"{W}moveFrom": InlineReader.deleted,
        f"{W}sdt": InlineReader.sdt,
        f"{W}commentRangeStart": InlineReader.comment,
        f"{W}commentRangeEnd": InlineReader.comment,
        f"{W}subDoc": InlineReader.subdocument,
        f"{W}drawing": InlineReader.shape,
        f"{W}pict": InlineReader.shape,
        f"{W}object": InlineReader.shape,
        f"{M}oMath": InlineReader.formula,
        f"{MC}AlternateContent": InlineReader.alternate,
    }
)
_SKIPPED: Final = frozenset(
    {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}smartTagPr", f"{W}customXmlPr", f"{W}fldData"}
)
