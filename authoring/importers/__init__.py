"""A printed issue in, an issue in YAML out: bytes -> Reading -> Recovered, an issue's tree whose texts know their places.

text, docx       readers: bytes -> Reading, paragraphs with what a word processor says of them
signs            what each paragraph is, told from its own signs
assemble         classified paragraphs -> the issue's tree
imported         that tree joined with its places: findings, coverage
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from authoring.diagnostics import NOTHING, CannotRun, Diagnostic, InvalidIssue, Message, Span
from authoring.importers.document import Reading, Recovered
from authoring.model import Publication

__all__ = ["IMPORTERS", "read", "recover"]

IMPORTERS: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "authoring.importers.docx",
        ".txt": "authoring.importers.text",
        ".md": "authoring.importers.text",
        ".markdown": "authoring.importers.text",
    }
)
"""Suffix -> module with `read(data, file) -> Reading`. Named, not imported: a reader loads when it is used."""


_SAVE_AS_DOCX: Final = Message("在 Word 或 WPS 里另存为 .docx", "save it as .docx")
_YAML: Final = Message(
    "这已经是稿件，用 authoring check 检查", "this is an issue already; see authoring check"
)
_PDF: Final = Message(
    "附有稿件的 PDF 用 authoring extract 取出；没有附的，从 Word 文件导入",
    "authoring extract takes the YAML out of a PDF that carries it; else import the Word file",
)
_ELSEWHERE: Final[Mapping[str, Message]] = MappingProxyType({".yaml": _YAML, ".yml": _YAML, ".pdf": _PDF})
"""Suffix of a file that another command is for -> what to do."""

MAX_CHARACTERS: Final = 120_000
MAX_PARAGRAPHS: Final = 4_000
"""An issue has some 4,000 characters in 40 paragraphs, 300 lines where they are wrapped."""


def read(data: bytes, file: str) -> Reading:
    """The file as its importer reads it. Raises CannotRun for a kind of file that none reads, InvalidIssue for a broken one."""
    suffix = file[file.rfind(".") :].lower() if "." in file else ""
    if suffix not in IMPORTERS:
        known = "、".join(IMPORTERS)
        raise CannotRun.because(
            file,
            Message(
                f"不能导入这种文件；可以导入：{known}",
                f"this kind of file cannot be imported; known: {known}",
            ),
            _ELSEWHERE.get(suffix, _SAVE_AS_DOCX),
        )
    result: Reading = import_module(IMPORTERS[suffix]).read(data, file)
    length = sum(len(paragraph.content.text) for paragraph in result.paragraphs)
    if length > MAX_CHARACTERS or len(result.paragraphs) > MAX_PARAGRAPHS:
        told = Message("文字太多，不像一期简报", "too much text for an issue")
        hint = Message(
            "确认选对了文件；几期在一个文件里的，分开再导入", "check the file; import one issue at a time"
        )
        raise InvalidIssue(Diagnostic(file, Span(1, 1, 1, 1), "error", "Y004", NOTHING, told, hint))
    return result


def recover(reading: Reading, publication: Publication) -> Recovered:
    """The issue that `reading` holds, as one of `publication`."""
    from authoring.importers.assemble import assemble
    from authoring.importers.signs import classify

    if reading.own is not None:
        recovered = reading.own.recovered(publication)
        recovered.notes[:0] = reading.notes
        return recovered
    paragraphs, notes = classify(reading, publication)
    recovered = assemble(paragraphs, publication)
    recovered.notes[:0] = [*reading.notes, *notes]
    return recovered
