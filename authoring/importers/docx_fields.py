"""Masthead, contents and imprint of a DOCX that we made: what its pages show, and what its issue therefore states.

Each field stands in paragraphs of its own styles. One that still shows what it showed when it was made is stated as the
record says; any other is stated where it differs from the publication's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from authoring.importers.document import EMPTY, Kind, Recovered, Sourced
from authoring.importers.signs_imprint import before_date
from authoring.importers.sourced import typed_value
from authoring.inline import plain
from authoring.model import Publication
from authoring.record import FIELDS, NUMBER, Record, ShownEdit, Spec, StatedDistribution, fingerprint, pieces
from authoring.wording import chinese_date, print_run

_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_DATE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_COLON: Final = re.compile(r"[：:]")


class Slot(NamedTuple):
    """A text of the document. plain: as it shows. marked: with the markup of its bold."""

    plain: Sourced
    marked: Sourced

    def written(self, spec: Spec) -> Sourced:
        """As it was written, where the record tells."""
        return restored(self.plain, spec) if isinstance(spec, tuple) else self.marked


def restored(shown: Sourced, edits: Sequence[ShownEdit]) -> Sourced:
    """`shown` with the record's edits; what they put in has the place of its neighbour."""
    result, at = EMPTY, 0
    for edit in edits:
        result = result.join(shown.cut(at, edit.at))
        near = shown.cut(min(edit.at, max(0, len(shown.text) - 1)))
        result = result.join(near.typed(edit.text) if near.places else EMPTY)
        at = max(at, edit.at + edit.gone)
    return result.join(shown.cut(at))


class Row(NamedTuple):
    """A paragraph of masthead, contents or imprint."""

    kind: Kind
    slot: Slot


class Fields:
    """What the pages show of each field."""

    def __init__(self, rows: Sequence[Row]) -> None:
        of: dict[str, list[Slot]] = {}
        for row in rows:
            of.setdefault(row.kind, []).append(row.slot)
        self.classification, self.copy_number = _halves(of.get("classification", []))
        self.title = next(iter(of.get("title", [])), None)
        self.number_line = next(iter(of.get("number_line", [])), None)
        issuers = [*of.get("issuer", [])]
        last, self.date = _halves([_dated(issuers.pop())]) if issuers else (None, None)
        self.issuers = [*issuers, *([last] if last else [])]
        self.contents_title = next(iter(of.get("contents_title", [])), None)
        self.bullet, _ = _halves(of.get("contents_item", [])[:1])
        self.recipients = [row for row in rows if row.kind in ("recipients", "more_recipients")]
        self.issuer, self.imprint_date = _halves([_dated(slot) for slot in of.get("imprint_issuer", [])])
        self.copies = next(iter(of.get("copies", [])), None)

    def shown(self) -> list[str]:
        """What the record hashes of each of FIELDS."""
        texts = {
            ("masthead", "classification"): self.classification,
            ("masthead", "copy_number"): self.copy_number,
            ("masthead", "title"): self.title,
            ("masthead", "number_line"): self.number_line,
            ("contents", "title"): self.contents_title,
            ("contents", "bullet"): self.bullet,
            ("imprint", "issuer"): self.issuer,
            ("imprint", "date"): self.imprint_date,
            ("imprint", "copies"): self.copies,
        }
        lists = {
            ("masthead", "issuers"): self.issuers,
            ("imprint", "distribution"): [row.slot for row in self.recipients],
        }
        return [
            "\n".join(slot.marked.text for slot in lists[field]) if field in lists else _marked(texts[field])
            for field in FIELDS
        ]

    def used(self) -> Iterator[Sourced]:
        """The texts that are understood."""
        slots = [
            self.classification, self.copy_number, self.title, self.number_line, self.date, *self.issuers,
            self.contents_title, self.bullet, *(row.slot for row in self.recipients), self.issuer,
            self.imprint_date, self.copies,
        ]  # fmt: skip
        return (slot.plain for slot in slots if slot is not None)


def _marked(slot: Slot | None) -> str:
    return "" if slot is None else slot.marked.text


def _halves(slots: Sequence[Slot]) -> tuple[Slot | None, Slot | None]:
    """What stands before the tab of the first paragraph, and what behind it; None for nothing."""
    if not slots:
        return None, None
    slot = slots[0]
    cuts = [(text, text.text.find("\t")) for text in slot]
    left = Slot(*(text.cut(0, at) if at >= 0 else text for text, at in cuts))
    right = Slot(*(text.cut(at + 1) if at >= 0 else EMPTY for text, at in cuts))
    return (left if left.plain.text.strip() else None), (right if right.plain.text.strip() else None)


