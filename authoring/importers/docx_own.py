"""A DOCX that we made, edited or not: its styles tell what each paragraph is, its record what the pages do not show.

Paragraphs are held against the record by hashes of what they show. One that is as it was made is what it was written as;
one that was changed or added is read as it stands, by its style, or by its looks where it has none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from authoring.diagnostics import NodePath
from authoring.importers.assemble import assemble
from authoring.importers.document import EMPTY, HEADING_LEVELS, Classified, Kind, Recovered, Sourced, leaves
from authoring.importers.docx_fields import Decision, Fields, Row, Slot
from authoring.importers.docx_match import Alignment, align
from authoring.importers.docx_numbers import Entry, numbered
from authoring.importers.docx_text import Line, marked
from authoring.importers.signs_text import BRACKETED, is_complete, squeezed
from authoring.inline import HEADLINE_BREAK
from authoring.model import Publication
from authoring.record import BODY_SEPARATOR, Record, Spec, break_offsets, decode, headline_as_shown
from authoring.renderers.docx_styles import PARAGRAPH_STYLES, STYLE_BY_ID, run_in_name

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "Classification": "classification",
        "Masthead": "title",
        "NumberLine": "number_line",
        "Issuer": "issuer",
        "ContentsTitle": "contents_title",
        "ContentsSection": "contents_section",
        "ContentsItem": "contents_item",
        "Section": "section",
        "FirstSection": "section",
        "Headline": "headline",
        "FirstHeadline": "headline",
        "ItemHeading1": "heading_1",
        "ItemHeading2": "heading_2",
        "ItemHeading3": "heading_3",
        "Point": "point",
        "Recipients": "recipients",
        "MoreRecipients": "more_recipients",
        "ImprintIssuer": "imprint_issuer",
        "Copies": "copies",
        "OddFolio": "folio",
        "EvenFolio": "folio",
    }
)
"""Style -> what its paragraphs are."""
_BY_NAME: Final = {style.name: KINDS[style.id] for style in PARAGRAPH_STYLES if style.id in KINDS}
_RUN_INS: Final[Mapping[str, Kind]] = {
    run_in_name(STYLE_BY_ID[style_id]): kind for style_id, kind in KINDS.items() if kind in HEADING_LEVELS
}
_BODY: Final = frozenset({"section", "headline", "paragraph", "point", *HEADING_LEVELS})
_IMPRINT: Final = frozenset({"recipients", "more_recipients", "imprint_issuer", "copies"})
_UNSTYLED: Final[Mapping[str, Kind]] = MappingProxyType(
    {"body": "paragraph", "recipients": "more_recipients"}
)
"""What a paragraph is whose style says nothing, by the part it stands in."""
_SURE: Final = frozenset({"section", "headline"})
"""Kinds of which a document of ours has both; a style of the same name in somebody else's is no matter."""
_LABELS: Final[Mapping[Kind, re.Pattern[str]]] = MappingProxyType(
    {
        "point": re.compile(r"[（(]\s*([0-9]{1,9})\s*[）)]"),
        "heading_1": re.compile(r"(?:[一二三四五六七八九十]{1,3}|[0-9]{1,9})、"),
        "heading_2": re.compile(r"[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,9})[）)]"),
        "heading_3": re.compile(r"[0-9]{1,9}[.．]"),
    }
)
_HEADLINE_POINTS: Final = 18.0


def recognise(lines: Sequence[Line], record: str) -> OwnDocument | None:
    """The document as one of ours; None where its styles are somebody else's. record: the text of our custom part."""
    kinds = {_kind(line) for line in lines}
    return OwnDocument(lines, decode(record) if record else None) if kinds >= _SURE else None


def _kind(line: Line) -> Kind | None:
    """What the paragraph's style says, or the nearest of ours that it is based on; None for a style that says nothing."""
    return next(
        (_BY_NAME[style.name] for style in line.paragraph.look.styles if style.name in _BY_NAME), None
    )


