"""The raw text of a YAML scalar in, the place of each of its characters out: quotes, escapes and folds walked over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from authoring.diagnostics import Span


class Place(NamedTuple):
    """Where a character of a value stands: line and columns from 1, the end exclusive (an escape is several wide)."""

    line: int
    column: int
    end: int


_Token = tuple[str | None, Place]
"""A character of the value, None for one written as an escape, and its place."""

_ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)")


def places(lines: list[str], span: Span, value: str) -> list[Place] | None:
    """The place of each character of `value`, the scalar at `span`; None where the raw text does not spell `value`."""
    style = lines[span.line - 1][span.column - 1 : span.column]
    tokens = list(_block(lines, span, value) if style in "|>" and style else _flow(lines, span, style))
    spelt = len(tokens) == len(value) and all(
        char in (None, wanted) for (char, _), wanted in zip(tokens, value, strict=True)
    )
    return [place for _, place in tokens] if spelt else None


def _flow(lines: list[str], span: Span, style: str) -> Iterator[_Token]:
    """Plain and quoted scalars: a single line break is a space, each further one a line break of the value."""
    quote = style if style in ("'", '"') else ""
    breaks, joined = 0, False
    fold = Place(span.line, span.column, span.column + 1)
    for number in range(span.line, span.end_line + 1):
        raw = lines[number - 1]
        first, last = number == span.line, number == span.end_line
        end = span.end_column - 1 - len(quote) if last else len(raw)
        start = span.column - 1 + len(quote) if first else _skip_blank(raw, end)
        tokens = list(_characters(raw, start, end, number, quote))
        continued = quote == '"' and not last and bool(tokens) and tokens[-1][0] == "\\"
        if continued:
            tokens.pop()
        elif not last:
            while tokens and tokens[-1][0] in (" ", "\t"):
                tokens.pop()
        if tokens or last:
            for char in "\n" * breaks if joined else " " if breaks == 1 else "\n" * (breaks - 1):
                yield char, fold
            breaks, joined = 0, False
        yield from tokens
        if tokens or first:
            fold = Place(number, len(raw) + 1, len(raw) + 2)
        if continued:
            joined = True
        else:
            breaks += 1


def _characters(raw: str, start: int, end: int, number: int, quote: str) -> Iterator[_Token]:
    """raw[start:end] in characters of the value; a backslash that ends the line is given as it stands."""
    at = start
    while at < end:
        width = 1
        char: str | None = raw[at]
        if quote == "'" and char == "'":
            width = 2
        elif quote == '"' and char == "\\":
            escape = _ESCAPE.match(raw, at)
            if escape:
                char, width = None, len(escape.group())
        yield char, Place(number, at + 1, at + 1 + width)
        at += width


def _block(lines: list[str], span: Span, value: str) -> Iterator[_Token]:
    """Literal and folded scalars: the text of each line is sought in `value`; what lies between was folded."""
    at = 0
    previous = Place(span.line, span.column, span.column + 1)
    for number in range(span.line + 1, min(span.end_line, len(lines)) + 1):
        raw = lines[number - 1]
        indent = _skip_blank(raw, len(raw), " ")
        text = raw[indent:]
        start = at
        while start < len(value) and value[start] in " \n":
            start += 1
        if not text or not value.startswith(text, start):
            continue
        between = value[at:start]
        kept = len(between) - between.rfind("\n") - 1 if at == 0 or "\n" in between else 0
        for char in between[: len(between) - kept]:
            yield char, previous
        for offset in range(indent - kept, len(raw)):
            yield raw[offset], Place(number, offset + 1, offset + 2)
        at = start + len(text)
        previous = Place(number, len(raw) + 1, len(raw) + 2)
    for char in value[at:]:
        yield char, previous


def _skip_blank(raw: str, end: int, blank: str = " \t") -> int:
    at = 0
    while at < end and raw[at] in blank:
        at += 1
    return at
