"""A Layout in, a DOCX out that an office goes on editing in Word or WPS; the door is `render`.

    docx_styles      the table of named styles, from the measurements of `authoring.style`
    docx_stylesheet  that table as word/styles.xml
    docx_text        inline text as runs, bookmarks, links, fields
    docx_body        cover, sections, imprint as paragraphs of those styles
    docx_package     settings, footers, properties, and the ZIP
    docx_custom      custom parts: data that Word and LibreOffice carry along unseen
    docx_record      the record of what the pages do not show, such a part
    docx_xml         the wall before lxml

Word breaks lines and pages itself; what it takes from the layout is the breaks of the headlines, the page numbers of
the contents, and whether the imprint has a page of its own.
"""

from __future__ import annotations

from authoring.attachment import Attachment
from authoring.layout.document import Layout
from authoring.renderers.docx_body import story
from authoring.renderers.docx_custom import source_part
from authoring.renderers.docx_package import package_of
from authoring.renderers.docx_record import record_part
from authoring.renderers.docx_xml import w


def render(layout: Layout, source: Attachment | None = None) -> bytes:
    """The DOCX of `layout`: the same bytes for the same layout, dated with the issue's own date; `source` is a custom part
    of it."""
    extras = (record_part(layout), *((source_part(source),) if source is not None else ()))
    return package_of(layout, w("body", *story(layout)), extras)
