"""What a DOCX of ours knows of its issue beyond what its pages show: written by the renderer, read back by import.

Pages do not show white space that folds away, markup without effect, which headline breaks were the editor's own, where
one block of points ends and the next begins, which fields the issue states itself, how it is set. The record holds that
and no text of the pages: a sentence that somebody deletes in a word processor must not live on in the file. So a text is
known by a short hash of it as shown, and what was written is told as edits to what is shown. Paragraphs that were
changed since find no hash and are read as they stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from authoring.inline import plain

NAMESPACE: Final = "urn:authoring:docx-record:1"
"""Of the root element of the custom part, whose text is the record as JSON."""
MARK: Final = 8
"""Characters of a hash."""
LARGEST: Final = 1 << 20
"""Bytes of a record that is read; one of ours has a few thousand."""

NUMBER: Final = "{number}"
"""Stands for the issue's number in a number line."""

FIELDS: Final = (
    ("masthead", "classification"),
    ("masthead", "copy_number"),
    ("masthead", "title"),
    ("masthead", "number_line"),
    ("masthead", "issuers"),
    ("contents", "title"),
    ("contents", "bullet"),
    ("imprint", "distribution"),
    ("imprint", "issuer"),
    ("imprint", "date"),
    ("imprint", "copies"),
)
"""The fields that a publication supplies and the pages show, in the order of `Record.shown`."""

BODY_SEPARATOR: Final = "\x1e"
"""Between a heading and the text that runs on from it, where both are hashed."""

_Offset = Annotated[int, Field(ge=0, le=1 << 20)]


class ShownEdit(NamedTuple):
    """`gone` characters of the shown text from `at` on were written as `text`."""

    at: _Offset
    gone: _Offset
    text: str


AS_SHOWN: Final = ""
Spec = Literal[""] | tuple[ShownEdit, ...] | None
"""How a text was written: as it is shown, or with edits; None where the issue states that there is none."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StatedMasthead(_Part):
    """The fields that the issue states are those that are set; the same holds for the other parts."""

    title: Spec = None
    number_line: Spec = None
    issuers: tuple[Spec, ...] = ()
    classification: Spec = None
    copy_number: Spec = None


class StatedContents(_Part):
    title: Spec = None
    bullet: Spec = None


class StatedDistribution(_Part):
    """label_length: characters of a label that itself holds a colon."""

    label: Spec = AS_SHOWN
    label_length: _Offset | None = None
    recipients: tuple[Spec, ...] = ()
    one_off: bool = False


class StatedImprint(_Part):
    distribution: tuple[StatedDistribution, ...] = ()
    issuer: Spec = None
    date: Literal[""] | None = None
    copies: Literal[""] | None = None
    even_page: bool = False


class Record(_Part):
    """marks: the hashes of section headers, headlines and body paragraphs in order, one behind the other. raw: of those
    that were not written as shown, by position, the edits of each of their texts. breaks: by position, where a headline
    was broken into lines, in characters. blocks: positions of points that begin a block right behind
    another block. shown: the hashes of FIELDS. number: of an issue whose number line does not show it."""

    publication: str = Field(max_length=200)
    marks: str = Field(pattern=rf"^([0-9a-f]{{{MARK}}})*$")
    shown: str = Field(pattern=rf"^([0-9a-f]{{{MARK}}}){{{len(FIELDS)}}}$")
    raw: dict[_Offset, tuple[Spec, ...]] = {}
    breaks: dict[_Offset, tuple[_Offset, ...]] = {}
    blocks: tuple[_Offset, ...] = ()
    number: _Offset | None = None
    masthead: StatedMasthead | None = None
    contents: StatedContents | None = None
    imprint: StatedImprint | None = None
    typesetting: dict[str, str | bool] | None = None


def encode(record: Record) -> str:
    return record.model_dump_json(exclude_unset=True)


def decode(text: str) -> Record | None:
    """The record that `text` holds; None where somebody else wrote there."""
    try:
        return Record.model_validate_json(text)
    except ValidationError:
        return None


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def pieces(marks: str) -> list[str]:
    """The hashes of a string of them."""
    return [marks[at : at + MARK] for at in range(0, len(marks), MARK)]


def break_offsets(lines: Sequence[str]) -> tuple[int, ...]:
    """Where the lines of a headline end in its characters, the last one's end left out."""
    return tuple(accumulate(len(line) for line in lines[:-1]))


def headline_as_shown(lines: Sequence[str]) -> str:
    """A headline without breaks of its own, from the lines it was broken into: AI|Agent keeps its words apart."""
    return plain(" ".join(lines))


def spec_of(
    raw: str, shown: str, canonical: str, stand_ins: Mapping[str, str] = MappingProxyType({})
) -> Spec:
    """How `raw` was written. shown: its plain text on the page. canonical: what is read from the page without a record.

    stand_ins: what is written in `raw` -> what the page shows for it.
    """
    return AS_SHOWN if raw == canonical else _edits(raw, shown, stand_ins)


def _edits(raw: str, shown: str, stand_ins: Mapping[str, str]) -> tuple[ShownEdit, ...]:
    """The edits that make `raw` of `shown`. Every character of `shown` is one of `raw`, in its order, save that a
    stretch of white space shows as one space: what is left over is never text of the page."""
    edits: list[ShownEdit] = []
    written, at, index = "", 0, 0

    def tell(gone: int = 0) -> None:
        nonlocal written, at
        if written or gone:
            edits.append(ShownEdit(at, gone, written))
        written, at = "", at + gone

    while index < len(raw):
        stand_in = next((name for name in stand_ins if raw.startswith(name, index)), "")
        if stand_in and shown.startswith(stand_ins[stand_in], at):
            written += stand_in
            index += len(stand_in)
            tell(len(stand_ins[stand_in]))
        elif at < len(shown) and raw[index] == shown[at]:
            tell()
            at, index = at + 1, index + 1
        elif at < len(shown) and shown[at] == " " and raw[index].isspace():
            written += raw[index]
            index += 1
            tell(1)
        else:
            written += raw[index]
            index += 1
    tell(len(shown) - at)
    return tuple(edits)
