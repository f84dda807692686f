"""What the toolkit says: places, findings, diagnostics and the one exception root.

Stages emit a :class:`Finding` (a rule broken at a node path); :mod:`authoring.source` joins it with its place in the
file into a :class:`Diagnostic`; the reporters at the end turn diagnostics into text. Every message exists in Chinese,
which an editor reads, and in English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
Severity = Literal["error", "warning", "info"]
NodePath = tuple[str | int, ...]
"""The place of a node in an issue, as ("sections", 0, "items", 2, "headline")."""


class Message(NamedTuple):
    """A sentence in both languages."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


NOTHING = Message("", "")


class Span(NamedTuple):
    """A stretch of a file: lines and columns from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """Replace characters [start, end) of the text at `path` by `text`."""

    path: NodePath
    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """How a machine would mend a finding; `safe` when it cannot change what the text says."""

    safe: bool
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """A rule broken at a node; `at` narrows it to characters [start, end) of the node's text, where it has one."""

    rule: str
    severity: Severity
    path: NodePath
    message: Message
    hint: Message = NOTHING
    at: tuple[int, int] | None = None
    on_key: bool = False
    fix: Fix | None = None


class Diagnostic(NamedTuple):
    """A finding with its place: file, span, the path as an editor says it, and the line it stands on."""

    file: str
    span: Span | None
    severity: Severity
    rule: str
    where: Message
    message: Message
    hint: Message = NOTHING
    source_line: str = ""
    fix: Fix | None = None


class AuthoringError(Exception):
    """Root of everything the toolkit raises on purpose.

    exit_code: 1 when the input is at fault, 2 when the work could not be done at all.
    """

    exit_code = 2

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(report(diagnostics, "zh")))
        self.diagnostics = diagnostics


class InvalidIssue(AuthoringError):
    """The file was read, and its content cannot be used; `diagnostics` holds every reason."""

    exit_code = 1


class UnsettableText(AuthoringError):
    """Layout met characters that no font has.

    findings: each of them. Layout knows no lines: who has the `Source` joins them with their places (`diagnostics`).
    """

    exit_code = 1

    def __init__(self, findings: Iterable[Finding], diagnostics: Iterable[Diagnostic] = ()) -> None:
        super().__init__(*diagnostics)
        self.findings = tuple(findings)
        if not self.diagnostics:
            self.args = ("\n".join(finding.message.zh for finding in self.findings),)


class CannotRun(AuthoringError):
    """A file that is not there or cannot be read or written: nothing was wrong with the content."""

    @classmethod
    def because(cls, file: str, message: Message, hint: Message = NOTHING) -> CannotRun:
        return cls(Diagnostic(file, None, "error", "E000", NOTHING, message, hint))


def by_place(item: Diagnostic) -> tuple[str, int, int]:
    """The key that sorts diagnostics as their files have them, those without a line first."""
    return (item.file, item.span.line, item.span.column) if item.span else (item.file, 0, 0)


Progress = Callable[[int, int, str], None]
"""Told how far long work is: number, of how many, what."""

SEVERITIES: dict[Severity, Message] = {
    "error": Message("错误", "error"),
    "warning": Message("提醒", "warning"),
    "info": Message("提示", "note"),
}


def report(
    diagnostics: Iterable[Diagnostic],
    lang: Lang,
    explained: Container[str] = (),
    titles: Mapping[str, Message] = MappingProxyType({}),
) -> list[str]:
    """The lines of a report for a person: where, what, the line with a caret under it, how to mend it.

    explained: the rules that `authoring explain` has a page on, which the last line then names. titles: of the rules
    whose findings are headed by the rule's title, the message standing behind the path.
    """
    lines: list[str] = []
    for item in diagnostics:
        span = item.span
        place = f"{item.file}:{span.line}:{span.column}" if span else item.file
        rule = f" {item.rule}" if span else ""
        where, message = item.where.text(lang), item.message.text(lang)
        title = titles[item.rule].text(lang) if where and item.rule in titles else ""
        lines.append(f"{place} {SEVERITIES[item.severity].text(lang)}{rule} {title or message}")
        if where:
            colon = "：" if lang == "zh" else ": "
            lines.append(f"  {where}{colon}{message}" if title and title != message else f"  {where}")
        if span and item.source_line:
            lines += _excerpt(item.source_line, span)
        hint = item.hint.text(lang)
        closing = [f"{'改法：' if lang == 'zh' else 'Mend: '}{hint}"] if hint else []
        if item.rule in explained:
            closing.append(f"{'说明：' if lang == 'zh' else 'Why: '}authoring explain {item.rule}")
        if closing:
            lines.append("  " + "    ".join(closing))
    return lines


class _Window(NamedTuple):
    """The part of a long line that an excerpt shows."""

    text: str
    shift: int = 0


def _window(line: str, start: int, width: int = 38) -> _Window:
    """At most `width` characters before and after `start`, with … where the line was cut."""
    first = max(0, start - width)
    last = min(len(line), start + width)
    text = ("…" if first else "") + line[first:last] + ("…" if last < len(line) else "")
    return _Window("".join(char if char.isprintable() else " " for char in text), first - (1 if first else 0))


def _excerpt(line: str, span: Span) -> list[str]:
    """The line of the place, and carets under its characters (a Han is two columns wide in a terminal)."""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else start + 1
    window = _window(line, start)
    shown_start = start - window.shift
    shown_end = min(max(end - window.shift, shown_start + 1), len(window.text))
    number = str(span.line)
    before = columns(window.text[:shown_start])
    carets = max(1, columns(window.text[shown_start:shown_end]))
    return [f"  {number} | {window.text}", f"  {' ' * len(number)} | {' ' * before}{'^' * carets}"]


def columns(text: str) -> int:
    """How many terminal columns `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
