"""A document in, the raw characters that its nodes take out: where each entry begins and ends, whose comments are whose.

Offsets are in characters of the document's text. Of the comments between two entries of a block collection, those
indented deeper belong to the upper one, those directly above the lower one to that; what a blank line parts from it
belongs to neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from authoring.diagnostics import Edit, NodePath
from authoring.source.document import Document, Value, value_at
from authoring.source.scalars import Place

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")


class RawEdit(NamedTuple):
    """Replace the characters [start, end) of the file's text by `text`."""

    start: int
    end: int
    text: str


class Unclear(Exception):
    """The raw text of a node is not what this module knows how to take apart. Never leaves the package."""


class Entry(NamedTuple):
    """A field or list entry of a block collection. lead: where the comments directly above it begin; start: its key or
    dash; end: behind its last line. own_line: whether nothing but blanks stands before it."""

    key: str | int
    lead: int
    start: int
    end: int
    own_line: bool


def replaced(text: str, edits: Iterable[RawEdit], start: int = 0, end: int | None = None) -> str:
    """The part [start, end) of `text` with `edits`, which lie in it and do not overlap, made."""
    parts, at = [], start
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + text[at:end]


def overlap(edits: Iterable[RawEdit]) -> bool:
    """Whether two edits share a character, or one is an insertion where another begins or ends."""
    return any(
        after.start < before.end
        or (after.start == before.end and (after.start == after.end or before.start == before.end))
        for before, after in pairwise(sorted(edits))
    )


def line_starts(document: Document) -> list[int]:
    """The offset of each line in the file's text."""
    starts, at = [], 0
    for line in document.lines:
        starts.append(at)
        at += len(line)
        at += 2 if document.text.startswith("\r\n", at) else 1
    return starts


def stretch(
    document: Document, starts: Sequence[int], found: Sequence[Place], edit: Edit
) -> tuple[int, int] | None:
    """The raw characters [start, end) that spell the edit's; None where that cannot be told.

    A character that a line's end stands for has no raw one of its own: what lies between its neighbours spells it.
    """

    def is_fold(place: Place) -> bool:
        return place.column > len(document.lines[place.line - 1])

    def begin(place: Place) -> int:
        return starts[place.line - 1] + place.column - 1

    def finish(place: Place) -> int:
        return starts[place.line - 1] + place.end - 1

    if edit.start == edit.end:
        if edit.start < len(found) and not is_fold(found[edit.start]):
            at = begin(found[edit.start])
        elif edit.start > 0 and not is_fold(found[edit.start - 1]):
            at = finish(found[edit.start - 1])
        else:
            return None
        return at, at
    first, last = found[edit.start], found[edit.end - 1]
    if is_fold(first):
        if edit.start == 0 or is_fold(found[edit.start - 1]):
            return None
        start = finish(found[edit.start - 1])
    else:
        start = begin(first)
    if is_fold(last):
        if edit.end == len(found) or is_fold(found[edit.end]):
            return None
        end = begin(found[edit.end])
    else:
        end = finish(last)
    return (start, end) if start <= end else None


