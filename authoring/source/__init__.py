"""YAML text in, a `Source` out: the issue, its publication, and the place of every node.

bytes ── document (text, nodes, places) ── migrating (old versions) ── schema (model) ── Source
"""

from __future__ import annotations

from authoring.source.document import Document, read_document
from authoring.source.loading import (
    Source,
    known_publications,
    load,
    load_issue,
    load_publication,
    no_publication,
    publication_file,
    source_of,
)
from authoring.source.migrating import schema_version

__all__ = [
    "Document",
    "Source",
    "known_publications",
    "load",
    "load_issue",
    "load_publication",
    "no_publication",
    "publication_file",
    "read_document",
    "schema_version",
    "source_of",
]
