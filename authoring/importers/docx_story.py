"""A story (body, footnote, comment, header) in, its paragraphs in reading order out, as they are once every change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from authoring.importers.docx_inline import Content, Fate, InlineReader, Mark, Piece
from authoring.importers.docx_numbering import Numbering
from authoring.importers.docx_styles import ParagraphLook, Stylesheet
from authoring.importers.docx_xml import DEEPEST, MC, Element, M, Unreadable, W, child, value

MOST_PARAGRAPHS: Final = 10_000
MOST_CHARACTERS: Final = 300_000
"""Of a story. An issue has some four thousand in sixty paragraphs."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph as the document shows it. label: its automatic number. page_break: it begins a page."""

    look: ParagraphLook
    pieces: list[Piece | Mark]
    label: str = ""
    cell: bool = False
    page_break: bool = False

    @property
    def text(self) -> str:
        """What is seen of it, changes accepted."""
        return "".join(piece.text for piece in self.seen())

    def seen(self) -> Iterator[Piece]:
        for piece in self.pieces:
            if isinstance(piece, Piece) and piece.fate in ("kept", "inserted"):
                yield piece


@dataclass(slots=True)
class Story:
    """Reads the blocks of a part. sections: the `w:sectPr` met. A paragraph whose mark was deleted goes on in the next."""

    sheet: Stylesheet
    numbering: Numbering | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    sections: list[Element] = field(default_factory=list)
    _inline: InlineReader = field(default_factory=InlineReader)
    _open: list[Piece | Mark] = field(default_factory=list)
    _open_look: ParagraphLook | None = None
    _breaks: bool = False
    _length: int = 0
    _row_fate: str = ""
    _row_author: str = ""

    def read(self, root: Element) -> list[Paragraph]:
        self._blocks(root, 0, cell=False)
        if self._open:  # the last paragraph's mark was deleted: there is nothing to go on in
            self.paragraphs.append(Paragraph(self._open_look or ParagraphLook(self.sheet, None), self._open))
            self._open, self._open_look = [], None
        return self.paragraphs

    def _blocks(self, element: Element, depth: int, cell: bool) -> None:
        if depth > DEEPEST:
            raise Unreadable(harmful=True)
        for node in element:
            tag = node.tag
            if tag == f"{W}p":
                self._paragraph(node, depth, cell)
            elif tag == f"{W}tr":
                self._row(node, depth)
            elif tag == f"{W}tc":
                self._blocks(node, depth + 1, cell=True)
            elif tag == f"{W}sectPr":
                self.sections.append(node)
            elif tag == f"{W}altChunk":
                self._note(Mark("outside"))
            elif tag in (f"{M}oMathPara", f"{M}oMath"):
                self._note(Mark("formula", text="".join(text.text or "" for text in node.iter(f"{M}t"))))
            elif tag == f"{MC}AlternateContent":
                chosen = node.find(f"{MC}Choice")
                chosen = node.find(f"{MC}Fallback") if chosen is None else chosen
                if chosen is not None:
                    self._blocks(chosen, depth + 1, cell)
            elif tag == f"{W}sdt" and child(node, "sdtPr", "showingPlcHdr") is not None:
                self._inline.fate = "placeholder"
                self._blocks(node, depth + 1, cell)
                self._inline.fate = "kept"
            elif isinstance(tag, str) and tag not in _PROPERTIES:
                self._blocks(node, depth + 1, cell)

    def _row(self, element: Element, depth: int) -> None:
        """A row of a table, which may itself have been inserted or deleted."""
        before = self._row_fate, self._row_author
        for fate, name in (("deleted", "del"), ("inserted", "ins")):
            change = child(element, "trPr", name)
            if change is not None and self._row_fate != "deleted":
                self._row_fate, self._row_author = fate, value(change, "author")
                break
        self._blocks(element, depth + 1, cell=True)
        self._row_fate, self._row_author = before

    def _paragraph(self, element: Element, depth: int, cell: bool) -> None:
        properties = child(element, "pPr")
        look = ParagraphLook(self.sheet, properties)
        content = self._inline.read(element, look)
        self._length += sum(len(piece.text) for piece in content.pieces)
        if len(self.paragraphs) > MOST_PARAGRAPHS or self._length > MOST_CHARACTERS:
            raise Unreadable(harmful=True)
        for box in content.before:
            self._box(box, depth)
        section = child(properties, "sectPr")
        if section is not None:
            self.sections.append(section)
        self._add(content, look, properties, cell)
        for box in content.after:
            self._box(box, depth)
        if section is not None and value(child(section, "type")) != "continuous":
            self._breaks = True

    def _box(self, box: Element, depth: int) -> None:
        """A text box is a story of its own: what is open in the paragraph outside stays open."""
        outside = self._inline, self._open, self._open_look
        self._inline, self._open, self._open_look = InlineReader(), [], None
        self._blocks(box, depth + 1, cell=False)
        self._inline, self._open, self._open_look = outside

    def _add(self, content: Content, look: ParagraphLook, properties: Element | None, cell: bool) -> None:
        pieces = content.pieces
        if self._row_fate:
            pieces = [self._in_row(piece) for piece in pieces]
        mark = child(properties, "rPr")
        deleted_mark = child(mark, "del")
        if deleted_mark is None:
            deleted_mark = child(mark, "moveFrom")
        if deleted_mark is not None:
            self._open += [*pieces, Mark("joined", text=value(deleted_mark, "author"))]
            self._open_look = look
            return
        paragraph = Paragraph(
            look, [*self._open, *pieces], cell=cell, page_break=self._breaks or look.page_break
        )
        if self._open_look is not None and not content.has_text:  # nothing was there to go on in
            paragraph.look = self._open_look
        self._open, self._open_look, self._breaks = [], None, False
        inserted_mark = child(mark, "ins")
        if inserted_mark is not None and not any(
            isinstance(piece, Piece) and piece.fate == "inserted" for piece in pieces
        ):
            paragraph.pieces.append(Mark("split", text=value(inserted_mark, "author")))
        _cut_page_breaks(paragraph)
        if self.numbering is not None:  # one without text counts as well
            paragraph.label = self.numbering.label(paragraph.look)
        self._breaks = self._ends_page(paragraph)
        self.paragraphs.append(paragraph)

    def _in_row(self, piece: Piece | Mark) -> Piece | Mark:
        if isinstance(piece, Piece) and piece.fate in ("kept", "inserted"):
            fate: Fate = "deleted" if self._row_fate == "deleted" else "inserted"
            return piece._replace(fate=fate, author=self._row_author)
        return piece

    def _ends_page(self, paragraph: Paragraph) -> bool:
        """Takes a page break off the paragraph's end; a paragraph of nothing else passes on what it begins."""
        for index in range(len(paragraph.pieces) - 1, -1, -1):
            piece = paragraph.pieces[index]
            if isinstance(piece, Piece) and piece.text == "\f":
                del paragraph.pieces[index]
                return True
            if isinstance(piece, Piece) and piece.text.strip() and piece.fate != "deleted":
                break
        return paragraph.page_break and not paragraph.text.strip()

    def _note(self, mark: Mark) -> None:
        self.paragraphs.append(Paragraph(ParagraphLook(self.sheet, None), [mark]))


def _cut_page_breaks(paragraph: Paragraph) -> None:
    """A page break before any text is the paragraph's own."""
    if not paragraph.text.strip():
        return
    for index, piece in enumerate(paragraph.pieces):
        if isinstance(piece, Piece) and piece.text == "\f":
            del paragraph.pieces[index]
            paragraph.page_break = True
            return
        if isinstance(piece, Piece) and piece.text.strip() and piece.fate != "deleted":
            return


_PROPERTIES: Final = frozenset(
    {f"{W}{name}" for name in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sdtPr", "customXmlPr", "pPr")}
)