def _dated(slot: Slot) -> Slot:
    """A tab before the date, where the editor put something else there."""
    return Slot(*(before_date(text) for text in slot))


class Decision:
    """Decides for each field what the issue states of it."""

    def __init__(
        self, fields: Fields, record: Record | None, publication: Publication, found: Recovered
    ) -> None:
        self.fields = fields
        self.record = record
        self.publication = publication
        self.found = found
        shown = [fingerprint(text) for text in fields.shown()]
        recorded = pieces(record.shown) if record is not None else []
        self.unchanged = {
            field for field, *both in zip(FIELDS, shown, recorded, strict=False) if both[0] == both[1]
        }

    def apply(self) -> None:
        """Put the parts that the issue states into the tree, in place of what was there."""
        self._number()
        parts = {"masthead": self._masthead, "contents": self._contents, "imprint": self._imprint}
        for part, read in parts.items():
            stated = read()
            recorded = getattr(self.record, part, None)
            self.found.value.pop(part, None)
            if stated or (recorded is not None and not recorded.model_fields_set):
                self.found.value[part] = stated
        if self.record is not None and self.record.typesetting is not None:
            self.found.value["typesetting"] = dict(self.record.typesetting)
        self.found.furniture += self.fields.used()

    def _spec(self, part: str, name: str) -> tuple[bool, Any]:
        """Whether the record holds for a field and the issue states it, and how."""
        stated = getattr(self.record, part, None)
        if (part, name) in self.unchanged and stated is not None and name in stated.model_fields_set:
            return True, getattr(stated, name)
        return False, None

    def _text(
        self, part: str, name: str, slot: Slot | None, usual: str | None
    ) -> Iterator[tuple[str, object]]:
        """A field of one text; nothing where the publication says the same."""
        holds, spec = self._spec(part, name)
        if holds:
            yield name, None if spec is None or slot is None else slot.written(spec)
        elif slot is None and usual is not None:
            yield name, None
        elif slot is not None and slot.plain.text != plain(usual or ""):
            yield name, slot.marked

    def _number(self) -> None:
        slot = self.fields.number_line
        if slot is None:
            return
        number = self._shown_number(slot.plain)
        recorded = self.record.number if self.record is not None else None
        if number is None and recorded is not None and ("masthead", "number_line") in self.unchanged:
            number = slot.plain.cut(0, 1).typed(str(recorded))
        if number is not None:
            self.found.value["number"] = number
            self.found.notes[:] = [note for note in self.found.notes if note.code != "F002"]

    def _shown_number(self, line: Sourced) -> Sourced | None:
        holds, spec = self._spec("masthead", "number_line")
        for edit in spec if holds and isinstance(spec, tuple) else ():
            if NUMBER in edit.text:
                return line.cut(edit.at, edit.at + edit.gone)
        match = _pattern(self.publication.masthead.number_line).fullmatch(line.text)
        return line.cut(*match.span(1)) if match and match.re.groups else None

    def _masthead(self) -> dict[str, object]:
        head, fields = self.publication.masthead, self.fields
        stated: dict[str, object] = {}
        if fields.title is not None:
            stated |= self._text("masthead", "title", fields.title, head.title)
        stated |= self._number_line()
        holds, specs = self._spec("masthead", "issuers")
        if holds:
            stated["issuers"] = [
                slot.written(spec) for slot, spec in zip(fields.issuers, specs, strict=False)
            ]
        elif [slot.plain.text for slot in fields.issuers] != [plain(issuer) for issuer in head.issuers]:
            stated["issuers"] = [slot.marked for slot in fields.issuers]
        stated |= self._text("masthead", "classification", fields.classification, head.classification)
        stated |= self._text("masthead", "copy_number", fields.copy_number, head.copy_number)
        return stated

    def _number_line(self) -> Mapping[str, object]:
        """The issue's own, where the number alone does not make the publication's of it."""
        slot = self.fields.number_line
        holds, spec = self._spec("masthead", "number_line")
        if slot is None:
            return {}
        if holds:
            return {"number_line": slot.written(spec)}
        usual = self.publication.masthead.number_line
        if _pattern(usual).fullmatch(slot.plain.text):
            return {}
        read = self.found.value.get("masthead")
        line = read.get("number_line") if isinstance(read, dict) else None
        return {"number_line": line} if line is not None else {}

    def _contents(self) -> dict[str, object]:
        usual, fields = self.publication.contents, self.fields
        stated: dict[str, object] = {}
        if fields.contents_title is not None:
            stated |= self._text("contents", "title", fields.contents_title, usual.title)
        if fields.bullet is not None:
            stated |= self._text("contents", "bullet", fields.bullet, usual.bullet)
        return stated

    def _imprint(self) -> dict[str, object]:
        usual, fields = self.publication.imprint, self.fields
        stated: dict[str, object] = {}
        distribution = list(self._distribution())
        holds, _ = self._spec("imprint", "distribution")
        names = [(plain(one.label), [plain(text) for text in one.recipients]) for one in usual.distribution]
        if holds or [_named(entry) for entry in distribution] != names:
            stated["distribution"] = distribution
        holds, spec = self._spec("imprint", "issuer")
        if holds:
            stated["issuer"] = None if spec is None or fields.issuer is None else fields.issuer.written(spec)
        elif fields.issuer is not None and fields.issuer.plain.text != self._usual_issuer():
            stated["issuer"] = fields.issuer.plain
        stated |= self._date()
        holds, spec = self._spec("imprint", "copies")
        digits = _DIGITS.search(fields.copies.plain.text) if fields.copies is not None else None
        if (holds and spec is None) or (not holds and digits is None and usual.copies is not None):
            stated["copies"] = None
        elif (
            digits
            and fields.copies is not None
            and (holds or fields.copies.plain.text != _run_of(usual.copies))
        ):
            stated["copies"] = fields.copies.plain.cut(*digits.span())
        if (
            self.record is not None
            and self.record.imprint is not None
            and "even_page" in self.record.imprint.model_fields_set
        ):
            stated["even_page"] = self.record.imprint.even_page
        return stated

    def _date(self) -> Mapping[str, object]:
        slot = self.fields.imprint_date
        match = _DATE.search(slot.plain.text) if slot is not None else None
        if match is None or slot is None:
            return {}
        holds, spec = self._spec("imprint", "date")
        read = typed_value(
            slot.plain.cut(*match.span()), "{:04d}-{:02d}-{:02d}".format(*map(int, match.groups()))
        )
        issued = self.found.value.get("date")
        usual = self.publication.imprint.date
        if not isinstance(issued, Sourced):  # the masthead lost its date: the foot's is the issue's
            self.found.value["date"] = read
            return {}
        if holds and spec is not None:
            return {"date": read}
        if usual is not None:
            if holds:
                return {"date": None}
            return (
                {}
                if chinese_date(usual) == "{}年{}月{}日".format(*map(int, match.groups()))
                else {"date": read}
            )
        if read.text != issued.text:
            return {"date": read}
        return {"date": None} if holds else {}

    def _usual_issuer(self) -> str:
        """Who stands at the foot if the issue says nothing of it."""
        if self.publication.imprint.issuer:
            return plain(self.publication.imprint.issuer)
        return self.fields.issuers[0].plain.text if self.fields.issuers else ""

    def _distribution(self) -> Iterator[dict[str, object]]:
        holds, specs = self._spec("imprint", "distribution")
        entries: list[list[Slot]] = []
        for row in self.fields.recipients:
            if row.kind == "recipients" or not entries:
                entries.append([])
            entries[-1].append(row.slot)
        for number, slots in enumerate(entries):
            spec = specs[number] if holds and number < len(specs) else None
            yield _entry(slots, spec)