class Raw:
    """The raw text of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.starts = line_starts(document)
        self._last: dict[NodePath, int] = {}
        self._entries: dict[NodePath, dict[str | int, Entry]] = {}

    @property
    def newline(self) -> str:
        """How the file ends its lines."""
        found = re.search(r"\r\n|\n|\r", self.text)
        return found[0] if found else "\n"

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1

    def value(self, path: NodePath) -> Value:
        return value_at(self.document.value, path)

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def style(self, path: NodePath) -> str:
        """The character that the node begins with: a quote, `|`, `>`, `[`, `{`; "" for plain texts and blocks."""
        span = self.document.spans[path]
        first = self.document.lines[span.line - 1][span.column - 1 : span.column]
        value = value_at(self.document.value, path)
        signs = "[" if isinstance(value, list) else "{" if isinstance(value, dict) else "'\"|>"
        return first if first and first in signs and path not in self.document.plain else ""

    def extent(self, path: NodePath) -> tuple[int, int]:
        """The characters [start, end) of a scalar or flow collection; of a block scalar, without its last line's end."""
        span = self.document.spans[path]
        start = self.offset(span.line, span.column)
        if self.style(path) in ("|", ">"):
            last = self.last_line(path)
            return start, self.starts[last - 1] + len(self.document.lines[last - 1])
        return start, self.offset(span.end_line, span.end_column)

    def last_line(self, path: NodePath) -> int:
        """The line that a node ends on."""
        if path not in self._last:
            self._last[path] = self._find_last_line(path)
        return self._last[path]

    def _find_last_line(self, path: NodePath) -> int:
        span = self.document.spans[path]
        value, style = value_at(self.document.value, path), self.style(path)
        if style in ("|", ">"):
            number = span.end_line - (span.end_column == 1)
            keeps = "+" in self.document.lines[span.line - 1][span.column : span.column + 2]
            while number > span.line and not keeps and not self.document.lines[number - 1].strip():
                number -= 1
            return max(number, span.line)
        if style or not isinstance(value, (dict, list)):
            return span.end_line
        keys = list(value) if isinstance(value, dict) else range(len(value))
        return self.last_line((*path, keys[-1]))

    def entry(self, path: NodePath) -> Entry:
        """The entry of a block collection that is at `path`. Raises as `entries` does."""
        if path[:-1] not in self._entries:
            self._entries[path[:-1]] = {entry.key: entry for entry in self.entries(path[:-1])}
        return self._entries[path[:-1]][path[-1]]

    def entries(self, path: NodePath) -> list[Entry]:
        """The entries of the block collection at `path`, in the file's order. Raises Unclear for what is written oddly."""
        value = value_at(self.document.value, path)
        keys: Sequence[str | int] = list(value) if isinstance(value, dict) else range(len(value))
        column = self.document.spans[path].column
        found: list[Entry] = []
        line = self.document.spans[path].line
        for key in keys:
            if isinstance(key, str):
                span = self.document.keys[(*path, key)]
                line = span.line
                if span.column != column:
                    raise Unclear
            elif found:
                line = self._dash_line(line, column)
            own_line = not self.document.lines[line - 1][: column - 1].strip(" ")
            if found and not own_line:
                raise Unclear
            start = self.offset(line, column)
            lead = (
                self._lead(line, column, self.line_of(found[-1].end - 1) if found else 0)
                if own_line
                else start
            )
            last = self.last_line((*path, key))
            if last < line:
                raise Unclear
            line = self._trailing(last, column) + 1
            end = self.starts[line - 1] if line <= len(self.starts) else len(self.text)
            found.append(Entry(key, lead, start, end, own_line))
        return found

    def _dash_line(self, line: int, column: int) -> int:
        """The first line from `line` on that is more than a comment; it must hold the next entry's dash."""
        lines = self.document.lines
        while line <= len(lines) and (
            not lines[line - 1].strip() or lines[line - 1].lstrip().startswith("#")
        ):
            line += 1
        if line > len(lines) or lines[line - 1][column - 1 : column] != "-":
            raise Unclear
        return line

    def _lead(self, line: int, column: int, above: int) -> int:
        """Where the comments directly above `line` begin, below line `above`."""
        lines = self.document.lines
        while line - 1 > above and _is_comment(lines[line - 2]) and _indent(lines[line - 2]) < column:
            if line == 2 and "yaml-language-server" in lines[0]:
                break  # it is about the whole file
            line -= 1
        return self.starts[line - 1]

    def _trailing(self, line: int, column: int) -> int:
        """The last of the comments below `line` that are indented deeper than the entry that ends there."""
        lines, last = self.document.lines, line
        while line < len(lines):
            following = lines[line]
            if following.strip() and not (_is_comment(following) and _indent(following) >= column):
                break
            line += 1
            if following.strip():
                last = line
        return last

    def comments(self, start: int, end: int) -> list[str]:
        """The comments among the raw characters [start, end), without their `#`."""
        masked = list(self.text[start:end])
        for first, last in self._taken():
            for at in range(max(first, start), min(last, end)):
                masked[at - start] = masked[at - start] if self.text[at] in "\r\n" else "x"
        lines = (_COMMENT.search(line) for line in "".join(masked).splitlines())
        return [match[0][1:].removeprefix(" ").rstrip() for match in lines if match]

    def _taken(self) -> Iterator[tuple[int, int]]:
        """The characters of texts and keys: a # in there is no comment."""
        document = self.document
        for span in document.keys.values():
            yield self.offset(*span[:2]), self.offset(*span[2:])
        for path in document.spans:
            if isinstance(value_at(document.value, path), str):
                first, last = self.extent(path)
                if self.style(path) in ("|", ">"):  # behind the sign of a block a comment may stand
                    line = document.spans[path].line
                    first = self.starts[line - 1] + len(document.lines[line - 1])
                yield first, last


def text_at(value: Value, path: NodePath) -> str | None:
    """The text at `path`, None where there is none."""
    try:
        found = value_at(value, path)
    except (KeyError, IndexError, TypeError):
        return None
    return found if isinstance(found, str) and path else None


def _is_comment(line: str) -> bool:
    return line.lstrip(" \t").startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
