"""The numbers of an edited document: a person added, took out and moved points and did not always count them anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from authoring.diagnostics import Message
from authoring.importers.document import HEADING_LEVELS, Classified, Kind, Note, Sourced
from authoring.importers.docx_fields import Slot
from authoring.importers.docx_match import Alignment
from authoring.importers.docx_text import Line
from authoring.record import Record
from authoring.wording import heading_label

_HINT: Final = Message(
    "核对序号，正文里提到“第几点”的也要核对", "check the numbers, and mentions of them in the text"
)


class Entry(NamedTuple):
    """A paragraph of the body. mark: characters of its number. slots: its texts. shown: what the record hashes of it.
    number: of a point. breaks: of a headline, where its lines end."""

    line: Line
    kind: Kind
    mark: int
    slots: tuple[Slot, ...]
    shown: str
    number: int | None = None
    breaks: tuple[int, ...] = ()


def numbered(
    entries: Sequence[Entry], alignment: Alignment, record: Record | None
) -> tuple[list[Classified], list[Note], list[Sourced]]:
    """The entries as an issue numbers them, notes on those that were numbered otherwise, and the numbers as they stood."""
    counter = _Counter(alignment, record)
    classified = [counter.take(at, entry) for at, entry in enumerate(entries)]
    return classified, counter.notes, counter.furniture


class _Counter:
    def __init__(self, alignment: Alignment, record: Record | None) -> None:
        self.alignment = alignment
        self.record = record
        self.notes: list[Note] = []
        self.furniture: list[Sourced] = []
        self._headings = {1: 0, 2: 0, 3: 0}
        self._point: int | None = None
        """The number of the point before, None where something else stands before."""

    def take(self, at: int, entry: Entry) -> Classified:
        level = HEADING_LEVELS.get(entry.kind)
        if entry.kind == "point" and (entry.number or entry.line.paragraph.label):
            return self._take_point(at, entry)
        self._point = None
        if level is not None:
            return self._take_heading(entry, level)
        if entry.kind in ("section", "headline"):
            self._headings = {1: 0, 2: 0, 3: 0}
            content = entry.line.content if entry.kind == "section" else entry.line.plain
            return Classified(entry.kind, content)
        return Classified("paragraph", entry.slots[0].marked)

    def _take_point(self, at: int, entry: Entry) -> Classified:
        typed = entry.number
        begins = self._point is None or self._begins(at, typed)
        expected = (typed or 1) if begins else (self._point or 0) + 1
        if typed is not None and typed != expected:
            self._renumbered(entry, f"（{typed}）", f"（{expected}）")
        self._point = expected
        return self._labelled(entry, f"（{expected}）", begins)

    def _begins(self, at: int, typed: int | None) -> bool:
        """Whether a point behind another begins a block of its own: as the record says; else where it is 1 again, and in
        a document without a record also where the numbers do not go on, so that what shows stays."""
        if self.record is not None and at in self.alignment.matched:
            return self.alignment.matched[at] in self.record.blocks or typed == 1
        if typed is None or self._point is None:
            return False
        return typed == 1 or (self.record is None and typed != self._point + 1)

    def _take_heading(self, entry: Entry, level: int) -> Classified:
        self._headings[level] += 1
        self._headings |= {deeper: 0 for deeper in self._headings if deeper > level}
        label = heading_label(level, self._headings[level])
        typed = entry.line.text[: entry.mark].strip()
        if typed and typed != label:
            self._renumbered(entry, typed, label)
        return self._labelled(entry, label, begins=False)

    def _labelled(self, entry: Entry, label: str, begins: bool) -> Classified:
        """The paragraph with the number that the issue gives it."""
        place = entry.line.plain.cut(0, 1)
        content = place.typed(label)
        for slot in entry.slots:
            content = content.join(slot.marked)
        self.furniture.append(entry.line.plain.cut(0, entry.mark))
        heading = len(entry.slots[0].marked.text) if len(entry.slots) > 1 else 0
        return Classified(entry.kind, content, len(label), heading, begins)

    def _renumbered(self, entry: Entry, typed: str, label: str) -> None:
        told = Message(
            f"序号接不上：原作{typed}，已按次序编为{label}", f"out of order: {typed} is numbered {label} now"
        )
        self.notes.append(Note("W008", "warning", told, _HINT, entry.line.at(1, max(1, entry.mark))))
