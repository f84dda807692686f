"""`# noqa: N002 原因`: a comment that silences one rule on its line, and what becomes of one that silences nothing.

A comment cannot stand inside a text that runs over several lines; there, one behind its first or its last line speaks
for the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import NamedTuple

from authoring.diagnostics import NOTHING, Diagnostic, Message, NodePath, Span
from authoring.source.document import Document

STALE = "Q001"
_COMMENT = re.compile(
    r"#\s*noqa\b(?:\s*[:：]\s*(?P<codes>[A-Za-z]\d{3}(?:\s*[,，、]\s*[A-Za-z]\d{3})*))?(?P<reason>.*)", re.I
)


class _Comment(NamedTuple):
    """A noqa in a file: its line, its columns from 1 (the end exclusive), and one of its codes ("" where it has none)."""

    line: int
    start: int
    end: int
    code: str


class Silencer:
    """The noqa comments of one document, and which of them have been of use."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._comments = tuple(_comments(document)) if "noqa" in document.text.lower() else ()
        self._used: set[_Comment] = set()

    def silences(self, diagnostic: Diagnostic, path: NodePath) -> bool:
        """Whether a comment silences `diagnostic`, found at the node `path`; remembers that it did."""
        if not self._comments or diagnostic.span is None:
            return False
        lines = {diagnostic.span.line}
        node = self._document.spans.get(path)
        if node is not None and _text_like(self._document, path):
            lines |= {node.line, node.end_line}
        found = [
            comment for comment in self._comments if comment.code == diagnostic.rule and comment.line in lines
        ]
        self._used.update(found)
        return bool(found)

    def stale(self, known: Container[str], ran: Callable[[str], bool]) -> Iterator[Diagnostic]:
        """The comments that silenced nothing; those of rules that did not run are not to blame.

        known: every rule's code. ran: whether the rule with a code was run on this document.
        """
        for comment in self._comments:
            if not comment.code:
                yield self._diagnostic(
                    comment,
                    Message("noqa 没有写明规则", "noqa names no rule"),
                    Message("写成 # noqa: N002 原因", "write it as # noqa: N002 reason"),
                )
            elif comment.code not in known:
                yield self._diagnostic(
                    comment, Message(f"没有规则 {comment.code}", f"there is no rule {comment.code}"), _DROP
                )
            elif comment not in self._used and ran(comment.code):
                yield self._diagnostic(
                    comment,
                    Message(
                        f"这一行已经没有 {comment.code} 的问题",
                        f"there is nothing for {comment.code} on this line",
                    ),
                    _DROP,
                )

    def _diagnostic(self, comment: _Comment, message: Message, hint: Message) -> Diagnostic:
        span = Span(comment.line, comment.start, comment.line, comment.end)
        line = self._document.lines[comment.line - 1]
        return Diagnostic(self._document.file, span, "warning", STALE, NOTHING, message, hint, line)


_DROP = Message("删去这条 noqa 注释", "take the noqa comment out")


def _comments(document: Document) -> Iterator[_Comment]:
    inside = _texts(document)
    for number, line in enumerate(document.lines, 1):
        for match in _COMMENT.finditer(line):
            at = match.start()
            behind_blank = at == 0 or line[at - 1] in " \t"
            if not behind_blank or any(first <= (number, at + 1) < last for first, last in inside):
                continue
            end = len(line.rstrip()) + 1
            codes = re.findall(r"[A-Za-z]\d{3}", match["codes"] or "") or [""]
            for code in codes:
                yield _Comment(number, at + 1, end, code.upper())
            break


def _texts(document: Document) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the file's texts begin and end, as (line, column): a # in there is no comment."""
    found = []
    for path, span in document.spans.items():
        if not _text_like(document, path):
            continue
        start = (span.line, span.column)
        if (
            document.lines[span.line - 1][span.column - 1 : span.column] in ("|", ">")
            and path not in document.plain
        ):
            start = (span.line + 1, 1)  # behind the sign of a block a comment may stand
        found.append((start, (span.end_line, span.end_column)))
    return found


def _text_like(document: Document, path: NodePath) -> bool:
    value = document.value
    for part in path:
        value = value[part]
    return isinstance(value, str)
