"""A file attached to a PDF as its source (ISO 32000-2, 7.11.4 embedded file streams, 14.13 associated files).

It stands in the catalog's /AF with the relationship Source, for software, and in the name tree EmbeddedFiles, where a
reader lists it for a person.
"""

from __future__ import annotations

import hashlib
import re

from reportlab.pdfbase import pdfdoc

from authoring.attachment import Attachment

_NOT_PLAIN = re.compile(r"[^0-9A-Za-z._-]")
_KEY = "authoring:source"


def attach(document: pdfdoc.PDFDocument, source: Attachment, date: str) -> None:
    """Attach `source` to `document`. date: made and changed, as PDF writes dates."""
    size, digest = len(source.data), hashlib.md5(source.data, usedforsecurity=False).hexdigest()
    stream = pdfdoc.PDFStream(content=source.data, filters=[pdfdoc.PDFZCompress])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = _Raw("/" + source.media_type.replace("/", "#2F"))
    stream.dictionary["Params"] = pdfdoc.PDFDictionary(
        {
            "Size": size,
            "CheckSum": _Raw(f"<{digest}>"),  # the standard says MD5
            "CreationDate": pdfdoc.PDFString(date),
            "ModDate": pdfdoc.PDFString(date),
        }
    )
    reference = document.Reference(stream, f"{_KEY}:stream")
    plain = _NOT_PLAIN.sub("_", source.name)
    specification = document.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(plain),
                "UF": pdfdoc.PDFString(source.name),
                "EF": pdfdoc.PDFDictionary({"F": reference, "UF": reference}),
                "AFRelationship": pdfdoc.PDFName("Source"),
            }
        ),
        _KEY,
    )
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(plain), specification])})
    catalog = document.Catalog
    catalog.__NoDefault__ = catalog.__Refs__ = (
        *catalog.__NoDefault__,
        "AF",
    )  # ReportLab writes those it knows
    catalog.AF = pdfdoc.PDFArray([specification])
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab ships no annotations
    """An object as the file writes it, where ReportLab has none: a name with a slash, a string of bytes."""

    def __init__(self, code: str) -> None:
        self.code = code

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        return self.code.encode()
