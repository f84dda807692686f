"""What was recovered, joined with where it came from: places of findings, and how much of the source found its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from authoring.diagnostics import NOTHING, Diagnostic, Finding, Message, NodePath, Span
from authoring.importers.document import Note, Place, Reading, Recovered, Sourced, leaves, texts, visible
from authoring.source.schema import describe


class Coverage(NamedTuple):
    """How many characters were read (white space not counted) and found their place; unplaced: the rest, line by line."""

    read: int
    placed: int
    unplaced: tuple[Sourced, ...]


class Imported:
    """An issue's tree as YAML would hold it, that knows the place of each of its texts in the source."""

    def __init__(self, reading: Reading, recovered: Recovered) -> None:
        self.file = reading.file
        self.reading = reading
        self.recovered = recovered

    @cached_property
    def value(self) -> dict[str, object]:
        """The tree, its texts alone."""
        value = texts(self.recovered.value)
        assert isinstance(value, dict)
        return value

    @cached_property
    def _marks(self) -> dict[NodePath, Sourced]:
        return dict(leaves(self.recovered.value))

    def coverage(self) -> Coverage:
        """Every visible character of the source: in the issue, in what the format makes itself, or unplaced."""
        placed = visible([*self._marks.values(), *self.recovered.furniture])
        everything = [paragraph.content for paragraph in self.reading.paragraphs]
        read = visible(everything)
        unplaced = [piece for content in everything for piece in _missing(content, placed)]
        return Coverage(len(read), len(read & placed), tuple(unplaced))

    def diagnostics(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """`findings` about the issue, at their places in the source."""
        for finding in findings:
            where = describe(finding.path, self.value)
            at = self._at(finding.path, finding.at)
            yield self._diagnostic(finding.rule, finding, at, where)

    def noted(self, notes: Iterable[Note]) -> Iterator[Diagnostic]:
        """`notes` of readers and signs, at their places in the source."""
        for note in notes:
            finding = Finding(note.code, note.severity, (), note.message, note.hint)
            yield self._diagnostic(note.code, finding, note.at, NOTHING)

    def _at(self, path: NodePath, at: tuple[int, int] | None) -> Sourced:
        """The text at `path`, or characters `at` of it; of a node without text, the first text in or before it."""
        mark = self._marks.get(path)
        if mark is not None:
            start, end = at if at is not None else (0, len(mark.text))
            return mark.cut(min(start, max(0, len(mark.text) - 1)), max(end, start + 1))
        while path:
            for other, text in self._marks.items():
                if other[: len(path)] == path and text.places:
                    return text.cut(0, 1)
            path = path[:-1]
        return Sourced("", ())

    def _diagnostic(self, rule: str, finding: Finding, at: Sourced, where: Message) -> Diagnostic:
        first = at.places[0] if at.places else Place(1, 1)
        last = at.places[-1] if at.places else first
        end = last.column + 1 if last.line == first.line else len(self._line(first.line)) + 1
        span = Span(first.line, first.column, first.line, max(end, first.column + 1))
        line = self._line(first.line) if at.places else ""
        return Diagnostic(self.file, span, finding.severity, rule, where, finding.message, finding.hint, line)

    def _line(self, number: int) -> str:
        lines = self.reading.lines
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _missing(content: Sourced, placed: set[Place]) -> Iterator[Sourced]:
    """The stretches of `content` whose visible characters are not in `placed`."""
    spaces = {place for char, place in zip(content.text, content.places, strict=True) if char.isspace()}

    def is_missing(at: int) -> bool:
        place = content.places[at]
        return place not in placed and place not in spaces

    for missing, group in groupby(range(len(content.text)), key=is_missing):
        if missing:
            numbers = list(group)
            yield content.cut(numbers[0], numbers[-1] + 1)
