"""A DOCX of whatever origin: bytes in, a Reading out; the door is `read`.

    docx_package    the wall: bytes -> the parts that hold text; what is no DOCX, or is meant to do harm, ends there
    docx_xml        names and values of WordprocessingML, and the parser
    docx_styles     how text shows, through styles and defaults
    docx_numbering  the numbers that the word processor draws
    docx_inline     a paragraph's runs, fields, changes, comments -> pieces
    docx_story      body, tables, text boxes -> paragraphs in reading order
    docx_text       paragraphs -> text with places, hints
    docx_notes      changes, comments and what cannot be imported, as notes
    docx_own        a DOCX that we made, known by its styles and its record

Every character that a reader of the document sees is in a paragraph or in a note. Tracked changes are accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from authoring.diagnostics import CannotRun, Message
from authoring.importers.document import EMPTY, Note, Reading
from authoring.importers.docx_notes import Remark, elsewhere, notes_of
from authoring.importers.docx_numbering import read_numbering
from authoring.importers.docx_own import recognise
from authoring.importers.docx_package import Package, open_package
from authoring.importers.docx_story import Story
from authoring.importers.docx_styles import Stylesheet, read_styles
from authoring.importers.docx_text import Line
from authoring.importers.docx_xml import Element, R, Unreadable, child, switch, value
from authoring.importers.signs_text import is_furniture

_NOTE_KINDS: Final = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_MARGINS: Final = {"header": Message("页眉", "header"), "footer": Message("页脚", "footer")}


def read(data: bytes, file: str) -> Reading:
    """The paragraphs of a DOCX, and what else it says. Raises CannotRun for what is none."""
    package = open_package(data, file)
    try:
        return _read(package)
    except Unreadable:
        raise CannotRun.because(
            file,
            Message(
                "文档太长或结构过深，不像一期简报，没有读",
                "too long or nested too deep for an issue; not read",
            ),
            Message(
                "检查文件来源；需要的话用 Word 或 WPS 打开后另存为 .docx",
                "check where it comes from; save it anew",
            ),
        ) from None


def _read(package: Package) -> Reading:
    sheet = read_styles(package.part("styles"))
    remarks = dict(_remarks(package, sheet))
    numbering = read_numbering(package.part("numbering"), sheet)
    story = Story(sheet, numbering)
    body = child(package.xml(package.main), "body")
    paragraphs = [] if body is None else story.read(body)
    lines: list[Line] = []
    notes: list[Note] = []
    told: set[str] = set()
    for paragraph in paragraphs:
        line = Line(paragraph, len(lines) + 1) if paragraph.text.strip() else None
        before = lines[-1].at(len(lines[-1].text)) if lines else EMPTY
        notes += notes_of(line, paragraph.pieces, before, remarks, told)
        if line is not None:
            lines.append(line)
    if not lines:
        raise CannotRun.because(
            package.file,
            Message("文档里没有文字", "the document has no text"),
            Message("扫描件要先识别成文字", "a scan must be turned into text first"),
        )
    notes += _margins(package, sheet, story.sections)
    return Reading(
        package.file,
        tuple(line.text for line in lines),
        tuple(line.as_source() for line in lines),
        tuple(notes),
        recognise(lines, package.record()),
    )


def _remarks(package: Package, sheet: Stylesheet) -> Iterator[tuple[tuple[str, str], Remark]]:
    """Footnotes, endnotes and comments with their ids."""
    for part, kind in _NOTE_KINDS.items():
        for root in package.parts(part):
            for element in root:
                if value(element, "type") in ("separator", "continuationSeparator", "continuationNotice"):
                    continue
                text = "\n".join(paragraph.text for paragraph in Story(sheet).read(element)).strip()
                if text:
                    yield (kind, value(element, "id")), Remark(value(element, "author"), text)


def _margins(package: Package, sheet: Stylesheet, sections: list[Element]) -> Iterator[Note]:
    """The headers and footers that show, other than page numbers, each text once."""
    settings = package.part("settings")
    even = bool(switch(settings, "evenAndOddHeaders"))
    seen: set[str] = set()
    for section in sections:
        shown = {"default", *(["first"] if switch(section, "titlePg") else []), *(["even"] if even else [])}
        for name, where in _MARGINS.items():
            for reference in section.iterfind(f"{section.tag.removesuffix('sectPr')}{name}Reference"):
                root = (
                    package.by_id(reference.get(f"{R}id", "")) if value(reference, "type") in shown else None
                )
                for paragraph in () if root is None else Story(sheet).read(root):
                    text = paragraph.text.strip()
                    if text and not is_furniture(text) and not text.isdecimal() and text not in seen:
                        seen.add(text)
                        yield elsewhere(where, text)
