"""The package of a DOCX: its parts, built with python-docx, and the ZIP that holds them, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.package import Package
from docx.parts.document import DocumentPart

from authoring import style as st
from authoring.fonts import ROLES
from authoring.inline import Run
from authoring.layout.document import Layout
from authoring.model import Typesetting
from authoring.renderers.docx_custom import CustomPart, properties_of
from authoring.renderers.docx_stylesheet import styles_xml
from authoring.renderers.docx_text import TextWriter, field, paragraph
from authoring.renderers.docx_xml import Element, root, serialize, w, writable
from authoring.style import PAGE, Length
from authoring.wording import document_properties

_PROPERTY_LIMIT: Final = 255
"""The longest core property that python-docx accepts."""

_GRID_LINES: Final = 22
"""Lines of the page's grid (5.2.3). Every style has its own exact pitch and none snaps to the grid, which is there for
what the editor adds without a style; one of the body's 21 lines would cost LibreOffice the rest of the page."""


class _Footer(NamedTuple):
    """A footer: the kind of page it is for, its part, its style, and the page number it shows until Word counts."""

    kind: str
    part: str
    style: str
    cached: str


_FOOTERS: Final = (  # 7.5; the first page, the cover, has an empty one
    _Footer("first", "/word/footer1.xml", "Footer", ""),
    _Footer("even", "/word/footer2.xml", "EvenFolio", "2"),
    _Footer("default", "/word/footer3.xml", "OddFolio", "3"),
)
_TEXT_WRITER: Final = TextWriter(half_quotes=False)


