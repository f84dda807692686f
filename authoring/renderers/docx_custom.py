"""Custom parts of a DOCX: XML of our own that Word, WPS and LibreOffice keep through a save and never show.

A part is an item of the custom XML data storage (ISO/IEC 29500-1, 15.2.4): customXml/item1.xml, beside it
itemProps1.xml with its identifier and namespace.
"""

from __future__ import annotations

import base64
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from authoring.attachment import NAMESPACE, Attachment
from authoring.renderers.docx_xml import serialize, writable

_DATASTORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_LINE: Final = 76
"""Characters of base64 a line (RFC 2045), so that the part can be looked at."""


class CustomPart(NamedTuple):
    """A custom part: the namespace of its root element, and its XML."""

    namespace: str
    xml: bytes


def source_part(source: Attachment) -> CustomPart:
    """`source` in base64, which holds any bytes; name and media type beside it."""
    root = etree.Element(f"{{{NAMESPACE}}}source", nsmap={None: NAMESPACE})
    root.set("name", writable(source.name))
    root.set("mediaType", source.media_type)
    root.set("encoding", "base64")
    code = base64.b64encode(source.data).decode()
    root.text = "\n".join(code[start : start + _LINE] for start in range(0, len(code), _LINE))
    return CustomPart(NAMESPACE, serialize(root))


def properties_of(part: CustomPart) -> bytes:
    """The item's properties. Its identifier follows from its namespace: the same in every document."""
    root = etree.Element(f"{{{_DATASTORE}}}datastoreItem", nsmap={"ds": _DATASTORE})
    root.set(f"{{{_DATASTORE}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, part.namespace)).upper()}}}")
    references = etree.SubElement(root, f"{{{_DATASTORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_DATASTORE}}}schemaRef").set(f"{{{_DATASTORE}}}uri", part.namespace)
    return serialize(root)