class OwnDocument:
    """The paragraphs of a document of ours, what each is, and which of them the record knows."""

    def __init__(self, lines: Sequence[Line], record: Record | None) -> None:
        self.record = record
        kinds = _with_places([_kind(line) for line in lines])
        self._rows = [
            Row(kind, Slot(line.plain, line.content))
            for line, kind in zip(lines, kinds, strict=True)
            if kind is not None and kind not in _BODY and kind != "folio"
        ]
        self._listed = {
            squeezed(text): text
            for row in self._rows
            if row.kind == "contents_item"
            for text in [row.slot.plain.text.partition("\t")[2]]
        }
        body = [_entry(line, kind) for line, kind in zip(lines, kinds, strict=True) if kind in _BODY and kind]
        self.alignment: Alignment = align([entry.shown for entry in body], record)
        self.entries = [
            entry if at in self.alignment.matched else _by_looks(entry, record is not None)
            for at, entry in enumerate(body)
        ]

    @property
    def publication(self) -> str:
        return "" if self.record is None else self.record.publication

    def recovered(self, publication: Publication) -> Recovered:
        """The issue of the document, as one of `publication`."""
        classified, notes, furniture = numbered(self.entries, self.alignment, self.record)
        head = [_classified(row) for row in self._rows if row.kind not in _IMPRINT]
        found = assemble([*head, *classified], publication)
        found.notes += notes
        found.furniture += furniture
        self._restore(found)
        Decision(Fields(self._rows), self.record, publication, found).apply()
        return found

    def _restore(self, found: Recovered) -> None:
        """Give every text of the body that the record knows as it was written, any other as it shows."""
        at_line = {entry.line.number: at for at, entry in enumerate(self.entries)}
        self._name_sections(found)
        for path, text in list(leaves(found.value.get("sections", []), ("sections",))):
            at = at_line.get(text.places[0].line) if text.places else None
            if at is None or path[-1] in ("start", "level", "name"):
                continue
            entry = self.entries[at]
            if at in self.alignment.matched:
                whole = self._written(at, entry, 1 if path[-1] == "text" and len(entry.slots) > 1 else 0)
                if whole is None:
                    continue
                if path[-1] == "headline":
                    found.settled.add(path)
                put(found.value, path, whole)
            elif entry.kind == "headline":
                put(found.value, path, self._headline(at, entry))
            elif self.record is None:  # then what shows is all there is: also a space at an end
                put(found.value, path, entry.slots[-1 if path[-1] == "text" else 0].marked)

    def _name_sections(self, found: Recovered) -> None:
        """By their order: brackets may be part of a name. A section that nobody named may stand before them."""
        sections = found.value.get("sections")
        assert isinstance(sections, list)
        headers = [at for at, entry in enumerate(self.entries) if entry.kind == "section"]
        for at, section in zip(reversed(headers), reversed(sections), strict=False):
            entry = self.entries[at]
            name = self._written(at, entry, 0) if at in self.alignment.matched else None
            shown = entry.slots[0].marked if self.record is None else entry.slots[0].marked.strip()
            section["name"] = shown if name is None else name

    def _written(self, at: int, entry: Entry, slot: int) -> Sourced | None:
        """The text of a paragraph that the record knows; None for a headline that was only broken anew."""
        assert self.record is not None
        position = self.alignment.matched[at]
        if entry.kind == "headline" and entry.breaks != self.record.breaks.get(position, ()):
            return None
        specs: tuple[Spec, ...] = self.record.raw.get(position, ())
        return entry.slots[slot].written(specs[slot] if slot < len(specs) else "")

    def _headline(self, at: int, entry: Entry) -> Sourced:
        """A headline that was changed: its breaks are layout's, unless it stands for one that had breaks of its own, or
        nobody knows."""
        lines = entry.line.plain
        replaced = self.alignment.replaced.get(at)
        if self.record is not None and replaced is not None:
            specs = self.record.raw.get(replaced, ())
            if not any(HEADLINE_BREAK in edit.text for spec in specs if spec for edit in spec):
                return _without_breaks(lines)
        return _with_breaks(lines, self._listed.get(squeezed(lines.text), ""))


def put(value: dict[str, object], path: NodePath, text: Sourced) -> None:
    """Put `text` at `path` of a tree that has something there."""
    node: object = value
    for part in path[:-1]:
        assert isinstance(node, (dict, list))
        node = node[part]  # type: ignore[index]  # a path of this very tree
    assert isinstance(node, (dict, list))
    node[path[-1]] = text  # type: ignore[index]


def _with_places(kinds: Sequence[Kind | None]) -> list[Kind | None]:
    """What paragraphs are whose style says nothing: between the first section and the imprint text, below the
    recipients more of them, elsewhere unknown."""
    result: list[Kind | None] = []
    part = "cover"
    for kind in kinds:
        if kind in _BODY:
            part = "body"
        elif kind in _IMPRINT:
            part = "recipients" if kind in ("recipients", "more_recipients") else "foot"
        result.append(_UNSTYLED.get(part) if kind is None else kind)
    return result


def _entry(line: Line, kind: Kind) -> Entry:
    """A paragraph of the body, its texts apart from its number."""
    if kind == "section":
        inner = _bracketed(line.plain), _bracketed(line.content)
        return Entry(line, kind, 0, (Slot(*inner),), line.content.text)
    if kind == "headline":
        plain = _joined(line.plain)
        lines = _lines_of(line.text)
        shown = Slot(plain, _without_breaks(line.plain))
        return Entry(line, kind, 0, (shown,), "".join(lines), breaks=break_offsets(lines))
    ahead, run_in = _run_in(line)
    if run_in is not None and kind == "paragraph":
        return _run_in_entry(line, run_in, ahead)
    label = _LABELS[kind].match(line.text) if kind in _LABELS else None
    mark = label.end() if label else 0
    number = int(label.group(1)) if label and kind == "point" else None
    slot = _slot(line, mark, len(line.text))
    shown_text = slot.marked.text + (BODY_SEPARATOR if kind in HEADING_LEVELS else "")
    return Entry(line, kind, mark, (slot,), shown_text, number=number)


