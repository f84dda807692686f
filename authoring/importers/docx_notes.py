"""What is worth telling of a Word paragraph: changes with their authors, comments, and what no issue can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from authoring.diagnostics import NOTHING, Message
from authoring.importers.document import EMPTY, Note, Sourced
from authoring.importers.docx_inline import Mark, Piece
from authoring.importers.docx_text import Line

_LONGEST: Final = 300
"""Characters of a text that a message quotes."""


class Remark(NamedTuple):
    """A comment or a footnote. author: empty where nobody is named."""

    author: str
    text: str


Remarks = Mapping[tuple[str, str], Remark]
"""Kind ("comment", "footnote", "endnote") and id -> what it says."""

_TYPE_IT: Final = Message("需要的话在稿件里另写", "write it into the draft if it is needed")
_CANNOT: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "picture": Message("图片不能导入", "a picture cannot be imported"),
        "chart": Message("图表不能导入", "a chart cannot be imported"),
        "object": Message("嵌入的对象（表格、公式等）不能导入", "an embedded object cannot be imported"),
        "outside": Message(
            "这里嵌入了另一个文件，内容没有导入", "another file is embedded here; it was not imported"
        ),
    }
)


def notes_of(
    line: Line | None, pieces: Sequence[Piece | Mark], before: Sourced, remarks: Remarks, told: set[str]
) -> Iterator[Note]:
    """The notes on a paragraph's pieces. line: the paragraph, None where it has no text: then they are on `before`.

    told: the ids of the comments that were listed already; a comment may be on text of several paragraphs.
    """

    def at(column: int, length: int = 1) -> Sourced:
        return before if line is None else line.at(column, length)

    def comment(id_: str, start: int) -> Iterator[Note]:
        remark = remarks.get(("comment", id_))
        if remark is not None and id_ not in told:
            told.add(id_)
            yield _comment(remark, at(start, column - start))

    column = 1
    opened: dict[str, int] = {}
    for (fate, author), group in groupby(pieces, key=_change):
        members = list(group)
        text = "".join(piece.text for piece in members if isinstance(piece, Piece))
        if fate and text.strip():
            yield _changed(fate, author, text, at(column, len(text) if fate == "inserted" else 1))
        for piece in members:
            if isinstance(piece, Piece):
                column += len(piece.text) if piece.fate in ("kept", "inserted") else 0
            elif piece.kind == "comment":
                opened[piece.id] = column
            elif piece.kind == "comment_end":
                yield from comment(piece.id, opened.pop(piece.id, max(1, column - 1)))
            else:
                yield from _marked(piece, at(column), remarks)
    for id_, start in opened.items():  # what the comment is on goes on in the next paragraph
        yield from comment(id_, start)


def _change(piece: Piece | Mark) -> tuple[str, str]:
    if isinstance(piece, Piece) and piece.fate != "kept":
        return piece.fate, piece.author
    return "", ""


def _changed(fate: str, author: str, text: str, at: Sourced) -> Note:
    author = "" if author == "Unknown Author" else author  # what LibreOffice writes for nobody
    who = author or "不具名"
    quoted = _quoted(text)
    if fate == "inserted":
        return Note(
            "W001",
            "info",
            Message(
                f"修订：{who}插入“{quoted}”，已采用",
                f"change: {author or 'nobody'} inserted “{quoted}”; accepted",
            ),
            Message("不采用的，在稿件里删去", "delete it in the draft if it is not wanted"),
            at,
        )
    if fate == "deleted":
        return Note(
            "W002",
            "info",
            Message(
                f"修订：{who}删去“{quoted}”，已删",
                f"change: {author or 'nobody'} deleted “{quoted}”; dropped",
            ),
            Message("要保留的，在稿件里补上", "put it back in the draft if it is to stay"),
            at,
        )
    if fate == "hidden":
        told = Message(f"隐藏文字没有导入：“{quoted}”", f"hidden text was not imported: “{quoted}”")
        return Note("W005", "warning", told, _TYPE_IT, at)
    told = Message(
        f"还没有填写的提示文字没有导入：“{quoted}”", f"a prompt not filled in was not imported: “{quoted}”"
    )
    return Note("W005", "warning", told, NOTHING, at)


def _comment(remark: Remark, at: Sourced) -> Note:
    who = f"（{remark.author}）" if remark.author else ""
    text = _quoted(remark.text)
    return Note(
        "W003",
        "info",
        Message(f"批注{who}：{text}", f"comment by {remark.author or 'somebody'}: {text}"),
        Message("批注不进稿件，请逐条处理", "comments do not go into the draft"),
        at,
    )


def _marked(mark: Mark, at: Sourced, remarks: Remarks) -> Iterator[Note]:
    quoted = _quoted(mark.text)
    if mark.kind in _CANNOT:
        yield Note("W004", "warning", _CANNOT[mark.kind], _TYPE_IT, at)
    elif mark.kind in ("footnote", "endnote"):
        remark = remarks.get((mark.kind, mark.id))
        if remark is not None:
            text = _quoted(remark.text)
            told = Message(f"脚注没有导入：“{text}”", f"a footnote was not imported: “{text}”")
            yield Note("W006", "warning", told, _TYPE_IT, at)
    elif mark.kind == "formula":
        told = Message(f"公式没有导入：“{quoted}”", f"a formula was not imported: “{quoted}”")
        yield Note("W004", "warning", told, _TYPE_IT, at)
    elif mark.kind == "ruby":
        told = Message(f"注音没有导入：“{quoted}”", f"a reading above the line was not imported: “{quoted}”")
        yield Note("W004", "info", told, NOTHING, at)
    elif mark.kind == "struck":
        told = Message(
            f"划了删除线的文字照样导入：“{quoted}”", f"struck-out text was imported as it is: “{quoted}”"
        )
        yield Note(
            "W005", "warning", told, Message("不要的，在稿件里删去", "delete it if it is not wanted"), at
        )
    elif mark.kind == "joined":
        told = Message(
            f"修订：{mark.text or '不具名'}把两段并成一段，已采用",
            f"change: {mark.text} joined two paragraphs; accepted",
        )
        yield Note("W002", "info", told, NOTHING, at)
    elif mark.kind == "split":
        told = Message(
            f"修订：{mark.text or '不具名'}在这一段后面分段，已采用",
            f"change: {mark.text} began a new paragraph after this one; accepted",
        )
        yield Note("W001", "info", told, NOTHING, at)


def elsewhere(where: Message, text: str) -> Note:
    """Text that stands outside the body: in a header, a footer."""
    quoted = _quoted(text)
    told = Message(f"{where.zh}没有导入：“{quoted}”", f"the {where.en} was not imported: “{quoted}”")
    return Note("W007", "info", told, at=EMPTY)


def _quoted(text: str) -> str:
    """`text` on one line, cut where it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……（共{len(line)}字）"
