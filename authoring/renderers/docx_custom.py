"""Custom parts of a DOCX: XML of our own that Word, WPS and LibreOffice keep through a save and never show.

A part is an item of the custom XML data storage (ISO/IEC 29500-1, 15.2.4): customXml/item1.xml, beside it
itemProps1.xml with its identifier and namespace.
"""

from __future__ import annotations

import base64
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from authoring.attachment import NAMESPACE, Attachment
from authoring.renderers.docx_xml import Element, foreign, writable

_DATA_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_LINE: Final = 76
"""Characters of base64 a line (RFC 2045), so that the part can be looked at."""


class CustomPart(NamedTuple):
    """A custom part: its root element, and that element's namespace."""

    namespace: str
    root: Element


def source_part(source: Attachment) -> CustomPart:
    """`source` in base64, which holds any bytes; name and media type beside it."""
    code = base64.b64encode(source.data).decode()
    root = foreign(
        NAMESPACE, "source", "\n".join(code[start : start + _LINE] for start in range(0, len(code), _LINE))
    )
    for name, value in (("name", source.name), ("mediaType", source.media_type), ("encoding", "base64")):
        root.set(name, writable(value))
    return CustomPart(NAMESPACE, root)


def properties_of(part: CustomPart) -> Element:
    """What a custom part must have beside it, else Word drops it on saving. Its identifier, any that stays the same,
    follows from the namespace."""
    properties = foreign(_DATA_STORE, "datastoreItem", "")
    properties.set(f"{{{_DATA_STORE}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, part.namespace)).upper()}}}")
    references = foreign(_DATA_STORE, "schemaRefs", "")
    reference = foreign(_DATA_STORE, "schemaRef", "")
    reference.set(f"{{{_DATA_STORE}}}uri", part.namespace)
    references.append(reference)
    properties.append(references)
    return properties
