"""A YAML file as editors type it: every scalar is text, every node has its place, nothing is guessed or dropped.

The tree is built from PyYAML's events, not its constructor: no value is coerced, no alias expanded, no recursion goes as
deep as a hostile file asks.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from authoring.diagnostics import (
    NOTHING,
    CannotRun,
    Diagnostic,
    Finding,
    InvalidIssue,
    Message,
    NodePath,
    Span,
)
from authoring.source import traps
from authoring.source.scalars import Place, places

MAX_BYTES = 500_000
"""A draft is some 20 kB; a file beyond this is not one."""
MAX_DEPTH = 24
"""The schema needs 9."""
MAX_NODES = 20_000
"""A draft has some 100."""
MAX_PROBLEMS = 200
"""Reading stops here: a file with more is broken as a whole."""

_LINE_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LOST_COMMENT = re.compile(r"\s*#(?![\s#!]|noqa|$)")
_COMMENT = re.compile(r"(?<![。！？；：”’）》…]) (?P<text>#[\s#!](?!\s*(?i:noqa)).*\S)")
"""A comment one space behind a text that has no closing mark: perhaps a part of the text."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP_FOR_C = "maximum nesting depth"
"""In the error of a libyaml that bounds the depth itself: far beyond MAX_DEPTH, but before any event comes out."""

Value = Any
"""dict of str, list, str, or None for a value left empty."""


@dataclass(slots=True)
class Document:
    """A file, its text, the values in it, and where each node and each key stands."""

    file: str
    text: str
    lines: list[str]
    value: Value = None
    spans: dict[NodePath, Span] = field(default_factory=dict)
    keys: dict[NodePath, Span] = field(default_factory=dict)
    plain: set[NodePath] = field(default_factory=set)
    warnings: list[Diagnostic] = field(default_factory=list)
    _last: tuple[NodePath, list[Place] | None] | None = field(default=None, repr=False, compare=False)

    def span(self, path: NodePath, *, on_key: bool = False, at: tuple[int, int] | None = None) -> Span | None:
        """The place of the node at `path`, of its key, or of characters `at` of its text.

        A node that is not in the file gives the place of the nearest one around it.
        """
        while path and path not in self.spans:
            path, on_key, at = path[:-1], True, None
        if on_key and path in self.keys:
            return self.keys[path]
        span = self.spans.get(path)
        value = value_at(self.value, path)
        if span is None or at is None or not isinstance(value, str):
            return span
        raw = self.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        if span.line == span.end_line and raw == value and 0 <= at[0] < len(value):  # written as it reads
            end = max(at[0] + 1, min(at[1], len(value)))
            return Span(span.line, span.column + at[0], span.line, span.column + end)
        return self._within(span, self.places(path), at)

    def places(self, path: NodePath) -> list[Place] | None:
        """The place of each character of the text at `path`; None where that cannot be told, or no text is there.

        The last answer is kept: a text with one finding often has more.
        """
        if self._last is None or self._last[0] != path:
            span, value = self.spans.get(path), value_at(self.value, path)
            known = span is not None and isinstance(value, str)
            self._last = (path, places(self.lines, span, value) if span and known else None)
        return self._last[1]

    def diagnostic(self, finding: Finding, where: Message) -> Diagnostic:
        """`finding` with its place in this file."""
        span = self.span(finding.path, on_key=finding.on_key, at=finding.at)
        line = self.lines[span.line - 1] if span and span.line <= len(self.lines) else ""
        return Diagnostic(
            self.file,
            span,
            finding.severity,
            finding.rule,
            where,
            finding.message,
            finding.hint,
            line,
            finding.fix,
        )

    @staticmethod
    def _within(span: Span, found: list[Place] | None, at: tuple[int, int]) -> Span:
        """The place of characters `at` inside the scalar at `span`; the whole scalar where it cannot be told."""
        if found is None or not 0 <= at[0] < len(found):
            return span
        first, last = found[at[0]], found[max(at[0], min(at[1], len(found)) - 1)]
        return Span(first.line, first.column, last.line, last.end)


