"""DOCX files of every origin for the import's tests, and what the import makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from authoring.importers import read, recover
from authoring.importers.document import Note, Reading
from authoring.importers.imported import Imported
from authoring.model import Issue
from authoring.record import NAMESPACE
from authoring.source.schema import validate
from tests.renderers.docx_reader import PUBLICATION, W


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
        sections: Any = self.imported.value["sections"]
        return [item["body"] for section in sections for item in section["items"]]

    @property
    def headlines(self) -> list[str]:
        return [item.headline for section in self.issue.sections for item in section.items]


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
            if name in changes:
                content = changes[name](content)
            if content is not None:
                after.writestr(name, content)
    return out.getvalue()


def without_record(data: bytes) -> bytes:
    """As a program leaves it that drops custom parts."""
    with ZipFile(BytesIO(data)) as archive:
        assert NAMESPACE.encode() in archive.read("customXml/item1.xml")
    return changed(data, {"customXml/item1.xml": lambda _: None})


def edited(data: bytes, edit: Callable[[Any], None], part: str = "word/document.xml") -> bytes:
    """The document with its body, or another part's root, changed by `edit`."""

    def change(xml: bytes) -> bytes:
        root = etree.fromstring(xml)
        edit(root)
        return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))

    return changed(data, {part: change})


def paragraph_with(root: Any, text: str) -> Any:
    """The paragraph of the body (behind the contents) that holds `text`."""
    found = [p for p in root.iter(f"{W}p") if text in text_of(p) and not style_of(p).startswith("Contents")]
    assert found, text
    return found[0]


def text_of(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def style_of(paragraph: Any) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if named is None else str(named.get(f"{W}val"))


def made(xml: str) -> Any:
    """An element from XML that uses the prefixes w and r."""
    namespaces = (
        f'xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    return etree.fromstring(f"<x {namespaces}>{xml}</x>")[0]


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph: content is runs, or plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def with_part(data: bytes, name: str, content: str) -> bytes:
    """The package with another part, which something must already relate to."""
    out = BytesIO(data)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def with_related(data: bytes, kind: str, content: str) -> bytes:
    """The package with another part that the document relates to as `kind`."""

    def relate(root: Any) -> None:
        etree.SubElement(
            root,
            "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship",
            Id=f"rId{kind}",
            Type=f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
            Target=f"{kind}.xml",
        )

    return with_part(edited(data, relate, "word/_rels/document.xml.rels"), f"word/{kind}.xml", content)


def with_numbering(data: bytes, text: str, format_: str) -> bytes:
    """The package with a list, number 1, of one level."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
    return with_related(
        data,
        "numbering",
        f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    )