def _run_in_entry(line: Line, kind: Kind, ahead: int) -> Entry:
    label = _LABELS[kind].match(line.text)
    mark = min(label.end(), ahead) if label else 0
    heading, text = _slot(line, mark, ahead), _slot(line, ahead, len(line.text))
    return Entry(line, kind, mark, (heading, text), heading.marked.text + BODY_SEPARATOR + text.marked.text)


def _run_in(line: Line) -> tuple[int, Kind | None]:
    """How many characters at the paragraph's beginning are a heading that its text runs on from, and of what level."""
    kind: Kind | None = None
    ahead = 0
    for stretch in line.stretches:
        named = _RUN_INS.get(stretch.piece.style)
        if named is None or (kind is not None and named != kind):
            break
        kind = named
        ahead += len(stretch.piece.text)
    return (
        (ahead, kind)
        if line.text[ahead:].strip()
        else (0, kind if kind and ahead == len(line.text) else None)
    )


def _slot(line: Line, start: int, end: int) -> Slot:
    """Characters of a paragraph as a text of their own."""
    within = []
    for stretch in line.stretches:
        first = stretch.column - 1
        text = stretch.piece.text[max(0, start - first) : max(0, end - first)]
        if text:
            within.append(
                stretch._replace(piece=stretch.piece._replace(text=text), column=max(first, start) + 1)
            )
    return Slot(line.plain.cut(start, end), marked(within, line.number))


def _by_looks(entry: Entry, changed: bool) -> Entry:
    """A paragraph without a style of ours that looks like a headline, a section or a point is one.

    changed: whether it is known not to be one of ours; else it is, and only what was set by hand counts.
    """
    line = entry.line
    if entry.kind != "paragraph":
        return entry
    if line.paragraph.label:
        return _by_label(entry, line.paragraph.label)
    hints = line.as_source().hints
    text = line.text.strip()
    if BRACKETED.fullmatch(text) and (hints.bold or hints.centred or (changed and len(text) <= 12)):
        name = _bracketed(line.plain.strip())
        return Entry(line, "section", 0, (Slot(name, name),), entry.shown)
    if hints.centred and (hints.bold or hints.size >= _HEADLINE_POINTS):
        return _entry(line, "headline")
    if changed and _LABELS["point"].match(line.text):
        return _entry(line, "point")
    return entry


def _by_label(entry: Entry, label: str) -> Entry:
    """A paragraph that the word processor numbers: a point or a heading by its number, else the number is text."""
    for kind, pattern in _LABELS.items():
        found = pattern.fullmatch(label)
        if found and (kind == "point" or not is_complete(entry.line.text)):
            return entry._replace(kind=kind, number=int(found.group(1)) if kind == "point" else None)
    slot = entry.slots[0]
    return entry._replace(slots=(Slot(*(text.cut(0, 1).typed(label).join(text) for text in slot)),))


def _classified(row: Row) -> Classified:
    content = row.slot.marked
    mark = content.text.find("\t") + 1 if row.kind == "contents_item" else 0
    return Classified(row.kind, content, mark)


def _bracketed(content: Sourced) -> Sourced:
    """What stands in 【】."""
    if content.text.startswith("【"):
        content = content.cut(1)
    return content.cut(0, len(content.text) - 1) if content.text.endswith("】") else content


def _lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _joined(content: Sourced) -> Sourced:
    """A headline's characters without its breaks."""
    result = EMPTY
    for start, end in _line_spans(content.text):
        result = result.join(content.cut(start, end))
    return result


def _without_breaks(content: Sourced) -> Sourced:
    """A headline on one line: a space where two Latin words would touch, as `headline_as_shown`."""
    result = EMPTY
    for start, end in _line_spans(content.text):
        line = content.cut(start, end)
        space = line.cut(0, 1).typed(" ") if _apart(result.text, line.text) else EMPTY
        result = result.join(space).join(line)
    return result


def _apart(left: str, right: str) -> bool:
    """Whether a space stands between the two where they are one line."""
    return bool(left) and headline_as_shown([left[-1], right[0]]) == f"{left[-1]} {right[0]}"


def _with_breaks(content: Sourced, listed: str) -> Sourced:
    """A headline with | where it is broken, save inside a word, where no editor breaks one.

    listed: the same headline in the contents, on one line, which tells words from parts of a word.
    """
    result, at = EMPTY, 0
    for start, end in _line_spans(content.text):
        line = content.cut(start, end)
        inside_word = (
            _apart(result.text, line.text)
            and listed.startswith(line.text, at)
            and not listed[:at].endswith(" ")
        )
        if result.text and not inside_word:
            result = result.join(line.cut(0, 1).typed(HEADLINE_BREAK))
        result = result.join(line)
        at += len(line.text)
        at += listed.startswith(" ", at)
    return result


def _line_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]