def read_document(path: Path, name: str | None = None) -> Document:
    """Read and parse the YAML file at `path`; `name` is what messages call it.

    Raises CannotRun where the file cannot be read, InvalidIssue where it is not the YAML of a document.
    """
    file = name or str(path)
    return parse(read_text(path, file), file)


def read_text(path: Path, file: str) -> str:
    """The text of the file at `path`, which messages call `file`. Raises as `read_document` does."""
    return decode(read_bytes(path, file), file)


def bytes_of(path: Path, document: Document) -> bytes:
    """The bytes that `document` was read from at `path`, a BOM included. Raises CannotRun where they have changed since."""
    data = read_bytes(path, document.file)
    if decode(data, document.file) != document.text:
        raise CannotRun.because(document.file, Message("文件正在被改动", "the file is being changed"))
    return data


def decode(data: bytes, file: str) -> str:
    """The text of `data`; a BOM is dropped. Raises InvalidIssue for what is not UTF-8, with its place."""
    for signature, explanation in traps.SIGNATURES:
        if data.startswith(signature):
            raise InvalidIssue(_at_start(file, "Y005", *explanation))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InvalidIssue(_at_start(file, "Y005", *traps.UTF16))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        lines = _LINE_BREAKS.split(before)
        span = Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
        encoding = traps.GB18030 if _is_gb18030(data) else traps.NOT_UTF8
        raise InvalidIssue(Diagnostic(file, span, "error", "Y005", NOTHING, *encoding)) from None