def _entry(slots: Sequence[Slot], spec: StatedDistribution | None) -> dict[str, object]:
    """A list of recipients from its paragraphs, the first of which begins with the label."""
    length = spec.label_length if spec is not None else None
    cuts = []
    for text in slots[0]:
        colon = _COLON.search(text.text, length or 0)
        cuts.append((text, colon.end() if colon else 0))
    label = Slot(*(text.cut(0, max(0, at - 1)) for text, at in cuts))
    texts = [Slot(*(text.cut(at) for text, at in cuts)), *slots[1:]]
    specs: Sequence[Spec] = spec.recipients if spec is not None else ()
    recipients = [
        slot.written(specs[index]) if index < len(specs) else slot.marked for index, slot in enumerate(texts)
    ]
    entry: dict[str, object] = {
        "label": label.written(spec.label) if spec is not None else label.plain,
        "recipients": [text for text in recipients if text.text.strip()],
    }
    if spec is not None and "one_off" in spec.model_fields_set:
        entry["one_off"] = spec.one_off
    return entry


def _named(entry: Mapping[str, object]) -> tuple[str, list[str]]:
    label, recipients = entry["label"], entry["recipients"]
    assert isinstance(label, Sourced)
    assert isinstance(recipients, list)
    return plain(label.text), [plain(text.text) for text in recipients]


def _run_of(copies: int | None) -> str:
    return "" if copies is None else print_run(copies)


def _pattern(template: str) -> re.Pattern[str]:
    """What a number line of this template looks like; its group is the number."""
    before, found, after = plain(template).partition(NUMBER)
    return re.compile(
        re.escape(before) + (r"([0-9]{1,9})" if found else "") + re.escape(after.replace(NUMBER, ""))
    )