def package_of(layout: Layout, body: Element, extras: Sequence[CustomPart] = ()) -> bytes:
    """The DOCX whose story is `body` (a `w:body` that still lacks its section properties), with custom parts."""
    package = Package()
    part = DocumentPart(
        PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, root("document", body), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    package.relate_to(_core_properties(layout, package), RELATIONSHIP_TYPE.CORE_PROPERTIES)

    def add(name: str, content_type: str, relationship: str, content: bytes) -> str:
        return part.relate_to(Part(PackURI(name), content_type, content, package), relationship)

    habits = layout.publication.typesetting
    add("/word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_xml(habits))
    add(
        "/word/settings.xml",
        CONTENT_TYPE.WML_SETTINGS,
        RELATIONSHIP_TYPE.SETTINGS,
        _settings(_compresses(habits)),
    )
    add("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, _font_table())
    footers = {
        footer.kind: add(footer.part, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, _footer(footer))
        for footer in _FOOTERS
    }
    for number, extra in enumerate(extras, 1):
        _add_custom(part, number, extra)
    body.append(_section_properties(footers))
    return _zipped(package)


def _add_custom(document: DocumentPart, number: int, extra: CustomPart) -> None:
    """Item `number` of the custom XML data storage, with its properties."""
    package = document.package
    name, properties = f"/customXml/item{number}.xml", f"/customXml/itemProps{number}.xml"
    item = Part(PackURI(name), CONTENT_TYPE.XML, serialize(extra.root), package)
    document.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(
        Part(
            PackURI(properties),
            CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
            serialize(properties_of(extra)),
            package,
        ),
        RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
    )


def _section_properties(footers: Mapping[str, str]) -> Element:
    """Page, margins, grid and footers. footers: kind -> relationship."""
    bottom = PAGE.height - PAGE.bottom_edge
    below_folio = Length(bottom - st.FOLIO_GAP - st.FOLIO.pitch // 2)  # the dash stands half a line down
    return w(
        "sectPr",
        *(w("footerReference", type=kind, r_id=relationship) for kind, relationship in footers.items()),
        w("pgSz", w=PAGE.width.twips, h=PAGE.height.twips),
        w(
            "pgMar",
            top=PAGE.top.twips,
            right=Length(PAGE.width - PAGE.right_edge).twips,
            bottom=Length(bottom).twips,
            left=PAGE.left.twips,
            header=Length(PAGE.top // 2).twips,
            footer=below_folio.twips,
            gutter=0,
        ),
        w("cols", space=0),
        w("titlePg"),
        w("docGrid", type="lines", linePitch=PAGE.text_height.twips // _GRID_LINES),
    )


@cache
def _footer(footer: _Footer) -> bytes:
    if not footer.cached:
        return serialize(root("ftr", paragraph(footer.style)))
    before, after = ([Run(dash, bold=False)] for dash in ("— ", " —"))
    number = [*_TEXT_WRITER.runs(before), *field("PAGE", footer.cached), *_TEXT_WRITER.runs(after)]
    return serialize(root("ftr", paragraph(footer.style, *number)))


def _compresses(habits: Typesetting) -> bool:
    """Whether Word may squeeze marks: it has one switch for line ends, for neighbours and for pulling in."""
    return habits.line_end == "squeeze" or habits.adjacent_marks == "share" or habits.pull_in == "clreq"


@cache
def _settings(compress: bool) -> bytes:
    """In the order of the schema. No `updateFields`: the fields hold their results, and Word would ask."""
    compatibility = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
    }
    uri = "http://schemas.microsoft.com/office/word"
    return serialize(
        root(
            "settings",
            w("zoom", percent=100),
            w("defaultTabStop", val=st.INDENT.twips),
            w("evenAndOddHeaders"),
            w("characterSpacingControl", val="compressPunctuation" if compress else "doNotCompress"),
            w(
                "compat",
                *(w("compatSetting", name=name, uri=uri, val=val) for name, val in compatibility.items()),
            ),
        )
    )


@cache
def _font_table() -> bytes:
    """The official fonts, each with the names under which an office may have it instead."""
    fonts: dict[str, Element] = {}
    for spec in ROLES:
        latin = spec.role == "latin"
        others = [name for name in spec.families if name != spec.official]
        fonts[spec.official] = w(
            "font",
            *([w("altName", val=",".join(others))] if others else []),
            w("charset", val="00" if latin else "86"),
            w("family", val="roman" if latin else "auto"),
            w("pitch", val="variable"),
            name=spec.official,
        )
    return serialize(root("fonts", *fonts.values()))


def _core_properties(layout: Layout, package: Package) -> CorePropertiesPart:
    """Title, author and so on; the issue's date is the document's date, never the clock's.

    No headlines, unlike in a PDF: a word processor would keep one here that an editor deletes from the text.
    """
    described = document_properties(layout.issue, layout.publication)
    issued = dt.datetime.combine(layout.issue.date, dt.time(), dt.UTC)
    part = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    properties = part.core_properties
    properties.title = _property(described.title)
    properties.author = _property(described.author)
    properties.keywords = _property(described.keywords)
    properties.language = "zh-CN"
    properties.created = properties.modified = issued
    properties.revision = 1
    return part


def _property(text: str) -> str:
    return writable(text)[:_PROPERTY_LIMIT]


def _zipped(package: Package) -> bytes:
    """The package as python-docx would save it, but with sorted entries of one fixed time, so that bytes repeat."""
    types = CT_Types.new()  # type: ignore[no-untyped-call]  # python-docx leaves it unannotated
    types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
    types.add_default("xml", CONTENT_TYPE.XML)
    entries: dict[str, bytes | str] = {PACKAGE_URI.rels_uri.membername: package.rels.xml}
    for part in sorted(package.iter_parts(), key=lambda part: part.partname):
        types.add_override(part.partname, part.content_type)
        entries[part.partname.membername] = part.blob
        if part.rels:
            entries[part.partname.rels_uri.membername] = part.rels.xml
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(_entry(CONTENT_TYPES_URI.membername), serialize_part_xml(types))
        for name in sorted(entries):
            archive.writestr(_entry(name), entries[name])
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """An entry of 1 January 1980, the earliest a ZIP can hold, that says nothing of the system it was written on."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry
