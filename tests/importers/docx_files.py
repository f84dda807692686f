"""DOCX files of every origin for the import's tests, and what the import makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from authoring.importers import read, recover
from authoring.importers.document import Note, Reading
from authoring.importers.imported import Imported
from authoring.model import Issue
from authoring.source.schema import validate
from tests.renderers.docx_reader import PUBLICATION


class Outcome(NamedTuple):
    reading: Reading
    imported: Imported
    issue: Issue

    @property
    def notes(self) -> list[Note]:
        return self.imported.recovered.notes

    def told(self, *codes: str) -> list[str]:
        return [note.message.zh for note in self.notes if not codes or note.code in codes]

    @property
    def bodies(self) -> list[object]:
        """The bodies of the items, as YAML would have them."""
        return [
            item["body"]
            for section in self.imported.value["sections"]
            for item in section["items"]  # type: ignore[attr-defined]
        ]


def imported(data: bytes) -> Outcome:
    """What the import makes of a DOCX whose issue is valid."""
    reading = read(data, "期.docx")
    one = Imported(reading, recover(reading, PUBLICATION))
    issue = validate(Issue, one.value)
    assert isinstance(issue, Issue), issue
    return Outcome(reading, one, issue)


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes | None]]) -> bytes:
    """The package with parts changed; a part that becomes None is taken out."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content: bytes | None = before.read(name)
            assert content is not None
            content = changes.get(name, lambda same: same)(content)
            if content is not None:
                after.writestr(name, content)
    return out.getvalue()


def without_record(data: bytes) -> bytes:
    """As a program leaves it that drops custom parts."""
    return changed(data, {"customXml/item1.xml": lambda _: None})
