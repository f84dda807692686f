"""Plain text and Markdown: bytes in, a Reading out; the door is `read`.

Each line that is not blank is a paragraph; lines that belong together are joined later, where signs tell. Of Markdown, what
a draft uses is read: headings, `__bold__`, escapes, quotes, code fences as text.
"""

from __future__ import annotations

import re
from typing import Final

from authoring.diagnostics import NOTHING, Diagnostic, InvalidIssue, Message, Span
from authoring.importers.document import LIST_ITEM, Hints, Note, Reading, Sourced, SourceParagraph, line_of
from authoring.importers.sourced import split_at

MAX_BYTES: Final = 2_000_000
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
_BLANK = " \t\u3000\xa0\ufeff\f"
_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]\s+|>\s?)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>~])")
_UNDERSCORES = re.compile(r"(?<!_)__(?!_)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_ROW = re.compile(r"\s*\|(?P<cells>.*)\|\s*")
_ROW_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_LINK_WITHIN = re.compile(r"\[(?P<text>[^\[\]]+)\]\(#[^()\s]*\)")
_LINE_END = re.compile(r"(?:\\|\s{2,})$")


def read(data: bytes, file: str) -> Reading:
    """The lines of a text file. Raises InvalidIssue for what is none."""
    text, notes = _decoded(data, file)
    lines = _LINE_BREAKS.split(text)
    markdown = file.lower().endswith((".md", ".markdown"))
    paragraphs: list[SourceParagraph] = []
    ends_page = False
    for number, line in enumerate(lines, 1):
        whole = line_of(line, number)
        ends_page = ends_page or "\f" in line
        if not line.strip(_BLANK) or _RULE.fullmatch(line) or (markdown and _ROW_RULE.fullmatch(line)):
            continue
        content, hints = _markdown(whole) if markdown else (whole, Hints())
        paragraphs.append(SourceParagraph(content, hints._replace(page_break=ends_page and bool(paragraphs))))
        ends_page = False
    if not paragraphs:
        raise InvalidIssue(_whole(file, Message("文件是空的", "the file is empty")))
    return Reading(file, tuple(lines), tuple(paragraphs), tuple(notes))


def _markdown(line: Sourced) -> tuple[Sourced, Hints]:
    """A line without the marks of Markdown, and what they said."""
    hints = Hints()
    heading = _HEADING.match(line.text)
    if heading:
        hints = Hints(outline=len(heading["level"]))
        line = line.cut(*heading.span("text"))
    elif _LIST_ITEM.match(line.text):
        hints = Hints(style=LIST_ITEM)
    for match in reversed(list(_LINK_WITHIN.finditer(line.text))):
        line = line.cut(0, match.start()).join(line.cut(*match.span("text"))).join(line.cut(match.end()))
    row = _ROW.fullmatch(line.text)
    if row:
        cells = split_at(line.cut(*row.span("cells")), "|")
        line = cells[0] if cells else line
        for cell in cells[1:]:
            line = line.join(cell.cut(0, 1).typed("\t")).join(cell)
        hints = Hints()
    line = line.cut(0, len(_LINE_END.sub("", line.text)))
    for match in reversed(list(_UNDERSCORES.finditer(line.text))):
        bold = line.cut(*match.span()).typed("**")
        line = line.cut(0, match.start()).join(bold).join(line.cut(match.end()))
    for match in reversed(list(_ESCAPE.finditer(line.text))):
        line = line.cut(0, match.start()).join(line.cut(match.end()))
    if heading:
        bare = line.strip()
        if bare.text.startswith("**") and bare.text.endswith("**") and len(bare.text) > 4:
            line = bare.cut(2, len(bare.text) - 2)
    return line, hints


def _decoded(data: bytes, file: str) -> tuple[str, list[Note]]:
    """The text of `data`: UTF-8, UTF-16 with its mark, or GB18030, which Windows calls ANSI."""
    if len(data) > MAX_BYTES:
        raise InvalidIssue(_whole(file, Message("文件太大，不像一期简报", "too large for an issue")))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            raise InvalidIssue(_whole(file, _NOT_TEXT, _SAVE_AS_TEXT)) from None
    if b"\0" in data:
        raise InvalidIssue(_whole(file, _NOT_TEXT, _SAVE_AS_TEXT))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InvalidIssue(_whole(file, _NOT_TEXT, _SAVE_AS_TEXT)) from None
    return text, [
        Note(
            "Y005",
            "info",
            Message("不是 UTF-8，按 GB18030（ANSI）读", "not UTF-8; read as GB18030"),
            Message("有乱字就另存为 UTF-8 再导入", "save it as UTF-8 if characters are wrong"),
        )
    ]


_NOT_TEXT = Message("不是文本文件", "not a text file")
_SAVE_AS_TEXT = Message(
    "在 Word 或 WPS 里另存为 .docx，或用记事本另存为 UTF-8 文本", "save it as .docx or as UTF-8 text"
)


def _whole(file: str, message: Message, hint: Message = NOTHING) -> Diagnostic:
    return Diagnostic(file, Span(1, 1, 1, 1), "error", "E001", NOTHING, message, hint)