def encode(text: str, before: bytes) -> bytes:
    """`text` as the bytes of a file that held `before`: with a BOM where it had one."""
    return (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode()


def parse(text: str, file: str) -> Document:
    """The document in `text`. Raises InvalidIssue with everything that is wrong with it as YAML."""
    return _parse(text, file, _LOADER)


def _parse(text: str, file: str, loader: Any) -> Document:
    document = Document(file, text, _LINE_BREAKS.split(text))
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.YAMLError as error:
        if _TOO_DEEP_FOR_C in str(error) and loader is not yaml.SafeLoader:
            return _parse(text, file, yaml.SafeLoader)  # whose events tell where MAX_DEPTH is passed
        raise InvalidIssue(*traps.explain(text, document.lines, file, error)) from None
    if builder.problems:
        raise InvalidIssue(*builder.problems)
    if document.value is None:
        raise InvalidIssue(_at_start(file, "Y006", *traps.EMPTY))
    return document


class _Builder:
    """Builds the tree from events, iteratively; collects what is wrong on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []
        self._containers: list[tuple[NodePath, dict[str, Value] | list[Value]]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            raise InvalidIssue(*self.problems)
        if len(self.document.spans) > MAX_NODES:
            self._problem(event, "Y004", traps.TOO_LARGE)
            raise InvalidIssue(*self.problems)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            path, _ = self._containers.pop()
            self._key.pop()
            start = self.document.spans[path]
            end = _span(event)
            self.document.spans[path] = Span(start.line, start.column, end.end_line, end.end_column)
        elif isinstance(event, yaml.AliasEvent):
            self._problem(event, "Y003", traps.ALIAS)
            if self._expects_key():
                self._take_key(f"*{event.anchor}", _span(event))
            else:
                self._place(None, _span(event))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._problem(event, "Y006", traps.TWO_DOCUMENTS)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        span = _span(event)
        if self._expects_key():
            self._take_key(event.value, span)
            return
        path = self._place(event.value if event.value or event.style else None, span)
        if not event.style:
            self.document.plain.add(path)
            self._check_comment(span, path)
            self._check_continuation(span)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._check_tag(event)
        if self._expects_key():
            self._problem(event, "Y001", traps.COMPLEX_KEY)
            raise InvalidIssue(*self.problems)  # what follows would be taken for keys
        container: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(container, _span(event))
        self._containers.append((path, container))
        self._key.append(None)
        if len(self._containers) > MAX_DEPTH:
            self._problem(event, "Y004", traps.TOO_DEEP)
            raise InvalidIssue(*self.problems)

    def _expects_key(self) -> bool:
        return bool(self._containers) and isinstance(self._containers[-1][1], dict) and self._key[-1] is None

    def _take_key(self, key: str, span: Span) -> None:
        path, container = self._containers[-1]
        if key[:1] in ("\u3000", "\xa0"):
            self.problems.append(self._diagnostic(span, "Y001", traps.WIDE_INDENT))
        if key in container:
            earlier = self.document.keys[(*path, key)]
            self.problems.append(self._diagnostic(span, "Y002", traps.duplicate_key(key, earlier.line)))
        else:
            self.document.keys[(*path, key)] = span
        self._key[-1] = key

    def _place(self, value: Value, span: Span) -> NodePath:
        """Put `value` where it belongs and remember its span."""
        if not self._containers:
            path: NodePath = ()
            if self._documents == 1:
                self.document.value = value
        else:
            parent, container = self._containers[-1]
            if isinstance(container, list):
                path = (*parent, len(container))
                container.append(value)
            else:
                key = self._key[-1] or ""
                path = (*parent, key)
                container.setdefault(key, value)
                self._key[-1] = None
        self.document.spans[path] = span
        return path

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "tag:yaml.org,2002:str"):
            self._problem(event, "Y003", traps.TAG)
        if event.anchor is not None:
            self._problem(event, "Y003", traps.ANCHOR)

    def _check_comment(self, span: Span, path: NodePath) -> None:
        """A plain text followed by ` #3 …`: YAML would drop the rest as a comment."""
        line = self.document.lines[span.end_line - 1] if span.end_line <= len(self.document.lines) else ""
        lost = _LOST_COMMENT.match(line, span.end_column - 1)
        if lost:
            start = lost.end()
            place = Span(span.end_line, start, span.end_line, len(line) + 1)
            self.problems.append(
                self._diagnostic(place, "Y007", traps.lost_comment(line[start - 1 :].strip()))
            )
            return
        comment = _COMMENT.match(line, span.end_column - 1)
        if comment and "sections" in path:
            place = Span(span.end_line, comment.start("text") + 1, span.end_line, len(line) + 1)
            found = self._diagnostic(place, "Y008", traps.comment(comment["text"].strip()))
            self.document.warnings.append(found._replace(severity="warning"))

    def _check_continuation(self, span: Span) -> None:
        """A field or a dash that is mistyped so that YAML takes its line for more of the text above."""
        lines = self.document.lines
        for number in range(span.line + 1, min(span.end_line, len(lines)) + 1):
            self.problems += traps.on_line(lines, number, self.document.file)

    def _problem(self, event: yaml.Event, rule: str, texts: traps.Explanation) -> None:
        self.problems.append(self._diagnostic(_span(event), rule, texts))

    def _diagnostic(self, span: Span, rule: str, texts: traps.Explanation) -> Diagnostic:
        lines = self.document.lines
        line = lines[span.line - 1] if span.line <= len(lines) else ""
        return Diagnostic(self.document.file, span, "error", rule, NOTHING, *texts, line)


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def value_at(value: Value, path: NodePath) -> Value:
    """The node at `path` of a tree."""
    for part in path:
        value = value[part]
    return value


def read_bytes(path: Path, file: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; never blocks on a pipe. Raises as `read_document` does."""
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise CannotRun.because(file, *traps.DIRECTORY)
        if not stat.S_ISREG(status.st_mode):
            raise CannotRun.because(file, *traps.NOT_A_FILE)
        if status.st_size > limit:
            raise InvalidIssue(_at_start(file, "Y004", *traps.TOO_LARGE))
        return path.read_bytes()
    except FileNotFoundError:
        raise CannotRun.because(file, *traps.NO_SUCH_FILE) from None
    except PermissionError:
        raise CannotRun.because(file, *traps.NO_PERMISSION) from None
    except (OSError, ValueError):
        raise CannotRun.because(file, *traps.UNREADABLE) from None


def _at_start(file: str, rule: str, message: Message, hint: Message) -> Diagnostic:
    return Diagnostic(file, Span(1, 1, 1, 1), "error", rule, NOTHING, message, hint)


def _is_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text[:4000])
