"""What an issue was set with: the versions of everything that changes bytes, and the fonts, known by their hashes."""

from __future__ import annotations

import hashlib
import platform
import re
import unicodedata
import zlib
from functools import lru_cache
from pathlib import Path

from authoring import __version__
from authoring.archive.lock import FontRecord
from authoring.fonts import Face, FontSet, find_fonts
from authoring.layout import Layout, TextRun
from authoring.model import SCHEMA_VERSION

_ODD = re.compile(r"[^\w.()+ -]")
"""What a file's name may have on some systems and a record of it cannot."""


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The versions that a lock records, by name: ours, then the libraries whose change may change an output's bytes."""
    import docx
    import fontTools
    import reportlab
    import uharfbuzz
    import yaml
    from lxml import etree

    return {
        "schema": str(SCHEMA_VERSION),
        "authoring": __version__,
        "unicode": unicodedata.unidata_version,
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "reportlab": str(reportlab.Version),
        "uharfbuzz": str(uharfbuzz.__version__),
        "harfbuzz": str(uharfbuzz.version_string()),
        "fonttools": str(fontTools.version),
        "python-docx": str(docx.__version__),
        "lxml": _dotted(etree.LXML_VERSION),
        "libxml2": _dotted(etree.LIBXML_VERSION),
        "pyyaml": str(yaml.__version__),
    }


def _dotted(parts: tuple[int, ...]) -> str:
    return ".".join(map(str, parts)).removesuffix(".0")


def fonts_of(layout: Layout, fonts: FontSet) -> tuple[FontRecord, ...]:
    """The faces that `layout` uses, in the order of their files' names."""
    used: dict[int, Face] = {}
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, TextRun):
                used.setdefault(id(item.face), item.face)
    records = []
    for face in used.values():
        own = [role for role, resolved in fonts.roles.items() if resolved.face is face]
        helped = [role for role, resolved in fonts.roles.items() if face in resolved.fallbacks]
        name = _ODD.sub("_", face.name)
        record = FontRecord(name, face.index, tuple(own), tuple(helped), _hash_of(face.path))
        records.append(record)
    return tuple(sorted(records))


def fonts_like(wanted: tuple[FontRecord, ...], folder: Path | None) -> FontSet:
    """The fonts to set with so that as many as possible are those of the record: as a build finds them, or else the open
    set alone, since an office may have bought fonts after an issue was printed with the open ones."""
    found = find_fonts(folder)
    if not _lacking(wanted, found):
        return found
    others = find_fonts(None, installed=False)
    return others if len(_lacking(wanted, others)) < len(_lacking(wanted, found)) else found


def _lacking(wanted: tuple[FontRecord, ...], fonts: FontSet) -> list[FontRecord]:
    """The records whose face none of `fonts` is, in a role that the record names."""
    there = {
        (role, _hash_of(resolved.face.path), resolved.face.index) for role, resolved in fonts.roles.items()
    }
    return [
        record
        for record in wanted
        if any((role, record.sha256, record.face) not in there for role in record.roles)
    ]


@lru_cache(maxsize=256)
def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
